"""How strong a claim is, given where it begins and what supports and attacks it: two gradual semantics.

Both take `base`, from claim to base score in [0, 1]; supports and attacks, (source, target); and undercuts, (source,
(edge source, edge target)), each of which scales the relations of these ends by one minus the undercutter's own
strength, several by the product. Of a support and an attack with the same ends, an undercut scales both. A relation
given twice counts twice.

Both raise ValueError on a base score outside of [0, 1] or NaN, on a relation or undercut of a claim without a base
score, and on an undercut of a relation that is not there.
"""

from collections.abc import Iterable, Mapping

import numpy as np

from debate.reasoning.flow import settle
from debate.reasoning.graph import reaching, reversed_arrows
from debate.reasoning.wiring import Claim, Edge, Floats, Undercut, Wiring, freed


def df_quad(
    base: Mapping[Claim, float],
    supports: Iterable[Edge[Claim]],
    attacks: Iterable[Edge[Claim]],
    undercuts: Iterable[Undercut[Claim]] = (),
) -> dict[Claim, float]:
    """The strength in [0, 1] of each claim by DF-QuAD (A. Rago, F. Toni, M. Aurisicchio, P. Baroni, KR 2016).

    Supports of strengths s come together as 1 − Π(1−s), attacks likewise. With v the first less the second, a claim of
    base score b has the strength b + (1−b)·v where v > 0, else b + b·v.

    Raises ValueError where a claim's strength depends on itself: on a cycle of relations and undercuts.
    """
    wiring = Wiring(base, supports, attacks, undercuts)
    levels = freed(range(len(wiring.claims)), wiring.arrows())
    if sum(map(len, levels)) < len(wiring.claims):
        raise ValueError("DF-QuAD is defined where no claim's strength depends on itself; here are cycles")
    state = wiring.base.copy()
    for level in levels:
        part = wiring.part(level)
        state[part.claims] = part.df_quad(state)
    return told(wiring, state)


def quadratic_energy(
    base: Mapping[Claim, float],
    supports: Iterable[Edge[Claim]],
    attacks: Iterable[Edge[Claim]],
    undercuts: Iterable[Undercut[Claim]] = (),
) -> dict[Claim, float]:
    """The strength in [0, 1] of each claim in the quadratic energy model (N. Potyka, KR 2018).

    A claim's energy E is the sum of its supporters' strengths less that of its attackers'. With h(x) = x²/(1+x²) for
    x > 0, else 0, its strength s moves as ds/dt = b + (1−b)·h(E) − b·h(−E) − s, all from their base scores b, until
    nothing moves faster than 1e-11.

    Where no claim's strength depends on itself this always comes to rest, at what the formula gives in the order of
    dependence; that is computed directly, exactly. With cycles it is integrated. There it is sure to come to rest, at
    one point wherever it begins, if max(b, 1−b)·n < 8/(3√3) ≈ 1.54 for every claim, n being the relations into it and
    their undercuts, since no difference then grows: with one into each claim always, with base scores of one half up
    to three. Beyond that nobody has proved it, though graphs that people draw do; where there are several points of
    rest, the one is given that the base scores lead to. It can fail: in a ring of five crowds of a dozen claims, each
    of which attacks all of the next crowd, strengths may go round for ever. What still moves after 1,500 steps is
    given as its mean over the time of the last 750 (`settle`), which lies in [0, 1] as well.
    """
    wiring = Wiring(base, supports, attacks, undercuts)
    arrows, state = wiring.arrows(), wiring.base.copy()
    circling = on_cycles(range(len(wiring.claims)), arrows)
    if circling:
        circle(wiring, reaching(arrows, circling), state)
    for level in freed(set(range(len(wiring.claims))) - circling, arrows):
        part = wiring.part(level)
        state[part.claims] = part.quadratic_energy(state)
    return told(wiring, state)


def told(wiring: Wiring[Claim], state: Floats) -> dict[Claim, float]:
    return dict(zip(wiring.claims, np.clip(state, 0.0, 1.0).tolist(), strict=True))


def on_cycles(claims: Iterable[int], arrows: list[tuple[int, int]]) -> set[int]:
    """The claims on a cycle, and those between two cycles."""
    left = set(claims)
    left -= {claim for level in freed(left, arrows) for claim in level}
    return left - {claim for level in freed(left, reversed_arrows(arrows)) for claim in level}


def circle(wiring: Wiring[Claim], claims: Iterable[int], state: Floats) -> None:
    """Let claims on cycles, with all that leads to them, move until they rest."""
    part, held = wiring.part(claims), state.copy()

    def rate(moving: Floats) -> Floats:
        held[part.claims] = moving
        return part.quadratic_energy(held) - moving

    state[part.claims] = np.clip(settle(rate, state[part.claims]).state, 0.0, 1.0)
