"""Claims by how far authors part, authors by whom they agree with."""

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.arrangement import MEANT, MOST, Common, Disagreement, disagreement, in_common, likeness, seriated
from debate.reasoning.arrangement import stand as stand_of

kinds = st.lists(st.sampled_from(sorted(MEANT)), max_size=3)
stands = st.dictionaries(st.integers(0, 5), st.sampled_from([-1, 0, 1]))
several = st.lists(stands, min_size=3, max_size=6).map(lambda told: dict(enumerate(told)))


@pytest.mark.parametrize(
    ("kind", "meant"), [("asserts", 1), ("concedes", 1), ("denies", -1), ("qualifies", 0), ("reports", None)]
)
def test_what_a_stance_means(kind, meant):
    assert stand_of([kind]) == meant


def test_silence_is_no_stand():
    assert stand_of([]) is None


def test_the_latest_stance_counts():
    assert stand_of(["asserts", "denies"]) == -1


def test_a_later_report_changes_no_mind():
    assert stand_of(["denies", "reports"]) == -1


def test_what_is_no_stance_is_refused():
    with pytest.raises(ValueError, match="no stance"):
        stand_of(["doubts"])


def test_each_pair_that_parts_is_counted():
    assert disagreement([["asserts"], ["concedes"], ["denies"]]).parted == 2


def test_each_pair_that_one_qualifies_for_is_counted_apart():
    assert disagreement([["asserts"], ["denies"], ["qualifies"], ["qualifies"]]) == Disagreement(1, 4, 4)


def test_two_who_qualify_neither_part_nor_strain():
    assert disagreement([["qualifies"], ["qualifies"]]) == Disagreement(0, 0, 2)


def test_a_report_is_speech_but_nobodys_opinion():
    assert disagreement([["asserts"], ["reports"]]) == Disagreement(0, 0, 2)


def test_the_silent_do_not_speak():
    assert disagreement([["denies"], [], []]) == Disagreement(0, 0, 1)


@given(st.lists(kinds, max_size=6))
def test_pairs_are_the_pairs_there_are(voices):
    found, told = disagreement(voices), [stand_of(voice) for voice in voices]
    pairs = [(a, b) for n, a in enumerate(told) for b in told[:n] if a is not None and b is not None]
    assert found[:2] == (sum(a * b == -1 for a, b in pairs), sum((a == 0) != (b == 0) for a, b in pairs))


@given(st.lists(kinds, max_size=5), kinds)
def test_one_more_voice_never_lessens_it(voices, more):
    before, after = disagreement(voices), disagreement([*voices, more])
    assert all(a >= b for a, b in zip(after, before, strict=True))


def test_common_ground_leaves_out_what_either_qualifies():
    assert in_common({1: 1, 2: -1, 3: 0, 4: 1}, {1: 1, 2: 1, 3: 1, 5: -1}) == Common(1, 1)


@given(stands, stands)
def test_common_ground_is_mutual(one, other):
    assert in_common(one, other) == in_common(other, one)


def test_nothing_in_common_is_no_likeness():
    assert likeness(Common(0, 0)) == 0


def test_more_common_ground_is_more_likeness_at_the_same_share():
    assert likeness(Common(8, 0)) > likeness(Common(4, 0))


def test_two_stay_as_they_are_given():
    assert seriated({"b": {1: 1}, "a": {1: -1}}) == ["b", "a"]


def test_the_opposed_stand_at_the_ends():
    told = {"for": {1: 1, 2: 1}, "against": {1: -1, 2: -1}, "between": {1: 1, 2: -1}}
    assert seriated(told) == ["for", "between", "against"]


def test_whoever_agrees_with_an_end_stands_beside_it():
    told = {
        "for": {1: 1, 2: 1, 3: 1, 4: 1},
        "against": {1: -1, 2: -1, 5: 1, 6: 1},
        "like against": {5: 1, 6: 1, 7: 1},
        "like for": {3: 1, 4: 1, 7: -1},
    }
    assert seriated(told) == ["for", "like for", "like against", "against"]


def test_with_nobody_opposed_the_least_alike_stand_at_the_ends():
    told = {"a": {1: 1, 2: 1}, "b": {1: 1, 2: 1, 3: 1, 4: 1}, "c": {3: 1, 4: 1}}
    assert seriated(told) == ["a", "b", "c"]


def neighbours(order, told):
    return sum(likeness(in_common(told[a], told[b])) for a, b in pairwise(order))


@given(several)
def test_no_other_order_between_the_ends_has_neighbours_more_alike(told):
    found = seriated(told)
    others = ([found[0], *inner, found[-1]] for inner in permutations(found[1:-1]))
    assert neighbours(found, told) >= max(neighbours(order, told) for order in others) - 1e-6


@given(several)
def test_nobody_is_more_opposed_than_the_ends(told):
    found = seriated(told)
    ends = in_common(told[found[0]], told[found[-1]]).opposed
    assert ends == max(in_common(told[a], told[b]).opposed for a in told for b in told if a != b)


@given(several)
def test_everybody_stands_somewhere_once(told):
    assert sorted(seriated(told)) == sorted(told)


def test_nobody_stands_nowhere():
    assert seriated({}) == []


def test_more_than_can_be_ordered_are_refused():
    with pytest.raises(ValueError, match="at most"):
        seriated({n: {1: 1} for n in range(MOST + 1)})


def test_as_many_as_can_be_ordered_are():
    told = {n: {claim: 1 if claim <= n else -1 for claim in range(MOST)} for n in range(MOST)}
    assert seriated(told) == sorted(told)
