"""What the curators' work leaves behind."""

from django.db import models


class CorpusRow(models.Model):
    """What the corpus files last put into a row, so that loading again overwrites no curator's change."""

    label = models.CharField(max_length=60)
    key = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "key"], name="corpusrow_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.key}"
