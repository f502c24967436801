"""A member asks to be on the leaderboard, or no longer to be."""

from debate.actions.writing import writing
from debate.models import ForecasterRecord, Listing, User


class NoMember(ValueError):
    """Guests are not listed: one costs nothing to make."""


def list_forecaster(*, reader: User, listed: bool) -> None:
    """Put a member on the leaderboard or take them off it; asking again changes nothing. Raises NoMember for a guest.

    The reader is locked before the record, as whoever counts records does.
    """
    with writing():
        member = User.objects.select_for_update().get(pk=reader.pk)
        if member.is_guest:
            raise NoMember
        member.ranked = listed
        member.save(update_fields=["ranked"])
        for record in ForecasterRecord.objects.of(member):
            record.listing = Listing.of(record.predictions, listed=listed)
            record.save(update_fields=["listing"])
