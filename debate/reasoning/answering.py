"""What somebody who wrote more than once holds, and how a counterpoint stands towards them."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

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
