"""What one member has suggested, as they see it: each with its answer, and what of it readers can see."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model
from django.utils.translation import pgettext_lazy

from debate.keyset import Page, Place, page_of
from debate.lenses.own_record import OwnList, parts_of
from debate.models import Claim, Essay, Motion, Prediction, Suggestion, User

STATES: dict[str, object] = {
    Suggestion.State.PENDING: pgettext_lazy("list of suggestions", "Waiting"),
    Suggestion.State.ACCEPTED: pgettext_lazy("list of suggestions", "Accepted"),
    Suggestion.State.DECLINED: pgettext_lazy("list of suggestions", "Declined"),
    Suggestion.State.WITHDRAWN: pgettext_lazy("list of suggestions", "Taken back"),
}
NEWEST_FIRST = ("-pk",)
SEEN: tuple[type[Model], ...] = (Claim, Essay, Prediction, Motion)


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion; what it is about and what came of it, None where readers do not see that."""

    suggestion: Suggestion
    target: Any
    made: Any


def own_suggestions(reader: User, state: str, place: Place) -> OwnList[Any]:
    """Two queries, and one for each sort of thing that they are about or that came of them."""
    mine = Suggestion.objects.by(reader)
    parts = parts_of(STATES, mine.counted_by_state(), state)
    rows = mine.in_state(state) if state else mine
    page = page_of(rows.for_own_page(), NEWEST_FIRST, f"suggestions {state}", place)
    return OwnList(Page(shown(page.rows), page.next), parts)


def shown(rows: Iterable[Suggestion]) -> list[Any]:
    told = [(row, row.target, row.made) for row in rows]
    seen = keys_seen(thing for _row, *things in told for thing in things if thing is not None)
    return [Shown(row, *(thing if key_of(thing) in seen else None for thing in things)) for row, *things in told]


def key_of(thing: Model | None) -> tuple[type[Model], Any]:
    return type(thing), thing and thing.pk  # type: ignore[return-value]


def keys_seen(things: Iterable[Model]) -> set[tuple[type[Model], Any]]:
    by_sort: dict[type[Model], set[int]] = {}
    for thing in things:
        by_sort.setdefault(type(thing), set()).add(thing.pk)
    return {
        (sort, pk)
        for sort in SEEN
        if sort in by_sort
        for pk in sort._default_manager.all().visible().filter(pk__in=by_sort[sort]).values_list("pk", flat=True)  # type: ignore[attr-defined]
    }
