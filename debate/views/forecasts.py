"""Forecasts: a probability given, revised and taken back; and asking to see the crowd's."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from debate.access import bad, has_asked, one_or_404
from debate.actions.forecasting import Closed, make_forecast, withdraw_forecast
from debate.forms.votes import ForecastForm
from debate.http import Request
from debate.models import Prediction, User
from debate.views.predictions import show, show_panel
from debate.views.readers import SeeOther, known, reader_or_guest, reveal_to, way_back

ANCHOR = "#forecast"
CLOSED = {
    "upcoming": gettext_lazy("This prediction does not take forecasts yet. Nothing was saved."),
    "due": gettext_lazy("This prediction is closed and takes no more forecasts. Nothing was saved."),
    "resolved": gettext_lazy("This prediction is resolved and takes no more forecasts. Nothing was saved."),
}


@require_POST
def make(request: Request, slug: str) -> HttpResponse:
    """A probability, or its withdrawal. What makes no sense changes nothing and is said beside the form."""
    prediction = one_or_404(Prediction.objects.visible(), slug)
    form = ForecastForm(request.POST)
    if prediction.state() != "open":
        raise bad(str(CLOSED[prediction.state()]))
    if not form.is_valid():
        return (
            show_panel(request, slug, reader=request.reader, problem=form.problem)
            if request.htmx
            else show(request, slug, form.problem)
        )
    if form.value is None and request.reader is None:
        return answer(request, prediction, None, _("You have no forecast here."))
    reader = reader_or_guest(request)
    said = act(reader, prediction, form.value, informed=has_asked(request, prediction))
    return known(request, reader, answer(request, prediction, reader, said))


def act(reader: User, prediction: Prediction, value: float | None, *, informed: bool) -> str:
    """Give the forecast or take it back; what happened, in words. Raises BadRequest where it closed meanwhile."""
    try:
        if value is None:
            withdraw_forecast(reader=reader, prediction=prediction)
            return _("Your forecast is withdrawn.")
        make_forecast(reader=reader, prediction=prediction, probability=value, informed=informed)
    except Closed as closed:
        raise bad(str(CLOSED[str(closed)])) from closed
    return _("Your forecast: %d%%. Saved.") % round(value * 100)


def answer(request: Request, prediction: Prediction, reader: User | None, said: str) -> HttpResponse:
    """The panel as it now is, or the page that has it, or the one that the form asks to come back to."""
    if request.htmx:
        return show_panel(request, prediction.slug, reader=reader, said=said)
    return SeeOther(way_back(request, prediction.get_absolute_url() + ANCHOR))


@require_POST
def reveal_prediction(request: Request, slug: str) -> HttpResponse:
    prediction = one_or_404(Prediction.objects.visible(), slug)
    if not request.htmx:
        return reveal_to(request, prediction, SeeOther(prediction.get_absolute_url() + ANCHOR))
    panel = show_panel(request, slug, reader=request.reader, asked=True, said=_("The crowd's number is shown."))
    return reveal_to(request, prediction, panel)
