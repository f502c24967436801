"""What every page knows: the site's name, where it leads, the views of a whole motion, and where the reader is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

WHOLE, FORECASTS = "map", "predictions"
PLACES = (
    ("claims", _("Claims")),
    ("essays", _("Essays")),
    ("authors", _("Authors")),
    (FORECASTS, _("Predictions")),
    (WHOLE, _("The argument")),
    ("tags", _("Tags")),
)
VIEWS = (
    (WHOLE, _("Map"), _("Every claim, and what supports or counters it.")),
    ("matrix", _("Matrix"), _("Which author asserts, denies, concedes or is silent on what.")),
    ("compare", _("Compare"), _("Two authors: what they share, and where they first part.")),
    ("timeline", _("Timeline"), _("When it was written, and when it will be judged.")),
    ("unanswered", _("Unanswered"), _("The counterpoints that nobody has met yet.")),
    ("insights", _("Insights"), _("What stands, what everything hangs on, what splits the readers.")),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """No query and no session: whether anybody has signed in is asked of `request.reader` by the template."""
    section = request.path.split("/")[1]
    section = WHOLE if any(section == view for view, *_words in VIEWS) else section
    section = FORECASTS if section == "leaderboard" else section
    told = {"SITE_NAME": settings.SITE_NAME, "CONTACT": settings.CONTACT}
    return {**told, "places": PLACES, "views": VIEWS, "section": section}
