"""Tags: all of them, the claims of one, and what readers propose."""

from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from debate.access import edition_of, one_or_404, tag_reached_by
from debate.actions.tagging import MOST_PROPOSALS, TooManyProposals, propose_tag, withdraw_tag
from debate.forms.address import page_only
from debate.forms.claims import ClaimsAsked
from debate.forms.votes import TagForm
from debate.http import Request
from debate.keyset import place_of, token_for
from debate.lenses.claim_index import index_of
from debate.lenses.tag_list import tag_page
from debate.models import Claim, Motion, Tag
from debate.views.claim_rows import listed
from debate.views.claims import show
from debate.views.readers import SeeOther, known, or_to_the_survivor, reader_or_guest, way_back

ANCHOR = "#tags"
ORDER = "tags"


@require_safe
def index(request: Request) -> HttpResponse:
    place = place_of(page_only(request.GET), ORDER)
    rows, last = tag_page(edition_of(request), place.values)
    token = token_for(ORDER, place.day, (last.rank, last.name, last.slug)) if last else ""
    return render(request, "tags/list.html", {"rows": rows, "next": token})


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    """The claims of the motion that carry the tag."""
    asked = ClaimsAsked.of_tag(request.GET, slug)
    index = index_of(edition_of(request), asked.motion)
    tag = index.option("tag", slug)
    if tag is None:
        return elsewhere(request, slug, index.motion)
    return render(
        request,
        "tags/detail.html",
        {"slug": slug, "name": tag.label, "asked": asked, **listed(request, asked, replace(asked, tags=()).address())},
    )


def elsewhere(request: Request, slug: str, motion: Motion) -> HttpResponse:
    """A tag that no claim of the motion carries; or, at an address that was given up, the way to where it leads."""
    tag = tag_reached_by(slug, Tag.objects.visible())
    if tag.slug != slug:
        query = request.GET.urlencode()
        return HttpResponseRedirect(tag.get_absolute_url() + (f"?{query}" if query else ""))
    return render(request, "tags/detail.html", {"slug": slug, "name": tag.name, "motion": motion})


@require_POST
@or_to_the_survivor(ANCHOR)
def propose(request: Request, slug: str) -> HttpResponse:
    """Propose a tag for a claim, or take the proposal back. What makes no sense is said beside the form."""
    claim = one_or_404(Claim.objects.visible(), slug)
    form = TagForm(request.POST)
    if not form.is_valid():
        return show(request, slug, form)
    name, withdrawn = form.cleaned_data["name"], form.cleaned_data["withdraw"]
    if withdrawn:
        take_back(request, claim, withdrawn)
        return SeeOther(way_back(request, claim.get_absolute_url() + ANCHOR))
    reader = reader_or_guest(request)
    try:
        propose_tag(reader=reader, claim=claim, name=name)
    except TooManyProposals:
        form.add_error("name", _("You have proposed %d tags for this claim; take one back first.") % MOST_PROPOSALS)
        return show(request, slug, form)
    return known(request, reader, SeeOther(way_back(request, claim.get_absolute_url() + ANCHOR)))


def take_back(request: Request, claim: Claim, slug: str) -> None:
    tag = tag_reached_by(slug, Tag.objects.all())
    if request.reader is not None:
        withdraw_tag(reader=request.reader, claim=claim, tag=tag)
