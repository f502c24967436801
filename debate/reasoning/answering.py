"""What somebody who wrote more than once holds, and how a counterpoint stands towards them."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from debate.reasoning.dates import Span

Dates = Sequence[Span | None]
ACCEPTING = frozenset({"asserts", "concedes"})


def settled(stances: Iterable[tuple[int, str]]) -> dict[int, str]:
    """What somebody does with each claim, by its key, all they wrote considered; `stances`: in the order written."""
    found: dict[int, str] = {}
    for claim, kind in stances:
        if settles(kind, found.get(claim)):
            found[claim] = kind
    return found


def settles(kind: str, held: str | None) -> bool:
    """What they said later counts; what they only report, where they never said anything themselves."""
    return kind != "reports" or held is None


class Aim(NamedTuple):
    """What a counterpoint is aimed at: a claim or, where it undercuts, what is drawn from that claim.

    Of an undercut, seen from somebody: whether they `drew` themselves what it attacks, and the `end` that this
    supports, None where it is no support.
    """

    claim: int
    undercuts: bool = False
    drew: bool = False
    end: int | None = None

    def strikes(self, held: Mapping[int, str]) -> bool:
        """Whether it strikes them, who hold this: they assert the claim and draw from it what an undercut denies.

        An undercut grants the claim; so it strikes those who drew the relation, or who accept its other end as well.
        """
        if held.get(self.claim) != "asserts":
            return False
        return not self.undercuts or self.drew or (self.end is not None and held.get(self.end) in ACCEPTING)


class Stand(StrEnum):
    """Whether it is answered; where nothing answers it, whether they could have, in the order in which pages say it.

    Granted: they hold its claim themselves, so it is not held against them, answered or not.
    """

    OPEN = "open"
    UNDATED = "undated"
    LATER = "later"
    ANSWERED = "answered"
    GRANTED = "granted"


def stand_of(*, granted: bool, answered: bool, drawn: Dates, wrote: Dates) -> Stand:
    """How a counterpoint stands towards an author who wrote at these dates; None stands for one that is not known.

    `drawn`: when the essays of others that drew it were published; none where a curator did, after everybody.
    Open: it was there before they last wrote. Later: all of it came after. Undated: the dates do not tell.
    """
    if granted:
        return Stand.GRANTED
    if answered:
        return Stand.ANSWERED
    if any(before(point, own) for point in drawn for own in wrote):
        return Stand.OPEN
    return Stand.LATER if all(before(own, point) for point in drawn for own in wrote) else Stand.UNDATED


def before(one: Span | None, other: Span | None) -> bool:
    """Whether the one is certainly earlier; never where either is not known."""
    return one is not None and other is not None and one.last < other.first
