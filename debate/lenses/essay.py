"""What one essay's page shows: the summary with its margin, then every claim with its places and what answers it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from debate.lenses.answers import Held
from debate.lenses.ballot_panel import BallotPanel, ballot_panel
from debate.lenses.credits import Credits, credits_of
from debate.lenses.kept import Kept
from debate.models import Essay, Passage, Prediction, Relation, Stance, User
from debate.reasoning.answering import ACCEPTING

PARTS: "Kept[Parts]" = Kept(most=100)


@dataclass(frozen=True)
class Point:
    """A claim as the essay takes it, the places that show it, and what others hold against it.

    `answers`: counterpoints, each with whether the essay asserts or concedes its claim as well.
    """

    stance: Stance
    passages: list[Passage]
    answers: list[tuple[Relation, bool]] = field(default_factory=list)

    @property
    def place(self) -> Passage:
        """The first place that shows the stance which the essay, all considered, takes."""
        return next((p for p in self.passages if p.kind == self.stance.kind), self.passages[0])

    @property
    def elsewhere(self) -> list[Passage]:
        return [passage for passage in self.passages if passage is not self.place]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of our summary, and the points it rests on."""

    html: SafeString
    points: list[Point]


@dataclass(frozen=True)
class Section:
    """What stands under one heading of the essay; "" before the first."""

    heading: str
    points: list[Point]


@dataclass(frozen=True)
class Parts:
    """What the corpus alone decides."""

    summary: list[Paragraph]
    sections: list[Section]
    responses: list[Essay]
    predictions: list[Prediction]
    credits: Credits


@dataclass(frozen=True)
class EssayPage:
    essay: Essay
    parts: Parts
    ballot: BallotPanel


def page_of(edition: str, essay: Essay, reader: User | None) -> EssayPage:
    """The page of a visible essay with its facts at hand. One query for a reader, six once an edition."""
    parts = PARTS.get(edition, essay.pk, lambda: parts_of(essay))
    return EssayPage(essay, parts, ballot_panel(reader, essay.motion, essay))


def parts_of(essay: Essay) -> Parts:
    points = points_of(essay)
    return Parts(
        summary=list(paragraphs_of(essay, points)),
        sections=[Section(heading, list(under)) for heading, under in groupby(points, first_heading)],
        responses=list(Essay.objects.visible().responding_to(essay).in_order_written()),
        predictions=list(Prediction.objects.visible().spoken_to_by(essay).for_list_page()),
        credits=credits_of(essay),
    )


def points_of(essay: Essay) -> list[Point]:
    """Every stance of the essay that a place shows, in the order read. Three queries."""
    stances = list(Stance.objects.visible().shown().of_essays(Essay.objects.keyed(essay.pk)).for_essay_page())
    answers = answers_by_claim(essay, {stance.claim_id: stance.kind for stance in stances})
    return [Point(stance, list(stance.passages.all()), answers.get(stance.claim_id, [])) for stance in stances]


def answers_by_claim(essay: Essay, held: Held) -> dict[int, list[tuple[Relation, bool]]]:
    """Counterpoints to what the essay asserts (it holds so), by the key of the claim they are aimed at. One query."""
    found: dict[int, list[tuple[Relation, bool]]] = {}
    for relation in Relation.objects.visible().answering(Essay.objects.keyed(essay.pk)).with_source():
        if relation.aim.strikes(held):
            found.setdefault(relation.struck.pk, []).append((relation, held.get(relation.source_id) in ACCEPTING))
    return found


def first_heading(point: Point) -> str:
    return point.passages[0].heading


def paragraphs_of(essay: Essay, points: Iterable[Point]) -> Iterator[Paragraph]:
    """The summary, each paragraph with the points it marks. Its HTML was sanitised when it was written."""
    by_slug = {point.stance.claim.slug: point for point in points}
    for block in essay.summary_blocks:
        marked = [by_slug[slug] for slug in block["claims"] if slug in by_slug]
        yield Paragraph(mark_safe(block["html"]), marked)  # noqa: S308
