"""The worked examples of the page that explains the numbers, computed by the functions that make the numbers."""

from typing import Any, NamedTuple

from debate.reasoning.aggregation import crowd, recency_weights
from debate.reasoning.graph import Link, answered, hanging_on, leads_to
from debate.reasoning.tally import agreement, contested

AGREE, DISAGREE = 18, 6
FORECASTS = (0.2, 0.35, 0.4, 0.6, 0.7)
# One thesis (1); 2 supports it, 3 supports 2, 4 rebuts 2, and 5 undercuts that 3 supports 2.
GRAPH = (
    Link(1, 2, "supports", 1, None),
    Link(2, 3, "supports", 2, None),
    Link(3, 4, "rebuts", 2, None),
    Link(4, 5, "undercuts", None, 2),
)


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
        "hanging": hanging[2],
        "answered": len(settled),
        "counterpoints": sum(link.kind != "supports" for link in GRAPH),
    }
