"""Everything that the site keeps of one reader, in tables by name: what a download holds, whatever its format.

Things are named as addresses name them: claims, predictions, motions, essays, sides and tags by slug. Instants are ISO
8601 in UTC, numbers as they are stored, and nothing is rounded. A change of what a column means raises VERSION.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce

from debate.models import (
    Ballot,
    ClaimVote,
    Forecast,
    ForecasterRecord,
    HasRead,
    ModerationEntry,
    ReaderPlace,
    Reveal,
    Score,
    Session,
    Suggestion,
    TagVote,
    User,
)

FORMAT, VERSION = "ten-years-record", 1
CHUNK = 1_000
Row = tuple[Any, ...]
HOW = {"+": "added", "~": "changed", "-": "deleted"}


class Table(NamedTuple):
    """Rows of one sort, brought over a thousand at a time when they are asked for."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[], Iterator[Row]]


def tables_of(reader: User) -> list[Table]:
    return [
        Table("account", ACCOUNT, lambda: account_of(reader)),
        *(table_of(name, rows.filter(user=reader), columns) for name, rows, columns in GIVEN),
        table_of("suggestions", Suggestion.objects.by(reader), SUGGESTIONS),
        table_of("sessions", Session.objects.filter(reader=reader.pk), {"until": "expire_date"}),
        table_of("moderation", ModerationEntry.objects.filter(by=reader), MODERATION),
        Table("changes", ("noun", "key", "how", "at"), lambda: changes_by(reader)),
    ]


def table_of(name: str, rows: "QuerySet[Any]", columns: dict[str, Any]) -> Table:
    """In the order in which they came."""
    told = rows.order_by("pk").values_list(*columns.values())
    return Table(name, tuple(columns), lambda: told.iterator(CHUNK))


ACCOUNT = ("kind", "username", "display_name", "email", "joined_at", "last_signed_in_at", "on_leaderboard", "curator")
MODERATION = {"at": "at", "verb": "verb", "noun": "noun", "label": "label", "reason": "reason"}
SUGGESTIONS = {
    "kind": "kind",
    **{name: f"{name}__slug" for name in ("claim", "essay", "prediction", "motion")},
    **{name: name for name in ("way", "text", "why")},
    "source": "source_url",
    "by_name": "named",
    **{name: name for name in ("state", "reason", "made_at", "decided_at")},
    **{f"made_{name}": f"made_{name}__slug" for name in ("claim", "tag", "essay")},
}
GIVEN: tuple[tuple[str, "QuerySet[Any]", dict[str, Any]], ...] = (
    ("addresses", EmailAddress.objects.all(), {"address": "email", "confirmed": "verified", "primary": "primary"}),
    (
        "ways",
        Authenticator.objects.all(),
        {"sort": "type", "made_at": "created_at", "last_used_at": "last_used_at"},
    ),
    (
        "ballots",
        Ballot.objects.all(),
        {
            "motion": "motion__slug",
            "essay": "essay__slug",
            "phase": "phase",
            "side": Coalesce("side__slug", Value("undecided")),
            "late": "late",
            "given_at": "made_at",
            "changed_at": "changed_at",
        },
    ),
    ("read", HasRead.objects.all(), {"motion": "motion__slug", "essay": "essay__slug", "at": "made_at"}),
    (
        "votes",
        ClaimVote.objects.all(),
        {
            "claim": "claim__slug",
            "value": "value",
            "blind_value": "blind_value",
            "given_at": "made_at",
            "changed_at": "changed_at",
        },
    ),
    (
        "forecasts",
        Forecast.objects.all(),
        {
            "prediction": "prediction__slug",
            "probability": "probability",
            "blind": "blind",
            "from": "made_at",
            "until": "ended_at",
        },
    ),
    ("tags", TagVote.objects.all(), {"claim": "claim__slug", "tag": "tag__slug", "name": "tag__name", "at": "made_at"}),
    (
        "reveals",
        Reveal.objects.all(),
        {"claim": "claim__slug", "prediction": "prediction__slug", "motion": "motion__slug", "at": "made_at"},
    ),
    (
        "scores",
        Score.objects.all(),
        {
            "prediction": "prediction__slug",
            "brier": "brier",
            "log": "log",
            "baseline": "baseline",
            "peer": "peer",
            "coverage": "coverage",
        },
    ),
    (
        "forecaster",
        ForecasterRecord.objects.all(),
        {"predictions": "predictions", "peer": "peer", "coverage": "coverage", "score": "score"},
    ),
    (
        "places",
        ReaderPlace.objects.all(),
        {"motion": "run__motion__slug", "computed_at": "run__computed_at", "group": "group", "x": "x", "y": "y"},
    ),
    (
        "admin_log",
        LogEntry.objects.all(),
        {"at": "action_time", "label": "object_repr", "message": "change_message"},
    ),
)


def account_of(reader: User) -> Iterator[Row]:
    yield (
        reader.kind,
        reader.username,
        reader.display_name,
        reader.email,
        reader.date_joined,
        reader.last_login,
        reader.ranked,
        reader.is_staff,
    )


def changes_by(reader: User) -> Iterator[Row]:
    """What the history of curated rows says that this reader did: to what sort of thing, its key, how and when."""
    for model in apps.get_app_config("debate").get_models():
        if model._meta.proxy or not hasattr(model._meta, "simple_history_manager_attribute"):
            continue
        records = model.history.filter(history_user=reader).order_by("history_id")  # type: ignore[attr-defined]
        for key, how, at in records.values_list("id", "history_type", "history_date").iterator(CHUNK):
            yield model._meta.model_name, key, HOW[how], at
