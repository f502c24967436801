"""What a motion's own page shows: its sides, where they collide, what comes next, and what was written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from debate.lenses.ballot_panel import BallotPanel, ballot_panel
from debate.lenses.kept import Kept
from debate.models import Author, Claim, Essay, Motion, Prediction, Relation, Side, User

MOST_COLLISIONS = 3
LOOKED_AT = 40
MOST_ESSAYS = 12
MOST_CENTRAL = 100
GROUNDS: "Kept[Grounds]" = Kept(most=1_200)


@dataclass(frozen=True)
class Case:
    """A side, the authors of essays that take it, how many visible claims favour it, and the foremost of them."""

    side: Side
    authors: list[Author]
    claims: int
    foremost: Claim | None


@dataclass(frozen=True)
class Grounds:
    """What the corpus alone decides. `more_essays`: the library has more than are shown here."""

    cases: list[Case]
    collisions: list[Relation]
    essays: list[Essay]
    more_essays: bool


@dataclass(frozen=True)
class Front:
    motion: Motion
    grounds: Grounds
    prediction: Prediction | None
    ballot: BallotPanel


def front_of(edition: str, motion: Motion, reader: User | None) -> Front:
    """The page of a motion whose sides are prefetched. One query, one more for a reader, five once an edition."""
    return Front(
        motion=motion,
        grounds=GROUNDS.get(edition, motion.pk, lambda: grounds_of(motion)),
        prediction=next_prediction(motion),
        ballot=ballot_panel(reader, motion),
    )


def grounds_of(motion: Motion) -> Grounds:
    essays = list(Essay.objects.visible().of_motion(motion).for_list_page()[: MOST_ESSAYS + 1])
    cases, shown = list(cases_of(motion, essays)), essays[:MOST_ESSAYS]
    return Grounds(cases, sharpest_collisions(motion), shown, more_essays=len(essays) > MOST_ESSAYS)


def cases_of(motion: Motion, essays: Iterable[Essay]) -> Iterator[Case]:
    counts = Claim.objects.visible().of_motion(motion).counted_by_side()
    foremost = foremost_claims(motion)
    for side in motion.sides.all():
        authors = [author for essay in essays if essay.side_id == side.pk for author in essay.authors.all()]
        yield Case(side, list(dict.fromkeys(authors)), counts.get(side.pk, 0), foremost.get(side.pk))


def foremost_claims(motion: Motion) -> dict[int | None, Claim]:
    """By side, the claim that most hangs on among those that favour it, theses left out. One query."""
    central = Claim.objects.visible().of_motion(motion).without_theses().most_central(motion, MOST_CENTRAL)
    return {claim.side_id: claim for claim in reversed(list(central))}


def sharpest_collisions(motion: Motion) -> list[Relation]:
    """The sharpest collisions in which no claim appears twice. One query."""
    found = Relation.objects.visible().collisions(motion).with_source()[:LOOKED_AT]
    return list(varied(found))[:MOST_COLLISIONS]


def varied(collisions: Iterable[Relation]) -> Iterator[Relation]:
    """The collisions without those one of whose ends has appeared before."""
    seen: set[int] = set()
    for collision in collisions:
        ends = {collision.source_id, collision.struck.pk}
        if seen.isdisjoint(ends):
            seen |= ends
            yield collision


def next_prediction(motion: Motion) -> Prediction | None:
    """The open prediction that closes first."""
    return Prediction.objects.visible().of_motion(motion).open().for_list_page().first()
