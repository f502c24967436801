"""The desk of a curator: the essays that are not published yet, and how far each is."""

from typing import NamedTuple

from debate.keyset import page_of, place_of
from debate.models import ESSAYS_AT_WORK, Essay, Review, Revision, SourceParagraph


class AtWork(NamedTuple):
    """An essay with the paragraphs of its text, and how many of them nobody has claimed or set aside."""

    essay: Essay
    paragraphs: int
    left: int


class Desk(NamedTuple):
    """One page of the essays at work, and the token of the next; above it, on each page, what waits for review."""

    essays: list[AtWork]
    next: str
    reviews: list[Review]
    corrections: int


def desk_at(token: str) -> Desk:
    """The essays at work from the place that a token names, changed last first. Seven queries."""
    rows = Essay.objects.unfinished().with_claims_counted().for_desk()
    page = page_of(rows, ESSAYS_AT_WORK, "desk", place_of(token, "desk"))
    paragraphs = SourceParagraph.objects.of_essays(page.rows)
    count, left = paragraphs.counted_by_essay(), paragraphs.unclaimed().counted_by_essay()
    essays = [AtWork(essay, count.get(essay.pk, 0), left.get(essay.pk, 0)) for essay in page.rows]
    return Desk(essays, page.next, list(Review.objects.for_desk()), Revision.objects.waiting().count())
