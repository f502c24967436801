"""The ledger of the unanswered: counterpoints that nothing answers, and what answers the others, dated."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.keyset import PAGE_SIZE, Place, token_for
from debate.lenses.essays_of import essays_of
from debate.lenses.ledger_index import Entry, LedgerIndex, authors_of, index_of
from debate.models import Author, Claim, Essay, Motion, Relation, Stance, StanceKind
from debate.reasoning.answering import Stand

MOST_ANSWERS = 4
MOST_AUTHORS = 30
HEADINGS = {
    Stand.OPEN: gettext_lazy("Drawn before they last wrote"),
    Stand.UNDATED: gettext_lazy("Not known which came first"),
    Stand.LATER: gettext_lazy("Drawn after they wrote, or by a curator"),
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What answers a counterpoint: an essay by its stance on the claim, or a claim by a relation to it."""

    kind: str
    claim: Claim | None
    essays: Sequence[Essay]
    dated: str


@dataclass(frozen=True, slots=True)
class Row:
    """A counterpoint as the ledger shows it. `theirs`: what the author it is listed against does with its claim."""

    relation: Relation
    stand: Stand
    drawn_by: Sequence[Essay]
    since: str
    theirs: str
    answers: Sequence[Answer]
    more_answers: int


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that stand alike, under a heading ('' for none), and how many stand so on all pages together."""

    heading: str
    count: int
    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Ledger:
    """One page. `counts`: by Stand, and `unanswered`; `authors`: against whom it can be narrowed; `next`: a token."""

    author: Author | None
    counts: Mapping[str, int]
    authors: Sequence[Author]
    more_authors: int
    sections: Sequence[Section]
    next: str


def order_of(author: str, status: str) -> str:
    """The name of the order that a page's token belongs to."""
    return f"ledger {status} {author}"


def ledger_of(edition: str, motion: Motion, *, author: str, status: str, place: Place) -> Ledger:
    """A page of the motion's counterpoints, or of those to what one author asserts. Raises Http404 for another author.

    Three queries; four once an edition.
    """
    index = index_of(edition, motion, author)
    ranked = index.ranked(status, place.day)
    start = bisect_right(ranked, place.values, key=itemgetter(0)) if place.values else 0
    shown = ranked[start : start + PAGE_SIZE]
    more = len(ranked) > start + PAGE_SIZE
    authors = list(authors_of(edition, motion))
    return Ledger(
        author=index.author,
        counts=index.counts,
        authors=authors[:MOST_AUTHORS],
        more_authors=max(0, len(authors) - MOST_AUTHORS),
        sections=sections_of(index, rows_of(edition, index, [entry for _rank, entry in shown])),
        next=token_for(order_of(author, status), place.day, shown[-1][0]) if more else "",
    )


def sections_of(index: LedgerIndex, rows: Sequence[Row]) -> list[Section]:
    groups = [(stand, list(members)) for stand, members in groupby(rows, key=lambda row: row.stand)]
    headings = HEADINGS if index.author else {}
    return [Section(str(headings.get(stand, "")), index.counts[stand], members) for stand, members in groups]


def rows_of(edition: str, index: LedgerIndex, entries: Sequence[Entry]) -> list[Row]:
    """The entries with what they are made of: relations, who drew them, and what answers them. Three queries.

    The keys come from the index, which holds what was visible in this edition; so that is not asked again.
    """
    essays = essays_of(edition, index.motion)
    keys = {key for entry in entries for key in (entry.key, *entry.met_by[:MOST_ANSWERS])}
    found = {relation.pk: relation for relation in Relation.objects.keyed(keys).for_ledger()}
    met = (Stand.ANSWERED, Stand.GRANTED)
    countering = countering_by_claim(entry.source for entry in entries if entry.stand in met)
    own = names_of(edition, index)
    return [
        row_of(entry, found, countering.get(entry.source, []), essays, own) for entry in entries if entry.key in found
    ]


def countering_by_claim(claims: Iterable[int]) -> dict[int, list[Stance]]:
    """What essays deny or qualify, by the keys of claims, in the order written. One query."""
    grouped: dict[int, list[Stance]] = {}
    wanted = set(claims)
    if wanted:
        for stance in Stance.objects.visible().countering().on_any(wanted).in_order_written():
            grouped.setdefault(stance.claim_id, []).append(stance)
    return grouped


def row_of(
    entry: Entry,
    relations: Mapping[int, Relation],
    stances: Sequence[Stance],
    essays: Mapping[int, Essay],
    own: Sequence[str],
) -> Row:
    relation = relations[entry.key]
    drawn = drawn_among(essays, relation)
    by_essays = [answer_by(stance, essays[stance.essay_id]) for stance in stances if stance.essay_id in essays]
    met_by = [relations[key] for key in entry.met_by[:MOST_ANSWERS] if key in relations]
    by_claims = [Answer(met.kind, met.source, drawn_among(essays, met), dated(met, essays)) for met in met_by]
    answers = [*by_essays, *by_claims][:MOST_ANSWERS]
    return Row(
        relation=relation,
        stand=entry.stand,
        drawn_by=drawn,
        since=since(relation, drawn),
        theirs=next((str(StanceKind(kind).label) for who, kind in voices_of(relation.source) if who in own), ""),
        answers=answers,
        more_answers=len(by_essays) + len(entry.met_by) - len(answers),
    )


def names_of(edition: str, index: LedgerIndex) -> list[str]:
    """The signatures under which the author's essays speak, as a claim's standing keeps them."""
    if index.author is None:
        return []
    essays = essays_of(edition, index.motion)
    return [essays[key].who or "" for key in authors_of(edition, index.motion)[index.author] if key in essays]


def voices_of(claim: Claim) -> Sequence[Sequence[str]]:
    standing = getattr(claim, "standing", None)
    return standing.voices if standing else []


def drawn_among(essays: Mapping[int, Essay], relation: Relation) -> list[Essay]:
    """The visible essays that drew the relation, in the order written."""
    keys = {essay.pk for essay in relation.drawn_by.all()}
    return [essay for key, essay in essays.items() if key in keys]


def answer_by(stance: Stance, essay: Essay) -> Answer:
    return Answer(stance.kind, None, [essay], essay.dated)


def dated(relation: Relation, essays: Mapping[int, Essay]) -> str:
    """When a relation was drawn: as its earliest essay is dated, else the day on which a curator entered it."""
    drawn = drawn_among(essays, relation)
    return drawn[0].dated if drawn else date_format(relation.created_at, "j F Y")


def since(relation: Relation, drawn: Sequence[Essay]) -> str:
    """Since when a counterpoint stands, in words; the essays in the order written, undated ones last."""
    if not drawn:
        return _("entered here on %s") % date_format(relation.created_at, "j F Y")
    if drawn[0].written_within is None:
        return _("since an essay without a date")
    if drawn[-1].written_within is None:
        return _("since %s at the latest") % drawn[0].dated
    return _("since %s") % drawn[0].dated
