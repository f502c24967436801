"""The claims of a file, with their tags, stances, passages and relations."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import Any, TypeVar

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from debate.actions.bringing.arrows import arrow_of
from debate.actions.bringing.putting import Putting, label
from debate.actions.bringing.report import Change, Waiting
from debate.actions.bringing.shapes import Arrow, ClaimPart, Coming, File, PassagePart, RelationPart
from debate.actions.rules import relation_faults
from debate.models import (
    Claim,
    ClaimTally,
    Essay,
    FormerTag,
    Motion,
    Passage,
    Relation,
    Side,
    Stance,
    Tag,
    TaggedClaim,
    tag_slug,
)

Thing = TypeVar("Thing")
BATCH = 400
BETWEEN = 10
"""How far apart the numbers of passages stand where a file gives none, so that one fits in between."""


def batches(things: Iterable[Thing]) -> Iterator[list[Thing]]:
    kept = list(things)
    return (kept[at : at + BATCH] for at in range(0, len(kept), BATCH))


class ClaimsOfFile:
    """Brings claims in, for an essay or, of a motion's file, for none. `rows`: the claims by slug, afterwards."""

    def __init__(
        self,
        putting: Putting,
        motion: Motion,
        file: File,
        *,
        free: bool,
        coming: Coming,
        essay: Essay | None = None,
    ) -> None:
        self.putting, self.motion, self.names, self.parts = putting, motion, file.tags, file.claims
        self.free, self.coming, self.essay = free, coming, essay
        self.rows: dict[str, Claim] = {}

    def bring(self) -> None:
        self.claims()
        self.tags()
        if self.essay is not None and self.essay.pk:
            self.stances(self.essay)
        self.relations()

    def lines(self) -> dict[str, int]:
        return {part.slug: part.line for part in self.parts}

    # Claims.

    def claims(self) -> None:
        held, same = self.held(), self.saying_the_same()
        sides = {side.slug: side for side in Side.objects.filter(motion=self.motion)}
        for part in self.parts:
            row = self.claim(part, held.get(part.slug), same, sides)
            if row is not None:
                self.rows[part.slug] = row
        self.putting.settle(self.tally)

    def held(self) -> dict[str, Claim]:
        """The claims that the file gives or names, as far as they are there: the ends of its relations too."""
        ends = {slug for part in self.parts for drawn in part.relations for slug in drawn.arrow.claims}
        slugs = {part.slug for part in self.parts} | ends
        found: dict[str, Claim] = {}
        for some in batches(sorted(slugs)):
            rows = Claim.objects.filter(slug__in=some).select_related("side", "merged_into")
            found |= {claim.slug: claim for claim in rows}
        self.rows |= {slug: found[slug] for slug in ends & found.keys() if self.is_of_use(found[slug])}
        return found

    def is_of_use(self, claim: Claim) -> bool:
        return claim.motion_id == self.motion.pk and claim.status != Claim.Status.MERGED

    def saying_the_same(self) -> dict[str, str]:
        """The slugs of this motion's claims by their text, lower case, of texts that the file has."""
        texts = {part.text.lower() for part in self.parts if part.text}
        rows = Claim.objects.filter(motion=self.motion).exclude(status=Claim.Status.MERGED)
        found: dict[str, str] = {}
        for some in batches(sorted(texts)):
            found |= dict(rows.annotate(low=Lower("text")).filter(low__in=some).values_list("low", "slug"))
        return found

    def claim(self, part: ClaimPart, held: Claim | None, same: dict[str, str], sides: dict[str, Side]) -> Claim | None:
        said = self.fault(part, held, same, sides)
        if said:
            self.putting.refuse(part.line, said)
            return None
        if part.text is None:
            return held
        same[part.text.lower()] = part.slug
        names = ("text", "kind", "note", "origin")
        values: dict[str, Any] = {name: getattr(part, name) for name in names if getattr(part, name) is not None}
        if part.side is not None:
            values["side"] = sides.get(part.side)
        made = Claim(slug=part.slug, motion=self.motion, **values)
        free = held is None or held.status == Claim.Status.DRAFT
        return self.putting.put(held, made, values, part.line, free=free)

    def fault(self, part: ClaimPart, held: Claim | None, same: dict[str, str], sides: dict[str, Side]) -> str:
        """Why a claim cannot be brought in, '' where it can."""
        if part.text is None and held is None:
            return _("There is no claim “%(slug)s”; say it, with its kind.") % {"slug": part.slug}
        if held is not None and held.merged_into is not None:
            told = {"slug": part.slug, "survivor": held.merged_into.slug}
            return _("“%(slug)s” was merged into “%(survivor)s”; name that one.") % told
        if held is not None and held.motion_id != self.motion.pk:
            return _("“%(slug)s” is a claim of another motion.") % {"slug": part.slug}
        other = same.get((part.text or "").lower(), part.slug)
        if other != part.slug:
            return _("This claim is there already, as [[%(slug)s]]; name it so.") % {"slug": other}
        if part.side and part.side not in sides:
            return _("The motion has no side “%(slug)s”.") % {"slug": part.side}
        return ""

    def tally(self) -> None:
        """Every claim has a row that its votes are counted in."""
        fresh = [ClaimTally(claim=row) for row in self.rows.values()]
        ClaimTally.objects.bulk_create(fresh, ignore_conflicts=True, batch_size=BATCH)

    # Tags.

    def tags(self) -> None:
        told = {part.slug: part.tags for part in self.parts if part.tags and part.slug in self.rows}
        known = self.known_tags({word for tags in told.values() for word in tags})
        pairs = self.pairs_held()
        lines = self.lines()
        for slug, words in told.items():
            for word in words:
                self.tag(self.rows[slug], known[word], pairs, lines[slug])
        self.putting.settle()

    def known_tags(self, words: Iterable[str]) -> dict[str, Tag]:
        """Tags by the word that the file has for them: a slug, or a name in any case. Missing ones are made."""
        found: dict[str, Tag] = {}
        wanted = sorted(words)
        told = {*wanted, *map(tag_slug, wanted)}
        given_up = dict(pair for some in batches(told) for pair in FormerTag.objects.of(some).items())
        rows = [tag for some in batches(wanted) for tag in self.tags_like(some)]
        by_slug, by_name = {tag.slug: tag for tag in rows}, {tag.name.lower(): tag for tag in rows}
        for word in wanted:
            slug = word if word in self.names else tag_slug(word)
            slug = given_up.get(slug, slug)
            tag = by_slug.get(slug) or by_name.get(self.names.get(word, word).lower())
            if tag is None:
                tag = self.putting.make(Tag(slug=slug, name=self.names.get(word, word)), 2, free=True)
            found[word] = by_slug[slug] = by_name[tag.name.lower()] = tag
        self.putting.settle()
        return found

    def tags_like(self, words: Sequence[str]) -> Iterable[Tag]:
        names = [self.names.get(word, word).lower() for word in words]
        slugs = [*words, *map(tag_slug, words)]
        given_up = Q(pk__in=FormerTag.objects.filter(slug__in=slugs).values("tag"))
        return Tag.objects.annotate(low=Lower("name")).filter(Q(slug__in=slugs) | Q(low__in=names) | given_up)

    def pairs_held(self) -> set[tuple[int, int]]:
        keys = [claim.pk for claim in self.rows.values() if claim.pk]
        uses = TaggedClaim.objects.order_by()
        return {
            pair
            for some in batches(keys)
            for pair in uses.filter(content_object__in=some).values_list("content_object", "tag")
        }

    def tag(self, claim: Claim, tag: Tag, pairs: set[tuple[int, int]], line: int) -> None:
        if claim.pk and tag.pk and (claim.pk, tag.pk) in pairs:
            self.putting.report.matched += 1
            return
        pairs.add((claim.pk, tag.pk))
        free = claim.status == Claim.Status.DRAFT
        self.putting.make(TaggedClaim(content_object=claim, tag=tag), line, free=free)

    # Stances and passages.

    def stances(self, essay: Essay) -> None:
        held = {stance.claim_id: stance for stance in Stance.objects.filter(essay=essay)}
        told = [part for part in self.parts if part.stance and part.slug in self.rows]
        rows: dict[str, Stance] = {}
        for part in told:
            claim = self.rows[part.slug]
            made = Stance(essay=essay, claim=claim, kind=str(part.stance))
            found = held.get(claim.pk) if claim.pk else None
            rows[part.slug] = self.putting.put(found, made, {"kind": part.stance}, part.line, free=self.free)
        self.putting.settle()
        self.passages(essay, told, rows)

    def passages(self, essay: Essay, parts: Iterable[ClaimPart], stances: dict[str, Stance]) -> None:
        held: dict[int, list[Passage]] = {}
        for passage in Passage.objects.filter(stance__essay=essay).order_by("number"):
            held.setdefault(passage.stance_id, []).append(passage)
        numbers = count(BETWEEN, BETWEEN)
        for part in parts:
            stance = stances[part.slug]
            there = held.get(stance.pk, []) if stance.pk else []
            for at, told in enumerate(part.passages):
                self.passage(stance, told, self.beside(told, there, at), next(numbers))
        self.putting.settle()

    def beside(self, told: PassagePart, held: Sequence[Passage], at: int) -> Passage | None:
        """The passage that is there already: of the same number or, where the file gives none, of the same place."""
        if told.number is not None:
            return next((passage for passage in held if passage.number == told.number), None)
        return held[at] if at < len(held) else None

    def passage(self, stance: Stance, told: PassagePart, held: Passage | None, number: int) -> None:
        names = ("kind", "heading", "paragraph", "speaker", "gist", "quote")
        values: dict[str, Any] = {name: getattr(told, name) for name in names}
        made = Passage(stance=stance, number=told.number or number, **values)
        self.putting.put(held, made, values, told.line, free=self.free)

    # Relations.

    def relations(self) -> None:
        """Those on claims first, then those on relations, so that each finds what it is aimed at."""
        told = [drawn for part in self.parts for drawn in part.relations]
        held = self.drawn_already()
        for height in range(max((height_of(drawn.arrow) for drawn in told), default=-1) + 1):
            level = [drawn for drawn in told if height_of(drawn.arrow) == height]
            rows = [row for row in (self.relation(drawn, held) for drawn in level) if row]
            self.putting.settle(lambda rows=rows: self.draw(rows))  # type: ignore[misc]

    def drawn_already(self) -> dict[Arrow, Relation]:
        """Relations from claims of the file, and those that they undercut, by what tells them apart."""
        keys = [claim.pk for claim in self.rows.values() if claim.pk]
        rows: list[Relation] = []
        for some in batches(keys):
            rows += Relation.objects.filter(source__in=some).with_arrows()
        return {arrow_of(row): row for row in rows}

    def relation(self, drawn: RelationPart, held: dict[Arrow, Relation]) -> Relation | None:
        found, made = held.get(drawn.arrow), self.made(drawn, held)
        if made is None:
            return None
        if found is not None and found.origin != made.origin:
            self.putting.refuse(drawn.line, _("Somebody else has drawn this already; leave it out here."))
            return None
        if found is not None:
            return self.drawn_again(found, drawn)
        row = self.putting.make(made, drawn.line, free=self.free)
        self.check(row, drawn.line)
        held[drawn.arrow] = row
        return row

    def drawn_again(self, found: Relation, drawn: RelationPart) -> Relation | None:
        """What is there already: its reason changes where nobody else draws it; this essay may be one more."""
        free = self.free and not self.is_seen(found)
        self.putting.put(found, found, {"rationale": drawn.rationale}, drawn.line, free=free)
        if self.essay is None or found._state.adding or found.drawn_by.contains(self.essay):
            return None
        if not self.free:
            said = _("The essay is published and does not draw this relation. Add that at the desk.")
            self.putting.refuse(drawn.line, said)
        self.putting.report.changed.append(Change(str(found._meta.verbose_name), label(found), ("drawn_by",)))
        return found

    def made(self, drawn: RelationPart, held: dict[Arrow, Relation]) -> Relation | None:
        """The relation as the file draws it, not stored; None, and said so, where an end is missing."""
        arrow = drawn.arrow
        source = self.rows.get(arrow.source)
        target: Relation | Claim | None
        told: dict[str, Any] = {"kind": arrow.kind, "rationale": drawn.rationale}
        told["origin"] = Relation.Origin.ESSAY if self.essay else Relation.Origin.CURATOR
        if isinstance(arrow.target, Arrow):
            told["target_relation"] = target = held.get(arrow.target)
            said = _("The relation that this undercuts is not there; draw it in this file or before.")
        else:
            told["target_claim"] = target = self.rows.get(arrow.target)
            said = _("There is no claim “%(slug)s”.") % {"slug": arrow.target}
        if source is None or target is None:
            self.wait(drawn, said)
            return None
        return Relation(source=source, **told)

    def wait(self, drawn: RelationPart, said: str) -> None:
        """An undercut of what another file of the same call draws waits for it; whatever else lacks is a mistake."""
        if drawn.arrow.target in self.coming:
            self.putting.report.waiting.append(Waiting(drawn.line, drawn.arrow.source))
        else:
            self.putting.refuse(drawn.line, said)

    def is_seen(self, relation: Relation) -> bool:
        """Whether anybody but the essay of this file has drawn it."""
        if self.essay is None:
            return not self.free
        return relation.drawn_by.exclude(pk=self.essay.pk).exists()

    def check(self, relation: Relation, line: int) -> None:
        for fault in relation_faults(relation):
            self.putting.refuse(line, str(fault.message))

    def draw(self, rows: Iterable[Relation]) -> None:
        """The essay of the file draws each of these."""
        if self.essay is None:
            return
        through = Relation.drawn_by.through
        ties = [through(relation_id=row.pk, essay_id=self.essay.pk) for row in rows]
        through._default_manager.bulk_create(ties, ignore_conflicts=True, batch_size=BATCH)


def height_of(arrow: Arrow) -> int:
    """How many relations lie between it and a claim that it is aimed at."""
    return 1 + height_of(arrow.target) if isinstance(arrow.target, Arrow) else 0
