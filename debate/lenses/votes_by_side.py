"""How the readers of each side vote on a claim: asked for when somebody wants to see it, never kept in a page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from debate.models import Claim, ClaimVote, Motion, Side
from debate.reasoning.crux import LEAST, Counted, Crux, crux
from debate.reasoning.tally import Share, agreement


@dataclass(frozen=True)
class SideVotes:
    """The votes of one side's readers, and the share of them that agrees."""

    side: Side
    counted: Counted
    share: Share

    @property
    def enough(self) -> bool:
        return self.counted.total >= LEAST


@dataclass(frozen=True)
class ClaimBySide:
    """`crux`: the two sides that differ most surely, None where fewer than two have votes enough."""

    claim: Claim
    sides: Sequence[SideVotes]
    crux: Crux[int] | None

    @property
    def gap(self) -> int | None:
        """The difference of their shares, in whole points of a hundred."""
        return round(self.crux.difference.value * 100) if self.crux else None


def votes_by_side(motion: Motion, claims: Sequence[Claim], sides: Mapping[int, Side]) -> list[ClaimBySide]:
    """One query over the newest votes on these claims; one more where voters take a side that is not among `sides`."""
    told = ClaimVote.objects.counted_by_side(motion, [claim.pk for claim in claims])
    taken = {side for by_side in told.values() for side in by_side if side is not None}
    known = sides if taken <= sides.keys() else {side.pk: side for side in motion.sides.all()}
    in_order = sorted((known[side] for side in taken), key=lambda side: side.position)
    return [of_claim(claim, in_order, told.get(claim.pk, {})) for claim in claims]


def of_claim(claim: Claim, sides: Iterable[Side], told: dict[int | None, dict[str, int]]) -> ClaimBySide:
    rows = []
    for side in sides:
        votes = told.get(side.pk, {})
        counted = Counted(votes.get(ClaimVote.Value.AGREE, 0), votes.get(ClaimVote.Value.DISAGREE, 0))
        rows.append(SideVotes(side, counted, agreement(*counted)))
    return ClaimBySide(claim, rows, crux({row.side.pk: row.counted for row in rows}))
