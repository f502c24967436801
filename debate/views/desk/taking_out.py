"""Marks and relations are taken out of the workbench, and put back as they were."""

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from debate.access import bad, curator_of, essay_at_desk, for_curators
from debate.actions.desk.linking import put_back_relation, take_out_relation
from debate.actions.desk.taking_out import put_back_mark, take_out_mark
from debate.actions.desk.work import Changed
from debate.forms.desk import BenchAsked, RecordForm, TakeOutForm
from debate.http import Request
from debate.models import Essay
from debate.views.desk.answers import done, put_back_offer, show


class Sort(NamedTuple):
    """What can be taken out: by which verb, which gives the record of it; by which word that is offered back."""

    take_out: Callable[..., int | None]
    word: str
    said: object  # translated when it is said


MARK = Sort(take_out_mark, "taken", gettext_lazy("Taken out. It can be put back."))
RELATION = Sort(take_out_relation, "dropped", gettext_lazy("The relation is taken out."))


@require_POST
@for_curators
def mark(request: Request, slug: str, key: int) -> HttpResponse:
    return taken(request, essay_at_desk(slug), MARK, key, BenchAsked(edit=key))


@require_POST
@for_curators
def relation(request: Request, slug: str, key: int) -> HttpResponse:
    return taken(request, essay_at_desk(slug), RELATION, key, BenchAsked(relation=key))


@require_POST
@for_curators
def mark_back(request: Request, slug: str) -> HttpResponse:
    return back(request, slug, put_back_mark, _("It is back, as it was."))


@require_POST
@for_curators
def relation_back(request: Request, slug: str) -> HttpResponse:
    return back(request, slug, put_back_relation, _("The relation is back, as it was."))


def taken(request: Request, essay: Essay, sort: Sort, key: int, kept: BenchAsked) -> HttpResponse:
    """Taken out, with the offer to put it back; where somebody has changed it meanwhile, it is shown (`kept`)."""
    form = TakeOutForm(request.POST)
    if not form.is_valid():
        raise bad(form.problem)
    try:
        record = sort.take_out(by=curator_of(request), essay=essay, key=key, version=form.cleaned_data["version"])
    except Changed:
        changed = _("Somebody has changed this meanwhile; it was not taken out. Look at it first.")
        return show(request, essay, kept, error=changed, status=409)
    except ValidationError as error:
        return not_done(request, essay, error)
    offer = put_back_offer(essay, sort.word, record) if record else None
    return done(request, essay, str(sort.said), BenchAsked(), offer)


def back(request: Request, slug: str, act: Callable[..., object], said: str) -> HttpResponse:
    essay, form = essay_at_desk(slug), RecordForm(request.POST)
    if not form.is_valid():
        raise bad(form.problem)
    try:
        act(by=curator_of(request), essay=essay, record=form.cleaned_data["record"])
    except ValidationError as error:
        return not_done(request, essay, error)
    return done(request, essay, said, BenchAsked())


def not_done(request: Request, essay: Essay, error: ValidationError) -> HttpResponse:
    return show(request, essay, BenchAsked(), error=" ".join(error.messages), status=422)
