"""An essay's claims are linked with relations: drawn, worded anew, taken out and put back."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from debate.actions.desk.taking_out import drawn_by_others, past, record_of, revive_all
from debate.actions.desk.work import Changed, delete_as, refuse_faults, save_as, set_values, working_on
from debate.actions.rules import Fault, relation_faults, target_faults
from debate.models import Claim, Essay, Relation, User


def draw_relation(
    *, by: User, essay: Essay, source: Claim, kind: str, target: Claim | Relation, rationale: str
) -> Relation:
    """Say that, by this essay, a claim of its bears on another claim, or undercuts a relation, and why.

    A relation that is there already is drawn by this essay too and keeps its reason. Raises ValidationError.
    """
    with working_on(essay) as now:
        if not now.stances.filter(claim=source).exists():
            refuse_faults([Fault("source", _("The essay takes no stance on this claim."))])
        relation = as_drawn(source, kind, target, rationale)
        held = same_as(relation)
        if held is not None and held.origin == Relation.Origin.CURATOR:
            refuse_faults([Fault("target", _("A curator has drawn this relation already."))])
        if held is None:
            refuse_faults(relation_faults(relation))
            save_as(relation, by)
        drawn = held or relation
        if not drawn.drawn_by.contains(now):
            drawn._history_user = by  # type: ignore[attr-defined]
            drawn.drawn_by.add(now)
    return drawn


def as_drawn(source: Claim, kind: str, target: Claim | Relation, rationale: str) -> Relation:
    """The relation, not stored. Raises ValidationError where the kind does not fit the target."""
    claim, relation = (target, None) if isinstance(target, Claim) else (None, target)
    refuse_faults(Fault("target", fault.message) for fault in target_faults(kind, claim, relation))
    if claim is not None and claim.status == Claim.Status.MERGED:
        refuse_faults([Fault("target", _("This claim was merged into another; name that one."))])
    return Relation(
        source=source, kind=kind, target_claim=claim, target_relation=relation, rationale=rationale, origin="essay"
    )


def same_as(relation: Relation) -> Relation | None:
    """The relation of the same ends and kind that is stored."""
    ends = {"source": relation.source, "kind": relation.kind}
    target = {"target_claim": relation.target_claim, "target_relation": relation.target_relation}
    return Relation.objects.filter(**ends, **target).first()


def held_relation(essay: Essay, key: int, version: str) -> Relation:
    """A relation that this essay draws, locked. Raises Changed where it is not as it was when it was shown."""
    relation = Relation.objects.drawn_in(essay).filter(pk=key).select_for_update(of=("self",)).first()
    if relation is None or relation.version != version:
        raise Changed(relation)
    return relation


def word_relation(*, by: User, essay: Essay, key: int, version: str, rationale: str) -> Relation:
    """Say anew why. Raises Changed where somebody has saved meanwhile, and ValidationError where others draw it too."""
    with working_on(essay) as now:
        try:
            relation = held_relation(now, key, version)
        except Changed as error:
            if error.row is not None and error.row.rationale == rationale:
                return error.row  # type: ignore[no-any-return]
            raise
        if drawn_by_others(relation, now):
            refuse_faults([Fault("rationale", _("Another essay draws this too; its reason is corrected there."))])
        if set_values(relation, {"rationale": rationale}):
            save_as(relation, by)
    return relation


def take_out_relation(*, by: User, essay: Essay, key: int, version: str) -> int:
    """Let the essay draw a relation no longer, and delete it where nobody else does.

    Gives the number by which put_back_relation() finds a deleted one, 0 where others still draw it. Raises Changed
    where somebody has saved meanwhile, and ValidationError where something undercuts it.
    """
    with working_on(essay) as now:
        if gone := record_of(Relation, key):
            return gone
        relation = held_relation(now, key, version)
        if drawn_by_others(relation, now):
            relation._history_user = by  # type: ignore[attr-defined]
            relation.drawn_by.remove(now)
            return 0
        if relation.undercuts.exists():
            raise ValidationError(_("Something undercuts this relation; take that out first."))
        delete_as(relation, by)
        return record_of(Relation, key)


def put_back_relation(*, by: User, essay: Essay, record: int) -> None:
    """Make a relation that was taken out be there again. Raises ValidationError where its ends are not."""
    with working_on(essay) as now:
        told = past(Relation).filter(history_id=record, history_type="-")
        for relation in revive_all(Relation, told, by):
            if relation.drawn_by.contains(now):
                return
        raise ValidationError(_("This cannot be put back: nothing of it is left."))
