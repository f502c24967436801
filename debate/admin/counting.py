"""Numbers beside the rows of a list, each in the list's own query."""

from typing import Any

from django.db.models import Count, IntegerField, Model, OuterRef, Subquery
from django.db.models.functions import Coalesce


def number_of(model: type[Model], column: str) -> Coalesce:
    """How many rows of a noun name the row of the list in this column."""
    rows: Any = model._base_manager.filter(**{column: OuterRef("pk")}).order_by().values(column)
    return Coalesce(Subquery(rows.annotate(number=Count("pk")).values("number"), output_field=IntegerField()), 0)
