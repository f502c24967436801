"""A page of the web, fetched for a curator, and never anything that only this machine can reach."""
