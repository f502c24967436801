"""Which side readers take, before reading and after; and how many moved from which to which."""

from __future__ import annotations

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.models.authored import Status
from debate.models.essays import Essay, order_written
from debate.models.motions import Motion, Side
from debate.models.people import User


class BallotQuerySet(models.QuerySet["Ballot"]):
    def by(self, reader: User) -> BallotQuerySet:
        return self.filter(user=reader)

    def on_motion(self, motion: Motion) -> BallotQuerySet:
        """Ballots on the motion as a whole."""
        return self.filter(motion=motion, essay__isnull=True)

    def anywhere_on(self, motion: Motion) -> BallotQuerySet:
        """Ballots on the motion as a whole and on each of its essays, with their sides."""
        return self.filter(motion=motion).select_related("side")

    def on_essay(self, essay: Essay) -> BallotQuerySet:
        return self.filter(essay=essay)

    def paired(self) -> BallotQuerySet:
        """Those given in time before reading, of readers who gave one after on the same thing; `after`: its side."""
        same = Q(user__ballots__essay=F("essay")) | Q(user__ballots__essay__isnull=True, essay__isnull=True)
        given = {"user__ballots__phase": Ballot.Phase.AFTER, "user__ballots__motion": F("motion")}
        pairs = self.filter(same, phase=Ballot.Phase.BEFORE, late=False, **given)
        return pairs.annotate(**{"after": F("user__ballots__side")})

    def seen(self) -> BallotQuerySet:
        """Those on motions and essays that readers can see."""
        shown = Q(essay__isnull=True) | Q(essay__status=Status.PUBLISHED)
        return self.filter(shown, motion__status=Status.PUBLISHED)

    def for_own_page(self) -> BallotQuerySet:
        """What a reader's own list shows, changed last first; each with `locked`: it stands, as one after does."""
        after = Ballot.objects.filter(user=OuterRef("user"), phase=Ballot.Phase.AFTER)
        on_motion = Exists(after.filter(motion=OuterRef("motion"), essay__isnull=True))
        on_essay = Exists(after.filter(essay=OuterRef("essay")))
        before = {"phase": Ballot.Phase.BEFORE}
        held = Case(When(essay__isnull=True, then=on_motion, **before), When(then=on_essay, **before), default=False)
        rows = self.select_related("motion", "essay", "side").prefetch_related("motion__sides")
        return rows.annotate(**{"locked": held}).order_by("-changed_at", "-pk")


class Ballot(models.Model):
    """Which side a reader takes, before or after reading; no side: undecided.

    One before reading is late where it was given, or last changed, after something that it should come before: what
    that is, and for an essay, is told by actions.lateness. A late one is kept, and never paired.
    """

    locked: bool  # by for_own_page()

    class Phase(models.TextChoices):
        BEFORE = "before", _("before reading")
        AFTER = "after", _("after reading")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="ballots")
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="ballots")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, blank=True, related_name="ballots")
    phase = models.CharField(max_length=6, choices=Phase)
    side = models.ForeignKey(Side, on_delete=models.CASCADE, null=True, blank=True, related_name="ballots")
    late = models.BooleanField(default=False, help_text="Given or changed after it should be.")
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    objects = BallotQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "motion", "phase"],
                condition=Q(essay__isnull=True),
                name="ballot_one_per_motion_and_phase",
            ),
            models.UniqueConstraint(
                fields=["user", "essay", "phase"],
                condition=Q(essay__isnull=False),
                name="ballot_one_per_essay_and_phase",
            ),
            models.CheckConstraint(condition=Q(phase__in=["before", "after"]), name="ballot_phase_known"),
            models.CheckConstraint(condition=Q(late=False) | Q(phase="before"), name="ballot_only_before_is_late"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.phase}: {self.side_id}"


class HasRead(models.Model):
    """That a reader has once said where they stand after reading, on a motion or an essay.

    It stays when that ballot is taken back: they have read, and may have seen how others moved.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="has_read")
    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="+")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "motion"], condition=Q(essay__isnull=True), name="hasread_one_per_motion"
            ),
            models.UniqueConstraint(
                fields=["user", "essay"], condition=Q(essay__isnull=False), name="hasread_one_per_essay"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.motion_id} {self.essay_id or ''}"


class SwingCountQuerySet(models.QuerySet["SwingCount"]):
    def of_motion(self, motion: Motion) -> SwingCountQuerySet:
        return self.filter(motion=motion)

    def on_motion_alone(self) -> SwingCountQuerySet:
        return self.filter(essay__isnull=True)

    def on_visible(self) -> SwingCountQuerySet:
        """On a motion as a whole, and on essays that readers can see, with the essay, in the order written."""
        seen = Q(essay__isnull=True) | Q(essay__status=Status.PUBLISHED)
        rows = self.filter(seen, readers__gt=0).select_related("essay").order_by(*order_written("essay__"), "essay")
        return rows.defer("essay__summary", "essay__summary_blocks", "essay__source_note")


class SwingCount(models.Model):
    """How many readers' pairs of ballots go from one side (none: undecided) to one, members and guests apart.

    On the motion as a whole or on one essay, moved in the transaction of the ballot. Where nobody is left it may say 0.
    """

    motion = models.ForeignKey(Motion, on_delete=models.CASCADE, related_name="swing_counts")
    essay = models.ForeignKey(Essay, on_delete=models.CASCADE, null=True, related_name="swing_counts")
    kind = models.CharField(max_length=6, choices=User.Kind)
    before = models.ForeignKey(Side, on_delete=models.CASCADE, null=True, related_name="+")
    after = models.ForeignKey(Side, on_delete=models.CASCADE, null=True, related_name="+")
    readers = models.PositiveIntegerField(default=0)

    objects = SwingCountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "motion",
                "kind",
                *(Coalesce(name, Value(0)) for name in ("essay", "before", "after")),
                name="swingcount_one_per_cell",
            ),
            models.CheckConstraint(condition=Q(kind__in=["guest", "member"]), name="swingcount_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.before_id} → {self.after_id}: {self.readers}"
