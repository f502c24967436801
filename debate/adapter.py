"""Where allauth meets this site: who is made at sign-up, what comes along at sign-in, and what is said of it."""

import logging
from contextlib import suppress
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.cache import cache
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from debate.actions.accounts import Taken, answers_of, change_address, keep_reveals, sign_up
from debate.actions.merging import Merged, merge
from debate.cookies import READER_COOKIE, REVEAL_COOKIE, things_told
from debate.models import User

LOG = logging.getLogger("django.request")
NOT_SENT = gettext_lazy("The letter could not be sent: our mail server does not answer. Please try again later.")
SIGNED_UP = gettext_lazy(
    "You are signed up, but the letter to confirm your address could not be sent: our mail server does not answer."
    " Sign in five minutes from now, and we write to you again."
)

AGAIN = {
    "reauthenticate": gettext_lazy("Give your password instead"),
    "mfa_reauthenticate": gettext_lazy("Give a code instead"),
    "mfa_reauthenticate:webauthn": gettext_lazy("Show a passkey instead"),
}


class Unsent(Exception):
    """A letter could not be sent; the text says so to whoever waits for it."""


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "duplicate_email": gettext_lazy("This is your address already."),
        "email_taken": gettext_lazy("Somebody has already signed up with this address. Was it you? Then sign in."),
        "email_password_mismatch": gettext_lazy(
            "This address and this password do not belong together. Check both, please."
        ),
        "enter_current_password": gettext_lazy("This is not the password you have now."),
        "incorrect_password": gettext_lazy("This is not your password."),
        "too_many_login_attempts": gettext_lazy("That did not work too often. Wait five minutes, then try again."),
        "rate_limited": gettext_lazy("That did not work too often. Wait five minutes, then try again."),
    }

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways in which a member can show that it is them, the usual first, in words of ours."""
        return [way | {"description": AGAIN[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def is_safe_url(self, url: str) -> bool:
        """Only this very site may be led to."""
        return url_has_allowed_host_and_scheme(url, {self.request.get_host()}, require_https=self.request.is_secure())

    def format_email_subject(self, subject: str) -> str:
        return f"{settings.SITE_NAME}: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Raises Unsent where the mail server does not take it."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            LOG.exception("A letter could not be sent (%s)", template_prefix)
            raise Unsent(NOT_SENT) from error

    def send_confirmation_mail(self, request: HttpRequest, emailconfirmation: Any, signup: bool) -> None:
        """Where nobody has to wait for it, a lost letter is told in a message, and all else goes on."""
        try:
            super().send_confirmation_mail(request, emailconfirmation, signup)
        except Unsent as error:
            if settings.ACCOUNT_EMAIL_VERIFICATION == "mandatory":
                raise Unsent(SIGNED_UP if signup else NOT_SENT) from error
            request.letter_lost = True  # type: ignore[attr-defined]

    def send_notification_mail(self, *told: Any, **more: Any) -> None:
        """News of what is done already: it stays done where the letter is lost."""
        with suppress(Unsent):
            super().send_notification_mail(*told, **more)

    def save_user(self, request: HttpRequest, _user: AbstractBaseUser, form: BaseForm, **_options: Any) -> User:
        """The guest who asks, turned into a member, or a new one. Raises ValidationError on an address just taken."""
        told = form.cleaned_data
        try:
            return sign_up(guest=guest_behind(request), email=told["email"], password=told["password1"])
        except Taken as error:
            raise self.validation_error("email_taken") from error

    def change_address(self, request: HttpRequest, member: User, email: str) -> EmailAddress:
        """Another address, at once. Raises ValidationError on one just taken."""
        try:
            address = change_address(member=member, email=email)
        except Taken as error:
            raise self.validation_error("email_taken") from error
        if settings.SENDS_MAIL:
            send_verification_email_to_address(request, address)
        messages.success(request, _("Your address is %s now.") % email)
        return address

    def forget_tries(self, request: HttpRequest, member: User) -> None:
        """Stop counting how often somebody tried something: the counters name them, or a digest of their address."""
        keys = [member.email, self._get_login_attempts_cache_key(request, email=member.email)]
        for action in app_settings.RATE_LIMITS:
            of = {"app": "allauth.account", "action": action}
            for rate in ratelimit.get_rates(**of):
                for key in keys if rate.per in ("user", "key") else ():
                    cache.delete(ratelimit.get_cache_key(request, **of, rate=rate, key=key, user=member))

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """After signing up or in: what was given as a guest comes along, and the guest's cookie goes."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        guest = guest_behind(request)
        if guest is not None and guest.pk != user.pk:
            messages.success(request, words_for_merged(merge(guest=guest, member=user)))
        elif kwargs["signup"]:
            messages.success(request, words_for_new(answers_of(user)))
        keep_reveals(reader=user, things=things_told(request))
        for name in (READER_COOKIE, REVEAL_COOKIE):
            response.delete_cookie(name, samesite="Lax")
        return response


def guest_behind(request: HttpRequest) -> User | None:
    """The guest whose cookie came with the request, if it is one's."""
    reader: User | None = getattr(request, "reader", None)
    return reader if reader is not None and reader.is_guest else None


def words_for_new(answers: int) -> str:
    """What a new member is told."""
    kept = ngettext("The one answer you gave before is kept.", "The %(n)d answers you gave before are kept.", answers)
    welcome = _("Welcome: you are signed up and signed in.")
    return f"{welcome} {kept % {'n': answers}}" if answers else welcome


def words_for_merged(merged: Merged) -> str:
    """What a member is told of the answers that they gave as a guest."""
    brought = ngettext(
        "%d answer you gave on this device came along.",
        "%d answers you gave on this device came along.",
        merged.brought,
    )
    replaced = ngettext("%d replaced an older one of yours.", "%d replaced older ones of yours.", merged.replaced)
    left = ngettext(
        "%d was left behind: you have answered anew since.",
        "%d were left behind: you have answered anew since.",
        merged.left,
    )
    told = [words % count for words, count in zip((brought, replaced, left), merged, strict=True) if count]
    return " ".join([_("You are signed in."), *told])
