"""Which readers a claim, an essay or a prediction owes what, by display name unless they would rather not be named."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import ngettext

from debate.models import Claim, Essay, Prediction, Suggestion

HELP = (Suggestion.Kind.COUNTERPOINT, Suggestion.Kind.TAG, Suggestion.Kind.CORRECTION)


@dataclass(frozen=True, slots=True)
class Credits:
    """Who suggested it, and what others suggested about it: each kind with who."""

    makers: Sequence[str]
    helpers: Sequence[tuple[str, Sequence[str]]]


def credits_of(thing: Claim | Essay | Prediction) -> Credits:
    """One query."""
    rows, made = list(Suggestion.objects.credited_on(thing)), f"made_{thing._meta.model_name}_id"
    about = [row for row in rows if getattr(row, made, None) != thing.pk]
    helpers = [(kind.label, who([row for row in about if row.kind == kind])) for kind in HELP]
    makers = who([row for row in rows if row not in about])
    return Credits(makers, [(str(kind), names) for kind, names in helpers if names])


def who(rows: Iterable[Suggestion]) -> list[str]:
    """Their names, each once, and how many besides go unnamed."""
    told = [row.credit for row in rows]
    unnamed = told.count("")
    words = ngettext("a reader", "%(count)d readers", unnamed) % {"count": unnamed}
    return [*dict.fromkeys(name for name in told if name), *([words] if unnamed else [])]
