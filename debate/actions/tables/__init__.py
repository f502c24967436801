"""Rows of a noun as a table: written out, and brought in as drafts, whole or not at all."""
