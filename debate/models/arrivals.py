"""What a curator has brought to the desk and not taken in yet: for their own eyes, and gone once it is in."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.people import User

KEPT_FOR = timedelta(days=30)
MOST_WAITING = 20


class ArrivalQuerySet(models.QuerySet["Arrival"]):
    def of_curator(self, curator: User) -> ArrivalQuerySet:
        return self.filter(curator=curator)

    def of_kind(self, kind: str) -> ArrivalQuerySet:
        return self.filter(kind=kind)

    def keyed(self, key: int) -> ArrivalQuerySet:
        return self.filter(pk=key)

    def forgotten(self) -> ArrivalQuerySet:
        """What has waited for longer than anything is kept."""
        return self.filter(arrived_at__lt=timezone.now() - KEPT_FOR)

    def in_a_list(self) -> ArrivalQuerySet:
        """The newest first, without what they hold."""
        return self.defer("content").order_by("-pk")


class Arrival(models.Model):
    """Files that were looked through, or an article that was found, while their curator makes up their mind.

    `content` of files: `files`, a list of [name, text], and `reports`, what would come of each. Of an article: what was
    found in it, by the names of an essay's facts, and `text`, its paragraphs as reasoning.marked writes them.
    """

    class Kind(models.TextChoices):
        FILES = "files", _("files")
        ARTICLE = "article", _("article")

    curator = models.ForeignKey(User, on_delete=models.CASCADE, related_name="arrivals")
    kind = models.CharField(max_length=7, choices=Kind)
    name = models.CharField(max_length=200)
    content = models.JSONField()
    arrived_at = models.DateTimeField(default=timezone.now)

    objects = ArrivalQuerySet.as_manager()

    class Meta:
        verbose_name = _("arrival")
        verbose_name_plural = _("arrivals")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=["files", "article"]), name="arrival_kind_known"),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="arrival_has_a_name",
                violation_error_message=_("What was brought needs a name in the list of what waits."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
