"""Our two signed cookies: who the guest is, and what somebody without a row of their own has asked to see."""

import re

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from debate.models import Claim, Motion, Prediction, User

READER_COOKIE = "reader"
REVEAL_COOKIE = "revealed"
YEAR = 365 * 24 * 3600
MOST_REVEALED = 50
Revealable = Claim | Prediction | Motion
LETTERS: dict[type[Revealable], str] = {Claim: "c", Prediction: "p", Motion: "m"}


def keep(response: HttpResponse, name: str, value: str) -> None:
    """Set a signed cookie of ours for a year, out of reach of scripts and of other sites."""
    response.set_signed_cookie(
        name, value, salt=name, max_age=YEAR, httponly=True, samesite="Lax", secure=settings.HTTPS
    )


def guest_told(request: HttpRequest) -> int | None:
    """The key of the guest that the cookie names; a forged or broken one names nobody."""
    told = request.get_signed_cookie(READER_COOKIE, default="", salt=READER_COOKIE)
    return int(told) if told and re.fullmatch(r"[0-9]{1,18}", told) else None


def keep_guest(response: HttpResponse, guest: User) -> None:
    keep(response, READER_COOKIE, str(guest.pk))


def key_of(thing: Revealable) -> str:
    """How the cookie names a thing: its motion's key, a letter for its sort, its own key."""
    motion = thing.pk if isinstance(thing, Motion) else thing.motion_id
    return f"{motion}{LETTERS[type(thing)]}{thing.pk}"


def reveals_told(request: HttpRequest) -> list[str]:
    """The keys of what the cookie says was asked for, oldest first."""
    told = request.get_signed_cookie(REVEAL_COOKIE, default="", salt=REVEAL_COOKIE)
    return told.split("-") if told else []


def covers(told: list[str], thing: Revealable) -> bool:
    """Whether the thing, or its whole motion, is among the keys."""
    key = key_of(thing)
    motion = re.match(r"\d+", key)
    return key in told or (motion is not None and f"{motion[0]}m{motion[0]}" in told)


def touches(told: list[str], motion: Motion) -> bool:
    """Whether anything of the motion is among the keys."""
    return any(re.match(rf"{motion.pk}[cpm]", key) for key in told)


def keep_reveal(request: HttpRequest, response: HttpResponse, thing: Revealable) -> None:
    """Add a thing to what was asked for; the newest fifty stay."""
    key = key_of(thing)
    told = [kept for kept in reveals_told(request) if kept != key]
    keep(response, REVEAL_COOKIE, "-".join([*told, key][-MOST_REVEALED:]))


def things_told(request: HttpRequest) -> list[tuple[type[Revealable], int]]:
    """What the cookie says was asked for: of which sort, and its key."""
    sorts = {letter: sort for sort, letter in LETTERS.items()}
    found = [re.fullmatch(r"\d+([cpm])(\d+)", key) for key in reveals_told(request)]
    return [(sorts[match[1]], int(match[2])) for match in found if match]
