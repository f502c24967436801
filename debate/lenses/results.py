"""What others think of one thing, and what this reader has said: hidden until it is earned or asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Value
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.split_bar import Piece, draw_split_bar
from debate.models import (
    STEPS,
    Claim,
    ClaimTally,
    ClaimVote,
    Forecast,
    Prediction,
    PredictionCrowd,
    Reveal,
    TagVote,
    User,
)
from debate.reasoning.tally import Share, agreement

NEWEST = 200
"""How many of their own forecasts of one prediction a reader is shown at most: the newest."""


@dataclass(frozen=True, slots=True)
class Group:
    """How one group of readers answered; of them, so many rank though they are guests."""

    name: str
    word: str
    agree: int
    disagree: int
    passed: int
    ranking: int = 0

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed

    @property
    def share(self) -> Share:
        """Of those who take a side, the share that agrees, with its interval."""
        return agreement(self.agree, self.disagree)

    @property
    def bar(self) -> SafeString:
        """Drawn from numbers alone, so that nothing in it needs escaping."""
        pieces = [Piece(self.agree, "agree"), Piece(self.passed, "pass"), Piece(self.disagree, "disagree")]
        return SafeString(draw_split_bar(pieces))


@dataclass(frozen=True, slots=True)
class Results:
    """A claim's votes at an instant: everybody's, members' and guests'."""

    everybody: Group
    members: Group
    guests: Group
    at: datetime

    @property
    def groups(self) -> list[Group]:
        return [self.everybody, self.members, self.guests]


def results_of(tally: ClaimTally | None) -> Results:
    tally = tally or ClaimTally()
    members = tally.member_agree, tally.member_disagree, tally.member_pass
    guests = tally.guest_agree, tally.guest_disagree, tally.guest_pass
    return Results(
        Group("everybody", _("everybody"), tally.agree, tally.disagree, tally.passed),
        Group("members", _("members"), *members),
        Group("guests", _("guests"), *guests, ranking=tally.returning),
        timezone.now(),
    )


@dataclass(frozen=True, slots=True)
class VotePanel:
    """Where a reader votes on a claim. `value` is their answer, '' where there is none; results, where they show."""

    claim: Claim
    value: str
    results: Results | None

    @property
    def answer(self) -> str:
        """The answer that stands, '' where none does."""
        return "" if self.value == ClaimVote.Value.WITHDRAWN else self.value

    @property
    def answer_word(self) -> str:
        return str(dict(ClaimVote.Value.choices)[self.answer]) if self.answer else ""

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """(value, word, whether it is this reader's) of every answer."""
        return [(value, str(word), value == self.value) for value, word in ClaimVote.Value.choices[:3]]


def vote_panel(claim: Claim, *, value: str, asked: bool, tally: ClaimTally | None = None) -> VotePanel:
    """`value`: the reader's current answer, withdrawn or ''. One query where results show and no tally is told."""
    stands = value not in ("", ClaimVote.Value.WITHDRAWN)
    shown = results_of(tally or ClaimTally.objects.filter(claim=claim).first()) if stands or asked else None
    return VotePanel(claim, value, shown)


@dataclass(frozen=True, slots=True)
class Given:
    """What a reader has given on a claim: the answer ('' for none), whether they asked, the tags they propose."""

    value: str = ""
    asked: bool = False
    tags: Sequence[tuple[str, str]] = ()


def given_on(claim: Claim, reader: User | None) -> Given:
    """One query. The tags are (slug, name), those that the claim carries already among them."""
    if reader is None:
        return Given()
    votes = ClaimVote.objects.by(reader).on(claim).values_list(Value("vote"), "value", Value(""))
    asked = Reveal.objects.by(reader).covering(claim).values_list(Value("asked"), Value(""), Value(""))
    tags = TagVote.objects.by(reader).on(claim).values_list(Value("tag"), "tag__slug", "tag__name")
    rows = list(votes.union(asked, tags, all=True))
    return Given(
        value=next((value for kind, value, _name in rows if kind == "vote"), ""),
        asked=any(kind == "asked" for kind, _value, _name in rows),
        tags=sorted((slug, name) for kind, slug, name in rows if kind == "tag"),
    )


def answer_of(reader: User | None, claim: Claim) -> str:
    """The reader's current answer to the claim, withdrawn included, '' for none."""
    return ClaimVote.objects.answers_of(reader, [claim.pk]).get(claim.pk, "") if reader else ""


@dataclass(frozen=True, slots=True)
class ForecastPanel:
    """Where a reader forecasts. `mine` is their probability, None where there is none; the crowd, where it shows.

    `history`: the reader's own forecasts, the newest first; `longer`: there are more of them than are shown.
    """

    prediction: Prediction
    state: str
    mine: float | None
    crowd: PredictionCrowd | None
    history: Sequence[Forecast]
    longer: bool

    @property
    def withdrawn(self) -> Forecast | None:
        """The forecast that the reader took back last, where none stands."""
        return self.history[0] if self.history and self.mine is None else None

    @property
    def percent(self) -> int | None:
        return None if self.mine is None else round(self.mine * 100)

    @property
    def steps(self) -> list[tuple[str, str, int, bool]]:
        """(name, words, percent, whether it is this reader's) of every worded step."""
        return [(name, str(words), percent, percent == self.percent) for name, (words, percent) in STEPS.items()]


def forecast_panel(prediction: Prediction, reader: User | None, *, asked: bool, state: str = "") -> ForecastPanel:
    """One query, of the reader's own newest revisions, where there is a reader.

    `state`: how the database's clock has the prediction stand, where that was asked.
    """
    rows = list(Forecast.objects.by(reader).on(prediction).newest_first()[: NEWEST + 1]) if reader else []
    current = next((forecast for forecast in rows if forecast.ended_at is None), None)
    return ForecastPanel(
        prediction=prediction,
        state=state or prediction.state(),
        mine=current.probability if current else None,
        crowd=(getattr(prediction, "crowd", None) or PredictionCrowd()) if current or asked else None,
        history=rows[:NEWEST],
        longer=len(rows) > NEWEST,
    )
