"""A curator brings in essays and motions that were written down in files."""
