"""A guest signs in to an account that exists: what they gave moves to it, and the newer of two answers stands."""

from datetime import datetime
from functools import partial
from itertools import pairwise
from typing import NamedTuple, TypeVar

from django.db.models import Exists, OuterRef

from debate.actions.crowd_days import put_days
from debate.actions.forecasting import count_crowd, database_now
from debate.actions.holding import Held, while_holding
from debate.actions.lateness import mark_late
from debate.actions.scoring import count_records, score
from debate.actions.swinging import counting_swing
from debate.actions.tallying import KEPT, MEMBERS, groups_of, move, rank
from debate.models import (
    Ballot,
    ClaimTally,
    ClaimVote,
    Forecast,
    HasRead,
    Prediction,
    PredictionCrowd,
    Reveal,
    Score,
    TagVote,
    User,
)

Given = TypeVar("Given")


class Merged(NamedTuple):
    """How many answers came along: as the only one, instead of an older one, or not, for a newer one stands."""

    brought: int = 0
    replaced: int = 0
    left: int = 0

    def plus(self, other: "Merged") -> "Merged":
        return Merged(*(mine + its for mine, its in zip(self, other, strict=True)))


def news(own: Given | None, theirs: Given | None, *, newer: bool) -> Merged:
    """What a member is told where the guest's answer, if newer, takes the place of theirs; None stands nowhere.

    Equal ones are no news.
    """
    if own == theirs:
        return Merged()
    if newer:
        return Merged(brought=own is None, replaced=own is not None)
    return Merged(left=theirs is not None)


def merge(*, guest: User, member: User) -> Merged:
    """Move what the guest gave to the member, and delete the guest. Nothing where the guest is none any more."""
    return while_holding([guest, member], partial(moved, guest, member))


def moved(guest: User, member: User, held: Held) -> Merged:
    if guest.pk not in held.readers or not held.readers[guest.pk].is_guest:
        return Merged()
    with counting_swing(held.readers):
        merged = (
            merge_votes(held.readers[guest.pk], member, held.tallies)
            .plus(merge_forecasts(guest, member, held.crowds))
            .plus(merge_tag_votes(guest, member))
        )
        merge_reveals(guest, member)
        merge_readings(guest, member)
        mark_late(guest, member)
        merged = merged.plus(merge_ballots(guest, member))
        held.readers[guest.pk].delete()
    return merged


def merge_votes(guest: User, member: User, tallies: dict[int, ClaimTally]) -> Merged:
    """The newer answer stands; the blind one is that of whichever was given first."""
    theirs = {vote.claim_id: vote for vote in ClaimVote.objects.by(guest)}
    own = {vote.claim_id: vote for vote in ClaimVote.objects.by(member).filter(claim__in=theirs)}
    merged, among = Merged(), groups_of(guest.kind, returned=guest.returned)
    for claim, vote in theirs.items():
        move(tallies[claim], among, vote.value, "")
        if claim in own:
            told = own[claim].value
            merged = merged.plus(take_in(own[claim], vote))
            move(tallies[claim], [MEMBERS], told, own[claim].value)
        else:
            merged = merged.plus(news(None, standing(vote), newer=True))
            move(tallies[claim], [MEMBERS], "", vote.value)
        rank(tallies[claim])
    ClaimVote.objects.bulk_update(own.values(), ["value", "changed_at", "made_at", "blind_value"], batch_size=500)
    ClaimVote.objects.by(guest).exclude(claim__in=own).update(user=member)
    ClaimTally.objects.bulk_update([tallies[claim] for claim in theirs], KEPT, batch_size=500)
    return merged


def standing(vote: ClaimVote) -> str | None:
    return None if vote.value == ClaimVote.Value.WITHDRAWN else vote.value


def take_in(own: ClaimVote, other: ClaimVote) -> Merged:
    """Make of two answers of one person the one that stands."""
    newer = other.changed_at > own.changed_at
    merged = news(standing(own), standing(other), newer=newer)
    if newer:
        own.value, own.changed_at = other.value, other.changed_at
    if other.made_at < own.made_at:
        own.made_at, own.blind_value = other.made_at, other.blind_value
    return merged


def merge_forecasts(guest: User, member: User, crowds: dict[int, PredictionCrowd]) -> Merged:
    """One line of revisions where there were two: each ends where the next begins, so that the newest stands."""
    theirs = set(Forecast.objects.by(guest).values_list("prediction_id", flat=True))
    both = set(Forecast.objects.by(member).filter(prediction__in=theirs).values_list("prediction_id", flat=True))
    given, now = current_of(guest), database_now()
    merged, own = Merged(brought=len(given.keys() - both)), current_of(member)
    for prediction in sorted(both):
        newer = put_in_line(guest, member, prediction)
        merged = merged.plus(news(own.get(prediction), given.get(prediction), newer=newer))
        crowds[prediction].forecasters = Forecast.objects.current().filter(prediction=prediction).count()
        count_crowd(crowds[prediction], now)
        crowds[prediction].save()
        put_days(prediction)
    Forecast.objects.by(guest).update(user=member)
    merge_scores(guest, member, both)
    return merged


def current_of(reader: User) -> dict[int, float]:
    """The probabilities that a reader gives now, by prediction."""
    return dict(Forecast.objects.current().by(reader).values_list("prediction_id", "probability"))


def merge_scores(guest: User, member: User, both: set[int]) -> None:
    """Where both forecast on what is resolved now, all are scored anew; other scores of the guest are the member's."""
    for prediction in Prediction.objects.keyed(both).resolved().order_by("pk"):
        score(prediction)
    if Score.objects.by(guest).update(user=member):
        count_records([member.pk])


def put_in_line(guest: User, member: User, prediction: int) -> bool:
    """End each forecast of the two where the next begins; whether the last one is the guest's."""
    line = list(Forecast.objects.filter(prediction=prediction, user__in=[guest, member]).order_by("made_at", "pk"))
    for forecast, following in pairwise(line):
        forecast.ended_at = earlier(forecast.ended_at, following.made_at)
    Forecast.objects.bulk_update(line, ["ended_at"], batch_size=500)
    return line[-1].user_id == guest.pk


def earlier(one: datetime | None, other: datetime) -> datetime:
    return other if one is None else min(one, other)


def merge_ballots(guest: User, member: User) -> Merged:
    """The newer ballot stands, in its phase, on the motion as on each essay; one in time before one that is late."""
    own = {(row.motion_id, row.essay_id, row.phase): row for row in Ballot.objects.by(member)}
    merged, dropped = Merged(), []
    for ballot in Ballot.objects.by(guest):
        old = own.get((ballot.motion_id, ballot.essay_id, ballot.phase))
        if old is None:
            merged = merged.plus(Merged(brought=1))
            continue
        newer = (not ballot.late, ballot.changed_at) > (not old.late, old.changed_at)
        dropped.append(old.pk if newer else ballot.pk)
        merged = merged.plus(news((old.side_id,), (ballot.side_id,), newer=newer))
    Ballot.objects.filter(pk__in=dropped).delete()
    Ballot.objects.by(guest).update(user=member)
    return merged


def merge_readings(guest: User, member: User) -> None:
    """What either has read, they have read, from the earlier of the two times on."""
    own = {(row.motion_id, row.essay_id): row for row in HasRead.objects.filter(user=member)}
    theirs = {(row.motion_id, row.essay_id): row for row in HasRead.objects.filter(user=guest)}
    for thing in own.keys() & theirs.keys():
        own[thing].made_at = min(own[thing].made_at, theirs[thing].made_at)
        own[thing].save()
        theirs[thing].delete()
    HasRead.objects.filter(user=guest).update(user=member)


def merge_tag_votes(guest: User, member: User) -> Merged:
    """A proposal that both made counts once."""
    same = TagVote.objects.by(member).filter(claim=OuterRef("claim"), tag=OuterRef("tag"))
    TagVote.objects.by(guest).filter(Exists(same)).delete()
    return Merged(brought=TagVote.objects.by(guest).update(user=member))


def merge_reveals(guest: User, member: User) -> None:
    """What either asked to see, they have seen; told to nobody, for it is no answer."""
    for thing in ("claim", "prediction", "motion"):
        seen = Reveal.objects.by(member).filter(**{thing: OuterRef(thing)})
        Reveal.objects.by(guest).filter(Exists(seen), **{f"{thing}__isnull": False}).delete()
    Reveal.objects.by(guest).update(user=member)
