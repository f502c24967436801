"""Which claims to ask, so that the answers tell authors apart."""

from collections import Counter
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.reasoning.asking import ASKED, MOST, asked_of_all, next_questions, telling_apart, within_reach
from debate.reasoning.nearness import LEAST, nearness

stands = st.dictionaries(st.integers(0, 14), st.sampled_from([-1, 0, 1]), max_size=15)
several = st.lists(stands, min_size=1, max_size=4).map(lambda told: dict(enumerate(told)))
sides = st.dictionaries(st.integers(0, 14), st.sampled_from(["yes", "no", None]))
few = settings(max_examples=30)
weights = st.dictionaries(st.integers(0, 14), st.integers(0, 9))


def spoken(authors):
    return {claim for told in authors.values() for claim, stand in told.items() if stand}


def even(chosen, authors, favours):
    """Whether no side has two more than another that has a claim left to give."""
    counts = Counter(favours.get(claim) for claim in chosen)
    open_sides = {favours.get(claim) for claim in spoken(authors) - set(chosen)} - {None}
    least = min((counts[side] for side in open_sides), default=len(chosen))
    return all(counts[side] <= least + 1 for side in counts if side is not None)


def reach(chosen, authors):
    """How far authors are on their way to being told, summed."""
    return sum(min(LEAST, sum(bool(told.get(claim)) for claim in chosen)) for told in authors.values())


# What tells apart.


def test_first_comes_what_one_accepts_and_another_denies():
    assert telling_apart({"a": {1: 1, 2: 1, 3: 1}, "b": {2: -1, 3: 1}}, {}, {}, count=1) == [2]


def test_once_two_are_within_reach_what_both_accept_tells_nothing():
    told = {"a": dict.fromkeys(range(8), 1), "b": dict.fromkeys(range(7), 1)}
    answers = dict.fromkeys(range(5), 1)
    assert telling_apart(told, {}, {5: 9, 6: 9}, count=1, answers=answers) == [7]


def test_a_pair_not_told_apart_comes_before_one_that_is():
    told = {"a": {1: 1, 2: 1}, "b": {1: -1, 2: -1}, "c": {3: 1}, "d": {3: -1}}
    assert set(telling_apart(told, {}, {}, count=2)) == {1, 3}


def test_of_equals_the_weightiest_comes_first_then_the_lowest_key():
    told = {"a": dict.fromkeys(range(4), 1), "b": dict.fromkeys(range(4), -1)}
    assert telling_apart(told, {}, {2: 5, 3: 5}) == [2, 3, 0, 1]


def test_each_of_five_authors_is_brought_within_reach_by_ten_claims():
    told = {n: {(2 * n + step) % 10: 1 for step in range(5)} for n in range(5)}
    assert reach(telling_apart(told, {}, {}), told) == 5 * LEAST


def test_everybody_comes_as_far_within_reach_as_any_ten_claims_bring_them():
    """In four of these cases only by an exchange."""
    random = Random(11)
    for _case in range(60):
        told = {author: {n: 1 for n in range(12) if random.random() < 0.5} for author in range(5)}
        best = max(reach(some, told) for some in combinations(range(12), ASKED))
        assert reach(telling_apart(told, {}, {}), told) == best


# Fairness.


def test_the_sides_take_turns_also_where_one_side_tells_more():
    told = {"a": dict.fromkeys(range(20), 1), "b": dict.fromkeys(range(10), -1)}
    favours = {n: "yes" if n < 10 else "no" for n in range(20)}
    assert Counter(favours[n] for n in telling_apart(told, favours, {})) == {"yes": 5, "no": 5}


def test_a_side_with_no_claim_left_to_give_holds_nobody_up():
    told = {"a": dict.fromkeys(range(12), 1), "b": dict.fromkeys(range(12), -1)}
    favours = {n: "yes" if n < 11 else "no" for n in range(12)}
    assert Counter(favours[n] for n in telling_apart(told, favours, {})) == {"yes": 9, "no": 1}


def test_claims_of_neither_side_may_be_asked_freely():
    told = {"a": dict.fromkeys(range(12), 1), "b": dict.fromkeys(range(12), -1)}
    assert len(telling_apart(told, {0: "yes", 1: "no"}, {})) == ASKED


@few
@given(several, sides, weights)
def test_no_side_is_favoured(authors, favours, weight):
    assert even(telling_apart(authors, favours, weight), authors, favours)


@few
@given(several, sides, weights)
def test_no_side_is_favoured_on_the_way_either(authors, favours, weight):
    first = telling_apart(authors, favours, weight, count=3)
    assert even(first, authors, favours)


# What holds of every choice.


@few
@given(several, sides, weights, stands)
def test_ten_at_most_each_once_none_answered_and_somebody_stands_on_each(authors, favours, weight, answers):
    chosen = telling_apart(authors, favours, weight, answers=answers)
    assert len(chosen) == len(set(chosen)) == min(ASKED, len(spoken(authors) - answers.keys()))
    assert set(chosen) <= spoken(authors) - answers.keys()


@few
@given(several, sides, weights)
def test_the_order_in_which_authors_are_given_does_not_matter(authors, favours, weight):
    backward = dict(reversed(authors.items()))
    assert telling_apart(backward, favours, weight) == telling_apart(authors, favours, weight)


@few
@given(several, sides, weights)
def test_whether_all_accept_or_all_deny_does_not_matter(authors, favours, weight):
    turned = {author: {claim: -stand for claim, stand in told.items()} for author, told in authors.items()}
    assert telling_apart(turned, favours, weight) == telling_apart(authors, favours, weight)


@few
@given(several)
def test_whoever_answers_as_an_author_stands_is_nowhere_nearer_to_another(authors):
    chosen = telling_apart(authors, {}, {})
    for author, told in authors.items():
        answers = {claim: told.get(claim, 0) for claim in chosen}
        own = nearness(author, answers, told).share.lower
        assert all(nearness(other, answers, theirs).share.lower <= own for other, theirs in authors.items())


def test_nobody_and_nothing_ask_nothing():
    assert telling_apart({}, {}, {}) == []
    assert telling_apart({"a": {}, "b": {1: 0}}, {}, {}) == []


def test_more_authors_than_can_be_told_apart_are_refused():
    with pytest.raises(ValueError, match="at most"):
        telling_apart({n: {1: 1} for n in range(MOST + 1)}, {}, {})


# The claims asked of everybody.


def test_hundreds_who_share_nothing_keep_nobody_from_being_told():
    told = {author: {20 * author + n: 1 for n in range(20 - author % 3)} for author in range(40)}
    assert len(within_reach(told, asked_of_all(told, {}, {}))) == 2


def test_one_who_takes_few_stands_keeps_nobody_from_being_told():
    told = {"a": dict.fromkeys(range(9), 1), "b": dict.fromkeys(range(9), -1), "few": {20: 1, 21: -1}}
    assert asked_of_all(told, {}, {}) == telling_apart({"a": told["a"], "b": told["b"]}, {}, {})


def test_where_nobody_takes_five_stands_nobody_is_told():
    told = {"a": {1: 1, 2: 1}, "b": {2: -1}}
    assert within_reach(told, asked_of_all(told, {}, {})) == []


@few
@given(several, sides, weights)
def test_it_reaches_no_fewer_than_telling_all_apart_would(authors, favours, weight):
    reached = within_reach(authors, asked_of_all(authors, favours, weight))
    assert len(reached) >= len(within_reach(authors, telling_apart(authors, favours, weight)))


# The next question for one reader.


def test_the_next_question_tells_the_two_nearest_apart():
    common = dict.fromkeys(range(6), 1)
    told = {
        "near": {**common, 10: 1, 11: 1},
        "as near": {**common, 10: -1, 11: 1},
        "third": {**common, 5: -1, 11: 1},
        "far": {**dict.fromkeys(range(6), -1), 11: -1},
    }
    assert next_questions(dict.fromkeys(range(6), 1), told, {}, {}) == [10]


def test_what_tells_only_far_ones_apart_is_not_asked():
    common = dict.fromkeys(range(6), 1)
    told = {name: {**common, 20 + n: 1} for n, name in enumerate("abc")}
    told |= {"far": dict.fromkeys(range(6), -1) | {30: 1}, "further": dict.fromkeys(range(6), -1) | {30: -1}}
    assert 30 not in next_questions(dict.fromkeys(range(6), 1), told, {}, {}, count=9)


def test_before_anything_is_answered_it_is_the_first_of_the_ten():
    told = {"a": {1: 1, 2: 1}, "b": {2: -1}, "c": {3: 1}}
    assert next_questions({}, told, {}, {}) == telling_apart(told, {}, {}, count=1)


@few
@given(several, stands, sides, weights)
def test_nothing_is_asked_twice_passes_included(authors, answers, favours, weight):
    assert not set(next_questions(answers, authors, favours, weight, count=5)) & answers.keys()
