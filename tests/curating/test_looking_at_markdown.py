"""A curator looks at Markdown before saving it."""

import pytest

from debate.models import Author, Edition, Essay, Motion, Prediction
from tests import factories as make
from tests.curating.forms import errors_of, page, send

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


def test_it_says_what_it_will_not_render(room):
    assert "too many signs of markup" in room.post(page("claim", "preview"), {"text": "[" * 301}).content.decode()


TEXTS = {"motion": (Motion, "context"), "author": (Author, "about"), "prediction": (Prediction, "criteria")}


@pytest.mark.parametrize("noun", TEXTS)
def test_it_cannot_be_saved_either_and_nothing_is_lost(room, noun):
    make.PredictionFactory(essay=make.EssayFactory(authors=[make.AuthorFactory()]))
    model, name = TEXTS[noun]
    row, text = model.objects.first(), "[" * 301
    refused = send(room, page(noun, "change", row.pk), **{name: text})
    assert "300 of each" in errors_of(refused)
    assert refused.context["adminform"].form[name].value() == text


def test_a_summary_that_is_too_long_is_refused(room):
    essay = make.EssayFactory()
    refused = send(room, page("essay", "change", essay.pk), summary="It is so.\n\n" * 1_000)
    assert "it may have 10,000 characters" in errors_of(refused)
    assert Essay.objects.get(pk=essay.pk).summary == essay.summary
