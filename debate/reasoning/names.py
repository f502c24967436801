"""What somebody may be called where others read it."""

import re
from unicodedata import category, normalize

LONGEST = 80
TALLEST = 4
"""Marks that may stand upon one letter."""
NOT_SEEN = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
JOINERS = "\u200c\u200d"
"""Not seen either, but without them some scripts and many pictures fall apart."""
BLANKS = "\u115f\u1160\u2800\u3164\uffa0\ufffd"
"""Letters of which nothing is seen, and what stands for a byte that could not be read."""
MARKED = re.compile(r"M+")


def plain(name: str) -> str:
    """A name as it may stand among others: composed (Unicode's NFC), on one line, single spaces; '' stays ''.

    Raises ValueError on a sign that is not seen or turns the text around it, on more than four marks upon each other,
    on joiners alone, and on more than eighty characters.
    """
    name = " ".join(normalize("NFC", name).split())
    kinds = "".join(category(sign)[0] for sign in name)
    if any(hidden(sign) for sign in name) or any(len(tower) > TALLEST for tower in MARKED.findall(kinds)):
        raise ValueError("a name is what is seen of it")
    if len(name) > LONGEST or (name and not set(kinds) & set("LNPS")):
        raise ValueError("a name has one to eighty characters, and something to be seen")
    return name


def hidden(sign: str) -> bool:
    return sign in BLANKS or (category(sign) in NOT_SEEN and sign not in JOINERS)
