"""The predictions for which one author's wording has been read, on one axis."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from debate.drawing.axis import Range
from debate.drawing.tracks import draw_scale, draw_tracks
from debate.lenses.prediction_page import range_in_words
from debate.models import Essay, Prediction

MOST = 15


@dataclass(frozen=True)
class OwnReading:
    """A prediction, the range read for it in words and drawn, and the lamp of the essay's side."""

    prediction: Prediction
    value: str
    lamp: str
    chart: SafeString


@dataclass(frozen=True)
class OwnReadings:
    """Those that close first, and how many more there are."""

    rows: Sequence[OwnReading]
    more: int
    scale: SafeString


def own_readings(essays: Iterable[Essay], concerning: Iterable[Prediction]) -> OwnReadings:
    """Of essays with their sides, from the predictions that concern them. No query."""
    by_key = {essay.pk: essay for essay in essays}
    found = [(told, by_key[told.read_essay]) for told in concerning if told.read_essay is not None]
    rows = [row_of(told, essay) for told, essay in found[:MOST]]
    return OwnReadings(rows, len(found) - len(rows), SafeString(draw_scale()))


def row_of(told: Prediction, essay: Essay) -> OwnReading:
    value, lamp = range_in_words(told.read_low, told.read_high), essay.side.colour if essay.side else "neither"
    drawn = Range("", value, told.read_low, told.read_high, lamp)
    return OwnReading(told, value, lamp, SafeString(draw_tracks([drawn], title=_("Read as: %s") % value)))
