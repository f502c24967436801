"""An article out of the HTML around it: its facts and paragraphs as plain text, whatever the HTML tries to do.

`extraction` asks, `__main__` answers from a process of its own; nothing is imported here, so that this one stays small.
"""
