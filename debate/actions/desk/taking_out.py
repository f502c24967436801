"""Marks and relations are taken out of an essay, and put back as they were."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from debate.actions.curation import given_on
from debate.actions.desk.marking import held_mark, settle_stance
from debate.actions.desk.work import delete_as, save_as, working_on
from debate.actions.rules import essays_marking
from debate.models import Authored, Claim, ClaimTally, Essay, Passage, Relation, Stance, TaggedClaim, User

Row = TypeVar("Row", bound=Authored)
ONE_ACT = timedelta(seconds=5)
"""What was deleted in one transaction was deleted within this time."""


def take_out_mark(*, by: User, essay: Essay, key: int, version: str) -> int:
    """Delete a passage, with its stance where no other shows it, and with the claim where that was this draft's alone.

    Gives the number by which put_back_mark() finds it, also of one that is gone already. Raises Changed where somebody
    has saved meanwhile, and ValidationError where the summary marks the claim.
    """
    with working_on(essay) as now:
        if gone := record_of(Passage, key):
            return gone
        passage = held_mark(now, key, version)
        stance, claim = passage.stance, passage.stance.claim
        delete_as(passage, by)
        if stance.passages.exists():
            settle_stance(by, stance)
        else:
            take_out_stance(by, now, stance, claim)
        return record_of(Passage, key)


def record_of(model: type[Model], key: int) -> int:
    """The number of the deletion of a row that is not there; 0 where it is there or never was."""
    if model._default_manager.filter(pk=key).exists():
        return 0
    told = deletion_of(model, key)
    return int(told.history_id) if told else 0


def take_out_stance(by: User, essay: Essay, stance: Stance, claim: Claim) -> None:
    if essay in essays_marking(claim):
        said = _("The summary marks this claim as [[%(slug)s]]; take the mark out of the summary first.")
        raise ValidationError(said % {"slug": claim.slug})
    delete_as(stance, by)
    if is_nobodys(essay, claim):
        for relation in touching(claim):
            delete_as(relation, by)
        delete_as(claim, by)


def touching(claim: Claim) -> list[Relation]:
    """Relations from or to a claim and what undercuts them, those that stand on others first."""
    return list(Relation.objects.touching(claim).order_by("-pk"))


def is_nobodys(essay: Essay, claim: Claim) -> bool:
    """Whether a draft claim has nothing left that anybody but this essay has to do with."""
    if claim.status != Claim.Status.DRAFT or claim.origin != Claim.Origin.ESSAY or given_on([claim]):
        return False
    if any(getattr(claim, name).exists() for name in ("stances", "bearings", "thesis_of", "absorbed")):
        return False
    return not any(drawn_by_others(relation, essay) for relation in touching(claim))


def drawn_by_others(relation: Relation, essay: Essay) -> bool:
    return relation.origin == Relation.Origin.CURATOR or relation.drawn_by.exclude(pk=essay.pk).exists()


# Putting back.


def put_back_mark(*, by: User, essay: Essay, record: int) -> Passage:
    """Make a passage that was taken out be there again, with what went with it. Raises ValidationError."""
    with working_on(essay) as now:
        told = Passage.history.filter(history_id=record, history_type="-").first()
        stance = revived(Stance, told.stance_id, by) if told else None
        if told is None or stance is None or stance.essay_id != now.pk:
            raise ValidationError(_("This cannot be put back: nothing of it is left."))
        passage = revived(Passage, told.id, by)
        settle_stance(by, stance)
    return passage  # type: ignore[return-value]


def revived(model: type[Row], key: int, by: User) -> Row | None:
    """The row of this key, made again from its history where it was deleted, after whatever it hangs on."""
    held = model._default_manager.filter(pk=key).first()
    if held is not None:
        return held
    told = deletion_of(model, key)
    if told is None:
        return None
    if isinstance(told.instance, Stance):
        revive_claim(told.claim_id, by)
    row: Row = told.instance
    save_as(row, by)
    return row


def deletion_of(model: type[Model], key: int) -> Any:
    """The line of history that tells of the last deletion of the row of this key, or None."""
    return past(model).filter(id=key, history_type="-").order_by("-history_id").first()


def past(model: type[Model]) -> Any:
    """The model's history."""
    return model.history  # type: ignore[attr-defined]


def revive_claim(key: int, by: User) -> None:
    """Make a deleted claim again, with its tally, and the tags and relations that went with it."""
    if Claim.objects.filter(pk=key).exists():
        return
    told = deletion_of(Claim, key)
    claim = revived(Claim, key, by)
    if claim is None:
        return
    ClaimTally.objects.get_or_create(claim=claim)
    when: datetime = told.history_date
    gone = {"history_type": "-", "history_date__range": (when - ONE_ACT, when + ONE_ACT)}
    revive_all(TaggedClaim, past(TaggedClaim).filter(content_object_id=key, **gone), by)
    for row in revive_all(Relation, past(Relation).filter(Q(source_id=key) | Q(target_claim_id=key), **gone), by):
        revive_all(Relation, past(Relation).filter(target_relation_id=row.pk, **gone), by)


def revive_all(model: type[Row], records: Any, by: User) -> Iterable[Row]:
    return [row for told in records.order_by("id") if ends_are_there(told) and (row := revive_one(model, told.id, by))]


def revive_one(model: type[Row], key: int, by: User) -> Row | None:
    row = revived(model, key, by)
    if isinstance(row, Relation):
        row.drawn_by.set(drawn_before(key))
    return row


def ends_are_there(told: Any) -> bool:
    """Whether whatever a relation leads from and to is there; of any other row nothing is asked."""
    if not isinstance(told.instance, Relation):
        return True
    claims = [key for key in (told.source_id, told.target_claim_id) if key]
    there = Claim.objects.filter(pk__in=claims).count() == len(claims)
    return there and (not told.target_relation_id or Relation.objects.filter(pk=told.target_relation_id).exists())


def drawn_before(key: int) -> Iterator[Essay]:
    """The essays that drew a relation before it was deleted, as far as they are there."""
    for told in past(Relation).filter(id=key).exclude(history_type="-").order_by("-history_id"):
        if keys := list(told.drawn_by.values_list("essay_id", flat=True)):
            return iter(Essay.objects.filter(pk__in=keys))
    return iter(())
