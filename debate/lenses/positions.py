"""Who holds what on a motion and how it hangs together, by keys: what comparisons are cut from."""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from debate.lenses.answers import oldest_first
from debate.lenses.kept import Kept
from debate.models import Essay, Motion, Relation, Side, Stance
from debate.reasoning.answering import ACCEPTING, Stand, settles, stand_of
from debate.reasoning.graph import Link
from debate.reasoning.parting import Voice, Walk, relies_on

POSITIONS: "Kept[Positions]" = Kept(most=12)
COUNTERING = frozenset({"denies", "qualifies"})


class Taken(NamedTuple):
    """A stance that an author takes: its key, its essay's, its claim's, and what it is."""

    stance: int
    essay: int
    claim: int
    kind: str


class Writer:
    """An author of the motion, with their visible essays in the order written and where they stand on each claim."""

    def __init__(self, row: Essay) -> None:
        """Of a row that with_writers() made."""
        self.key, self.slug, self.name, self.short_name = row.writer, row.writer_slug, row.writer_name, row.who or ""
        self.named = row.writer_named
        self.essays: list[Essay] = []
        self.taken: dict[int, Taken] = {}
        self.drew: set[int] = set()

    def get_absolute_url(self) -> str:
        return reverse("author", args=[self.slug])

    def take(self, taken: Taken) -> None:
        """After all that they took before."""
        held = self.taken.get(taken.claim)
        if settles(taken.kind, held.kind if held else None):
            self.taken[taken.claim] = taken

    def kind_on(self, claim: int) -> str:
        """Their stance, "silent" where they take none."""
        return self.taken[claim].kind if claim in self.taken else "silent"

    def with_stance(self, kinds: Iterable[str]) -> set[int]:
        wanted = frozenset(kinds)
        return {claim for claim, taken in self.taken.items() if taken.kind in wanted}

    @cached_property
    def voice(self) -> Voice:
        accepted, denied, conceded = (self.with_stance(kinds) for kinds in (ACCEPTING, ["denies"], ["concedes"]))
        return Voice(accepted, denied, self.drew, conceded)

    @cached_property
    def sides(self) -> list[Side]:
        """The sides that their essays take."""
        return list(dict.fromkeys(essay.side for essay in self.essays if essay.side))


class Positions:
    """What a motion's visible essays, stances and relations say, by keys. Three queries."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        self.essays: dict[int, Essay] = {}
        self.writers: dict[int, Writer] = {}
        self.written_by: dict[int, list[Writer]] = {}
        self.weight: dict[int, int] = {}
        self.side_of: dict[int, int | None] = {}
        self.takers: dict[int, list[Taken]] = {}
        self.drawn: dict[int, list[int]] = {}
        self.answered: set[int] = set()
        theses: set[int] = set()
        self.read_essays()
        self.read_stances(theses)
        links = self.read_relations(theses)
        self.walk = Walk(links, sorted(theses))
        self.met = met_by(links)

    def read_essays(self) -> None:
        rows = Essay.objects.visible().of_motion(self.motion).with_side().without_text().with_writers()
        for row in rows:
            essay = self.essays.setdefault(row.pk, row)
            if row.writer is not None:
                writer = self.writers.setdefault(row.writer, Writer(row))
                writer.essays.append(essay)
                self.written_by.setdefault(row.pk, []).append(writer)

    def read_stances(self, theses: set[int]) -> None:
        order = {key: number for number, key in enumerate(oldest_first(self.essays.values()))}
        rows = Stance.objects.visible().shown().of_motion(self.motion).for_positions()
        for stance, essay, claim, kind, side, thesis_of, weight in sorted(rows, key=lambda row: order[row[1]]):
            taken = Taken(stance, essay, claim, kind)
            self.takers.setdefault(claim, []).append(taken)
            self.weight[claim], self.side_of[claim] = weight or 0, side
            if thesis_of is not None:
                theses.add(claim)
            for writer in self.written_by.get(essay, ()):
                writer.take(taken)

    def read_relations(self, theses: set[int]) -> list[Link]:
        links: dict[int, Link] = {}
        for *link, drawn_by, answered, thesis_of in Relation.objects.visible().of_motion(self.motion).for_positions():
            told = links.setdefault(link[0], Link(*link))
            if thesis_of is not None and told.claim is not None:
                theses.add(told.claim)
            if answered:
                self.answered.add(told.key)
            if drawn_by in self.essays:
                self.drawn.setdefault(told.key, []).append(drawn_by)
                for writer in self.written_by.get(drawn_by, ()):
                    writer.drew.add(told.key)
        return list(links.values())

    @cached_property
    def by_name(self) -> list[Writer]:
        return sorted(self.writers.values(), key=lambda writer: (not writer.named, writer.name.casefold(), writer.key))

    def writer(self, slug: str) -> Writer | None:
        return next((writer for writer in self.writers.values() if writer.slug == slug), None)

    def struck_by(self, link: Link) -> int | None:
        """The claim that a counterpoint is aimed at; of an undercut, the one whose bearing it denies."""
        attacked = self.walk.links.get(link.relation or 0)
        return link.claim if link.claim is not None else attacked.source if attacked else None

    def against(self, writer: Writer) -> list[Link]:
        """Counterpoints to what they assert that they have not drawn themselves, as Relation.answering()."""
        asserted, own = writer.with_stance(["asserts"]), {essay.pk for essay in writer.essays}
        others = [link for link in self.walk.links.values() if own.isdisjoint(self.drawn.get(link.key, ()))]
        aimed = [link for link in others if link.kind != "supports" and self.struck_by(link) in asserted]
        return [link for link in aimed if link.relation is None or self.drawn_from(writer, link.relation)]

    def drawn_from(self, writer: Writer, relation: int) -> bool:
        """Whether a relation is one that a writer relies on."""
        attacked = self.walk.links.get(relation)
        return attacked is not None and relies_on(writer.voice, attacked)

    def stand_towards(self, writer: Writer, link: Link) -> Stand:
        own = {essay.pk for essay in writer.essays}
        drawn = [self.essays[key].written_within for key in self.drawn.get(link.key, ()) if key not in own]
        wrote = [essay.written_within for essay in writer.essays]
        granted = link.source in writer.voice.accepts
        return stand_of(granted=granted, answered=link.key in self.answered, drawn=drawn, wrote=wrote)

    def answers_to(self, link: Link) -> list[Taken | Link]:
        """What answers a counterpoint: stances that deny or qualify its claim, relations that strike it or itself."""
        stances = [taken for taken in self.takers.get(link.source, ()) if taken.kind in COUNTERING]
        return [*stances, *self.met.get((link.source, None), ()), *self.met.get((None, link.key), ())]

    def holders(self, claim: int) -> str:
        """The short names of those who accept a claim, three at most."""
        essays = [taken.essay for taken in self.takers.get(claim, ()) if taken.kind in ACCEPTING]
        return ", ".join(self.who(essay) for essay in essays[:3])

    def who(self, essay: int) -> str:
        """The short names of an essay's authors."""
        return " & ".join(writer.short_name for writer in self.written_by.get(essay, ()))


def met_by(links: Iterable[Link]) -> dict[tuple[int | None, int | None], list[Link]]:
    """The relations that answer what comes from a claim, and those that undercut a relation, by what they strike."""
    found: dict[tuple[int | None, int | None], list[Link]] = {}
    for link in links:
        if link.kind != "supports":
            found.setdefault((link.claim, link.relation), []).append(link)
    return found


def positions_of(edition: str, motion: Motion) -> Positions:
    """Three queries once an edition."""
    return POSITIONS.get(edition, motion.pk, lambda: Positions(motion))
