"""The site's settings, with the pages that it is measured against."""

from debate.settings import *  # noqa: F403
from debate.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
PAGES = "debate.middleware.PublicPages"
MIDDLEWARE = ["benchmarks.yardsticks.MeasuredPages" if name == PAGES else name for name in MIDDLEWARE]
GUESTS_PER_HOUR = 1_000_000
