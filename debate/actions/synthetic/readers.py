"""Readers, and what they give: no reader twice on one thing, however many there are."""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import gcd
from random import Random

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone

from debate.actions.crowd_days import put_days
from debate.actions.forecasting import count_crowd
from debate.actions.swinging import recount_swing
from debate.actions.synthetic.rows import BEGUN, SLUG
from debate.actions.synthetic.words import dice
from debate.actions.tallying import COUNTED, groups_of, rank
from debate.actions.writing import writing
from debate.models import (
    Ballot,
    Claim,
    ClaimTally,
    ClaimVote,
    Forecast,
    Motion,
    Prediction,
    PredictionCrowd,
    Side,
    User,
)
from debate.reasoning.aggregation import NEWEST, crowd

BATCH = 5_000
MEMBER_EVERY = 4
TALLIED = [field.name for field in ClaimTally._meta.concrete_fields if not field.primary_key]
CROWDED = [field.name for field in PredictionCrowd._meta.concrete_fields if not field.primary_key]


class Crowd:
    """Many readers by their keys, eight bytes each; every fourth is a member, every next one a guest who came back."""

    def __init__(self) -> None:
        self.keys = array("q")

    def grow(self, count: int) -> Iterator[int]:
        """Make so many readers; tells how many are made, batch by batch."""
        for start in range(0, count, BATCH):
            numbers = range(start, min(start + BATCH, count))
            with writing():
                made = User.objects.bulk_create([self.reader(number) for number in numbers])
            self.keys.extend(user.pk for user in made)
            yield len(numbers)

    def reader(self, number: int) -> User:
        name = f"{SLUG}-{number}"
        told = {"kind": self.kind(number), "returned": self.returned(number)}
        return User(username=name, password=f"{UNUSABLE_PASSWORD_PREFIX}{name}", date_joined=BEGUN, **told)

    def kind(self, index: int) -> str:
        return User.Kind.GUEST if index % MEMBER_EVERY else User.Kind.MEMBER

    def returned(self, index: int) -> bool:
        return index % MEMBER_EVERY == 1

    def groups(self, index: int) -> tuple[str, ...]:
        return groups_of(self.kind(index), returned=self.returned(index))

    def some(self, random: Random, count: int) -> Iterator[int]:
        """So many different readers, by index: a walk around all of them with a stride that comes by each once."""
        total = len(self.keys)
        place, stride = random.randrange(total), random.randrange(1, total + 1)
        while gcd(stride, total) > 1:
            stride = stride % total + 1
        for _number in range(min(count, total)):
            yield place
            place = (place + stride) % total


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """A total in whole parts by weight, which add up to it."""
    whole, parts, given = sum(weights), [], 0
    reached = 0.0
    for weight in weights:
        reached += weight
        parts.append(round(total * reached / whole) - given)
        given += parts[-1]
    return parts


def weighted(model: type[Claim] | type[Prediction]) -> tuple[list[int], list[float]]:
    """Every visible row by its key, with its weight: the featured motion and a large one draw about a tenth each."""
    rows = list(model.objects.visible().order_by("pk").values_list("pk", "motion", "motion__featured"))
    sizes = Counter(motion for _pk, motion, _featured in rows)
    usual = sorted(sizes.values())[len(sizes) // 2] if sizes else 1
    much = max(1.0, len(sizes) / 8)
    weights = [
        (much if featured or sizes[motion] > 10 * usual else 1.0) / sizes[motion] for _pk, motion, featured in rows
    ]
    return [pk for pk, _motion, _featured in rows], weights


# Votes.


def cast_votes(*, seed: int, readers: Crowd, votes: int) -> Iterator[int]:
    """So many votes over all visible claims, with the tallies that they add up to; tells how many, batch by batch."""
    claims, weights = weighted(Claim)
    random, waiting, tallies = dice(f"votes-{seed}"), [], []
    for claim, count in zip(claims, shared_out(votes, weights), strict=True):
        counts: Counter[str] = Counter()
        leaning = random.betavariate(2, 2)
        for index in readers.some(random, count):
            value = answer(random.random(), leaning)
            counts.update(f"{group}_{value}" for group in readers.groups(index))
            waiting.append(vote(readers.keys[index], claim, value, random.randrange(400_000)))
        tallies.append((claim, counts))
        if len(waiting) >= BATCH:
            yield store_votes(waiting, tallies)
            waiting, tallies = [], []
    yield store_votes(waiting, tallies)


def answer(chance: float, leaning: float) -> str:
    """One in ten passes; the others agree as the claim's own leaning has it."""
    if chance < 0.1:
        return COUNTED[2]
    return COUNTED[0] if chance < 0.1 + 0.9 * leaning else COUNTED[1]


def vote(user: int, claim: int, value: str, minute: int) -> ClaimVote:
    made_at = BEGUN + timedelta(minutes=minute)
    blind = value if minute % 5 else ""
    return ClaimVote(user_id=user, claim_id=claim, value=value, blind_value=blind, made_at=made_at, changed_at=made_at)


def store_votes(votes: list[ClaimVote], counted: list[tuple[int, Counter[str]]]) -> int:
    """Votes and tallies in one transaction; what a tally held already is kept in it."""
    with writing():
        ClaimVote.objects.bulk_create(votes, batch_size=BATCH)
        held = ClaimTally.objects.in_bulk([claim for claim, _counts in counted])
        tallies = [added(held.get(claim) or ClaimTally(claim_id=claim), counts) for claim, counts in counted]
        ClaimTally.objects.bulk_create(
            tallies, update_conflicts=True, unique_fields=["claim"], update_fields=TALLIED, batch_size=BATCH
        )
    return len(votes)


def added(tally: ClaimTally, counts: Counter[str]) -> ClaimTally:
    for column, count in counts.items():
        setattr(tally, column, getattr(tally, column) + count)
    rank(tally)
    return tally


# Forecasts.


def make_forecasts(*, seed: int, readers: Crowd, forecasts: int) -> Iterator[int]:
    """So many forecasts over all visible predictions, one in three revised, with the crowds that they make."""
    predictions, weights = weighted(Prediction)
    random, waiting, crowds = dice(f"forecasts-{seed}"), [], []
    for prediction, count in zip(predictions, shared_out(forecasts, weights), strict=True):
        leaning, current = random.uniform(0.1, 0.9), []
        for number, index in enumerate(readers.some(random, count)):
            rows = line_of(random, readers.keys[index], prediction, leaning, number)
            waiting += rows
            current.append(rows[-1].probability)
        crowds.append((prediction, current))
        if len(waiting) >= BATCH:
            yield store_forecasts(waiting, crowds)
            waiting, crowds = [], []
    yield store_forecasts(waiting, crowds)


def line_of(random: Random, user: int, prediction: int, leaning: float, number: int) -> list[Forecast]:
    """A reader's forecast of a prediction, with what it revises; each reader later than the one before."""
    made_at = BEGUN + timedelta(minutes=number)
    times = [made_at - timedelta(days=30), made_at] if number % 3 == 0 else [made_at]
    ends = [*times[1:], None]
    return [
        Forecast(user_id=user, prediction_id=prediction, probability=near(random, leaning), made_at=start, ended_at=end)
        for start, end in zip(times, ends, strict=True)
    ]


def near(random: Random, leaning: float) -> float:
    return round(min(0.99, max(0.01, random.gauss(leaning, 0.2))), 2)


def store_forecasts(forecasts: list[Forecast], made: list[tuple[int, list[float]]]) -> int:
    """Forecasts and crowds in one transaction; where somebody had forecast already, the crowd is counted anew."""
    with writing():
        Forecast.objects.bulk_create(forecasts, batch_size=BATCH)
        held = PredictionCrowd.objects.in_bulk([prediction for prediction, _current in made])
        rows = [gathered(held.get(key) or PredictionCrowd(prediction_id=key), current) for key, current in made]
        PredictionCrowd.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["prediction"], update_fields=CROWDED, batch_size=BATCH
        )
        for row in rows:
            put_days(row.prediction_id)
    return len(forecasts)


def gathered(held: PredictionCrowd, current: list[float]) -> PredictionCrowd:
    if held.forecasters:
        count_crowd(held, timezone.now())
    elif current:
        held.median, held.lower, held.upper, held.geometric_mean_odds = crowd(current[-NEWEST:])
    held.forecasters += len(current)
    return held


# Ballots.


def cast_ballots(*, seed: int, readers: Crowd, ballots: int) -> Iterator[int]:
    """So many ballots before reading, and half as many after, shared out over the visible motions."""
    random = dice(f"ballots-{seed}")
    motions = list(Motion.objects.visible().order_by("-featured", "pk")[:100])
    parts = shared_out(ballots, [1 / (rank + 1) for rank in range(len(motions))])
    for motion, count in zip(motions, parts, strict=True):
        sides: list[Side | None] = [*motion.sides.all(), None]
        rows = []
        for number, index in enumerate(readers.some(random, count)):
            for phase in ("before", "after")[: 1 + number % 2]:
                at = BEGUN - timedelta(days=30 if phase == "before" else 1)
                told = {"phase": phase, "side": random.choice(sides), "made_at": at, "changed_at": at}
                rows.append(Ballot(user_id=readers.keys[index], motion=motion, **told))
        with writing():
            Ballot.objects.bulk_create(rows, batch_size=BATCH)
            recount_swing(motion=motion.pk)
        yield len(rows)
