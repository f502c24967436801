"""What hangs on what, in a graph of claims and relations."""

from collections.abc import Hashable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeVar

Node = TypeVar("Node", bound=Hashable)


class Link(NamedTuple):
    """A relation by keys: its own, its source claim's, its kind, and the claim or relation that it is aimed at."""

    key: int
    source: int
    kind: str
    claim: int | None
    relation: int | None


def with_both_ends(links: Iterable[Link], claims: Iterable[int]) -> list[Link]:
    """The links from one of these claims to one of them or, of an undercut, to a link that has both its ends."""
    there = set(claims)
    sound = {link.key: link for link in links if link.source in there and (link.claim is None or link.claim in there)}
    while cut := [key for key, link in sound.items() if link.claim is None and link.relation not in sound]:
        for key in cut:
            del sound[key]
    return list(sound.values())


def leads_to(links: Iterable[Link]) -> list[tuple[int, int]]:
    """Arrows between claims: an undercut leads where the relation it attacks leads."""
    by_key = {link.key: link for link in links}
    arrows = []
    for link in by_key.values():
        end: Link | None = link
        seen: set[int] = set()
        while end is not None and end.claim is None and end.key not in seen:
            seen.add(end.key)
            end = by_key.get(end.relation) if end.relation is not None else None
        if end is not None and end.claim is not None:
            arrows.append((link.source, end.claim))
    return arrows


def grouped(arrows: Iterable[tuple[Node, Node]]) -> dict[Node, list[Node]]:
    """Where the arrows of each node go."""
    targets: dict[Node, list[Node]] = {}
    for source, target in arrows:
        targets.setdefault(source, []).append(target)
    return targets


def reversed_arrows(arrows: Iterable[tuple[Node, Node]]) -> list[tuple[Node, Node]]:
    return [(target, source) for source, target in arrows]


def reaching(arrows: Iterable[tuple[Node, Node]], goals: Iterable[Node]) -> set[Node]:
    """Every node from which an arrow path leads to a goal, the goals included."""
    return spread(grouped(reversed_arrows(arrows)), goals, set())


def spread(targets: Mapping[Node, Iterable[Node]], starts: Iterable[Node], barred: AbstractSet[Node]) -> set[Node]:
    """The starts and every node that can be reached from them without entering a barred one."""
    found = set(starts) - barred
    waiting = list(found)
    while waiting:
        for target in targets.get(waiting.pop(), ()):
            if target not in found and target not in barred:
                found.add(target)
                waiting.append(target)
    return found


def finishing_order(targets: Mapping[Node, Iterable[Node]], nodes: Iterable[Node]) -> list[Node]:
    """The nodes in the order in which a depth-first walk leaves them, without recursion."""
    seen: set[Node] = set()
    order: list[Node] = []
    for root in nodes:
        walk = [] if root in seen else [(root, iter(targets.get(root, ())))]
        seen.add(root)
        while walk:
            node, ahead = walk[-1]
            following = next((target for target in ahead if target not in seen), None)
            if following is None:
                order.append(node)
                walk.pop()
            else:
                seen.add(following)
                walk.append((following, iter(targets.get(following, ()))))
    return order


def strong_components(arrows: Iterable[tuple[Node, Node]], nodes: Iterable[Node]) -> list[set[Node]]:
    """The sets of nodes that lead to each other, each before every set that it leads to.

    Kosaraju's algorithm (M. Sharir, 1981, Comput. Math. Appl. 7:67-72), linear in nodes and arrows.
    """
    kept = list(arrows)
    backward = grouped(reversed_arrows(kept))
    placed: set[Node] = set()
    components = []
    for node in reversed(finishing_order(grouped(kept), nodes)):
        if node not in placed:
            members = spread(backward, [node], placed)
            placed |= members
            components.append(members)
    return components


def hanging_on(claims: Iterable[int], arrows: Iterable[tuple[int, int]], theses: Iterable[int]) -> dict[int, int]:
    """For each claim, how many distinct claims, itself included, have a path to a thesis through it; 0 where loose.

    Sets of predecessors are kept as bits of one integer per strong component, so that 10,000 claims stay quick.
    """
    nodes = list(claims)
    within = set(nodes)
    kept = [(source, target) for source, target in arrows if source in within and target in within]
    fast = reaching(kept, (thesis for thesis in theses if thesis in within))
    forward, components = grouped(kept), strong_components(kept, nodes)
    home = {node: index for index, members in enumerate(components) for node in members}
    bit = {node: 1 << index for index, node in enumerate(nodes)}
    reached = [sum(bit[node] for node in members) for members in components]
    for index, members in enumerate(components):
        for further in {home[target] for node in members for target in forward.get(node, ())} - {index}:
            reached[further] |= reached[index]
    return {node: reached[home[node]].bit_count() if node in fast else 0 for node in nodes}


def meeting(links: Iterable[Link]) -> dict[int, list[int]]:
    """For each counterpoint, the keys of the relations that answer it.

    These are the relations that rebut or qualify its source claim, and those that undercut the counterpoint itself.
    """
    kept = list(links)
    striking = grouped((link.claim, link.key) for link in kept if link.kind in {"rebuts", "qualifies"})
    undercuts = grouped((link.relation, link.key) for link in kept if link.kind == "undercuts")
    points = (link for link in kept if link.kind != "supports")
    return {link.key: [*striking.get(link.source, ()), *undercuts.get(link.key, ())] for link in points}


def answered(links: Iterable[Link], countered: AbstractSet[int]) -> set[int]:
    """The keys of counterpoints that something answers: a relation, or an essay that counters their source claim.

    `countered`: the claims that an essay denies or qualifies.
    """
    kept = list(links)
    met = meeting(kept)
    return {link.key for link in kept if link.kind != "supports" and (met[link.key] or link.source in countered)}
