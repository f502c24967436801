"""A crowd of forecasters on predictions that have been judged, for the tour."""

from datetime import UTC, date, datetime, timedelta

from debate.models import (
    Author,
    CrowdDay,
    Forecast,
    ForecasterRecord,
    Listing,
    Motion,
    Prediction,
    Reading,
    Score,
    User,
)
from tests import factories as make

OPENED, CLOSED = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 3, 1, tzinfo=UTC)


def forecasting_crowd(motion: Motion) -> tuple[User, User, User, Author]:
    """The best of many, one with too few predictions for a rank, one who is not listed, and an author with a score."""
    essay = motion.essays.order_by("pk")[0]
    told = {"motion": motion, "essay": essay, "opens_at": OPENED, "closes_at": CLOSED, "resolved_on": date(2026, 3, 2)}
    judged = [make.PredictionFactory(**told, resolution=how, resolution_note="So.") for how in ("yes", "no", "yes") * 3]
    best, *_others = (recorded(judged, 20.0 - place, name=f"<{place}> & co") for place in range(22))
    for number, prediction in enumerate(judged):
        likely = (0.15, 0.85)[number % 2]
        Forecast.objects.create(user=best, prediction=prediction, probability=likely, made_at=OPENED)
        CrowdDay.objects.create(
            prediction=prediction,
            day=OPENED.date() + timedelta(days=1),
            forecasters=2,
            median=0.6,
            lower=0.4,
            upper=0.9,
        )
        Reading.objects.create(essay=essay, prediction=prediction, low=0.6, high=0.8, paragraph=1, note="It sounds so.")
    return best, recorded(judged[:3], 3.0), recorded(judged, 5.0, listed=False), essay.authors.all()[0]


def recorded(judged: list[Prediction], score: float, *, name: str = "", listed: bool = True) -> User:
    """A member with a score on each of these predictions."""
    user: User = make.MemberFactory(display_name=name, ranked=listed)
    facts = {"brier": 0.1, "log": -0.4, "baseline": 35.0, "peer": score, "coverage": 0.5}
    Score.objects.bulk_create([Score(user=user, prediction=prediction, **facts) for prediction in judged])
    count = len(judged)
    listing = Listing.of(count, listed=listed)
    sums = {"predictions": count, "peer": score * count, "coverage": count / 2, "score": score}
    ForecasterRecord.objects.create(user=user, listing=listing, **sums)
    return user
