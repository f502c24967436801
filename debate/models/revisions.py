"""Corrections to what readers see: held until somebody else has passed them."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.moderation import ModerationEntry
from debate.models.people import User

REVISIONS_IN_ORDER = ("-pk",)


class RevisionQuerySet(models.QuerySet["Revision"]):
    def waiting(self) -> RevisionQuerySet:
        """Nobody has decided yet."""
        return self.filter(state=Revision.State.HELD)

    def decided(self) -> RevisionQuerySet:
        return self.exclude(state=Revision.State.HELD)

    def keyed(self, key: int) -> RevisionQuerySet:
        return self.filter(pk=key)

    def in_order(self) -> RevisionQuerySet:
        """Newest first."""
        return self.order_by(*REVISIONS_IN_ORDER)

    def about(self, row: models.Model) -> RevisionQuerySet:
        """Those of savings of this row's page."""
        kind = ContentType.objects.get_for_model(row._meta.concrete_model or type(row))
        return self.filter(content_type=kind, object_id=row.pk)

    def with_people(self) -> RevisionQuerySet:
        return self.select_related("by", "decided_by", "content_type")


class Revision(models.Model):
    """What one saving would change of what readers see, written down until it is passed.

    `changes`: a list in the order of writing, one for each row: its noun and key, what is done (change, add, delete),
    and the old and the new values of its fields; actions/changes.py reads and writes it. `object_id` is the row whose
    page it was, empty for one that is to be added. `alone`: it was passed by whoever made it, there being nobody else.
    """

    class State(models.TextChoices):
        HELD = "held", _("waiting")
        ACCEPTED = "accepted", _("passed")
        DECLINED = "declined", _("sent back")
        WITHDRAWN = "withdrawn", _("taken back")

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, blank=True)
    verb = models.CharField(max_length=9, choices=ModerationEntry.Verb)
    label = models.CharField(max_length=300, help_text=_("What the row was called."))
    changes: models.JSONField[Any, Any] = models.JSONField(encoder=DjangoJSONEncoder)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    why = models.CharField(max_length=400, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.HELD)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)
    alone = models.BooleanField(default=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["held", "accepted", "declined", "withdrawn"]), name="revision_state_known"
            ),
            models.CheckConstraint(
                condition=Q(verb__in=["published", "corrected", "restored", "deleted"]), name="revision_verb_known"
            ),
            models.CheckConstraint(condition=~Q(label=""), name="revision_names_its_thing"),
            models.CheckConstraint(
                condition=Q(state="held", decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(state="held") & Q(decided_at__isnull=False)),
                name="revision_decided_as_a_whole",
                violation_error_message=_("A decision has its time; what waits has neither."),
            ),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(comment=""),
                name="revision_sent_back_says_why",
                violation_error_message=_("Say what speaks against it."),
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | Q(alone=True) | ~Q(decided_by=F("by")),
                name="revision_by_a_second_pair_of_eyes",
                violation_error_message=_("Somebody else has to pass it."),
            ),
        ]
        indexes = [
            models.Index(fields=["-id"], condition=Q(state="held"), name="revision_waiting"),
            models.Index(fields=["content_type", "object_id"], name="revision_of_row"),
        ]

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.label}"
