"""What may come true: testable statements."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Case, Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import ExtractYear
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Authored, Status
from debate.models.claims import Claim
from debate.models.essays import Essay
from debate.models.history import HistoricalRecords
from debate.models.motions import Motion
from debate.models.people import Author, User

YES_OR_NO = ("yes", "no")


class PredictionQuerySet(models.QuerySet["Prediction"]):
    def visible(self) -> PredictionQuerySet:
        return self.filter(status=Status.PUBLISHED, motion__status=Status.PUBLISHED, essay__status=Status.PUBLISHED)

    def drafts_of(self, essays: Iterable[Essay]) -> PredictionQuerySet:
        return self.filter(essay__in=essays, status__in=[Status.DRAFT, Status.REVIEW])

    def of_motion(self, motion: Motion) -> PredictionQuerySet:
        return self.filter(motion=motion)

    def for_checklist(self, essay: Essay) -> PredictionQuerySet:
        """The essay's own, each with `has_reading`: whether its wording was read for it."""
        read = Exists(Prediction.objects.filter(pk=OuterRef("pk"), readings__essay=essay))
        return self.filter(essay=essay).annotate(**{"has_reading": read}).order_by("pk")

    def open(self, now: datetime | None = None) -> PredictionQuerySet:
        """Taking forecasts: opened, not closed, not resolved."""
        now = now or timezone.now()
        return self.filter(resolution="", opens_at__lte=now, closes_at__gt=now)

    def due(self, now: datetime | None = None) -> PredictionQuerySet:
        """Closed, and waiting to be resolved."""
        return self.filter(resolution="", closes_at__lte=now or timezone.now())

    def upcoming(self, now: datetime | None = None) -> PredictionQuerySet:
        return self.filter(resolution="", opens_at__gt=now or timezone.now())

    def resolved(self) -> PredictionQuerySet:
        return self.exclude(resolution="")

    def judged(self, now: datetime) -> PredictionQuerySet:
        """Resolved yes or no, and past the date on which they were to close: what a calibration rests on.

        The last to close first.
        """
        return self.filter(resolution__in=YES_OR_NO, closes_at__lte=now).order_by("-closes_at", "-pk")

    def for_scores(self) -> PredictionQuerySet:
        """Its instants and how it was resolved, nothing else."""
        return self.only("opens_at", "closes_at", "resolution", "resolved_on")

    def in_state(self, state: str, now: datetime | None = None) -> PredictionQuerySet:
        """One of open, due, upcoming or resolved."""
        if state == "resolved":
            return self.resolved()
        return {"open": self.open, "due": self.due, "upcoming": self.upcoming}[state](now)

    def count_by_state(self, now: datetime | None = None) -> dict[str, int]:
        """How many are in each state. One query."""
        now = now or timezone.now()
        unresolved = Q(resolution="")
        return self.aggregate(
            open=Count("pk", unresolved & Q(opens_at__lte=now, closes_at__gt=now)),
            due=Count("pk", unresolved & Q(closes_at__lte=now)),
            upcoming=Count("pk", unresolved & Q(opens_at__gt=now)),
            resolved=Count("pk", ~unresolved),
        )

    def count_by_author(self, authors: Iterable[Author], now: datetime) -> dict[int, dict[str, int]]:
        """By the author's key, how many from their essays stand how; nothing for those without any. One query."""
        unresolved, judged = Q(resolution=""), Q(resolution__in=YES_OR_NO)
        rows = self.filter(essay__authors__in=list(authors)).order_by().values(author=F("essay__authors"))
        counted = rows.annotate(
            judged=Count("pk", judged),
            untestable=Count("pk", ~unresolved & ~judged),
            due=Count("pk", unresolved & Q(closes_at__lte=now)),
            open=Count("pk", unresolved & Q(opens_at__lte=now, closes_at__gt=now)),
            upcoming=Count("pk", unresolved & Q(opens_at__gt=now)),
        )
        return {row.pop("author"): row for row in counted}

    def from_essay(self, essay: Essay) -> PredictionQuerySet:
        return self.filter(essay=essay)

    def of_essay_or_read_in(self, essay: Essay) -> PredictionQuerySet:
        """The essay's own, then those of others that a curator has read it on, each kind by its slug."""
        read = Exists(Prediction.objects.filter(pk=OuterRef("pk"), readings__essay=essay))
        order = Case(When(essay=essay, then=0), default=1)
        return self.filter(Q(essay=essay) | read).order_by(order, "slug")

    def spoken_to_by(self, essay: Essay) -> PredictionQuerySet:
        """From the essay, or with a reading of it: each with that reading's `low`, `high` and `why`, or None."""
        rows = self.filter(motion=essay.motion_id).annotate(
            read=FilteredRelation("readings", condition=Q(readings__essay=essay))
        )
        spoken_to = rows.filter(Q(essay=essay) | Q(read__isnull=False))
        return spoken_to.annotate(low=F("read__low"), high=F("read__high"), why=F("read__note"))

    def with_answers_of(self, reader: User | None) -> PredictionQuerySet:
        """Each with `my_probability`, and `asked`: whether the reader asked to see the crowd's number."""
        if reader is None:
            nothing = Value(None, output_field=models.FloatField(null=True))
            return self.annotate(**{"my_probability": nothing, "asked": Value(False)})
        mine = User.objects.filter(pk=reader.pk, forecasts__prediction=OuterRef("pk"), forecasts__ended_at__isnull=True)
        seen = Q(reveals__prediction=OuterRef("pk")) | Q(reveals__motion=OuterRef("motion"))
        answers = {
            "my_probability": Subquery(mine.values("forecasts__probability")[:1]),
            "asked": Exists(User.objects.filter(seen, pk=reader.pk)),
        }
        return self.annotate(**answers)

    def for_prediction_page(self) -> PredictionQuerySet:
        return self.select_related("essay__side", "motion", "crowd")

    def resting_on(self, claim: Claim) -> PredictionQuerySet:
        return self.filter(bearings__claim=claim)

    def concerning(self, essays: Iterable[Essay]) -> PredictionQuerySet:
        """Those from these essays, and those for which a curator has read one of them: a row for each reading.

        `read_low`, `read_high` and `read_essay`: the range and the key of the essay read; None where none is.
        """
        keys = [essay.pk for essay in essays]
        rows = self.annotate(own=FilteredRelation("readings", condition=Q(readings__essay__in=keys)))
        told = {"read_low": F("own__low"), "read_high": F("own__high"), "read_essay": F("own__essay")}
        return rows.annotate(**told).filter(Q(essay__in=keys) | Q(own__isnull=False))

    def with_facts(self) -> PredictionQuerySet:
        return self.select_related("essay", "motion")

    def for_list_page(self) -> PredictionQuerySet:
        return self.select_related("essay").defer("criteria", "criteria_html").order_by("closes_at", "pk")

    def for_review(self) -> PredictionQuerySet:
        """With its criteria, the first to close first."""
        return self.select_related("essay").order_by("closes_at", "pk")

    def keyed(self, keys: Iterable[int]) -> PredictionQuerySet:
        return self.filter(pk__in=keys)

    def with_crowd(self) -> PredictionQuerySet:
        return self.select_related("crowd")

    def closing_next(self, now: datetime, deciding: int | None) -> PredictionQuerySet:
        """Those that have not closed, soonest first, after the deciding one, closed or not."""
        order = Case(When(pk=deciding or 0, then=0), default=1)
        return self.filter(Q(closes_at__gte=now) | Q(pk=deciding)).order_by(order, "closes_at", "pk")

    def closed_last(self, now: datetime, deciding: int | None) -> PredictionQuerySet:
        """Those that have closed, but for the deciding one, latest first."""
        return self.filter(closes_at__lt=now).exclude(pk=deciding or 0).order_by("-closes_at", "-pk")

    def for_timeline(self) -> PredictionQuerySet:
        """What a mark on the timeline says, with the date of the essay."""
        essay = [f"essay__{name}" for name in ("summary", "summary_blocks", "source_note")]
        return self.select_related("essay").defer("criteria", "criteria_html", *essay)

    def count_by_year(self) -> dict[int, int]:
        """How many close in each year. One query."""
        rows = self.order_by().annotate(year=ExtractYear("closes_at")).values_list("year")
        return dict(rows.annotate(count=Count("pk")).order_by("year"))

    def get_by_natural_key(self, slug: str) -> Prediction:
        return self.get(slug=slug)


class Prediction(Authored):
    """A testable statement with criteria, a closing instant and, one day, a resolution."""

    read_low: float  # these three by concerning()
    read_high: float
    read_essay: int | None
    has_reading: bool  # by for_checklist()

    class Origin(models.TextChoices):
        TAKEN = "taken", _("taken from the essay")
        DERIVED = "derived", _("derived from the essay")

    class Resolution(models.TextChoices):
        OPEN = "", _("not resolved")
        YES = "yes", _("yes")
        NO = "no", _("no")
        AMBIGUOUS = "ambiguous", _("ambiguous")
        ANNULLED = "annulled", _("annulled")

    markdown_fields = ("criteria",)
    my_probability: float | None  # by with_answers_of()
    asked: bool  # by with_answers_of()

    slug = models.SlugField(_("slug"), max_length=80, unique=True)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="predictions", verbose_name=_("motion"))
    statement = models.CharField(_("statement"), max_length=280)
    criteria = models.TextField(_("criteria"), help_text=_("Markdown. What a stranger needs to judge it."))
    criteria_html = models.TextField(editable=False, default="")
    origin = models.CharField(_("origin"), max_length=7, choices=Origin)
    essay = models.ForeignKey(Essay, on_delete=models.PROTECT, related_name="predictions", verbose_name=_("essay"))
    opens_at = models.DateTimeField(_("opens at"))
    closes_at = models.DateTimeField(_("closes at"))
    resolves_on = models.DateField(_("resolves on"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.DRAFT)
    resolution = models.CharField(_("resolution"), max_length=9, choices=Resolution, blank=True, default="")
    resolved_on = models.DateField(_("resolved on"), null=True, blank=True)
    resolution_note = models.TextField(_("note on the resolution"), blank=True)
    evidence_url = models.URLField(_("evidence"), max_length=500, blank=True)
    history = HistoricalRecords(excluded_fields=["criteria_html"])

    objects = PredictionQuerySet.as_manager()

    class Meta:
        verbose_name = _("prediction")
        verbose_name_plural = _("predictions")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="prediction_closes_after_it_opens",
                violation_error_message=_("A prediction closes after it opens."),
            ),
            models.CheckConstraint(
                condition=Q(resolution="", resolved_on__isnull=True, resolution_note="", evidence_url="")
                | (~Q(resolution="") & Q(resolved_on__isnull=False) & ~Q(resolution_note="")),
                name="prediction_resolved_with_a_date_and_a_note",
                violation_error_message=_("A resolution needs its date and a note; an open prediction has neither."),
            ),
            models.CheckConstraint(
                condition=Q(resolution__in=["", "yes", "no", "ambiguous", "annulled"]),
                name="prediction_resolution_known",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "review", "published"]), name="prediction_status_known"
            ),
            models.CheckConstraint(
                condition=~Q(criteria="") & ~Q(statement=""),
                name="prediction_can_be_judged",
                violation_error_message=_("A prediction needs a statement, and criteria that a stranger could judge."),
            ),
        ]
        indexes = [models.Index(fields=["motion", "status", "closes_at"], name="prediction_closing")]

    def __str__(self) -> str:
        return self.statement

    def natural_key(self) -> tuple[Any, ...]:
        return (self.slug,)

    def get_absolute_url(self) -> str:
        return reverse("prediction", args=[self.slug])

    def state(self, now: datetime | None = None) -> str:
        """One of open, due, upcoming or resolved."""
        now = now or timezone.now()
        if self.resolution:
            return "resolved"
        if now < self.opens_at:
            return "upcoming"
        return "open" if now < self.closes_at else "due"
