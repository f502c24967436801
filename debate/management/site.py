"""Where the site is reached, for whoever reads of it outside of a browser."""

import os

from django.conf import settings


def site_address() -> str:
    """As the operator gave it, else on this machine; without a slash at its end."""
    return settings.SITE_URL.rstrip("/") or f"http://localhost:{os.environ.get('PORT') or 8000}"
