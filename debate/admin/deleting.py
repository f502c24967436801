"""What goes with a row when it is deleted: told before it is done, and nothing that readers gave."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.contrib.admin.utils import NestedObjects
from django.contrib.auth import get_permission_codename
from django.db import DEFAULT_DB_ALIAS
from django.db.models import Model
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from debate.actions.curation import drawn_by_these_alone, given_on
from debate.actions.rules import essays_marking
from debate.models import Authored, Essay, Relation, Stance

MOST_NAMED = 40


def may_delete(request: HttpRequest, model: type[Model]) -> bool:
    code = get_permission_codename("delete", model._meta)
    return bool(request.user.has_perm(f"{model._meta.app_label}.{code}"))


def named(model: type[Model], rows: Sequence[Model]) -> list[str]:
    """The rows of one noun in words, the first of them if they are many."""
    noun = capfirst(str(model._meta.verbose_name))
    told = [f"{noun}: {row}" for row in rows[:MOST_NAMED]]
    left = len(rows) - MOST_NAMED
    return [*told, _("… and %(left)d more") % {"left": left}] if left > 0 else told


def what_goes(rows: Sequence[Model], request: HttpRequest) -> tuple[list[Any], dict[str, int], set[str], list[str]]:
    """As Django's admin asks: what to name, how many of each noun, which rights are missing, what stands in the way.

    Readers' answers stand in the way, and are neither named nor counted: nobody's single votes are seen.
    """
    if given_on(rows):
        kept = _("Readers have answered here, and that is kept. Take it back to draft instead of deleting it.")
        return [], {}, set(), [kept]
    collector = NestedObjects(using=DEFAULT_DB_ALIAS, origin=list(rows))  # type: ignore[arg-type]
    collector.collect(list(rows))
    going = {m: sorted(of, key=lambda row: row.pk) for m, of in collector.data.items() if issubclass(m, Authored)}
    lines = [line for model, of in going.items() for line in named(model, of)]
    count = {str(model._meta.verbose_name_plural): len(of) for model, of in going.items()}
    missing = {str(model._meta.verbose_name) for model in going if not may_delete(request, model)}
    return lines, count, missing, [*map(str, collector.protected), *in_the_way(going)]


def in_the_way(going: Mapping[type[Authored], Sequence[Any]]) -> Iterator[str]:
    """What would be left behind with something missing."""
    for stance in going.get(Stance, ()):
        if stance.essay not in going.get(Essay, ()) and stance.essay in essays_marking(stance.claim):
            told = {"essay": stance.essay, "slug": stance.claim.slug}
            yield _("The summary of “%(essay)s”, which marks “%(slug)s”: take the mark out first.") % told
    for relation in drawn_by_these_alone(going.get(Essay, ())):
        if relation not in going.get(Relation, ()):
            yield _("A relation that no other essay draws: %(relation)s") % {"relation": relation}
