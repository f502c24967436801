"""What went wrong, said clearly."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise


def told(exception: Exception, kind: type[Exception] = Exception) -> str:
    """The sentence for the reader that an exception of ours carries; what others carry is not for readers."""
    said = exception.args[0] if isinstance(exception, kind) and exception.args else ""
    return str(said) if isinstance(said, str | Promise) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", {"message": told(exception, BadRequest)}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", {"message": told(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", {"message": told(exception)}, status=404)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Made without the request, so that neither the database nor a session can fail it again."""
    page = render_to_string("500.html", {"SITE_NAME": settings.SITE_NAME, "static_url": settings.STATIC_URL})
    return HttpResponse(page, status=500)


def confirm_post(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A POST whose browser does not say where it comes from: ask, with a token, whether it was meant."""
    if request.FILES or "csrfmiddlewaretoken" in request.POST:
        return render(request, "errors/403.html", status=403)
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    return render(request, "errors/confirm.html", {"fields": fields, "address": request.get_full_path()}, status=403)
