"""When a ballot before reading comes late: kept as it is, and never paired."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from debate.models import Ballot, ClaimVote, Forecast, HasRead, Reveal, User

BY_THEN = {"made_at__lt": OuterRef("changed_at")}


def begun(**when: Any) -> Q:
    """Of ballots: whether their reader has done something that a ballot before reading should come before.

    On the motion as a whole that is a vote or forecast on anything of it, asking to see any of its results, and a
    ballot after reading, on it or on one of its essays. On an essay it is a vote or forecast on, or asking to see the
    results of, a claim that it takes a stance on or a prediction that it speaks to; asking to see the whole motion's;
    and a ballot after reading on the essay or on the motion as a whole. `when` narrows what was done, and by whom.
    """
    given = {"user": OuterRef("user"), **when}
    votes, forecasts = ClaimVote.objects.filter(**given), Forecast.objects.filter(**given)
    reveals, read = Reveal.objects.filter(**given), HasRead.objects.filter(**given)
    motion, essay = OuterRef("motion"), OuterRef("essay")
    of_it = Q(prediction__essay=essay) | Q(prediction__readings__essay=essay)
    on_motion = (
        votes.filter(claim__motion=motion),
        forecasts.filter(prediction__motion=motion),
        reveals.filter(Q(claim__motion=motion) | Q(prediction__motion=motion) | Q(motion=motion)),
        read.filter(motion=motion),
    )
    on_essay = (
        votes.filter(claim__stances__essay=essay),
        forecasts.filter(of_it),
        reveals.filter(of_it | Q(claim__stances__essay=essay) | Q(motion=motion)),
        read.filter(Q(essay=essay) | Q(motion=motion, essay__isnull=True)),
    )
    return Q(any_of(on_motion), essay__isnull=True) | Q(any_of(on_essay), essay__isnull=False)


def any_of(rows: "tuple[QuerySet[Any], ...]") -> Q:
    found = Q()
    for some in rows:
        found |= Q(Exists(some))
    return found


def find_late(ballot: Ballot, *, revealed: bool) -> None:
    """Mark a ballot before reading that is given or changed now as late, if anything makes it so.

    `revealed`: a cookie shows that the reader asked for results that no row of theirs tells of.
    """
    late = Ballot.objects.filter(Q() if revealed else begun(), pk=ballot.pk)
    if late.update(late=True):
        ballot.late = True


def mark_late(guest: User, member: User) -> None:
    """Mark what either said before reading that comes late by what the member has given, all of it theirs by now."""
    given = Ballot.objects.filter(user__in=[guest, member], phase=Ballot.Phase.BEFORE)
    given.filter(begun(user=member, **BY_THEN)).update(late=True)


def unmarked() -> "QuerySet[Ballot]":
    """Ballots before reading on a motion that came late and are not marked so.

    Those on essays are left out: what an essay speaks to may have changed since.
    """
    early = Ballot.objects.filter(phase=Ballot.Phase.BEFORE, late=False, essay__isnull=True)
    return early.filter(begun(**BY_THEN)).order_by("pk")
