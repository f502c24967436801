"""Every tag, with how many claims carry it."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from debate.lenses.kept import Kept
from debate.models import Tag

TAGS: Kept[list["TagRow"]] = Kept(most=1)
PAGE_SIZE = 100


@dataclass(frozen=True, slots=True, order=True)
class TagRow:
    rank: int
    name: str
    slug: str

    @property
    def count(self) -> int:
        return -self.rank


def tag_rows(edition: str) -> list[TagRow]:
    """The tags that visible claims carry, most carried first. One query once an edition."""
    tags = Tag.objects.with_uses()
    return TAGS.get(edition, "all", lambda: sorted(TagRow(-tag.uses_count, tag.name, tag.slug) for tag in tags))


def tag_page(edition: str, after: Sequence[object]) -> tuple[list[TagRow], TagRow | None]:
    """The tags behind these sort values, and the last of them where there are more."""
    rows = tag_rows(edition)
    start = bisect_right(rows, tuple(after), key=lambda row: (row.rank, row.name, row.slug)) if after else 0
    page = rows[start : start + PAGE_SIZE]
    return page, page[-1] if start + PAGE_SIZE < len(rows) else None
