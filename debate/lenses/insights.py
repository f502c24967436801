"""What readers make of a motion, as the last computation found it: hidden until a reader asks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.readers import LETTERS, Dot, Middle, draw_readers
from debate.drawing.strength import draw_move
from debate.lenses.strengths import Gain, stronger_among
from debate.lenses.support import Support, support_of
from debate.models import Claim, ClaimInsight, CruxClaim, InsightRun, Motion, Side, User
from debate.models.insights import FEWEST

EACH = 5


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim's strength by structure and by votes, and the line from the one to the other."""

    claim: Claim
    structural: float
    voted: float

    @property
    def line(self) -> SafeString:
        """Drawn from numbers and a class of ours, so that nothing in it needs escaping."""
        side = self.claim.side
        return SafeString(draw_move(self.structural, self.voted, side.colour if side else "neither"))


@dataclass(frozen=True, slots=True)
class Apart:
    """A claim that members of a group answer so more often than the others do; `share` of those who voted on it."""

    claim: Claim
    answer: str
    share: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Group:
    """`mine`: whether the reader who asks is in it."""

    label: int
    readers: int
    mine: bool
    claims: Sequence[Apart]

    @property
    def letter(self) -> str:
        return LETTERS[self.label]


@dataclass(frozen=True, slots=True)
class Shared:
    """A claim, and the share that agrees in each group, by the group's letter."""

    claim: Claim
    value: float
    shares: Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Insights:
    """`missing`: how many more readers it takes before there are groups, 0 where there are enough."""

    run: InsightRun
    missing: int
    theses: Sequence[Moved]
    stronger: Gain | None
    lifted: Sequence[Moved]
    pressed: Sequence[Moved]
    groups: Sequence[Group]
    map: SafeString
    consensus: Sequence[Shared]
    division: Sequence[Shared]
    crux: Sequence[CruxClaim]
    contested: Sequence[Claim]
    support: Support | None


def insights_of(motion: Motion, sides: Sequence[Side], reader: User | None) -> Insights | None:
    """None where nothing has been computed yet. Four queries."""
    run = InsightRun.objects.shown().of_motion(motion).with_place_of(reader).first()
    if run is None:
        return None
    named = {row["claim"] for group in run.groups for row in group["claims"][:EACH]}
    rows = {row.claim_id: row for row in ClaimInsight.objects.telling(run, EACH, named)}
    letters = [LETTERS[group["label"]] for group in run.groups]
    moved = sorted(rows.values(), key=lambda row: (-abs(row.moved), row.claim_id))
    return Insights(
        run=run,
        missing=max(0, FEWEST - run.readers),
        theses=[moved_of(rows[side.thesis_id]) for side in sides if side.thesis_id in rows],
        stronger=stronger_among((rows[side.thesis_id].strength, side) for side in sides if side.thesis_id in rows),
        lifted=[moved_of(row) for row in moved if row.moved > 0][:EACH],
        pressed=[moved_of(row) for row in moved if row.moved < 0][:EACH],
        groups=[group_of(group, run.my_group, rows) for group in run.groups],
        map=map_of(run),
        consensus=shared(rows.values(), "consensus", letters),
        division=shared(rows.values(), "division", letters),
        crux=list(CruxClaim.objects.foremost(run, EACH)),
        contested=contested_among(rows.values()),
        support=support_of(motion, sides, run.computed_at),
    )


def moved_of(row: ClaimInsight) -> Moved:
    """Structural strength as it was when the votes were counted."""
    return Moved(row.claim, row.strength - row.moved, row.strength)


def group_of(told: Mapping[str, Any], mine: int | None, rows: Mapping[int, ClaimInsight]) -> Group:
    """A claim that readers cannot see any more is left out."""
    apart = [
        Apart(rows[row["claim"]].claim, row["answer"], row["share"], row["ratio"])
        for row in told["claims"][:EACH]
        if row["claim"] in rows
    ]
    return Group(told["label"], told["readers"], told["label"] == mine, apart)


def map_of(run: InsightRun) -> SafeString:
    """'' where nobody is placed. Drawn from numbers and words of ours; the drawing escapes what it writes."""
    if not run.dots:
        return SafeString("")
    you = None if run.my_x is None or run.my_y is None else (run.my_x, run.my_y)
    middles = [Middle(group["label"], group["x"], group["y"]) for group in run.groups]
    title = _("Readers as dots: who answers alike stands close together. The groups are described below.")
    return SafeString(draw_readers([Dot(*dot) for dot in run.dots], middles, title=title, you=you, here=_("you")))


def shared(rows: Iterable[ClaimInsight], by: str, letters: Sequence[str]) -> list[Shared]:
    """The first so many by consensus or by division."""
    told = [row for row in rows if getattr(row, by) is not None]
    told.sort(key=lambda row: (-getattr(row, by), row.claim_id))
    return [Shared(row.claim, getattr(row, by), list(zip(letters, row.shares, strict=True))) for row in told[:EACH]]


def contested_among(rows: Iterable[ClaimInsight]) -> list[Claim]:
    """As the tallies stand now: the numbers that the order of claims goes by."""
    claims = [row.claim for row in rows if row.claim.tally.contested > 0]
    return sorted(claims, key=lambda claim: (-claim.tally.contested, claim.pk))[:EACH]
