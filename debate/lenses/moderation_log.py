"""The public moderation log, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from debate.keyset import Page, Place, page_of
from debate.models import ModerationEntry
from debate.models.moderation import ModerationEntryQuerySet, leave_drafts_unnamed

NEWEST_FIRST = ("-pk",)
MOST_IN_FEED = 50


@dataclass(frozen=True, slots=True)
class Log:
    """A page of entries, and which verbs there are to narrow it by, each with its word."""

    page: Page[ModerationEntry]
    verbs: Sequence[tuple[str, str]]


def log_page(verb: str, order: str, place: Place) -> Log:
    """What was done, newest first; of one verb where that is given. Five queries at most."""
    used = ModerationEntry.objects.verbs_used()
    words = [(value, str(word)) for value, word in ModerationEntry.Verb.choices if value in used or value == verb]
    page = page_of(entries(verb), NEWEST_FIRST, order, place)
    leave_drafts_unnamed(page.rows)
    return Log(page, words)


def newest(verb: str) -> list[ModerationEntry]:
    """What a feed tells. Four queries at most."""
    rows = list(entries(verb)[:MOST_IN_FEED])
    leave_drafts_unnamed(rows)
    return rows


def entries(verb: str) -> ModerationEntryQuerySet:
    rows = ModerationEntry.objects.for_log_page()
    return rows.of_verb(verb) if verb else rows
