"""The map of the argument: the whole motion, one author, one tag, or what lies around one claim."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.access import edition_of, has_asked, one_or_404, survivor_or_404
from debate.forms.argument_map import STEPS, MapAsked
from debate.http import Request
from debate.lenses.argument_map import ArgumentMap, Part, argument_map
from debate.lenses.claim_index import ClaimIndex, Option, index_of
from debate.lenses.kept import Kept
from debate.models import Claim, ClaimInsight, ClaimVote, Motion

PARTS: Kept["CorpusPart"] = Kept(most=24)
VOTE_WORDS = {str(value): word for value, word in ClaimVote.Value.choices if value != ClaimVote.Value.WITHDRAWN}
OWN = re.compile(r"<!--(\d+)-->")
MOST_OPTIONS = 60
SCRIPTS = [f"js/map/{name}.js" for name in ("graph", "picture", "stage", "arrange", "walk", "seek", "save", "start")]


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """What the map tells every reader alike. In `html` a comment with a claim's key holds the place of one's own."""

    map: ArgumentMap
    html: SafeString
    authors: Sequence[Option]
    tags: Sequence[Option]
    chosen: str


@require_safe
def page(request: Request) -> HttpResponse:
    asked = MapAsked.read(request.GET)
    try:
        claim = one_or_404(Claim.objects.visible().for_claim_page(), asked.claim) if asked.claim else None
    except Http404:
        survivor = survivor_or_404(asked.claim)
        return HttpResponseRedirect(f"{reverse('map')}?{asked.address(claim=survivor.slug)}")
    index = index_of(edition_of(request), asked.motion or (claim.motion.slug if claim else ""))
    if claim and claim.motion_id != index.motion.pk:
        raise Http404(_("This claim belongs to another motion."))
    corpus = corpus_part(edition_of(request), index, asked, claim)
    revealed = has_asked(request, index.motion)
    context = {
        "asked": asked,
        "claim": claim,
        "motion": index.motion,
        "corpus": corpus,
        "steps": STEPS,
        "scripts": SCRIPTS,
    }
    own = what_is_own(request, index.motion, corpus.map.keys, revealed=revealed)
    return render(request, "map/page.html", context | {"revealed": revealed, "tree": with_own(corpus.html, own)})


def corpus_part(edition: str, index: ClaimIndex, asked: MapAsked, claim: Claim | None) -> CorpusPart:
    """Rendered once an edition. Raises Http404 where an author or tag names nothing in the motion."""

    def make() -> CorpusPart:
        found = argument_map(edition, index, Part(asked.author, asked.tag, claim, asked.steps))
        query = "" if index.motion.featured else f"motion={index.motion.slug}&"
        html = render_to_string("map/_tree.html", {"map": found, "query": query})
        told = [index.option(name, slug) for name, slug in (("author", asked.author), ("tag", asked.tag)) if slug]
        chosen = ", ".join(str(option.label) for option in told if option)
        authors, tags = choices(index, "author", asked.author), choices(index, "tag", asked.tag)
        return CorpusPart(found, SafeString(html), authors, tags, chosen)

    return PARTS.get(edition, (index.motion.pk, asked, get_language()), make)


def choices(index: ClaimIndex, name: str, chosen: str) -> list[Option]:
    """What a filter may be set to: at most so many, the one that is set among them."""
    options = index.options.get(name, [])
    return options[:MOST_OPTIONS] + [option for option in options[MOST_OPTIONS:] if option.slug == chosen]


def what_is_own(request: Request, motion: Motion, keys: Sequence[int], *, revealed: bool) -> dict[int, SafeString]:
    """By claim: the reader's own vote, and once they have asked to see it, what votes make of its strength."""
    votes = ClaimVote.objects.answers_of(request.reader, keys) if request.reader else {}
    words = {key: VOTE_WORDS[value] for key, value in votes.items() if value in VOTE_WORDS}
    strengths = ClaimInsight.objects.of_motion(motion).strengths(keys) if revealed else {}
    own: dict[int, SafeString] = {}
    for key in words.keys() | strengths.keys():
        vote = format_html('<b class="yours">{} {}</b>', _("Your vote:"), words[key]) if key in words else ""
        by_votes = told_strength(strengths[key]) if key in strengths else ""
        own[key] = format_html('<p class="own">{}{}</p>', vote, by_votes)
    return own


def told_strength(strength: float) -> SafeString:
    return format_html('<span class="by-votes">{}</span>', _("by votes %s") % f"{strength:.2f}")


def with_own(html: SafeString, own: Mapping[int, Any]) -> SafeString:
    return SafeString(OWN.sub(lambda found: own.get(int(found[1]), ""), html))
