"""What one reader has given, as they see it: votes, forecasts, ballots and proposed tags, newest first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from debate.keyset import Page, Place, page_of
from debate.models import Ballot, ClaimVote, Forecast, Score, TagVote, User
from debate.models.votes import ForecastQuerySet

Row = TypeVar("Row", bound=Model)
LATEST = 4
ANSWERS: dict[str, object] = {
    ClaimVote.Value.AGREE: pgettext_lazy("list of votes", "Agree"),
    ClaimVote.Value.DISAGREE: pgettext_lazy("list of votes", "Disagree"),
    ClaimVote.Value.PASS: pgettext_lazy("list of votes", "Pass"),
    ClaimVote.Value.WITHDRAWN: pgettext_lazy("list of votes", "Taken back"),
}
STATES = {"open": _("Open"), "due": _("Due"), "resolved": _("Resolved"), "withdrawn": _("Taken back")}
VOTES, FORECASTS = ("-changed_at", "-pk"), ("-made_at", "-pk")
BALLOTS, TAGS = ("-changed_at", "-pk"), ("-made_at", "-pk")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list that can be seen by itself: its name in an address, its word, how many are in it."""

    name: str
    word: str
    count: int


@dataclass(frozen=True, slots=True)
class OwnList(Generic[Row]):
    """A page of a list, its parts, and how many there are in all."""

    page: Page[Row]
    parts: Sequence[Part] = ()

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


def parts_of(words: Mapping[str, object], counts: Mapping[str, int], only: str) -> list[Part]:
    """Those that hold anything, and the one that is asked for."""
    found = [Part(name, str(word), counts.get(name, 0)) for name, word in words.items()]
    return [part for part in found if part.count or part.name == only]


def own_votes(reader: User, answer: str, place: Place) -> OwnList[ClaimVote]:
    """On claims that readers can see. Two queries."""
    votes = ClaimVote.objects.by(reader).seen()
    parts = parts_of(ANSWERS, votes.counted_by_answer(), answer)
    rows = votes.answering(answer) if answer else votes
    return OwnList(page_of(rows.for_own_page(), VOTES, f"votes {answer}", place), parts)


def own_forecasts(reader: User, state: str, place: Place) -> OwnList[Forecast]:
    """The newest of each prediction that readers can see. Three queries, the last of the scores."""
    forecasts, now = forecasts_of(reader), timezone.now()
    parts = parts_of(STATES, forecasts.counted_by_state(now), state)
    rows = forecasts.in_state(state, now) if state else forecasts
    page = page_of(rows.for_own_page(), FORECASTS, f"forecasts {state}", place)
    return OwnList(scored(reader, page), parts)


def forecasts_of(reader: User) -> ForecastQuerySet:
    return Forecast.objects.by(reader).seen().last_of_each()


def scored(reader: User, page: Page[Forecast]) -> Page[Forecast]:
    """Each with `score`, what it came to; None where there is none. One query where any is resolved."""
    resolved = [row.prediction_id for row in page.rows if row.prediction.resolution]
    scores = {score.prediction_id: score for score in Score.objects.by(reader).on_any(resolved)} if resolved else {}
    for row in page.rows:
        row.score = scores.get(row.prediction_id)
    return page


def own_ballots(reader: User, place: Place) -> OwnList[Ballot]:
    """Two queries, the second of the sides to choose from."""
    return OwnList(page_of(Ballot.objects.by(reader).seen().for_own_page(), BALLOTS, "ballots", place))


def own_tags(reader: User, place: Place) -> OwnList[TagVote]:
    """One query."""
    return OwnList(page_of(TagVote.objects.by(reader).seen().for_own_page(), TAGS, "own tags", place))


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest of each sort, and whether there are more."""

    votes: Page[ClaimVote]
    forecasts: Page[Forecast]
    ballots: Page[Ballot]

    def __bool__(self) -> bool:
        return bool(self.votes.rows or self.forecasts.rows or self.ballots.rows)


def latest_of(reader: User, place: Place) -> Latest:
    """Four queries, and one where a forecast of them is resolved."""
    votes = ClaimVote.objects.by(reader).seen().for_own_page()
    ballots = Ballot.objects.by(reader).seen().for_own_page()
    return Latest(
        page_of(votes, VOTES, "", place, LATEST),
        scored(reader, page_of(forecasts_of(reader).for_own_page(), FORECASTS, "", place, LATEST)),
        page_of(ballots, BALLOTS, "", place, LATEST),
    )
