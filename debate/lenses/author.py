"""What one author's page shows: their claims by stance, how the counterpoints to them stand, what became
of their predictions."""

from collections.abc import Sequence
from dataclasses import dataclass

from debate.lenses.answers import by_stand, counterpoints_to, held_in
from debate.lenses.kept import Kept
from debate.lenses.track_record import TrackRecord, track_record
from debate.models import Author, Essay, Motion, Relation, Stance, StanceKind

MOST_OTHERS = 12
PAGES: "Kept[AuthorPage]" = Kept(most=100)


@dataclass(frozen=True)
class AuthorPage:
    """`claims`: by stance, in the order of StanceKind, those without any left out. `counterpoints`: by Stand.

    `others`: with whom they can be compared, not all where these are many.
    """

    author: Author
    essays: list[Essay]
    claims: list[tuple[StanceKind, list[Stance]]]
    counterpoints: dict[str, list[Relation]]
    record: TrackRecord
    others: list[Author]

    @property
    def motions(self) -> list[Motion]:
        """The questions they wrote on."""
        return list(dict.fromkeys(essay.motion for essay in self.essays))


def page_of(edition: str, author: Author) -> AuthorPage:
    """The page of a visible author. Eight queries once an edition."""
    return PAGES.get(edition, author.pk, lambda: made_for(author))


def made_for(author: Author) -> AuthorPage:
    theirs = Essay.objects.visible().by_author(author)
    essays = list(theirs.for_list_page().prefetch_related(None))
    counterpoints = list(counterpoints_to(theirs))
    drawing = [essay for relation in counterpoints for essay in relation.drawn_by.all()]
    stances = list(Stance.objects.visible().shown().of_essays(theirs).with_claims().in_order_read())
    return AuthorPage(
        author=author,
        essays=essays,
        claims=by_stance(stances),
        counterpoints=by_stand(counterpoints, essays, held_in(stances, essays)),
        record=track_record(essays, along=drawing),
        others=list(Author.objects.beside(author)[:MOST_OTHERS]),
    )


def by_stance(stances: Sequence[Stance]) -> list[tuple[StanceKind, list[Stance]]]:
    groups = ((kind, [stance for stance in stances if stance.kind == kind]) for kind in StanceKind)
    return [(kind, members) for kind, members in groups if members]
