"""The nouns that have tables, and the columns of each."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.utils.translation import gettext as _

from debate.actions.curation import set_tags
from debate.actions.rules import (
    Fault,
    Faults,
    bare,
    claim_faults,
    drawn_faults,
    essay_faults,
    prediction_faults,
    relation_faults,
    target_faults,
    undercutter_faults,
)
from debate.actions.tables.columns import Column, Day, Flag, Instant, Named, Number, Prose, Several
from debate.actions.tables.resource import Meta, TableOf
from debate.actions.tables.shapes import Table
from debate.actions.tagging import tag_named
from debate.models import Author, Claim, Essay, Motion, Prediction, Relation, Side, Tag, TaggedClaim


def of_its_motion(model: Any) -> Any:
    return lambda row: model.objects.filter(motion=row.motion_id)


class AuthorTable(TableOf):
    slug, name, short_name = Column("slug"), Column("name"), Column("short_name")
    named, about = Flag("named"), Prose("about")

    class Meta(Meta):
        model = Author

    def faults(self, row: Author) -> Faults:  # noqa: ARG002
        yield from ()


class EssayTable(TableOf):
    slug = Column("slug")
    motion = Named("motion", lambda _row: Motion.objects.all())
    title, authors = Column("title"), Several("authors", lambda _row: Author.objects.all())
    publisher, source_url, source_note = Column("publisher"), Column("source_url"), Prose("source_note")
    published_on, date_precision, words = Day("published_on"), Column("date_precision"), Number("words")
    side, responds_to = Named("side", of_its_motion(Side)), Named("responds_to", of_its_motion(Essay))
    summary = Prose("summary")

    class Meta(Meta):
        model = Essay

    def rows(self) -> Any:
        return super().rows().select_related("motion", "side", "responds_to").prefetch_related("authors")

    def faults(self, row: Essay) -> Faults:
        if not self.fields["authors"].text(row):
            yield Fault("authors", _("Name its authors by their slugs, with commas between."))
        yield from essay_faults(row)

    def in_order(self, table: Table) -> Table:
        """Each behind the one that it responds to."""
        rows = table.columns()
        told = {row["slug"]: row.get("responds_to", "") for row in rows}
        return table.in_order(sorted(range(len(rows)), key=lambda at: depth(rows[at]["slug"], told)))


def depth(slug: str, told: dict[str, str]) -> int:
    """How many essays of the table stand behind this one, each responding to the next."""
    steps = 0
    while told.get(slug) in told and steps < len(told):
        slug, steps = told[slug], steps + 1
    return steps


class Tags(Several):
    """The tags of a claim, by their names; by the slug where a name has a comma in it. New ones are made."""

    def words(self, rows: Any) -> list[str]:
        return [tag.slug if "," in tag.name else tag.name for tag in rows]

    def held(self, row: Any) -> Any:
        return [use.tag for use in row.tag_uses.all()] if row.pk else ()

    def found(self, row: Any, slug: str) -> Tag:  # noqa: ARG002
        return tag_named(slug)

    def set(self, row: Any, told: list[Any]) -> None:
        set_tags(claim=row, tags=told)


class ClaimTable(TableOf):
    slug = Column("slug")
    motion = Named("motion", lambda _row: Motion.objects.all())
    text, kind, side = Column("text"), Column("kind"), Named("side", of_its_motion(Side))
    tags, origin, note = Tags("tags", lambda _row: Tag.objects.all()), Column("origin"), Prose("note")

    class Meta(Meta):
        model = Claim

    def __init__(self, **told: Any) -> None:
        super().__init__(**told)
        self.said: dict[int, dict[str, str]] = {}

    def rows(self) -> Any:
        uses = Prefetch("tag_uses", TaggedClaim.objects.select_related("tag"))
        kept = super().rows().exclude(status=Claim.Status.MERGED)
        return kept.select_related("motion", "side").prefetch_related(uses)

    def faults(self, row: Claim) -> Faults:
        yield from claim_faults(row)
        said = self.said_in(row.motion_id)
        if said.setdefault(bare(row.text), row.slug) != row.slug:
            yield Fault("text", _("“%(slug)s” says the same.") % {"slug": said[bare(row.text)]})

    def said_in(self, motion: int) -> dict[str, str]:
        """What the claims of the motion say, asked once for a table: whose slug has said it first."""
        if motion not in self.said:
            kept = Claim.objects.filter(motion=motion).exclude(status=Claim.Status.MERGED).order_by("-pk")
            self.said[motion] = {bare(text): slug for text, slug in kept.values_list("text", "slug")}
        return self.said[motion]


class Target(Column):
    """A claim by its slug; of an undercut the relation: source, kind and target of it, with spaces between."""

    def text(self, row: Relation) -> str:
        return " ".join(target_of(row)) if row.target_claim_id or row.target_relation_id else ""

    def put(self, row: Relation, told: str) -> None:
        row.target_claim = row.target_relation = None
        words = told.split()
        if len(words) == 1:
            row.target_claim = Claim.objects.filter(slug=words[0]).first()
        elif words:
            row.target_relation = relation_at(words)
        if words and not (row.target_claim or row.target_relation):
            raise ValueError(_("There is no “%(told)s” here.") % {"told": " ".join(words)})


def arrow_of(relation: Relation) -> list[str]:
    """What tells a relation from every other: its source, its kind, and its target likewise."""
    return [relation.source.slug, relation.kind, *target_of(relation)]


def target_of(relation: Relation) -> list[str]:
    return [relation.target_claim.slug] if relation.target_claim else arrow_of(relation.target_relation)  # type: ignore[arg-type]


def relation_at(words: list[str]) -> Relation | None:
    """The relation that these words tell, as arrow_of() tells it."""
    try:
        return Relation.objects.get_by_natural_key(*words)
    except (Relation.DoesNotExist, TypeError):
        return None


class RelationTable(TableOf):
    keys = ("source", "kind", "target")

    source = Named("source", lambda _row: Claim.objects.exclude(status=Claim.Status.MERGED))
    kind, target, rationale, origin = Column("kind"), Target("target"), Column("rationale"), Column("origin")
    drawn_by = Several("drawn_by", lambda _row: Essay.objects.all())

    class Meta(Meta):
        model = Relation

    def rows(self) -> Any:
        return super().rows().with_arrows().prefetch_related("drawn_by")

    def held(self, told: dict[str, str]) -> Any:
        return relation_at([told["source"].strip(), told["kind"].strip(), *told["target"].split()])

    def faults(self, row: Relation) -> Faults:
        if not row.source_id:
            return  # said beside the column
        yield from target_faults(row.kind, row.target_claim, row.target_relation)
        yield from relation_faults(row)
        yield from undercutter_faults(row)
        yield from drawn_faults(row, vars(row).get("told_drawn_by", list(row.drawn_by.all()) if row.pk else []))

    def after_import_row(self, row: Any, row_result: Any, **_kwargs: Any) -> None:  # noqa: ARG002
        """A relation is no draft of its own: between what readers see, they see it too."""
        if row_result.import_type != row_result.IMPORT_TYPE_SKIP and self.is_seen(row_result.instance):
            raise ValidationError(_("Readers would see this at once. Add it at the desk."))

    def in_order(self, table: Table) -> Table:
        """Each behind the one that it undercuts."""
        at = table.head.index("target")
        return table.in_order(sorted(range(len(table.rows)), key=lambda place: len(table.rows[place][at].split())))


class PredictionTable(TableOf):
    slug = Column("slug")
    motion = Named("motion", lambda _row: Motion.objects.all())
    statement, criteria, origin = Column("statement"), Prose("criteria"), Column("origin")
    essay = Named("essay", of_its_motion(Essay))
    opens_at, closes_at, resolves_on = Instant("opens_at"), Instant("closes_at"), Day("resolves_on")

    class Meta(Meta):
        model = Prediction

    def rows(self) -> Any:
        return super().rows().select_related("motion", "essay")

    def faults(self, row: Prediction) -> Faults:
        yield from prediction_faults(row)


TABLES: dict[type[Any], type[TableOf]] = {
    Author: AuthorTable,
    Essay: EssayTable,
    Claim: ClaimTable,
    Relation: RelationTable,
    Prediction: PredictionTable,
}
