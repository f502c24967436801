"""Readers with opinions, for tests of what is made of these."""

from datetime import datetime
from random import Random

from django.utils import timezone

from debate.actions.recounting import recount_tally
from debate.models import Ballot, ClaimVote, Motion, Side, User
from tests.factories import readers

CAMPS = (
    ("agree", "disagree"),
    ("disagree", "agree"),
)
"""How readers of each camp answer claims for the first side, and claims for the other."""


def camps(motion: Motion, *sizes: int, noise: float = 0.1, seed: int = 1, members: bool = True) -> list[list[User]]:
    """Camps of readers of these sizes, each of whom votes on every claim as their camp does but for some noise."""
    random, claims = Random(seed), list(motion.claims.visible().order_by("pk"))
    sides = list(motion.sides.order_by("position"))
    found = [readers(size, "member" if members else "guest") for size in sizes]
    votes = []
    for camp, of_camp in enumerate(found):
        for reader in of_camp:
            for claim in claims:
                value = CAMPS[camp][claim.side_id != sides[0].pk]
                noisy = random.choice(("agree", "disagree", "pass")) if random.random() < noise else value
                votes.append(ClaimVote(user=reader, claim=claim, value=noisy))
    ClaimVote.objects.bulk_create(votes)
    for claim in claims:
        recount_tally(claim=claim.pk)
    return found


def take_sides(motion: Motion, readers: list[User], side: Side | None, *, phase: str = "before", at: datetime) -> None:
    """By raw rows, so that they lie in the past."""
    told = {"motion": motion, "side": side, "phase": phase, "made_at": at, "changed_at": at}
    Ballot.objects.bulk_create([Ballot(user=reader, **told) for reader in readers])


def change_vote(reader: User, claim_pk: int, value: str) -> None:
    ClaimVote.objects.filter(user=reader, claim=claim_pk).update(value=value, changed_at=timezone.now())
    recount_tally(claim=claim_pk)
