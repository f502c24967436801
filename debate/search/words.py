"""What people type, as words."""

import re
from collections.abc import Iterable

MOST_WORDS = 12
# English words that hold sentences together, as PostgreSQL leaves them out of what it indexes (english.stop); the
# single letters are what is left of "it's" and "don't".
JOINING = frozenset(
    """
    i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
    its itself they them their theirs themselves what which who whom this that these those am is are was were be been
    being have has had having do does did doing a an the and but if or because as until while of at by for with about
    against between into through during before after above below to from up down in out on off over under again further
    then once here there when where why how all any both each few more most other some such no nor not only own same so
    than too very s t can will just don should now
    """.split()  # noqa: SIM905
)


def words_of(text: str) -> list[str]:
    """The letters-and-digits runs of a text, at most twelve; signs and operators drop out.

    Joining words drop out too, unless nothing else was typed.
    """
    typed = re.findall(r"\w+", text.replace("_", " "))
    telling = [word for word in typed if word.lower() not in JOINING]
    return (telling or typed)[:MOST_WORDS]


def only_join(words: Iterable[str]) -> bool:
    return all(word.lower() in JOINING for word in words)
