"""One prediction, and the list of them by how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.axis import Range, draw_axis
from debate.lenses.credits import Credits, credits_of
from debate.lenses.essays_of import essays_of
from debate.models import Bearing, Entailment, Essay, Prediction, Reading


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """What the curator takes an essay to imply, in words for the table and in numbers for the axis."""

    reading: Reading
    essay: Essay
    value: str

    @property
    def range(self) -> Range:
        side, who = self.essay.side, self.essay.who or ""
        label = f"{who} · {side.short_label}" if side else who
        return Range(label, self.value, self.reading.low, self.reading.high, side.colour if side else "neither")


@dataclass(frozen=True, slots=True)
class PredictionPage:
    prediction: Prediction
    credits: Credits
    readings: Sequence[ReadingRow]
    chart: SafeString
    for_yes: Sequence[Bearing]
    for_no: Sequence[Bearing]
    implied_by: Sequence[Entailment]
    implies: Sequence[Entailment]


def prediction_page(edition: str, prediction: Prediction) -> PredictionPage:
    """Four queries, and one once an edition."""
    essays = essays_of(edition, prediction.motion)
    readings = readings_of(prediction, essays)
    bearings = list(Bearing.objects.visible().of_prediction(prediction))
    entailments = list(Entailment.objects.visible().about(prediction))
    return PredictionPage(
        prediction=prediction,
        credits=credits_of(prediction),
        readings=readings,
        chart=chart_of(readings),
        for_yes=[bearing for bearing in bearings if bearing.outcome == Bearing.Outcome.YES],
        for_no=[bearing for bearing in bearings if bearing.outcome == Bearing.Outcome.NO],
        implied_by=[entailment for entailment in entailments if entailment.conclusion_id == prediction.pk],
        implies=[entailment for entailment in entailments if entailment.premise_id == prediction.pk],
    )


def readings_of(prediction: Prediction, essays: dict[int, Essay]) -> list[ReadingRow]:
    """The most hopeful of a yes first."""
    readings = [reading for reading in Reading.objects.of_prediction(prediction) if reading.essay_id in essays]
    readings.sort(key=lambda reading: (-reading.low - reading.high, reading.pk))
    return [ReadingRow(reading, essays[reading.essay_id], told_range(reading)) for reading in readings]


def told_range(reading: Reading) -> str:
    return range_in_words(reading.low, reading.high)


def range_in_words(lower: float, upper: float) -> str:
    low, high = round(lower * 100), round(upper * 100)
    return _("%d%%") % low if low == high else _("%(low)d to %(high)d%%") % {"low": low, "high": high}


def chart_of(readings: Sequence[ReadingRow]) -> SafeString:
    """The axis with every reading, '' where there is none. The drawing escapes what it writes."""
    if not readings:
        return SafeString("")
    title = _(
        "How probable each essay's wording makes a yes, as the curator reads it. The table below has the same numbers."
    )
    return SafeString(draw_axis([row.range for row in readings], title=title))
