"""What readers give: votes, forecasts, tags; and what these add up to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.ballots import Ballot
from debate.models.claims import Claim
from debate.models.motions import Motion
from debate.models.people import User
from debate.models.predictions import Prediction
from debate.models.tags import Tag, TaggedClaim

STEPS = {
    "very-unlikely": (_("very unlikely"), 5),
    "unlikely": (_("unlikely"), 25),
    "even": (_("even"), 50),
    "likely": (_("likely"), 75),
    "very-likely": (_("very likely"), 95),
}
"""A forecast in words, with the percent that each stands for."""
BY_SIDE = 5_000
"""How many votes on a claim are read at most when they are counted by side."""


class ClaimVoteQuerySet(models.QuerySet["ClaimVote"]):
    def standing(self) -> ClaimVoteQuerySet:
        """Votes that have not been withdrawn."""
        return self.exclude(value=ClaimVote.Value.WITHDRAWN)

    def by(self, reader: User) -> ClaimVoteQuerySet:
        return self.filter(user=reader)

    def on(self, claim: Claim) -> ClaimVoteQuerySet:
        return self.filter(claim=claim)

    def answers_of(self, reader: User, keys: Sequence[int]) -> dict[int, str]:
        """The reader's current answers to the claims of these keys, by key.

        One query, below the ORM: every list that a reader asks for asks this.
        """
        if not keys:
            return {}
        marks = ", ".join(["%s"] * len(keys))
        sql = f"SELECT claim_id, value FROM debate_claimvote WHERE user_id = %s AND claim_id IN ({marks})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, [reader.pk, *keys])
            return dict(cursor.fetchall())

    def answers_on(self, reader: User, motion: Motion) -> dict[int, str]:
        """The reader's answers that stand on the claims of a motion, by the claim's key. One query."""
        mine = self.standing().by(reader).filter(claim__motion=motion)
        return dict(mine.values_list("claim", "value"))

    def seen(self) -> ClaimVoteQuerySet:
        """Those on claims that readers can see."""
        return self.filter(claim__in=Claim.objects.visible())

    def answering(self, value: str) -> ClaimVoteQuerySet:
        return self.filter(value=value)

    def counted_by_answer(self) -> dict[str, int]:
        """How many there are of each answer. One query."""
        return dict(self.order_by().values_list("value").annotate(count=Count("pk")))

    def for_own_page(self) -> ClaimVoteQuerySet:
        """What a reader's own list shows, changed last first."""
        rows = self.select_related("claim").defer("claim__note", "claim__note_html")
        return rows.order_by("-changed_at", "-pk")

    def newest_on(self, claim: int, most: int) -> ClaimVoteQuerySet:
        return self.filter(claim=claim).order_by("-pk")[:most]

    def counted_by_side(self, motion: Motion, claims: Sequence[int]) -> dict[int, dict[int | None, dict[str, int]]]:
        """By claim, then the side that voters take on the motion (None: undecided), then value: how many. One query.

        A ballot after reading counts before one given before. Voters without a ballot are left out, and of each
        claim the newest BY_SIDE votes are read, so that it takes no longer however many vote.
        """
        newest = Q()
        for claim in claims:
            newest |= Q(pk__in=ClaimVote.objects.newest_on(claim, BY_SIDE).values("pk"))
        ballot = Ballot.objects.on_motion(motion).filter(user=OuterRef("user")).order_by("phase")
        votes = self.standing().filter(newest, Exists(ballot)).annotate(side=Subquery(ballot.values("side")[:1]))
        found: dict[int, dict[int | None, dict[str, int]]] = {}
        for claim, side, value, count in votes.values_list("claim", "side", "value").annotate(count=Count("pk")):
            found.setdefault(claim, {}).setdefault(side, {})[value] = count
        return found


class ClaimVote(models.Model):
    """A reader's answer to a claim; the first one given blind is kept beside the current one."""

    class Value(models.TextChoices):
        AGREE = "agree", _("agree")
        DISAGREE = "disagree", _("disagree")
        PASS = "pass", _("pass")
        WITHDRAWN = "withdrawn", _("withdrawn")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="claim_votes")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="votes")
    value = models.CharField(max_length=9, choices=Value)
    blind_value = models.CharField(
        max_length=8,
        choices=[("", _("none")), *Value.choices[:3]],
        blank=True,
        default="",
        help_text="The first answer, if it was given before seeing what others think.",
    )
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = ClaimVoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "claim"], name="claimvote_one_per_reader_and_claim"),
            models.CheckConstraint(
                condition=Q(value__in=["agree", "disagree", "pass", "withdrawn"]), name="claimvote_value_known"
            ),
            models.CheckConstraint(
                condition=Q(blind_value__in=["", "agree", "disagree", "pass"]), name="claimvote_blind_value_known"
            ),
            models.CheckConstraint(condition=Q(changed_at__gte=F("made_at")), name="claimvote_changed_after_made"),
        ]
        indexes = [models.Index(fields=["claim", "value"], name="claimvote_of_claim")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.value} {self.claim_id}"


class ClaimTally(models.Model):
    """How a claim's votes add up, moved in the transaction of the vote; members and guests apart.

    Guests who came back are counted among the guests, and once more by themselves.
    """

    claim = models.OneToOneField(Claim, on_delete=models.CASCADE, primary_key=True, related_name="tally")
    member_agree = models.PositiveIntegerField(default=0)
    member_disagree = models.PositiveIntegerField(default=0)
    member_pass = models.PositiveIntegerField(default=0)
    guest_agree = models.PositiveIntegerField(default=0)
    guest_disagree = models.PositiveIntegerField(default=0)
    guest_pass = models.PositiveIntegerField(default=0)
    returning_agree = models.PositiveIntegerField(default=0)
    returning_disagree = models.PositiveIntegerField(default=0)
    returning_pass = models.PositiveIntegerField(default=0)
    top = models.FloatField(default=0.0, help_text="Lower Wilson bound of the agree share, of those who rank.")
    contested = models.FloatField(default=0.0, help_text="Twice the lower Wilson bound of the smaller share, of them.")

    class Meta:
        indexes = [
            models.Index(fields=["-top"], name="tally_top"),
            models.Index(fields=["-contested"], name="tally_contested"),
        ]

    def __str__(self) -> str:
        return f"{self.agree} : {self.disagree} ({self.passed})"

    @property
    def agree(self) -> int:
        return self.member_agree + self.guest_agree

    @property
    def disagree(self) -> int:
        return self.member_disagree + self.guest_disagree

    @property
    def passed(self) -> int:
        return self.member_pass + self.guest_pass

    @property
    def returning(self) -> int:
        return self.returning_agree + self.returning_disagree + self.returning_pass

    @property
    def total(self) -> int:
        return self.agree + self.disagree + self.passed


class ForecastQuerySet(models.QuerySet["Forecast"]):
    def current(self) -> ForecastQuerySet:
        return self.filter(ended_at__isnull=True)

    def by(self, reader: User) -> ForecastQuerySet:
        return self.filter(user=reader)

    def on(self, prediction: Prediction) -> ForecastQuerySet:
        return self.filter(prediction=prediction)

    def judged(self, now: datetime) -> ForecastQuerySet:
        """Of predictions resolved yes or no and past their date, each with its prediction."""
        judged = Exists(Prediction.objects.visible().judged(now).filter(pk=OuterRef("prediction")))
        facts = [f"prediction__{name}" for name in ("opens_at", "closes_at", "resolution", "resolved_on")]
        return self.filter(judged).select_related("prediction").only("probability", "made_at", "ended_at", *facts)

    def on_resolved(self) -> ForecastQuerySet:
        """On predictions that are resolved, however."""
        return self.exclude(prediction__resolution="")

    def seen(self) -> ForecastQuerySet:
        """Those on predictions that readers can see."""
        return self.filter(prediction__in=Prediction.objects.visible())

    def last_of_each(self) -> ForecastQuerySet:
        """Of each reader and prediction only the newest revision: what stands, or what was taken back."""
        later = Q(made_at__gt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), pk__gt=OuterRef("pk"))
        same = Forecast.objects.filter(user=OuterRef("user"), prediction=OuterRef("prediction"))
        return self.filter(~Exists(same.filter(later)))

    def in_state(self, state: str, now: datetime) -> ForecastQuerySet:
        """That stand on a prediction that is open, due or resolved; or were taken back."""
        if state == "withdrawn":
            return self.filter(ended_at__isnull=False)
        return self.current().filter(prediction__in=Prediction.objects.in_state(state, now))

    def counted_by_state(self, now: datetime) -> dict[str, int]:
        """How many there are in each state, as in_state() tells them. One query."""
        current, unresolved = Q(ended_at__isnull=True), Q(prediction__resolution="")
        closed = Q(prediction__closes_at__lte=now)
        return self.order_by().aggregate(
            open=Count("pk", current & unresolved & ~closed),
            due=Count("pk", current & unresolved & closed),
            resolved=Count("pk", current & ~unresolved),
            withdrawn=Count("pk", ~current),
        )

    def for_own_page(self) -> ForecastQuerySet:
        """What a reader's own list shows, given last first."""
        rows = self.select_related("prediction").defer("prediction__criteria", "prediction__criteria_html")
        return rows.newest_first()

    def made_before(self, instant: datetime) -> ForecastQuerySet:
        return self.filter(made_at__lt=instant)

    def newest_first(self) -> ForecastQuerySet:
        return self.order_by("-made_at", "-pk")

    def oldest_first(self) -> ForecastQuerySet:
        return self.order_by("made_at", "pk")


class Forecast(models.Model):
    """A probability that stood from one instant to another; the current one has no end."""

    score: Any  # what it came to, by lenses.own_record

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="forecasts", db_index=False)
    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, related_name="forecasts")
    probability = models.FloatField()
    blind = models.BooleanField(default=False, help_text="Given before seeing what others think.")
    made_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ForecastQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=0.01, probability__lte=0.99),
                name="forecast_is_a_probability",
                violation_error_message=_("A forecast is a probability from 0.01 to 0.99."),
            ),
            models.UniqueConstraint(
                fields=["user", "prediction"],
                condition=Q(ended_at__isnull=True),
                name="forecast_one_current_per_reader_and_prediction",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("made_at")),
                name="forecast_ends_after_it_is_made",
            ),
        ]
        indexes = [
            models.Index(
                fields=["prediction", "-made_at", "-id"],
                include=["probability"],
                condition=Q(ended_at__isnull=True),
                name="forecast_current",
            ),
            models.Index(fields=["user", "prediction", "-made_at", "-id"], name="forecast_of_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.probability:.2f} · {self.prediction_id}"

    @property
    def percent(self) -> int:
        return round(self.probability * 100)


class PredictionCrowd(models.Model):
    """The crowd's number for a prediction, kept in the transaction of the forecast."""

    prediction = models.OneToOneField(Prediction, on_delete=models.CASCADE, primary_key=True, related_name="crowd")
    forecasters = models.PositiveIntegerField(default=0)
    median = models.FloatField(null=True)
    lower = models.FloatField(null=True)
    upper = models.FloatField(null=True)
    geometric_mean_odds = models.FloatField(null=True)
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.median} of {self.forecasters}"


class TagVoteQuerySet(models.QuerySet["TagVote"]):
    def by(self, reader: User) -> TagVoteQuerySet:
        return self.filter(user=reader)

    def on(self, claim: Claim) -> TagVoteQuerySet:
        return self.filter(claim=claim)

    def seen(self) -> TagVoteQuerySet:
        """Those for claims that readers can see."""
        return self.filter(claim__in=Claim.objects.visible())

    def for_own_page(self) -> TagVoteQuerySet:
        """What a reader's own list shows, proposed last first; each with `carried`, whether the claim carries it."""
        carried = Exists(TaggedClaim.objects.filter(content_object=OuterRef("claim"), tag=OuterRef("tag")))
        rows = self.select_related("claim", "tag").defer("claim__note", "claim__note_html")
        return rows.annotate(**{"carried": carried}).order_by("-made_at", "-pk")


class TagVote(models.Model):
    """That a reader proposes a tag for a claim."""

    carried: bool  # by for_own_page()

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tag_votes")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="tag_votes")
    tag = models.ForeignKey(Tag, on_delete=models.CASCADE, related_name="votes")
    made_at = models.DateTimeField(default=timezone.now)

    objects = TagVoteQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "claim", "tag"], name="tagvote_one_per_reader_claim_and_tag"),
        ]
        indexes = [models.Index(fields=["claim", "tag"], name="tagvote_of_claim")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.tag_id} · {self.claim_id}"


class RevealQuerySet(models.QuerySet["Reveal"]):
    def by(self, reader: User) -> RevealQuerySet:
        return self.filter(user=reader)

    def covering(self, thing: Claim | Prediction | Motion) -> RevealQuerySet:
        """Reveals of the thing, or of its whole motion."""
        if isinstance(thing, Motion):
            return self.filter(motion=thing)
        return self.filter(Q(motion=thing.motion_id) | Q(**{str(thing._meta.model_name): thing}))


class Reveal(models.Model):
    """That a reader asked to see what others think of one thing, or of a whole motion."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="reveals")
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    prediction = models.ForeignKey(Prediction, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = RevealQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, prediction__isnull=True, motion__isnull=True)
                | Q(claim__isnull=True, prediction__isnull=False, motion__isnull=True)
                | Q(claim__isnull=True, prediction__isnull=True, motion__isnull=False),
                name="reveal_of_exactly_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", thing], condition=Q(**{f"{thing}__isnull": False}), name=f"reveal_one_per_{thing}"
                )
                for thing in ("claim", "prediction", "motion")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"
