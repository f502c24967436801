"""One site twice: as it would be if nobody else had said anything, and after many have; and all that it answers.

In both worlds the same motion is shown, the same prediction is resolved, insights are computed, and it is the same
second. Only in the loud one have members and guests voted, forecast, revised, withdrawn and taken sides, and been
scored for it. Both are undone. They are looked at by readers who said nothing about the motion (ONLOOKERS), and by one
who asked.

A new address is walked by itself; one with parts (a slug, a key) too, where it begins as another does, else it needs a
line in `parts_of`.
"""

import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core import signing
from django.core.management.color import no_style
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, reverse
from django.utils import timezone

from debate.actions.balloting import cast_ballot
from debate.actions.forecasting import make_forecast, withdraw_forecast
from debate.actions.insights.computing import compute
from debate.actions.recounting import recount_crowd
from debate.actions.recounting_days import recount_days
from debate.actions.resolution import resolve_prediction
from debate.actions.revealing import reveal
from debate.actions.voting import cast_vote, withdraw_vote
from debate.cookies import READER_COOKIE
from debate.lenses.kept import Kept
from debate.models import Claim, Forecast, ModerationEntry, Motion, Prediction, Reading, User
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.pages.tour import IN_PLACE, addresses
from tests.seeing.crowd import camps

ONLOOKERS = ("nobody", "guest", "member")
DAY = timedelta(days=1)
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]*"')


@dataclass(frozen=True)
class Answer:
    """All that a browser receives, but for the token that each form has anew."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes


def answer_of(response: Any) -> Answer:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = {name: value for name, value in response.headers.items() if name != "Date"}
    return Answer(response.status_code, headers, tuple(response.cookies), TOKEN.sub(b"", body))


@dataclass
class Scene:
    """A motion with something of every sort, the readers who say nothing about it, and one who asked."""

    now: datetime
    motion: Motion
    claims: list[Claim]
    open: Prediction
    decided: Prediction
    curator: User
    readers: dict[str, User | None]
    others: list[User] = field(default_factory=list)


def scene(now: datetime) -> Scene:
    elsewhere = make.motion_with_claims(2)
    motion = make.motion_with_claims(8, featured=True)
    essay, claims = motion.essays.get(), list(motion.claims.order_by("pk"))
    told = {"motion": motion, "essay": essay, "opens_at": now - 60 * DAY}
    still_open, decided = make.PredictionFactory(**told), make.PredictionFactory(**told, closes_at=now - 2 * DAY)
    Reading.objects.create(essay=essay, prediction=still_open, low=0.2, high=0.4, paragraph=1, note="It sounds so.")
    still_open.bearings.create(claim=claims[0], outcome="yes", rationale="Because.")
    Motion.objects.filter(pk=motion.pk).update(deciding_prediction=still_open)
    guest, member, curious = make.GuestFactory(), make.MemberFactory(), make.MemberFactory()
    cast_vote(reader=guest, claim=elsewhere.claims.first(), value="agree", informed=False)
    reveal(reader=curious, thing=motion)
    readers = {"nobody": None, "guest": guest, "member": member, "curious": curious}
    return Scene(now, motion, claims, still_open, decided, make.CuratorFactory(), readers)


# What the others do.


def others_act(on: Scene) -> None:
    first, second = camps(on.motion, 12, 12, noise=0.3)
    readers = [*first, *second, *make.GuestFactory.create_batch(4)]
    for number, reader in enumerate(readers):
        vote_and_forecast(on, reader, number)
        take_sides(on, reader, number)
    withdraw_vote(reader=readers[0], claim=on.claims[0])
    withdraw_forecast(reader=readers[0], prediction=on.open)
    Forecast.objects.bulk_create(
        Forecast(user=reader, prediction=on.decided, probability=0.05 + n / 40, made_at=on.now - (9 + n) * DAY)
        for n, reader in enumerate(readers)
    )
    recount_crowd(prediction=on.decided.pk)
    recount_days(prediction=on.decided.pk)


def vote_and_forecast(on: Scene, reader: User, number: int) -> None:
    cast_vote(
        reader=reader, claim=on.claims[number % 8], value=("agree", "disagree", "pass")[number % 3], informed=False
    )
    reveal(reader=reader, thing=on.open)
    for probability in (0.3 + number / 50, 0.6 + number / 100):
        make_forecast(reader=reader, prediction=on.open, probability=probability, informed=True)


def take_sides(on: Scene, reader: User, number: int) -> None:
    sides = [*on.motion.sides.order_by("position"), None]
    for phase, side in (("before", sides[number % 3]), ("after", sides[(number + 1) % 2])):
        for essay in (None, on.motion.essays.get()):
            cast_ballot(reader=reader, motion=on.motion, essay=essay, phase=phase, side=side)


# The worlds.


def world(on: Scene, happens: Callable[[Scene], None], tags: dict[str, str]) -> dict[str, Answer]:
    """All that the site answers after something has happened, which is undone. `tags`: the ETags held already."""
    with transaction.atomic():
        number_lines_anew()
        happens(on)
        evidence = {"note": "So it is.", "evidence_url": "https://example.org/"}
        day = (on.now - DAY).date()
        resolve_prediction(curator=on.curator, prediction=on.decided, resolution="yes", resolved_on=day, **evidence)
        compute(motion=on.motion)
        forget_what_is_kept()
        seen = {told: answer_of(ask()) for told, ask in everything(on, tags)}
        transaction.set_rollback(True)
    return seen


def number_lines_anew() -> None:
    """PostgreSQL takes no key twice, not even one that was undone: the line that tells of the resolution has the same
    in both worlds.
    """
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [ModerationEntry]):
            cursor.execute(statement)


def forget_what_is_kept() -> None:
    """What this process keeps of one world is not to be shown in the other."""
    loaded = [module for name, module in sys.modules.items() if name.startswith("debate.")]
    for thing in [thing for module in loaded for thing in vars(module).values()]:
        if type(thing) is Kept:  # a lazy object would be woken by asking for more
            thing.edition = ""
            thing.things.clear()


def nothing_happens(_on: Scene) -> None:
    """As on the first day."""


def quiet_and_loud() -> tuple[dict[str, Answer], dict[str, Answer]]:
    on = scene(timezone.now())
    quiet = world(on, nothing_happens, {})
    tags = {told: answer.headers["ETag"] for told, answer in quiet.items() if "ETag" in answer.headers}
    return quiet, world(on, others_act, tags)


# What is asked.


def parts_of(on: Scene) -> dict[str, dict[str, dict[str, Any]]]:
    """For what addresses with parts begin with, the things that are asked for, each by a word of ours."""
    essay = on.motion.essays.get()
    claims = {"claim": {"slug": on.claims[0].slug}, "counterpoint": {"slug": on.claims[1].slug}}
    return {
        "motions": {"motion": {"slug": on.motion.slug}},
        "essays": {"essay": {"slug": essay.slug}},
        "authors": {"author": {"slug": essay.authors.get().slug}},
        "claims": claims,
        "stand": claims,
        "predictions": {"open": {"slug": on.open.slug}, "decided": {"slug": on.decided.slug}},
        "tags": {"tag": {"slug": "word-0"}},
        "leaderboard": {"other": {"key": 1}},
        "accounts": {"another's": {"pk": 1}},
        "curate": {"essay": {"slug": essay.slug, "pk": essay.pk, "key": 1, "kind": "files"}},
        "you": {"another's": {"key": 1}},
    }


BY_LETTER = {
    "account_confirm_email": {"used": {"key": "used-up"}},
    "account_reset_password_from_key": {"used": {"uidb36": "1", "key": "used"}},
}


def named_parts(on: Scene, name: str, pattern: URLPattern) -> dict[str, dict[str, Any]]:
    """What is asked for at an address with parts. Raises KeyError where nothing is known that it could name."""
    found = BY_LETTER.get(name) or parts_of(on)[str(pattern.pattern).split("/")[0]]
    asked = pattern.pattern.regex.groupindex
    return {word: {part: value for part, value in parts.items() if part in asked} for word, parts in found.items()}


def pages(on: Scene) -> Iterator[tuple[str, str]]:
    """Every address of the site, by the name of its line in the table."""
    for name, pattern in addresses().items():
        if pattern.pattern.regex.groups:
            told = named_parts(on, name, pattern)
            yield from ((f"{name} of {word}", reverse(name, kwargs=parts)) for word, parts in told.items())
        else:
            yield name, reverse(name)
    yield from (("curation", reverse("admin:index")), ("nowhere", "/no/such/page/"))
    yield from ((f"curation of {m.__name__}", reverse(f"admin:debate_{m._meta.model_name}_changelist")) for m in ours())


def ours() -> list[Any]:
    return [model for model in admin.site._registry if model._meta.app_label == "debate"]


def queries(on: Scene) -> Iterator[tuple[str, str]]:
    """The same pages asked otherwise."""
    author, motion = on.motion.essays.get().authors.get().slug, on.motion.slug
    for order in ("top", "contested", "central", "unanswered", "new"):
        yield f"claims by {order}", f"/claims/?order={order}"
    yield from (("claims found", "/claims/?q=thing"), ("claims of an author", f"/claims/?author={author}"))
    yield from (("predictions open", "/predictions/?state=open"), ("no filter", "/claims/?colour=red"))
    yield from ((f"{view} named", f"/{view}/?motion={motion}") for view in ("timeline", "insights", "matrix", "map"))


def posts(on: Scene) -> Iterator[tuple[str, str, dict[str, str], dict[str, str]]]:
    """What is refused, and says so on a page or a part of one that others' answers stand on for who may see them."""
    here, there = on.open.get_absolute_url(), on.claims[0].get_absolute_url()
    for told, headers in (("", {}), (" in place", IN_PLACE)):
        yield f"a forecast of 100{told}", f"{here}forecast/", {"percent": "100"}, headers
        yield f"a forecast too late{told}", f"{on.decided.get_absolute_url()}forecast/", {"percent": "40"}, headers
        yield f"a vote that is none{told}", f"{there}vote/", {"value": "maybe"}, headers
        yield f"a tag that is none{told}", f"{there}tags/", {"name": "?!"}, headers
    yield "a vote from elsewhere", f"{there}vote/", {"value": "agree"}, {"HTTP_SEC_FETCH_SITE": "cross-site"}
    yield "nothing withdrawn", f"{here}forecast/", {"withdraw": "yes"}, IN_PLACE


def browser_of(reader: User | None) -> Client:
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    if reader is not None and reader.is_guest:
        signer = signing.get_cookie_signer(salt=READER_COOKIE + READER_COOKIE)
        client.cookies[READER_COOKIE] = signer.sign(str(reader.pk))
    elif reader is not None:
        client.force_login(reader)
    return client


def everything(on: Scene, tags: dict[str, str]) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Each thing that is asked, told in words that begin with who asks."""
    for who, reader in on.readers.items():
        client = browser_of(reader)
        for name, path in (*pages(on), *queries(on)):
            yield f"{who}: {name}", lambda c=client, p=path: c.get(p)
            if who in ("nobody", "guest") and not name.startswith("curation"):
                yield f"{who}: part of {name}", lambda c=client, p=path: c.get(p, **IN_PLACE)
            if who == "nobody":
                held = tags.get(f"{who}: {name}", "none")
                yield f"{who}: head of {name}", lambda c=client, p=path: c.head(p)
                yield f"{who}: {name} again", lambda c=client, p=path, t=held: c.get(p, HTTP_IF_NONE_MATCH=t)
        for name, path, fields, headers in posts(on) if who != "curious" else ():
            yield f"{who}: {name}", lambda c=client, p=path, f=fields, h=headers: c.post(p, f, **h)
