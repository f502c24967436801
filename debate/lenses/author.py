"""What one author's page shows: their claims by stance, and how the counterpoints to what they assert stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from debate.lenses.kept import Kept
from debate.models import Author, Essay, Prediction, Relation, Stance, StanceKind
from debate.models.essays import EssayQuerySet

PAGES: "Kept[AuthorPage]" = Kept(most=100)


class Answer(StrEnum):
    """How a counterpoint to an author's claim stands."""

    OPEN = "open"
    LATER = "later"
    ANSWERED = "answered"


@dataclass(frozen=True)
class AuthorPage:
    """`claims`: by stance, in the order of StanceKind, those without any left out."""

    author: Author
    essays: list[Essay]
    claims: list[tuple[StanceKind, list[Stance]]]
    counterpoints: dict[str, list[Relation]]
    predictions: list[Prediction]


def page_of(edition: str, author: Author) -> AuthorPage:
    """The page of a visible author. Seven queries once an edition."""
    return PAGES.get(edition, author.pk, lambda: made_for(author))


def made_for(author: Author) -> AuthorPage:
    theirs = Essay.objects.visible().by_author(author)
    essays = list(theirs.for_list_page())
    return AuthorPage(
        author=author,
        essays=essays,
        claims=by_stance(Stance.objects.visible().shown().of_essays(theirs).with_claims().in_order_read()),
        counterpoints=by_answer(counterpoints_to(theirs), essays),
        predictions=list(Prediction.objects.visible().from_essays_by(author).for_list_page()),
    )


def counterpoints_to(essays: EssayQuerySet) -> "QuerySet[Relation]":
    """Counterpoints to what the essays assert, each with the visible essays that drew it. Three queries."""
    drawn_by = Prefetch("drawn_by", Essay.objects.visible().prefetch_related("authors"))
    return Relation.objects.visible().answering(essays).with_source().prefetch_related(drawn_by)


def by_stance(stances: Iterable[Stance]) -> list[tuple[StanceKind, list[Stance]]]:
    rows = list(stances)
    groups = ((kind, [stance for stance in rows if stance.kind == kind]) for kind in StanceKind)
    return [(kind, members) for kind, members in groups if members]


def by_answer(counterpoints: Iterable[Relation], essays: Iterable[Essay]) -> dict[str, list[Relation]]:
    """Counterpoints by how they stand; where dates are not known, none counts as made later."""
    dates = [essay.published_on for essay in essays]
    wrote_last = None if None in dates else max((day for day in dates if day), default=None)
    found: dict[str, list[Relation]] = {answer.value: [] for answer in Answer}
    for relation in counterpoints:
        found[answer_of(relation, wrote_last)].append(relation)
    return found


def answer_of(relation: Relation, wrote_last: date | None) -> Answer:
    if relation.standing.answered:
        return Answer.ANSWERED
    return Answer.LATER if was_made_after(relation, wrote_last) else Answer.OPEN


def was_made_after(relation: Relation, wrote_last: date | None) -> bool:
    """Whether everybody who drew it wrote after the author did: a curator always has."""
    drawn = [essay.published_on for essay in relation.drawn_by.all()]
    if not drawn:
        return True
    return wrote_last is not None and all(day is not None and day > wrote_last for day in drawn)
