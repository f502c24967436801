"""Counterpoints to what somebody asserts, and how each stands towards them: one rule for every page that tells it."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from debate.models import Essay, Relation
from debate.models.essays import EssayQuerySet
from debate.reasoning.answering import Stand, stand_of


def counterpoints_to(essays: EssayQuerySet) -> "QuerySet[Relation]":
    """Counterpoints to what the essays assert, each with the visible essays that drew it. Three queries."""
    drawn_by = Prefetch("drawn_by", Essay.objects.visible().without_text().prefetch_related("authors"))
    return Relation.objects.visible().answering(essays).with_source().prefetch_related(drawn_by)


def by_stand(counterpoints: Iterable[Relation], essays: Iterable[Essay]) -> dict[str, list[Relation]]:
    """Counterpoints by how they stand towards whoever wrote the essays: every Stand, those without any included."""
    found: dict[str, list[Relation]] = {stand.value: [] for stand in Stand}
    own = list(essays)
    for relation in counterpoints:
        found[stand_towards(own, relation)].append(relation)
    return found


def stand_towards(essays: Iterable[Essay], relation: Relation) -> Stand:
    """How a counterpoint, with its standing and who drew it, stands towards whoever wrote the essays.

    What of it they drew themselves does not count, nor what they wrote on another motion.
    """
    own = {essay.pk: essay for essay in essays}
    wrote = [essay.written_within for essay in own.values() if essay.motion_id == relation.source.motion_id]
    drawn = [essay.written_within for essay in relation.drawn_by.all() if essay.pk not in own]
    return stand_of(answered=relation.standing.answered, drawn=drawn, wrote=wrote)
