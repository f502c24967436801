"""Readers who say where they stand, for tests of what is made of it."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from debate.actions.balloting import cast_ballot, withdraw_ballot
from debate.actions.swinging import recount_swing
from debate.models import Ballot, Essay, Motion, Side, SwingCount, User

UNDECIDED = "undecided"


def side_of(motion: Motion, slug: str) -> Side | None:
    return None if slug == UNDECIDED else motion.sides.get(slug=slug)


def say(reader: User, thing: Motion | Essay, phase: str, side: str) -> Ballot:
    """Take the side of this slug on a motion or after an essay."""
    return cast_ballot(reader=reader, phase=phase, **place(thing), side=side_of(place(thing)["motion"], side))


def take_back(reader: User, thing: Motion | Essay, phase: str) -> None:
    withdraw_ballot(reader=reader, phase=phase, **place(thing))


def place(thing: Motion | Essay) -> dict[str, Any]:
    return {"motion": thing.motion, "essay": thing} if isinstance(thing, Essay) else {"motion": thing, "essay": None}


def move(reader: User, thing: Motion | Essay, before: str, after: str) -> None:
    """Say the one before, read, say the other after."""
    say(reader, thing, "before", before)
    say(reader, thing, "after", after)


def paired(pairs: Sequence[tuple[User, tuple[str, str]]], thing: Motion | Essay) -> None:
    """Write that each of these readers said the one before and the other after, and count them: quicker than each by
    its action, for tests of what is made of it.
    """
    where = place(thing)
    sides = {slug: side_of(where["motion"], slug) for slug in {slug for _reader, told in pairs for slug in told}}
    Ballot.objects.bulk_create(
        Ballot(user=reader, phase=phase, side=sides[slug], **where)
        for reader, told in pairs
        for phase, slug in zip(("before", "after"), told, strict=True)
    )
    recount_swing(motion=where["motion"].pk)


def counts(thing: Motion | Essay) -> Counter[tuple[str, str, str]]:
    """(kind, before, after): how many, as the counts of who moved tell it."""
    rows = SwingCount.objects.filter(**place(thing)).select_related("before", "after")
    told = {(row.kind, name(row.before), name(row.after)): row.readers for row in rows}
    return Counter({cell: readers for cell, readers in told.items() if readers})


def name(side: Side | None) -> str:
    return side.slug if side else UNDECIDED
