"""One row of each sort, for a synthetic motion."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from debate.actions.synthetic.words import Pen, dice, stock_of_texts
from debate.models import (
    Bearing,
    Claim,
    Essay,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    StanceKind,
    Status,
)

SLUG = "synthetic"
BEGUN = datetime(2026, 1, 1, tzinfo=UTC)
MIDDLE = datetime(2026, 11, 20, tzinfo=UTC)
DAYS_OPEN = [-200, 90, 180, 400, 700, 1200]


class RowMaker:
    """Makes rows that are not stored yet; the same seed and number make the same."""

    motion: Motion
    sides: list[Side]
    claims: list[Claim]
    essays: list[Essay]

    def __init__(self, *, seed: int, number: int) -> None:
        self.random = dice(f"{seed}-{number}")
        self.pen = Pen(self.random)
        self.name = f"{SLUG}-{number}"

    def slug_of(self, claim: int) -> str:
        return f"{self.name}-{claim}"

    def essay(self, number: int, marks: list[str]) -> Essay:
        paragraphs = [f"{self.pen.paragraph(3)} [[{slug}]]" for slug in marks[:6]]
        essay = Essay(
            slug=f"{self.name}-essay-{number}",
            motion=self.motion,
            title=self.pen.half().capitalize(),
            publisher=self.pen.phrase().title(),
            source_url=f"https://example.org/{self.name}/{number}",
            published_on=date(2020, 5, 1) + timedelta(days=number),
            date_precision=Essay.Precision.DAY,
            words=self.random.randrange(600, 3000),
            side=self.random.choice([*self.sides, None]),
            summary="\n\n".join(paragraphs),
            status=Status.PUBLISHED,
        )
        essay.render()
        return essay

    def one_claim(self, number: int, text: str) -> Claim:
        note, html = self.random.choice(stock_of_texts(1)) if number % 3 else ("", "")
        return Claim(
            slug=self.slug_of(number),
            motion=self.motion,
            text=text,
            kind=self.random.choice(Claim.Kind.values),
            side=self.sides[number] if number < 2 else self.random.choice([*self.sides, *self.sides, None]),
            note=note,
            note_html=html,
            status=Claim.Status.PUBLISHED,
            created_at=BEGUN + timedelta(minutes=number),
        )

    def passage(self, stance: Stance, number: int, kind: str) -> Passage:
        return Passage(
            stance=stance,
            number=number,
            heading=self.random.choice(["", "The work", "The tools", "What comes next"]),
            paragraph=self.random.randrange(1, 12),
            gist=self.pen.sentence(),
            kind=kind,
            speaker="Somebody else" if kind == StanceKind.REPORTS else "",
        )

    def relation(self, source: int, kind: str, **target: Any) -> Relation:
        return Relation(
            source=self.claims[source],
            kind=kind,
            rationale=self.pen.sentence(),
            origin=self.random.choice([Relation.Origin.ESSAY] * 6 + [Relation.Origin.CURATOR]),
            **target,
        )

    def prediction(self, number: int) -> Prediction:
        criteria, html = self.random.choice(stock_of_texts(4))
        closes_at = MIDDLE + timedelta(days=DAYS_OPEN[number % len(DAYS_OPEN)] + number % 50)
        return Prediction(
            slug=f"{self.name}-prediction-{number}",
            motion=self.motion,
            statement=self.pen.sentence(),
            criteria=criteria,
            criteria_html=html,
            origin=Prediction.Origin.DERIVED,
            essay=self.random.choice(self.essays),
            opens_at=datetime(2020, 4, 28, tzinfo=UTC),
            closes_at=closes_at,
            resolves_on=closes_at.date() + timedelta(days=1),
            status=Status.PUBLISHED,
        )

    def reading(self, prediction: Prediction, essay: Essay) -> Reading:
        low = round(self.random.uniform(0.01, 0.8), 2)
        return Reading(
            prediction=prediction, essay=essay, low=low, high=low + 0.15, paragraph=1, note=self.pen.sentence()
        )

    def bearing(self, prediction: Prediction, claim: Claim) -> Bearing:
        outcome = self.random.choice(Bearing.Outcome.values)
        return Bearing(prediction=prediction, claim=claim, outcome=outcome, rationale=self.pen.sentence())
