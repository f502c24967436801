"""Where two authors collide, shown: each counterpoint with what both say at its ends, who drew it, what answers it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from debate.lenses.positions import Positions, Taken, Writer
from debate.models import Claim, Essay, Passage, Relation
from debate.reasoning.answering import Stand
from debate.reasoning.graph import Link
from debate.reasoning.parting import Parting

MOST_ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What a writer does with a claim, and the first place that shows it."""

    writer: Writer
    kind: str
    claim: Claim
    essay: Essay
    passage: Passage | None

    @property
    def address(self) -> str:
        """Where the essay's own page shows the place."""
        return f"{self.essay.get_absolute_url()}#{self.claim.slug}"


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a counterpoint: an essay's stance on its claim, or a claim that strikes it, and who holds that."""

    who: str
    kind: str
    claim: Claim | None
    address: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A counterpoint of one writer against another. `spoken`, `struck`: what they say at its ends."""

    relation: Relation
    spoken: Said | None
    struck: Said | None
    drawn_by: Sequence[str]
    stand: Stand
    answers: Sequence[Answer]
    more_answers: int


PASSIVE = {
    "supports": _("supported by"),
    "rebuts": _("rebutted by"),
    "qualifies": _("qualified by"),
    "undercuts": _("undercut by"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """A claim on the way out from a thesis, and how it bears on the one before; '' for the thesis."""

    kind: str
    claim: Claim

    @property
    def word(self) -> str:
        return str(PASSIVE[self.kind]) if self.kind else str(_("The thesis"))


@dataclass(frozen=True, slots=True)
class Place:
    """Where two writers part: the way there from a thesis, then a claim with what both say of it, or a clash.

    `in_passing`: one of them only concedes what they would part over.
    """

    depth: float
    path: Sequence[Step]
    claim: Claim | None
    said: Sequence[Said]
    clash: Clash | None
    contradicts: bool
    in_passing: bool

    @property
    def at_thesis(self) -> bool:
        """Whether a thesis itself is what they take in opposite ways."""
        return self.claim is not None and self.depth == 0

    @property
    def claims(self) -> list[Claim]:
        if self.clash is None:
            return [self.claim] if self.claim else []
        return [self.clash.relation.source, self.clash.relation.struck]


class Shelf:
    """Relations, claims and passages by key, fetched once for all that a comparison shows. Two queries."""

    def __init__(self, positions: Positions, relations: Iterable[int], stances: Iterable[int]) -> None:
        self.positions = positions
        self.relations = Relation.objects.with_source().in_bulk(list(relations))
        self.claims: dict[int, Claim] = {}
        self.passages: dict[int, Passage] = {}
        for passage in Passage.objects.showing(stances).with_claims():
            stance = passage.stance
            self.claims[stance.claim_id] = stance.claim
            kept = self.passages.setdefault(stance.pk, passage)
            if shown_before(passage) < shown_before(kept):
                self.passages[stance.pk] = passage
        for relation in self.relations.values():
            for claim in ends_of(relation):
                self.claims.setdefault(claim.pk, claim)

    def said(self, writer: Writer, claim: int) -> Said | None:
        taken = writer.taken.get(claim)
        if taken is None:
            return None
        essay = self.positions.essays[taken.essay]
        return Said(writer, taken.kind, self.claims[claim], essay, self.passages.get(taken.stance))

    def clash(self, link: Link, one: Writer, other: Writer) -> Clash:
        """A counterpoint of the one against the other."""
        relation, positions = self.relations[link.key], self.positions
        answers = list(self.answers(link, other))
        return Clash(
            relation,
            spoken=self.said(one, link.source),
            struck=self.said(other, relation.struck.pk),
            drawn_by=[positions.who(essay) for essay in positions.drawn.get(link.key, ())],
            stand=positions.stand_towards(other, link),
            answers=answers,
            more_answers=len(positions.answers_to(link)) - len(answers),
        )

    def answers(self, link: Link, by: Writer) -> Iterator[Answer]:
        positions = self.positions
        for answer in foremost_answers(positions, link, by):
            if isinstance(answer, Taken):
                claim, essay = self.relations[link.key].source, positions.essays[answer.essay]
                address = f"{essay.get_absolute_url()}#{claim.slug}"
                yield Answer(positions.who(answer.essay), answer.kind, None, address)
            else:
                claim = self.relations[answer.key].source
                yield Answer(positions.holders(claim.pk), answer.kind, claim, claim.get_absolute_url())

    def place(self, parting: Parting, one: Writer, other: Writer) -> Place:
        path = self.path(parting)
        if parting.link is None:
            claim = parting.claim or 0
            said = [told for writer in (one, other) if (told := self.said(writer, claim))]
            return Place(parting.depth, path, self.claims[claim], said, None, True, parting.in_passing)
        if parting.link.source not in one.voice.accepts or parting.link.source in other.voice.accepts:
            one, other = other, one
        clash = self.clash(parting.link, one, other)
        return Place(parting.depth, path, None, [], clash, parting.contradicts, parting.in_passing)

    def path(self, parting: Parting) -> list[Step]:
        """From the thesis outward to the claim that they part on; [] where that is at a thesis, or strikes at one."""
        links = [self.relations[link.key] for link in reversed(way_to(self.positions, parting))]
        if parting.depth < 1:
            return []
        end = self.positions.walk.end_of(self.positions.walk.links[links[0].pk])
        steps = [Step("", self.claims[end])] if end in self.claims else []
        return steps + [Step(relation.kind, relation.source) for relation in links]


def shown_before(passage: Passage) -> tuple[bool, bool]:
    """What shows the stance before what shades it, and the author's own words before those of somebody they quote."""
    return passage.kind != passage.stance.kind, bool(passage.speaker)


def ends_of(relation: Relation) -> Iterator[Claim]:
    yield relation.source
    if relation.target_claim:
        yield relation.target_claim
    elif relation.target_relation:
        yield relation.target_relation.source
        if relation.target_relation.target_claim:
            yield relation.target_relation.target_claim


def foremost_answers(positions: Positions, link: Link, by: Writer) -> list[Taken | Link]:
    """Some of what answers a counterpoint, what the writer whom it strikes says themselves first."""
    own = {essay.pk for essay in by.essays}

    def theirs(answer: Taken | Link) -> bool:
        return answer.essay in own if isinstance(answer, Taken) else answer.source in by.voice.accepts

    return sorted(positions.answers_to(link), key=lambda answer: not theirs(answer))[:MOST_ANSWERS]


def way_to(positions: Positions, parting: Parting) -> list[Link]:
    """The relations from what a parting is about to a thesis: of an undercut, the one it attacks among them."""
    walk, link = positions.walk, parting.link
    if link is None:
        return walk.path_from(parting.claim or 0)
    if link.claim is not None:
        return walk.path_from(link.claim)
    attacked = walk.links[link.relation or 0]
    return [attacked, *walk.path_from(walk.end_of(attacked) or 0)]
