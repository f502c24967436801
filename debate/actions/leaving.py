"""A reader leaves for good: what they gave is counted out and deleted, and nothing is left that tells of them."""

from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType

from debate.actions.crowd_days import put_days
from debate.actions.forecasting import count_crowd, database_now
from debate.actions.holding import Held, while_holding
from debate.actions.swinging import counting_swing
from debate.actions.tallying import KEPT, groups_of, move, rank
from debate.models import (
    Ballot,
    ClaimTally,
    ClaimVote,
    Edition,
    Forecast,
    ForecasterRecord,
    Listing,
    PredictionCrowd,
    Score,
    Session,
    Suggestion,
    Tag,
    TagVote,
    User,
)


class LastAdministrator(ValueError):
    """Without this reader nobody could administer the site."""


def leave(*, reader: User) -> None:
    """Delete a reader with all they gave. Said again, it changes nothing.

    Forecasts on resolved predictions and their scores stay, given to somebody without a name, since the scores of
    others rest on them; accepted suggestions stay as nobody's. Raises LastAdministrator where no other is there.
    """
    others = User.objects.administrators().exclude(pk=reader.pk) if reader.is_superuser else ()
    while_holding([reader, *others], partial(gone, reader.pk))


def gone(key: int, held: Held) -> None:
    reader = held.readers.pop(key, None)
    if reader is None:
        return
    if reader.is_superuser and not any(other.is_superuser and other.is_active for other in held.readers.values()):
        raise LastAdministrator
    count_votes_out(reader, held.tallies)
    count_ballots_out(reader)
    leave_resolved_forecasts(reader)
    count_forecasts_out(reader, held.crowds)
    leave_accepted_suggestions(reader)
    delete_own_words(reader)
    delete_traces(reader)
    reader.delete()


def count_votes_out(reader: User, tallies: dict[int, ClaimTally]) -> None:
    votes, among = ClaimVote.objects.by(reader), groups_of(reader.kind, returned=reader.returned)
    touched = []
    for claim, value in votes.standing().values_list("claim_id", "value"):
        move(tallies[claim], among, value, "")
        rank(tallies[claim])
        touched.append(tallies[claim])
    ClaimTally.objects.bulk_update(touched, KEPT, batch_size=500)
    votes.delete()


def count_ballots_out(reader: User) -> None:
    with counting_swing([reader.pk]):
        Ballot.objects.by(reader).delete()


def leave_resolved_forecasts(reader: User) -> None:
    """Give the forecasts on resolved predictions, and what they scored, to a row that knows nothing of the reader."""
    forecasts = Forecast.objects.by(reader).on_resolved()
    if not forecasts.exists():
        return
    nobody = User.objects.create_nobody()
    forecasts.update(user=nobody)
    Score.objects.by(reader).update(user=nobody)
    ForecasterRecord.objects.of(reader).update(user=nobody, listing=Listing.NONE)


def count_forecasts_out(reader: User, crowds: dict[int, PredictionCrowd]) -> None:
    forecasts, now = Forecast.objects.by(reader), database_now()
    predictions = sorted(set(forecasts.values_list("prediction_id", flat=True)))
    forecasts.delete()
    for prediction in predictions:
        crowds[prediction].forecasters = Forecast.objects.current().filter(prediction=prediction).count()
        count_crowd(crowds[prediction], now)
        crowds[prediction].save()
        put_days(prediction)


def leave_accepted_suggestions(reader: User) -> None:
    """What was accepted is the site's, and nobody's from now on; what waits or was declined goes."""
    suggestions = Suggestion.objects.by(reader)
    suggestions.exclude(state=Suggestion.State.ACCEPTED).delete()
    if suggestions.update(by=None, named=False):
        Edition.advance()


def delete_own_words(reader: User) -> None:
    """Delete the tags that only this reader ever proposed. One that is or was public, or a curator's, is the site's.

    Whichever somebody proposes at this very moment is skipped, and stays.
    """
    votes = TagVote.objects.by(reader)
    proposed = list(votes.values_list("tag_id", flat=True))
    votes.delete()
    free = Tag.objects.select_for_update(skip_locked=True).filter(pk__in=proposed)
    own = Tag.objects.filter(pk__in=[tag.pk for tag in free.order_by("pk")]).of_nobody_but(reader)
    keys = list(own.values_list("pk", flat=True))
    Tag.objects.filter(pk__in=keys).delete()
    Tag.history.filter(id__in=keys).delete()  # deleting wrote history too


def delete_traces(reader: User) -> None:
    """Delete what names the reader and does not hang on their row: sessions, and what administrators did to them."""
    Session.objects.filter(reader=reader.pk).delete()
    readers = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=readers, object_id=str(reader.pk)).delete()
