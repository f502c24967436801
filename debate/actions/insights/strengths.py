"""What readers' votes make of the strength of each claim, and how the groups stand to it."""

from collections.abc import Iterator

from debate.actions.corpus import links_of
from debate.actions.insights.opinion import Opinion
from debate.actions.insights.sources import Answers
from debate.models import Claim, ClaimInsight, InsightRun, Motion
from debate.reasoning.forces import strengths_of
from debate.reasoning.start import START, start_by_votes


def starts_of(motion: Motion) -> dict[int, float]:
    """Where each visible claim begins by the votes of members and guests alike. One query."""
    columns = ("tally__member_agree", "tally__guest_agree", "tally__member_disagree", "tally__guest_disagree")
    rows = Claim.objects.visible().of_motion(motion).order_by("pk").values_list("pk", *columns)
    return {pk: start_by_votes((ma or 0) + (ga or 0), (md or 0) + (gd or 0)) for pk, ma, ga, md, gd in rows}


def claim_insights(run: InsightRun, answers: Answers, opinion: Opinion) -> Iterator[ClaimInsight]:
    """A row for each visible claim. Two queries."""
    base, links = starts_of(run.motion), links_of(run.motion)
    structural, voted = strengths_of(dict.fromkeys(base, START), links), strengths_of(base, links)
    column = {claim: place for place, claim in enumerate(answers.claims)} if opinion.consensus else {}
    for claim in base:
        row = ClaimInsight(run=run, claim_id=claim, strength=voted[claim], moved=voted[claim] - structural[claim])
        if claim in column:
            place = column[claim]
            row.consensus, row.division = opinion.consensus[place], opinion.division[place]
            row.shares = opinion.shares[place]
        yield row
