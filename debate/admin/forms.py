"""Forms of the room: what each asks of rows beside its own before anything is written."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import InlineForeignKeyField
from django.utils.translation import gettext_lazy as _

from debate.actions.curation import given_on
from debate.actions.rules import Fault
from debate.admin.widgets import tell_known
from debate.models.changes import links_of

STALE = _("Somebody saved this while you were writing. Look at both, and save again to put yours in its place.")


class RuleForm(forms.ModelForm):  # type: ignore[type-arg]
    """A model's form that also holds to the rules across rows, and shows an old version as it was.

    `stale`: whether it was filled on the page of a row that somebody has saved since.
    """

    stale = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version = getattr(self.instance, "_history", None)
        if version is not None:
            self.initial = {**self.initial, **links_of(version)}
        else:
            tell_known(self)

    def hold_to_constraints(self) -> None:
        """Those too that Django leaves out: they name the row's own key, or the row on whose page this one is."""
        row: Any = self.instance
        left_out = self._get_validation_exclusions() - ({"id"} if row.pk else set())  # type: ignore[attr-defined]
        links = [name for name, field in self.fields.items() if isinstance(field, InlineForeignKeyField)]
        unsaved = {name for name in links if getattr(row, f"{name}_id") is None}
        try:
            row.validate_constraints(exclude=left_out | unsaved)
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined]

    def faults(self) -> Iterable[Fault]:
        """What is wrong with the row beside others."""
        return ()

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.stale:
            self.add_error(None, STALE)
        if not self.errors and self.has_changed():
            self.hold_to_constraints()
        if self.errors:
            return
        for fault in self.faults():
            self.add_error(fault.field if fault.field in self.fields else None, ValidationError(fault.message))


class KeepingFormSet(forms.BaseInlineFormSet):  # type: ignore[type-arg]
    """Rows within a page; one on which readers have given something cannot be struck out there."""

    def kept(self) -> list[Any]:
        """The forms of the rows that there will be."""
        filled = [form for form in self.forms if form.has_changed() or form.instance.pk]
        return [form for form in filled if form not in self.deleted_forms]

    def clean(self) -> None:
        super().clean()
        if given_on([form.instance for form in self.deleted_forms if form.instance.pk]):
            raise ValidationError(_("Readers have answered here; it cannot be deleted any more."))
