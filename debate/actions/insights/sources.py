"""What insights are computed from: the answers, the sides that readers take, and the mark that tells all of it."""

from array import array
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from django.db.models import Count, F, Max, Sum
from numpy.typing import NDArray

from debate.actions.corpus import links_of
from debate.models import Ballot, Claim, ClaimVote, Motion, Side
from debate.models.votes import ClaimVoteQuerySet

VERSION = 2  # of the formulas: another one makes every motion be computed again
CODES: dict[str, int] = {ClaimVote.Value.AGREE: 1, ClaimVote.Value.DISAGREE: -1, ClaimVote.Value.PASS: 0}
CHUNK = 20_000

MOST_CLAIMS = 1_000
"""Claims that enter into groups, consensus and crux, those with most votes: axes of opinion cost their cube."""

Votes = NDArray[np.float16]


@dataclass(frozen=True)
class Answers:
    """Readers × claims, by their keys: 1 agree, -1 disagree, 0 pass, NaN where there is no vote."""

    readers: list[int]
    claims: list[int]
    votes: Votes


def votes_on(motion: Motion) -> ClaimVoteQuerySet:
    """The votes that stand on what readers can see."""
    return ClaimVote.objects.standing().filter(claim__in=Claim.objects.visible().of_motion(motion).values("pk"))


def most_voted(motion: Motion) -> list[int]:
    """The claims that readers can see and have voted on, at most so many, by key. One query."""
    counts = [F(f"tally__{kind}_{value}") for kind in ("member", "guest") for value in ("agree", "disagree", "pass")]
    rows = Claim.objects.visible().of_motion(motion).annotate(given=sum(counts[1:], counts[0])).filter(given__gt=0)
    return sorted(rows.order_by("-given", "pk").values_list("pk", flat=True)[:MOST_CLAIMS])


def answers_on(motion: Motion) -> Answers:
    """The standing votes on the claims with most of them. Two queries; 2 bytes for each pair of reader and claim."""
    claims, users, columns, values = most_voted(motion), array("q"), array("q"), array("b")
    place = {claim: column for column, claim in enumerate(claims)}
    rows = ClaimVote.objects.standing().filter(claim__in=claims).order_by().values_list("user", "claim", "value")
    for user, claim, value in rows.iterator(CHUNK):
        users.append(user)
        columns.append(place[claim])
        values.append(CODES[value])
    readers, row = np.unique(np.array(users, dtype=np.int64), return_inverse=True)
    votes = np.full((len(readers), len(claims)), np.nan, dtype=np.float16)
    votes[row, np.array(columns, dtype=np.int64)] = np.array(values, dtype=np.int8)
    return Answers(readers.tolist(), claims, votes)


def sides_of_readers(motion: Motion) -> dict[int, int]:
    """The side that each reader takes now, after reading or else before; who is undecided is left out. One query."""
    rows = Ballot.objects.on_motion(motion).order_by("-phase").values_list("user", "side")
    taken: dict[int, int | None] = dict(rows.iterator(CHUNK))  # "before" comes first: "after" takes its place
    return {user: side for user, side in taken.items() if side is not None}


def mark_of(motion: Motion) -> str:
    """Tells what the insights of a motion depend on: "" where nobody has voted or taken a side, so that there are none.

    Four queries, none of which brings rows of readers over.
    """
    votes = votes_on(motion).aggregate(Count("pk"), Sum("user"), Sum("claim"), Max("changed_at"))
    ballots = Ballot.objects.on_motion(motion).aggregate(Count("pk"), Sum("user"), Sum("side"), Max("changed_at"))
    if not votes["pk__count"] and not ballots["pk__count"]:
        return ""
    theses = sorted(Side.objects.filter(motion=motion).values_list("pk", "thesis"))
    claims = sorted(Claim.objects.visible().of_motion(motion).values_list("pk", flat=True))
    told = repr((VERSION, *votes.values(), *ballots.values(), theses, claims, sorted(links_of(motion), key=repr)))
    return sha256(told.encode()).hexdigest()
