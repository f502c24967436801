"""How things are said and marked on a page: formatting only, no queries."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from math import ceil
from urllib.parse import urlsplit

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from debate.models import Author, Prediction, Relation, Side, StanceKind

register = template.Library()
WORDS_A_MINUTE = 230
STANCE_WORDS = {**dict(StanceKind.choices), "silent": pgettext_lazy("stance", "silent")}
RELATION_WORDS = dict(Relation.Kind.choices)


# Marks: markup that every row repeats, so made here and not by an include each.


@register.simple_tag
def side_mark(side: Side | None, word: str = "", otherwise: str = "") -> SafeString:
    """A side's glyph and word (its short label unless told); a ring and `otherwise` where there is none."""
    if side is None:
        return format_html('<span class="side neither">{}</span>', otherwise or _("Neither side"))
    return format_html('<span class="side {} {}">{}</span>', side.colour, side.glyph, word or side.short_label)


@register.simple_tag
def stance_mark(kind: str, who: str = "") -> SafeString:
    """A stance's glyph and word, after the name of whoever takes it."""
    word = STANCE_WORDS.get(kind, kind)
    return format_html('<span class="stance {}">{}</span>', kind, f"{who} {word}" if who else capfirst(str(word)))


@register.filter
def stance_word(kind: str) -> str:
    """The word of a stance, in a line of plain text."""
    return str(STANCE_WORDS.get(kind, kind))


@register.simple_tag
def voices(pairs: Iterable[Sequence[str]]) -> SafeString:
    """Who does what, in a line: pairs of a name and a stance, as a claim's standing keeps them."""
    return format_html_join(
        "", '<span class="stance {}">{} {}</span>', ((kind, who, STANCE_WORDS.get(kind, kind)) for who, kind in pairs)
    )


@register.simple_tag
def relation_mark(kind: str) -> SafeString:
    return format_html('<span class="relation {}">{}</span>', kind, capfirst(str(RELATION_WORDS.get(kind, kind))))


@register.filter
def standing_of(prediction: Prediction) -> str:
    """Whether a prediction takes forecasts, and until when."""
    state = prediction.state()
    if state == "open":
        return _("closes %s") % time_left(prediction.closes_at)
    if state == "upcoming":
        return _("opens %s") % time_left(prediction.opens_at)
    if state == "due":
        return _("due, waiting for its resolution")
    return _("resolved: %s") % prediction.get_resolution_display()


@register.filter
def host(url: str) -> str:
    """Whose site an address leads to."""
    return (urlsplit(url).hostname or url).removeprefix("www.")


@register.simple_tag
def locator(heading: str, paragraph: int) -> str:
    """A place in an essay, as a reader finds it there."""
    place = _("¶\u00a0%(paragraph)s") % {"paragraph": paragraph}
    return f"“{heading}”,\u00a0{place}" if heading else f"{_('Opening')},\u00a0{place}"


# Names, numbers and times.


@register.filter
def names(authors: Iterable[Author], form: str = "name") -> str:
    """Authors as a phrase: "Luke Posey", "Posey and Omont"; `short_name` for the short form."""
    return listed([getattr(author, form) for author in authors])


@register.filter
def enumerated(words: Sequence[str]) -> str:
    """Words as a phrase, for templates."""
    return listed(words)


def listed(words: Sequence[str]) -> str:
    """Words as an enumeration: "a", "a and b", "a, b and c"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s and %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


@register.filter
def percent(probability: float | None) -> str:
    """A probability in [0, 1] as whole percent."""
    return "" if probability is None else pgettext("percent", "%s%%") % round(probability * 100)


@register.simple_tag
def between(low: float, high: float) -> str:
    """A range of shares in [0, 1] as whole percent: "20 to 30%"."""
    return _("%(low)d to %(high)d%%") % {"low": round(low * 100), "high": round(high * 100)}


@register.filter
def signed(value: float | None, decimals: int = 1) -> str:
    """A number with its sign, to so many decimals: "+12.4", "−3.0"; nought has none, and nothing is a dash."""
    if value is None:
        return "–"
    sign = "+" if round(value, decimals) else ""
    return f"{value:{sign}.{decimals}f}".replace("-", "−" if sign else "")


@register.filter
def reading_minutes(words: int) -> int:
    """Minutes that a text of so many words takes to read, at least one."""
    return max(1, ceil(words / WORDS_A_MINUTE))


@register.filter
def day(value: date | datetime | None) -> str:
    """A date in words; an instant as its day in UTC."""
    return date_format(value, "j F Y") if value else ""


@register.filter
def in_fours(secret: str) -> str:
    """A long secret in groups of four signs, as people read it aloud; whoever takes it passes the spaces over."""
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


@register.filter
def moment(value: datetime) -> str:
    """An instant in words, to the minute, in UTC and saying so."""
    told = value.astimezone(UTC)
    return _("%(day)s at %(time)s UTC") % {"day": date_format(told, "j F Y"), "time": told.strftime("%H:%M")}


@register.filter
def time_left(value: date | datetime) -> str:
    """How far off a day or an instant lies, in words of at most two units: "in 3 years and 5 months", "2 days ago"."""
    now = timezone.now()
    if not isinstance(value, datetime):
        if value == now.date():
            return _("today")
        now, value = midnight(now.date()), midnight(value)
    ahead, length = value > now, span(min(now, value), max(now, value))
    return (_("in %s") if ahead else _("%s ago")) % length


def midnight(value: date) -> datetime:
    return datetime(value.year, value.month, value.day, tzinfo=timezone.get_default_timezone())


def months_between(start: datetime, end: datetime) -> int:
    """Whole months from one instant to a later one."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - ((end.day, end.time()) < (start.day, start.time()))


def span(start: datetime, end: datetime) -> str:
    """The length of time between two instants, rounded down, in its two largest units."""
    months = months_between(start, end)
    if months >= 2:
        return listed([part for part in (years_of(months // 12), months_of(months % 12)) if part])
    length: timedelta = end - start
    if length.days:
        return ngettext("%d day", "%d days", length.days) % length.days
    hours, minutes = length.seconds // 3600, max(1, length.seconds // 60)
    return (
        (ngettext("%d hour", "%d hours", hours) % hours)
        if hours
        else ngettext("%d minute", "%d minutes", minutes) % minutes
    )


def years_of(count: int) -> str:
    return ngettext("%d year", "%d years", count) % count if count else ""


def months_of(count: int) -> str:
    return ngettext("%d month", "%d months", count) % count if count else ""
