"""A second pair of eyes: what somebody asked others to look at, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.essays import Essay
from debate.models.people import User


class ReviewQuerySet(models.QuerySet["Review"]):
    def waiting(self) -> ReviewQuerySet:
        """Nobody has decided yet."""
        return self.filter(verdict="")

    def of_essay(self, essay: Essay) -> ReviewQuerySet:
        return self.filter(essay=essay)

    def newest_first(self) -> ReviewQuerySet:
        return self.order_by("-pk")

    def with_people(self) -> ReviewQuerySet:
        return self.select_related("asked_by", "decided_by")

    def for_desk(self) -> ReviewQuerySet:
        """What the desk shows of those that wait, the first asked first. Two queries."""
        rows = self.waiting().select_related("essay__motion", "asked_by")
        return rows.prefetch_related("essay__authors").order_by("pk")


class Review(models.Model):
    """One round: an essay was put before another curator, who published it or sent it back.

    `alone`: whoever asked decided too, since there was nobody else who could have.
    """

    class Verdict(models.TextChoices):
        WAITING = "", _("waiting")
        APPROVED = "approved", _("published")
        SENT_BACK = "sent_back", _("sent back")
        WITHDRAWN = "withdrawn", _("withdrawn")

    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, related_name="reviews", verbose_name=_("essay"))
    asked_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    note = models.TextField(blank=True, help_text=_("What whoever asked had to say to it."))
    verdict = models.CharField(max_length=9, choices=Verdict, blank=True, default=Verdict.WAITING)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    alone = models.BooleanField(default=False)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.CheckConstraint(
                condition=Q(verdict__in=["", "approved", "sent_back", "withdrawn"]), name="review_verdict_known"
            ),
            models.UniqueConstraint(
                fields=["essay"],
                condition=Q(verdict=""),
                name="review_one_waits_per_essay",
                violation_error_message=_("This essay waits for a review already."),
            ),
            models.CheckConstraint(
                condition=Q(verdict="", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(verdict="") & Q(decided_at__isnull=False)),
                name="review_decided_as_a_whole",
                violation_error_message=_("A verdict has its time; what waits has neither."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="sent_back") | ~Q(comment=""),
                name="review_sent_back_says_why",
                violation_error_message=_("Say what is to be done before it can be published."),
            ),
            models.CheckConstraint(
                condition=~Q(verdict="approved") | Q(alone=True) | ~Q(decided_by=F("asked_by")),
                name="review_by_a_second_pair_of_eyes",
                violation_error_message=_("Somebody else has to pass it."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.essay}: {self.get_verdict_display()}"
