"""The account pages: allauth's views, those that this site shows, in its words. No cache keeps any of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account import views as allauth
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic.base import View

from debate.adapter import Unsent
from debate.ways import takes_passkeys

AnyView = Callable[..., HttpResponseBase]
MAIL_RETRY = 300  # seconds
ACCOUNTS = "/accounts/"
LONGEST_PLACE = 1_000


class TakenMeanwhile:
    """Says beside the field that somebody took the address while it was being sent."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        except ValidationError as error:
            form.add_error("email", error)
            return self.form_invalid(form)  # type: ignore[attr-defined,no-any-return]


class SignUp(TakenMeanwhile, allauth.SignupView):  # type: ignore[misc]
    pass


class SignIn(allauth.LoginView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: dict[str, Any] = super().get_context_data(**kwargs)
        return told | {"takes_passkeys": takes_passkeys(self.request.get_host())}


class Address(TakenMeanwhile, allauth.EmailView):  # type: ignore[misc]
    pass


def clear(view: AnyView) -> AnyView:
    """Says in the status too that a form was not taken (422), and that a letter cannot be sent just now (503)."""

    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except Unsent as error:
            page = render(request, "errors/503.html", {"message": str(error)}, status=503)
            page["Retry-After"] = str(MAIL_RETRY)
            return page
        forms = [each for each in getattr(response, "context_data", {}).values() if isinstance(each, Form)]
        if response.status_code == 200 and any(form.errors for form in forms):
            response.status_code = 422
        return response

    return shown


def page(view: type[View], template: str, heading: Promise, description: Promise, **words: Any) -> AnyView:
    """A view of allauth's as a page of this site; `words` are further ones that its template says."""
    told = {"heading": heading, "description": description, "sends_mail": sends_mail, **words}
    return never_cache(clear(view.as_view(template_name=f"account/{template}.html", extra_context=told)))


def from_where(view: AnyView) -> AnyView:
    """Whoever comes here from a page of ours is led back to it: its address becomes `next`."""

    @wraps(view)
    def led_back(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        place = place_before(request) if request.method == "GET" and "next" not in request.GET else ""
        return redirect(f"{request.path}?{urlencode({'next': place})}") if place else view(request, *args, **kwargs)

    return never_cache(led_back)


def place_before(request: HttpRequest) -> str:
    """The page of ours on which a link was followed, '' for none that is worth going back to."""
    try:
        before = urlsplit(request.headers.get("Referer", ""))
    except ValueError:
        return ""
    here = (before.scheme, before.netloc) == (request.scheme, request.get_host())
    place = before._replace(scheme="", netloc="").geturl()
    back = here and not before.path.startswith((ACCOUNTS, "//")) and len(place) <= LONGEST_PLACE
    return place if back and place != "/" else ""


def sends_mail() -> bool:
    """Asked by the templates anew each time, as a test may change it."""
    return bool(settings.SENDS_MAIL)


def where_mail_is_sent(view: AnyView) -> AnyView:
    """Not offered where no letter could arrive."""

    @wraps(view)
    def gate(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not settings.SENDS_MAIL:
            raise Http404(_("This site sends no mail."))
        return view(request, *args, **kwargs)

    return gate


OF_ACCOUNT = _("Your account on this site.")
OF_SIGNING_IN = _("Sign in to find your votes and forecasts again, on whichever device you are.")
OF_FORGETTING = _("How to get into your account again when the password is forgotten.")

sign_up = from_where(
    page(
        SignUp,
        "signup",
        _("Sign up"),
        _("Sign up with an email address and a password, and keep what you have voted."),
    )
)
sign_in = from_where(page(SignIn, "login", _("Sign in"), OF_SIGNING_IN))
sign_out = page(allauth.LogoutView, "logout", _("Sign out?"), _("Sign out of your account on this device."))
inactive = page(
    allauth.AccountInactiveView,
    "note",
    _("This account is closed"),
    _("Why you cannot sign in."),
    text=_("A curator has closed it. If that seems wrong to you, write to whoever runs this site."),
    to_contact=True,
)
again = page(
    allauth.ReauthenticateView,
    "again",
    _("Is it you?"),
    OF_ACCOUNT,
    lede=_("What you are about to change concerns who can sign in, so please give your password once more."),
    button=_("Go on"),
)
address = page(Address, "address", _("Your email address"), OF_ACCOUNT)
confirm_sent = where_mail_is_sent(
    page(
        allauth.EmailVerificationSentView,
        "note",
        _("Look into your mail"),
        _("A letter is on its way to confirm your address."),
        text=_("We have sent you a letter with a link. Follow it to confirm your address. It may take some minutes."),
    )
)
confirm = where_mail_is_sent(page(allauth.ConfirmEmailView, "confirm", _("Confirm your address"), OF_ACCOUNT))
password = page(allauth.PasswordChangeView, "form", _("Your password"), OF_ACCOUNT, button=_("Change the password"))
first_password = page(allauth.PasswordSetView, "form", _("Your password"), OF_ACCOUNT, button=_("Set the password"))
forgotten = where_mail_is_sent(
    page(
        allauth.PasswordResetView,
        "form",
        _("Password forgotten"),
        OF_FORGETTING,
        lede=_("Tell us your email address, and we send you a link with which to set a new password."),
        button=_("Send the link"),
    )
)
forgotten_sent = where_mail_is_sent(
    page(
        allauth.PasswordResetDoneView,
        "note",
        _("Look into your mail"),
        OF_FORGETTING,
        text=_(
            "If there is an account with that address, a letter with a link is on its way. It may take some minutes."
        ),
    )
)
new_password = where_mail_is_sent(
    page(
        allauth.PasswordResetFromKeyView,
        "new_password",
        _("A new password"),
        OF_FORGETTING,
        button=_("Set the password"),
    )
)
new_password_set = where_mail_is_sent(
    page(
        allauth.PasswordResetFromKeyDoneView,
        "note",
        _("The new password is set"),
        OF_FORGETTING,
        text=_("You can sign in with it now."),
        to_sign_in=True,
    )
)
