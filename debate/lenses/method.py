"""The worked examples of the page that explains the numbers, computed by the functions that make the numbers."""

from math import exp
from typing import Any, NamedTuple

from debate.lenses.track_record import FEWEST_JUDGED
from debate.models import FEWEST_SCORED
from debate.reasoning.aggregation import crowd, recency_weights
from debate.reasoning.arrangement import Common, disagreement, likeness
from debate.reasoning.asking import Told
from debate.reasoning.coherence import FEWEST_REFUSED, LEANS_NO, LEANS_YES, excesses
from debate.reasoning.crux import Counted, difference
from debate.reasoning.forces import forces_of, strengths_of
from debate.reasoning.graph import Link, answered, hanging_on, leads_to
from debate.reasoning.opinion import consensus, representative
from debate.reasoning.scoring import baseline, brier, calibration, log_score, ranking_score, scores
from debate.reasoning.start import START, start_by_votes
from debate.reasoning.strength import df_quad
from debate.reasoning.swing import beside, swing
from debate.reasoning.tally import agreement, contested, wilson

AGREE, DISAGREE = 18, 6
FORECASTS = (0.2, 0.35, 0.4, 0.6, 0.7)
VOICES = ("asserts", "asserts", "concedes", "denies", "qualifies", "reports")
# One thesis (1); 2 supports it, 3 supports 2, 4 rebuts 2, and 5 undercuts that 3 supports 2.
GRAPH = (
    Link(1, 2, "supports", 1, None),
    Link(2, 3, "supports", 2, None),
    Link(3, 4, "rebuts", 2, None),
    Link(4, 5, "undercuts", None, 2),
)


SCORED, PAIR = 0.7, (0.8, 0.4)
"""A forecast, and those of two readers."""
GROUPS = ((9, 1), (6, 6))
"""How many agree and disagree in each of two groups."""
SIDES = Counted(18, 6), Counted(5, 15)
MOVERS = Counted(15, 5), Counted(12, 18)
PAIRS = {("one", "one"): 14, ("one", "other"): 4, ("other", "other"): 9, ("none", "other"): 7, ("none", "one"): 2}
"""How many said the first before reading and say the second after."""
READING = (0.6, 0.8)
ENTAILED = (0.6, 0.4)
NEAR = (5, 5), (9, 9), (8, 10), (2, 6)
"""On how many claims a reader and an author agree, of how many in common."""


class Split(NamedTuple):
    """So many votes each way, and how contested that makes a claim."""

    agree: int
    disagree: int
    contested: float


def examples() -> dict[str, Any]:
    """What the page fills its formulas with."""
    hanging = hanging_on(range(1, 6), leads_to(GRAPH), [1])
    settled = answered(GRAPH, countered={4})
    return {
        "agree": AGREE,
        "disagree": DISAGREE,
        "votes": AGREE + DISAGREE,
        "share": agreement(AGREE, DISAGREE),
        "splits": [Split(a, d, contested(a, d)) for a, d in ((3, 2), (30, 20), (300, 200), (490, 10))],
        "forecasts": FORECASTS,
        "weights": recency_weights(len(FORECASTS)),
        "crowd": crowd(FORECASTS),
        "parting": disagreement([[kind] for kind in VOICES]),
        "likeness": [(same, opposed, likeness(Common(same, opposed))) for same, opposed in ((3, 0), (8, 0), (8, 2))],
        **example_of_standing(),
        **example_of_coherence(),
        **example_of_strength(),
        **example_of_groups(),
        **example_of_record(),
        **example_of_calibration(),
        **example_of_scores(),
        **example_of_leaderboard(),
        "sides": SIDES,
        "difference": difference(*SIDES),
        "swing": swing(("one", "other", "none"), PAIRS),
        "movers": MOVERS,
        "beside": beside(*MOVERS),
        "hanging": hanging[2],
        "answered": len(settled),
        "counterpoints": sum(link.kind != "supports" for link in GRAPH),
    }


def example_of_standing() -> dict[str, Any]:
    """Readers who agree with an author on so many of so many claims; and what a claim is worth that tells two apart."""
    worth = [Told(2).gain(stands) for stands in ((1, -1), (1, 0), (1, 1))]
    return {"near": [(agreed, common, wilson(agreed, common)) for agreed, common in NEAR], "worth": worth}


def example_of_coherence() -> dict[str, Any]:
    """From where on a forecast leans; and two forecasts of which the first, that implies the second, is too high."""
    forecasts = {1: ENTAILED[0], 2: ENTAILED[1]}
    premise, conclusion = excesses(forecasts, [(1, 2), (2, 1)])[0]
    leans = {"leans_yes": LEANS_YES, "leans_no": LEANS_NO, "fewest_refused": FEWEST_REFUSED}
    return {**leans, "excess": (forecasts[premise], forecasts[conclusion])}


def example_of_strength() -> dict[str, Any]:
    """The strengths in the graph above, by either model, and without the claim that rebuts."""
    base = dict.fromkeys(range(1, 6), START)
    return {
        "strengths": strengths_of(base, GRAPH),
        "df_quad": df_quad(base, *forces_of(GRAPH)),
        "without": strengths_of(base, [link for link in GRAPH if link.kind != "rebuts"]),
        "start": start_by_votes(AGREE, DISAGREE),
    }


def example_of_groups() -> dict[str, Any]:
    """What two groups of readers make of one claim."""
    votes = [[vote] for agree, disagree in GROUPS for vote in (1.0,) * agree + (-1.0,) * disagree]
    labels = [label for label, counted in enumerate(GROUPS) for _reader in range(sum(counted))]
    return {"groups": GROUPS, "consensus": consensus(votes, labels)[0], "telling": representative(votes, labels)[0][0]}


def example_of_record() -> dict[str, Any]:
    """What a reading scores if it comes true, and if not."""
    middle = sum(READING) / 2
    scores = (brier(middle, True), brier(middle, False))
    return {"fewest_judged": FEWEST_JUDGED, "reading": READING, "reading_scores": scores}


def example_of_calibration() -> dict[str, Any]:
    """Ten predictions held at 70 %, of which six came true."""
    bins = calibration((prediction, 0.7, float(prediction < 6), 1.0) for prediction in range(10))
    return {"fewest_scored": FEWEST_SCORED, "bin": bins[0]}


def example_of_leaderboard() -> dict[str, Any]:
    """The same sum of peer scores over little and over more time, and what a peer score says in times."""
    few, many = (ranking_score([360], [covered]) for covered in (4, 45))
    return {"ranking": (360, 4, few, 45, many), "times": (20, exp(0.2))}


def example_of_scores() -> dict[str, Any]:
    """What 70 % scores if it comes true and if not; and what two score who stand together for half of the time."""
    p = SCORED
    pairs = [(outcome, brier(p, outcome), log_score(p, outcome), baseline(p, outcome)) for outcome in (True, False)]
    two = scores([("first", PAIR[0], 0, None), ("second", PAIR[1], 50, None)], True, 0, 100)
    return {"scored": p, "scores": pairs, "pair": PAIR, "peers": two}
