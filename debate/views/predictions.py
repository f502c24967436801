"""Predictions: the list by how they stand, and one prediction."""

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
from debate.lenses.kept import Kept
from debate.lenses.outcome import Outcome, outcome_of
from debate.lenses.prediction_list import Wanted, prediction_list
from debate.lenses.prediction_page import prediction_page
from debate.lenses.results import ForecastPanel, forecast_panel
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


@require_safe
def detail(request: Request, slug: str) -> HttpResponse:
    return show(request, slug)


def corpus_part(edition: str, prediction: Prediction) -> SafeString:
    """What the corpus says about the prediction, to every reader alike; rendered once an edition."""

    def make() -> SafeString:
        return SafeString(render_to_string("predictions/_corpus.html", {"page": prediction_page(edition, prediction)}))

    return CORPUS_PARTS.get(edition, (prediction.pk, get_language()), make)


def show(request: Request, slug: str, problem: str = "") -> HttpResponse:
    """One prediction's page, for this reader; with what was wrong about their forecast, as 422."""
    prediction = prediction_for(slug, request.reader)
    context = {
        "corpus": corpus_part(edition_of(request), prediction),
        **answers_for(request, prediction, request.reader),
        "prediction": prediction,
        "problem": problem,
    }
    return render(request, "predictions/detail.html", context, status=422 if problem else 200)


def show_panel(
    request: Request, slug: str, *, reader: User | None, said: str = "", problem: str = "", asked: bool = False
) -> HttpResponse:
    """Where a reader forecasts, by itself, with what has just happened."""
    prediction = prediction_for(slug, reader)
    context = {**answers_for(request, prediction, reader, asked=asked), "said": said, "problem": problem}
    return render(request, "predictions/_panel.html", context, status=422 if problem else 200)


def prediction_for(slug: str, reader: User | None) -> Prediction:
    return one_or_404(Prediction.objects.visible().for_prediction_page().with_answers_of(reader), slug)


def answers_for(
    request: Request, prediction: Prediction, reader: User | None, *, asked: bool = False
) -> dict[str, ForecastPanel | Outcome | None]:
    """What this reader has given and may see: `panel`, and `outcome` where it is resolved."""
    asked = asked or prediction.asked or covers(reveals_told(request), prediction)
    panel = forecast_panel(prediction, reader, asked=asked)
    return {"panel": panel, "outcome": outcome_of(prediction, reader, shows_crowd=panel.crowd is not None)}
