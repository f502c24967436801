"""The workbench: one essay, its text on the left and its claims on the right."""

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from debate.access import bad, essay_at_desk, for_curators
from debate.actions.desk.sources import drop_source, set_aside
from debate.forms.address import known_only
from debate.forms.desk import AsideForm, BenchAsked
from debate.http import Request
from debate.lenses.workbench.bench import bench_of
from debate.lenses.workbench.similar import repeated_runs, similar_claims, targets
from debate.models import Status
from debate.views.desk.answers import done, mark_of, put_back_offer, show, told_of


@require_safe
@for_curators
def page(request: Request, slug: str) -> HttpResponse:
    asked = BenchAsked.read(request.GET)
    essay = essay_at_desk(slug)
    told = ((what, getattr(asked, what)) for what in ("taken", "dropped"))
    offers = [put_back_offer(essay, what, record) for what, record in told if record]
    return show(request, essay, asked, offer=offers[0] if offers else None)


@require_GET
@for_curators
def changes(request: Request, slug: str) -> HttpResponse:
    """What has changed since the mark that a script has: nothing, in two quick queries, or the parts as they are."""
    essay = essay_at_desk(slug)
    mark = mark_of(request, essay)
    if request.headers.get("If-None-Match") == f'"{mark}"':
        return HttpResponseNotModified()
    response = render(request, "desk/_parts.html", told_of(bench_of(essay), mark, None))
    response["ETag"] = f'"{mark}"'
    return response


@require_safe
@for_curators
def similar(request: Request, slug: str) -> HttpResponse:
    """Claims like what is being typed, and what of it the source says in the same words. Nothing is kept of it."""
    essay = essay_at_desk(slug)
    text = known_only(request.GET, ("text",)).get("text", "")
    found, runs = similar_claims(essay, text), repeated_runs(essay, text)
    return render(request, "desk/_similar.html", {"similar": found, "runs": runs, "essay": essay})


@require_safe
@for_curators
def possible_targets(request: Request, slug: str) -> HttpResponse:
    """What a relation of this kind may be aimed at, by words that are being typed."""
    essay = essay_at_desk(slug)
    told = known_only(request.GET, ("text", "kind"))
    found = targets(essay, told.get("text", ""), undercuts=told.get("kind") == "undercuts")
    return render(request, "desk/_targets.html", {"targets": found, "kind": told.get("kind", "")})


@require_POST
@for_curators
def aside(request: Request, slug: str) -> HttpResponse:
    """Say that a paragraph holds no claim, or take that back."""
    essay, form = essay_at_desk(slug), AsideForm(request.POST)
    if not form.is_valid() or essay.status == Status.PUBLISHED:
        raise bad(form.problem or _("This essay is published."))
    number, set_so = form.cleaned_data["paragraph"], form.cleaned_data["aside"] == "yes"
    set_aside(essay=essay, number=number, aside=set_so)
    said = _("Paragraph %d is set aside.") if set_so else _("Paragraph %d is taken up again.")
    return done(request, essay, said % number, BenchAsked(paragraph=number))


@require_POST
@for_curators
def forget(request: Request, slug: str) -> HttpResponse:
    """Delete the source text for good, once it is ticked that this is meant."""
    essay = essay_at_desk(slug)
    if request.POST.get("sure") != "yes":
        return show(request, essay, BenchAsked(), error=_("Nothing was deleted: tick that you mean it."), status=422)
    drop_source(essay=essay)
    return done(request, essay, _("The source text is deleted for good. Claims and passages stay."), BenchAsked())
