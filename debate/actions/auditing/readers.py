"""What holds among the rows that readers give."""

from collections.abc import Iterable, Iterator
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, F, OuterRef, Q

from debate.actions import lateness
from debate.actions.auditing.rule import Rule
from debate.actions.suggesting import MOST_PENDING, fingerprint_of
from debate.models import Ballot, Forecast, Suggestion, User
from debate.reasoning.names import plain


def ballots_for_other_sides() -> Iterable[Ballot]:
    return Ballot.objects.filter(~Q(side__motion=F("motion")), side__isnull=False).order_by("pk")


def ballots_on_other_essays() -> Iterable[Ballot]:
    return Ballot.objects.filter(~Q(essay__motion=F("motion")), essay__isnull=False).order_by("pk")


def overlapping_forecasts() -> Iterable[Forecast]:
    """Forecasts that begin while an earlier one of the same reader still stands."""
    same = Forecast.objects.filter(user=OuterRef("user"), prediction=OuterRef("prediction"))
    before = Q(made_at__lt=OuterRef("made_at")) | Q(made_at=OuterRef("made_at"), pk__lt=OuterRef("pk"))
    standing = Q(ended_at__isnull=True) | Q(ended_at__gt=OuterRef("made_at"))
    return Forecast.objects.filter(Exists(same.filter(before, standing))).order_by("pk")


def guests_with_more_than_a_cookie() -> Iterable[User]:
    address = EmailAddress.objects.filter(user=OuterRef("pk"))
    locked = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    return User.objects.filter(Q(Exists(address)) | ~Q(email="") | ~locked, kind=User.Kind.GUEST).order_by("pk")


def addresses_of_two() -> Iterable[Any]:
    """Addresses that one member keeps and another signs in with."""
    others = User.objects.filter(email__iexact=OuterRef("email")).exclude(pk=OuterRef("user"))
    rows: Iterable[Any] = EmailAddress.objects.filter(Exists(others)).order_by("pk")
    return rows


def names_that_are_not_plain() -> Iterator[User]:
    for reader in User.objects.exclude(display_name="").order_by("pk").iterator(2_000):
        if not is_plain(reader.display_name):
            yield reader


def is_plain(name: str) -> bool:
    try:
        return plain(name) == name
    except ValueError:
        return False


def members_with_too_much_waiting() -> Iterable[User]:
    waiting = Count("suggestions", filter=Q(suggestions__state=Suggestion.State.PENDING))
    return User.objects.annotate(waiting=waiting).filter(waiting__gt=MOST_PENDING).order_by("pk")


def suggestions_of_guests() -> Iterable[Suggestion]:
    return Suggestion.objects.filter(by__kind=User.Kind.GUEST).order_by("pk")


def suggestions_known_by_other_words() -> Iterator[Suggestion]:
    for suggestion in Suggestion.objects.order_by("pk").iterator(2_000):
        if suggestion.fingerprint != fingerprint_of(suggestion):
            yield suggestion


def rules() -> list[Rule]:
    return [
        Rule("a ballot is for a side of its motion", ballots_for_other_sides),
        Rule("a ballot on an essay is on one of its motion", ballots_on_other_essays),
        Rule("a ballot before reading on a motion that came late is marked so", lateness.unmarked),
        Rule("a reader's forecasts of one prediction follow each other", overlapping_forecasts),
        Rule("a guest has no address and no password", guests_with_more_than_a_cookie),
        Rule("an address belongs to one member", addresses_of_two),
        Rule("a member has at most ten suggestions waiting", members_with_too_much_waiting),
        Rule("a suggestion is a member's", suggestions_of_guests),
        Rule("a suggestion is known by its own words", suggestions_known_by_other_words),
        Rule("a display name is one line of signs that are seen", names_that_are_not_plain),
    ]
