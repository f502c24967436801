"""What every page knows: the site's name, where it leads, and where the reader is."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

PLACES = (
    ("claims", _("Claims")),
    ("essays", _("Essays")),
    ("authors", _("Authors")),
    ("predictions", _("Predictions")),
    ("tags", _("Tags")),
    ("about", _("About")),
)


def site(request: HttpRequest) -> dict[str, Any]:
    """No query and no session: whether anybody has signed in is asked of `request.reader` by the template."""
    return {"SITE_NAME": settings.SITE_NAME, "places": PLACES, "section": request.path.split("/")[1]}
