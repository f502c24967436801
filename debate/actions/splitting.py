"""One claim that says two things becomes two: what hangs on it stays, goes along, or is there for both.

A vote was given on the wording of before, and nobody was asked about the two apart: so the votes stay whole, with the
one claim or with the other, and none is made for anybody.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from debate.actions.carrying import carry, rename_mark, settle, sign, stance_on
from debate.actions.curation import refresh_motions
from debate.actions.holding import lock_tallies
from debate.actions.moderation_log import note
from debate.actions.naming import free_slug
from debate.actions.promises import keeping_promises
from debate.actions.recounting import recount_tally
from debate.actions.rules import claim_faults, said_already
from debate.models import (
    Bearing,
    Claim,
    ClaimVote,
    ModerationEntry,
    Passage,
    Relation,
    Reveal,
    Side,
    Stance,
    TaggedClaim,
    TagVote,
    User,
)

STAYS, GOES, BOTH = "stays", "goes", "both"
ONCE = (STAYS, GOES)
TWICE = (STAYS, GOES, BOTH)


class Part(NamedTuple):
    """A row that hangs on the claim, and what can become of it. `key` names the decision."""

    key: str
    row: Model
    ways: tuple[str, ...]


class Wording(NamedTuple):
    """What the second claim says."""

    text: str
    kind: str
    side: Side | None


def parts_of(claim: Claim) -> list[Part]:
    """All that has to be told apart: the passages by essay, or the stance that has none; relations, bearings, tags."""
    passages = Passage.objects.on(claim).select_related("stance__essay")
    bare = claim.stances.without_passage().select_related("essay").order_by("pk")
    relations = Relation.objects.filter(Q(source=claim) | Q(target_claim=claim)).with_ends()
    bearings = claim.bearings.select_related("prediction").order_by("pk")
    tags = TaggedClaim.objects.filter(content_object=claim).select_related("tag").order_by("tag__name")
    return [
        *(Part(f"passage-{row.pk}", row, TWICE) for row in passages),
        *(Part(f"stance-{row.pk}", row, TWICE) for row in bare),
        *(Part(f"relation-{row.pk}", row, ONCE) for row in relations.order_by("pk")),
        *(Part(f"bearing-{row.pk}", row, ONCE) for row in bearings),
        *(Part(f"tag-{row.tag_id}", row, TWICE) for row in tags),
    ]


def split_claim(
    *,
    by: User,
    claim: Claim,
    text: str,
    second: Wording,
    parts: Mapping[str, str],
    votes: str = STAYS,
    reason: str,
) -> Claim:
    """Make two claims of one; the new one. `text`: what the first says from now on.

    `parts` tells by key what becomes of each part; what it leaves out stays. A stance with passages on both sides is
    taken by both, of its own kind where a passage shows that, else of the first passage's. All votes are the one's or
    the other's. Raises ValidationError where readers would lose sight of either claim, or a rule forbids one.
    """
    with keeping_promises():
        lock_tallies([claim.pk])  # before the claim, as a vote does
        claim = Claim.objects.select_for_update(no_key=True).get(pk=claim.pk)
        if claim.status == Claim.Status.MERGED:
            raise ValidationError(_("It has been merged into another claim."))
        was_seen = is_seen(claim)
        reword(claim, text, by, reason)
        made = new_claim(claim, second, by, reason)
        parting = Parting(claim, made, by)
        for part in parts_of(claim):
            parting.part(part.row, parts.get(part.key, STAYS))
        settle(claim, made, parting.essays, by)
        if votes == GOES:
            move_votes(claim, made)
        close(claim, made, by, reason, was_seen=was_seen)
    return made


def is_seen(claim: Claim) -> bool:
    return Claim.objects.visible().filter(pk=claim.pk).exists()


# The two claims.


def reword(claim: Claim, text: str, by: User, reason: str) -> None:
    claim.text = " ".join(text.split())
    check(claim)
    sign(claim, by, reason)
    claim.save()


def new_claim(claim: Claim, second: Wording, by: User, reason: str) -> Claim:
    made = Claim(
        slug=free_slug(Claim, second.text),
        motion=claim.motion,
        text=" ".join(second.text.split()),
        kind=second.kind,
        side=second.side,
        status=claim.status,
        origin=claim.origin,
    )
    check(made)
    sign(made, by, reason)
    made.save()
    lock_tallies([made.pk])
    return made


def check(claim: Claim) -> None:
    """Raises ValidationError where the claim cannot be as it is, or another one of the motion says the same."""
    claim.full_clean()
    faults = [fault.message for fault in claim_faults(claim)]
    same = said_already(claim, claim.motion, claim.text)
    if same is not None:
        faults.append(_("This motion has a claim that says the same: %(claim)s") % {"claim": same})
    if faults:
        raise ValidationError(faults)


# What hangs on them.


@dataclass
class Parting:
    """Tells what hangs on the claim apart, row by row; then the stances of the essays whose passages went."""

    claim: Claim
    made: Claim
    by: User
    essays: set[int] = field(default_factory=set)

    def part(self, row: Model, way: str) -> None:
        if way == STAYS:
            return
        acts: dict[type[Model], Callable[[Any, str], None]] = {
            Passage: self.passage,
            Stance: self.stance,
            Relation: self.relation,
            Bearing: self.bearing,
            TaggedClaim: self.tag,
        }
        acts[type(row)](row, way)

    def passage(self, row: Passage, way: str) -> None:
        self.essays.add(row.stance.essay_id)
        carry(row, self.made, self.by, copy=way == BOTH)

    def stance(self, row: Stance, way: str) -> None:
        """One that no passage shows yet."""
        if way == BOTH:
            stance_on(self.made, row, self.by)
        else:
            rename_mark(row.essay, self.claim, self.made, self.by)
            self.move(row, "claim")

    def relation(self, row: Relation, _way: str) -> None:
        """Goes with the end that the claim is; what undercuts it goes with it."""
        self.move(row, "source" if row.source_id == self.claim.pk else "target_claim")

    def bearing(self, row: Bearing, _way: str) -> None:
        self.move(row, "claim")

    def tag(self, row: TaggedClaim, way: str) -> None:
        """Proposals go with a tag that goes; of one that both carry they stay."""
        if way == BOTH:
            row = TaggedClaim(tag=row.tag)
        else:
            TagVote.objects.filter(claim=self.claim, tag=row.tag_id).update(claim=self.made)
        self.move(row, "content_object")

    def move(self, row: Model, name: str) -> None:
        setattr(row, name, self.made)
        sign(row, self.by)
        row.save()


# What readers gave.


def move_votes(claim: Claim, made: Claim) -> None:
    """All votes, and with them who has seen the results: on either claim they would not vote blind any more."""
    ClaimVote.objects.filter(claim=claim).update(claim=made)
    readers = Reveal.objects.filter(claim=claim).values_list("user", flat=True)
    Reveal.objects.bulk_create([Reveal(user_id=reader, claim=made) for reader in readers])


def close(claim: Claim, made: Claim, by: User, reason: str, *, was_seen: bool) -> None:
    for each in (claim, made):
        recount_tally(claim=each.pk)
    refresh_motions([claim.motion_id])
    unseen = [each.text for each in (claim, made) if was_seen and not is_seen(each)]
    if unseen:
        raise ValidationError(_("Readers would not see “%(claim)s”: leave it a passage.") % {"claim": unseen[0]})
    told = _("%(reason)s (the other one: “%(made)s”)") % {"reason": reason, "made": made.text}
    note(by=by, verb=ModerationEntry.Verb.SPLIT, row=claim, reason=told.strip(), public=was_seen)
