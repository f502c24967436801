"""The predictions for which both of two authors' wording has been read, on one axis."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.axis import Range
from debate.drawing.tracks import draw_scale, draw_tracks
from debate.lenses.positions import Writer
from debate.lenses.prediction_page import told_range
from debate.models import Prediction, Reading

MOST = 15


@dataclass(frozen=True)
class Read:
    """How one writer's wording is read: who, which lamp lights it, and the range in words."""

    who: str
    lamp: str
    value: str


@dataclass(frozen=True)
class CommonReading:
    prediction: Prediction
    read: Sequence[Read]
    chart: SafeString


@dataclass(frozen=True)
class CommonReadings:
    """Those furthest apart first, and how many more there are."""

    rows: Sequence[CommonReading]
    more: int
    scale: SafeString

    @property
    def total(self) -> int:
        return len(self.rows) + self.more


def readings_of(one: Writer, other: Writer) -> CommonReadings:
    """One query."""
    by_prediction: dict[int, dict[int, list[Reading]]] = {}
    essays = {essay.pk for writer in (one, other) for essay in writer.essays}
    for reading in Reading.objects.of_essays(essays):
        for number, writer in enumerate((one, other)):
            if any(essay.pk == reading.essay_id for essay in writer.essays):
                by_prediction.setdefault(reading.prediction_id, {}).setdefault(number, []).append(reading)
    both = sorted(
        (told for told in by_prediction.values() if len(told) == 2), key=lambda told: (-gap(told), told[0][0].pk)
    )
    rows = [row_of(told, (one, other)) for told in both[:MOST]]
    return CommonReadings(rows, len(both) - len(rows), SafeString(draw_scale()))


def gap(told: dict[int, list[Reading]]) -> float:
    """How far apart the middles of two writers' readings lie."""
    middles = [sum(reading.low + reading.high for reading in told[n]) / (2 * len(told[n])) for n in (0, 1)]
    return abs(middles[0] - middles[1])


def row_of(told: dict[int, list[Reading]], writers: tuple[Writer, Writer]) -> CommonReading:
    read, ranges = [], []
    for number, writer in enumerate(writers):
        lamp = writer.sides[0].colour if len(writer.sides) == 1 else "neither"
        for reading in told[number]:
            value = told_range(reading)
            read.append(Read(writer.short_name, lamp, value))
            ranges.append(Range(writer.short_name, value, reading.low, reading.high, lamp))
    title = _("Read as: %s") % ", ".join(f"{range_.label} {range_.value}" for range_ in ranges)
    return CommonReading(told[0][0].prediction, read, SafeString(draw_tracks(ranges, title=title)))
