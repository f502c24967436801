"""Where addresses lead that name a tag which was renamed, or merged into another."""

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpResponse, HttpResponseRedirect

from debate.access import tags_of_now
from debate.http import Request

Page = Callable[[Request], HttpResponse]


def or_by_the_tags_of_now(page: Page) -> Page:
    """For a page narrowed by `?tag=`: one that is not there leads to the same page, by what its tags are called now.

    Not for good: a tag can get its name back, and a browser would then be led in a ring by what it keeps.
    """

    @wraps(page)
    def page_or_go(request: Request) -> HttpResponse:
        try:
            return page(request)
        except Http404:
            query = request.GET.copy()
            query.setlist("tag", tags_of_now(query.getlist("tag")))
            return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")

    return page_or_go
