"""Every named constraint of every model asked again, as if the database had not kept it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.apps import apps
from django.db.models import (
    BaseConstraint,
    BooleanField,
    CheckConstraint,
    Count,
    F,
    Model,
    Q,
    QuerySet,
    UniqueConstraint,
)
from django.db.models.functions import Coalesce

from debate.actions.auditing.rule import Rule


def breaking_check(model: type[Model], constraint: CheckConstraint) -> "QuerySet[Model]":
    """Rows of which the condition is false; like the database, it lets an unknown one pass."""
    holds = Coalesce(constraint.condition, True, output_field=BooleanField())
    rows: QuerySet[Model] = model._base_manager.annotate(holds=holds).filter(holds=False).order_by("pk")
    return rows


def parts_of(constraint: UniqueConstraint) -> dict[str, Any]:
    """What has to differ from row to row, by a name for each part."""
    told: list[Any] = [*map(F, constraint.fields), *constraint.expressions]
    return {f"part_{number}": part for number, part in enumerate(told)}


def breaking_unique(model: type[Model], constraint: UniqueConstraint) -> Iterator[str]:
    """What occurs more than once where it may once; a part that is empty is never the same as another."""
    parts = parts_of(constraint)
    known = Q(**{f"{name}__isnull": False for name in parts})
    rows = model._base_manager.filter(constraint.condition or Q()).annotate(**parts).filter(known)
    groups = rows.order_by().values(*parts).annotate(rows=Count("pk")).filter(rows__gt=1)
    for group in groups.iterator():
        shared = ", ".join(str(group[name]) for name in parts)
        yield f"{group['rows']} times {model._meta.verbose_name} ({shared})"


def rule_of(model: type[Model], constraint: BaseConstraint) -> Rule:
    """Raises TypeError on a sort of constraint that nobody has taught the audit."""
    if isinstance(constraint, CheckConstraint):
        return Rule(constraint.name, partial(breaking_check, model, constraint))
    if isinstance(constraint, UniqueConstraint):
        return Rule(constraint.name, partial(breaking_unique, model, constraint))
    raise TypeError(f"{constraint.name} is of a sort that the audit cannot check")


def rules() -> list[Rule]:
    models = [model for model in apps.get_app_config("debate").get_models() if not model._meta.proxy]
    return [rule_of(model, constraint) for model in models for constraint in model._meta.constraints]
