"""Gates: fetch what a request names, or refuse it clearly."""

from collections.abc import Callable, Sequence
from functools import wraps
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import BadRequest
from django.db.models import Model, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from debate.cookies import Revealable, covers, reveals_told, things_told, touches
from debate.http import Request
from debate.models import Arrival, Claim, Edition, Essay, FormerTag, Motion, Prediction, Reveal, Suggestion, Tag, User
from debate.models.tags import TagQuerySet

View = TypeVar("View", bound=Callable[..., HttpResponse])
Row = TypeVar("Row", bound=Model)


class TooMany(Exception):
    """The reader has to wait; `retry_after` in seconds."""

    def __init__(self, message: str, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


def one_or_404(rows: "QuerySet[Row]", slug: str) -> Row:
    """The row of this slug, if it is among the rows. Raises Http404 where it is not."""
    row = rows.filter(slug=slug).first() if slug.isprintable() else None
    if row is None:
        raise Http404(_("Nothing of that name is here."))
    return row


def motion_of(request: Request) -> Motion:
    """The motion that `?motion=` names, else the featured one. Raises Http404 where there is none."""
    slug = request.GET.get("motion", "")
    if slug:
        return one_or_404(Motion.objects.visible(), slug)
    motion = Motion.objects.featured().first()
    if motion is None:
        raise Http404(_("No motion is featured yet."))
    return motion


def edition_of(request: Request) -> str:
    """The mark of the corpus' edition, asked of the database once a request."""
    if not hasattr(request, "edition"):
        request.edition = Edition.now()
    return request.edition


def address_of(request: Request) -> str:
    """The network address that asks, as the last of our proxies saw it; of IPv6 the /64, which is one household's."""
    told = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXY_COUNT and len(told) >= settings.PROXY_COUNT:
        return household(told[-settings.PROXY_COUNT])
    return household(request.META.get("REMOTE_ADDR", ""))


def household(address: str) -> str:
    try:
        number = ip_address(address)
    except ValueError:
        return address
    if isinstance(number, IPv6Address) and number.ipv4_mapped is not None:
        return str(number.ipv4_mapped)
    if isinstance(number, IPv6Address):
        return str(IPv6Network((number, 64), strict=False))
    return address


def has_asked(request: Request, thing: Revealable) -> bool:
    """Whether this reader has asked to see what others think of the thing, or of its whole motion."""
    if covers(reveals_told(request), thing):
        return True
    return request.reader is not None and Reveal.objects.by(request.reader).covering(thing).exists()


def has_looked(request: Request, motion: Motion, essay: Essay | None) -> bool:
    """Whether a cookie tells of a look at results that a ballot before reading should come before.

    On an essay these are the whole motion's, and those of what it speaks to; two queries where others were looked at.
    """
    told = reveals_told(request)
    if essay is None or covers(told, motion) or not touches(told, motion):
        return touches(told, motion)
    claims, predictions = ([key for kind, key in things_told(request) if kind is sort] for sort in (Claim, Prediction))
    taken_up = Claim.objects.keyed(claims).taken_up_in(Essay.objects.keyed(essay.pk))
    return taken_up.exists() or Prediction.objects.keyed(predictions).spoken_to_by(essay).exists()


def survivor_of(slug: str) -> Claim | None:
    """The visible claim that a merged one lives on in, however often that was merged again."""
    claim = Claim.objects.filter(slug=slug, status=Claim.Status.MERGED).select_related("merged_into").first()
    seen = set()
    while claim is not None and claim.merged_into is not None and claim.pk not in seen:
        seen.add(claim.pk)
        claim = claim.merged_into
    return Claim.objects.visible().filter(pk=claim.pk).first() if claim else None


def survivor_or_404(slug: str) -> Claim:
    """Where to go from the address of a merged claim. Raises Http404 where that leads nowhere."""
    survivor = survivor_of(slug)
    if survivor is None:
        raise Http404(_("Nothing of that name is here."))
    return survivor


def may_curate(user: object) -> bool:
    """Whether somebody works at the desk: staff who may change essays."""
    return isinstance(user, User) and user.is_staff and user.has_perm("debate.change_essay")


def may_decide(user: object) -> bool:
    """Whether somebody answers readers' suggestions: curators and moderators."""
    return isinstance(user, User) and user.is_staff and user.has_perm("debate.change_suggestion")


def may_accept(user: User, suggestion: Suggestion) -> bool:
    """Whether somebody may write what would come of it; whoever may not can still decline it."""
    corrected = f"change_{suggestion.target._meta.model_name}"
    needed = {
        Suggestion.Kind.CLAIM: ["add_claim"],
        Suggestion.Kind.COUNTERPOINT: ["add_claim", "add_relation"],
        Suggestion.Kind.TAG: ["add_taggedclaim"],
        Suggestion.Kind.CORRECTION: [corrected],
        Suggestion.Kind.ESSAY: ["add_essay"],
    }
    return user.has_perms([f"debate.{name}" for name in needed[Suggestion.Kind(suggestion.kind)]])


def curator_of(request: Request) -> User:
    """The curator who asks, behind the gate for_curators."""
    return cast("User", request.user)


def behind(may: Callable[[object], bool]) -> Callable[[View], View]:
    """A gate of the desk: a page that those alone see who may, and that no cache keeps.

    Whoever is not signed in is asked to, and comes back; another member is told whose room it is. A script is told
    with 401 that the curator it works for (`X-Curator`) is not the one signed in, so that it keeps what was typed.
    """

    def gate(view: View) -> View:
        return gated(view, may)

    return gate


def gated(view: View, may: Callable[[object], bool]) -> View:
    @wraps(view)
    def entered(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        response = turned_away(request, may) or view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return cast("View", entered)


def turned_away(request: Request, may: Callable[[object], bool]) -> HttpResponse | None:
    """What somebody gets who does not come in."""
    key = str(request.user.pk)
    if not request.user.is_authenticated or request.headers.get("X-Curator", key) != key:
        return HttpResponse(status=401) if request.htmx else redirect_to_login(where_to_come_back(request))
    return None if may(request.user) else render(request, "desk/closed.html", status=403)


for_curators = behind(may_curate)
for_deciders = behind(may_decide)
for_either = behind(lambda user: may_curate(user) or may_decide(user))


def where_to_come_back(request: Request) -> str:
    return request.get_full_path() if request.method in ("GET", "HEAD") else reverse("desk")


def essay_at_desk(slug: str) -> Essay:
    """The essay of this slug, whether readers see it or not."""
    return one_or_404(Essay.objects.with_facts(), slug)


def tag_reached_by(slug: str, rows: TagQuerySet) -> Tag:
    """The tag that has this address, or had it once. Raises Http404 where none of the rows has."""
    tag = rows.reached_by(slug).first() if slug.isprintable() else None
    if tag is None:
        raise Http404(_("Nothing of that name is here."))
    return tag


def tags_of_now(slugs: Sequence[str]) -> list[str]:
    """The slugs, with those that were given up replaced by what they lead to. Raises Http404 where none was."""
    given_up = FormerTag.objects.of(slug for slug in slugs if slug.isprintable()) if slugs else {}
    if not given_up:
        raise Http404(_("Nothing of that name is here."))
    return list(dict.fromkeys(given_up.get(slug, slug) for slug in slugs))


def arrival_of(request: Request, kind: str, key: int) -> Arrival:
    """What the curator who asks has brought to the desk, of this kind. Raises Http404 on anybody else's."""
    arrival = Arrival.objects.of_curator(curator_of(request)).of_kind(kind).keyed(key).first()
    if arrival is None:
        raise Http404(_("Nothing of yours waits here; it may be in already."))
    return arrival


def essay_of(slug: str) -> Essay:
    return one_or_404(Essay.objects.visible().with_facts(), slug)


def bad(message: str) -> BadRequest:
    """What to raise for input that makes no sense: becomes a 400 page that says the message."""
    return BadRequest(message)
