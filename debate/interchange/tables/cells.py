"""What a spreadsheet would take for a formula is written as text, and comes back as it was."""

import re

FORMULA = re.compile(r"'*[=+\-@\t\r\n]")
"""How a cell begins that a spreadsheet may reckon with; behind any number of apostrophes, so that one more can go."""
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""Signs that no text of ours has; NUL cannot be stored."""


def escaped(text: str) -> str:
    return f"'{text}" if FORMULA.match(text) else text


def plain(cell: str) -> str:
    """The text that a cell stands for."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell
