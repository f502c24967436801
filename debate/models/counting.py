"""The four statements of a vote, written out: putting them together anew would take longer than running them."""

from datetime import datetime
from typing import NamedTuple

from django.db import connection

from debate.models.people import User
from debate.models.votes import ClaimTally

COUNTS = (
    "member_agree",
    "member_disagree",
    "member_pass",
    "guest_agree",
    "guest_disagree",
    "guest_pass",
    "returning_agree",
    "returning_disagree",
    "returning_pass",
    "top",
    "contested",
)
TALLY = f"SELECT claim_id, {', '.join(COUNTS)} FROM debate_claimtally WHERE claim_id = %s"  # noqa: S608
STORE = f"UPDATE debate_claimtally SET {', '.join(f'{name} = %s' for name in COUNTS)} WHERE claim_id = %s"  # noqa: S608
HELD = """
    SELECT u.kind, u.returned, v.value, v.blind_value FROM debate_user u
    LEFT JOIN debate_claimvote v ON v.user_id = u.id AND v.claim_id = %s
    WHERE u.id = %s
"""
PUT = """
    INSERT INTO debate_claimvote (user_id, claim_id, value, blind_value, made_at, changed_at)
    VALUES (%s, %s, %s, %s, %s, %s)
    ON CONFLICT (user_id, claim_id) DO UPDATE SET value = excluded.value, changed_at =
    CASE WHEN excluded.changed_at < debate_claimvote.made_at THEN debate_claimvote.made_at ELSE excluded.changed_at END
"""


class Held(NamedTuple):
    """Whose votes the reader's count among now, and the vote that stands: '' where there is none."""

    kind: str
    returned: bool
    value: str
    blind_value: str


def locked_tally(claim: int) -> ClaimTally | None:
    """The tally of a claim, kept from every other voter on it until the transaction ends. SQLite has one writer."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(TALLY + lock, [claim])
        row = cursor.fetchone()
    return ClaimTally.from_db(connection.alias, ("claim_id", *COUNTS), row) if row else None


def store_tally(tally: ClaimTally) -> None:
    with connection.cursor() as cursor:
        cursor.execute(STORE, [*(getattr(tally, name) for name in COUNTS), tally.claim_id])


def held_vote(reader: int, claim: int) -> Held:
    """Read after the tally is locked: a guest may have signed up since the request began, and cannot until it ends.

    Raises User.DoesNotExist where they signed in to another account instead.
    """
    lock = " FOR KEY SHARE OF u" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(HELD + lock, [claim, reader])
        row = cursor.fetchone()
    if row is None:
        raise User.DoesNotExist
    return Held(row[0], bool(row[1]), row[2] or "", row[3] or "")


def put_vote(*, reader: int, claim: int, value: str, blind_value: str, at: datetime) -> None:
    """Make the vote, or change its answer; the blind one is kept as it was first given."""
    now = connection.ops.adapt_datetimefield_value(at)
    with connection.cursor() as cursor:
        cursor.execute(PUT, [reader, claim, value, blind_value, now, now])
