"""The curation room: one module a noun."""
