"""Where allauth's further ways to sign in meet this site: for whom a passkey is, and how it is called."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from debate.models import User


class Ways(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("This does not fit. A code of an app lasts half a minute, and works once."),
        "unverified_email": gettext_lazy("Confirm your email address first: we have written to it."),
        "cannot_generate_recovery_codes": gettext_lazy("Recovery codes come with a passkey or an app, not before."),
    }

    def get_totp_issuer(self) -> str:
        return settings.SITE_NAME

    def generate_authenticator_name(self, user: User, sort: Authenticator.Type) -> str:
        """What a passkey is called until its owner calls it something."""
        known: int = Authenticator.objects.filter(user=user, type=sort).count()
        return _("Passkey %d") % (known + 1) if known else _("Passkey")

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": domain_of_passkeys(context.request.get_host()), "name": settings.SITE_NAME}


def domain_of_passkeys(address: str) -> str:
    """The domain that a passkey made at this address (host:port) belongs to: that of SITE_URL where it lies in it."""
    host = urlsplit(f"//{address}").hostname or ""
    site = urlsplit(settings.SITE_URL).hostname or ""
    return site if site and (host == site or host.endswith(f".{site}")) else host


def takes_passkeys(address: str) -> bool:
    """Whether there can be passkeys at this address (host:port): they belong to a name, not to a number."""
    try:
        ip_address(domain_of_passkeys(address))
    except ValueError:
        return True
    return False
