"""A list of claims as a page shows it: which ones, how many, what narrows it and what widens it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_
from time import monotonic
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.keyset import PAGE_SIZE
from debate.lenses.claim_index import ClaimIndex, Option, Order
from debate.lenses.kept import Kept
from debate.models import ORDERS_BY_VOTES, Claim, ClaimTally

EXACT_TO = 1_000
MOST_LINKS = 30
VOTES_LAG = 60
FACETS = {
    "side": gettext_lazy("Side"),
    "author": gettext_lazy("Author"),
    "essay": gettext_lazy("Essay"),
    "kind": gettext_lazy("Kind"),
    "status": gettext_lazy("Counterpoints"),
    "tag": gettext_lazy("Tag"),
}
ORDERS_KEPT: Kept[Order] = Kept(most=3_600)


class Asked(Protocol):
    """What the reader asks for: debate.forms.claims.ClaimsAsked."""

    @property
    def filters(self) -> dict[str, str]: ...
    @property
    def tags(self) -> tuple[str, ...]: ...
    @property
    def order(self) -> str: ...
    def address(self, **changes: object) -> str: ...


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another list: its name, how many claims it has, its query, and whether it is the one shown."""

    label: str
    count: int
    address: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow the list; `more`: how many links there are beyond those shown."""

    name: str
    label: str
    links: Sequence[Link]
    more: int


class Narrowed:
    """The claims that the filters let through, as bits, for all filters and for all but any one."""

    def __init__(self, index: ClaimIndex, asked: Asked) -> None:
        self.index, self.asked = index, asked
        self.masks = {
            name: index.holding(matching_keys(index, value)) if name == "q" else index.mask(name, value)
            for name, value in asked.filters.items()
        }
        for tag in asked.tags:
            self.masks[f"tag {tag}"] = index.mask("tag", tag)

    def without(self, name: str) -> int:
        masks = (mask for other, mask in self.masks.items() if other != name)
        return reduce(and_, masks, self.index.all)

    @property
    def mask(self) -> int:
        return self.without("")

    @property
    def count(self) -> int:
        return self.mask.bit_count()


def matching_keys(index: ClaimIndex, words: str) -> Sequence[int]:
    return list(Claim.objects.of_motion(index.motion).matching(words).values_list("pk", flat=True))


@dataclass(frozen=True, slots=True)
class Shown:
    """One page of a list: the keys of its claims, and the sort values of the last where there are more."""

    keys: list[int]
    last: Sequence[float] | None
    made_at: datetime


def shown(edition: str, narrowed: Narrowed, day: date, after: Sequence[float]) -> Shown:
    order = order_of(edition, narrowed.index, narrowed.asked.order, day)
    places, last = order.page(narrowed.mask, after, PAGE_SIZE)
    return Shown([narrowed.index.keys[place] for place in places], last, order.made_at)


def counted(count: int) -> str:
    """How many claims, in words: exact to 1,000."""
    if count > EXACT_TO:
        return _("1,000+ claims")
    return _("1 claim") if count == 1 else _("%d claims") % count


ORDERS = {
    "central": gettext_lazy("Most hangs on it"),
    "unanswered": gettext_lazy("Unanswered first"),
    "new": gettext_lazy("Newest first"),
    "top": gettext_lazy("Most agreed with"),
    "contested": gettext_lazy("Most contested"),
}


def orders_of(asked: Asked, *, revealed: bool) -> list[Link]:
    """The orders to choose from; those by votes once they are revealed."""
    names = [name for name in ORDERS if revealed or name not in ORDERS_BY_VOTES]
    return [Link(str(ORDERS[name]), 0, asked.address(order=name), name == asked.order) for name in names]


def facets_of(narrowed: Narrowed) -> list[Facet]:
    """What narrows the list further, with how many claims each would leave; only what leaves any, or is chosen."""
    facets = []
    for name, label in FACETS.items():
        links = links_of(narrowed, name)
        shown_links = most_telling(links)
        facets.append(Facet(name, str(label), shown_links, len(links) - len(shown_links)))
    return facets


def most_telling(links: Sequence[Link]) -> Sequence[Link]:
    """The links that are chosen or lead to most claims, at most so many that a page can carry them, in their order."""
    if len(links) <= MOST_LINKS:
        return links
    best = sorted(links, key=lambda link: (not link.chosen, -link.count))[:MOST_LINKS]
    kept = {id(link) for link in best}
    return [link for link in links if id(link) in kept]


def links_of(narrowed: Narrowed, name: str) -> list[Link]:
    base = narrowed.without(name)
    options = (
        (option, (base & narrowed.index.masks[name, option.slug]).bit_count()) for option in options_of(narrowed, name)
    )
    links = [link_to(narrowed.asked, name, option, count) for option, count in options]
    return [link for link in links if link.count or link.chosen]


def options_of(narrowed: Narrowed, name: str) -> Sequence[Option]:
    options = narrowed.index.options.get(name, [])
    if name != "tag":
        return options
    masks = narrowed.index.masks
    return sorted(options, key=lambda option: -masks["tag", option.slug].bit_count())


def link_to(asked: Asked, name: str, option: Option, count: int) -> Link:
    """A link that chooses the option; where it is chosen, one that lets it go."""
    if name == "tag":
        chosen = option.slug in asked.tags
        tags = tuple(tag for tag in asked.tags if tag != option.slug) if chosen else (*asked.tags, option.slug)
        return Link(str(option.label), count, asked.address(tags=tags), chosen)
    chosen = asked.filters.get(name) == option.slug
    return Link(str(option.label), count, asked.address(**{name: "" if chosen else option.slug}), chosen)


def active_of(narrowed: Narrowed, facets: Sequence[Facet]) -> list[Link]:
    """The filters that are on, each with the way to let it go."""
    on = [link for facet in facets for link in facet.links if link.chosen]
    words = narrowed.asked.filters.get("q", "")
    return [*on, Link(f"“{words}”", 0, narrowed.asked.address(q=""), chosen=True)] if words else on


def order_of(edition: str, index: ClaimIndex, order: str, day: date) -> Order:
    """Every claim of the motion in an order; one by votes may lag by a minute."""
    key = (index.motion.pk, order, day)
    if order in ORDERS_BY_VOTES:
        return ORDERS_KEPT.get(edition, (*key, int(monotonic() // VOTES_LAG)), lambda: by_votes(index, order, day))
    columns: dict[str, list[Sequence[float]]] = {
        "central": [index.central],
        "unanswered": [index.unanswered, index.central],
        "new": [index.born],
    }
    return ORDERS_KEPT.get(edition, key, lambda: index.sorted_by(columns[order], day))


def by_votes(index: ClaimIndex, column: str, day: date) -> Order:
    tallies = dict(ClaimTally.objects.filter(claim__motion=index.motion).values_list("claim", column))
    return index.sorted_by([[tallies.get(key, 0.0) for key in index.keys]], day)
