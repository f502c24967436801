"""What tells a relation of the database from every other, as a file writes it."""

from debate.actions.bringing.shapes import Arrow
from debate.models import Relation


def arrow_of(relation: Relation) -> Arrow:
    """Asks nothing where the ends were fetched along, as by Relation.objects.with_arrows()."""
    target = relation.target
    end = arrow_of(target) if isinstance(target, Relation) else target.slug
    return Arrow(relation.source.slug, relation.kind, end)
