"""Insights: what the recorded relations make of the claims, and, once asked for, what readers make of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from debate.access import edition_of, has_asked, motion_of
from debate.forms.insights import InsightsAsked
from debate.http import Request
from debate.lenses.insights import insights_of
from debate.lenses.kept import Kept
from debate.lenses.strengths import strengths
from debate.models import Motion, Side

CORPUS_PARTS: Kept["CorpusPart"] = Kept(most=300)


@dataclass(frozen=True, slots=True)
class CorpusPart:
    """What the page tells every reader alike."""

    sides: Sequence[Side]
    body: SafeString


def corpus_part(edition: str, motion: Motion, day: date) -> CorpusPart:
    """Made once an edition and day, by three queries: those equally strong are shuffled by the day."""

    def make() -> CorpusPart:
        found = strengths(motion, day)
        context = {"motion": motion, "strengths": found}
        return CorpusPart(
            [case.side for case in found.cases], SafeString(render_to_string("insights/_corpus.html", context))
        )

    return CORPUS_PARTS.get(edition, (motion.pk, day, get_language()), make)


@require_safe
def page(request: Request) -> HttpResponse:
    InsightsAsked.read(request.GET)
    motion = motion_of(request)
    corpus = corpus_part(edition_of(request), motion, timezone.now().date())
    asked = has_asked(request, motion)
    context = {
        "motion": motion,
        "corpus": corpus,
        "asked": asked,
        "insights": insights_of(motion, corpus.sides, request.reader) if asked else None,
    }
    return render(request, "insights/page.html", context)
