"""What the production server calls."""

import os
import re
from collections.abc import Iterable
from typing import Any

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "debate.settings")
CHARSET = re.compile(r";\s*charset\s*=\s*[^;]*", re.IGNORECASE)
site = get_wsgi_application()


def in_utf_8(environ: dict[str, Any]) -> dict[str, Any]:
    """The request as UTF-8. One that names another charset is marked: Django would fail before any page of ours."""
    told = environ.get("CONTENT_TYPE", "")
    charset = CHARSET.search(told)
    if charset and charset[0].split("=")[1].strip(" \t\"'").lower() not in ("utf-8", "utf8"):
        environ["CONTENT_TYPE"] = CHARSET.sub("", told)
        environ["debate.unreadable"] = True
    return environ


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    return site(in_utf_8(environ), start_response)
