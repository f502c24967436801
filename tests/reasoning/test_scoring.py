"""How good a forecast was: values worked by hand or published, and what holds for any."""

from datetime import UTC, datetime, timedelta
from math import log, log2, nan
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debate.reasoning.scoring import baseline, brier, coverage, log_score, peer, ranking_score, scores

OPEN, CLOSE = 0, 100
probability = st.floats(0.01, 0.99)
outcomes = st.booleans()
each_rule = pytest.mark.parametrize("score", [brier, log_score, baseline])
near = pytest.approx


def test_published_values():
    """Brier: 0.09 for 70 % and yes. Metaculus' baseline: 0 for one half, some −560 for 1 % and yes."""
    assert brier(0.7, True) == near(0.09, abs=1e-9)
    assert brier(0.7, False) == near(0.49, abs=1e-9)
    assert log_score(0.7, True) == near(-0.35667494393873245, abs=1e-9)
    assert baseline(0.7, True) == near(100 * (1 + log2(0.7)), abs=1e-9)
    assert baseline(0.7, True) == near(48.542682717024174, abs=1e-9)
    assert [baseline(0.5, outcome) for outcome in (True, False)] == [0, 0]
    assert baseline(0.01, True) == near(-564.3856189774724, abs=1e-9)


def test_a_certain_forecast_has_a_brier_score_but_no_logarithm():
    assert [brier(1, True), brier(0, True), brier(0, 0)] == [0, 1, 0]
    for score in (log_score, baseline):
        with pytest.raises(ValueError, match="strictly"):
            score(1.0, True)


@each_rule
@pytest.mark.parametrize("p", [nan, -0.1, 1.1, float("inf")])
def test_what_is_no_probability_has_no_score(score, p):
    with pytest.raises(ValueError, match="between 0 and 1"):
        score(p, True)


@each_rule
@pytest.mark.parametrize("outcome", ["yes", None, 2, 0.5, nan, "ambiguous"])
def test_what_is_neither_yes_nor_no_has_no_score(score, outcome):
    with pytest.raises(ValueError, match="outcome"):
        score(0.5, outcome)


@each_rule
@given(p=probability, outcome=outcomes)
def test_yes_and_no_mirror_each_other(score, p, outcome):
    assert score(p, outcome) == near(score(1 - p, not outcome), abs=1e-9)
    assert score(p, outcome) == score(p, int(outcome))


@given(probability, probability)
def test_more_for_what_happened_is_better(p, q):
    less, more = sorted((p, q))
    assert brier(more, True) <= brier(less, True)
    assert log_score(more, True) >= log_score(less, True)
    assert baseline(more, True) >= baseline(less, True)


@each_rule
@given(true=probability, said=probability)
def test_nothing_is_expected_to_score_better_than_the_truth(score, true, said):
    def expected(p):
        return true * score(p, True) + (1 - true) * score(p, False)

    loss = expected(said) - expected(true) if score is brier else expected(true) - expected(said)
    assert loss >= -1e-9


def test_a_lone_forecaster_has_a_peer_score_of_0():
    assert peer([("ann", 0.99, 0, None)], True, OPEN, CLOSE) == {"ann": 0}


def test_nobody_has_no_peer_scores():
    assert peer([], True, OPEN, CLOSE) == {}
    assert scores([], True, OPEN, CLOSE) == {}


def test_two_who_stand_all_the_time():
    """N/(N−1) = 2 and ln(p/GM) = ½·ln(0.8/0.2), so each is ± 100·ln 4."""
    told = peer([("ann", 0.8, 0, None), ("bob", 0.2, 0, 100)], True, OPEN, CLOSE)
    assert told == near({"ann": 100 * log(4), "bob": -100 * log(4)}, abs=1e-9)


def test_two_who_meet_for_a_while():
    """Both stand from 40 to 60 and once more, after ann revised, from 60 to 70: 100·(0.2·ln(.6/.9) + 0.1·ln(.3/.9))."""
    rows = [("ann", 0.4, 0, 60), ("ann", 0.7, 60, None), ("bob", 0.1, 40, 70)]
    ann = 100 * (0.2 * log(0.6 / 0.9) + 0.1 * log(0.3 / 0.9))
    assert peer(rows, False, OPEN, CLOSE) == near({"ann": ann, "bob": -ann}, abs=1e-9)


def test_three_for_half_of_the_time():
    """GM of 0.5, 0.25 and 0.125 is 0.25; N/(N−1) is 1.5; half of the time: 100·1.5·ln 2·0.5."""
    rows = [("ann", 0.5, 0, 50), ("bob", 0.25, 0, 50), ("cid", 0.125, 0, 50)]
    one = 75 * log(2)
    assert peer(rows, True, OPEN, CLOSE) == near({"ann": one, "bob": 0, "cid": -one}, abs=1e-9)


def test_resolved_early_the_time_still_runs_to_the_scheduled_close():
    early = [("ann", 0.8, 0, 25), ("bob", 0.2, 0, 25)]
    assert peer(early, True, OPEN, CLOSE)["ann"] == near(25 * log(4), abs=1e-9)
    assert coverage(early, OPEN, CLOSE) == near({"ann": 0.25, "bob": 0.25}, abs=1e-12)


def test_what_reaches_beyond_the_time_is_cut_off():
    cut = [("ann", 0.8, 0, 100), ("bob", 0.2, 0, 100)]
    beyond = [("ann", 0.8, -50, 300), ("bob", 0.2, -1, None)]
    assert scores(beyond, True, OPEN, CLOSE) == scores(cut, True, OPEN, CLOSE)


def test_what_lies_outside_of_the_time_counts_for_nothing():
    rows = [("ann", 0.8, 0, None), ("late", 0.9, 100, None), ("later", 0.9, 150, None), ("early", 0.9, -9, 0)]
    assert peer(rows, True, OPEN, CLOSE) == {"ann": 0, "late": 0, "later": 0, "early": 0}
    assert coverage(rows, OPEN, CLOSE) == {"ann": 1, "late": 0, "later": 0, "early": 0}
    assert list(scores(rows, True, OPEN, CLOSE)) == ["ann"]


def test_a_forecast_revised_in_the_same_instant_counts_for_nothing():
    rows = [("ann", 0.01, 50, 50), ("ann", 0.3, 50, 50), ("ann", 0.8, 50, None), ("bob", 0.2, 50, None)]
    assert peer(rows, True, OPEN, CLOSE) == near({"ann": 50 * log(4), "bob": -50 * log(4)}, abs=1e-9)


def test_all_scores_of_one_who_revised():
    """Brier and log are means over 30 of 100 days; baseline and peer add up over them, as shares of the 100."""
    rows = [("ann", 0.5, 0, 10), ("ann", 0.8, 10, 30), ("bob", 0.5, 0, 30)]
    ann = scores(rows, True, OPEN, CLOSE)["ann"]
    assert ann.brier == near((0.25 * 10 + 0.04 * 20) / 30, abs=1e-9)
    assert ann.log == near((log(0.5) * 10 + log(0.8) * 20) / 30, abs=1e-9)
    assert ann.baseline == near(0.2 * 100 * (1 + log2(0.8)), abs=1e-9)
    assert ann.peer == near(0.2 * 100 * log(0.8 / 0.5), abs=1e-9)
    assert ann.coverage == near(0.3, abs=1e-12)


def test_instants_are_datetimes_or_numbers():
    opened = datetime(2028, 2, 1, tzinfo=UTC)
    rows = [("ann", 0.8, 0, 29), ("bob", 0.3, 7, None), ("ann", 0.5, 31, 40)]
    dated = [(u, p, opened + timedelta(days=s), e and opened + timedelta(days=e)) for u, p, s, e in rows]
    told = scores(dated, False, opened, opened + timedelta(days=60))
    for user, each in scores(rows, False, 0, 60).items():
        assert told[user] == near(each, abs=1e-9)


def test_an_hour_that_comes_twice_is_two_hours():
    """In Berlin 2026-10-25 has 25 hours; clocks alone would say 24."""
    berlin = ZoneInfo("Europe/Berlin")
    opened, closes = datetime(2026, 10, 25, tzinfo=berlin), datetime(2026, 10, 26, tzinfo=berlin)
    told = coverage([("ann", 0.5, datetime(2026, 10, 25, 12, tzinfo=berlin), None)], opened, closes)
    assert told["ann"] == near(12 / 25, abs=1e-12)


@pytest.mark.parametrize(
    ("rows", "opened", "closes"),
    [
        ([], 5, 5),
        ([], 6, 5),
        ([], nan, 5),
        ([], 0, nan),
        ([], 0, float("inf")),
        ([], datetime(2026, 1, 1, tzinfo=UTC), 5),
        ([], datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1)),  # noqa: DTZ001
        ([("ann", 0.5, 3, 2)], 0, 5),
        ([("ann", 0.5, nan, 2)], 0, 5),
        ([("ann", 0.5, 1, nan)], 0, 5),
        ([("ann", 0.5, None, 2)], 0, 5),
        ([("ann", 0.5, 0, None), ("ann", 0.6, 3, None)], 0, 5),
        ([("ann", 0.5, 0, 4), ("bob", 0.6, 3, 4), ("ann", 0.6, 3, 5)], 0, 5),
        ([("ann", 0.0, 0, 4)], 0, 5),
        ([("ann", 1, 0, 4)], 0, 5),
        ([("ann", nan, 0, 4)], 0, 5),
    ],
)
def test_what_makes_no_sense_has_no_peer_score(rows, opened, closes):
    for refuse in (lambda: peer(rows, True, opened, closes), lambda: coverage(rows, opened, closes)):
        with pytest.raises(ValueError, match=r"[a-z]"):
            refuse()


@pytest.mark.parametrize("outcome", ["yes", None, 3, nan])
def test_an_unknown_outcome_has_no_peer_score_even_of_nobody(outcome):
    with pytest.raises(ValueError, match="outcome"):
        peer([], outcome, OPEN, CLOSE)


@st.composite
def revisions(draw):
    """Forecasts of a few users, each with a few that follow each other, some reaching beyond the time."""
    rows = []
    for user in range(draw(st.integers(1, 5))):
        moments = sorted(draw(st.lists(st.integers(-20, 130), min_size=2, max_size=6)))
        ends = [*moments[1:-1], None if draw(st.booleans()) else moments[-1]]
        rows += [(user, draw(probability), start, end) for start, end in zip(moments[:-1], ends, strict=True)]
    return draw(st.permutations(rows))


def defined(rows, outcome):
    """Peer by its definition, one unit of time after another."""
    told = {user: 0.0 for user, *_rest in rows}
    for day in range(OPEN, CLOSE):
        stand = {
            u: log(p if outcome else 1 - p)
            for u, p, start, end in rows
            if start <= day < (CLOSE if end is None else end)
        }
        mean = sum(stand.values()) / max(1, len(stand))
        for user, own in stand.items():
            if len(stand) > 1:
                told[user] += 100 * len(stand) / (len(stand) - 1) * (own - mean) / (CLOSE - OPEN)
    return told


@settings(max_examples=40)
@given(revisions(), outcomes)
def test_the_sweep_gives_what_the_definition_gives(rows, outcome):
    assert peer(rows, outcome, OPEN, CLOSE) == near(defined(rows, outcome), abs=1e-9)


@settings(max_examples=40)
@given(revisions(), outcomes)
def test_peer_scores_add_up_to_nought(rows, outcome):
    assert sum(peer(rows, outcome, OPEN, CLOSE).values()) == near(0, abs=1e-9)


@settings(max_examples=40)
@given(revisions(), outcomes, st.randoms())
def test_the_order_of_the_forecasts_does_not_matter(rows, outcome, dice):
    mixed = dice.sample(rows, len(rows))
    assert peer(mixed, outcome, OPEN, CLOSE) == near(peer(rows, outcome, OPEN, CLOSE), abs=1e-9)


@settings(max_examples=40)
@given(revisions(), outcomes)
def test_mirrored_forecasts_of_the_opposite_score_the_same(rows, outcome):
    mirrored = [(user, 1 - p, start, end) for user, p, start, end in rows]
    assert peer(mirrored, not outcome, OPEN, CLOSE) == near(peer(rows, outcome, OPEN, CLOSE), abs=1e-9)


@settings(max_examples=40)
@given(revisions(), outcomes)
def test_scores_lie_in_their_ranges(rows, outcome):
    covered, peers = coverage(rows, OPEN, CLOSE), peer(rows, outcome, OPEN, CLOSE)
    for user, each in scores(rows, outcome, OPEN, CLOSE).items():
        assert 0 <= each.brier <= 1
        assert each.log < 0
        assert 0 < each.coverage <= 1
        assert (each.peer, each.coverage) == near((peers[user], covered[user]), abs=1e-12)


@given(st.lists(probability, min_size=1, max_size=6), probability, probability)
def test_no_peer_score_is_expected_to_be_better_than_the_truths(others, true, said):
    def expected(p):
        rows = [("me", p, 0, None), *((n, q, 0, None) for n, q in enumerate(others))]
        return sum(w * peer(rows, outcome, OPEN, CLOSE)["me"] for w, outcome in ((true, True), (1 - true, False)))

    assert expected(true) >= expected(said) - 1e-9


@given(st.lists(probability, min_size=1, max_size=6), probability, probability)
def test_more_for_what_happened_never_lowers_the_peer_score(others, p, q):
    def mine(said):
        rows = [("me", said, 0, None), *((n, other, 0, None) for n, other in enumerate(others))]
        return peer(rows, True, OPEN, CLOSE)["me"]

    assert mine(max(p, q)) >= mine(min(p, q)) - 1e-9


def test_five_thousand_forecasters_who_revise_are_scored_in_a_moment():
    rows = [
        (
            user,
            0.01 + (user * 37 + turn * 13) % 98 / 100,
            (user + turn * 5_000) * 1.0,
            (user + (turn + 1) * 5_000) * 1.0,
        )
        for user in range(5_000)
        for turn in range(4)
    ]
    began = process_time()
    told = peer(rows, True, 0, 25_000)
    assert process_time() - began < 2
    assert len(told) == 5_000
    assert sum(told.values()) == near(0, abs=1e-6)


def test_when_thousands_have_left_the_last_two_are_still_scored_exactly():
    crowd = [(user, 0.01 + user % 99 / 100, 0, user / 100) for user in range(1, 5_000)]
    two = [("ann", 0.8, 50, None), ("bob", 0.2, 50, None)]
    assert peer([*crowd, *two], True, OPEN, CLOSE)["ann"] == near(50 * log(4), abs=1e-9)


def test_a_ranking_score_is_drawn_to_nought_by_few_predictions():
    assert ranking_score([60, -30], [1, 0.5]) == 1
    assert ranking_score([20] * 40, [1] * 40) == 20
    assert ranking_score([], []) == 0


@pytest.mark.parametrize(
    ("peers", "coverages"), [([1], []), ([nan], [1]), ([1], [nan]), ([1], [-0.1]), ([float("inf")], [1])]
)
def test_a_ranking_score_of_no_sense_is_refused(peers, coverages):
    with pytest.raises(ValueError, match="coverage"):
        ranking_score(peers, coverages)
