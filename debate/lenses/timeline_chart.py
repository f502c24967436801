"""The timeline in words short enough for a drawing, and drawn."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from debate.drawing import plan
from debate.drawing.timeline import draw_timeline
from debate.lenses.timeline import Marked, Rest, Times, Written
from debate.models import Motion

MOST_YEARS_DRAWN = 10
MOST_YEARS_AROUND = 20


def charts_of(times: Times) -> dict[str, SafeString]:
    """The drawing for a wide window and for a phone, which escape what they write; none where there is nothing."""
    if times.is_empty:
        return {}
    chart = chart_of(times)
    return {sheet.name: SafeString(draw_timeline(chart, sheet)) for sheet in (plan.WIDE, plan.PHONE)}


def chart_of(times: Times) -> plan.Chart:
    horizon = times.motion.horizon
    essays = [essay_of(one) for one in (*times.undated, *times.dated)]
    predictions = [prediction_of(marked, times.today) for marked in times.predictions]
    more = [more_predictions(times.motion, rest) for rest in times.more_predictions[:MOST_YEARS_DRAWN]]
    rows = [*predictions, *more]
    first, last = bounds(times.motion, days_of(essays, rows))
    return plan.Chart(
        title=_("Essays and predictions from %(first)d to %(last)d. The tables below say the same.")
        % {"first": first.year, "last": last.year},
        first=first,
        last=last,
        today=(times.today, _("today, %s") % short(times.today)),
        horizon=(horizon, _("horizon, %s") % short(horizon)),
        undated=_("Date not given"),
        essays=[*essays, *(more_essays(rest) for rest in times.more_essays[:MOST_YEARS_DRAWN])],
        predictions=rows,
    )


def days_of(essays: Iterable[plan.Essay], predictions: Iterable[plan.Prediction]) -> Iterator[date]:
    for essay in essays:
        yield from (day for day in (essay.first, essay.last) if day)
    for prediction in predictions:
        yield from (prediction.first, prediction.judged)


def bounds(motion: Motion, days: Iterable[date]) -> tuple[date, date]:
    """Whole years round everything up to the horizon, but no further from the question's own than one can draw."""
    years = [motion.horizon.year, *(day.year for day in days)]
    first = max(min(years), motion.opened_on.year - MOST_YEARS_AROUND, 1)
    last = min(max(years), motion.horizon.year + MOST_YEARS_AROUND, 9_999)
    return date(first, 1, 1), date(max(first, last), 12, 31)


def essay_of(one: Written) -> plan.Essay:
    essay, within = one.essay, one.essay.written_within
    label = f"{essay.who} · {essay.side.short_label}" if essay.side else essay.who or ""
    answers = _("answers %s") % one.answers.who if one.answers else ""
    return plan.Essay(
        key=essay.pk,
        label=label,
        detail=" · ".join(filter(None, (essay.dated, answers))),
        name=", ".join(filter(None, (label, essay.title, essay.dated, answers))),
        href=essay.get_absolute_url(),
        first=within.first if within else None,
        last=within.last if within else None,
        lamp=essay.side.colour if essay.side else "neither",
        glyph=essay.side.glyph if essay.side else "",
        answers=one.answers.pk if one.answers else None,
    )


def more_essays(rest: Rest) -> plan.Essay:
    label = ngettext("%d more essay", "%d more essays", rest.count) % rest.count
    first, last = date(rest.year, 1, 1), date(rest.year, 12, 31)
    return plan.Essay(
        key=-rest.year,
        label=label,
        detail=str(rest.year),
        name=f"{label}, {rest.year}",
        href=reverse("essays"),
        first=first,
        last=last,
    )


def prediction_of(marked: Marked, today: date) -> plan.Prediction:
    row = marked.prediction
    values = values_of(marked)
    dates = {"made": marked.made_in_words, "closes": long(marked.closes), "judged": long(row.resolves_on)}
    label = _("Decides the question: %s") % row.statement if marked.deciding else row.statement
    told = [_("from %(made)s, closing %(closes)s, judged by %(judged)s") % dates, *values]
    return plan.Prediction(
        label=label,
        name="; ".join([label.rstrip("."), *told]),
        href=row.get_absolute_url(),
        first=marked.made.first,
        sure=marked.made.last,
        closes=marked.closes,
        judged=row.resolves_on,
        values=values,
        result=row.resolution,
        resolved=row.resolved_on,
        kind="deciding" if marked.deciding else "",
        crowd=marked.months if len(marked.months) > 1 else (),
        crowd_until=min(filter(None, (today, marked.closes, row.resolved_on))),
    )


def values_of(marked: Marked) -> list[str]:
    """How it stands, and what the crowd expects where that shows."""
    if marked.state == "resolved":
        told = _("resolved: %s") % marked.prediction.get_resolution_display()
    elif marked.state == "due":
        told = _("to be judged")
    else:
        told = _("closes %s") % short(marked.closes)
    if marked.crowd is None or marked.crowd.median is None:
        return [told]
    return [told, _("crowd: %d%%") % round(marked.crowd.median * 100)]


def more_predictions(motion: Motion, rest: Rest) -> plan.Prediction:
    label = ngettext(
        "%(count)d more prediction closes in %(year)d", "%(count)d more predictions close in %(year)d", rest.count
    ) % {"count": rest.count, "year": rest.year}
    first, last = date(rest.year, 1, 1), date(rest.year, 12, 31)
    href = reverse("predictions") + ("" if motion.featured else f"?motion={motion.slug}")
    return plan.Prediction(label, label, href, first, first, last, last, kind="group")


def short(day: date) -> str:
    return date_format(day, "j M Y")


def long(day: date) -> str:
    return date_format(day, "j F Y")
