"""How near a reader is to an author, and on which claims they differ."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.reasoning.nearness import LEAST, gaps, nearest, nearness, ranked
from debate.reasoning.tally import wilson

few = settings(max_examples=40)
stands = st.dictionaries(st.integers(0, 12), st.sampled_from([-1, 0, 1]), max_size=13)
authors = st.dictionaries(st.text(max_size=3), stands, max_size=5)


def test_of_six_in_common_five_agree():
    answers = {1: 1, 2: 1, 3: -1, 4: -1, 5: 1, 6: 1, 7: 1}
    near = nearness("a", answers, {1: 1, 2: 1, 3: -1, 4: -1, 5: 1, 6: -1, 8: 1})
    assert (near.author, near.agreed, near.common) == ("a", 5, 6)
    assert near.share == wilson(5, 6)


def test_the_interval_of_nine_in_ten_is_the_published_one():
    near = nearness("a", dict.fromkeys(range(10), 1), {**dict.fromkeys(range(9), 1), 9: -1})
    assert near.share.value == 0.9
    assert (near.share.lower, near.share.upper) == pytest.approx((0.595850, 0.982124), abs=1e-6)


def test_what_either_leaves_open_is_not_in_common():
    assert nearness("a", {1: 0, 2: 1, 3: 1}, {1: 1, 2: 0, 3: 1}).common == 1


def test_with_nothing_in_common_there_is_no_share():
    assert nearness("a", {1: 1}, {2: 1}).share.value is None


@pytest.mark.parametrize(("common", "told"), [(4, False), (5, True)])
def test_five_in_common_are_enough_and_four_are_not(common, told):
    assert nearness("a", dict.fromkeys(range(common), 1), dict.fromkeys(range(9), 1)).told is told


def test_the_surer_agreement_is_the_nearer_at_the_same_share():
    told = {"few": dict.fromkeys(range(5), 1), "many": dict.fromkeys(range(9), 1)}
    assert [near.author for near in nearest(dict.fromkeys(range(9), 1), told)] == ["many", "few"]


def test_a_little_disagreement_on_much_is_nearer_than_agreement_on_little():
    told = {"little": dict.fromkeys(range(5), 1), "much": {**dict.fromkeys(range(29), 1), 29: -1}}
    assert nearest(dict.fromkeys(range(30), 1), told)[0].author == "much"


def test_of_two_who_agree_on_nothing_the_one_less_surely_opposed_comes_first():
    told = {"surely": dict.fromkeys(range(9), -1), "barely": dict.fromkeys(range(5), -1)}
    assert [near.author for near in nearest(dict.fromkeys(range(9), 1), told)] == ["barely", "surely"]


def test_equals_come_in_the_order_given():
    told = {name: dict.fromkeys(range(5), 1) for name in "cab"}
    assert [near.author for near in nearest(dict.fromkeys(range(5), 1), told)] == ["c", "a", "b"]


def test_gaps_are_where_they_differ_the_most_central_first():
    answers, theirs = {1: 1, 2: -1, 3: 1, 4: 0, 5: 1}, {1: -1, 2: 1, 3: -1, 4: 1, 5: 1, 6: 1}
    assert gaps(answers, theirs, {1: 3, 2: 9, 3: 3}) == [2, 1, 3]


@few
@given(stands, stands)
def test_it_is_mutual(one, other):
    assert nearness("a", one, other) == nearness("a", other, one)


@few
@given(stands, stands)
def test_whoever_turns_every_answer_round_agrees_where_the_other_does_not(answers, theirs):
    there, back = nearness("a", answers, theirs), nearness("a", {n: -value for n, value in answers.items()}, theirs)
    assert (there.common, there.agreed) == (back.common, back.common - back.agreed)


@few
@given(stands, stands)
def test_agreements_and_gaps_make_up_what_is_in_common(answers, theirs):
    near = nearness("a", answers, theirs)
    assert near.agreed + len(gaps(answers, theirs, {})) == near.common


@few
@given(stands)
def test_whoever_answers_as_an_author_stands_differs_nowhere(theirs):
    near = nearness("a", theirs, theirs)
    assert near.agreed == near.common
    assert gaps(theirs, theirs, {}) == []


@few
@given(stands, authors, st.integers(13, 20))
def test_a_pass_changes_nothing(answers, told, claim):
    assert ranked({**answers, claim: 0}, told) == ranked(answers, told)


@few
@given(stands, authors)
def test_the_nearest_are_the_ranked_of_whom_enough_is_known(answers, told):
    found = ranked(answers, told)
    assert nearest(answers, told) == [near for near in found if near.common >= LEAST]
    lower = [near.share.lower for near in found]
    assert lower == sorted(lower, reverse=True)


@few
@given(stands, authors)
def test_only_whoever_has_something_in_common_is_ranked_and_once(answers, told):
    found = [near.author for near in ranked(answers, told)]
    assert sorted(found) == sorted(a for a in told if nearness(a, answers, told[a]).common)
