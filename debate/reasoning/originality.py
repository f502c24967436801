"""Where our own wording repeats a source: runs of words that both hold."""

import re
from collections.abc import Iterable

RUN = 7
FEWEST_OF_A_TITLE = 3
ELSEWHERE = "|"


def plain_words(text: str) -> list[str]:
    """The words of a text in lower case, without apostrophes and signs."""
    return re.findall(r"[^\W_]+", text.lower().replace("’", "'").replace("'", ""))


class Wording:
    """The words of a source, indexed once, to hold other texts against.

    Titles are names and may be repeated: whatever of `titles` stands in a text ends a run there. Those of one or two
    words are passed over, since they are words like any other.
    """

    def __init__(self, source: str, titles: Iterable[str] = ()) -> None:
        self.words = plain_words(source)
        self.places = {tuple(self.words[at : at + RUN]): at for at in range(len(self.words) - RUN + 1)}
        named = [plain_words(title) for title in titles]
        kept = {" ".join(title) for title in named if len(title) >= FEWEST_OF_A_TITLE}
        self.titles = sorted(kept, key=len, reverse=True)

    def repeated_in(self, text: str) -> list[str]:
        """Every run of seven words or more that the text shares with the source, in its order, none within another."""
        told, found, at = self.without_titles(text), [], 0
        while at <= len(told) - RUN:
            length = self.length_from(told, at)
            if length:
                found.append(" ".join(told[at : at + length]))
            at += max(1, length)
        return found

    def length_from(self, told: list[str], at: int) -> int:
        """How many words from here on the source has in the same order; 0 where that is no run."""
        place = self.places.get(tuple(told[at : at + RUN]))
        if place is None:
            return 0
        further = zip(told[at + RUN :], self.words[place + RUN :], strict=False)
        return RUN + next((n for n, (one, other) in enumerate(further) if one != other), self.room(told, at, place))

    def room(self, told: list[str], at: int, place: int) -> int:
        return min(len(told) - at, len(self.words) - place) - RUN

    def without_titles(self, text: str) -> list[str]:
        joined = f" {' '.join(plain_words(text))} "
        for title in self.titles:
            joined = joined.replace(f" {title} ", f" {ELSEWHERE} ")
        return joined.split()
