"""Anybody reads what curators did: what, when and why, and nothing of who they are or of drafts."""

from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from debate.actions.moderation_log import note
from debate.models import Edition, ModerationEntry
from tests import factories as make

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def told(client, address="/log/"):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def entries(client, address="/feeds/log.atom"):
    return ET.fromstring(told(client, address)).findall("a:entry", ATOM)  # noqa: S314 our own feed


@pytest.fixture
def claim():
    return make.ClaimFactory(text="Roles come & go.")


def test_it_says_what_was_done_when_and_why_and_not_by_whom(client, claim):
    curator = make.CuratorFactory(display_name="Carla Curator")
    entry = note(by=curator, verb="corrected", row=claim, reason="It was <too> strong.")
    page, (item,) = told(client), entries(client)
    for shown in (page, ET.tostring(item, "unicode")):
        assert "Roles come &amp; go." in shown
        assert "Corrected" in shown
        assert f"{entry.at:%Y-%m-%dT%H:%M}" in shown
        assert not any(secret in shown for secret in ("Carla", curator.username, curator.email))
    assert "It was &lt;too&gt; strong." in page
    assert f'href="{claim.get_absolute_url()}"' in page


def test_of_a_draft_it_names_the_sort_alone(client):
    draft = make.ClaimFactory(text="Nobody knows this yet.", slug="secret-slug", status="draft")
    note(by=None, verb="restored", row=draft, public=False)
    for shown in (told(client), told(client, "/feeds/log.atom")):
        assert "ut back to an earlier version" in shown
        assert "Nobody knows" not in shown
        assert "secret-slug" not in shown


def test_what_was_taken_out_of_sight_is_named_and_leads_nowhere(client, claim):
    note(by=None, verb="hidden", row=claim)
    assert claim.text.replace("&", "&amp;") in told(client)
    assert claim.get_absolute_url() not in told(client)


def test_what_was_published_and_is_a_draft_again_has_no_name_in_older_lines(client):
    essay = make.EssayFactory(title="Only for a day", slug="only-for-a-day")
    claim = make.PassageFactory(
        stance__essay=essay, stance__claim__slug="shown-by-it", stance__claim__origin="essay"
    ).stance.claim
    prediction = make.PredictionFactory(essay=essay, motion=essay.motion)
    for row in (essay, claim, prediction):
        note(by=None, verb="published", row=row)
    names = (essay.title, essay.slug, claim.text, claim.slug, prediction.statement, prediction.slug)
    for address in ("/log/", "/feeds/log.atom"):
        assert [name for name in names if name not in told(client, address)] == []
    essay.status = "draft"
    essay.save()
    for address in ("/log/", "/feeds/log.atom"):
        assert [name for name in names if name in told(client, address)] == []
        assert "ublished" in told(client, address)


def test_it_can_be_narrowed_to_what_was_done(client, claim):
    note(by=None, verb="merged", row=claim, reason="One and the same.")
    note(by=None, verb="published", row=claim, reason="At last.")
    shown = told(client, "/log/?verb=merged")
    assert "One and the same." in shown
    assert "At last." not in shown
    assert "?verb=published" in shown
    assert "?verb=resolved" not in shown  # nothing was
    assert len(entries(client, "/feeds/log.atom?verb=merged")) == 1


def test_a_page_goes_on_where_the_one_before_ended(client, django_assert_num_queries):
    row = {"verb": "corrected", "noun": "claim"}
    ModerationEntry.objects.bulk_create(ModerationEntry(label=f"number {n}.", **row) for n in range(21))
    first = told(client)
    assert "number 20." in first
    assert "number 0." not in first
    token = first.split('href="?page=')[1].split('"')[0]
    assert "number 0." in told(client, f"/log/?page={token}")
    assert client.get(f"/log/?verb=corrected&page={token}").status_code == 400
    with django_assert_num_queries(3):  # the edition, the verbs there are, and the entries
        told(client)


@pytest.mark.parametrize("address", ["/log/?verb=admired", "/log/?page=x", "/log/?by=carla", "/feeds/log.atom?page=1"])
def test_what_cannot_be_asked_is_refused(client, address):
    assert client.get(address).status_code == 400


def test_a_kept_page_tells_of_a_new_entry_at_once(client, claim, settings):
    settings.PAGE_CACHE = True
    Edition.advance()
    before = client.get("/log/")
    assert before["Cache-Control"].startswith("public")
    note(by=None, verb="published", row=claim)
    assert b"Roles come" in Client().get("/log/", HTTP_IF_NONE_MATCH=before["ETag"]).content


def test_an_empty_log_and_its_feed_stay_the_same(client):
    assert "Nothing has been published" in told(client)
    assert told(client, "/feeds/log.atom") == told(client, "/feeds/log.atom")


def test_foot_and_about_lead_there(client):
    assert told(client, "/about/").count('href="/log/"') == 3
