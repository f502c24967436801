"""Before and after: who changed their mind, from what to what, and which votes go with that.

An answer is any key that tells it from others; undecided is an answer like any other. Only whoever answered twice,
before and after, is counted: a pair.
"""

from collections.abc import Hashable, Mapping, Sequence
from math import erfc, sqrt
from typing import Generic, NamedTuple, TypeVar

from debate.reasoning.crux import Counted, Difference, difference
from debate.reasoning.tally import Share, wilson

Who = TypeVar("Who", bound=Hashable)
LEAST = 10
"""Those who moved, and those who stayed, that have to have answered a claim before the two are compared."""


class Gain(NamedTuple, Generic[Who]):
    """How many gave an answer before, and how many after."""

    answer: Who
    before: int
    after: int

    @property
    def net(self) -> int:
        return self.after - self.before


class Move(NamedTuple, Generic[Who]):
    """So many went from one answer to another."""

    before: Who
    after: Who
    readers: int


class Swing(NamedTuple, Generic[Who]):
    """`matrix` has a row for each answer before, in it a column for each after, both in the order of `gains`.

    `moved` is the share of pairs whose two answers differ, with its 95 % Wilson interval; None where there is no pair.
    `moves` are those that anybody made, the largest first, of equals in the order of the matrix.
    """

    pairs: int
    matrix: Sequence[Sequence[int]]
    gains: Sequence[Gain[Who]]
    moved: Share
    moves: Sequence[Move[Who]]


def swing(answers: Sequence[Who], counts: Mapping[tuple[Who, Who], int]) -> Swing[Who]:
    """What (before, after) pairs, counted, say of these answers; a pair that is not counted was given by nobody.

    Raises ValueError on an answer told twice, on a pair of other answers, and on a count that is no whole number of
    readers.
    """
    if len(set(answers)) != len(answers):
        raise ValueError("each answer is told once")
    for (before, after), readers in counts.items():
        if not {before, after} <= set(answers):
            raise ValueError("a pair is one of the answers before and one after")
        if type(readers) is not int or readers < 0:
            raise ValueError("readers are counted in whole numbers from 0 on")
    matrix = [[counts.get((before, after), 0) for after in answers] for before in answers]
    pairs = sum(map(sum, matrix))
    stayed = sum(row[place] for place, row in enumerate(matrix))
    columns = [sum(column) for column in zip(*matrix, strict=True)]
    gains = [Gain(*told) for told in zip(answers, map(sum, matrix), columns, strict=True)]
    return Swing(pairs, matrix, gains, wilson(pairs - stayed, pairs), moves_in(answers, matrix))


def moves_in(answers: Sequence[Who], matrix: Sequence[Sequence[int]]) -> list[Move[Who]]:
    found = [
        Move(before, after, readers)
        for before, row in zip(answers, matrix, strict=True)
        for after, readers in zip(answers, row, strict=True)
        if before != after and readers
    ]
    return sorted(found, key=lambda move: -move.readers)


def foremost(gains: Sequence[Gain[Who]]) -> Who | None:
    """Which of these has gained most, as Intelligence Squared names a winner; None where two did, or none gained.

    The rule of the Oxford-style debates of Intelligence Squared US: the side whose share of the audience grew most
    between the vote before and the vote after wins. Give it the gains of the sides alone: undecided cannot win.
    """
    most = max((gain.net for gain in gains), default=0)
    ahead = [gain.answer for gain in gains if gain.net == most]
    return ahead[0] if most > 0 and len(ahead) == 1 else None


# What goes with moving.


class Beside(NamedTuple):
    """How much more those who moved agree than those who stayed, and how likely chance alone makes as much of it.

    `p` is two-sided. It says that two things go together; what causes what it cannot say.
    """

    difference: Difference
    z: float
    p: float


def beside(moved: Counted, stayed: Counted) -> Beside:
    """The two-proportion z test of the agree shares of those who moved and those who stayed, and their difference.

    z = (p₁ − p₂) / √(p·(1−p)·(1/n₁ + 1/n₂)) · √((N−1)/N), p the share of both together and N = n₁ + n₂; 0 where all
    answer alike. Its square is the "N − 1" chi-squared statistic of the 2 × 2 table (K. Pearson, 1900; in this form
    E. S. Pearson, 1947, Biometrika 34:139-167), which I. Campbell (2007, Statistics in Medicine 26:3661-3675) found
    best for comparative trials, also where they are small. The interval of the difference is Newcombe's.
    Raises ValueError where one of the two has counted nobody, or less than nobody.
    """
    gap = difference(moved, stayed)
    both = moved.total + stayed.total
    share = (moved.agree + stayed.agree) / both
    spread = share * (1 - share) * (1 / moved.total + 1 / stayed.total)
    z = gap.value / sqrt(spread) * sqrt((both - 1) / both) if spread else 0.0
    return Beside(gap, z, erfc(abs(z) / sqrt(2)))


def adjusted(chances: Sequence[float]) -> list[float]:
    """The p values of several tests, each raised to the rate of false discoveries at which it would be kept.

    Of all tests with an adjusted value of at most q, a share of q is expected to be chance: pᵢ·m/i from the largest of
    m on down, never above the one before (Y. Benjamini and Y. Hochberg, 1995, J. R. Statist. Soc. B 57:289-300).
    In the order given. Raises ValueError outside [0, 1].
    """
    if any(not 0 <= chance <= 1 for chance in chances):
        raise ValueError("a p value lies from 0 to 1")
    order = sorted(range(len(chances)), key=chances.__getitem__)
    found, least = [0.0] * len(chances), 1.0
    for rank in range(len(chances), 0, -1):
        place = order[rank - 1]
        least = min(least, chances[place] * (len(chances) / rank))
        found[place] = least
    return found
