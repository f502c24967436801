"""The launcher, from the outside."""
