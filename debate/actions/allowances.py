"""How often something may be done from one network address within an hour: counted in the cache that all share."""

import hashlib
import hmac
import time

from django.conf import settings
from django.core.cache import cache

HOUR = 3600


class Spent(Exception):
    """This address has done it as often this hour as it may; `retry_after` is when it may again, in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__()
        self.retry_after = retry_after


def address_key(what: str, address: str) -> str:
    """The address as the cache keeps it: keyed with the site's secret, so that it cannot be read back."""
    digest = hmac.new(settings.SECRET_KEY.encode(), address.encode(), hashlib.sha256).hexdigest()
    return f"{what}:{digest[:32]}"


def spend(*, what: str, address: str, most: int) -> None:
    """Count one more; in the transaction of what is done. Raises Spent over the hourly allowance."""
    hour, past = divmod(int(time.time()), HOUR)
    key = f"{address_key(what, address)}:{hour}"
    cache.add(key, 0, HOUR)
    made = cache.incr(key)
    cache.touch(key, HOUR)  # the database's cache gives a counted key its default life anew
    if made > most:
        raise Spent(HOUR - past)
