"""Where a vote counts in a claim's tally, and what the tally's rankings are made of."""

from collections.abc import Iterable

from debate.models import ClaimTally, ClaimVote
from debate.reasoning.tally import contested, wilson

COUNTED = (ClaimVote.Value.AGREE, ClaimVote.Value.DISAGREE, ClaimVote.Value.PASS)
MEMBERS, GUESTS, RETURNING = "member", "guest", "returning"
GROUPS = (MEMBERS, GUESTS, RETURNING)
"""Who is counted apart; the returning are guests too."""
COUNTS = [f"{group}_{value}" for group in GROUPS for value in COUNTED]
KEPT = [*COUNTS, "top", "contested"]
"""Every column of a tally that a vote moves."""


def groups_of(kind: str, *, returned: bool) -> tuple[str, ...]:
    """The groups among which a reader's votes are counted."""
    return (kind, RETURNING) if returned else (kind,)


def move(tally: ClaimTally, groups: Iterable[str], old: str, new: str) -> None:
    """Take one vote from an answer to another, in each of these groups; '' and withdrawn count nowhere."""
    for value, step in ((old, -1), (new, 1)):
        for group in groups if value in COUNTED else ():
            column = f"{group}_{value}"
            setattr(tally, column, getattr(tally, column) + step)


def rank(tally: ClaimTally) -> None:
    """Derive what orders by votes sort by: from members, and from guests who came back, as a guest costs nothing."""
    agree = tally.member_agree + tally.returning_agree
    disagree = tally.member_disagree + tally.returning_disagree
    tally.top = wilson(agree, agree + disagree).lower
    tally.contested = contested(agree, disagree)
