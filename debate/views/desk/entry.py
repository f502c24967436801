"""The entry of the workbench: the one form that is open there, for what the address asks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from debate.forms.desk import BenchAsked, ChangeMarkForm, MarkForm, RelationForm, WordRelationForm
from debate.lenses.workbench.bench import Bench, Card, Mark
from debate.lenses.workbench.similar import Similar
from debate.models import Essay, Relation, SourceParagraph
from debate.reasoning.diff import Piece, word_diff


@dataclass(frozen=True)
class Difference:
    """A field that two curators filled in differently: how it is called, what stands there, and how the two differ."""

    label: str
    theirs: str
    pieces: Sequence[Piece]


@dataclass
class Entry:
    """What is being written. `mode`: mark, change, link, word, or none where there is nothing to write at.

    After somebody else has saved meanwhile, `who` names them and `differences` tells where the two versions part.
    """

    mode: str
    form: Any = None
    paragraph: SourceParagraph | None = None
    card: Card | None = None
    mark: Mark | None = None
    relation: Relation | None = None
    similar: list[Similar] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    who: str = ""
    differences: list[Difference] = field(default_factory=list)


def entry_for(bench: Bench, asked: BenchAsked) -> Entry:
    """The form that an address asks for; where what it names is gone, the one for the next open paragraph."""
    if not bench.is_open:
        return Entry("none")
    if asked.edit is not None and (found := bench.mark(asked.edit)):
        return changing(bench, *found)
    if asked.link and (card := bench.card(asked.link)):
        return linking(bench, card, asked.to)
    if asked.relation is not None and (relation := relation_in(bench, asked.relation)):
        return wording(relation)
    return marking(bench, asked.paragraph)


def marking(bench: Bench, number: int | None, data: Mapping[str, Any] | None = None) -> Entry:
    """A new mark at a paragraph, the next open one unless told."""
    paragraph = bench.paragraph(number)
    if paragraph is None:
        return Entry("none")
    side = bench.essay.side.slug if bench.essay.side else ""
    initial = {"paragraph": paragraph.number, "side": side, **(data or {})}
    return Entry("mark", MarkForm(motion=bench.essay.motion, initial=initial), paragraph)


def changing(bench: Bench, card: Card, mark: Mark, data: Any = None) -> Entry:
    form = ChangeMarkForm(
        data, motion=bench.essay.motion, draft=card.is_draft, several=len(card.marks) > 1, initial=held_in(card, mark)
    )
    others = Essay.objects.speaking_to(card.claim).titles_but(bench.essay) if card.is_draft else []
    at = bench.paragraph(mark.at) if mark.at else None
    return Entry("change", form, at, card=card, mark=mark, others=others)


def held_in(card: Card, mark: Mark) -> dict[str, Any]:
    """What a mark says, by field of its form."""
    claim, passage = card.claim, mark.passage
    own_gist = passage.gist if passage.gist != claim.text or not card.is_draft else ""
    return {
        "paragraph": mark.at,
        "text": claim.text,
        "kind": claim.kind,
        "version": mark.version,
        "side": claim.side.slug if claim.side else "",
        "stance": passage.kind,
        "overall": card.stance.kind,
        "gist": own_gist,
        "speaker": passage.speaker,
    }


def linking(bench: Bench, card: Card, to: str = "", data: Any = None) -> Entry:
    target = bench.card(to) if to else None
    initial = {"source": card.claim.slug, "kind": "supports"}
    if target is not None and target is not card:
        initial |= {"target": target.claim.text, "target_key": f"claim:{target.claim.pk}"}
    return Entry("link", RelationForm(data, initial=initial), card=card)


def wording(relation: Relation, data: Any = None) -> Entry:
    held = {"version": relation.version, "rationale": relation.rationale}
    return Entry("word", WordRelationForm(data, initial=held), relation=relation)


def relation_in(bench: Bench, key: int) -> Relation | None:
    """A relation that the essay draws from one of its claims."""
    drawn = (relation for card in bench.cards for relation in card.outward if relation.is_own)
    return next((relation for relation in drawn if relation.pk == key), None)


# After somebody else has saved meanwhile.


def parted(entry: Entry, theirs: Mapping[str, Any], form: forms.Form, who: str) -> Entry:
    """The entry with both versions: what is typed stays in the form, and replaces the other once it is sent."""
    typed = {name: str(form.data.get(name, "")) for name in entry.form.fields}
    entry.form.initial = {**typed, "version": theirs["version"]}
    entry.form.is_bound = False
    entry.who = who or _("Somebody")
    names = [name for name in theirs if name in typed and name != "version" and differs(theirs[name], typed[name])]
    entry.differences = [difference(entry.form, name, theirs[name], typed[name]) for name in names]
    return entry


def difference(form: forms.Form, name: str, theirs: Any, yours: str) -> Difference:
    one, other = shown(form, name, theirs), shown(form, name, yours)
    return Difference(label_of(form, name), one, word_diff(one, other))


def differs(held: Any, typed: str) -> bool:
    return " ".join(str("" if held is None else held).split()) != " ".join(typed.split())


def label_of(form: forms.Form, name: str) -> str:
    return str(form.fields[name].label or name)


def shown(form: forms.Form, name: str, value: Any) -> str:
    """A value as the form words it: of a choice its label."""
    told = "" if value is None else str(value)
    choices = dict(getattr(form.fields[name], "choices", ()))
    return str(choices.get(told, told))
