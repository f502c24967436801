"""Before and after: the matrix, what each side gains, who moved, and what goes with it."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.crux import Counted
from debate.reasoning.swing import Gain, Move, adjusted, beside, foremost, swing
from debate.reasoning.tally import wilson

SIDES = ("for", "against", None)
COUNTS = st.dictionaries(st.tuples(st.sampled_from(SIDES), st.sampled_from(SIDES)), st.integers(0, 500))
COUNTED = st.builds(Counted, st.integers(0, 300), st.integers(0, 300)).filter(lambda counted: counted.total > 0)
EXAMPLE = {
    ("for", "for"): 30,
    ("for", "against"): 5,
    ("against", "against"): 20,
    (None, "for"): 4,
    (None, "against"): 9,
}


# Who moved.


def test_rows_are_before_and_columns_after():
    assert swing(SIDES, EXAMPLE).matrix == [[30, 5, 0], [0, 20, 0], [4, 9, 0]]


def test_undecided_gains_and_loses_like_any_side():
    assert swing(SIDES, EXAMPLE).gains == [Gain("for", 35, 34), Gain("against", 20, 34), Gain(None, 13, 0)]
    assert [gain.net for gain in swing(SIDES, EXAMPLE).gains] == [-1, 14, -13]


def test_who_moved_is_told_with_an_interval():
    assert swing(SIDES, EXAMPLE).moved == wilson(18, 68)


def test_from_where_to_where_the_largest_first():
    moves = [Move(None, "against", 9), Move("for", "against", 5), Move(None, "for", 4)]
    assert swing(SIDES, EXAMPLE).moves == moves


def test_of_nobody_no_share_has_moved():
    found = swing(SIDES, {})
    assert (found.pairs, found.moved.value, found.moves) == (0, None, [])


@given(COUNTS)
def test_everybody_who_went_somewhere_came_from_somewhere(counts):
    found = swing(SIDES, counts)
    assert sum(gain.net for gain in found.gains) == 0
    assert sum(gain.before for gain in found.gains) == sum(gain.after for gain in found.gains) == found.pairs
    assert found.pairs == sum(counts.values())


@given(COUNTS)
def test_whoever_moved_is_off_the_diagonal(counts):
    found = swing(SIDES, counts)
    stayed = sum(found.matrix[place][place] for place in range(3))
    assert sum(move.readers for move in found.moves) == found.pairs - stayed
    assert all(move.before != move.after and move.readers for move in found.moves)


@given(COUNTS)
def test_told_the_other_way_round_gains_are_losses(counts):
    here, there = swing(SIDES, counts), swing(SIDES, {(after, before): n for (before, after), n in counts.items()})
    assert [gain.net for gain in here.gains] == [-gain.net for gain in there.gains]
    assert here.moved == there.moved


@given(COUNTS, st.permutations(SIDES))
def test_the_order_of_the_answers_is_the_order_told_and_nothing_else(counts, order):
    here, there = swing(SIDES, counts), swing(order, counts)
    assert sorted(here.gains, key=str) == sorted(there.gains, key=str)
    assert [gain.answer for gain in there.gains] == list(order)


BAD = [
    (("for", "for"), {}),
    (SIDES, {("for", "neither"): 1}),
    (SIDES, {("for",): 1}),
    (SIDES, {"for": 1}),
    (SIDES, {("for", None): -1}),
    (SIDES, {("for", None): 1.5}),
    (SIDES, {("for", None): True}),
]


@pytest.mark.parametrize(("answers", "counts"), BAD, ids=str)
def test_what_makes_no_sense_is_refused(answers, counts):
    with pytest.raises(ValueError, match=r"told once|pair is|whole numbers|unpack"):
        swing(answers, counts)


# Who wins by Intelligence Squared's rule.


def test_the_largest_net_gain_wins():
    assert foremost([Gain("for", 60, 62), Gain("against", 20, 30)]) == "against"


@pytest.mark.parametrize(
    "gains",
    [
        [],
        [Gain("for", 60, 60), Gain("against", 20, 20)],
        [Gain("for", 10, 15), Gain("against", 20, 25)],
        [Gain("for", 10, 5), Gain("against", 20, 19)],
    ],
    ids=["of none", "nobody moved", "a tie", "both lost"],
)
def test_sometimes_nobody_wins(gains):
    assert foremost(gains) is None


# What goes with moving.


def test_it_is_the_n_minus_1_chi_squared_of_the_table():
    a, b, c, d = 15, 5, 8, 22
    n = a + b + c + d
    chi_squared = (n - 1) * (a * d - b * c) ** 2 / ((a + b) * (c + d) * (a + c) * (b + d))
    assert beside(Counted(a, b), Counted(c, d)).z == pytest.approx(sqrt(chi_squared), abs=1e-12)


def test_the_chance_is_that_of_the_normal_distribution():
    # 12 of 20 against 6 of 20: z = 0.3 / √(0.45·0.55·0.1) · √(39/40); the tail of ±1.8829
    found = beside(Counted(12, 8), Counted(6, 14))
    assert (found.z, found.p) == (pytest.approx(1.882938, abs=1e-6), pytest.approx(0.059709, abs=1e-6))


@given(COUNTED, COUNTED)
def test_seen_from_those_who_stayed_it_is_turned_round(moved, stayed):
    here, there = beside(moved, stayed), beside(stayed, moved)
    assert (here.z, here.p) == pytest.approx((-there.z, there.p))


@given(COUNTED, COUNTED)
def test_agreeing_and_disagreeing_change_places(moved, stayed):
    assert beside(moved, stayed).z == pytest.approx(-beside(Counted(*moved[::-1]), Counted(*stayed[::-1])).z)


@given(COUNTED, COUNTED)
def test_a_chance_is_a_probability_and_has_the_sign_of_the_difference(moved, stayed):
    found = beside(moved, stayed)
    assert 0 <= found.p <= 1
    assert found.z * found.difference.value >= 0


@given(COUNTED)
def test_equal_shares_are_no_news(counted):
    assert beside(counted, counted).p == pytest.approx(1.0)


def test_where_all_answer_alike_there_is_nothing_to_tell():
    assert beside(Counted(12, 0), Counted(30, 0))[1:] == (0.0, 1.0)


@given(st.integers(1, 50), st.integers(1, 50))
def test_more_readers_with_the_same_shares_make_it_surer(one, other):
    few, many = ((Counted(3 * k, one * k), Counted(other * k, 3 * k)) for k in (1, 10))
    assert beside(*many).p <= beside(*few).p + 1e-12


@pytest.mark.parametrize("counted", [Counted(0, 0), Counted(-1, 3)])
def test_a_share_of_nobody_is_refused(counted):
    with pytest.raises(ValueError, match=r"needs somebody|lie between"):
        beside(Counted(5, 5), counted)


# Many tests at once.

BENJAMINI_HOCHBERG = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240),
    *(0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]
"""The example of their paper, section 4: of fifteen hypotheses, four are rejected at 0.05."""


def test_the_papers_own_example_rejects_four_of_fifteen():
    found = adjusted(BENJAMINI_HOCHBERG)
    assert [chance <= 0.05 for chance in found] == [True] * 4 + [False] * 11
    assert found[3] == pytest.approx(0.0095 * 15 / 4)


@given(st.lists(st.floats(0, 1), max_size=40))
def test_nothing_becomes_surer_and_the_order_stays(chances):
    found = adjusted(chances)
    assert all(chance <= raised <= 1 for chance, raised in zip(chances, found, strict=True))
    assert [found[n] for n in sorted(range(len(found)), key=chances.__getitem__)] == sorted(found)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.randoms())
def test_in_whatever_order_they_are_told(chances, random):
    order = list(range(len(chances)))
    random.shuffle(order)
    found = adjusted(chances)
    assert adjusted([chances[n] for n in order]) == pytest.approx([found[n] for n in order])


@pytest.mark.parametrize("chance", [-0.1, 1.1, float("nan")])
def test_what_is_no_p_value_is_refused(chance):
    with pytest.raises(ValueError, match="from 0 to 1"):
        adjusted([0.5, chance])
