"""What the tables of all nouns have in common: drafts alone are written, and what is equal is passed over."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Resource

from debate.actions.curation import motions_of
from debate.actions.rules import Fault
from debate.actions.tables.columns import Column, Several
from debate.actions.tables.shapes import Change, Table
from debate.models import Status, User


class Meta:
    """How the library is asked to work: rows known by our own keys, saved one by one in one transaction."""

    instance_loader_class = BaseInstanceLoader
    report_skipped = use_transactions = clean_model_instances = store_instance = True


class Comparison:
    """What a row of the table changes, in words; as the library asks for a difference."""

    def __init__(self, resource: "TableOf", instance: Any, new: bool) -> None:
        self.resource, self.changes = resource, list[Change]()
        self.old = {} if new else resource.texts(instance)

    def compare_with(self, _resource: Any, instance: Any) -> None:
        self.changes = changes_between(self.old, self.resource.texts(instance))

    def as_html(self) -> list[Change]:
        return self.changes


def changes_between(old: dict[str, str], new: dict[str, str]) -> list[Change]:
    return [Change(name, old.get(name, ""), text) for name, text in new.items() if old.get(name, "") != text]


class TableOf(Resource):  # type: ignore[misc]
    """A noun as a table. `keys`: the columns that tell a row from every other."""

    keys: ClassVar[tuple[str, ...]] = ("slug",)

    def __init__(self, *, by: User | None = None, reason: str = "") -> None:
        super().__init__()
        self.by, self.reason = by, reason[:100]
        self.motions: set[int] = set()

    @classmethod
    def columns(cls) -> list[Column]:
        return [field for field in cls.fields.values() if isinstance(field, Column)]

    def texts(self, row: Any) -> dict[str, str]:
        return {column.column_name: column.text(row) for column in self.columns()}

    # For the rooms of each noun.

    def rows(self) -> Any:
        """What the noun's table holds, with all that its columns name."""
        return self._meta.model._default_manager.order_by("pk")

    def held(self, told: dict[str, str]) -> Any:
        """The row of the database that a row of the table is about, or None."""
        return self._meta.model._default_manager.filter(slug=told["slug"].strip()).first()

    def faults(self, row: Any) -> Iterable[Fault]:
        """What is wrong with the row beside others."""
        raise NotImplementedError

    def in_order(self, table: Table) -> Table:
        """The rows so that none names one that comes after it."""
        return table

    def is_free(self, row: Any) -> bool:
        """Whether a table may change the row: a draft, and nobody sees it."""
        return getattr(row, "status", Status.DRAFT) == Status.DRAFT and not self.is_seen(row)

    def is_seen(self, row: Any) -> bool:
        return bool(type(row)._default_manager.all().visible().filter(pk=row.pk).exists())

    # As the library calls them.

    def get_diff_class(self) -> type[Comparison]:
        return Comparison

    def get_instance(self, _loader: Any, row: dict[str, str]) -> Any:
        return self.held(row)

    def init_instance(self, row: Any = None) -> Model:  # noqa: ARG002
        return self._meta.model()  # type: ignore[no-any-return]

    def skip_row(self, instance: Any, original: Any, row: Any, import_validation_errors: Any = None) -> bool:  # noqa: ARG002
        unchanged = not changes_between(self.texts(original), self.texts(instance))
        return bool(instance.pk and not import_validation_errors and unchanged)

    def validate_instance(
        self, instance: Any, import_validation_errors: Any = None, validate_unique: bool = True
    ) -> None:
        if instance.pk and not self.is_free(type(instance)._default_manager.get(pk=instance.pk)):
            said = _("It is published or in review, and says otherwise. Correct it at the desk, or leave it as it is.")
            raise ValidationError(said)
        super().validate_instance(instance, import_validation_errors, validate_unique)
        faults: dict[str, list[Any]] = {}
        for fault in self.faults(instance):
            faults.setdefault(fault.field if fault.field in self.fields else NON_FIELD_ERRORS, []).append(fault.message)
        if faults:
            raise ValidationError(faults)

    def do_instance_save(self, instance: Any, is_create: bool) -> None:  # noqa: ARG002
        self.motions |= motions_of([instance])
        instance._history_user, instance._change_reason = self.by, self.reason
        with transaction.atomic():
            instance.save()
        self.motions |= motions_of([instance])

    def save_m2m(self, instance: Any, row: Any, **_kwargs: Any) -> None:  # noqa: ARG002
        for column in self.columns():
            if isinstance(column, Several):
                column.keep(instance)
