"""What forecasts were worth once their predictions were resolved, and the crowd's number day by day. All derived."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import connection, models
from django.db.models import Avg, F, Max, OuterRef, Q, Subquery, Window
from django.db.models.functions import TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from debate.models.motions import Motion
from debate.models.people import User
from debate.models.predictions import Prediction
from debate.models.votes import PredictionCrowd

NUMBERS = ("forecasters", "median", "lower", "upper")
PUT_DAY = f"""
    INSERT INTO debate_crowdday (prediction_id, day, {", ".join(NUMBERS)}) VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (prediction_id, day) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in NUMBERS)}
"""  # noqa: S608
MOMENT = timedelta(microseconds=1)
FEWEST_SCORED = 5
"""Resolved predictions with a score below which a forecaster has no rank."""


class CrowdDayQuerySet(models.QuerySet["CrowdDay"]):
    def on(self, prediction: Prediction) -> CrowdDayQuerySet:
        return self.filter(prediction=prediction)

    def on_any(self, predictions: Iterable[int]) -> CrowdDayQuerySet:
        """Of the predictions of these keys."""
        return self.filter(prediction__in=list(predictions))

    def in_order(self) -> CrowdDayQuerySet:
        return self.order_by("prediction", "day")

    def last_before(self, instant: datetime) -> CrowdDay | None:
        """The state in which an instant found it: the end of the last day that had begun before then."""
        return self.filter(day__lte=(instant - MOMENT).date()).order_by("day").last()

    def last_of_months(self) -> CrowdDayQuerySet:
        """Of each prediction the last day that is kept in each month."""
        last = Window(Max("day"), partition_by=[F("prediction"), TruncMonth("day")])
        return self.annotate(last=last).filter(day=F("last"))

    def put(self, held: PredictionCrowd, day: date) -> None:
        """Make the crowd as it is held the state of this day. One statement, below the ORM: every forecast makes it."""
        numbers = (getattr(held, name) for name in NUMBERS)
        with connection.cursor() as cursor:
            cursor.execute(PUT_DAY, [held.prediction_id, connection.ops.adapt_datefield_value(day), *numbers])

    def put_all(self, rows: Iterable[CrowdDay]) -> None:
        """Make or correct the rows, each by its prediction and day."""
        self.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["prediction", "day"],
            update_fields=NUMBERS,
            batch_size=2_000,
        )


class CrowdDay(models.Model):
    """The crowd's number for a prediction as it stood at the end of a day in UTC; the last one is today's so far.

    Kept for days on which it changed, in the transaction of the forecast. Nobody standing: no forecasters, no numbers.
    """

    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="crowd_days")
    day = models.DateField()
    forecasters = models.PositiveIntegerField()
    median = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)

    objects = CrowdDayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["prediction", "day"], name="crowdday_one_per_prediction_and_day"),
            models.CheckConstraint(
                condition=Q(forecasters=0, median__isnull=True, lower__isnull=True, upper__isnull=True)
                | Q(forecasters__gt=0, median__isnull=False, lower__isnull=False, upper__isnull=False)
                & Q(lower__lte=F("median"), median__lte=F("upper")),
                name="crowdday_numbers_where_somebody_stands",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.median} of {self.forecasters}"


class ScoreQuerySet(models.QuerySet["Score"]):
    def by(self, reader: User) -> ScoreQuerySet:
        return self.filter(user=reader)

    def on(self, prediction: Prediction) -> ScoreQuerySet:
        return self.filter(prediction=prediction)

    def on_any(self, predictions: Iterable[int]) -> ScoreQuerySet:
        """On the predictions of these keys."""
        return self.filter(prediction__in=predictions)

    def of_motion(self, motion: Motion) -> ScoreQuerySet:
        return self.filter(prediction__motion=motion)


class Score(models.Model):
    """How a forecaster did on one prediction resolved yes or no.

    `brier` and `log` are means over the time their forecasts stood; `baseline` and `peer` add up over that time as a
    share of the time from opening to scheduled close, and `coverage` is that share.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="scores")
    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="scores")
    brier = models.FloatField()
    log = models.FloatField()
    baseline = models.FloatField()
    peer = models.FloatField()
    coverage = models.FloatField()

    objects = ScoreQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "prediction"], name="score_one_per_reader_and_prediction"),
            models.CheckConstraint(condition=Q(brier__gte=0, brier__lte=1), name="score_brier_in_its_range"),
            models.CheckConstraint(condition=Q(coverage__gt=0, coverage__lte=1), name="score_of_time_covered"),
        ]
        indexes = [models.Index(fields=["prediction", "-peer"], name="score_of_prediction")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.peer:.1f} · {self.prediction_id}"


OF_RECORD = ("predictions", "peer", "coverage", "score", "listing")


class Listing(models.TextChoices):
    """Whether a forecaster stands on the leaderboard, and how."""

    NONE = "", _("not listed")
    EARLY = "early", _("listed without a rank")
    RANKED = "ranked", _("ranked")

    @classmethod
    def of(cls, predictions: int, *, listed: bool) -> Listing:
        """That of whoever asked to be listed or did not, with so many predictions scored."""
        if not listed:
            return cls.NONE
        return cls.RANKED if predictions >= FEWEST_SCORED else cls.EARLY


class ForecasterRecordQuerySet(models.QuerySet["ForecasterRecord"]):
    def of(self, reader: User) -> ForecasterRecordQuerySet:
        return self.filter(user=reader)

    def keyed(self, key: int) -> ForecasterRecordQuerySet:
        return self.filter(user=key)

    def listed(self) -> ForecasterRecordQuerySet:
        """Of members who asked to be on the leaderboard, with or without a rank."""
        return self.filter(listing__in=[Listing.EARLY, Listing.RANKED], user__is_active=True)

    def listed_as(self, listing: str) -> ForecasterRecordQuerySet:
        return self.filter(listing=listing, user__is_active=True)

    def ahead_of(self, score: float) -> ForecasterRecordQuerySet:
        """Those with a rank and a better score."""
        return self.listed_as(Listing.RANKED).filter(score__gt=score)

    def down_from(self, column: str, value: float) -> ForecasterRecordQuerySet:
        """Those that have no more than this in the column: where a walk down an index can begin."""
        return self.filter(**{f"{column}__lte": value})

    def with_means(self, *names: str) -> ForecasterRecordQuerySet:
        """Each with the means of these of its scores, under their names."""
        mine = Score.objects.filter(user=OuterRef("user")).order_by().values("user")
        return self.annotate(**{name: Subquery(mine.annotate(mean=Avg(name)).values("mean")) for name in names})

    def with_names(self) -> ForecasterRecordQuerySet:
        return self.select_related("user").only(*OF_RECORD, "user__display_name")


class ForecasterRecord(models.Model):
    """What a reader's scores add up to; `score` is the sum of peer over the greater of 30 and the sum of coverage.

    `listing` follows from what its reader asked for, and is kept so that the leaderboard is one walk along an index.
    """

    baseline: float  # these three by with_means()
    brier: float
    log: float

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="record")
    predictions = models.PositiveIntegerField(help_text=_("How many resolved predictions have a score."))
    peer = models.FloatField()
    coverage = models.FloatField()
    score = models.FloatField()
    listing = models.CharField(max_length=6, choices=Listing, blank=True, default=Listing.NONE)

    objects = ForecasterRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(predictions__gt=0), name="forecasterrecord_of_a_score"),
            models.CheckConstraint(
                condition=Q(listing=Listing.NONE)
                | Q(listing=Listing.EARLY, predictions__lt=FEWEST_SCORED)
                | Q(listing=Listing.RANKED, predictions__gte=FEWEST_SCORED),
                name="forecasterrecord_listing_by_predictions",
            ),
        ]
        indexes = [
            models.Index(fields=["listing", "-score", "user"], name="forecasterrecord_best"),
            models.Index(fields=["listing", "-predictions", "user"], name="forecasterrecord_most"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.score:.2f} of {self.predictions}"

    def get_absolute_url(self) -> str:
        return reverse("forecaster", args=[self.user_id])
