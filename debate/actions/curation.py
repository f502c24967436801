"""What a curator's change brings with it: standings derived again, tags set, readers' answers kept."""

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Model

from debate.actions.corpus import refresh
from debate.actions.promises import keeping_promises
from debate.actions.writing import writing
from debate.models import (
    Author,
    Ballot,
    Claim,
    ClaimVote,
    Counterpoint,
    Essay,
    Forecast,
    Motion,
    Prediction,
    Relation,
    Reveal,
    Side,
    Stance,
    Tag,
    TaggedClaim,
    TagVote,
)

MOTION_OF: dict[type[Model], str] = {
    Author: "essays__motion",
    Motion: "pk",
    Side: "motion",
    Essay: "motion",
    Claim: "motion",
    Stance: "claim__motion",
    Relation: "source__motion",
    Counterpoint: "source__motion",
    Prediction: "motion",
}
GIVEN = (ClaimVote, Forecast, Ballot, TagVote, Reveal)


def motions_of(rows: Iterable[Model]) -> set[int]:
    """The motions, by key, whose standings may depend on these rows as the database now holds them."""
    found: set[int | None] = set()
    for row in rows:
        path = MOTION_OF.get(type(row))
        if path and row.pk:
            found |= set(type(row)._base_manager.filter(pk=row.pk).values_list(path, flat=True))
    return {key for key in found if key is not None}


def refresh_motions(keys: Collection[int]) -> None:
    """Derive the standings of these motions, as far as they still exist."""
    for motion in Motion.objects.filter(pk__in=keys).order_by("pk"):
        refresh(motion)


def delete_rows(*, rows: Iterable[Model], by: Any) -> None:
    """Delete rows one by one, so that the history of each says who did it, and derive what depended on them.

    Raises ValidationError where that would break what a motion promises its readers.
    """
    with keeping_promises():
        kept = list(rows)
        motions = motions_of(kept)
        for row in kept:
            row._history_user = by  # type: ignore[attr-defined]
            row.delete()
        refresh_motions(motions)


def given_on(rows: Iterable[Model]) -> bool:
    """Whether readers have voted, forecast or asked on any of these rows: deleting it would take that from them."""
    return any(
        model._base_manager.filter(**{field.name: row}).exists()
        for row in rows
        for model in GIVEN
        for field in model._meta.concrete_fields
        if field.related_model is type(row)
    )


def drawn_by_these_alone(essays: Collection[Essay]) -> list[Relation]:
    """The relations that would have nobody who draws them without these essays."""
    drawn = Relation.objects.filter(drawn_by__in=essays).distinct()
    others = Essay.objects.exclude(pk__in=[essay.pk for essay in essays])
    return list(drawn.exclude(drawn_by__in=others).order_by("pk")) if essays else []


def set_tags(*, claim: Claim, tags: Iterable[Tag]) -> bool:
    """Make these the claim's public tags; whether that changed any. Each use that comes or goes has its history.

    What readers proposed goes with a tag that is taken off: else one more proposal would bring it back.
    """
    wanted = {tag.pk: tag for tag in tags}
    with writing():
        uses = {use.tag_id: use for use in TaggedClaim.objects.filter(content_object=claim)}
        gone = uses.keys() - wanted.keys()
        for key in gone:
            uses[key].delete()
        TagVote.objects.on(claim).filter(tag__in=gone).delete()
        for key in wanted.keys() - uses.keys():
            TaggedClaim.objects.create(content_object=claim, tag=wanted[key])
    return uses.keys() != wanted.keys()
