"""A curator looks at Markdown before saving it."""

import pytest

from debate.models import Edition
from tests import factories as make
from tests.curating.forms import page

pytestmark = pytest.mark.django_db


def test_it_shows_what_readers_would_see(room):
    shown = room.post(page("claim", "preview"), {"text": "It is *so*."}).content.decode()
    assert "<p>It is <em>so</em>.</p>" in shown


def test_no_script_survives(room):
    shown = room.post(page("claim", "preview"), {"text": "<script>alert(1)</script><p onclick='x()'>Hi</p>"})
    assert b"script" not in shown.content
    assert b"onclick" not in shown.content


def test_a_summary_tells_which_claims_stand_in_the_margin(room):
    shown = room.post(page("essay", "preview"), {"text": "It says so. [[it-is-so]]"}).content.decode()
    assert "In the margin: it-is-so" in " ".join(shown.split())
    assert "[[" not in shown


def test_an_empty_text_says_that_there_is_nothing(room):
    assert "nothing to show" in room.post(page("claim", "preview"), {"text": " "}).content.decode()


def test_looking_writes_nothing(room):
    before = Edition.now()
    room.post(page("claim", "preview"), {"text": "x"})
    assert Edition.now() == before


def test_it_is_not_got(room):
    assert room.get(page("claim", "preview")).status_code == 405


def test_another_site_cannot_ask(room):
    response = room.post(page("claim", "preview"), {"text": "x"}, HTTP_SEC_FETCH_SITE="cross-site")
    assert response.status_code == 403


def test_a_member_cannot_ask(member_client):
    assert member_client.post(page("claim", "preview"), {"text": "x"}).status_code == 403


def test_staff_without_the_right_cannot_ask(client):
    client.force_login(make.MemberFactory(is_staff=True))
    assert client.post(page("claim", "preview"), {"text": "x"}, HTTP_SEC_FETCH_SITE="same-origin").status_code == 403
