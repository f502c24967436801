"""Predictions: the list by how they stand, and one prediction."""

from typing import Any, NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from debate.access import edition_of, motion_of, one_or_404
from debate.cookies import covers, reveals_told
from debate.forms.predictions import PredictionsAsked
from debate.http import Request
from debate.keyset import place_of
from debate.lenses.essays_of import essay_among, essays_of
from debate.lenses.forecast_past import past_of
from debate.lenses.kept import Kept
from debate.lenses.outcome import outcome_of
from debate.lenses.prediction_list import Wanted, prediction_list
from debate.lenses.prediction_page import prediction_page
from debate.lenses.results import forecast_panel
from debate.models import Prediction, User

CORPUS_PARTS: Kept[SafeString] = Kept(most=400)
MOST_ESSAYS = 12


@require_safe
def index(request: Request) -> HttpResponse:
    asked = PredictionsAsked.read(request.GET)
    motion = motion_of(request)
    place = place_of(asked.page, asked.state)
    essays = essays_of(edition_of(request), motion)
    wanted = Wanted(motion, essay_among(essays, asked.essay), asked.state)
    found = prediction_list(edition_of(request), wanted, place=place, reader=request.reader)
    context = {"motion": motion, "asked": asked, "list": found, "essay": wanted.essay}
    return render(request, "predictions/list.html", context | {"essays": list(essays.values())[:MOST_ESSAYS]})


class Came(NamedTuple):
    """What came of an act: that it was saved, in words for those who do not see it; or what was wrong, and was typed.

    `state`: how the prediction stood at that moment by the database's clock, where that was asked.
    """

    said: str = ""
    saved: bool = False
    problem: str = ""
    typed: str = ""
    state: str = ""
    status: int = 200


NOTHING = Came()


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    return show(request, slug)


def corpus_part(edition: str, prediction: Prediction) -> SafeString:
    """What the corpus says about the prediction, to every reader alike; rendered once an edition."""

    def make() -> SafeString:
        return SafeString(render_to_string("predictions/_corpus.html", {"page": prediction_page(edition, prediction)}))

    return CORPUS_PARTS.get(edition, (prediction.pk, get_language()), make)


def show(request: Request, slug: str, came: Came = NOTHING) -> HttpResponse:
    """One prediction's page, for this reader; with what has just come of their forecast."""
    context = forecasts_on(request, slug, request.reader, came, asked=False)
    context["corpus"] = corpus_part(edition_of(request), context["prediction"])
    return render(request, "predictions/detail.html", context, status=came.status)


def show_part(request: Request, slug: str, came: Came, *, reader: User | None, asked: bool = False) -> HttpResponse:
    """Where a reader forecasts and how forecasts moved, by themselves, with what has just happened."""
    context = forecasts_on(request, slug, reader, came, asked=asked)
    return render(request, "predictions/_answer.html", context, status=came.status)


def forecasts_on(request: Request, slug: str, reader: User | None, came: Came, *, asked: bool) -> dict[str, Any]:
    """What this reader has given and may see: `panel`, `past`, and `outcome` where it is resolved; `came` as it is."""
    rows = Prediction.objects.visible().for_prediction_page().with_answers_of(reader)
    prediction = one_or_404(rows, slug)
    asked = asked or prediction.asked or covers(reveals_told(request), prediction)
    panel = forecast_panel(prediction, reader, asked=asked, state=came.state)
    outcome = outcome_of(prediction, reader, shows_crowd=panel.crowd is not None)
    return {"prediction": prediction, "panel": panel, "outcome": outcome, "past": past_of(panel), "came": came}
