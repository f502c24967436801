"""Bringing essays to the desk: files of ours, looked through first, and articles, corrected first."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from debate.access import arrival_of, curator_of, for_curators
from debate.actions.bringing.arrivals import TooManyWaiting, discard, keep_arrival
from debate.actions.bringing.articles import bring_article, keep_article
from debate.forms.bringing import ArticleForm, DraftForm, FilesForm, as_found
from debate.http import Request
from debate.interchange.articles.finding import NOT_FOUND, facts_of, found_at, found_in
from debate.interchange.essay_file.several import bring_texts, told
from debate.models import Arrival, Essay

FILES, ARTICLE = Arrival.Kind.FILES, Arrival.Kind.ARTICLE


@require_safe
@for_curators
def new(request: Request) -> HttpResponse:
    return ways(request, FilesForm(), ArticleForm())


def ways(request: Request, files: FilesForm, article: ArticleForm) -> HttpResponse:
    """The page of all ways, with what waits; 422 where one of the forms has a fault."""
    waiting = Arrival.objects.of_curator(curator_of(request)).in_a_list()
    context = {"files": files, "article": article, "waiting": waiting}
    return render(request, "desk/new.html", context, status=422 if files.errors or article.errors else 200)


def kept(request: Request, form: Form, kind: str, name: str, content: dict[str, Any]) -> Arrival | None:
    """The arrival; None, and a fault of the form, where too many wait."""
    try:
        return keep_arrival(curator=curator_of(request), kind=kind, name=name, content=content)
    except TooManyWaiting:
        form.add_error(None, _("Too much of yours waits here. Take some of it in, or discard it, first."))
        return None


# Files.


@require_POST
@for_curators
def look_through(request: Request) -> HttpResponse:
    """Read the files and find out what would come of them, and write nothing but that."""
    form = FilesForm(request.POST, request.FILES)
    if form.is_valid() and (arrival := looked_through(request, form)):
        return redirect("arrived-files", arrival.pk)
    return ways(request, form, ArticleForm())


def looked_through(request: Request, form: FilesForm) -> Arrival | None:
    given = form.cleaned_data["essays"]
    outcome = bring_texts(given, by=curator_of(request), write=False)
    if outcome.problems:
        form.add_error(None, outcome.problems)
        return None
    texts, reports = [[name, data.decode()] for name, data in given], [told(report) for report in outcome.reports]
    return kept(request, form, FILES, ", ".join(name for name, _data in given), {"files": texts, "reports": reports})


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def files(request: Request, key: int) -> HttpResponse:
    """What would come of the files; a POST brings them in."""
    arrival, problems = arrival_of(request, FILES, key), list[str]()
    if request.method == "POST":
        texts = [(name, text.encode()) for name, text in arrival.content["files"]]
        outcome = bring_texts(texts, by=curator_of(request), write=True)
        problems = outcome.problems
        if not problems:
            discard(arrival=arrival)
            messages.success(request, _("It is in. Readers see none of it until it is published."))
            return redirect("workbench", outcome.essays[0]) if len(outcome.essays) == 1 else redirect("desk")
    context = {"arrival": arrival, "reports": arrival.content["reports"], "problems": problems}
    return render(request, "desk/files.html", context, status=422 if problems else 200)


# Articles.


@require_POST
@for_curators
def find(request: Request) -> HttpResponse:
    """Find the article in a file, a text or at an address; one from an address that is known leads to its essay."""
    form = ArticleForm(request.POST, request.FILES)
    if form.is_valid():
        if form.known:
            messages.info(request, _("This essay is here already."))
            return redirect("workbench", form.known.slug)
        if arrival := found(request, form):
            return redirect("arrived-article", arrival.pk)
    return ways(request, FilesForm(), form)


def found(request: Request, form: ArticleForm) -> Arrival | None:
    given = form.cleaned_data
    try:
        if given.get("address"):
            article = found_at(given["address"])
        else:
            article = found_in(given["page"].read() if given["page"] else given["text"].encode())
    except NOT_FOUND as error:
        form.add_error(None, str(error))
        return None
    return kept(request, form, ARTICLE, article.title or _("Pasted text"), facts_of(article))


@require_http_methods(["GET", "HEAD", "POST"])
@for_curators
def article(request: Request, key: int) -> HttpResponse:
    """What was found in an article, to be corrected; a POST makes the draft with its source text."""
    arrival = arrival_of(request, ARTICLE, key)
    if request.method != "POST":
        return correcting(request, arrival, DraftForm(initial=as_found(arrival.content)))
    form = DraftForm(request.POST)
    if form.is_valid() and (essay := made(request, arrival, form)):
        messages.success(request, _("The draft is made. Its text is on the left, its claims will be on the right."))
        return redirect("workbench", essay.slug)
    return correcting(request, arrival, form)


def made(request: Request, arrival: Arrival, form: DraftForm) -> Essay | None:
    names, by = form.cleaned_data["authors"], curator_of(request)
    essay = form.save(commit=False)
    try:
        return bring_article(essay=essay, authors=names, paragraphs=form.paragraphs, by=by, arrival=arrival)
    except ValidationError as error:
        form.add_error(None, error)
        return None


def correcting(request: Request, arrival: Arrival, form: DraftForm) -> HttpResponse:
    known = Essay.objects.at_source(form["source_url"].value() or "").with_source().first()
    context = {"arrival": arrival, "form": form, "known": known}
    return render(request, "desk/article.html", context, status=422 if form.errors else 200)


@require_POST
@for_curators
def keep_text(request: Request, key: int) -> HttpResponse:
    """Keep the text that was found for the essay that is here already from the same address."""
    arrival, form = arrival_of(request, ARTICLE, key), DraftForm(request.POST)
    essay = Essay.objects.at_source(form["source_url"].value() or "").first()
    if essay is None or "text" in form.errors:
        return correcting(request, arrival, form)
    keep_article(essay=essay, paragraphs=form.paragraphs, arrival=arrival)
    messages.success(request, _("The text is kept for the essay that was here already."))
    return redirect("workbench", essay.slug)


@require_POST
@for_curators
def let_go(request: Request, kind: str, key: int) -> HttpResponse:
    discard(arrival=arrival_of(request, kind, key))
    messages.success(request, _("It is discarded."))
    return redirect("bring-in")
