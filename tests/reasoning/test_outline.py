"""A graph of claims told as an outline."""

from debate.reasoning.graph import Link
from debate.reasoning.outline import DEEPEST, Graph, Outliner, Place, around, in_order, leading_to_theses, most_central

# 1 and 2 are theses that rebut each other; 3 qualifies 1 and supports 2; 4 supports 3; 5 undercuts that; 6 is alone.
LINKS = [
    Link(1, 1, "rebuts", 2, None),
    Link(2, 2, "rebuts", 1, None),
    Link(3, 3, "qualifies", 1, None),
    Link(4, 3, "supports", 2, None),
    Link(5, 4, "supports", 3, None),
    Link(6, 5, "undercuts", None, 5),
]
CENTRAL = {1: 9, 2: 9, 3: 4, 4: 2, 5: 1, 6: 0}
GRAPH = Graph(CENTRAL, LINKS, [1, 2])


def told(graph: Graph, shown: set[int]) -> list[Place]:
    return list(in_order(Outliner(graph, shown).outline()))


def chain(length: int) -> Graph:
    """Each claim supports the one before it; the first is the thesis."""
    links = [Link(n, n + 1, "supports", n, None) for n in range(1, length)]
    return Graph({n: length - n for n in range(1, length + 1)}, links, [1])


def test_every_claim_is_told_in_full_once():
    assert sorted(place.claim for place in told(GRAPH, set(CENTRAL)) if place.full) == [1, 2, 3, 4, 5, 6]


def test_every_link_is_told_once():
    assert sorted(place.link.key for place in told(GRAPH, set(CENTRAL)) if place.link) == [1, 2, 3, 4, 5, 6]


def test_the_outline_begins_with_the_theses_and_ends_with_what_leads_nowhere():
    assert [place.claim for place in Outliner(GRAPH, set(CENTRAL)).outline()] == [1, 2, 6]


def test_a_claim_has_its_home_where_it_supports():
    (home,) = (place for place in told(GRAPH, set(CENTRAL)) if place.claim == 3 and place.full)
    assert home.link is not None
    assert home.link.claim == 2


def test_an_undercut_stands_at_the_link_it_attacks():
    (attacked,) = (place for place in told(GRAPH, set(CENTRAL)) if place.link and place.link.key == 5)
    assert [place.claim for place in attacked.undercuts] == [5]


def test_what_bears_on_a_claim_and_is_not_shown_is_counted():
    homes = {place.claim: place.more for place in told(GRAPH, {1, 2, 3}) if place.full}
    assert homes == {1: 0, 2: 0, 3: 1}


def test_one_step_around_a_claim_goes_both_ways():
    assert around(GRAPH, 3, 1) == {3: 0, 1: 1, 2: 1, 4: 1, 5: 1}


def test_an_undercut_is_one_step_from_both_ends_of_what_it_attacks():
    assert around(GRAPH, 5, 1) == {5: 0, 3: 1, 4: 1}


def test_chosen_claims_bring_along_what_ties_them_to_a_thesis():
    assert leading_to_theses(GRAPH, {5}) >= {3, 4, 5}
    assert leading_to_theses(GRAPH, {5}) & {1, 2}


def test_what_leads_nowhere_brings_nothing_along():
    assert leading_to_theses(GRAPH, {6}) == {6}


def test_the_most_central_are_taken_in_first_and_hang_together():
    assert most_central(GRAPH, set(CENTRAL), 3) == [1, 2, 3]


def test_nothing_deeper_than_the_limit_is_taken_in():
    assert len(most_central(chain(40), set(range(1, 41)), 40)) == DEEPEST + 1


def test_a_circle_that_leads_nowhere_is_told():
    graph = Graph({1: 0, 2: 0}, [Link(1, 1, "rebuts", 2, None), Link(2, 2, "rebuts", 1, None)], [])
    assert [place.claim for place in Outliner(graph, {1, 2}).outline()] == [1]
    assert sorted(place.link.key for place in told(graph, {1, 2}) if place.link) == [1, 2]


def test_the_outline_of_a_long_chain_is_not_endless():
    assert max(place.number for place in told(chain(3_000), set(range(1, 3_001)))) < 6_000
