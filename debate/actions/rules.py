"""Rules across rows, which no constraint of the database can hold: what is wrong with a row, and in which field.

A form asks before it writes; `manage.py audit` proves the same over all rows. Each function reads, and writes nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from debate.actions.auditing.corpus import last_day
from debate.models import (
    Bearing,
    Claim,
    Entailment,
    Essay,
    Motion,
    Prediction,
    Reading,
    Relation,
    Side,
    Stance,
    Status,
)
from debate.models.relations import DEEPEST_UNDERCUT
from debate.reasoning.text import marked_claims

HANGS: dict[type[Model], tuple[str, ...]] = {
    Claim: ("stances", "relations", "relations_to", "bearings", "thesis_of", "absorbed"),
    Essay: ("stances", "relations", "readings", "predictions", "responses"),
    Prediction: ("readings", "bearings", "implies", "implied_by", "decides"),
}


class Fault(NamedTuple):
    """What is wrong, in the curator's language, and with which field."""

    field: str
    message: Any


Faults = Iterator[Fault]


def end(row: Model, field: str) -> Any:
    """What a foreign key names, saved already or not; None where it names nothing."""
    at_hand = row._state.fields_cache.get(field)
    return at_hand or (getattr(row, field) if getattr(row, f"{field}_id") else None)


def held(row: Model) -> Any:
    """The row as the database holds it, None for a new one."""
    return type(row)._base_manager.filter(pk=row.pk).first() if row.pk else None


def other_motion(row: Model) -> Any:
    """What is said of one that belongs to another motion than this row."""
    return _("This belongs to another motion than the %(noun)s.") % {"noun": row._meta.verbose_name}


def of_motion(row: Any, *fields: str) -> Faults:
    """Each of the fields, where it names something, names something of the row's motion."""
    for field in fields:
        named = end(row, field)
        if named is not None and named.motion_id != row.motion_id:
            yield Fault(field, other_motion(row))


def between(row: Model, one: str, other: str) -> Faults:
    """Both ends are of one motion; the fault lies with the second."""
    ends = end(row, one), end(row, other)
    if all(ends) and ends[0].motion_id != ends[1].motion_id:
        yield Fault(other, other_motion(ends[0]))


def stays(row: Any, was: Any) -> Faults:
    """A row on which others hang keeps its motion: they would be left behind in the old one."""
    if was is None or was.motion_id == row.motion_id:
        return
    if any(getattr(row, name).exists() for name in HANGS[type(row)]):
        yield Fault("motion", _("It stays in its motion as long as anything there hangs on it."))


def motion_faults(motion: Motion) -> Faults:
    prediction = motion.deciding_prediction
    if prediction and prediction.motion_id != motion.pk:
        yield Fault("deciding_prediction", _("This belongs to another motion."))
    elif motion.featured and (prediction is None or prediction.status != Status.PUBLISHED):
        yield Fault("deciding_prediction", _("A featured motion names a published prediction that decides it."))


def side_faults(side: Side) -> Faults:
    yield from of_motion(side, "thesis")
    if side.thesis and side.motion.status == Status.PUBLISHED and side.thesis.status != Claim.Status.PUBLISHED:
        yield Fault("thesis", _("The thesis of a published motion is a published claim."))


def essay_faults(essay: Essay) -> Faults:
    yield from of_motion(essay, "side", "responds_to")
    yield from stays(essay, held(essay))
    yield from order_faults(essay)
    stances = Stance.objects.filter(essay=essay.pk) if essay.pk else Stance.objects.none()
    spoken_to = set(stances.values_list("claim__slug", flat=True))
    for slug in marked_claims(essay.summary):
        if slug not in spoken_to:
            message = _("“%(slug)s” is marked here, but the essay takes no stance on such a claim. Add that first.")
            yield Fault("summary", message % {"slug": slug})


def order_faults(essay: Essay) -> Faults:
    """Nobody responds to what is not written yet."""
    day, answered = last_day(essay), essay.responds_to and essay.responds_to.published_on
    if day and answered and answered > day:
        yield Fault("responds_to", _("That one was published later than this essay."))
    responses = essay.responses.all() if essay.pk else ()
    days = [day for day in map(last_day, responses) if day]
    if essay.published_on and any(day < essay.published_on for day in days):
        yield Fault("published_on", _("An essay that responds to this one was published before."))


def claim_faults(claim: Claim) -> Faults:
    was = held(claim)
    yield from of_motion(claim, "side")
    yield from stays(claim, was)
    if was is None:
        return
    if claim.status != Claim.Status.PUBLISHED and claim.thesis_of.filter(motion__status=Status.PUBLISHED).exists():
        yield Fault("status", _("It is the thesis of a side of a published motion, and stays published."))
    if was.slug != claim.slug and essays_marking(was):
        yield Fault("slug", _("Summaries of essays mark the claim by its slug; it stays."))


def said_already(claim: Claim, motion: Motion, text: str) -> Claim | None:
    """Another claim of the motion that says the same but for case, spaces and the signs at its end."""
    others = Claim.objects.filter(motion=motion).exclude(pk=claim.pk).exclude(status=Claim.Status.MERGED)
    told, kept = bare(text), others.order_by("pk").only("pk", "text")
    return next((other for other in kept.iterator(500) if bare(other.text) == told), None)


def bare(text: str) -> str:
    """A text without what makes no difference to what it says."""
    return " ".join(text.split()).rstrip(" .!?…;:,").casefold()


def essays_marking(claim: Claim) -> list[Essay]:
    """The essays whose summaries set this claim's passages in the margin."""
    essays = Essay.objects.filter(stances__claim=claim, summary__contains=f"[[{claim.slug}]]")
    return list(essays.order_by("pk"))


def stance_faults(stance: Stance) -> Faults:
    yield from between(stance, "essay", "claim")
    was = held(stance)
    moved = was is not None and (was.essay_id, was.claim_id) != (stance.essay_id, stance.claim_id)
    if moved and was.essay in essays_marking(was.claim):
        yield Fault("claim", _("The essay's summary marks the claim of before; take the mark out first."))


def shown_faults(kind: str, kinds: Iterable[str]) -> Faults:
    """A stance of this kind is shown by at least one of the passages' kinds."""
    if kind not in set(kinds):
        message = _("No passage shows the stance “%(kind)s”. At least one has to.")
        yield Fault("kind", message % {"kind": dict(Stance.Kind.choices).get(kind, kind)})


def prediction_faults(prediction: Prediction) -> Faults:
    yield from of_motion(prediction, "essay")
    was = held(prediction)
    yield from stays(prediction, was)
    if was and was.resolution and times_of(was) != times_of(prediction):
        yield Fault("closes_at", _("Forecasts were scored by these times: they stay as long as it is resolved."))
    if prediction.resolves_on < prediction.closes_at.astimezone(UTC).date():
        yield Fault("resolves_on", _("It has to resolve on the day on which it closes, or later."))
    if prediction.status != Status.PUBLISHED and prediction.pk and prediction.decides.filter(featured=True).exists():
        yield Fault("status", _("It decides the featured motion, and has to be published for that."))


def times_of(prediction: Prediction) -> list[datetime]:
    """Its opening and its close, to the second, as forms tell them."""
    return [instant.replace(microsecond=0) for instant in (prediction.opens_at, prediction.closes_at)]


def reading_faults(reading: Reading) -> Faults:
    yield from between(reading, "prediction", "essay")


def bearing_faults(bearing: Bearing) -> Faults:
    yield from between(bearing, "prediction", "claim")


def entailment_faults(entailment: Entailment) -> Faults:
    yield from between(entailment, "premise", "conclusion")


def undercut_chain(relation: Relation) -> list[Relation]:
    """The relations that an undercut attacks, one through the other, nearest first; ends at a claim or in a ring."""
    chain: list[Relation] = []
    target = relation.target_relation
    while target is not None and len(chain) <= DEEPEST_UNDERCUT:
        chain.append(target)
        target = target.target_relation
    return chain


def height_of_undercuts(relation: Relation) -> int:
    """How high undercuts stand on a relation already."""
    height, level = 0, [relation.pk] if relation.pk else []
    while level and height <= DEEPEST_UNDERCUT:
        level = list(Relation.objects.filter(target_relation__in=level).values_list("pk", flat=True))
        height += bool(level)
    return height


def target_faults(kind: str, claim: Claim | None, relation: Relation | None) -> Faults:
    """An undercut attacks a relation, every other relation a claim; the fault lies with the field to fill."""
    if kind == Relation.Kind.UNDERCUTS and (claim or not relation):
        yield Fault("target_relation", _("Say which relation is undercut, and leave the target claim empty."))
    if kind != Relation.Kind.UNDERCUTS and (relation or not claim):
        yield Fault("target_claim", _("Say which claim it bears on, and leave the target relation empty."))


def relation_faults(relation: Relation) -> Faults:
    yield from between(relation, "source", "target_claim")
    source, chain = end(relation, "source"), undercut_chain(relation)
    if not chain:
        return
    if chain[0].source.motion_id != source.motion_id:
        yield Fault("target_relation", other_motion(source))
    if relation.pk in [link.pk for link in chain]:
        yield Fault("target_relation", _("It would undercut itself."))
    elif chain[0].source_id == source.pk:
        yield Fault("target_relation", _("A claim does not undercut what it leads to itself."))
    elif len(chain) + height_of_undercuts(relation) > DEEPEST_UNDERCUT:
        message = _("Undercuts stand on each other at most %(deepest)s high.")
        yield Fault("target_relation", message % {"deepest": DEEPEST_UNDERCUT})


def undercutter_faults(relation: Relation) -> Faults:
    """A relation does not come to start from the claim that undercuts it."""
    if relation.pk and relation.undercuts.filter(source=relation.source_id).exists():
        yield Fault("source", _("This claim undercuts the relation; it cannot start from there."))


def drawn_faults(relation: Relation, essays: Sequence[Essay]) -> Faults:
    """Essays of its motion draw a relation, or a curator does."""
    if any(essay.motion_id != end(relation, "source").motion_id for essay in essays):
        yield Fault("drawn_by", _("One of them belongs to another motion than the relation."))
    if relation.origin == Relation.Origin.ESSAY and not essays:
        yield Fault("drawn_by", _("Which essay draws it? Name one, or say that a curator does."))
    if relation.origin == Relation.Origin.CURATOR and essays:
        yield Fault("drawn_by", _("A curator draws it, or essays do: not both."))


def whole_relation_faults(relation: Relation) -> Faults:
    """As the database holds it, with the essays that draw it."""
    yield from relation_faults(relation)
    yield from undercutter_faults(relation)
    yield from drawn_faults(relation, list(relation.drawn_by.all()))


def whole_stance_faults(stance: Stance) -> Faults:
    """As the database holds it, with the passages that show it."""
    yield from stance_faults(stance)
    yield from shown_faults(stance.kind, stance.passages.values_list("kind", flat=True))


FAULTS: dict[type[Model], Any] = {
    Motion: motion_faults,
    Side: side_faults,
    Essay: essay_faults,
    Claim: claim_faults,
    Stance: whole_stance_faults,
    Relation: whole_relation_faults,
    Prediction: prediction_faults,
    Reading: reading_faults,
    Bearing: bearing_faults,
    Entailment: entailment_faults,
}


def faults_of(row: Model) -> list[Fault]:
    """What is wrong with a row beside others; nothing with one of which no such rule is known."""
    return list(FAULTS[type(row)](row)) if type(row) in FAULTS else []
