"""How the workbench answers: as a whole page, or with the parts of it that a script puts in place."""

from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from debate.forms.desk import BenchAsked
from debate.http import Request
from debate.lenses.workbench.bench import Bench, bench_of
from debate.lenses.workbench.checklist import checklist_of
from debate.models import Edition, Essay, SourceText
from debate.views.desk.entry import Entry, entry_for
from debate.views.readers import SeeOther


@dataclass(frozen=True)
class Offer:
    """What was taken out just now, to be put back: a mark or a relation, by the record of its deletion."""

    what: str
    record: int


def mark_of(essay: Essay) -> str:
    """Another one whenever an authored row or the essay's text has changed. Two quick queries."""
    changed = SourceText.objects.filter(pk=essay.pk).values_list("changed_at", flat=True).first()
    return sha256(f"{Edition.now()} {changed}".encode()).hexdigest()[:24]


def told_of(bench: Bench, mark: str, entry: Entry | None, **more: Any) -> dict[str, Any]:
    return {
        "bench": bench,
        "essay": bench.essay,
        "checklist": checklist_of(bench),
        "mark": mark,
        "entry": entry,
        **more,
    }


def show(
    request: Request,
    essay: Essay,
    asked: BenchAsked,
    *,
    entry: Entry | None = None,
    said: str = "",
    error: str = "",
    status: int = 200,
    offer: Offer | None = None,
) -> HttpResponse:
    """The workbench as it is now, with the entry given or else the one asked for."""
    mark = mark_of(essay)
    bench = bench_of(essay)
    told = told_of(bench, mark, entry or entry_for(bench, asked), said=said, error=error, offer=offer, asked=asked)
    name = "desk/_parts.html" if request.htmx else "desk/workbench.html"
    return render(request, name, told, status=status)


def done(request: Request, essay: Essay, said: str, asked: BenchAsked, offer: Offer | None = None) -> HttpResponse:
    """What an act came to: the parts for a script, else the way back to the paragraph that was worked at."""
    if request.htmx:
        return show(request, essay, asked, said=said, offer=offer)
    messages.success(request, said)
    query = f"paragraph={asked.paragraph}" if asked.paragraph else ""
    if offer is not None:
        query = f"{query}&{offer.what}={offer.record}".lstrip("&")
    return SeeOther(f"{reverse('workbench', args=[essay.slug])}?{query}#entry")
