"""Counterpoints to what somebody asserts, and how each stands towards them: one rule for every page that tells it."""

from collections.abc import Iterable, Mapping

from django.db.models import Prefetch, QuerySet

from debate.models import Essay, Relation, Stance
from debate.models.essays import EssayQuerySet
from debate.reasoning.answering import ACCEPTING, Stand, settled, stand_of

Held = Mapping[int, str]


def counterpoints_to(essays: EssayQuerySet) -> "QuerySet[Relation]":
    """Counterpoints to what the essays assert, each with the visible essays that drew it. Two queries."""
    drawn_by = Prefetch("drawn_by", Essay.objects.visible().without_text())
    return Relation.objects.visible().answering(essays).with_source().prefetch_related(drawn_by)


def oldest_first(essays: Iterable[Essay]) -> list[int]:
    """The keys of essays that come in the order written: those without a date count as the older ones."""
    return [essay.pk for essay in sorted(essays, key=lambda essay: bool(essay.published_on))]


def held_in(stances: Iterable[Stance], essays: Iterable[Essay]) -> Held:
    """What whoever wrote the essays, given in the order written, does with each claim, by its key."""
    order = {key: number for number, key in enumerate(oldest_first(essays))}
    return settled(
        (stance.claim_id, stance.kind) for stance in sorted(stances, key=lambda stance: order[stance.essay_id])
    )


def by_stand(counterpoints: Iterable[Relation], essays: Iterable[Essay], held: Held) -> dict[str, list[Relation]]:
    """Counterpoints by how they stand towards whoever wrote the essays: every Stand, those without any included.

    Those to what they asserted once and took back are left out, as are those that strike only what others draw from it.
    """
    found: dict[str, list[Relation]] = {stand.value: [] for stand in Stand}
    own = list(essays)
    for relation in counterpoints:
        if relation.aim.strikes(held):
            found[stand_towards(own, held, relation)].append(relation)
    return found


def stand_towards(essays: Iterable[Essay], held: Held, relation: Relation) -> Stand:
    """How a counterpoint, with its standing and who drew it, stands towards whoever wrote the essays.

    What of it they drew themselves does not count, nor what they wrote on another motion.
    """
    own = {essay.pk: essay for essay in essays}
    wrote = [essay.written_within for essay in own.values() if essay.motion_id == relation.source.motion_id]
    drawn = [essay.written_within for essay in relation.drawn_by.all() if essay.pk not in own]
    return stand_of(
        granted=held.get(relation.source_id) in ACCEPTING,
        answered=relation.standing.answered,
        drawn=drawn,
        wrote=wrote,
    )
