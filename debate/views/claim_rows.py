"""Lists of claims: rows rendered once an edition, the reader's own answers beside them, and what narrows the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from debate.access import edition_of
from debate.cookies import covers, reveals_told
from debate.forms.claims import ClaimsAsked
from debate.http import Request
from debate.keyset import place_of, token_for
from debate.lenses.claim_index import index_of
from debate.lenses.claim_list import Narrowed, active_of, counted, facets_of, orders_of, shown
from debate.lenses.kept import Kept
from debate.lenses.named import named_by
from debate.models import Claim, ClaimVote, User

ROWS: Kept[SafeString] = Kept(most=6_000)
NARROWING: Kept["Narrowing"] = Kept(most=400)
VOTE_WORDS = dict(ClaimVote.Value.choices)


@dataclass(frozen=True, slots=True)
class Row:
    html: SafeString
    vote: str


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What stands around a list: how many there are and in which order, and the filters; the filters in words."""

    head: SafeString
    filters: SafeString
    words: str


def listed(request: Request, asked: ClaimsAsked, address: str | None = None) -> dict[str, Any]:
    """One page of the list: its rows, its narrowing, and the queries of the first page and of the next.

    `address` is the query of the list where a page's own address says some of what is asked.
    """
    address = asked.address() if address is None else address
    edition, place = edition_of(request), place_of(asked.page, asked.order)
    narrowed = Narrowed(index_of(edition, asked.motion), asked)
    page = shown(edition, narrowed, place.day, place.values)
    token = token_for(asked.order, place.day, page.last) if page.last else ""
    return {
        "motion": narrowed.index.motion,
        "rows": claim_rows(request, page.keys),
        "narrowing": narrowing(request, narrowed, asked),
        "count": counted(narrowed.count),
        "start": address,
        "next": "&".join(part for part in (address, f"page={quote_plus(token)}") if part) if token else "",
        "made_at": page.made_at,
    }


def claim_rows(request: Request, keys: Sequence[int]) -> list[Row]:
    """The rows of these claims, in this order. One query at most: for the rows that are new, or for the votes."""
    edition, language = edition_of(request), get_language()
    html = {key: row for key in keys if (row := ROWS.find(edition, (key, language))) is not None}
    if len(html) < len(keys):
        claims = list(Claim.objects.visible().keyed(keys).for_list_page().with_vote_of(request.reader))
        for claim in claims:
            html[claim.pk] = SafeString(render_to_string("claims/_row.html", {"claim": claim}))
            ROWS.put(edition, (claim.pk, language), html[claim.pk])
        votes = {claim.pk: claim.my_vote or "" for claim in claims}
    else:
        votes = votes_on(request.reader, keys)
    return [Row(html[key], str(VOTE_WORDS.get(votes.get(key, ""), ""))) for key in keys if key in html]


def votes_on(reader: User | None, keys: Sequence[int]) -> dict[int, str]:
    if reader is None:
        return {}
    return ClaimVote.objects.answers_of(reader, keys)


def narrowing(request: Request, narrowed: Narrowed, asked: ClaimsAsked) -> Narrowing:
    """Kept by the filters alone: orders by votes are offered as soon as the cookie tells of a reveal."""
    revealed = covers(reveals_told(request), narrowed.index.motion)
    key = (get_language(), asked.address(), narrowed.index.motion.pk, revealed)
    edition = edition_of(request)
    return NARROWING.get(edition, key, lambda: narrowing_of(edition, narrowed, asked, revealed=revealed))


def narrowing_of(edition: str, narrowed: Narrowed, asked: ClaimsAsked, *, revealed: bool) -> Narrowing:
    facets = facets_of(narrowed)
    active = active_of(narrowed, facets)
    context = {
        "asked": asked,
        "active": active,
        "facets": facets,
        "count": counted(narrowed.count),
        "orders": orders_of(asked, revealed=revealed),
        "revealed": revealed,
        "by_votes": asked.address(order="top"),
        "named": named_by(edition, asked.q),
    }
    return Narrowing(
        SafeString(render_to_string("claims/_head.html", context)),
        SafeString(render_to_string("claims/_filters.html", context)),
        ", ".join(link.label for link in active),
    )
