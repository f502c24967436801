"""Paragraphs are marked with claims, and marks changed."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from debate.access import curator_of, essay_at_desk, for_curators
from debate.actions.desk import marking as acts
from debate.actions.desk.work import Changed
from debate.forms.desk import BenchAsked, ChangeMarkForm, MarkForm, add_faults
from debate.http import Request
from debate.lenses.workbench.bench import Bench, Card, Mark, bench_of
from debate.lenses.workbench.similar import Similar, similar_claims
from debate.models import Authored, Claim, Essay, Passage, SourceParagraph
from debate.views.desk.answers import Offer, done, show
from debate.views.desk.entry import Entry, changing, held_in, marking, parted

OUTCOMES = {
    "new": gettext_lazy("Marked: “%s”"),
    "attached": gettext_lazy("A passage is attached to “%s”"),
    "there": gettext_lazy("“%s” was marked there already."),
}


@require_POST
@for_curators
def mark(request: Request, slug: str) -> HttpResponse:
    """A new claim at a paragraph, or a passage for one that is there."""
    essay = essay_at_desk(slug)
    form = MarkForm(request.POST, motion=essay.motion)
    if form.is_valid():
        if near := unseen_near(request, essay, form):
            return refused(request, bench_of(essay), form, near)
        try:
            return marked(request, essay, form)
        except ValidationError as error:
            add_faults(form, error)
    return refused(request, bench_of(essay), form)


def marked(request: Request, essay: Essay, form: MarkForm) -> HttpResponse:
    told = form.cleaned_data
    place = SourceParagraph.objects.of_essay(essay).numbered(told["paragraph"]).first()
    if place is None:
        raise ValidationError(_("The source text has no such paragraph any more; choose it anew."))
    if told["seal"] not in ("", place.seal):
        raise ValidationError(_("Another text has taken this place meanwhile. Does this still belong here?"))
    by = curator_of(request)
    if told["claim"]:
        claim = claim_at_hand(essay, told["claim"])
        entry = entry_in(form, claim.text)
        done_ = acts.attach_passage(by=by, essay=essay, place=place, claim=claim, entry=entry)
    else:
        done_ = acts.mark_claim(by=by, essay=essay, place=place, entry=entry_in(form))
    said = OUTCOMES[done_.outcome] % done_.passage.stance.claim.text
    return done(request, essay, said, BenchAsked(paragraph=place.number))


def claim_at_hand(essay: Essay, slug: str) -> Claim:
    """The claim to attach to. Raises ValidationError where it is no longer there: what was typed is not lost by it."""
    claim = Claim.objects.of_motion(essay.motion).called(slug).first()
    if claim is None:
        raise ValidationError({"text": _("That claim is no longer there: somebody has merged it or taken it out.")})
    return claim


def entry_in(form: MarkForm, text: str = "") -> acts.Entry:
    """What the form says; `text` where that is not for it to say."""
    told = form.cleaned_data
    return acts.Entry(
        text=text or told["text"],
        stance=told["stance"],
        kind=told.get("kind", ""),
        side=form.chosen_side,
        gist=told["gist"],
        speaker=told["speaker"],
        overall=told.get("overall", ""),
    )


def unseen_near(request: Request, essay: Essay, form: MarkForm) -> list[Similar]:
    """Claims so like a new one that its curator should have seen them; those who type with a script have."""
    told = form.cleaned_data
    if request.htmx or told["claim"] or told["seen"]:
        return []
    found = similar_claims(essay, told["text"])
    return found if any(one.near for one in found) else []


def refused(request: Request, bench: Bench, form: MarkForm, near: list[Similar] | None = None) -> HttpResponse:
    """The entry as it was typed, with what is wrong with it, or with the claims that say nearly the same."""
    number = form.cleaned_data.get("paragraph") if hasattr(form, "cleaned_data") else None
    entry = marking(bench, number if bench.paragraph(number) else None)
    entry.form, entry.similar = form, near or []
    said = _("Look: this is here already, or nearly.") if near else form.problem
    return show(request, bench.essay, BenchAsked(paragraph=number), entry=entry, error=said, status=422)


@require_POST
@for_curators
def change(request: Request, slug: str, key: int) -> HttpResponse:
    """A mark, written anew."""
    essay = essay_at_desk(slug)
    bench = bench_of(essay)
    found = bench.mark(key)
    if found is None:
        return gone(request, bench)
    entry = changing(bench, *found, data=request.POST)
    form: ChangeMarkForm = entry.form
    if form.is_valid():
        try:
            return changed(request, bench, form, *found)
        except Changed as error:
            return differing(request, essay, entry, error.row)
        except ValidationError as error:
            add_faults(form, error)
    return show(request, essay, BenchAsked(edit=key), entry=entry, error=form.problem, status=422)


def changed(request: Request, bench: Bench, form: ChangeMarkForm, card: Card, mark: Mark) -> HttpResponse:
    told, essay, before = form.cleaned_data, bench.essay, held_in(card, mark)
    place = bench.paragraph(told["paragraph"]) if told.get("paragraph") else None
    entry = entry_in(form, "" if "text" in form.fields else card.claim.text)
    passage = acts.change_mark(
        by=curator_of(request), essay=essay, key=mark.passage.pk, version=told["version"], entry=entry, place=place
    )
    fields = {name: "" if value is None else value for name, value in before.items()}
    undo = Offer(request.path, {**fields, "version": passage.mark_version})
    at = place.number if place else None
    return done(request, essay, _("Saved: “%s”") % passage.stance.claim.text, BenchAsked(paragraph=at), undo)


def differing(request: Request, essay: Essay, entry: Entry, row: Passage | None) -> HttpResponse:
    """Both versions, where somebody has saved meanwhile; nothing is written."""
    bench = bench_of(essay)
    found = bench.mark(row.pk) if row is not None else None
    if found is None:
        return gone(request, bench, entry)
    who = last_hand(found[1].passage, found[0].stance, found[0].claim)
    shown = parted(changing(bench, *found), held_in(*found), entry.form, who)
    said = _("%s has saved this meanwhile. Nothing of yours is written yet: both versions are shown.") % shown.who
    return show(request, essay, BenchAsked(edit=found[1].passage.pk), entry=shown, error=said, status=409)


def last_hand(*rows: Authored) -> str:
    """Who saved one of these rows last."""
    records = filter(None, (row.last_version() for row in rows))
    newest = max(records, key=lambda record: record.history_date, default=None)
    return str(newest.history_user or "") if newest else ""


def gone(request: Request, bench: Bench, entry: Entry | None = None) -> HttpResponse:
    """What was to be changed has been taken out; what was typed is kept in an entry for a new mark."""
    typed = entry.form.data if entry and entry.form else request.POST
    number = typed.get("paragraph", "")
    at = int(number) if number.isascii() and number.isdigit() and len(number) < 6 else None
    kept = {name: typed.get(name, "") for name in ("text", "stance", "kind", "side", "gist", "speaker")}
    said = _("Somebody has taken this out meanwhile. Nothing was written; what you typed is kept, to be marked anew.")
    shown = marking(bench, at, {name: value for name, value in kept.items() if value})
    return show(request, bench.essay, BenchAsked(paragraph=at), entry=shown, error=said, status=409)
