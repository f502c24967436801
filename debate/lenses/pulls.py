"""What gives one claim its strength: each relation to it, with how much it lifts or presses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from debate.drawing.strength import draw_move, draw_pull
from debate.models import Claim
from debate.reasoning.start import START

if TYPE_CHECKING:
    from debate.lenses.claim_page import Step

MOST = 8
SIGNS = {"supports": 1, "rebuts": -1}


@dataclass(frozen=True, slots=True)
class Pull:
    """By how much a claim lifts another, or presses it below zero; `undercut`: whether something makes that less."""

    claim: Claim
    value: float
    undercut: bool

    @property
    def told(self) -> str:
        return f"{self.value:+.2f}".replace("-", "−")

    @property
    def line(self) -> SafeString:
        """Drawn from a number alone, so that nothing in it needs escaping."""
        return SafeString(draw_pull(self.value))


@dataclass(frozen=True, slots=True)
class Pulls:
    """The strongest pulls first, at most so many; `more` were left out. `energy` is the sum of all."""

    strength: float
    rows: Sequence[Pull]
    more: int
    energy: float
    lamp: str

    @property
    def line(self) -> SafeString:
        """Likewise, and from a class of ours."""
        return SafeString(draw_move(START, self.strength, self.lamp))


def pulls_on(claim: Claim, steps: Sequence[Step]) -> Pulls:
    """From the relations to a claim and the undercuts of these, undercuts of counterpoints being nested below them."""
    cuts = [step for step in steps if step.relation.kind == "undercuts"]
    pulls = [pull_of(step, cuts) for step in steps if step.relation.kind in SIGNS]
    rows = sorted(pulls, key=lambda pull: (-abs(pull.value), pull.claim.pk))
    energy = sum(pull.value for pull in pulls)
    lamp = claim.side.colour if claim.side else "neither"
    return Pulls(strength_of(claim), rows[:MOST], max(0, len(rows) - MOST), energy, lamp)


def pull_of(step: Step, cuts: Sequence[Step]) -> Pull:
    """The strength of its claim, scaled by what is left of it by each undercut."""
    here = [cut for cut in (*step.undercut_by, *cuts) if cut.relation.target_relation_id == step.relation.pk]
    left = prod(1 - strength_of(cut.claim) for cut in here)
    return Pull(step.claim, SIGNS[step.relation.kind] * strength_of(step.claim) * left, bool(here))


def strength_of(claim: Claim) -> float:
    """As it is kept; where it begins, for a claim whose standing is not derived yet."""
    standing = getattr(claim, "standing", None)
    return standing.strength if standing else START
