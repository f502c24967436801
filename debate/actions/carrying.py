"""Passages carried from one claim to another, within their essay: stances follow, and so do the marks in summaries."""

from collections.abc import Iterable

from django.db.models import Max, Model

from debate.actions.joining import BETWEEN
from debate.models import Claim, Essay, Passage, Stance, User


def sign(row: Model, by: User, reason: str = "") -> None:
    """Let the history of the row say who, and why."""
    row._history_user, row._change_reason = by, reason[:100] or None  # type: ignore[attr-defined]


def stance_on(claim: Claim, like: Stance, by: User) -> Stance:
    """The stance of the same essay on the claim; made where it is missing, of the same kind."""
    found = Stance.objects.filter(essay=like.essay_id, claim=claim).first()
    if found is None:
        found = Stance(essay=like.essay, claim=claim, kind=like.kind)
        sign(found, by)
        found.save()
    return found


def carry(passage: Passage, to: Claim, by: User, *, copy: bool = False) -> None:
    """Let the passage, or a copy of it, show what its essay does with the claim; behind the others if it has to."""
    stance = stance_on(to, passage.stance, by)
    if copy:
        passage = Passage(**{field.name: getattr(passage, field.name) for field in Passage.authored_fields()})
    passage.stance = stance
    if stance.passages.filter(number=passage.number).exists():
        passage.number = stance.passages.aggregate(last=Max("number"))["last"] + BETWEEN
    sign(passage, by)
    passage.save()


def settle(claim: Claim, to: Claim, essays: Iterable[int], by: User) -> None:
    """Of these essays, once passages were carried: a stance with none left goes, and each is of a kind that shows.

    Its own kind, as long as a passage shows that; else the kind of its first passage.
    """
    stances = Stance.objects.filter(claim__in=[claim, to], essay__in=list(essays)).prefetch_related("passages")
    for stance in stances.select_related("essay"):
        kinds = [passage.kind for passage in stance.passages.all()]
        sign(stance, by)
        if not kinds and stance.claim_id == claim.pk:
            rename_mark(stance.essay, claim, to, by)
            stance.delete()
        elif kinds and stance.kind not in kinds:
            stance.kind = kinds[0]
            stance.save()


def rename_mark(essay: Essay, claim: Claim, to: Claim, by: User) -> None:
    """Let the essay's summary set the passages of the claim that it speaks to now in the margin."""
    mark = f"[[{claim.slug}]]"
    if mark in essay.summary:
        essay.summary = essay.summary.replace(mark, f"[[{to.slug}]]")
        sign(essay, by)
        essay.save()
