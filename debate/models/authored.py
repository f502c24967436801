"""What everything that a curator writes has in common, and the edition that each change moves on."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from debate.reasoning.text import SIGNS, TooMuch, measure, render_markdown

TOO_MUCH = {
    "characters": _("This text is too long; it may have %(most)s characters."),
    "signs": _("This text has too many signs of markup; it may have %(most)s of each of these: %(signs)s"),
    "levels": _("Lists and quotes are within each other too deep here; they may be %(most)s deep."),
    "cells": _("The tables of this text are too large; they may have %(most)s cells."),
}


class Status(models.TextChoices):
    DRAFT = "draft", _("draft")
    REVIEW = "review", _("in review")
    PUBLISHED = "published", _("published")


class Edition(models.Model):
    """One row: how often authored rows have changed. A page made in an older edition is stale."""

    CHANNEL: ClassVar[str] = "edition"  # where PostgreSQL tells of a change

    number = models.PositiveBigIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(pk=1), name="edition_is_one_row"),
        ]

    def __str__(self) -> str:
        return str(self.number)

    @classmethod
    def now(cls) -> str:
        """The mark of the current edition, "" before the first: one indexed read, as every page asks it."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT number, changed_at FROM debate_edition WHERE id = 1")
            row = cursor.fetchone()
        return cls.mark(*row) if row else ""

    @staticmethod
    def mark(number: int, changed_at: object) -> str:
        """What tells one edition from another, also where two have the same number."""
        return f"{number} {changed_at}"

    @classmethod
    def advance(cls) -> None:
        """Make every page of before stale, in the transaction of the change; whoever listens hears of it at its end."""
        moved = cls.objects.filter(pk=1).update(number=F("number") + 1, changed_at=timezone.now())
        if not moved:
            cls.objects.create(pk=1)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"NOTIFY {cls.CHANNEL}")


def said_of(error: TooMuch) -> str:
    """What a curator is told of a text that is not rendered."""
    return TOO_MUCH[error.of] % {"most": f"{error.most:,}", "signs": " ".join(SIGNS)}


class Authored(models.Model):
    """A row that curators write: its Markdown is rendered at writing, and writing moves the edition.

    `markdown_fields` are stored as HTML each, `markdown_in_blocks` paragraph by paragraph.
    """

    markdown_fields: ClassVar[tuple[str, ...]] = ()
    markdown_in_blocks: ClassVar[tuple[str, ...]] = ()
    derived_fields: ClassVar[frozenset[str]] = frozenset({"id", "created_at", "updated_at"})

    created_at = models.DateTimeField(_("created at"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated at"), default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def clean(self) -> None:
        """Raises ValidationError on Markdown that would take too long to render."""
        super().clean()
        faults = {}
        for name in (*self.markdown_fields, *self.markdown_in_blocks):
            try:
                measure(getattr(self, name))
            except TooMuch as error:
                faults[name] = said_of(error)
        if faults:
            raise ValidationError(faults)

    @property
    def version(self) -> str:
        """Another one after each save: what a form brings back, to tell whether somebody has saved meanwhile."""
        return self.updated_at.isoformat()

    def render(self) -> None:
        """Derive the stored HTML from the Markdown beside it. Raises TooMuch on a text that clean() refuses."""
        for name in self.markdown_fields:
            setattr(self, f"{name}_html", render_markdown(getattr(self, name)))

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.render()
        self.updated_at = timezone.now()
        super().save(*args, **kwargs)
        Edition.advance()

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        gone = super().delete(*args, **kwargs)
        Edition.advance()
        return gone

    def key_of(self, name: str, parts: int = 1) -> tuple[Any, ...]:
        """The natural key of the row that a foreign key names; blanks where it names none yet."""
        return getattr(self, name).natural_key() if getattr(self, f"{name}_id") else ("",) * parts

    def last_version(self) -> Any:
        """The newest line of its history, with who wrote it; None where there is none. One query."""
        return self.history.select_related("history_user").order_by("-history_id").first()  # type: ignore[attr-defined]

    def natural_key(self) -> tuple[Any, ...]:
        raise NotImplementedError

    @classmethod
    def authored_fields(cls) -> list[models.Field[Any, Any]]:
        """The columns that a person writes: neither keys, times nor derived HTML."""
        derived = cls.derived_fields | {f"{name}_html" for name in cls.markdown_fields}
        return [field for field in cls._meta.concrete_fields if field.name not in derived]
