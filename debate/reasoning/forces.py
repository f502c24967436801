"""What gives claims their strength: the relations of a motion as supports, attacks and undercuts."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from debate.reasoning.graph import Link
from debate.reasoning.strength import quadratic_energy

Arrow = tuple[int, int]


class Forces(NamedTuple):
    """As the models of strength take them. What qualifies does not enter."""

    supports: list[Arrow]
    attacks: list[Arrow]
    undercuts: list[tuple[int, Arrow]]


def forces_of(links: Iterable[Link]) -> Forces:
    """The relations as supports, attacks, and undercuts of these.

    An undercut of a relation that carries no strength has no effect: of one that qualifies, and, since the models know
    undercuts of supports and attacks alone, of another undercut.
    """
    by_key = {link.key: link for link in links}
    carrying = {key: arrow for key, link in by_key.items() if (arrow := arrow_of(link))}
    return Forces(
        [arrow for key, arrow in carrying.items() if by_key[key].kind == "supports"],
        [arrow for key, arrow in carrying.items() if by_key[key].kind == "rebuts"],
        [(link.source, carrying[link.relation]) for link in by_key.values() if link.relation in carrying],
    )


def arrow_of(link: Link) -> Arrow | None:
    """From claim to claim, where it carries strength."""
    carries = link.kind in {"supports", "rebuts"} and link.claim is not None
    return (link.source, link.claim) if carries and link.claim is not None else None


def strengths_of(base: Mapping[int, float], links: Iterable[Link]) -> dict[int, float]:
    """The strength of each claim, given where it begins. Relations with an end outside of these claims are left out."""
    within = [link for link in links if link.source in base and (link.claim is None or link.claim in base)]
    return dict(quadratic_energy(base, *forces_of(within)))
