"""What waits at the desk: kept for its curator until it is taken in or discarded."""

from typing import Any

from debate.actions.writing import writing
from debate.models import MOST_WAITING, Arrival, User


class TooManyWaiting(ValueError):
    """The curator has as many arrivals waiting as anybody may."""


def keep_arrival(*, curator: User, kind: str, name: str, content: dict[str, Any]) -> Arrival:
    """Keep what was brought; what anybody has left for a month is forgotten. Raises TooManyWaiting."""
    with writing():
        Arrival.objects.forgotten().delete()
        if Arrival.objects.of_curator(curator).count() >= MOST_WAITING:
            raise TooManyWaiting
        return Arrival.objects.create(curator=curator, kind=kind, name=name[:200], content=content)


def discard(*, arrival: Arrival) -> None:
    """Forget what was brought; said again, it changes nothing."""
    with writing():
        Arrival.objects.keyed(arrival.pk).delete()
