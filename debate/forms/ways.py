"""What somebody types, or their browser tells, to sign in by a passkey or a code."""

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from debate.forms.accounts import Worded
from debate.forms.asked import readable
from debate.models import User

Checked = TypeVar("Checked")
LONGEST_NAME = 60
LONGEST_CREDENTIAL = 30_000
MALFORMED = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What allauth and its library raise on what no browser says."""
LIFE_OF_A_CODE = 30 * (1 + 2 * settings.MFA_TOTP_TOLERANCE)
"""Seconds for which a code of an app fits: its own half minute, and those beside it."""
Words = dict[str, tuple[Any, Any]]
NAME = (_("What to call it"), _("By the device or the app that keeps it, so that you can tell it from others."))


def understood(check: Callable[[], Checked]) -> Checked:
    """What a check makes of what a browser says of a passkey. Raises ValidationError on what no browser says."""
    try:
        return check()
    except MALFORMED as error:
        raise get_adapter().validation_error("incorrect_code") from error


class Credential(forms.JSONField):
    """What a browser says of a passkey, as it came: an object, not longer than any is."""

    widget = forms.HiddenInput

    def to_python(self, value: Any) -> Any:
        told = understood(lambda: forms.JSONField.to_python(self, value if len(value) <= LONGEST_CREDENTIAL else None))
        if not isinstance(told, dict):
            raise get_adapter().validation_error("incorrect_code")
        return told


def fitting(name: str) -> str:
    """What can be kept of a passkey's name: the device has it already, so that it is too late to refuse it."""
    return " ".join("".join(sign for sign in name if readable(sign)).split())[:LONGEST_NAME].strip()


def called(name: str) -> str:
    """A passkey's name with single spaces. Raises ValidationError on one that is too long or cannot be read."""
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME or not readable(name):
        raise ValidationError(_("A name has at most %(most)d characters, on one line."), params={"most": LONGEST_NAME})
    return name


class NewPasskeyForm(Worded, passkeys.AddWebAuthnForm):  # type: ignore[misc]
    """Every passkey is asked to know its owner and to be enough by itself, so there is nothing to tick."""

    words: ClassVar[Words] = {"name": NAME}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["credential"] = Credential()
        self.fields["name"].widget.attrs |= {"maxlength": LONGEST_NAME, "autocomplete": "off"}

    def clean_name(self) -> str:
        self.cleaned_data["name"] = fitting(self.cleaned_data["name"])
        return str(super().clean_name())

    def clean(self) -> dict[str, Any]:
        return understood(super().clean) or {}


class PasskeyNameForm(Worded, passkeys.EditWebAuthnForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"name": NAME}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs |= {"maxlength": LONGEST_NAME, "autocomplete": "off"}

    def clean_name(self) -> str:
        return called(self.cleaned_data["name"])


class Shown(Worded):
    """A passkey that its owner has just shown to the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = Credential()

    def clean_credential(self) -> Authenticator:
        return understood(super().clean_credential)  # type: ignore[misc]


class SignInByPasskeyForm(Shown, passkeys.LoginWebAuthnForm):  # type: ignore[misc]
    pass


class SecondByPasskeyForm(Shown, passkeys.AuthenticateWebAuthnForm):  # type: ignore[misc]
    pass


class AgainByPasskeyForm(Shown, passkeys.ReauthenticateWebAuthnForm):  # type: ignore[misc]
    pass


def spend(user: User, code: str) -> None:
    """Let a code of an app fit no more, for as long as it would; allauth remembers it for half a minute only."""
    used = TOTP(Authenticator(user=user, type=Authenticator.Type.TOTP))
    cache.set(used._get_used_cache_key(code), "y", LIFE_OF_A_CODE)


class Coded(Worded):
    """Asks for a code, which then is used up."""

    words: ClassVar[Words] = {"code": (_("Code"), _("Six digits from your app, or one of your recovery codes."))}
    user: User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = {"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 20, "spellcheck": "false"}
        self.fields["code"].widget.attrs |= told

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        spend(self.user, code)
        return code


class SecondByCodeForm(Coded, codes.AuthenticateForm):  # type: ignore[misc]
    pass


class AgainByCodeForm(Coded, codes.ReauthenticateForm):  # type: ignore[misc]
    pass


class NewAppForm(Coded, ActivateTOTPForm):  # type: ignore[misc]
    words: ClassVar[Words] = {"code": (_("The code that the app shows now"), _("Six digits."))}
