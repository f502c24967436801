"""Who thinks alike, what unites and what divides them."""

from itertools import permutations, product
from math import nan, sqrt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as nps

from debate.reasoning import ballots
from debate.reasoning.opinion import consensus, groups, project, representative, steady

ANSWERS = [1.0, 0.0, -1.0, nan]

arrays = nps.arrays(np.float64, st.tuples(st.integers(0, 9), st.integers(0, 6)), elements=st.sampled_from(ANSWERS))
seeds = st.integers(0, 5)


def of_two_minds(readers=40, claims=12, seed=1):
    """Half of the readers mostly agree with everything, half mostly disagree; one vote in five is missing."""
    dice = np.random.default_rng(seed)
    leaning = np.repeat([0.9, 0.1], [readers // 2, readers - readers // 2])
    votes = np.where(dice.random((readers, claims)) < leaning[:, None], 1.0, -1.0)
    votes[dice.random(votes.shape) < 0.2] = nan
    return votes


def scatter(points, labels):
    """Within groups: squared distances to their middles."""
    return sum(((points[labels == g] - points[labels == g].mean(axis=0)) ** 2).sum() for g in set(labels.tolist()))


# In the plane.


def test_components_are_at_right_angles_and_of_length_one():
    components = project(of_two_minds()).components
    assert components @ components.T == pytest.approx(np.eye(2), abs=1e-12)


def test_the_largest_entry_of_a_component_is_positive():
    components = project(of_two_minds()).components
    assert all(row[np.abs(row).argmax()] > 0 for row in components)


def test_components_are_the_singular_vectors_of_what_is_filled_in():
    votes = of_two_minds()
    filled = np.where(np.isnan(votes), np.nanmean(votes, axis=0), votes)
    _u, _s, vectors = np.linalg.svd(filled - filled.mean(axis=0))
    assert np.abs(np.sum(vectors[:2] * project(votes).components, axis=1)) == pytest.approx([1, 1], abs=1e-9)


def test_a_position_is_scaled_for_what_is_missing():
    votes = of_two_minds()
    found = project(votes)
    row = votes[3]
    moved = np.where(np.isnan(row), 0, row - found.mean)
    assert found.positions[3] == pytest.approx(found.components @ moved * sqrt(12 / (~np.isnan(row)).sum()), abs=1e-12)


def test_whoever_has_not_voted_is_in_the_middle():
    votes = np.vstack([of_two_minds(), np.full(12, nan)])
    assert project(votes).positions[-1].tolist() == [0.0, 0.0]


def test_a_claim_without_votes_moves_nobody():
    votes = of_two_minds()
    votes[:, 4] = nan
    found = project(votes)
    assert (found.mean[4], *found.components[:, 4]) == (0.0, 0.0, 0.0)


def test_where_all_agree_there_is_no_axis():
    found = project(np.ones((5, 4)))
    assert (found.components == 0).all()
    assert (found.positions == 0).all()


def test_one_claim_has_one_axis():
    found = project([[1], [1], [-1]])
    assert found.components.tolist() == [[1.0], [0.0]]


def test_the_same_in_slices(monkeypatch):
    votes = of_two_minds()
    whole = project(votes)
    monkeypatch.setattr(ballots, "CELLS", 30)
    assert project(votes).positions == pytest.approx(whole.positions, abs=1e-9)


@given(arrays)
def test_nothing_is_ever_without_a_number(votes):
    found = project(votes)
    assert found.components.shape == (2, votes.shape[1])
    assert found.positions.shape == (len(votes), 2)
    assert all(np.isfinite(part).all() for part in found)


@given(arrays)
def test_the_votes_are_left_as_they_are(votes):
    before = votes.copy()
    told = groups(votes)
    consensus(votes, told.labels)
    representative(votes, told.labels)
    assert np.array_equal(before, votes, equal_nan=True)


@pytest.mark.parametrize("dtype", [np.int8, np.int64, np.float32])
def test_numbers_of_any_width_are_votes(dtype):
    votes = np.where(np.isnan(of_two_minds()), 0, of_two_minds())
    assert project(votes.astype(dtype)).components == pytest.approx(project(votes).components, abs=1e-9)


# In groups.


def test_two_minds_are_two_groups():
    labels = groups(of_two_minds(claims=24)).labels.tolist()
    assert sorted([set(labels[:20]), set(labels[20:])], key=min) == [{0}, {1}]


@pytest.mark.parametrize("minds", [3, 4, 5])
def test_as_many_groups_as_there_are_minds(minds):
    corners = list(product([1.0, -1.0], repeat=3))[:minds]
    votes = np.repeat(np.repeat(np.array(corners), 4, axis=1), 8, axis=0)
    found = groups(votes)
    assert found.count == len({tuple(place) for place in found.positions.round(6).tolist()})


def test_the_largest_group_is_the_first():
    found = groups(of_two_minds(readers=41, claims=24))
    assert np.bincount(found.labels).tolist() == [21, 20]


def test_the_same_seed_makes_the_same_groups():
    votes = np.random.default_rng(3).choice([1.0, -1.0, nan], (60, 20))
    assert groups(votes, seed=4).labels.tolist() == groups(votes, seed=4).labels.tolist()


def test_readers_with_few_votes_are_left_out():
    votes = of_two_minds()
    votes[0, :] = nan
    votes[0, :6] = 1
    votes[1, :] = nan
    votes[1, :7] = 1
    assert [label >= 0 for label in groups(votes).labels[:2]] == [False, True]


def test_of_few_claims_all_have_to_be_voted_on():
    labels = groups([[1, 1, 1], [1, -1, nan], [-1, -1, -1]]).labels
    assert labels[1] == -1
    assert sorted(labels[[0, 2]].tolist()) == [0, 1]


def test_the_groups_are_the_best_of_all_partitions_of_a_few():
    votes = np.random.default_rng(7).choice([1.0, -1.0], (8, 9))
    found = groups(votes, count=3)
    best = min(scatter(found.positions, np.array(labels)) for labels in product(range(3), repeat=8))
    assert scatter(found.positions, found.labels) == pytest.approx(best, abs=1e-9)


def test_many_readers_are_grouped_by_a_sample_of_them():
    votes = of_two_minds(readers=5_000)
    found = groups(votes)
    assert found.count == 2
    assert np.mean(found.labels[:2500] != found.labels[-1]) > 0.99


@given(arrays, seeds, st.one_of(st.none(), st.integers(1, 6)))
def test_every_label_is_of_a_group_that_has_members(votes, seed, count):
    found = groups(votes, seed, count)
    assert set(found.labels.tolist()) - {-1} == set(range(found.count))
    assert found.count <= (count or 5)


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0)])
def test_where_nobody_can_be_placed_there_is_no_group(shape):
    found = groups(np.empty(shape))
    assert (found.count, found.labels.tolist()) == (0, [-1] * shape[0])


def test_one_reader_is_one_group():
    assert groups(np.ones((1, 8))).count == 1


def test_identical_readers_are_one_group():
    assert groups(np.tile([1.0, -1, 0, 1, 1, 1, -1, 1], (6, 1)), count=3).count == 1


def test_there_are_no_more_groups_than_places():
    votes = np.repeat([[1.0] * 8, [-1.0] * 8], 5, axis=0)
    assert groups(votes, count=5).count == 2


@pytest.mark.parametrize("count", [0, -1])
def test_no_group_at_all_is_refused(count):
    with pytest.raises(ValueError, match="at least one group"):
        groups(of_two_minds(), count=count)


# From one run to the next.


def test_a_group_keeps_its_label_while_most_of_its_members_stay():
    before = dict.fromkeys("abcde", 3) | dict.fromkeys("vwxyz", 1)
    assert steady([0, 0, 0, 1, 1, 1, 1], list("abcvwxy"), before).tolist() == [3, 3, 3, 1, 1, 1, 1]


def test_most_of_a_small_group_outweighs_a_part_of_a_large_one():
    """Of the old 0, a hundred readers, 40 are now with 3 of the 4 of the old 1; 35 and 25 elsewhere."""
    before = dict.fromkeys(range(100), 0) | dict.fromkeys(range(100, 104), 1)
    now = [0] * 40 + [1] * 35 + [2] * 25 + [0, 0, 0, 2]
    labels = steady(now, range(104), before)
    assert (labels[100], labels[40]) == (1, 0)


def test_the_larger_part_of_a_group_that_splits_keeps_the_label():
    labels = steady([0, 0, 1, 1, 1], range(5), dict.fromkeys(range(5), 0))
    assert labels.tolist() == [1, 1, 0, 0, 0]


def test_a_group_that_follows_none_gets_a_label_that_none_had():
    assert steady([0, 0, 1], list("abz"), {"a": 0, "b": 0, "q": 1}).tolist() == [0, 0, 2]


def test_a_label_of_a_group_that_is_gone_is_given_again_where_none_is_left():
    before = {name: number for number, name in enumerate("abcde")}
    assert steady([0, 1], ["a", "new"], before).tolist() == [0, 1]


def test_who_is_left_out_stays_left_out():
    assert steady([-1, 0], ["a", "b"], {"a": 2, "b": -1}).tolist() == [-1, 0]


@given(st.lists(st.integers(-1, 4), max_size=12), st.dictionaries(st.integers(0, 11), st.integers(-1, 4)))
def test_relabelling_keeps_the_groups(labels, before):
    found = steady(labels, range(len(labels)), before).tolist()
    pairs = set(zip(labels, found, strict=True))
    assert len(pairs) == len(set(labels)) == len(set(found))
    assert all((old == -1) == (new == -1) and new <= 4 for old, new in pairs)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_groups_that_only_change_their_numbers_keep_their_labels(order):
    before = {reader: reader % 3 for reader in range(30)}
    now = [order[reader % 3] for reader in range(30)]
    assert steady(now, range(30), before).tolist() == list(before.values())


# What unites and divides.


def test_consensus_multiplies_the_shares_of_the_groups():
    votes = [[1, nan], [1, 1], [0, -1], [-1, 1]]
    assert consensus(votes, [0, 0, 1, -1]).tolist() == pytest.approx([3 / 4 * 1 / 3, 2 / 3 * 1 / 3], abs=1e-12)


def test_consensus_of_no_group_is_an_empty_product():
    assert consensus([[1, -1]], [-1]).tolist() == [1.0, 1.0]


@given(arrays)
def test_consensus_lies_between_nothing_and_one(votes):
    labels = np.arange(len(votes)) % 3
    found = consensus(votes, labels)
    assert found.shape == (votes.shape[1],)
    assert ((found > 0) & (found <= 1)).all()


def test_what_one_group_says_and_the_other_denies_sets_both_apart():
    votes = [[1, 1]] * 6 + [[-1, 1]] * 6
    found = representative(votes, [4] * 6 + [2] * 6)
    assert {name: [(told.claim, told.answer) for told in told_of] for name, told_of in found.items()} == {
        2: [(0, "disagree")],
        4: [(0, "agree")],
    }


def test_its_figures_follow_the_formulas():
    told = representative([[1]] * 6 + [[-1]] * 6, [0] * 6 + [1] * 6)[0][0]
    p, q, m = 7 / 7, 1 / 7, 8 / 14
    assert told[2:] == pytest.approx(
        (7 / 8 / (1 / 8), (p - q) / sqrt(m * (1 - m) * 2 / 7), 7 / 8, 2 * sqrt(7) * 0.5), abs=1e-12
    )


def split_votes():
    """Forty readers, eight claims: the first twenty deny the first two and hold the others; the rest the reverse."""
    votes = np.full((40, 8), -1.0)
    votes[:20, 2:] = 1.0
    votes[20:, :2] = 1.0
    return votes, np.repeat([0, 1], 20)


def test_agreement_is_told_before_disagreement():
    answers = [told.answer for told in representative(*split_votes(), most=None)[1]]
    assert answers == ["agree"] * 2 + ["disagree"] * 6


def test_at_most_so_many_are_told():
    assert [len(found) for found in representative(*split_votes(), most=3).values()] == [3, 3]


def test_one_group_is_set_apart_by_nothing():
    assert representative(np.ones((9, 2)), [0] * 9) == {0: []}


def test_no_group_has_nothing_to_tell():
    assert representative(np.ones((2, 2)), [-1, -1]) == {}


@given(arrays)
def test_every_figure_is_a_number(votes):
    labels = np.arange(len(votes)) % 3 - 1
    for told in (told for found in representative(votes, labels, most=None).values() for told in found):
        assert np.isfinite(told[2:]).all()


# What is refused.

NEED_VOTES = pytest.mark.parametrize(
    "work", [project, groups, lambda v: consensus(v, [0, 0]), lambda v: representative(v, [0, 0])]
)


@NEED_VOTES
@pytest.mark.parametrize("bad", [2, -2, 0.5, float("inf"), float("-inf")])
def test_what_is_no_vote_is_refused(work, bad):
    with pytest.raises(ValueError, match="1, -1, 0 or NaN"):
        work([[1, nan], [bad, 0]])


@NEED_VOTES
@pytest.mark.parametrize("bad", [[1, 0], 1.0, [[[1]]], [["agree"]]])
def test_what_is_no_table_of_votes_is_refused(work, bad):
    with pytest.raises(ValueError, match=r"two dimensions|could not convert"):
        work(bad)


@pytest.mark.parametrize("work", [consensus, representative])
@pytest.mark.parametrize("labels", [[0], [0, 0, 0], [[0, 0]], [0, 0.5], [0, -2]])
def test_labels_that_do_not_fit_are_refused(work, labels):
    with pytest.raises(ValueError, match="label"):
        work([[1], [0]], labels)
