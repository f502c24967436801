"""A walk through the whole site: every page in every state that it has, asked once and written down.

A new address without a name for its parts is asked by itself; one with parts (a slug, a key) needs a line here, and
test_every_page_is_well_made.py fails until it has one.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from unittest.mock import patch

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib import admin
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, reverse
from django.utils import timezone

from debate import urls
from debate.actions.corpus import refresh
from debate.actions.moderation_log import note
from debate.actions.recounting import recount_crowd
from debate.lenses.nearness import held_on
from debate.models import Author, Claim, Essay, Forecast, Motion, Prediction, Tag, User
from debate.views import errors
from tests import factories as make
from tests.accounts.keyring import LOGIN, Passkey, add
from tests.balloting.ballots import move
from tests.pages.crowd import forecasting_crowd
from tests.pages.desk import desk
from tests.pages.keeping import own_record
from tests.pages.suggesting import answers, suggestions

PASSWORD = "correct horse battery staple"
HERE = {"HTTP_SEC_FETCH_SITE": "same-origin"}
IN_PLACE = {"HTTP_HX_REQUEST": "true"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """What came back: told in words, under which name of the url table, with which status, as what."""

    told: str
    name: str
    status: int
    wanted: int
    html: str
    part: bool = False


@dataclass
class Tour:
    """Asks, and writes down. `wanted` is the status; 0 for any that is no failure of ours."""

    motion: Motion
    answers: list[Answer] = field(default_factory=list)

    def see(self, client: Client, address: str, wanted: int = 200, **headers: Any) -> str:
        return self.note("GET", address, client.get(address, **headers), wanted)

    def send(self, client: Client, address: str, wanted: int = 200, headers: Any = None, **fields: Any) -> str:
        return self.note("POST", address, client.post(address, fields, **(headers or {})), wanted)

    def note(self, method: str, address: str, response: Any, wanted: int, name: str = "") -> str:
        is_html = response.get("Content-Type", "").startswith("text/html")
        html = response.content.decode() if is_html else ""
        request = getattr(response, "wsgi_request", None)
        match, who = getattr(request, "resolver_match", None), getattr(request, "reader", None)
        told = f"{method} {address} as {who.kind if who else 'nobody'}: {response.status_code}"
        part = bool(html) and "<!doctype" not in html[:40].lower()
        self.answers.append(
            Answer(told, name or (match.url_name if match else "") or "", response.status_code, wanted, html, part)
        )
        return html


def browser(reader: User | None = None, **more: Any) -> Client:
    client = Client(enforce_csrf_checks=True, **HERE, **more)
    if reader:
        client.force_login(reader)
    return client


def addresses() -> dict[str, URLPattern]:
    """The url table, by name, without the curation room's, which the chapter on it takes from its own register."""
    return {one.name or "": one for one in urls.urlpatterns if isinstance(one, URLPattern)}


def walk(motion: Motion) -> list[Answer]:
    tour = Tour(motion)
    for chapter in CHAPTERS:
        chapter(tour)
    return tour.answers


# The chapters, in an order in which what one gives does not hide what another wants to see.


def empty_site(tour: Tour) -> None:
    """As on the first day, before anything is loaded; put back at once."""
    Motion.objects.filter(pk=tour.motion.pk).update(featured=False, status="draft")
    refresh(tour.motion)
    for path in ("/", "/essays/", "/authors/", "/motions/", "/tags/"):
        tour.see(Client(), path)
    Motion.objects.filter(pk=tour.motion.pk).update(featured=True, status="published")
    refresh(tour.motion)


def every_plain_address(tour: Tour) -> None:
    with override_settings(SENDS_MAIL=True):
        for client in (Client(), browser(make.MemberFactory())):
            for pattern in addresses().values():
                if not pattern.pattern.regex.groups:
                    tour.see(client, f"/{pattern.pattern}".replace("^", "").replace("$", ""), wanted=0)


def lists(tour: Tour) -> None:
    client = Client()
    asked = [
        *(
            "/claims/?side=remains&kind=forecast",
            "/claims/?tag=skills&author=luke-posey&status=unanswered",
            "/claims/?q=role",
        ),
        *("/claims/?q=zeppelin", "/claims/?q=luke+posey", "/claims/?q=what%27s+in+a+name", "/claims/?order=new"),
        *("/claims/?order=top", "/claims/?order=unanswered&q=%22%3Cb%3E", "/predictions/?state=open"),
        *("/predictions/?state=resolved", f"/predictions/?essay={Essay.objects.visible()[0].slug}"),
    ]
    for path in asked:
        html = tour.see(client, path)
        if more := re.search(r'<a class="button" href="(\?[^"]+)" rel="next">', html):
            tour.see(client, path.split("?")[0] + more[1].replace("&amp;", "&"))


def details(tour: Tour) -> None:
    client = Client()
    in_every_state(tour.motion)
    make.motion_with_claims(3)
    crowded = Claim.objects.visible().order_by("-standing__central", "pk")
    chosen = [*crowded[:4], *crowded.reverse()[:2], *Claim.objects.visible().order_by("-pk")[:1]]
    made_here, from_essays = Prediction.objects.visible().order_by("-pk")[:7], Prediction.objects.visible()[:4]
    rows: list[Any] = [*chosen, *made_here, *from_essays, *Tag.objects.visible()[:2]]
    rows += [*Motion.objects.visible(), *Essay.objects.visible(), *Author.objects.visible()]
    for row in rows:
        tour.see(client, row.get_absolute_url())
    tour.see(client, "/motions/")
    tour.see(client, f"/claims/{merged_into(chosen[0]).slug}/", wanted=301)


def in_every_state(motion: Motion) -> None:
    essay, now = motion.essays.order_by("pk")[0], timezone.now()
    resolved = {"closes_at": now - DAY, "resolved_on": date(2026, 11, 1), "resolution_note": "It *did not*."}
    for told in (
        {"closes_at": now - DAY},
        {"opens_at": now + DAY},
        *({**resolved, "resolution": how} for how in ("yes", "no", "ambiguous", "annulled")),
        {**resolved, "resolution": "no", "evidence_url": "https://example.org/?a=1&b=2"},
    ):
        make.PredictionFactory(motion=motion, essay=essay, **told)


def merged_into(claim: Claim) -> Claim:
    merged: Claim = make.ClaimFactory(motion=claim.motion, status="merged", merged_into=claim)
    return merged


def reader_acts(tour: Tour) -> None:
    """As a guest with script, then as a member without, then revealed; among readers some of whom have moved."""
    for thing in (tour.motion, tour.motion.essays.order_by("pk")[0]):
        for reader in make.GuestFactory.create_batch(10):
            move(reader, thing, "undecided", "remains")
    for client, headers in ((browser(), IN_PLACE), (browser(make.MemberFactory()), {})):
        wanted = 200 if headers else 303
        vote_on_claims(tour, client, headers, wanted)
        stand(tour, client, headers, wanted)
        forecast(tour, client, headers, wanted)
        ballots(tour, client, headers, wanted)
        tour.send(client, f"/motions/{tour.motion.slug}/reveal/", 303)
        for path in ("/claims/?order=top", "/claims/?order=contested", "/claims/", "/predictions/"):
            tour.see(client, path)
        for path in ("/", "/map/", "/matrix/", "/compare/", "/timeline/", "/unanswered/", "/insights/"):
            tour.see(client, path)
        for query in ("", f"?essay={tour.motion.essays.order_by('pk')[0].slug}", "?readers=members"):
            tour.see(client, f"/insights/swing/{query}")


def forecasters(tour: Tour) -> None:
    """A leaderboard with and without ranks, the record of either, the member who asks to be on it, and an author's."""
    best, early, member, author = forecasting_crowd(tour.motion)
    for client in (Client(), browser(member)):
        for path in ("", "?group=ranked", "?group=early", f"{best.pk}/", f"{early.pk}/"):
            html = tour.see(client, f"/leaderboard/{path}")
            if more := re.search(r'href="(\?[^"]+)" rel="next"', html):
                tour.see(client, "/leaderboard/" + more[1].replace("&amp;", "&"))
    tour.send(browser(), "/leaderboard/me/", 403, listed="on")
    for wish, wanted in (("on", 303), ("maybe", 400)):
        tour.send(browser(member), "/leaderboard/me/", wanted, listed=wish)
        tour.see(browser(member), "/leaderboard/")
    tour.see(Client(), author.get_absolute_url())


def vote_on_claims(tour: Tour, client: Client, headers: dict[str, Any], wanted: int) -> None:
    first, second, third = Claim.objects.visible().order_by("pk")[:3]
    here = first.get_absolute_url()
    for value in ("agree", "disagree", "pass", "withdraw"):
        tour.send(client, f"{here}vote/", wanted, headers, value=value)
        tour.see(client, here)
    tour.send(client, f"{second.get_absolute_url()}reveal/", wanted, headers)
    tour.see(client, second.get_absolute_url())
    for number in range(6):
        tour.send(client, f"{third.get_absolute_url()}tags/", 303 if number < 5 else 0, name=f"C++ & <{number}>")
    tour.send(client, f"{third.get_absolute_url()}tags/", 422, name="?!")
    tour.see(client, third.get_absolute_url())
    tour.send(client, f"{here}vote/", 400, value="maybe")


def stand(tour: Tour, client: Client, headers: dict[str, Any], wanted: int) -> None:
    """Ten claims, with what they come to when none, some and all are answered."""
    for path in ("/stand/?done", "/stand/?n=2"):
        tour.see(client, path)
    values = ("agree", "disagree", "agree", "pass", "agree")
    for number, key in enumerate(held_on("", "").ten):
        address = f"/stand/{Claim.objects.get(pk=key).slug}/"
        tour.send(client, address, wanted, headers, value=values[number % 5])
        if number == 3:
            tour.see(client, "/stand/?done")
    tour.send(client, address, wanted, headers, value="withdraw")
    for path in ("/stand/", "/stand/?n=1", "/stand/?done"):
        tour.see(client, path)
    tour.send(client, address, 400, value="maybe")


def forecast(tour: Tour, client: Client, headers: dict[str, Any], wanted: int) -> None:
    first, second = Prediction.objects.visible().open().order_by("pk")[:2]
    here = first.get_absolute_url()
    for fields in ({"step": "likely"}, {"percent": "63"}, {"withdraw": "yes"}, {"percent": "40"}):
        tour.send(client, f"{here}forecast/", wanted, headers, **fields)
        tour.see(client, here)
    tour.send(client, f"{here}forecast/", 422, headers, percent="100")
    tour.send(client, f"{second.get_absolute_url()}reveal/", wanted, headers)
    tour.see(client, second.get_absolute_url())


def ballots(tour: Tour, client: Client, headers: dict[str, Any], wanted: int) -> None:
    essay = tour.motion.essays.order_by("pk")[0]
    for thing in (tour.motion, essay):
        here = thing.get_absolute_url()
        tour.send(client, f"{here}ballot/", wanted, headers, phase="before", side="remains")
        tour.see(client, here)
        tour.send(client, f"{here}ballot/", wanted, headers, phase="after", side="undecided")
        tour.see(client, here)
    tour.send(client, f"{tour.motion.get_absolute_url()}ballot/", 400, phase="before", side="absorbed")


def log(tour: Tour) -> None:
    """Empty, then with a thing that is seen, one that is not, and more than a page of them."""
    tour.see(Client(), "/log/")
    seen, hidden = Claim.objects.visible()[0], make.ClaimFactory(status="draft")
    note(by=None, verb="hidden", row=hidden, public=False)
    for number in range(21):
        note(by=make.CuratorFactory() if not number else None, verb="corrected", row=seen, reason="Said <b>better</b>.")
    for path in ("/log/", "/log/?verb=hidden", "/log/?verb=merged", "/feeds/log.atom?verb=corrected"):
        html = tour.see(Client(), path)
        if more := re.search(r'href="(\?[^"]+)" rel="next"', html):
            tour.see(Client(), "/log/" + more[1].replace("&amp;", "&"))
    tour.see(Client(), "/log/?verb=admired", 400)


def refusals(tour: Tour) -> None:
    """Each of the ways in which the site says no."""
    claim = Claim.objects.visible().order_by("pk")[0].get_absolute_url()
    client = browser()
    tour.see(client, "/claims/?colour=red", 400)
    tour.see(client, "/no/such/page/", 404)
    tour.see(client, "/claims/no-such-claim/", 404)
    tour.see(client, f"{claim}vote/", 405)
    tour.send(client, f"{claim}vote/", 403, {"HTTP_SEC_FETCH_SITE": "cross-site"}, value="agree")
    tour.send(client, f"{claim}vote/", 413, value="agree" * 200_000)
    with override_settings(GUESTS_PER_HOUR=0):
        tour.send(client, f"{claim}vote/", 429, value="agree")
    gone = make.GuestFactory()
    User.objects.filter(pk=gone.pk).delete()
    with patch("debate.middleware.reader_behind", lambda _request: gone):
        tour.send(client, f"{claim}vote/", 409, value="agree")
    silent = Client(enforce_csrf_checks=True)
    tour.send(silent, f"{claim}vote/", 403, value='agree"><b>')
    tour.send(silent, "/accounts/signup/", 403, email="new@example.org", password1="x", password2="x")
    tour.send(silent, f"{claim}vote/", 403, value="agree", csrfmiddlewaretoken="x" * 64)
    tour.note("GET", "a failure of ours", errors.server_error(RequestFactory().get("/")), 500, "500")


def accounts(tour: Tour) -> None:
    with override_settings(SENDS_MAIL=True, ACCOUNT_EMAIL_VERIFICATION="optional", ACCOUNT_RATE_LIMITS={}):
        sign_up_and_in(tour)
        keep_an_account(tour)
        ways_to_sign_in(tour)
        by_letter(tour)


def sign_up_and_in(tour: Tour) -> None:
    new = {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    client = browser()
    tour.send(client, "/accounts/signup/", 422, email="nobody", password1="x", password2="y")
    tour.send(client, "/accounts/signup/", 302, **new)
    tour.see(client, link_in(mail.outbox[-1]))
    tour.see(client, "/")
    tour.see(client, "/accounts/email/")
    tour.send(browser(), "/accounts/login/", 422, login="new@example.org", password="wrong")
    tour.send(client, "/accounts/logout/", 302)
    guest = browser()
    tour.send(guest, f"{Claim.objects.visible()[0].get_absolute_url()}vote/", 303, value="agree")
    for path in ("signup/", "login/"):
        tour.see(guest, f"/accounts/{path}")
    tour.send(guest, "/accounts/login/", 302, login="new@example.org", password=PASSWORD)
    tour.see(guest, "/")


def keep_an_account(tour: Tour) -> None:
    member = make.MemberFactory()
    client = browser(member)
    tour.send(client, "/accounts/password/change/", 422, oldpassword="wrong", password1="x", password2="y")
    again = client.post("/accounts/email/", {"email": "other@example.org", "action_add": "1"})["Location"]
    tour.see(client, again)
    tour.send(client, again, 422, password="wrong")
    tour.send(client, again, 302, password=PASSWORD)
    tour.see(client, "/accounts/email/")
    tour.send(client, "/accounts/email/", 422, email=make.MemberFactory().email, action_add="1")
    member.set_unusable_password()
    member.save()
    client.force_login(member)
    tour.see(client, "/accounts/password/set/")
    tour.send(client, "/accounts/password/set/", 422, password1="x", password2="y")


def ways_to_sign_in(tour: Tour) -> None:
    """A passkey added, renamed, refused and shown as a second step; an app; recovery codes; and what is refused."""
    member, passkey, client = make.MemberFactory(), Passkey(), browser(HTTP_HOST="localhost")
    client.force_login(member)
    way = "/accounts/2fa/"
    tour.see(client, way)
    add(client, passkey, name="Phone & <laptop>")
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "recovery-codes/download/", "totp/activate/"):
        tour.see(client, f"{way}{path}")
    tour.see(client, f"{way}webauthn/add/")
    tour.see(client, f"{way}webauthn/add/", HTTP_HOST="127.0.0.1")
    tour.see(client, way, HTTP_HOST="127.0.0.1")
    tour.send(client, f"{way}webauthn/add/", 422, name="x", credential="{}")
    tour.send(client, f"{way}totp/activate/", 422, code="x")
    key = f"{way}webauthn/keys/{Authenticator.objects.get(user=member, type='webauthn').pk}/"
    for path in ("edit/", "remove/"):
        tour.see(client, f"{key}{path}")
    tour.send(client, f"{key}edit/", 422, name="")
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    for path in ("", "totp/deactivate/", "reauthenticate/", "webauthn/reauthenticate/"):
        tour.see(client, f"{way}{path}")
    tour.send(client, f"{way}reauthenticate/", 422, code="x")
    tour.send(client, f"{way}webauthn/reauthenticate/", 422, credential="{}")
    other = browser(HTTP_HOST="localhost")
    tour.see(other, "/accounts/login/")
    tour.see(other, "/accounts/login/", HTTP_HOST="127.0.0.1")
    tour.send(other, LOGIN, 422, credential="{}")
    tour.send(other, "/accounts/login/", 302, login=member.email, password=PASSWORD)
    tour.see(other, f"{way}authenticate/")
    for typed in ({"code": "x"}, {"credential": "{}"}):
        tour.send(other, f"{way}authenticate/", 422, **typed)


def by_letter(tour: Tour) -> None:
    member, client = make.MemberFactory(), browser()
    tour.send(client, "/accounts/password/reset/", 422, email="nobody")
    tour.send(client, "/accounts/password/reset/", 302, email=member.email)
    found = client.get(link_in(mail.outbox[-1]))["Location"]
    tour.see(client, found)
    tour.send(client, found, 422, password1="x", password2="y")
    tour.see(client, "/accounts/password/reset/key/1-used/")
    tour.see(client, "/accounts/confirm-email/used-up/")
    with patch.object(EmailBackend, "send_messages", side_effect=ConnectionRefusedError):
        tour.send(client, "/accounts/password/reset/", 503, email=member.email)


def link_in(letter: Any) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]  # type: ignore[index]


def curation(tour: Tour) -> None:
    """Every page of every noun that is registered: list, search, add, change, history, delete."""
    client = browser(make.CuratorFactory())
    tour.see(browser(make.MemberFactory()), "/admin/", 403)
    tour.see(client, "/admin/")
    for model in admin.site._registry:
        stem = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        tour.see(client, reverse(f"{stem}_changelist"))
        tour.see(client, reverse(f"{stem}_changelist") + "?q=zeppelin", wanted=0)
        tour.see(client, reverse(f"{stem}_add"), wanted=0)
        row = model._default_manager.order_by("pk").first()
        for name in ("change", "history", "delete") if row else ():
            tour.see(client, reverse(f"{stem}_{name}", args=[row.pk]), wanted=0)
    tour.send(client, "/admin/debate/claim/add/", 200, text="")
    judge(tour, client)
    acts_on_claims_and_tags(tour, client)
    tables(tour, client)


def acts_on_claims_and_tags(tour: Tour, client: Client) -> None:
    """Each asked, and sent without what it needs; then a tag is renamed, and its old addresses lead on."""
    claim, tag = tour.motion.claims.order_by("pk").first(), Tag.objects.visible().order_by("pk").first()
    asked = [room("claim", act, claim) for act in ("merge", "split", "move")]
    stance, relation = claim.stances.order_by("pk").first(), claim.relations_to.order_by("pk").first()
    asked += [room("stance", "move", stance), room("relation", "move", relation)]
    for path in (*asked, room("tag", "rename", tag), room("tag", "merge", tag)):
        tour.see(client, path)
        tour.send(client, path, 200, reason="")
    tour.send(client, room("tag", "rename", tag), 302, name="C#", reason="It <is> called so.")
    for path in (tag.get_absolute_url(), f"/claims/?tag={tag.slug}", f"/matrix/?tag={tag.slug}"):
        tour.see(client, path, 302)


def tables(tour: Tour, client: Client) -> None:
    """Out, and in: asked, refused, full of mistakes, and as it would come in."""
    tour.see(client, "/admin/debate/claim/export/?form=xlsx&q=role")
    here, told = "/admin/debate/claim/import/", f"slug,motion,text,kind\nx,{tour.motion.slug},A <b>.,"
    tour.see(client, here)
    for text in ("\0", f"{told}rumour\n", f"{told}value\n"):
        tour.send(client, here, 200, file=SimpleUploadedFile("<i>.csv", text.encode()))


def room(noun: str, act: str, row: Any) -> str:
    """The page of the room that asks for an act on the row."""
    return reverse(f"admin:debate_{noun}_{act}", args=[row.pk])


def judge(tour: Tour, client: Client) -> None:
    """A prediction with a forecast is resolved, corrected and opened again, each with what is wrong first."""
    prediction = make.PredictionFactory(motion=tour.motion, essay=tour.motion.essays.order_by("pk")[0])
    member, here = make.MemberFactory(), prediction.get_absolute_url()
    Forecast.objects.create(
        user=member, prediction=prediction, probability=0.7, made_at=timezone.now() - timedelta(days=9)
    )
    recount_crowd(prediction=prediction.pk)
    resolve, reopen = (
        reverse(f"admin:debate_prediction_{name}", args=[prediction.pk]) for name in ("resolve", "reopen")
    )
    told = {"resolution": "yes", "resolved_on": str(timezone.now().date()), "note": "So <b>.\nYes."}
    tour.see(client, resolve)
    tour.send(client, resolve, 200, **told)
    tour.send(client, resolve, 302, **told, evidence_url="https://example.org/?a=1&b=2")
    for path in (resolve, reopen, reverse("admin:debate_prediction_change", args=[prediction.pk])):
        tour.see(client, path)
    tour.see(browser(member), here)
    tour.send(browser(make.MemberFactory()), f"{here}reveal/", 200, IN_PLACE)
    tour.send(client, resolve, 302, **{**told, "resolution": "annulled"})
    tour.see(browser(member), here)
    tour.send(client, reopen, 200, note="")
    tour.send(client, reopen, 302, note="Too early.")


CHAPTERS: Iterable[Callable[[Tour], None]] = (
    *(
        empty_site,
        lists,
        details,
        every_plain_address,
        reader_acts,
        forecasters,
        own_record,
        log,
        suggestions,
        refusals,
        accounts,
    ),
    *(curation, answers, desk),
)
