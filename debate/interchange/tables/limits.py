"""How large a table may be, in any form, and what is said of one that is larger."""

from django.utils.translation import gettext as _

MOST_BYTES = 500_000
"""A little less than what the site takes from anybody at once, so that it is said beside the file."""
MOST_ROWS = 500
"""Each is looked at twice, some ten milliseconds at a time, and on SQLite everybody else who writes waits for it."""
MOST_COLUMNS = 30
MOST_IN_A_CELL = 100_000
MOST_IN_A_WORKBOOKS_CELL = 32_767
# Of the parts that an XLSX file is packed of:
MOST_PARTS = 200
MOST_UNPACKED = 10_000_000
MOST_IN_A_SIDE_PART = 1_000_000
MOST_ELEMENTS = 400_000
DEEPEST = 40


class Refused(ValueError):
    """A file that is no table, or one that is too large; says why."""


def too_many(what: str, most: int) -> Refused:
    return Refused(_("This file has more than %(most)s %(what)s.") % {"most": f"{most:,}", "what": what})
