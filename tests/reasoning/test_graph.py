"""What hangs on what."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.graph import Link, answered, hanging_on, leads_to, reaching, with_both_ends

arrows_between = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20)


def by_hand(claims, arrows, theses):
    """The definition, spelled out: x counts for c if x leads to c and c leads to a thesis."""
    fast = reaching(arrows, theses)
    return {c: sum(c in fast and c in reached_from(x, arrows) for x in claims) for c in claims}


def reached_from(start, arrows):
    return reaching([(target, source) for source, target in arrows], [start])


def test_a_chain_hangs_on_its_end():
    assert hanging_on([1, 2, 3], [(1, 2), (2, 3)], [3]) == {1: 1, 2: 2, 3: 3}


def test_a_loose_claim_carries_nothing():
    assert hanging_on([1, 2, 9], [(1, 2)], [2])[9] == 0


def test_a_diamond_counts_each_claim_once():
    assert hanging_on([1, 2, 3, 4], [(1, 2), (1, 3), (2, 4), (3, 4)], [4])[4] == 4


def test_claims_that_answer_each_other_share_what_hangs_on_them():
    assert hanging_on([1, 2, 3], [(1, 2), (2, 1), (2, 3)], [3]) == {1: 2, 2: 2, 3: 3}


@given(arrows_between, st.sets(st.integers(0, 7), min_size=1))
def test_it_is_the_definition_on_any_graph(arrows, theses):
    claims = list(range(8))
    assert hanging_on(claims, arrows, theses) == by_hand(claims, arrows, theses)


def test_an_undercut_leads_where_the_relation_it_attacks_leads():
    links = [Link(1, 10, "supports", 20, None), Link(2, 30, "undercuts", None, 1), Link(3, 40, "undercuts", None, 2)]
    assert leads_to(links) == [(10, 20), (30, 20), (40, 20)]


def test_an_undercut_of_a_hidden_relation_leads_nowhere():
    assert leads_to([Link(2, 30, "undercuts", None, 1)]) == []


def test_a_counterpoint_is_answered_by_a_relation_against_its_source():
    point, reply = Link(1, 10, "rebuts", 20, None), Link(2, 30, "qualifies", 10, None)
    assert answered([point, reply], set()) == {1}


def test_a_counterpoint_is_answered_by_an_undercut_of_it():
    point, reply = Link(1, 10, "rebuts", 20, None), Link(2, 30, "undercuts", None, 1)
    assert answered([point, reply], set()) == {1}


def test_a_counterpoint_is_answered_by_an_essay_that_counters_its_source():
    assert answered([Link(1, 10, "rebuts", 20, None)], {10}) == {1}


def test_a_support_answers_nothing():
    point, more = Link(1, 10, "rebuts", 20, None), Link(2, 30, "supports", 10, None)
    assert answered([point, more], set()) == set()


def test_a_long_chain_does_not_exhaust_the_stack():
    claims = list(range(20_000))
    assert hanging_on(claims, list(itertools.pairwise(claims)), [19_999])[19_999] == 20_000


def test_a_link_to_or_from_what_is_not_there_is_left_out():
    links = [Link(1, 10, "supports", 20, None), Link(2, 30, "rebuts", 20, None), Link(3, 10, "rebuts", 30, None)]
    assert with_both_ends(links, [10, 20]) == links[:1]


def test_what_undercuts_a_link_goes_with_it_and_so_on():
    attacked = Link(1, 30, "supports", 20, None)
    undercut, second = Link(2, 10, "undercuts", None, 1), Link(3, 20, "undercuts", None, 2)
    assert with_both_ends([second, undercut, attacked], [10, 20, 30]) == [second, undercut, attacked]
    assert with_both_ends([second, undercut, attacked], [10, 20]) == []
