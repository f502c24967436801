"""Passkeys, an app that makes codes, and recovery codes: allauth's views as pages of this site."""

import json
from typing import Any, cast

from allauth.account.decorators import reauthentication_required
from allauth.mfa.base import views as base
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from debate.lenses.own_account import recovery_codes_of
from debate.models import User
from debate.views.accounts import OF_ACCOUNT, OF_SIGNING_IN, AnyView, page
from debate.ways import takes_passkeys

Told = dict[str, Any]
OVERVIEW = reverse_lazy("mfa_index")


class Overview(base.IndexView):  # type: ignore[misc]
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: Told = super().get_context_data(**kwargs)
        return told | {"takes_passkeys": takes_passkeys(self.request.get_host())}


class Once:
    """Where the same was asked for twice at one moment, it is done once, and the overview says how it is."""

    def form_valid(self, form: Form) -> HttpResponse:
        try:
            return super().form_valid(form)  # type: ignore[misc,no-any-return]
        except IntegrityError:
            return HttpResponseRedirect(OVERVIEW)


class AddPasskey(Once, webauthn.AddWebAuthnView):  # type: ignore[misc]
    """Asks for a passkey that is enough by itself: kept by the authenticator, which makes sure of its owner."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: Told = super(webauthn.AddWebAuthnView, self).get_context_data(**kwargs)
        options = auth.begin_registration(self.request.user, passwordless=True)
        return told | {"options": json.dumps(options), "takes_passkeys": takes_passkeys(self.request.get_host())}


class RenamePasskey(webauthn.EditWebAuthnView):  # type: ignore[misc]
    success_url = OVERVIEW


class RemovePasskey(webauthn.RemoveWebAuthnView):  # type: ignore[misc]
    success_url = OVERVIEW


class AddApp(Once, totp.ActivateTOTPView):  # type: ignore[misc]
    pass


class Codes(TemplateView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"codes": codes_of(self.request).get_unused_codes()}


class SecondStep(base.AuthenticateView):  # type: ignore[misc]
    """`options` for the browser, '' where the member has no passkey."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told: Told = super().get_context_data(**kwargs)
        options = told["js_data"]["request_options"]
        return told | {"options": json.dumps(options) if options["publicKey"].get("allowCredentials") else ""}


class SignInByPasskey(webauthn.LoginWebAuthnView):  # type: ignore[misc]
    """A POST without a credential asks what the passkey has to sign; one with it signs in."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "credential" in request.POST:
            return super().post(request, *args, **kwargs)  # type: ignore[no-any-return]
        return JsonResponse(auth.begin_authentication())

    def form_invalid(self, _form: Form) -> HttpResponse:
        told = {
            "heading": _("This passkey does not fit"),
            "description": OF_SIGNING_IN,
            "text": _("It is not known here any more, or took too long. Try again, or use your address and password."),
            "to_sign_in": True,
        }
        return render(self.request, "account/note.html", told, status=422)


class AgainByPasskey(webauthn.ReauthenticateWebAuthnView):  # type: ignore[misc]
    def form_invalid(self, form: Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))  # type: ignore[no-any-return]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        options = auth.begin_authentication(self.request.user)
        told: Told = super(webauthn.ReauthenticateWebAuthnView, self).get_context_data(**kwargs)
        return told | {"options": json.dumps(options)}


def codes_of(request: HttpRequest) -> RecoveryCodes:
    """The member's recovery codes. Raises Http404 where there are none."""
    codes = recovery_codes_of(cast("User", request.user))
    if codes is None:
        raise Http404(_("You have no recovery codes yet: they come with a passkey or an app."))
    return codes


def of_a_member(view: AnyView) -> AnyView:
    """For members alone; asked before allauth keeps what was sent until they have signed in."""
    gate: AnyView = login_required(view)
    return gate


def of_one_who_is_sure(view: AnyView) -> AnyView:
    """For a member who has just shown again that it is them."""
    return of_a_member(reauthentication_required(app="allauth.mfa")(view))


TWO_STEPS = _("From then on a password alone lets nobody in: you show a passkey, or give a code as well.")
SIGNING_IN = _("Sign in: the second step")

overview = of_a_member(page(Overview, "ways", _("Ways to sign in"), OF_ACCOUNT))
add_passkey = of_a_member(page(AddPasskey, "passkey_add", _("Add a passkey"), OF_ACCOUNT, two_steps=TWO_STEPS))
rename_passkey = of_a_member(page(RenamePasskey, "form", _("Rename the passkey"), OF_ACCOUNT, button=_("Save")))
remove_passkey = of_a_member(
    page(
        RemovePasskey,
        "sure",
        _("Remove the passkey?"),
        OF_ACCOUNT,
        lede=_("This account will know it no more. Delete it from the device or the app that keeps it too."),
        button=_("Remove it"),
    )
)
add_app = of_a_member(page(AddApp, "app_add", _("Use an app that makes codes"), OF_ACCOUNT, two_steps=TWO_STEPS))
remove_app = of_a_member(
    page(
        totp.DeactivateTOTPView,
        "sure",
        _("Do without the app?"),
        OF_ACCOUNT,
        lede=_("Its codes will fit no more. Without a passkey, your password alone lets you in again."),
        button=_("Do without it"),
    )
)
codes = of_one_who_is_sure(page(Codes, "codes", _("Recovery codes"), OF_ACCOUNT))
new_codes = of_a_member(
    page(
        GenerateRecoveryCodesView,
        "sure",
        _("New recovery codes?"),
        OF_ACCOUNT,
        lede=_("Those you have now will fit no more."),
        button=_("Make new ones"),
    )
)
second_step = page(SecondStep, "second_step", _("The second step"), OF_SIGNING_IN)
sign_in_by_passkey = never_cache(SignInByPasskey.as_view())
again_by_code = page(
    base.ReauthenticateView,
    "again",
    _("Is it you?"),
    OF_ACCOUNT,
    lede=_("What you are about to do concerns who can sign in, so please give a code once more."),
    button=_("Go on"),
)
again_by_passkey = page(
    AgainByPasskey,
    "again_by_passkey",
    _("Is it you?"),
    OF_ACCOUNT,
    lede=_("What you are about to do concerns who can sign in, so please show your passkey once more."),
)


@never_cache
@of_one_who_is_sure
def codes_file(request: HttpRequest) -> HttpResponse:
    """The recovery codes that are left, one a line."""
    told = "".join(f"{code}\n" for code in codes_of(request).get_unused_codes())
    kept = {"Content-Disposition": 'attachment; filename="recovery-codes.txt"'}
    return HttpResponse(told, content_type="text/plain; charset=utf-8", headers=kept)
