"""How a counterpoint stands towards somebody whose claim it strikes."""

from collections.abc import Sequence
from enum import StrEnum

from debate.reasoning.dates import Span

Dates = Sequence[Span | None]


class Stand(StrEnum):
    """Whether it is answered; where nothing answers it, whether they could have, in the order in which pages say it."""

    OPEN = "open"
    UNDATED = "undated"
    LATER = "later"
    ANSWERED = "answered"


def stand_of(*, answered: bool, drawn: Dates, wrote: Dates) -> Stand:
    """How a counterpoint stands towards an author who wrote at these dates; None stands for one that is not known.

    `drawn`: when the essays of others that drew it were published; none where a curator did, after everybody.
    Open: it was there before they last wrote. Later: all of it came after. Undated: the dates do not tell.
    """
    if answered:
        return Stand.ANSWERED
    if any(before(point, own) for point in drawn for own in wrote):
        return Stand.OPEN
    return Stand.LATER if all(before(own, point) for point in drawn for own in wrote) else Stand.UNDATED


def before(one: Span | None, other: Span | None) -> bool:
    """Whether the one is certainly earlier; never where either is not known."""
    return one is not None and other is not None and one.last < other.first
