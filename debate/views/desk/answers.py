"""How the workbench answers: as a whole page, or with the parts of it that a script puts in place."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from debate.access import edition_of
from debate.forms.desk import BenchAsked
from debate.http import Request
from debate.lenses.workbench.bench import Bench, bench_of
from debate.lenses.workbench.checklist import checklist_of
from debate.models import Edition, Essay, SourceText
from debate.views.desk.entry import Entry, entry_for
from debate.views.readers import SeeOther


@dataclass(frozen=True)
class Offer:
    """An act that would undo what was done just now: where to send what.

    `query` asks for the offer again on a page that is led to; "" for one that does not outlast the answer.
    """

    address: str
    fields: Mapping[str, Any]
    query: str = ""


def put_back_offer(essay: Essay, what: str, record: int) -> Offer:
    """To put back a mark (`taken`) or a relation (`dropped`), by the record of its deletion."""
    name = {"taken": "put-back-mark", "dropped": "put-back-relation"}[what]
    return Offer(reverse(name, args=[essay.slug]), {"record": record}, f"{what}={record}")


def mark_of(request: Request, essay: Essay) -> str:
    """Another one whenever an authored row or the essay's text has changed. One quick query, after an act two."""
    edition = Edition.now() if request.method == "POST" else edition_of(request)
    return sha256(f"{edition} {SourceText.objects.changed_at(essay)}".encode()).hexdigest()[:24]


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
    mark = mark_of(request, essay)
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
        query = f"{query}&{offer.query}".strip("&")
    return SeeOther(f"{reverse('workbench', args=[essay.slug])}?{query}#entry")
