"""What stands in the wrong place is moved: passages to another claim, a relation to other ends, a claim to a motion."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from debate.actions.carrying import carry, settle, sign
from debate.actions.curation import refresh_motions
from debate.actions.holding import lock_tallies
from debate.actions.lateness import unmarked
from debate.actions.moderation_log import note
from debate.actions.promises import keeping_promises
from debate.actions.rules import (
    Fault,
    drawn_faults,
    of_motion,
    other_motion,
    relation_faults,
    said_already,
    target_faults,
    undercutter_faults,
)
from debate.actions.swinging import recount_swing
from debate.models import (
    Bearing,
    Claim,
    ClaimInsight,
    CruxClaim,
    ModerationEntry,
    Motion,
    MovingClaim,
    Passage,
    Relation,
    Side,
    Stance,
    User,
)

COMPUTED = (ClaimInsight, CruxClaim, MovingClaim)
Crossing = Relation | Bearing


def is_seen(row: Claim | Relation) -> bool:
    return type(row).objects.visible().filter(pk=row.pk).exists()


def refuse(faults: Iterable[Fault]) -> None:
    if messages := [fault.message for fault in faults]:
        raise ValidationError(messages)


def tell(row: Model, by: User, said: str, *, public: bool) -> None:
    note(by=by, verb=ModerationEntry.Verb.MOVED, row=row, reason=said.strip(), public=public)


# Passages.


def move_passages(*, by: User, stance: Stance, passages: Iterable[int], to: Claim, reason: str) -> Stance:
    """Let these passages of a stance show what the essay does with another claim; its stance on that one.

    A stance that loses its last passage goes, and a mark in the essay's summary names the other claim. Raises
    ValidationError where none is chosen, the claim is no other of the motion, or readers would lose sight of the old.
    """
    with keeping_promises():
        claim = stance.claim
        refuse(faults_of_carrying(claim, to))
        chosen = list(Passage.objects.filter(stance=stance, pk__in=list(passages)).order_by("number"))
        if not chosen:
            raise ValidationError(_("Choose at least one passage."))
        was_seen = is_seen(claim)
        for passage in chosen:
            carry(passage, to, by)
        settle(claim, to, [stance.essay_id], by)
        refresh_motions([claim.motion_id])
        keep_seen(claim, was_seen=was_seen)
        told = _("From one claim to another, “%(to)s”: %(count)d passages of “%(essay)s”. %(reason)s")
        said = told % {"to": to.text, "count": len(chosen), "essay": stance.essay, "reason": reason}
        tell(claim, by, said, public=was_seen and is_seen(to))
    return Stance.objects.get(essay=stance.essay_id, claim=to)


def faults_of_carrying(claim: Claim, to: Claim) -> Iterable[Fault]:
    if to.pk == claim.pk:
        yield Fault("to", _("They are on this claim already."))
    if to.motion_id != claim.motion_id:
        yield Fault("to", other_motion(claim))
    if to.status == Claim.Status.MERGED:
        yield Fault("to", _("It has been merged into another claim."))


def keep_seen(claim: Claim, *, was_seen: bool) -> None:
    if was_seen and not is_seen(claim):
        raise ValidationError(_("Readers would not see “%(claim)s”: leave it a passage.") % {"claim": claim.text})


# Relations.


def move_relation(
    *,
    by: User,
    relation: Relation,
    source: Claim,
    kind: str,
    target_claim: Claim | None,
    target_relation: Relation | None,
    reason: str,
) -> Relation:
    """Let a relation lead from and to somewhere else, or be of another kind; what undercuts it stays on it.

    Raises ValidationError where it is drawn already, or a rule forbids it.
    """
    with keeping_promises():
        row = Relation.objects.select_for_update().get(pk=relation.pk)
        before, was_seen, motion = str(row), is_seen(row), row.source.motion_id
        row.source, row.kind, row.target_claim, row.target_relation = source, kind, target_claim, target_relation
        refuse(target_faults(kind, target_claim, target_relation))
        refuse([*relation_faults(row), *undercutter_faults(row), *drawn_faults(row, list(row.drawn_by.all()))])
        refuse(left_behind(row))
        row.full_clean()
        sign(row, by, reason)
        row.save()
        refresh_motions({motion, source.motion_id})
        said = _("Before: “%(relation)s”. %(reason)s") % {"relation": before, "reason": reason}
        tell(row, by, said, public=was_seen and is_seen(row))
    return row


def left_behind(relation: Relation) -> Iterable[Fault]:
    """What undercuts it is of the motion that it comes to."""
    if relation.undercuts.exclude(source__motion=relation.source.motion_id).exists():
        yield Fault("source", _("What undercuts it belongs to another motion."))


# Claims.


def crossing(claim: Claim) -> list[Crossing]:
    """What would lead from one motion into another if the claim went, but for stances."""
    relations = Relation.objects.filter(Q(source=claim) | Q(target_claim=claim)).with_ends().order_by("pk")
    return [*relations, *claim.bearings.select_related("prediction").order_by("pk")]


def faults_of_moving(claim: Claim, motion: Motion) -> Iterable[Fault]:
    """Why the claim cannot go to the motion, in the curator's words."""
    if claim.motion_id == motion.pk:
        yield Fault("motion", _("It is there already."))
    if claim.status == Claim.Status.MERGED:
        yield Fault("motion", _("It has been merged into another claim."))
    if claim.thesis_of.exists():
        yield Fault("motion", _("It is the thesis of a side, and stays in its motion."))
    if claim.stances.exists():
        said = _("Essays of its motion speak to it, and stay there. Move their passages to another claim first.")
        yield Fault("motion", said)
    same = said_already(claim, motion, claim.text)
    if same is not None:
        yield Fault("motion", _("That motion has a claim that says the same: %(claim)s") % {"claim": same})


def move_claim(
    *, by: User, claim: Claim, motion: Motion, side: Side | None, reason: str, let_go: bool = False
) -> Claim:
    """Move a claim to another motion, with every vote, tag and proposal, and with the addresses that lead to it.

    Relations and bearings would lead across motions: they are deleted if the curator lets them go. A ballot before
    reading on the other motion that comes after a vote on the claim is late from now on. Raises ValidationError where
    something is not let go, essays speak to the claim, or readers would lose sight of it.
    """
    with keeping_promises():
        lock_tallies([claim.pk])  # before the claim, as a vote does
        claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        refuse(faults_of_moving(claim, motion))
        was_seen, old = is_seen(claim), claim.motion
        let_fall(crossing(claim), by, let_go=let_go)
        put_in(claim, motion, side, by, reason)
        for model in COMPUTED:
            model._default_manager.filter(claim=claim).delete()
        refresh_motions([old.pk, motion.pk])
        count_late(motion)
        if was_seen and not is_seen(claim):
            raise ValidationError(_("Readers would not see it there: the motion is not published."))
        told = _("From the motion “%(old)s” to “%(motion)s”. %(reason)s")
        tell(claim, by, told % {"old": old, "motion": motion, "reason": reason}, public=was_seen)
    return claim


def let_fall(rows: Iterable[Crossing], by: User, *, let_go: bool) -> None:
    for row in rows:
        if not let_go:
            raise ValidationError(_("It would lead from one motion into another: %(row)s") % {"row": row})
        sign(row, by)
        row.delete()


def put_in(claim: Claim, motion: Motion, side: Side | None, by: User, reason: str) -> None:
    """The claim, and those that were merged into it, however many steps away."""
    claim.motion, claim.side = motion, side
    claim.full_clean()
    refuse(of_motion(claim, "side"))
    sign(claim, by, reason)
    claim.save()
    for absorbed in Claim.objects.filter(merged_into=claim):
        put_absorbed_in(absorbed, motion, by)


def put_absorbed_in(claim: Claim, motion: Motion, by: User) -> None:
    claim.motion, claim.side = motion, None
    sign(claim, by)
    claim.save()
    for absorbed in Claim.objects.filter(merged_into=claim):
        put_absorbed_in(absorbed, motion, by)


def count_late(motion: Motion) -> None:
    """Mark the ballots on the motion that come after what is there by now, and count who moved anew."""
    if unmarked().filter(motion=motion).update(late=True):
        recount_swing(motion=motion.pk)
