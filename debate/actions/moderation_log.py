"""A line in the public moderation log, written in the transaction of what it tells of."""

from django.db.models import Model

from debate.models import Edition, ModerationEntry, User

LABEL, REASON, ADDRESS = (
    int(ModerationEntry._meta.get_field(name).max_length or 0)  # type: ignore[union-attr]
    for name in ("label", "reason", "address")
)


def note(*, by: User | None, verb: str, row: Model, reason: str = "", public: bool = True) -> ModerationEntry:
    """Tell readers what was done with a row, and why. `public`: whether its name and address may be told.

    Called inside the action's transaction. A draft's name is nobody's business: pass public=False, and only its noun
    stands there. The edition moves: pages that tell of the log are stale from now on.
    """
    Edition.advance()
    noun = str(row._meta.verbose_name)
    address = row.get_absolute_url() if public and hasattr(row, "get_absolute_url") else ""
    return ModerationEntry.objects.create(
        by=by,
        verb=verb,
        noun=noun,
        label=cut(str(row), LABEL) if public else noun,
        address=address if len(address) <= ADDRESS else "",
        reason=cut(reason, REASON),
    )


def cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
