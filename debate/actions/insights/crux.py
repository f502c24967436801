"""On which claims readers of two sides part."""

from collections.abc import Iterator

import numpy as np

from debate.actions.insights.sources import Answers
from debate.models import CruxClaim, InsightRun
from debate.reasoning.crux import Counted, crux


def crux_claims(run: InsightRun, answers: Answers, sides: dict[int, int]) -> Iterator[CruxClaim]:
    """A row for each claim that enough readers of two sides have answered."""
    taken = np.array([sides.get(reader, 0) for reader in answers.readers])
    rows = {side: answers.votes[taken == side] for side in sorted(set(sides.values()))}
    agree = {side: (votes == 1).sum(axis=0) for side, votes in rows.items()}
    disagree = {side: (votes == -1).sum(axis=0) for side, votes in rows.items()}
    for column, claim in enumerate(answers.claims):
        counts = {side: Counted(int(agree[side][column]), int(disagree[side][column])) for side in rows}
        if found := crux(counts):
            yield CruxClaim(
                run=run,
                claim_id=claim,
                side_id=found.side,
                other_id=found.other,
                agree=counts[found.side].agree,
                disagree=counts[found.side].disagree,
                other_agree=counts[found.other].agree,
                other_disagree=counts[found.other].disagree,
                difference=found.difference.value,
                lower=found.difference.lower,
            )
