"""Load the corpus files: authored fields only, and nothing that a curator has changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from django.core.management.base import CommandError
from django.core.management.commands.loaddata import Command as LoadData
from django.core.serializers.base import DeserializedObject
from django.core.serializers.json import DjangoJSONEncoder

from debate.actions.corpus import refresh_all
from debate.actions.forecasting import lock_crowd
from debate.actions.scoring import score
from debate.actions.versions import by_model, keep_versions
from debate.actions.writing import tell_planner, writing
from debate.models import Authored, CorpusRow, Prediction

REASON = "loaded from the corpus files"
MAY_POINT_FORWARD = {("side", "thesis"), ("motion", "deciding_prediction")}


def files_in_order(folder: Path) -> list[Path]:
    """The corpus files of a folder, in the order their names number them: no row refers to a later file."""
    return sorted(folder.glob("*.yaml"))


def key_of(row: Authored) -> str:
    return json.dumps([str(part) for part in row.natural_key()])


def digest_of(row: Authored) -> str:
    """A fingerprint of what a person wrote in the row as the database holds it, many-to-many included."""
    told: dict[str, Any] = {field.attname: getattr(row, field.attname) for field in row.authored_fields()}
    for relation in row._meta.many_to_many:
        through = relation.remote_field.through
        if through is not None and through._meta.auto_created:
            told[relation.name] = sorted(getattr(row, relation.name).values_list("pk", flat=True))
    return hashlib.sha256(json.dumps(told, cls=DjangoJSONEncoder, sort_keys=True).encode()).hexdigest()


class Loading(LoadData):
    """Django's loaddata, which asks of each row whether the file may write it."""

    def begin(self) -> None:
        self.known = {(row.label, row.key): row.digest for row in CorpusRow.objects.all()}
        self.added: list[Authored] = []
        self.changed: list[Authored] = []
        self.unchanged: list[Authored] = []
        self.left: list[str] = []
        self.keys: dict[tuple[type[Authored], int], str] = {}

    def save_obj(self, obj: DeserializedObject) -> bool:
        row = cast("Authored", obj.object)
        key = key_of(row)
        held = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
        if self.belongs_to_a_curator(row, key, obj, held):
            self.left.append(f"{row._meta.label_lower} {key}")
            return False
        if held is not None and not self.differs(row, obj, held):
            self.unchanged.append(held)
            return False
        saved = self.write(row, obj, held)
        self.keys[type(row), row.pk] = key
        return saved

    def belongs_to_a_curator(self, row: Authored, key: str, obj: DeserializedObject, held: Authored | None) -> bool:
        """Whether somebody has changed, made or deleted the row, or deleted what it points to, since the last load."""
        loaded = self.known.get((row._meta.label_lower, key))
        if self.points_nowhere(row, obj):
            if not self.known:
                raise CommandError(f"{row._meta.label_lower} {key} points to a row that no file before it has.")
            return True
        if held is None:
            return loaded is not None
        return loaded != digest_of(held)

    def points_nowhere(self, row: Authored, obj: DeserializedObject) -> bool:
        names = {field.name for field in obj.deferred_fields or ()}
        return any((row._meta.model_name, name) not in MAY_POINT_FORWARD for name in names)

    def differs(self, row: Authored, obj: DeserializedObject, held: Authored) -> bool:
        wrote = {field.name for field in obj.deferred_fields or ()}
        columns = [field.attname for field in row.authored_fields() if field.name not in wrote]
        if any(getattr(row, name) != getattr(held, name) for name in columns):
            return True
        links = (obj.m2m_data or {}).items()
        return any(set(getattr(held, name).values_list("pk", flat=True)) != pks_of(values) for name, values in links)

    def write(self, row: Authored, obj: DeserializedObject, held: Authored | None) -> bool:
        row.render()
        row.skip_history_when_saving = True  # type: ignore[attr-defined]
        if held is not None:
            row.created_at = held.created_at
        (self.added if held is None else self.changed).append(row)
        return bool(super().save_obj(obj))


def pks_of(values: Sequence[Any]) -> set[Any]:
    return {getattr(value, "pk", value) for value in values}


def remember(rows: Sequence[Authored], keys: Mapping[tuple[type[Authored], int], str]) -> None:
    """Keep what the files put into each row, as the database now holds it."""
    told = [
        CorpusRow(label=model._meta.label_lower, key=keys[model, row.pk], digest=digest_of(row))
        for model, members in by_model(rows).items()
        for row in model._default_manager.in_bulk([member.pk for member in members]).values()
    ]
    CorpusRow.objects.bulk_create(
        told, update_conflicts=True, unique_fields=["label", "key"], update_fields=["digest"], batch_size=500
    )


def score_again(rows: Sequence[Authored]) -> None:
    """The scores on resolved predictions that a file has changed: its times and its resolution decide them."""
    for row in sorted((row for row in rows if isinstance(row, Prediction)), key=lambda row: row.pk):
        if row.resolution or row.scores.exists():
            lock_crowd(row)
            score(row)


def load_corpus(*, folder: Path) -> Loading:
    """Load every corpus file of a folder, all or nothing.

    Derives HTML, history, standings, tallies and the edition. Overwrites no row that somebody has changed since the
    last load, and brings none back that somebody has deleted: these are named in `left`. A second load of the same
    files changes nothing. Raises CommandError or a serializer's error on a file that cannot be read.
    """
    loader = Loading()
    with writing():
        loader.begin()
        loader.handle(
            *map(str, files_in_order(folder)),
            using="default",
            ignore=False,
            database="default",
            app_label=None,
            verbosity=0,
            exclude=[],
            format=None,
        )
        if loader.added or loader.changed:
            keep_versions(loader.added, reason=REASON)
            keep_versions(loader.changed, reason=REASON, update=True)
            remember([*loader.added, *loader.changed], loader.keys)
            score_again(loader.changed)
            refresh_all()
            tell_planner()
    return loader
