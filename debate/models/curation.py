"""What the curators' work leaves behind."""

from django.db import models

from debate.models.predictions import Prediction


class CorpusRow(models.Model):
    """What the corpus files last put into a row, so that loading again overwrites no curator's change."""

    label = models.CharField(max_length=60)
    key = models.CharField(max_length=500)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["label", "key"], name="corpusrow_once")]

    def __str__(self) -> str:
        return f"{self.label} {self.key}"


class DueReminder(models.Model):
    """When curators were last written to about a prediction that waits to be resolved."""

    prediction = models.OneToOneField(Prediction, on_delete=models.CASCADE, primary_key=True, related_name="+")
    sent_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.prediction_id}: {self.sent_at:%Y-%m-%d}"
