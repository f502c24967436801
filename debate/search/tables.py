"""Which columns of which tables are searched."""

INDEXED = {"debate_claim": ("text", "note")}
