"""What narrows a matrix and what widens it: every filter as links, with how many claims each leaves."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from debate.lenses.board import Board, Voices
from debate.lenses.claim_list import Link, most_telling
from debate.lenses.matrix import Within

MOST_AUTHORS = 40
VOICES = {
    "": gettext_lazy("Spoken to"),
    "shared": gettext_lazy("By two or more authors"),
    "parted": gettext_lazy("Where they part"),
    "silent": gettext_lazy("By none of them"),
}


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Links to other matrices; `active`: the filters that are on, each with the way to let it go."""

    voices: Sequence[Link]
    sides: Sequence[Link]
    tags: Sequence[Link]
    authors: Sequence[Link]
    more_authors: int
    all_authors: str

    @property
    def active(self) -> list[Link]:
        return [link for link in (*self.sides, *self.tags, *self.authors) if link.chosen]

    @property
    def words(self) -> str:
        """What is on, as a page's title says it."""
        voices = (link for link in self.voices[1:] if link.chosen)
        return ", ".join(link.label for link in (*voices, *self.active))


def narrowing_of(board: Board, within: Within) -> Narrowing:
    authors = author_links(board, within)
    return Narrowing(
        voices=voices_links(within),
        sides=side_links(board, within),
        tags=most_telling(tag_links(board, within)),
        authors=authors[:MOST_AUTHORS],
        more_authors=max(0, len(authors) - MOST_AUTHORS),
        all_authors=within.asked.address(authors=()),
    )


def voices_links(within: Within) -> list[Link]:
    """The claims by who of the columns speaks to them; what leaves none is left out, unless chosen or the whole."""
    base, asked = within.without("voices"), within.asked
    counts = {name: (base & mask).bit_count() for name, mask in within.layout.masks.items()}
    return [
        Link(str(word), counts[name], asked.address(voices=name), name == asked.voices)
        for name, word in VOICES.items()
        if counts[name] or name in ("", asked.voices)
    ]


def side_links(board: Board, within: Within) -> list[Link]:
    base, asked = within.without("side"), within.asked
    links = []
    for option in board.index.options.get("side", ()):
        count, chosen = (base & board.index.masks["side", option.slug]).bit_count(), option.slug == asked.side
        links.append(Link(str(option.label), count, asked.address(side="" if chosen else option.slug), chosen))
    return [link for link in links if link.count or link.chosen]


def tag_links(board: Board, within: Within) -> list[Link]:
    """The tags that leave a claim, those of most claims first."""
    asked, masks = within.asked, board.index.masks
    links = []
    for option in sorted(board.index.options.get("tag", ()), key=lambda tag: -masks["tag", tag.slug].bit_count()):
        count = (within.mask & masks["tag", option.slug]).bit_count()
        chosen = option.slug in asked.tags
        links.append(Link(str(option.label), count, asked.address(tags=toggled(asked.tags, option.slug)), chosen))
    return [link for link in links if link.count or link.chosen]


def author_links(board: Board, within: Within) -> list[Link]:
    """Every author with how many of the claims they speak to, the chosen first, then those who speak to most."""
    base, picked = within.without("voices"), within.asked.authors

    def link(voices: Voices) -> Link:
        slug, count = voices.author.slug, (base & voices.mask).bit_count()
        return Link(voices.author.name, count, within.asked.address(authors=toggled(picked, slug)), slug in picked)

    return sorted((link(voices) for voices in board.authors.values()), key=lambda made: (not made.chosen, -made.count))


def toggled(chosen: tuple[str, ...], slug: str) -> tuple[str, ...]:
    return tuple(kept for kept in chosen if kept != slug) if slug in chosen else (*chosen, slug)
