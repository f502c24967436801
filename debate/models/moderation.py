"""What curators did that readers can see the effect of, in words that anybody may read."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.claims import Claim
from debate.models.essays import Essay
from debate.models.people import User
from debate.models.predictions import Prediction

ADDRESS = re.compile(r"/(essays|claims|predictions)/([-\w]+)/")


class ModerationEntryQuerySet(models.QuerySet["ModerationEntry"]):
    def newest_first(self) -> ModerationEntryQuerySet:
        return self.order_by("-pk")

    def of_verb(self, verb: str) -> ModerationEntryQuerySet:
        return self.filter(verb=verb)

    def verbs_used(self) -> set[str]:
        """Which verbs the log holds. One query, from the index that leads with them."""
        return set(self.order_by().values_list("verb", flat=True).distinct())

    def for_log_page(self) -> ModerationEntryQuerySet:
        """What the public log shows: not who did it."""
        return self.newest_first().defer("by")


class ModerationEntry(models.Model):
    """One line of the public moderation log. Who did it is kept for curators; readers see what, when and why."""

    class Verb(models.TextChoices):
        PUBLISHED = "published", _("published")
        HIDDEN = "hidden", _("taken back")
        CORRECTED = "corrected", _("corrected")
        RESTORED = "restored", _("put back to an earlier version")
        MERGED = "merged", _("merged")
        SPLIT = "split", _("split")
        MOVED = "moved", _("moved")
        RENAMED = "renamed", _("renamed")
        RESOLVED = "resolved", _("resolved")
        REOPENED = "reopened", _("reopened")
        ACCEPTED = "accepted", _("accepted from a reader")
        DECLINED = "declined", _("declined")
        DELETED = "deleted", _("deleted")

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=9, choices=Verb)
    noun = models.CharField(max_length=40, help_text=_("What sort of thing, in the reader's language of then."))
    label = models.CharField(max_length=300, help_text=_("What it was called."))
    address = models.CharField(max_length=300, blank=True, help_text=_("Where it can be seen, if anywhere."))
    reason = models.CharField(max_length=400, blank=True)

    objects = ModerationEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the log")
        verbose_name_plural = _("moderation log")
        permissions = [("take_back", _("Can take back what is published"))]
        constraints = [
            models.CheckConstraint(condition=~Q(label="") & ~Q(noun=""), name="moderationentry_names_its_thing"),
            models.CheckConstraint(
                condition=Q(
                    verb__in=[
                        *("published", "hidden", "corrected", "restored", "merged", "split", "moved", "renamed"),
                        *("resolved", "reopened", "accepted", "declined", "deleted"),
                    ]
                ),
                name="moderationentry_verb_known",
            ),
        ]
        indexes = [models.Index(fields=["verb", "-id"], name="moderationentry_of_verb")]

    @property
    def named(self) -> bool:
        """Whether it says which thing it was: of a draft it tells the sort alone."""
        return self.label != self.noun

    @property
    def link(self) -> str:
        """Where the thing can be seen; '' for what was taken out of sight."""
        return "" if self.verb in (self.Verb.HIDDEN, self.Verb.DELETED) else self.address

    def __str__(self) -> str:
        return f"{self.get_verb_display()}: {self.label}"

    def leave_unnamed(self) -> None:
        """Tell the sort alone from now on, without writing that."""
        self.label, self.address = self.noun, ""


def leave_drafts_unnamed(entries: Iterable[ModerationEntry]) -> None:
    """What readers saw once, and is a draft again, tells its sort alone. At most one query for each sort of thing."""
    placed = [(found.groups(), entry) for entry in entries if (found := ADDRESS.search(entry.address))]
    unseen = unseen_among({place for place, _entry in placed})
    for place, entry in placed:
        if place in unseen:
            entry.leave_unnamed()


def unseen_among(places: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
    """Of pairs of a sort and a slug, those that are there and not for readers; a merged claim leads on, so it is."""
    found: set[tuple[str, ...]] = set()
    for sort, rows in (("essays", Essay.objects), ("claims", Claim.objects), ("predictions", Prediction.objects)):
        if slugs := [slug for one, slug in places if one == sort]:
            here = rows.filter(slug__in=slugs)
            unseen = here.exclude(status="merged").exclude(pk__in=here.visible().values("pk"))
            found |= {(sort, slug) for slug in unseen.values_list("slug", flat=True)}
    return found
