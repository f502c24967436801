"""What would change if one counterpoint fell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.forces import forces_of, strengths_of
from debate.reasoning.graph import Link
from debate.reasoning.sensitivity import Web, affordable, distances, falls, nearest
from debate.reasoning.start import START, start_by_votes

# 1 and 2 are theses that deny each other; 3 supports 1, 4 rebuts 3, 5 undercuts that 3 supports 1, 6 qualifies 3.
LINKS = [
    Link(1, 1, "rebuts", 2, None),
    Link(2, 2, "rebuts", 1, None),
    Link(3, 3, "supports", 1, None),
    Link(4, 4, "rebuts", 3, None),
    Link(5, 5, "undercuts", None, 3),
    Link(6, 6, "qualifies", 3, None),
    Link(7, 6, "undercuts", None, 6),
]
CLAIMS = range(1, 7)


def strengths(links):
    return strengths_of(dict.fromkeys(CLAIMS, START), links)


def web(links=LINKS):
    return Web(links, strengths(links))


def drawn(most):
    """Relations that point from later claims to earlier ones, or anywhere where circles are allowed."""
    end = st.integers(1, 6)
    return st.lists(st.tuples(end, end, st.sampled_from(["supports", "rebuts"])), max_size=most, unique=True).map(
        lambda rows: [Link(key, a, kind, b, None) for key, (a, b, kind) in enumerate(rows, 1) if a > b]
    )


def test_what_qualifies_carries_no_strength():
    assert forces_of(LINKS).supports == [(3, 1)]
    assert forces_of(LINKS).attacks == [(1, 2), (2, 1), (4, 3)]


def test_an_undercut_of_what_qualifies_has_no_effect():
    assert forces_of(LINKS).undercuts == [(5, (3, 1))]


def test_an_undercut_of_an_undercut_has_no_effect():
    deeper = [*LINKS, Link(8, 6, "undercuts", None, 5)]
    assert strengths(deeper) == strengths(LINKS)


def test_relations_to_claims_that_are_not_there_are_left_out():
    assert strengths_of({1: START}, LINKS) == {1: START}


@given(drawn(12))
def test_it_is_what_the_whole_graph_without_it_comes_to(links):
    kept = web(links)
    for link in links:
        whole = strengths([other for other in links if other.key != link.key])
        assert kept.without(link.key) == pytest.approx({c: whole[c] for c in kept.without(link.key)})


def test_an_undercut_that_falls_gives_back_what_it_took():
    (fall,) = falls(web(), [LINKS[4]], [1, 2])
    assert fall.gains[1] > 0 > fall.gains[2]


def test_the_most_of_a_fall_is_its_largest_change_either_way():
    (fall,) = falls(web(), [LINKS[4]], [1, 2])
    assert fall.most == max(abs(gain) for gain in fall.gains.values())


def test_an_undercut_without_effect_changes_nothing():
    assert web().without(7) == {}


def test_what_the_theses_say_of_each_other_is_left_out():
    assert [link.key for link in nearest(web(), [1, 2])] == [5, 4]


def test_distances_count_relations_to_the_nearest_goal():
    assert distances(LINKS, [1, 2]) == {1: 0, 2: 0, 3: 1, 5: 1, 4: 2, 6: 2}


def test_votes_draw_the_beginning_from_one_half():
    assert (start_by_votes(0, 0), start_by_votes(3, 1)) == (START, pytest.approx(4 / 6))


def test_votes_below_zero_are_refused():
    with pytest.raises(ValueError, match="from zero"):
        start_by_votes(-1, 2)


@pytest.mark.parametrize(("relations", "tried"), [(0, 100), (110, 100), (1_000, 100), (4_000, 25), (16_500, 12)])
def test_fewer_counterpoints_are_tried_where_each_costs_more(relations, tried):
    assert affordable(relations) == tried
