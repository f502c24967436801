"""A guest's vote arrives after they have signed in elsewhere: it is refused kindly."""

import pytest

from debate.models import ClaimVote, User
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_a_vote_of_a_guest_who_is_no_more_is_told_and_not_stored(reader_client, monkeypatch):
    claim = make.motion_with_claims(1).claims.get()
    gone = make.GuestFactory()
    User.objects.filter(pk=gone.pk).delete()
    monkeypatch.setattr("debate.middleware.reader_behind", lambda request: gone)
    answer = reader_client.post(f"/claims/{claim.slug}/vote/", {"value": "agree"})
    assert answer.status_code == 409
    assert b"Please say it again" in answer.content
    assert not ClaimVote.objects.exists()
