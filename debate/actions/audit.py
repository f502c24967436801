"""Prove every rule over the whole database: those on one table and those across rows."""

from debate.actions.auditing import constraints, corpus, derived, readers, reviews, visibility
from debate.actions.auditing.rule import Finding, Rule

__all__ = ["Finding", "Rule", "every_rule"]


def every_rule() -> list[Rule]:
    """Each can be checked by itself; checking reads and writes nothing."""
    return [rule for part in (constraints, corpus, readers, reviews, visibility, derived) for rule in part.rules()]
