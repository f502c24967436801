"""Tables as files: CSV and XLSX, written and read."""

from debate.interchange.tables.limits import MOST_BYTES, MOST_ROWS, Refused
from debate.interchange.tables.reading import read_table
from debate.interchange.tables.writing import CONTENT_TYPES, write_table

__all__ = ["CONTENT_TYPES", "MOST_BYTES", "MOST_ROWS", "Refused", "read_table", "write_table"]
