"""A guest is made by a first vote; so many per address and hour."""

import hashlib
import hmac
import time

from django.conf import settings
from django.core.cache import cache

from debate.actions.writing import writing
from debate.models import User

HOUR = 3600


class TooManyGuests(Exception):
    """This address has made as many guests this hour as it may; `retry_after` is when it may again, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def address_key(address: str) -> str:
    """The address as the cache keeps it: keyed with the site's secret, so that it cannot be read back."""
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    return f"guests:{digest[:32]}"


def make_guest(*, address: str) -> User:
    """A new guest for a reader at this network address. Raises TooManyGuests over the hourly allowance."""
    hour, past = divmod(int(time.time()), HOUR)
    key = f"{address_key(address)}:{hour}"
    with writing():
        cache.add(key, 0, HOUR)
        made = cache.incr(key)
        cache.touch(key, HOUR)  # the database's cache gives a counted key its default life anew
        if made > settings.GUESTS_PER_HOUR:
            raise TooManyGuests(HOUR - past)
        return User.objects.create_guest()
