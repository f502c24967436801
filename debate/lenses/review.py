"""What a curator looks at before an essay is published: all of it on one page, as readers would see it."""

from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby

from debate.lenses.essay import Paragraph, Point, Section, first_heading, paragraphs_of
from debate.lenses.workbench.bench import Bench, bench_of
from debate.lenses.workbench.checklist import Checklist, checklist_of
from debate.models import Essay, Prediction, Relation, Review, Stance, Status


@dataclass(frozen=True)
class ReviewPage:
    """An essay as it would be read, and the rounds of review it went through, newest first.

    `unshown`: stances that no passage shows, which readers would not see. `fresh`: how many claims and predictions
    would become public with it.
    """

    essay: Essay
    summary: list[Paragraph]
    sections: list[Section]
    unshown: list[Stance]
    relations: list[Relation]
    predictions: list[Prediction]
    rounds: list[Review]
    fresh: tuple[int, int]
    checklist: Checklist

    @property
    def version(self) -> str:
        """Another one whenever anything that stands on the page has been written."""
        points = [point for section in self.sections for point in section.points]
        stances = [*self.unshown, *(point.stance for point in points)]
        rows = [self.essay, *stances, *(stance.claim for stance in stances), *self.relations, *self.predictions]
        rows += [passage for point in points for passage in point.passages]
        told = sorted(f"{row._meta.model_name} {row.pk} {row.updated_at.isoformat()}" for row in rows)
        told += [str(author.pk) for author in self.essay.authors.all()]
        told += [f"{getattr(row, 'low', '')} {getattr(row, 'why', '')}" for row in self.predictions]
        return sha256(" ".join(told).encode()).hexdigest()[:24]

    @property
    def waiting(self) -> Review | None:
        return next((each for each in self.rounds if not each.verdict), None)


def review_of(essay: Essay) -> ReviewPage:
    """Everything of an essay with its facts at hand, published or not. Seven queries."""
    bench = bench_of(essay)
    points = points_of(bench)
    predictions = predictions_of(essay)
    return ReviewPage(
        essay=essay,
        summary=list(paragraphs_of(essay, points)),
        sections=[Section(heading, list(under)) for heading, under in groupby(points, first_heading)],
        unshown=[card.stance for card in bench.cards if not card.marks],
        relations=relations_of(bench),
        predictions=predictions,
        rounds=list(Review.objects.of_essay(essay).with_people().newest_first()),
        fresh=(sum(card.is_draft for card in bench.cards), sum(is_fresh(row, essay) for row in predictions)),
        checklist=checklist_of(bench, [row for row in predictions if row.essay_id == essay.pk]),
    )


def points_of(bench: Bench) -> list[Point]:
    """Every claim that a passage shows, as a reader of the essay meets them."""
    shown = [Point(card.stance, [mark.passage for mark in card.marks]) for card in bench.cards if card.marks]
    return sorted(shown, key=lambda point: (point.passages[0].number, point.stance.pk))


def relations_of(bench: Bench) -> list[Relation]:
    """What the essay draws, and what begins or ends at a draft claim that it speaks to."""
    found: dict[int, Relation] = {}
    for card in bench.cards:
        found |= {row.pk: row for row in (*card.outward, *card.inward) if row.is_own or card.is_draft}
    return [found[key] for key in sorted(found)]


def predictions_of(essay: Essay) -> list[Prediction]:
    """Those from the essay, and those that its wording was read for. One query."""
    rows = list(Prediction.objects.spoken_to_by(essay).for_review())
    for row in rows:
        row.has_reading = getattr(row, "low", None) is not None
    return rows


def is_fresh(prediction: Prediction, essay: Essay) -> bool:
    """Whether the prediction would become public with the essay."""
    return prediction.essay_id == essay.pk and prediction.status != Status.PUBLISHED
