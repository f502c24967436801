"""How a member signs in, as their own account's page tells it."""

from typing import NamedTuple

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

from debate.models import User


class Ways(NamedTuple):
    """Beside the password: so many passkeys, whether an app makes codes, and so many recovery codes left."""

    passkeys: int
    app: bool
    codes: int


def ways_of(member: User) -> Ways:
    """One query."""
    kept: dict[str, list[Authenticator]] = {sort: [] for sort in Authenticator.Type.values}
    for row in Authenticator.objects.filter(user=member):
        kept[row.type].append(row)
    codes = sum(len(row.wrap().get_unused_codes()) for row in kept[Authenticator.Type.RECOVERY_CODES])
    return Ways(len(kept[Authenticator.Type.WEBAUTHN]), bool(kept[Authenticator.Type.TOTP]), codes)


def recovery_codes_of(member: User) -> RecoveryCodes | None:
    """One query."""
    kept = Authenticator.objects.filter(user=member, type=Authenticator.Type.RECOVERY_CODES).first()
    return kept.wrap() if kept else None
