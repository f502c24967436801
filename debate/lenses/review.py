"""What a curator looks at before an essay is published: all of it on one page, as readers would see it."""

from dataclasses import dataclass
from itertools import groupby

from debate.lenses.essay import Paragraph, Point, Section, first_heading, paragraphs_of
from debate.models import Claim, Essay, Prediction, Relation, Review, Stance, Status


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

    @property
    def waiting(self) -> Review | None:
        return next((each for each in self.rounds if not each.verdict), None)


def review_of(essay: Essay) -> ReviewPage:
    """Everything of an essay with its facts at hand, published or not. Seven queries."""
    stances = list(Stance.objects.of_essay(essay).for_essay_page())
    points = [Point(stance, list(stance.passages.all())) for stance in stances if stance.passages.all()]
    predictions = list(Prediction.objects.spoken_to_by(essay).for_review())
    claims = {stance.claim for stance in stances if stance.claim.status == Claim.Status.DRAFT}
    fresh = [row for row in predictions if row.status != Status.PUBLISHED and row.essay_id == essay.pk]
    return ReviewPage(
        essay=essay,
        summary=list(paragraphs_of(essay, points)),
        sections=[Section(heading, list(under)) for heading, under in groupby(points, first_heading)],
        unshown=[stance for stance in stances if not stance.passages.all()],
        relations=list(Relation.objects.coming_with(essay).with_arrows()),
        predictions=predictions,
        rounds=list(Review.objects.of_essay(essay).with_people().newest_first()),
        fresh=(len(claims), len(fresh)),
    )
