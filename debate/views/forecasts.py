"""Forecasts: a probability given, revised and taken back; and asking to see the crowd's."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from debate.access import has_asked, one_or_404
from debate.actions.forecasting import Closed, database_now, make_forecast, require_open, withdraw_forecast
from debate.forms.votes import ForecastForm
from debate.http import Request
from debate.models import Prediction, User
from debate.templatetags.words import moment
from debate.views.predictions import Came, show, show_part
from debate.views.readers import SeeOther, known, reader_or_guest, reveal_to, way_back

ANCHOR = "#forecast"
CLOSED = {
    "upcoming": gettext_lazy("It takes forecasts from %(opens)s on."),
    "due": gettext_lazy("It closed on %(closes)s and takes no more forecasts."),
    "resolved": gettext_lazy("It is resolved and takes no more forecasts."),
}


@require_POST
def make(request: Request, slug: str) -> HttpResponse:
    """A probability, or its withdrawal. What makes no sense, or comes too late, changes nothing and is said there."""
    prediction = one_or_404(Prediction.objects.visible(), slug)
    form = ForecastForm(request.POST)
    if not form.is_valid():
        return refused(request, slug, Came(problem=form.problem, typed=form.typed, status=422))
    if form.value is None and request.reader is None:
        return answer(request, prediction, None, Came(_("You have no forecast here.")))
    try:
        reader, came = act(request, prediction, form.value)
    except Closed as closed:
        problem = too_late(prediction, str(closed), form.value)
        return refused(request, slug, Came(problem=problem, state=str(closed), status=409))
    return known(request, reader, answer(request, prediction, reader, came))


def act(request: Request, prediction: Prediction, value: float | None) -> tuple[User, Came]:
    """Give the forecast or take it back, as a guest made now where nobody is known. Raises Closed."""
    if request.reader is None:
        require_open(prediction, database_now())
    reader = reader_or_guest(request)
    if value is None:
        withdraw_forecast(reader=reader, prediction=prediction)
        return reader, Came(_("Your forecast is withdrawn."))
    informed = has_asked(request, prediction)
    make_forecast(reader=reader, prediction=prediction, probability=value, informed=informed)
    return reader, Came(_("Your forecast: %d%%. Saved.") % round(value * 100), saved=True)


def too_late(prediction: Prediction, state: str, value: float | None) -> str:
    """Why nothing was saved, with what would have been."""
    why = CLOSED[state] % {"opens": moment(prediction.opens_at), "closes": moment(prediction.closes_at)}
    if value is None:
        return _("%s Nothing was saved: your forecast stands as it was.") % why
    return _("%(why)s Nothing was saved: you had said %(percent)d%%.") % {"why": why, "percent": round(value * 100)}


def refused(request: Request, slug: str, came: Came) -> HttpResponse:
    return show_part(request, slug, came, reader=request.reader) if request.htmx else show(request, slug, came)


def answer(request: Request, prediction: Prediction, reader: User | None, came: Came) -> HttpResponse:
    """The panel as it now is, or the page that has it, or the one that the form asks to come back to."""
    if request.htmx:
        return show_part(request, prediction.slug, came, reader=reader)
    return SeeOther(way_back(request, prediction.get_absolute_url() + ANCHOR))


@require_POST
def reveal_prediction(request: Request, slug: str) -> HttpResponse:
    prediction = one_or_404(Prediction.objects.visible(), slug)
    if not request.htmx:
        return reveal_to(request, prediction, SeeOther(prediction.get_absolute_url() + ANCHOR))
    came = Came(_("The crowd's number is shown."))
    return reveal_to(request, prediction, show_part(request, slug, came, reader=request.reader, asked=True))
