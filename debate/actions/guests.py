"""A guest is made by a first vote; so many per address and hour."""

import hashlib
import hmac

from django.conf import settings
from django.core.cache import cache

from debate.actions.writing import writing
from debate.models import User

HOUR = 3600


class TooManyGuests(Exception):
    """This address has made as many guests this hour as it may."""


def address_key(address: str) -> str:
    """The address as the cache keeps it: keyed with the site's secret, so that it cannot be read back."""
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    return f"guests:{digest[:32]}"


def make_guest(*, address: str) -> User:
    """A new guest for a reader at this network address. Raises TooManyGuests over the hourly allowance."""
    key = address_key(address)
    with writing():
        cache.add(key, 0, HOUR)
        if cache.incr(key) > settings.GUESTS_PER_HOUR:
            raise TooManyGuests
        return User.objects.create_guest()
