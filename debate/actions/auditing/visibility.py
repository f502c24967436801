"""No visible thing stands behind something that readers cannot see."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet

from debate.actions.auditing.rule import Rule
from debate.models import (
    Bearing,
    Claim,
    ClaimStanding,
    Entailment,
    Essay,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    TaggedClaim,
)

Rows = Callable[[], "QuerySet[Any]"]


def sides() -> "QuerySet[Side]":
    return Side.objects.filter(motion__in=Motion.objects.visible())


BEHIND: list[tuple[str, Rows, str, Rows]] = [
    ("a visible essay is of a visible motion", Essay.objects.visible, "motion", Motion.objects.visible),
    ("a visible claim is of a visible motion", Claim.objects.visible, "motion", Motion.objects.visible),
    ("a visible stance is on a visible claim", Stance.objects.visible, "claim", Claim.objects.visible),
    ("a visible stance is of a visible essay", Stance.objects.visible, "essay", Essay.objects.visible),
    ("a visible passage is of a visible essay", Passage.objects.visible, "stance__essay", Essay.objects.visible),
    ("a visible relation comes from a visible claim", Relation.objects.visible, "source", Claim.objects.visible),
    ("a visible relation leads to a visible claim", Relation.objects.visible, "target_claim", Claim.objects.visible),
    (
        "a visible undercut attacks what is visible",
        Relation.objects.visible,
        "target_relation",
        Relation.objects.visible,
    ),
    ("a visible prediction is from a visible essay", Prediction.objects.visible, "essay", Essay.objects.visible),
    ("a visible reading is of a visible essay", Reading.objects.visible, "essay", Essay.objects.visible),
    ("a visible bearing is of a visible claim", Bearing.objects.visible, "claim", Claim.objects.visible),
    (
        "a visible entailment ends at what is visible",
        Entailment.objects.visible,
        "conclusion",
        Prediction.objects.visible,
    ),
    ("a visible tag is of a visible claim", TaggedClaim.objects.visible, "content_object", Claim.objects.visible),
    ("a visible motion's thesis is visible", sides, "thesis", Claim.objects.visible),
    (
        "a visible motion is decided by what is visible",
        Motion.objects.visible,
        "deciding_prediction",
        Prediction.objects.visible,
    ),
    ("a standing is of a visible claim", ClaimStanding.objects.all, "claim", Claim.objects.visible),
]


def behind(rows: Rows, path: str, visible: Rows) -> Iterable[Model]:
    """Rows that are shown although what they stand behind is not."""
    return rows().filter(~Q(**{f"{path}__in": visible()}), **{f"{path}__isnull": False}).order_by("pk")


def rules() -> list[Rule]:
    return [Rule(name, partial(behind, rows, path, visible)) for name, rows, path, visible in BEHIND]
