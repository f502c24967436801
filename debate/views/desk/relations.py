"""Claims are linked with relations, whose reasons are worded anew."""

import re

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from debate.access import curator_of, essay_at_desk, for_curators
from debate.actions.desk import linking as acts
from debate.actions.desk.work import Changed
from debate.forms.desk import RATIONALE, BenchAsked, RelationForm, add_faults
from debate.http import Request
from debate.lenses.workbench.bench import Bench, bench_of
from debate.models import Claim, Relation
from debate.views.desk.answers import Offer, done, show
from debate.views.desk.entry import linking, marking, parted, relation_in, wording
from debate.views.desk.marks import last_hand

BY_NUMBER = re.compile(r"#(\d{1,9})\b")


@require_POST
@for_curators
def draw(request: Request, slug: str) -> HttpResponse:
    """A relation from a claim of the essay."""
    essay = essay_at_desk(slug)
    bench = bench_of(essay)
    card = bench.card(request.POST.get("source", ""))
    if card is None:
        said = _("The essay takes no stance on this claim any more, so nothing was linked. Your reason was: %s")
        typed = request.POST.get("rationale", "")[:RATIONALE]
        return show(request, essay, BenchAsked(), error=said % typed, status=409)
    entry = linking(bench, card, data=request.POST)
    form: RelationForm = entry.form
    if form.is_valid():
        try:
            return drawn(request, bench, card.claim, form)
        except ValidationError as error:
            add_faults(form, error)
    return show(request, essay, BenchAsked(link=card.claim.slug), entry=entry, error=form.problem, status=422)


def drawn(request: Request, bench: Bench, source: Claim, form: RelationForm) -> HttpResponse:
    told = form.cleaned_data
    relation = acts.draw_relation(
        by=curator_of(request),
        essay=bench.essay,
        source=source,
        kind=told["kind"],
        target=target_in(bench, form),
        rationale=told["rationale"],
    )
    said = _("Linked: it %(kind)s “%(target)s”") % {"kind": relation.get_kind_display(), "target": relation.struck.text}
    return done(request, bench.essay, said, BenchAsked(paragraph=place_of(bench, source)))


def place_of(bench: Bench, claim: Claim) -> int | None:
    """The first paragraph that the claim is marked at."""
    card = bench.card(claim.slug)
    return next((mark.at for mark in card.marks if mark.at), None) if card else None


def target_in(bench: Bench, form: RelationForm) -> Claim | Relation:
    """What the form aims at: by key as it was chosen from a list, else as it was typed. Raises ValidationError."""
    told, motion = form.cleaned_data, bench.essay.motion
    noun, _colon, key = told["target_key"].partition(":")
    numbered = BY_NUMBER.match(told["target"])
    found: Claim | Relation | None
    if noun == "relation" or (numbered and not key):
        number = int(key or (numbered[1] if numbered else 0))
        found = Relation.objects.of_motion(motion).keyed([number]).first()
    elif key:
        found = Claim.objects.of_motion(motion).keyed([int(key)]).first()
    else:
        found = Claim.objects.of_motion(motion).called(told["target"]).first()
    if found is None:
        raise ValidationError({"target": _("No claim of this motion is worded so. Choose one from the list.")})
    return found


@require_POST
@for_curators
def word(request: Request, slug: str, key: int) -> HttpResponse:
    """The reason of a relation, worded anew."""
    essay = essay_at_desk(slug)
    bench = bench_of(essay)
    relation = relation_in(bench, key)
    if relation is None:
        return lost(request, bench)
    entry = wording(relation, data=request.POST)
    if entry.form.is_valid():
        told, before = entry.form.cleaned_data, relation.rationale
        try:
            now = acts.word_relation(by=curator_of(request), essay=essay, key=key, **told)
            undo = Offer(request.path, {"rationale": before, "version": now.version})
            return done(request, essay, _("Saved."), BenchAsked(paragraph=place_of(bench, relation.source)), undo)
        except Changed as error:
            return differing(request, bench, entry.form, error.row)
        except ValidationError as error:
            add_faults(entry.form, error)
    return show(request, essay, BenchAsked(relation=key), entry=entry, error=entry.form.problem, status=422)


def differing(request: Request, bench: Bench, form: object, row: Relation | None) -> HttpResponse:
    if row is None:
        return lost(request, bench)
    theirs = {"version": row.version, "rationale": row.rationale}
    entry = parted(wording(row), theirs, form, last_hand(row))  # type: ignore[arg-type]
    said = _("%s has saved this meanwhile. Nothing of yours is written yet: both versions are shown.") % entry.who
    return show(request, bench.essay, BenchAsked(relation=row.pk), entry=entry, error=said, status=409)


def lost(request: Request, bench: Bench) -> HttpResponse:
    said = _("Somebody has taken this relation out meanwhile. Nothing was written.")
    return show(request, bench.essay, BenchAsked(), entry=marking(bench, None), error=said, status=409)
