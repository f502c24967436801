"""How much room words take in a drawing, guessed on the safe side: no font is at hand where it is drawn."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from unicodedata import combining, east_asian_width

NARROW, MEDIUM, BROAD, FULL = 0.36, 0.6, 0.95, 1.05
MORE = "…"


def width_of(text: str, size: float) -> float:
    """About how wide a text is in a sans serif of this size, in the size's unit; rather too much than too little."""
    return sum(breadth(sign) for sign in text) * size


@lru_cache(maxsize=4_000)
def breadth(sign: str) -> float:
    """Of one sign, in ems."""
    if combining(sign):
        return 0
    if sign in "iljtfr.,:;'’|!()[] ·-":
        return NARROW
    if east_asian_width(sign) in "WF" or ord(sign) > 0x2FFF:
        return FULL
    return BROAD if sign in "mwMW@%—…" or not sign.isascii() else MEDIUM + 0.12 * sign.isupper()


def cut(text: str, size: float, room: float) -> str:
    """As much of the text as there is room for, with a mark where something is left out."""
    if width_of(text, size) <= room:
        return text
    left, kept = room - width_of(MORE, size), ""
    for sign in text:
        left -= breadth(sign) * size
        if left < 0:
            break
        kept += sign
    return kept.rstrip(" ,;") + MORE


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in lines that fit the room, at most so many; the last is cut where there is more."""
    lines = list(filled(text.split(), size, room))
    if len(lines) > most:
        lines = [*lines[: most - 1], " ".join(lines[most - 1 :])]
    return [cut(line, size, room) for line in lines]


def filled(words: Sequence[str], size: float, room: float) -> Iterator[str]:
    """Lines as full as the words allow; a word wider than the room is a line of its own."""
    line = ""
    for word in words:
        longer = f"{line} {word}" if line else word
        if line and width_of(longer, size) > room:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def fits(text: str, size: float, room: float, most: int) -> bool:
    """Whether the whole text has room in so many lines."""
    lines = list(filled(text.split(), size, room))
    return len(lines) <= most and all(width_of(line, size) <= room for line in lines)


def packed(extents: Sequence[tuple[float, float]], gap: float) -> list[int]:
    """For each stretch (from, to), the first lane in which it keeps the gap from all that were put there before it."""
    lanes: list[list[tuple[float, float]]] = []
    found = []
    for low, high in extents:
        free = (n for n, lane in enumerate(lanes) if all(high + gap <= a or b + gap <= low for a, b in lane))
        number = next(free, len(lanes))
        if number == len(lanes):
            lanes.append([])
        lanes[number].append((low, high))
        found.append(number)
    return found
