"""What went wrong, said clearly."""

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The fields that are typed unseen: how each is called here, and what a browser takes it for.
UNSEEN = {
    "password": (_("Password"), "current-password"),
    "oldpassword": (_("The password you have now"), "current-password"),
    "password1": (_("The new password"), "new-password"),
    "password2": (_("The new password once more"), "new-password"),
}


def told(exception: Exception, kind: type[Exception] = Exception) -> str:
    """The sentence for the reader that an exception of ours carries; what others carry is not for readers."""
    said = exception.args[0] if isinstance(exception, kind) and exception.args else ""
    return str(said) if isinstance(said, str | Promise) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, RequestDataTooBig):
        return render(request, "errors/413.html", status=413)
    return render(request, "errors/400.html", {"message": told(exception, BadRequest)}, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/403.html", {"message": told(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", {"message": told(exception)}, status=404)


def too_many(request: HttpRequest) -> HttpResponse:
    """For allauth, which does not say how long; its limits that end here count over three minutes at most."""
    page = render(request, "429.html", status=429)
    page["Retry-After"] = "180"
    return page


def server_error(_request: HttpRequest) -> HttpResponse:
    """Made without the request, so that neither the database nor a session can fail it again."""
    page = render_to_string("500.html", {"SITE_NAME": settings.SITE_NAME, "static_url": settings.STATIC_URL})
    return HttpResponse(page, status=500)


def confirm_post(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A POST whose browser does not say where it comes from: ask, with a token, whether it was meant.

    What was typed unseen is not repeated, but asked for once more.
    """
    if request.FILES or "csrfmiddlewaretoken" in request.POST:
        return render(request, "errors/403.html", status=403)
    fields = [(name, value) for name, values in request.POST.lists() if name not in UNSEEN for value in values]
    unseen = [(name, *UNSEEN[name]) for name in request.POST if name in UNSEEN]
    context = {"fields": fields, "unseen": unseen, "address": request.get_full_path()}
    return render(request, "errors/confirm.html", context, status=403)
