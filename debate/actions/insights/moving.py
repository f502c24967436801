"""Which claims' votes go with moving to a side, among readers who said before reading and after where they stand."""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from debate.actions.insights.sources import Answers
from debate.models import Ballot, InsightRun, Motion, MovingClaim
from debate.reasoning.crux import Counted
from debate.reasoning.swing import LEAST, adjusted, beside

UNDECIDED, NO_PAIR = 0, -1
CHUNK = 20_000
ENDS = ("user", "side", "after")
Keys = NDArray[np.int64]


class Found(NamedTuple):
    """A claim that enough of those who moved to a side have answered, and of those who could have and stayed."""

    side: int
    claim: int
    moved: Counted
    stayed: Counted


def pairs_of(motion: Motion) -> dict[int, tuple[int, int]]:
    """By reader, the sides before and after by their keys, UNDECIDED for none. One query."""
    pairs = Ballot.objects.on_motion(motion).paired().order_by("pk").values_list(*ENDS)
    return {user: (before or UNDECIDED, after or UNDECIDED) for user, before, after in pairs.iterator(CHUNK)}


def moving_claims(run: InsightRun, answers: Answers, pairs: dict[int, tuple[int, int]]) -> Iterator[MovingClaim]:
    """A row for each claim and side to which enough have moved, the chances raised for how many were tried."""
    found = list(compared(answers, pairs))
    tests = [beside(one.moved, one.stayed) for one in found]
    for one, test, raised in zip(found, tests, adjusted([test.p for test in tests]), strict=True):
        yield MovingClaim(
            run=run,
            claim_id=one.claim,
            side_id=one.side,
            moved_agree=one.moved.agree,
            moved_disagree=one.moved.disagree,
            stayed_agree=one.stayed.agree,
            stayed_disagree=one.stayed.disagree,
            difference=test.difference.value,
            lower=test.difference.lower,
            upper=test.difference.upper,
            chance=test.p,
            adjusted=raised,
        )


def compared(answers: Answers, pairs: dict[int, tuple[int, int]]) -> Iterator[Found]:
    told = [pairs.get(reader, (NO_PAIR, NO_PAIR)) for reader in answers.readers]
    before, after = np.array(told, dtype=np.int64).reshape(-1, 2).T
    for side in sorted({key for _before, key in pairs.values()} - {UNDECIDED}):
        moved = counted(answers, (before != side) & (after == side))
        stayed = counted(answers, (before != side) & (after == before) & (before != NO_PAIR))
        for claim, some, others in zip(answers.claims, moved, stayed, strict=True):
            if min(some.total, others.total) >= LEAST:
                yield Found(side, claim, some, others)


def counted(answers: Answers, chosen: NDArray[np.bool_]) -> list[Counted]:
    """How the chosen readers answer each claim."""
    votes = answers.votes[chosen]
    agree, disagree = ((votes == value).sum(axis=0).tolist() for value in (1, -1))
    return [Counted(*both) for both in zip(agree, disagree, strict=True)]
