"""What somebody types to sign up, sign in and keep their account, in the words of this site."""

from typing import Any, ClassVar

from allauth.account import forms as allauth
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.manage_email import email_already_exists
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from debate.models import User

LONGEST_ADDRESS = 254
PASSWORD_RULES = _("At least 8 characters; no common password, and nothing like your address.")


class Worded(Form):
    """A form of allauth's with labels beside its fields instead of placeholders within."""

    words: ClassVar[dict[str, tuple[Any, Any]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label, field.help_text = self.words.get(name, (field.label or "", ""))
        if "email" in self.fields:
            self.fields["email"].validators.append(MaxLengthValidator(LONGEST_ADDRESS))
            self.fields["email"].widget.attrs["maxlength"] = LONGEST_ADDRESS


class SignUpForm(Worded, allauth.SignupForm):  # type: ignore[misc]
    words = {
        "email": (_("Email address"), _("To sign in with. It is shown to nobody.")),
        "password1": (_("Password"), PASSWORD_RULES),
        "password2": (_("The password once more"), ""),
    }


class SignInForm(Worded, allauth.LoginForm):  # type: ignore[misc]
    words = {"login": (_("Email address"), ""), "password": (_("Password"), "")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "maxlength": LONGEST_ADDRESS}


class PasswordForm(Worded, allauth.ChangePasswordForm):  # type: ignore[misc]
    words = {
        "oldpassword": (_("The password you have now"), ""),
        "password1": (_("The new password"), PASSWORD_RULES),
        "password2": (_("The new password once more"), ""),
    }


class NewPasswordForm(Worded, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    words = {name: PasswordForm.words[name] for name in ("password1", "password2")}


class FirstPasswordForm(Worded, allauth.SetPasswordForm):  # type: ignore[misc]
    words = NewPasswordForm.words


class ForgottenForm(Worded, allauth.ResetPasswordForm):  # type: ignore[misc]
    words = {"email": (_("Email address"), _("The one you signed up with."))}


class AgainForm(Worded, allauth.ReauthenticateForm):  # type: ignore[misc]
    words = {"password": (_("Password"), "")}


class AddressForm(Worded, allauth.AddEmailForm):  # type: ignore[misc]
    """Another address for the account: at once, or, where the present one is confirmed, once it is confirmed too."""

    words = {"email": (_("New email address"), "")}
    user: User

    def clean_email(self) -> str:
        if self.cleaned_data["email"] == self.user.email:
            raise get_adapter().validation_error("duplicate_email")
        email, _exists = email_already_exists(self.cleaned_data["email"], user=self.user, always_raise=True)
        return str(email)

    def save(self, request: HttpRequest) -> EmailAddress:
        if settings.SENDS_MAIL and EmailAddress.objects.get_verified(self.user):
            return super().save(request)
        return get_adapter().change_address(request, self.user, self.cleaned_data["email"])
