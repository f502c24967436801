"""What an essay still lacks before somebody else looks it over, each with where it is mended."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from debate.lenses.workbench.bench import Bench
from debate.models import Claim, Prediction, Relation
from debate.reasoning.graph import reaching
from debate.reasoning.originality import Wording


class Item(NamedTuple):
    """One thing that is missing: what, in what, and the address at which it is mended."""

    said: str
    href: str
    detail: str = ""


class Lack(NamedTuple):
    """A sort of thing that is missing, with each of it."""

    key: str
    heading: str
    items: list[Item]


class Checklist(NamedTuple):
    lacks: list[Lack]

    @property
    def total(self) -> int:
        return sum(len(lack.items) for lack in self.lacks)


def checklist_of(bench: Bench, predictions: Sequence[Prediction] | None = None) -> Checklist:
    """Every sort of thing that something of the essay lacks. One query besides the bench's, none with predictions."""
    if predictions is None:
        predictions = list(Prediction.objects.for_checklist(bench.essay))
    found = (
        Lack("open", _("Paragraphs that nobody has claimed or set aside"), list(open_paragraphs(bench))),
        Lack("nowhere", _("Claims that no passage shows"), list(without_passage(bench))),
        Lack("lost", _("Passages at places that the source text does not have"), list(at_no_paragraph(bench))),
        Lack("uncountered", _("Claims without a counterpoint"), list(uncountered(bench))),
        Lack("loose", _("Claims from which nothing leads to a thesis"), list(loose(bench))),
        Lack("predictions", _("Predictions without criteria or a reading"), list(unjudged(predictions))),
        Lack("wording", _("Wording that repeats seven words of the source"), list(repeated(bench, predictions))),
        Lack("summary", _("The summary"), list(without_summary(bench))),
    )
    return Checklist([lack for lack in found if lack.items])


def entry(query: str) -> str:
    return f"?{query}#entry"


def open_paragraphs(bench: Bench) -> Iterator[Item]:
    for paragraph in bench.open_paragraphs:
        number = paragraph.row.number
        yield Item(_("Paragraph %(number)d") % {"number": number}, entry(f"paragraph={number}"), paragraph.row.text)


def without_passage(bench: Bench) -> Iterator[Item]:
    for card in bench.cards:
        if not card.marks:
            yield Item(card.claim.text, reverse("admin:debate_stance_change", args=[card.stance.pk]))


def at_no_paragraph(bench: Bench) -> Iterator[Item]:
    for card in bench.cards if bench.paragraphs else ():
        for mark in card.marks:
            if mark.at is None:
                place = f"{mark.passage.heading or _('Opening')}, ¶ {mark.passage.paragraph}"
                yield Item(card.claim.text, entry(f"edit={mark.passage.pk}"), place)


def uncountered(bench: Bench) -> Iterator[Item]:
    """Claims that the essay itself asserts, against which nothing stands, from this essay or any other."""
    for card in bench.cards:
        countered = any(relation.kind != Relation.Kind.SUPPORTS for relation in card.inward)
        if card.stance.kind == "asserts" and not countered:
            yield Item(card.claim.text, entry(f"link={card.claim.slug}"))


def loose(bench: Bench) -> Iterator[Item]:
    """By what this essay draws and what readers see already: a published claim knows whether it reaches a thesis."""
    relations = [relation for card in bench.cards for relation in (*card.outward, *card.inward)]
    arrows = {(relation.source_id, relation.bears_on.pk) for relation in relations if relation.bears_on is not None}
    claims = [*(card.claim for card in bench.cards), *(end for r in relations for end in (r.source, r.bears_on) if end)]
    fast = {side.thesis_id for side in bench.sides} | {claim.pk for claim in claims if is_fast(claim)}
    reached = reaching(arrows, fast)
    for card in bench.cards:
        if card.claim.pk not in reached:
            yield Item(card.claim.text, entry(f"link={card.claim.slug}"))


def is_fast(claim: Claim) -> bool:
    """Whether readers see by which relations a claim reaches a thesis."""
    standing = getattr(claim, "standing", None)
    return standing is not None and not standing.loose


def unjudged(predictions: Iterable[Prediction]) -> Iterator[Item]:
    for prediction in predictions:
        lacking = (
            _("no criteria") if not prediction.criteria.strip() else "" if prediction.has_reading else _("no reading")
        )
        if lacking:
            address = reverse("admin:debate_prediction_change", args=[prediction.pk])
            yield Item(prediction.statement, address, lacking)


def without_summary(bench: Bench) -> Iterator[Item]:
    address = reverse("admin:debate_essay_change", args=[bench.essay.pk])
    if not bench.essay.summary.strip():
        yield Item(_("There is none yet."), address)


def repeated(bench: Bench, predictions: Iterable[Prediction]) -> Iterator[Item]:
    """Where a claim, a gist, a reason, a criterion or the summary says what the source says, word by word."""
    if not bench.paragraphs:
        return
    titles = {bench.essay.title, *(paragraph.row.heading for paragraph in bench.paragraphs)}
    wording = Wording("\n".join(paragraph.row.text for paragraph in bench.paragraphs), titles)
    for said, text, href in (*texts_of(bench), *texts_beside(bench, predictions)):
        for run in wording.repeated_in(text):
            yield Item(said, href, run)


def texts_of(bench: Bench) -> Iterator[tuple[str, str, str]]:
    for card in bench.cards:
        for mark in card.marks:
            if card.is_draft and mark is card.marks[0]:
                yield card.claim.text, card.claim.text, entry(f"edit={mark.passage.pk}")
            if mark.passage.gist != card.claim.text:
                said = _("Gist: %(gist)s") % {"gist": mark.passage.gist}
                yield said, mark.passage.gist, entry(f"edit={mark.passage.pk}")
        for relation in card.outward:
            if relation.is_own:
                yield relation.rationale, relation.rationale, entry(f"relation={relation.pk}")


def texts_beside(bench: Bench, predictions: Iterable[Prediction]) -> Iterator[tuple[str, str, str]]:
    yield _("The summary"), bench.essay.summary, reverse("admin:debate_essay_change", args=[bench.essay.pk])
    for prediction in predictions:
        address = reverse("admin:debate_prediction_change", args=[prediction.pk])
        yield prediction.statement, f"{prediction.statement}\n{prediction.criteria}", address
