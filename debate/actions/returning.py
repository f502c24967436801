"""A guest comes back: from their first vote on a later day, what they vote counts in the rankings."""

from datetime import timedelta
from functools import partial

from django.utils import timezone

from debate.actions.holding import Held, while_holding
from debate.actions.tallying import KEPT, RETURNING, move, rank
from debate.models import ClaimTally, ClaimVote, User

BACK_AFTER = timedelta(hours=12)
"""How old a guest's cookie has to be for a vote with it to be one of somebody who came back."""


def comes_back(reader: User) -> bool:
    """Whether a vote of this reader would be the first with which a guest comes back."""
    return reader.is_guest and not reader.returned and timezone.now() - reader.date_joined >= BACK_AFTER


def welcome_back(*, guest: User) -> None:
    """Count a guest's standing votes in the rankings from now on. Said again, it changes nothing."""
    while_holding([guest], partial(count_as_returning, guest))


def count_as_returning(guest: User, held: Held) -> None:
    known = held.readers.get(guest.pk)
    if known is None or not known.is_guest or known.returned:
        return
    for claim, value in ClaimVote.objects.standing().by(known).values_list("claim_id", "value"):
        move(held.tallies[claim], [RETURNING], "", value)
        rank(held.tallies[claim])
    ClaimTally.objects.bulk_update(held.tallies.values(), KEPT, batch_size=500)
    known.returned = guest.returned = True
    known.save(update_fields=["returned"])
