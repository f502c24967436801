"""A member suggests something, takes it back while it waits, puts it back, or asks not to be named."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from debate.actions.rules import said_already
from debate.actions.writing import writing
from debate.models import Claim, Edition, Essay, Suggestion, Tag, User
from debate.models.suggestions import Target
from debate.reasoning.duplicates import bare_address, fingerprint

MOST_PENDING = 10
MOST_A_DAY = 30
DAY = timedelta(days=1)
State = Suggestion.State


class NotAMember(ValueError):
    """Suggestions are answered, so they are somebody's: a guest signs in first."""


class TooManyPending(ValueError):
    """So many of this member's wait already."""


class TooManyToday(ValueError):
    """So many of this member's came within a day; `retry_after` in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


class SaidAlready(ValueError):
    """The same member has said the same of the same thing: `earlier`, waiting or decided."""

    def __init__(self, earlier: Suggestion) -> None:
        super().__init__()
        self.earlier = earlier


class ThereAlready(ValueError):
    """What is suggested is on the site: `row`, which readers see."""

    def __init__(self, row: Claim | Essay | Tag) -> None:
        super().__init__()
        self.row = row


def fingerprint_of(suggestion: Suggestion) -> str:
    """What the same member may say once of the same thing."""
    said = suggestion.said()
    return fingerprint(bare_address(said.address) if said.address else said.text)


def lock(reader: User) -> User:
    """The reader, kept from suggesting elsewhere until the transaction ends. Raises NotAMember for a guest."""
    member = User.objects.select_for_update().get(pk=reader.pk)
    if member.is_guest:
        raise NotAMember
    return member


def suggest(*, reader: User, kind: str, target: Target, text: str, **more: Any) -> Suggestion:
    """Put a suggestion into the queue; one that was taken back before is put back instead, with what is new of it.

    `more`: why, source_url, way and named, as far as the kind has them. Raises SaidAlready, TooManyPending,
    TooManyToday, ThereAlready, NotAMember, and ValidationError where a rule on the table forbids it.
    """
    field = target._meta.model_name or ""
    new = Suggestion(kind=kind, text=text, by=reader, **{field: target}, **more)
    new.fingerprint = fingerprint_of(new)
    with writing():
        member = lock(reader)
        earlier = Suggestion.objects.said_alike(new).first()
        if earlier is not None and earlier.state != State.WITHDRAWN:
            raise SaidAlready(earlier)
        refuse_what_is_there(new)
        room_for_one_more(member)
        if earlier is not None:
            new.pk, new.made_at = earlier.pk, earlier.made_at
        else:
            room_for_one_more_today(member)
        new.clean_fields(exclude=["by"])
        new.save()
    return new


def refuse_what_is_there(new: Suggestion) -> None:
    """Raises ThereAlready where readers see such a claim, essay or tag; of what they do not see, nothing is told."""
    there = {Suggestion.Kind.CLAIM: claim_there, Suggestion.Kind.ESSAY: essay_there, Suggestion.Kind.TAG: tag_there}
    row = there[Suggestion.Kind(new.kind)](new) if new.kind in there else None
    if row is not None:
        raise ThereAlready(row)


def claim_there(new: Suggestion) -> Claim | None:
    claim = said_already(Claim(motion=new.on), new.on, new.text)
    return Claim.objects.visible().keyed([claim.pk]).first() if claim else None


def essay_there(new: Suggestion) -> Essay | None:
    wanted = bare_address(new.source_url)
    essays = Essay.objects.visible().only("slug", "title", "source_url").order_by("pk")
    return next((essay for essay in essays.iterator(500) if bare_address(essay.source_url) == wanted), None)


def tag_there(new: Suggestion) -> Tag | None:
    carried = Tag.objects.named(new.text).filter(uses__content_object=new.claim)
    return carried.first()


def room_for_one_more(member: User) -> None:
    if Suggestion.objects.by(member).pending().count() >= MOST_PENDING:
        raise TooManyPending


def room_for_one_more_today(member: User) -> None:
    now = timezone.now()
    recent = Suggestion.objects.by(member).filter(made_at__gt=now - DAY).order_by("-made_at")
    oldest = recent.values_list("made_at", flat=True)[MOST_A_DAY - 1 : MOST_A_DAY].first()
    if oldest is not None:
        raise TooManyToday(int((oldest + DAY - now).total_seconds()) + 1)


def withdraw(*, reader: User, suggestion: int) -> bool:
    """Take a waiting one back; whether it was still waiting."""
    with writing():
        mine = Suggestion.objects.by(reader).pending().keyed([suggestion])
        return bool(mine.update(state=State.WITHDRAWN))


def put_back(*, reader: User, suggestion: int) -> bool:
    """Let one wait again that was taken back; whether it was. Raises TooManyPending."""
    with writing():
        mine = Suggestion.objects.by(lock(reader)).in_state(State.WITHDRAWN).keyed([suggestion])
        if mine.exists():
            room_for_one_more(reader)
        return bool(mine.update(state=State.PENDING))


def credit(*, reader: User, suggestion: int, named: bool) -> None:
    """Name the reader where it is credited, or no longer. Pages that do are stale from then on."""
    with writing():
        mine = Suggestion.objects.by(reader).keyed([suggestion])
        mine.update(named=named)
        if mine.accepted().exists():
            Edition.advance()


def move_suggestions(claim: Claim, into: Claim) -> None:
    """Let what was suggested of one claim be suggested of the survivor, and credited there; within a merge.

    Where one member said the same of both, it is said once; if both were accepted, one of them stays as nobody's.
    """
    for suggestion in Suggestion.objects.filter(claim=claim).order_by("pk"):
        twin = Suggestion.objects.said_alike(suggestion, of=into).first()
        if twin is not None and suggestion.by_id is not None:
            leave_one(*sorted((suggestion, twin), key=lambda one: one.state == State.ACCEPTED))
    Suggestion.objects.filter(claim=claim).update(claim=into)
    Suggestion.objects.filter(made_claim=claim).update(made_claim=into)


def leave_one(lesser: Suggestion, other: Suggestion) -> None:
    if lesser.state == other.state == State.ACCEPTED:
        lesser.by, lesser.named = None, False
        lesser.save()
    else:
        lesser.delete()
