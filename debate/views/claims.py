"""Claims: the list with its filters, and one claim."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from debate.access import edition_of, has_asked, one_or_404, survivor_or_404
from debate.cookies import covers, reveals_told
from debate.forms.claims import ClaimsAsked
from debate.forms.votes import TagForm
from debate.http import Request
from debate.lenses.claim_index import index_of
from debate.lenses.claim_page import claim_page
from debate.lenses.credits import Credits, credits_of
from debate.lenses.kept import Kept
from debate.lenses.results import given_on, vote_panel
from debate.models import ORDERS_BY_VOTES, Claim, Tag
from debate.views.claim_rows import listed
from debate.views.former_tags import or_by_the_tags_of_now

CORPUS_PARTS: Kept["CorpusPart"] = Kept(most=400)


@require_safe
@or_by_the_tags_of_now
def index(request: Request) -> HttpResponse:
    asked = ClaimsAsked.read(request.GET)
    motion = index_of(edition_of(request), asked.motion).motion
    if asked.order in ORDERS_BY_VOTES and not has_asked(request, motion):
        context = {"motion": motion, "asked": asked, "otherwise": asked.address(order="central")}
        return render(request, "claims/invitation.html", context)
    return render(request, "claims/list.html", {"asked": asked, **listed(request, asked)})


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    try:
        return show(request, slug)
    except Http404:
        return HttpResponsePermanentRedirect(survivor_or_404(slug).get_absolute_url())


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """What a claim's page tells every reader alike."""

    claim: Claim
    tags: Sequence[Tag]
    tag_names: Sequence[str]
    eyebrow: SafeString
    body: SafeString
    credits: Credits


def corpus_part(edition: str, slug: str) -> CorpusPart:
    """Made once an edition, by eight queries and more work than all the rest of the page. Raises Http404."""

    def make() -> CorpusPart:
        claim = one_or_404(Claim.objects.visible().for_claim_page(), slug)
        owed = credits_of(claim)
        context = {"claim": claim, "page": claim_page(edition, claim), "credits": owed}
        eyebrow, body = (render_to_string(f"claims/_{name}.html", context) for name in ("eyebrow", "body"))
        tags = list(Tag.objects.around(claim))
        carried, names = [tag for tag in tags if tag.carried], [tag.name for tag in tags]
        return CorpusPart(claim, carried, names, SafeString(eyebrow), SafeString(body), owed)

    return CORPUS_PARTS.get(edition, (slug, get_language()), make)


def show(request: Request, slug: str, tag_form: TagForm | None = None) -> HttpResponse:
    """One claim's page, for this reader; with what was wrong about a tag they proposed, as 422."""
    corpus = corpus_part(edition_of(request), slug)
    claim, public = corpus.claim, {tag.slug for tag in corpus.tags}
    given = given_on(claim, request.reader)
    asked = given.asked or covers(reveals_told(request), claim)
    context = {
        "corpus": corpus,
        "claim": claim,
        "panel": vote_panel(claim, value=given.value, asked=asked),
        "proposed": [(slug, name) for slug, name in given.tags if slug not in public],
        "tag_form": tag_form,
    }
    return render(request, "claims/detail.html", context, status=422 if tag_form else 200)
