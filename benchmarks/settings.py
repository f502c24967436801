"""The site's settings, with the pages that it is measured against."""

from debate.settings import *  # noqa: F403
from debate.settings import MIDDLEWARE

ROOT_URLCONF = "benchmarks.urls"
MIDDLEWARE = ["benchmarks.yardsticks.MeasuredPages", *MIDDLEWARE[1:]]
GUESTS_PER_HOUR = 1_000_000
