"""What the recorded relations make of a motion's claims, with equal starting points: it depends on the corpus alone."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TypeGuard

from django.utils.safestring import SafeString

from debate.drawing.strength import draw_move
from debate.models import Claim, Motion, Relation, Side
from debate.models.claims import SHUFFLE, shuffle_factor
from debate.reasoning.graph import Link
from debate.reasoning.sensitivity import Fall, Web, affordable, falls, nearest
from debate.reasoning.start import START

EACH, MOST_FALLS, MOST_PARTED = 4, 6, 6
ACCEPTING = ("asserts", "concedes")
TELLING = 0.0005
"""Less than this is told as no difference: three decimals would not show it."""


@dataclass(frozen=True, slots=True)
class Strong:
    """A claim with its strength, and the line that shows how far that is from where it began."""

    claim: Claim
    strength: float
    lamp: str

    @property
    def line(self) -> SafeString:
        """Drawn from numbers and a class of ours, so that nothing in it needs escaping."""
        return SafeString(draw_move(START, self.strength, self.lamp))


@dataclass(frozen=True, slots=True)
class Case:
    """A side with its thesis, and the claims for it that stand strongest and weakest; None: no visible thesis."""

    side: Side
    thesis: Strong | None
    strongest: Sequence[Strong]
    weakest: Sequence[Strong]


@dataclass(frozen=True, slots=True)
class Gain:
    """By how much a side's thesis would change, or is ahead."""

    side: Side
    value: float

    @property
    def told(self) -> str:
        """With its sign, to three decimals."""
        return f"{self.value:+.3f}".replace("-", "−") if abs(self.value) >= TELLING else "0"


@dataclass(frozen=True, slots=True)
class Falling:
    """A counterpoint whose fall would change a thesis: `source` rebuts `target`, or undercuts what it leads to."""

    kind: str
    source: Claim
    target: Claim
    gains: Sequence[Gain]


@dataclass(frozen=True, slots=True)
class Strengths:
    """`stronger`: whose thesis stands stronger, and by how much; None where none does by enough to tell."""

    cases: Sequence[Case]
    stronger: Gain | None
    falling: Sequence[Falling]
    points: int
    looked_at: int
    parted: Sequence[Claim]

    @property
    def is_close(self) -> bool:
        """Whether a single counterpoint decides more than the stronger thesis is ahead by."""
        moves = [abs(gain.value) for told in self.falling for gain in told.gains]
        return self.stronger is not None and self.stronger.value < max(moves, default=0.0)


def strengths(motion: Motion, day: date) -> Strengths:
    """Three queries; claims that are equally strong and central are shuffled by the day."""
    sides = list(motion.sides.select_related("thesis__standing").order_by("position"))
    web, goals = web_of(motion, sides)
    points = nearest(web, goals)
    looked_at = points[: affordable(len(web.links))]
    fallen = foremost(falls(web, looked_at, goals))
    claims = claims_for(motion, sides, day, keys_told(web, fallen))
    cases = [case_of(side, claims.values(), day) for side in sides]
    return Strengths(
        cases=cases,
        stronger=stronger_among((case.thesis.strength, case.side) for case in cases if case.thesis),
        falling=[told for fall in fallen if (told := falling_of(fall, web, claims, sides))],
        points=len(points),
        looked_at=len(looked_at),
        parted=parted_among(claims.values(), {side.thesis_id for side in sides}),
    )


def web_of(motion: Motion, sides: Iterable[Side]) -> tuple[Web, list[int]]:
    """The visible relations with their strengths, and the visible theses. One query."""
    rows = Relation.objects.visible().of_motion(motion).with_strengths()
    known: dict[int, float] = {}
    for link, here, there in rows:
        known[link.source] = START if here is None else here
        if link.claim is not None:
            known[link.claim] = START if there is None else there
    theses = {side.thesis.pk: side.thesis.standing.strength for side in sides if is_seen(side.thesis)}
    return Web((link for link, _here, _there in rows), known | theses), list(theses)


def is_seen(thesis: Claim | None) -> TypeGuard[Claim]:
    """Whether there is one that readers can see: only such a claim has a standing."""
    return thesis is not None and hasattr(thesis, "standing")


def foremost(fallen: Iterable[Fall]) -> list[Fall]:
    """Those that would change a thesis most, where that is enough to tell."""
    telling = [fall for fall in fallen if fall.most >= TELLING]
    return sorted(telling, key=lambda fall: (-fall.most, fall.key))[:MOST_FALLS]


def keys_told(web: Web, fallen: Iterable[Fall]) -> set[int]:
    """The claims that are named where counterpoints are said to fall."""
    links = [web.links[fall.key] for fall in fallen]
    return {link.source for link in links} | {struck for link in links if (struck := struck_by(web, link)) is not None}


def struck_by(web: Web, link: Link) -> int | None:
    """The claim that a counterpoint is aimed at; of an undercut, the claim whose bearing it denies."""
    if link.claim is not None:
        return link.claim
    aim = web.links.get(link.relation or 0)
    return aim.source if aim else None


def claims_for(motion: Motion, sides: Iterable[Side], day: date, keys: Iterable[int]) -> dict[int, Claim]:
    """Every claim that is told, by key: theses, the strongest and weakest of each side, the parted ones. One query."""
    rows = Claim.objects.visible().of_motion(motion)
    chosen = [rows.keyed({*keys, *(side.thesis_id for side in sides if side.thesis_id)})]
    for side in sides:
        chosen += [rows.strongest(side, day)[:EACH], rows.weakest(side, day)[:EACH]]
    chosen.append(rows.without_theses().parted().order_by("-denied", "-standing__central", "pk")[: 2 * MOST_PARTED])
    return {claim.pk: claim for claim in rows.among(*chosen).for_list_page()}


def case_of(side: Side, claims: Iterable[Claim], day: date) -> Case:
    kept = list(claims)
    theirs = [strong(claim) for claim in kept if claim.side_id == side.pk and claim.pk != side.thesis_id]

    def equals(row: Strong) -> tuple[int, int]:
        return -row.claim.standing.central, row.claim.pk * shuffle_factor(day) % SHUFFLE

    lifted = sorted((row for row in theirs if row.strength > START), key=lambda row: (-row.strength, equals(row)))
    pressed = sorted((row for row in theirs if row.strength < START), key=lambda row: (row.strength, equals(row)))
    thesis = next((strong(claim, side) for claim in kept if claim.pk == side.thesis_id), None)
    return Case(side, thesis, lifted[:EACH], pressed[:EACH])


def strong(claim: Claim, side: Side | None = None) -> Strong:
    lit = side or claim.side
    return Strong(claim, claim.standing.strength, lit.colour if lit else "neither")


def stronger_among(theses: Iterable[tuple[float, Side]]) -> Gain | None:
    """Whose thesis is ahead of the next, and by how much; None where that is too little to tell."""
    told = sorted(theses, key=lambda pair: -pair[0])
    ahead = told[0][0] - told[1][0] if len(told) > 1 else 0.0
    return Gain(told[0][1], ahead) if ahead >= TELLING else None


def falling_of(fall: Fall, web: Web, claims: Mapping[int, Claim], sides: Iterable[Side]) -> Falling | None:
    """None where a claim has gone meanwhile."""
    link = web.links[fall.key]
    source, target = claims.get(link.source), claims.get(struck_by(web, link) or 0)
    if source is None or target is None:
        return None
    gains = [Gain(side, fall.gains[side.thesis_id]) for side in sides if side.thesis_id in fall.gains]
    return Falling(link.kind, source, target, gains)


def parted_among(claims: Iterable[Claim], theses: AbstractSet[int | None]) -> list[Claim]:
    """The claims on which two authors part: those that one denies first, then those on which most hangs."""
    rows = [claim for claim in claims if parts(claim) and claim.pk not in theses]
    return sorted(rows, key=lambda claim: (-parts(claim), -claim.standing.central, claim.pk))[:MOST_PARTED]


def parts(claim: Claim) -> int:
    """2 where one author accepts the claim and another denies it, 1 where the other qualifies it, else 0."""
    accept = {who for who, kind in claim.standing.voices if kind in ACCEPTING}
    for rank, kind in ((2, "denies"), (1, "qualifies")):
        others = {who for who, told in claim.standing.voices if told == kind}
        if accept and others and len(accept | others) > 1:
            return rank
    return 0
