"""A guest is made by a first vote; so many per address and hour."""

from django.conf import settings

from debate.actions.allowances import spend
from debate.actions.writing import writing
from debate.models import User


def make_guest(*, address: str) -> User:
    """A new guest for a reader at this network address. Raises Spent over the hourly allowance."""
    with writing():
        spend(what="guests", address=address, most=settings.GUESTS_PER_HOUR)
        return User.objects.create_guest()
