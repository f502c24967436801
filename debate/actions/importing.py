"""A conversation held elsewhere becomes a motion of this site: its statements are claims, its participants guests.

Nobody has marked the statements, so every claim is a reader's and counts as a value judgement; the motion has no
sides. Its votes are kept as informed ones: whoever gave them may have seen what others think.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import NamedTuple

from django.contrib.auth.hashers import make_password
from django.utils.text import slugify

from debate.actions.corpus import refresh
from debate.actions.recounting import recount_tally
from debate.actions.writing import writing
from debate.models import Claim, ClaimVote, Motion, Status, User

REASON = "imported"
BATCH = 500
QUESTION, TEXT, SLUG = (
    int(column.max_length or 0)
    for column in (Motion._meta.get_field("question"), Claim._meta.get_field("text"), Motion._meta.get_field("slug"))
)


class Refused(ValueError):
    """This conversation does not go into this database, or not under this name."""


class Statement(NamedTuple):
    """What participants were asked to agree or disagree with; `place` tells where it stands, for messages."""

    number: int
    text: str
    made_at: datetime
    place: str


class Answers(NamedTuple):
    """What one participant answered, statement by statement: a vote's value, and when it was given."""

    participant: int
    votes: Mapping[int, tuple[str, datetime]]


@dataclass(frozen=True)
class Conversation:
    """One conversation until its last vote. `answers` are read while they are stored, and may raise only then."""

    topic: str
    address: str
    description: str
    credit: str
    ended: datetime
    statements: list[Statement]
    answers: Iterable[Answers]


@dataclass
class Imported:
    """What an import came to; `left` tells which statements stayed out, and why."""

    motion: Motion
    made: bool
    claims: int = 0
    readers: int = 0
    votes: int = 0
    left: list[str] = field(default_factory=list)


def import_conversation(
    *, conversation: Conversation, slug: str = "", progress: Callable[[Iterable[Answers]], Iterable[Answers]] = iter
) -> Imported:
    """Put a conversation into the motion of this slug (made from the topic unless given), all or nothing.

    The motion is made where it is missing: published, not featured. Done again it adds what has come since, and
    changes votes that have changed; what a curator has edited, merged or deleted stays so, and nothing is taken away.
    A statement longer than a claim may be, or that says the same as another, stays out with its votes: shortened or
    joined it would not be what people voted on. Raises Refused where the slug is another motion's or the topic does
    not fit, and whatever reading the answers raises.
    """
    with writing():
        done = motion_for(conversation, slug or slug_of(conversation))
        claims = put_statements(done, conversation.statements)
        if done.made or done.claims:
            refresh(done.motion)
        answers = iter(progress(conversation.answers))
        touched: set[int] = set()
        while batch := list(islice(answers, BATCH)):
            touched |= put_answers(done, batch, claims)
        for claim in sorted(touched):
            recount_tally(claim=claim)
    return done


# The motion.


def slug_of(conversation: Conversation) -> str:
    return slugify(conversation.topic)[:SLUG].strip("-_") or "conversation"


def motion_for(conversation: Conversation, slug: str) -> Imported:
    """The conversation's motion, made unless it is there. Raises Refused where another has its slug."""
    held = Motion.objects.filter(slug=slug).first()
    if held is None:
        return Imported(new_motion(conversation, slug), made=True)
    if conversation.address not in held.context:
        raise Refused(
            f"There is a motion “{slug}” whose context does not name {conversation.address}; choose another slug."
        )
    return Imported(held, made=False)


def new_motion(conversation: Conversation, slug: str) -> Motion:
    if slug != slugify(slug) or len(slug) > SLUG:
        raise Refused(f"“{slug}” is no slug: small letters, digits and hyphens, at most {SLUG}.")
    if not 0 < len(conversation.topic) <= QUESTION:
        raise Refused(f"A motion's question has 1 to {QUESTION} characters; this topic has {len(conversation.topic)}.")
    if not conversation.statements:
        raise Refused("There is no statement in this conversation.")
    begun = min(statement.made_at for statement in conversation.statements).date()
    motion = Motion(
        slug=slug,
        question=conversation.topic,
        context=f"{conversation.description}\n\n{conversation.credit}".strip(),
        opened_on=begun,
        horizon=max(conversation.ended.date(), begun) + timedelta(days=1),
        status=Status.PUBLISHED,
    )
    motion._change_reason = REASON  # type: ignore[attr-defined]
    motion.save()
    return motion


# Its statements.


def put_statements(done: Imported, statements: Iterable[Statement]) -> dict[int, int]:
    """Make the claims that are missing; tells which claim takes the votes on which statement."""
    slugs = {claim_slug(done.motion, statement): statement for statement in statements}
    if strangers := Claim.objects.filter(slug__in=slugs).exclude(motion=done.motion).first():
        raise Refused(f"Another motion has the claim “{strangers.slug}”; choose another slug for this one.")
    held = {claim.slug: claim for claim in Claim.objects.filter(slug__in=slugs)}
    ever = {*held, *Claim.history.filter(slug__in=slugs).values_list("slug", flat=True)}
    fresh = fitting(done, {slug: statement for slug, statement in slugs.items() if slug not in ever})
    made = Claim.objects.bulk_create(list(fresh), batch_size=BATCH)
    Claim.history.bulk_history_create(made, default_change_reason=REASON)
    done.claims = len(made)
    open_ones = [claim for claim in [*held.values(), *made] if claim.status != Claim.Status.MERGED]
    return {slugs[claim.slug].number: claim.pk for claim in open_ones}


def claim_slug(motion: Motion, statement: Statement) -> str:
    return f"{motion.slug}-{statement.number}"


def fitting(done: Imported, slugs: Mapping[str, Statement]) -> Iterator[Claim]:
    """A claim for each statement that can be one; of the others, `left` tells why not."""
    here = Claim.objects.filter(motion=done.motion).exclude(status=Claim.Status.MERGED)
    said = {text.lower(): "a claim that is here" for text in here.values_list("text", flat=True)}
    for slug, statement in slugs.items():
        text = " ".join(statement.text.split())
        if not 0 < len(text) <= TEXT:
            done.left.append(f"{statement.place}: {len(text)} characters; a claim has 1 to {TEXT}")
        elif before := said.get(text.lower()):
            done.left.append(f"{statement.place}: says the same as {before}")
        else:
            said[text.lower()] = statement.place
            yield new_claim(done.motion, slug, text, statement.made_at)


def new_claim(motion: Motion, slug: str, text: str, made_at: datetime) -> Claim:
    return Claim(
        slug=slug,
        motion=motion,
        text=text,
        kind=Claim.Kind.VALUE,
        origin=Claim.Origin.READER,
        status=Claim.Status.PUBLISHED,
        created_at=made_at,
    )


# Its participants and their votes.


def put_answers(done: Imported, batch: list[Answers], claims: Mapping[int, int]) -> set[int]:
    """Store what is new in some participants' answers, and the guests they are missing; which claims it changes."""
    guests = guests_for(done, batch)
    held = {
        (vote.user_id, vote.claim_id): vote
        for vote in ClaimVote.objects.filter(user__in=guests.values(), claim__in=claims.values())
    }
    rows = [row for answers in batch for row in votes_of(answers, guests[answers.participant], claims)]
    new = [row for row in rows if differs(row, held.get((row.user_id, row.claim_id)))]
    ClaimVote.objects.bulk_create(
        new,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["user", "claim"],
        update_fields=["value", "changed_at"],
    )
    done.votes += len(new)
    return {row.claim_id for row in new}


def guests_for(done: Imported, batch: list[Answers]) -> dict[int, int]:
    """The guest that stands for each participant, by key; whoever voted on nothing that is here is one as well."""
    names = {f"import.{done.motion.slug}.{answers.participant}": answers for answers in batch}
    keys = dict(User.objects.filter(username__in=names).values_list("username", "pk"))
    new = [new_guest(name, answers) for name, answers in names.items() if name not in keys]
    keys |= {guest.username: guest.pk for guest in User.objects.bulk_create(new)}
    done.readers += len(new)
    return {answers.participant: keys[name] for name, answers in names.items()}


def new_guest(name: str, answers: Answers) -> User:
    joined = min((at for _value, at in answers.votes.values()), default=datetime.now(UTC))
    return User(username=name, kind=User.Kind.GUEST, password=make_password(None), date_joined=joined)


def votes_of(answers: Answers, guest: int, claims: Mapping[int, int]) -> Iterator[ClaimVote]:
    for statement, (value, at) in answers.votes.items():
        if statement in claims:
            yield ClaimVote(user_id=guest, claim_id=claims[statement], value=value, made_at=at, changed_at=at)


def differs(vote: ClaimVote, held: ClaimVote | None) -> bool:
    """Whether a vote is new, or says something else than the one held; one that was changed is not made again."""
    if held is not None:
        vote.changed_at = max(vote.changed_at, held.made_at)
    return held is None or held.value != vote.value
