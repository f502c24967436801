"""All claims of a motion at a glance: which filter holds which, as bits of integers, and every order.

Made from a handful of queries once an edition, so that a list asks the database for the rows it shows and no more,
and counting beside every filter costs a few operations on integers, however many claims there are.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import Cast
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.lenses.kept import Kept
from debate.models import Claim, Motion, Stance, TaggedClaim
from debate.models.claims import SHUFFLE, shuffle_factor
from debate.models.essays import written

Key = tuple[float, ...]
NO_SIDE = "none"


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter, as its address and as its name."""

    slug: str
    label: Any


class ClaimIndex:
    """The visible claims of a motion, each known by its place in `keys`, which ascend."""

    def __init__(self, motion: Motion) -> None:
        self.motion = motion
        rows = list(
            Claim.objects.visible()
            .of_motion(motion)
            .order_by("pk")
            .values_list(
                "pk",
                "kind",
                "side",
                "created_at",
                "standing__central",
                "standing__unanswered",
                "standing__counterpoints",
            )
        )
        self.keys = array("q", [row[0] for row in rows])
        self.central = array("l", [row[4] or 0 for row in rows])
        self.unanswered = array("l", [row[5] or 0 for row in rows])
        self.born = array("d", [row[3].timestamp() for row in rows])
        self.all = (1 << len(rows)) - 1
        self.options: dict[str, list[Option]] = {}
        self.masks: dict[tuple[str, str], int] = {}
        self.take_own(rows)
        self.take_labels(labels_of(motion))

    def take_own(self, rows: Sequence[Sequence[Any]]) -> None:
        """The filters that a claim's own row answers: kind, side, status."""
        sides = {side.pk: side for side in self.motion.sides.all()}
        for kind, word in Claim.Kind.choices:
            self.add("kind", Option(kind, word), (n for n, row in enumerate(rows) if row[1] == kind))
        for pk, side in sides.items():
            self.add("side", Option(side.slug, side.label), (n for n, row in enumerate(rows) if row[2] == pk))
        self.add(
            "side",
            Option(NO_SIDE, gettext_lazy("Neither side")),
            (n for n, row in enumerate(rows) if row[2] not in sides),
        )
        answered = (n for n, row in enumerate(rows) if row[6] and not row[5])
        self.add(
            "status", Option("unanswered", gettext_lazy("Unanswered")), (n for n, row in enumerate(rows) if row[5])
        )
        self.add("status", Option("answered", gettext_lazy("Answered")), answered)

    def take_labels(self, labels: Iterable[tuple[int, str, str, str, str]]) -> None:
        """The filters that other rows answer: author, essay, tag."""
        found: dict[tuple[str, str, str, str], list[int]] = {}
        for key, *told in labels:
            found.setdefault((told[0], told[1], told[2], told[3]), []).append(key)
        for (name, _rank, label, slug), keys in sorted(found.items()):
            if places := list(self.places_of(keys)):
                self.add(name, Option(slug, label), places)

    def add(self, name: str, option: Option, places: Iterable[int]) -> None:
        self.options.setdefault(name, []).append(option)
        self.masks[name, option.slug] = bits_of(places, len(self.keys))

    def places_of(self, keys: Iterable[int]) -> Iterator[int]:
        """The places of the claims of these keys; a key of none is passed over."""
        for key in keys:
            place = bisect_left(self.keys, key)
            if place < len(self.keys) and self.keys[place] == key:
                yield place

    def holding(self, keys: Iterable[int]) -> int:
        """The claims of these keys, as bits."""
        return bits_of(self.places_of(keys), len(self.keys))

    def keys_within(self, mask: int) -> Iterator[int]:
        """The keys of the claims that a mask lets through."""
        return (key for key, bit in zip(self.keys, reversed(f"{mask:b}"), strict=False) if bit == "1")

    def mask(self, name: str, slug: str) -> int:
        """The claims that a filter lets through, as bits. Raises Http404 where it names nothing here."""
        if (name, slug) not in self.masks:
            raise Http404(_("No claim here goes by “%s”.") % slug)
        return self.masks[name, slug]

    def option(self, name: str, slug: str) -> Option | None:
        return next((option for option in self.options.get(name, ()) if option.slug == slug), None)

    def sorted_by(self, first: Sequence[Sequence[float]], day: date) -> "Order":
        """Every claim by these columns, largest first; equals in the day's shuffle."""
        factor = shuffle_factor(day)

        def key_of(place: int) -> Key:
            pk = self.keys[place]
            return (*(-column[place] for column in first), pk * factor % SHUFFLE, pk)

        return Order(array("l", sorted(range(len(self.keys)), key=key_of)), key_of)


class Order:
    """The places of a motion's claims in one order, and when it was made."""

    def __init__(self, places: "array[int]", key_of: Callable[[int], Key]) -> None:
        self.places = places
        self.key_of = key_of
        self.made_at = timezone.now()

    def page(self, mask: int, after: Sequence[float], size: int) -> tuple[list[int], Key | None]:
        """The next places within the mask, and the sort key of the last where there are more."""
        start = bisect_right(self.places, tuple(after), key=self.key_of) if after else 0
        bits = mask.to_bytes((mask.bit_length() + 7) // 8 or 1, "little")
        found: list[int] = []
        for place in self.places[start:]:
            if place >> 3 < len(bits) and bits[place >> 3] >> (place & 7) & 1:
                if len(found) == size:
                    return found, self.key_of(found[-1])
                found.append(place)
        return found, None


def bits_of(places: Iterable[int], count: int) -> int:
    held = bytearray(count // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def labels_of(motion: Motion) -> Iterable[tuple[int, str, str, str, str]]:
    """(claim, filter, rank, name, address) of every author, essay and tag of the motion's claims. One query."""
    stances = Stance.objects.visible().filter(claim__motion=motion)
    tags = TaggedClaim.objects.filter(content_object__motion=motion)
    unranked, dated = Value(""), Cast(written("essay__"), CharField())
    authors = stances.values_list("claim", Value("author"), unranked, "essay__authors__name", "essay__authors__slug")
    essays = stances.values_list("claim", Value("essay"), dated, "essay__title", "essay__slug")
    tagged = tags.values_list("content_object", Value("tag"), unranked, "tag__name", "tag__slug")
    return authors.union(essays, tagged, all=True)


INDEXES: Kept[ClaimIndex] = Kept(most=1_200)


def index_of(edition: str, slug: str) -> ClaimIndex:
    """The index of the motion of this slug, of the featured one for ''. Raises Http404 where there is none."""
    return INDEXES.get(edition, slug, lambda: ClaimIndex(motion_named(slug)))


def motion_named(slug: str) -> Motion:
    motions = Motion.objects.with_sides()
    motion = (motions.visible().filter(slug=slug) if slug else motions.featured()).first()
    if motion is None:
        raise Http404(_("No motion goes by “%s”.") % slug if slug else _("No motion is featured yet."))
    return motion
