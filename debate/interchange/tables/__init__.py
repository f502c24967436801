"""Tables as files: CSV and XLSX, written and read.

Workbooks are read and written by a process of its own (`apart` asks, `__main__` answers); nothing is imported here, so
that this one stays small.
"""
