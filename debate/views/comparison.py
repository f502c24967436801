"""Two authors side by side."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from debate.access import edition_of, has_asked, motion_of
from debate.forms.comparison import CompareAsked
from debate.http import Request
from debate.lenses.comparison import compare
from debate.lenses.kept import Kept
from debate.lenses.pairs import choice_of
from debate.lenses.positions import Positions, Writer, positions_of
from debate.lenses.votes_by_side import ClaimBySide, votes_by_side
from debate.models import Claim, Motion, Side

CORPUS_PARTS: Kept["CorpusPart"] = Kept(most=100)


@require_safe
def page(request: Request) -> HttpResponse:
    """Two authors, or where they are not both told yet, whom to choose."""
    asked = CompareAsked.read(request.GET)
    motion = motion_of(request)
    if asked.same_twice or not asked.both:
        return choose(request, motion, asked)
    part = corpus_part(edition_of(request), motion, asked)
    context = {"motion": motion, "asked": asked, "part": part, "writers": part.writers}
    return render(request, "compare/detail.html", context | {"by_side": crux_of(request, part, motion)})


def choose(request: Request, motion: Motion, asked: CompareAsked) -> HttpResponse:
    choice = choice_of(edition_of(request), motion)
    for slug in (asked.a, asked.b):
        if slug and all(slug != writer.slug for writer in choice.writers):
            raise Http404(nobody(slug))
    context = {"motion": motion, "asked": asked, "choice": choice, "writers": choice.writers}
    return render(request, "compare/choose.html", context, status=400 if asked.same_twice else 200)


def nobody(slug: str) -> str:
    return _("No author of this motion goes by “%s”.") % slug[:60]


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """What the corpus says of two authors, to every reader alike. `writers`: who can be chosen."""

    one: Writer
    other: Writer
    writers: list[Writer]
    crux: list[Claim]
    sides: dict[int, Side]
    body: SafeString


def corpus_part(edition: str, motion: Motion, asked: CompareAsked) -> CorpusPart:
    """Made once an edition, by six queries at most. Raises Http404 on an author whom the motion does not know."""

    def make() -> CorpusPart:
        positions = positions_of(edition, motion)
        comparison = compare(positions, writer_or_404(positions, asked.a), writer_or_404(positions, asked.b))
        body = SafeString(render_to_string("compare/_corpus.html", {"page": comparison, "motion": motion}))
        return CorpusPart(comparison.one, comparison.other, positions.by_name, comparison.crux, comparison.sides, body)

    return CORPUS_PARTS.get(edition, (motion.pk, asked.a, asked.b, get_language()), make)


def writer_or_404(positions: Positions, slug: str) -> Writer:
    writer = positions.writer(slug)
    if writer is None:
        raise Http404(nobody(slug))
    return writer


def crux_of(request: Request, part: CorpusPart, motion: Motion) -> list[ClaimBySide] | None:
    """How readers of each side vote on where the two part; None where this reader has not asked. Two queries."""
    if not part.crux or not has_asked(request, motion):
        return None
    return votes_by_side(motion, part.crux, part.sides)
