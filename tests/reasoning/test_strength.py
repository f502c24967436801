"""How strong a claim is, given where it begins and what bears on it."""

import random
from math import nan, prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debate.reasoning.strength import df_quad, quadratic_energy

MODELS = pytest.mark.parametrize("model", [df_quad, quadratic_energy])
SIZE = 7

# Argument graphs published by Rago et al. (2016) and Potyka (2018): base scores, supports, attacks; and the strengths
# that the Uncertainpy reference implementation gives them, rounded to eight digits.
DEMOCRACY = (
    {"A1": 0.5, "A2": 0.5, "P1": 0.7, "P2": 0.5, "P3": 0.9, "C1": 0.2, "C2": 0.2, "C3": 0.6, "C4": 0.5},
    [("P1", "A1"), ("P2", "A1"), ("P3", "A2")],
    [("C1", "A2"), ("C2", "P2"), ("C3", "P2"), ("C4", "P2")],
)
STOCK = (
    {"Buy": 0.5, "Sell": 0.5, "1": 0.8, "2": 0.7, "3": 0.3, "4": 0.9, "5": 0.9},
    [("1", "Sell"), ("2", "Buy"), ("4", "2"), ("5", "Buy")],
    [("Buy", "Sell"), ("Sell", "Buy"), ("2", "1"), ("3", "2"), ("4", "3"), ("5", "1")],
)

scores = st.floats(0, 1)
bases = st.fixed_dictionaries(dict.fromkeys(range(SIZE), scores))
forward_edge = st.sampled_from([(source, target) for target in range(SIZE) for source in range(target)])
forward = st.lists(forward_edge, max_size=12)
anyhow = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=12)


def h(x):
    return x * x / (1 + x * x) if x > 0 else 0.0


def energy_by_hand(base, supports, attacks, undercuts=()):
    """The closed form: claims are numbered so that every one depends on smaller ones alone."""
    strength = {}
    for claim in sorted(base):
        pulls = pulls_by_hand(strength, claim, supports, attacks, undercuts)
        e = sum(pulls[0]) - sum(pulls[1])
        strength[claim] = base[claim] + (1 - base[claim]) * h(e) - base[claim] * h(-e)
    return strength


def df_quad_by_hand(base, supports, attacks, undercuts=()):
    strength = {}
    for claim in sorted(base):
        pro, con = (
            1 - prod(1 - s for s in side) for side in pulls_by_hand(strength, claim, supports, attacks, undercuts)
        )
        b = base[claim]
        strength[claim] = b - b * abs(pro - con) if con > pro else b + (1 - b) * abs(pro - con)
    return strength


def pulls_by_hand(strength, claim, supports, attacks, undercuts):
    def pull(edge):
        return strength[edge[0]] * prod(1 - strength[source] for source, named in undercuts if named == edge)

    return tuple([pull(edge) for edge in side if edge[1] == claim] for side in (supports, attacks))


@st.composite
def graphs(draw):
    """Base scores, supports, attacks and undercuts without a cycle."""
    supports, attacks = draw(forward), draw(forward)
    possible = [(claim, edge) for edge in supports + attacks for claim in range(edge[1])]
    undercuts = draw(st.lists(st.sampled_from(possible), max_size=4)) if possible else []
    return draw(bases), supports, attacks, undercuts


# What is known of it.


def test_df_quad_of_a_published_graph():
    found = df_quad(*DEMOCRACY)
    assert found == pytest.approx({**DEMOCRACY[0], "A1": 0.862, "A2": 0.85, "P2": 0.08}, abs=1e-9)


def test_quadratic_energy_of_a_published_graph():
    found = quadratic_energy(*DEMOCRACY)
    known = {"A1": 0.71985218, "A2": 0.66442953, "P2": 0.18587361}
    assert found == pytest.approx({**DEMOCRACY[0], **known}, abs=1e-7)


def test_quadratic_energy_of_a_published_graph_with_a_cycle():
    known = {"Buy": 0.82164644, "Sell": 0.36216969, "1": 0.20474426, "2": 0.80508458, "3": 0.16574586}
    assert quadratic_energy(*STOCK) == pytest.approx({**STOCK[0], **known}, abs=1e-7)


def test_a_supporter_and_an_attacker_by_df_quad():
    found = df_quad({"a": 0.5, "b": 0.8, "c": 0.2}, [("b", "a")], [("c", "a")])
    assert found["a"] == pytest.approx(0.5 + 0.5 * (0.8 - 0.2), abs=1e-12)


def test_a_supporter_and_an_attacker_by_quadratic_energy():
    found = quadratic_energy({"a": 0.5, "b": 0.8, "c": 0.2}, [("b", "a")], [("c", "a")])
    assert found["a"] == pytest.approx(0.5 + 0.5 * 0.36 / 1.36, abs=1e-12)


def test_two_that_attack_each_other_rest_where_the_formula_holds_for_both():
    s = quadratic_energy({"a": 0.5, "b": 0.5}, [], [("a", "b"), ("b", "a")])["a"]
    assert s == pytest.approx(0.5 - 0.5 * h(s), abs=1e-9)


@given(bases, anyhow, anyhow)
def test_with_cycles_it_rests_where_the_formula_holds_for_all(base, supports, attacks):
    found = quadratic_energy(base, supports, attacks)
    for claim, b in base.items():
        e = sum(found[s] for s, t in supports if t == claim) - sum(found[s] for s, t in attacks if t == claim)
        assert found[claim] == pytest.approx(b + (1 - b) * h(e) - b * h(-e), abs=1e-8)


@given(graphs())
def test_without_cycles_quadratic_energy_is_the_closed_form(graph):
    assert quadratic_energy(*graph) == pytest.approx(energy_by_hand(*graph), abs=1e-9)


@given(graphs())
def test_df_quad_is_the_closed_form(graph):
    assert df_quad(*graph) == pytest.approx(df_quad_by_hand(*graph), abs=1e-9)


def test_what_hangs_below_a_cycle_takes_what_the_cycle_comes_to():
    cycle = [("a", "b"), ("b", "a")]
    alone = quadratic_energy({"a": 0.9, "b": 0.4}, [], cycle)
    found = quadratic_energy({"a": 0.9, "b": 0.4, "c": 0.5, "d": 0.5}, [("a", "c"), ("c", "d")], cycle)
    assert found["d"] == pytest.approx(0.5 + 0.5 * h(0.5 + 0.5 * h(alone["a"])), abs=1e-9)


# Properties.


@given(bases, anyhow, anyhow)
def test_strengths_are_bounded_with_cycles_too(base, supports, attacks):
    assert all(0 <= s <= 1 for s in quadratic_energy(base, supports, attacks).values())


@MODELS
@given(graphs())
def test_strengths_are_bounded(model, graph):
    assert all(0 <= s <= 1 for s in model(*graph).values())


@MODELS
@given(graphs(), st.integers(0, SIZE - 1), scores)
def test_a_claim_grows_with_its_own_base_score(model, graph, claim, other):
    base, *rest = graph
    low, high = sorted([base[claim], other])
    weaker, stronger = (model({**base, claim: b}, *rest)[claim] for b in (low, high))
    assert weaker <= stronger + 1e-12


@MODELS
@given(graphs(), forward_edge)
def test_a_support_never_lowers_its_target(model, graph, edge):
    base, supports, attacks, undercuts = graph
    before, after = (model(base, told, attacks, undercuts)[edge[1]] for told in (supports, [*supports, edge]))
    assert after >= before - 1e-12


@MODELS
@given(graphs(), forward_edge)
def test_a_rebuttal_never_raises_its_target(model, graph, edge):
    base, supports, attacks, undercuts = graph
    before, after = (model(base, supports, told, undercuts)[edge[1]] for told in (attacks, [*attacks, edge]))
    assert after <= before + 1e-12


@MODELS
@given(scores, st.lists(scores, max_size=5))
def test_equal_attackers_and_supporters_cancel(model, b, others):
    base = {"t": b, **{(side, n): s for side in "+-" for n, s in enumerate(others)}}
    edges = {side: [((side, n), "t") for n in range(len(others))] for side in "+-"}
    assert model(base, edges["+"], edges["-"])["t"] == pytest.approx(b, abs=1e-12)


@MODELS
@given(graphs())
def test_an_undercut_of_strength_one_removes_its_relation(model, graph):
    base, supports, attacks, _undercuts = graph
    edge = next(iter(supports + attacks), None)
    cuts = [("u", edge)] if edge else []
    kept = [[e for e in side if e != edge] for side in (supports, attacks)]
    found = model({**base, "u": 1.0}, supports, attacks, cuts)
    assert found == pytest.approx(model({**base, "u": 1.0}, *kept), abs=1e-12)


@given(scores, scores)
def test_it_opens_a_cycle(one, other):
    found = quadratic_energy({"a": one, "b": other, "u": 1.0}, [], [("a", "b"), ("b", "a")], [("u", ("b", "a"))])
    assert found["b"] == pytest.approx(other - other * h(one), abs=1e-9)


@MODELS
def test_two_undercuts_of_one_relation_multiply(model):
    base = {"t": 0.5, "a": 0.8, "u": 0.5, "v": 0.25}
    halved = model({**base, "a": 0.8 * 0.5 * 0.75}, [("a", "t")], [])["t"]
    assert model(base, [("a", "t")], [], [("u", ("a", "t")), ("v", ("a", "t"))])["t"] == pytest.approx(
        halved, abs=1e-12
    )


@MODELS
def test_an_undercut_scales_support_and_attack_of_the_same_ends(model):
    found = model({"t": 0.7, "a": 0.8, "u": 1.0}, [("a", "t")], [("a", "t")], [("u", ("a", "t"))])
    assert found["t"] == pytest.approx(0.7, abs=1e-12)


@MODELS
def test_a_relation_given_twice_counts_twice(model):
    twice = model({"t": 0.5, "a": 0.6}, [("a", "t"), ("a", "t")], [])["t"]
    assert twice == pytest.approx(model({"t": 0.5, "a": 0.6, "b": 0.6}, [("a", "t"), ("b", "t")], [])["t"], abs=1e-12)


# Where it does not come to rest, and what is refused.


def ring_of_crowds(crowds, members):
    dice = random.Random(1)
    base = {(crowd, n): 1 - dice.random() / 5 for crowd in range(crowds) for n in range(members)}
    attacks = [(claim, other) for claim in base for other in base if other[0] == (claim[0] + 1) % crowds]
    return base, [], attacks


def test_strengths_that_go_round_for_ever_are_given_as_a_mean_within_bounds():
    found = quadratic_energy(*ring_of_crowds(5, 12))
    assert all(0.2 < strength < 0.4 for strength in found.values())


def test_nothing_bears_on_nothing():
    assert quadratic_energy({}, [], []) == df_quad({}, [], []) == {}


@pytest.mark.parametrize(
    ("supports", "attacks", "undercuts"),
    [
        ([("a", "b"), ("b", "a")], [], []),
        ([], [("a", "a")], []),
        ([("a", "b")], [("b", "a")], []),
        ([("a", "b")], [], [("b", ("a", "b"))]),
        ([("a", "b"), ("b", "c")], [], [("c", ("a", "b"))]),
    ],
)
def test_df_quad_refuses_a_cycle(supports, attacks, undercuts):
    with pytest.raises(ValueError, match="cycles"):
        df_quad(dict.fromkeys("abc", 0.5), supports, attacks, undercuts)


@MODELS
@pytest.mark.parametrize("bad", [-0.1, 1.1, nan, float("inf")])
def test_a_base_score_out_of_range_is_refused(model, bad):
    with pytest.raises(ValueError, match="between 0 and 1"):
        model({"a": bad}, [], [])


@MODELS
@pytest.mark.parametrize(
    ("supports", "undercuts"), [([("x", "a")], []), ([("a", "x")], []), ([("a", "b")], [("x", ("a", "b"))])]
)
def test_a_claim_without_base_score_is_refused(model, supports, undercuts):
    with pytest.raises(ValueError, match="no base score for 'x'"):
        model({"a": 0.5, "b": 0.5}, supports, [], undercuts)


@MODELS
def test_an_undercut_of_nothing_is_refused(model):
    with pytest.raises(ValueError, match="not there"):
        model({"a": 0.5, "b": 0.5}, [("a", "b")], [], [("a", ("b", "a"))])
