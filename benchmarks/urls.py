"""The site, and beside it a constant page and a bare vote."""

from django.urls import path

from benchmarks.yardsticks import bare_vote, constant
from debate.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("bench/constant/", constant), path("bench/vote/", bare_vote), *urlpatterns]
