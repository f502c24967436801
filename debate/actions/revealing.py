"""A reader asks to see what others think."""

from typing import Any

from debate.actions.writing import writing
from debate.models import Claim, Motion, Prediction, Reveal, User


def reveal(*, reader: User, thing: Claim | Prediction | Motion) -> None:
    """Remember, for a reader with a row of their own, that they asked. Asking again changes nothing."""
    told: dict[str, Any] = {"user": reader, str(thing._meta.model_name): thing}
    with writing():
        Reveal.objects.get_or_create(**told)
