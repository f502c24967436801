"""A page that is shared says what it is called and what stands on it, and nothing that readers think."""

import re
from html import unescape

import pytest

from tests.factories import ClaimFactory, MotionFactory, PredictionFactory

pytestmark = pytest.mark.django_db
META = re.compile(r'<meta (?:name|property)="([\w:]+)" content="([^"]*)">')


def told(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    html = answer.content.decode()
    return {name: unescape(content) for name, content in META.findall(html)}, html


@pytest.fixture
def motion(db):
    return MotionFactory(featured=True)


@pytest.mark.parametrize(("address", "status"), [("/", 200), ("/claims/", 200), ("/about/", 200), ("/no/page/", 404)])
def test_a_preview_says_what_the_head_of_the_page_says(client, motion, address, status):
    metas, html = told(client, address, status)
    title = unescape(re.search(r"<title>([^<]*)</title>", html)[1])
    assert f"{metas['og:title']} · {metas['og:site_name']}" == title
    assert metas["og:description"] == metas["description"] != ""
    assert metas["og:type"] == "website"


def test_quotes_and_signs_in_a_sentence_come_over_whole(client, motion):
    claim = ClaimFactory(motion=motion, text='It is "so" & <b>so</b>.')
    metas, html = told(client, claim.get_absolute_url())
    assert metas["og:title"] == claim.text
    assert "<b>so</b>" not in html


def test_no_picture_is_offered(client, motion):
    metas, _html = told(client, PredictionFactory(motion=motion).get_absolute_url())
    assert sorted(name for name in metas if name.startswith("og:")) == [
        *("og:description", "og:site_name", "og:title", "og:type"),
    ]
