"""For whoever watches the server: whether it lives, and whether it can do its work."""

from django.http import HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from debate.http import Request
from debate.lenses.health import trouble

PLAIN = "text/plain; charset=utf-8"


@require_safe
@cache_control(no_store=True)
def alive(_request: Request) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type=PLAIN)


@require_safe
@cache_control(no_store=True)
def ready(_request: Request) -> HttpResponse:
    reason = trouble()
    return HttpResponse(reason or "ok", status=503 if reason else 200, content_type=PLAIN)
