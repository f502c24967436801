"""Two claims that say the same become one: every vote, passage, relation and tag moves to the survivor."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Max, Model, OuterRef, Q, Subquery
from django.utils.translation import gettext as _

from debate.actions.curation import refresh_motions
from debate.actions.holding import lock_tallies
from debate.actions.moderation_log import note
from debate.actions.promises import keeping_promises
from debate.actions.recounting import recount_tally
from debate.actions.suggesting import move_suggestions
from debate.models import (
    Bearing,
    Claim,
    ClaimTally,
    ClaimVote,
    Essay,
    ModerationEntry,
    Passage,
    Relation,
    Reveal,
    Stance,
    TaggedClaim,
    TagVote,
    User,
)

OWN, OTHER = "own", "other"
BETWEEN = 10


class Collision(NamedTuple):
    """Two rows of which one can stay: the survivor's own, and the other claim's. `key` names the decision."""

    key: str
    own: Model
    other: Model

    @property
    def differs(self) -> bool:
        """Whether the two say different things, so that somebody has to decide."""
        return said_in(self.own) != said_in(self.other)


SAYING: dict[type[Model], tuple[str, ...]] = {
    Stance: ("kind",),
    Relation: ("rationale",),
    Bearing: ("outcome", "rationale"),
}


def said_in(row: Model) -> tuple[str, ...]:
    return tuple(str(getattr(row, name)) for name in SAYING[type(row)])


class Undecided(ValueError):
    """Rows collide of which nobody has said which one stays."""

    def __init__(self, open_ones: list[Collision]) -> None:
        super().__init__(f"{len(open_ones)} collisions are not decided")
        self.collisions = open_ones


# What collides.


def collisions(claim: Claim, into: Claim) -> list[Collision]:
    """Every pair of rows of the two claims that the merged one can have once only; equal ones too."""
    return [*stances_twice(claim, into), *relations_twice(claim, into), *bearings_twice(claim, into)]


def stances_twice(claim: Claim, into: Claim) -> Iterator[Collision]:
    own = {stance.essay_id: stance for stance in Stance.objects.filter(claim=into).select_related("essay")}
    for stance in Stance.objects.filter(claim=claim).select_related("essay").order_by("pk"):
        if stance.essay_id in own:
            yield Collision(f"stance-{stance.essay_id}", own[stance.essay_id], stance)


def relations_twice(claim: Claim, into: Claim) -> Iterator[Collision]:
    touching = Relation.objects.filter(Q(source__in=[claim, into]) | Q(target_claim__in=[claim, into]))
    rows = list(touching.select_related("source", "target_claim").order_by("pk"))
    own = {after(row, claim, into): row for row in rows if claim.pk not in (row.source_id, row.target_claim_id)}
    for row in rows:
        twin = own.get(after(row, claim, into))
        if twin is not None and twin != row:
            yield Collision(f"relation-{row.pk}", twin, row)


def after(row: Relation, claim: Claim, into: Claim) -> tuple[int | None, ...]:
    """What tells a relation from every other once the claims are one."""
    source, target = (into.pk if end == claim.pk else end for end in (row.source_id, row.target_claim_id))
    return (source, hash(row.kind), target, row.target_relation_id)


def bearings_twice(claim: Claim, into: Claim) -> Iterator[Collision]:
    own = {bearing.prediction_id: bearing for bearing in Bearing.objects.filter(claim=into)}
    for bearing in Bearing.objects.filter(claim=claim).select_related("prediction").order_by("pk"):
        if bearing.prediction_id in own:
            yield Collision(f"bearing-{bearing.prediction_id}", own[bearing.prediction_id], bearing)


def turned_on_themselves(claim: Claim, into: Claim) -> list[Relation]:
    """Relations that would lead from the merged claim to itself, or undercut what it leads to: they fall away."""
    both = [claim, into]
    bears = Q(source__in=both, target_claim__in=both)
    undercuts = Q(source__in=both, target_relation__source__in=both)
    return list(Relation.objects.filter(bears | undercuts).with_ends().order_by("pk"))


# Merging.


def faults_of_merging(claim: Claim, into: Claim) -> list[str]:
    """Why the two cannot become one, in the curator's words."""
    told = [
        (claim.pk == into.pk, _("A claim cannot be merged into itself.")),
        (claim.motion_id != into.motion_id, _("The two belong to different motions.")),
        (Claim.Status.MERGED in (claim.status, into.status), _("One of them has been merged already.")),
        (claim.thesis_of.exists(), _("It is the thesis of a side; merge the other one into it instead.")),
        (
            claim.status == Claim.Status.PUBLISHED and into.status != Claim.Status.PUBLISHED,
            _("What readers see would be hidden: publish the survivor first."),
        ),
    ]
    return [message for is_so, message in told if is_so]


def merge_claims(
    *, by: User, claim: Claim, into: Claim, reason: str, decisions: Mapping[str, str] | None = None
) -> Claim:
    """Make one claim of two; the survivor, with every vote, passage, relation, bearing and tag of both.

    Of a person's two votes the newer one stands. Where rows of both collide and say different things, `decisions`
    names by their key which stays, OWN (the survivor's) or OTHER. The old address leads to the survivor from then on.
    Raises ValidationError where the two cannot become one, and Undecided where a decision is missing.
    """
    with keeping_promises():
        lock_tallies([claim.pk, into.pk])  # before the claims, as a vote does
        both = Claim.objects.select_for_update(no_key=True).filter(pk__in=[claim.pk, into.pk]).order_by("pk")
        locked = {row.pk: row for row in both}
        claim, into = locked[claim.pk], locked[into.pk]
        if faults := faults_of_merging(claim, into):
            raise ValidationError(faults)
        for relation in turned_on_themselves(claim, into):
            relation.delete()
        settle(collisions(claim, into), decisions or {})
        move_corpus(claim, into, by)
        move_answers(claim, into)
        close(claim, into, by, reason)
        refresh_motions([into.motion_id])
    return into


def settle(found: Iterable[Collision], decisions: Mapping[str, str]) -> None:
    """Let one of each two rows stay, with what hangs on both."""
    pairs = list(found)
    if missing := [pair for pair in pairs if pair.differs and decisions.get(pair.key) not in (OWN, OTHER)]:
        raise Undecided(missing)
    for pair in pairs:
        other_stays = pair.differs and decisions[pair.key] == OTHER
        if other_stays:
            take_over(pair)
        hand_over(pair.own, pair.other)
        pair.other.delete()


def take_over(pair: Collision) -> None:
    """Let the survivor's row say what the other one says."""
    for name in SAYING[type(pair.own)]:
        setattr(pair.own, name, getattr(pair.other, name))
    pair.own.save()


def hand_over(own: Model, other: Model) -> None:
    """Move what hangs on a row that goes to the one that stays."""
    if isinstance(own, Stance) and isinstance(other, Stance):
        move_passages(own, other)
    elif isinstance(own, Relation) and isinstance(other, Relation):
        own.drawn_by.add(*other.drawn_by.all())
        for undercut in other.undercuts.exclude(source__in=own.undercuts.values("source")):
            undercut.target_relation = own
            undercut.save()


def move_passages(own: Stance, other: Stance) -> None:
    """Behind those that are there, where a number is taken."""
    taken = set(own.passages.values_list("number", flat=True))
    last = own.passages.aggregate(last=Max("number"))["last"] or 0
    for passage in Passage.objects.filter(stance=other).order_by("number"):
        if passage.number in taken:
            last += BETWEEN
            passage.number = last
        last = max(last, passage.number)
        taken.add(passage.number)
        passage.stance = own
        passage.save()


def move_corpus(claim: Claim, into: Claim, by: User) -> None:
    """Stances, relations, bearings and tags, each saved by itself, so that its history says so."""
    moved: list[tuple[Model, str]] = [(row, "claim") for row in Stance.objects.filter(claim=claim)]
    moved += [(row, "claim") for row in Bearing.objects.filter(claim=claim)]
    for field in ("source", "target_claim"):
        moved += [(row, field) for row in Relation.objects.filter(**{field: claim})]
    carried = TaggedClaim.objects.filter(content_object=into).values("tag")
    carrying = TaggedClaim.objects.filter(content_object=claim)
    moved += [(row, "content_object") for row in carrying.exclude(tag__in=carried)]
    for row, field in moved:
        row._history_user = by  # type: ignore[attr-defined]
        setattr(row, field, into)
        row.save()
    TaggedClaim.objects.filter(content_object=claim).delete()
    rename_marks(claim, into, by)


def rename_marks(claim: Claim, into: Claim, by: User) -> None:
    """Let the summaries that set the claim's passages in the margin name the survivor."""
    for essay in Essay.objects.filter(motion=into.motion_id, summary__contains=f"[[{claim.slug}]]"):
        essay.summary = essay.summary.replace(f"[[{claim.slug}]]", f"[[{into.slug}]]")
        essay._history_user = by  # type: ignore[attr-defined]
        essay.save()


def move_answers(claim: Claim, into: Claim) -> None:
    """Votes, proposed tags and reveals. Of two votes of one person the newer stands, and the first blind answer."""
    theirs = ClaimVote.objects.filter(claim=claim, user=OuterRef("user"))
    twice = ClaimVote.objects.filter(claim=into, user__in=ClaimVote.objects.filter(claim=claim).values("user"))
    newer = theirs.filter(changed_at__gt=OuterRef("changed_at"))
    earlier = theirs.filter(made_at__lt=OuterRef("made_at"))
    told = twice.annotate(
        newer_value=Subquery(newer.values("value")[:1]),
        newer_at=Subquery(newer.values("changed_at")[:1]),
        first_at=Subquery(earlier.values("made_at")[:1]),
        first_blind=Subquery(earlier.values("blind_value")[:1]),
    )
    ClaimVote.objects.bulk_update(
        [joined(vote) for vote in told], ["value", "changed_at", "made_at", "blind_value"], batch_size=500
    )
    ClaimVote.objects.filter(claim=claim, user__in=twice.values("user")).delete()
    ClaimVote.objects.filter(claim=claim).update(claim=into)
    for model in (TagVote, Reveal):
        move_once(model, claim, into)
    move_suggestions(claim, into)
    recount_tally(claim=into.pk)


def joined(vote: ClaimVote) -> ClaimVote:
    """A vote of the survivor with what told() found newer or earlier in the same person's other one."""
    found = vars(vote)
    if found["newer_value"] is not None:
        vote.value, vote.changed_at = found["newer_value"], found["newer_at"]
    if found["first_at"] is not None:
        vote.made_at, vote.blind_value = found["first_at"], found["first_blind"]
    return vote


def move_once(model: type[TagVote] | type[Reveal], claim: Claim, into: Claim) -> None:
    """Move what a reader may have once only, unless they have it there already."""
    same = {"user": OuterRef("user")} | ({"tag": OuterRef("tag")} if model is TagVote else {})
    there = model._default_manager.filter(claim=into, **same)
    rows = model._default_manager.filter(claim=claim)
    rows.annotate(there=Subquery(there.values("pk")[:1])).filter(there__isnull=False).delete()
    rows.update(claim=into)


def close(claim: Claim, into: Claim, by: User, reason: str) -> None:
    """Make the old address lead to the survivor, and let a vote on its way find no tally to count in."""
    was_seen = claim.status == Claim.Status.PUBLISHED
    ClaimTally.objects.filter(claim=claim).delete()
    claim.status, claim.merged_into = Claim.Status.MERGED, into
    claim._history_user = by  # type: ignore[attr-defined]
    claim._change_reason = reason[:100]  # type: ignore[attr-defined]
    claim.save()
    told = _("%(reason)s (into “%(survivor)s”)") % {"reason": reason, "survivor": into.text}
    note(by=by, verb=ModerationEntry.Verb.MERGED, row=claim, reason=told.strip(), public=was_seen)
