"""Where what one reader said pulls in different directions: answers to claims against forecasts, forecasts among them.

Only what follows is told. Whoever agrees with a claim has taken in what it leads one to expect, so a forecast that
leans the other way is in tension with it, unless as many claims that they agree with lead along. Whoever disagrees
with a claim has only done without one reason: what it would have led to may come true for another. So a disagreement
counts for nothing by itself; but a forecast of which every reason that the reader answered is refused, two at least,
rests on none of them. And a yes that implies another cannot be likelier than that one (the monotony of probability:
A within B gives P(A) ≤ P(B)).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

LEANS_NO, LEANS_YES = 0.3, 0.7
FEWEST_REFUSED = 2


class Reason(NamedTuple):
    """A claim that leads one to expect a yes or a no, and whether the reader agrees with it or disagrees."""

    prediction: int
    claim: int
    expects_yes: bool
    agrees: bool


class Tension(NamedTuple):
    """A forecast and the claims that it is at odds with: agreed with and leading the other way; or, `refused`, leading
    its way and disagreed with one and all."""

    prediction: int
    refused: bool
    claims: tuple[int, ...]


def lean(probability: float) -> bool | None:
    """Whether a forecast clearly expects a yes (0.7 or more) or a no (0.3 or less); None in between.

    Raises ValueError on what is no probability.
    """
    if not 0 <= probability <= 1:
        raise ValueError("a probability lies between 0 and 1")
    if probability >= LEANS_YES:
        return True
    return False if probability <= LEANS_NO else None


def tension(prediction: int, probability: float, reasons: Sequence[Reason]) -> Tension | None:
    """What one forecast is at odds with among the reasons for and against it, if with anything."""
    expected = lean(probability)
    if expected is None:
        return None
    along = [reason for reason in reasons if reason.expects_yes == expected]
    away = tuple(reason.claim for reason in reasons if reason.agrees and reason.expects_yes != expected)
    held = [reason for reason in along if reason.agrees]
    if len(away) > len(held):
        return Tension(prediction, refused=False, claims=away)
    if len(along) >= FEWEST_REFUSED and not held:
        return Tension(prediction, refused=True, claims=tuple(reason.claim for reason in along))
    return None


def tensions(forecasts: Mapping[int, float], reasons: Iterable[Reason]) -> list[Tension]:
    """One for each prediction at most, the surest forecast first. Raises ValueError on what is no probability."""
    told: dict[int, list[Reason]] = {prediction: [] for prediction in forecasts}
    for reason in reasons:
        if reason.prediction in told:
            told[reason.prediction].append(reason)
    found = [tension(key, probability, told[key]) for key, probability in forecasts.items()]
    return sorted(filter(None, found), key=lambda each: (-abs(forecasts[each.prediction] - 0.5), each.prediction))


def excesses(forecasts: Mapping[int, float], entailments: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The pairs (premise, conclusion) of which the premise, whose yes implies the other's, is given more; widest first.

    Pairs without a forecast of both are passed over.
    """
    known = [pair for pair in entailments if pair[0] in forecasts and pair[1] in forecasts]
    over = [(forecasts[premise] - forecasts[conclusion], premise, conclusion) for premise, conclusion in known]
    return [(premise, conclusion) for by, premise, conclusion in sorted(over, key=lambda o: (-o[0], *o[1:])) if by > 0]
