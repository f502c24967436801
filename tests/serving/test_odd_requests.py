"""Requests that no browser of a reader sends get a clear page, and change nothing for anybody else."""

import pytest

from debate.models import Claim, Tag, TagVote, User
from debate.wsgi import in_utf_8

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("charset", ["utf-7", "latin-1", "unicode_escape"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_charset_is_refused(corpus, client, method, charset):
    address = "/claims/?q=machine" if method == "get" else "/accounts/login/"
    answer = getattr(client, method)(address, headers={"content-type": f"text/html; charset={charset}"})
    assert answer.status_code == 400
    assert answer.content.count(b"<h1") == 1


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "idna", " 'UTF-7' "])
def test_a_charset_that_django_would_fail_at_is_taken_off_and_marked(charset):
    told = in_utf_8({"CONTENT_TYPE": f"text/html; charset={charset}; boundary=x"})
    assert told == {"CONTENT_TYPE": "text/html; boundary=x", "debate.unreadable": True}


@pytest.mark.parametrize("told", ["", "text/html", "text/html; charset=utf-8", 'text/html;charset="UTF-8"'])
def test_utf_8_is_left_as_it_is(told):
    assert in_utf_8({"CONTENT_TYPE": told}) == {"CONTENT_TYPE": told}


def test_a_marked_request_is_refused(corpus, client):
    assert client.get("/claims/", **{"debate.unreadable": True}).status_code == 400


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_utf_8_may_be_said(corpus, client, charset):
    answer = client.get("/claims/?q=machine", headers={"content-type": f"text/html; charset={charset}"})
    assert answer.status_code == 200


def test_a_cookie_with_a_nul_is_refused(corpus, client):
    assert client.get("/", headers={"cookie": 'sessionid="\\000aaaaaaaaaaaa"'}).status_code == 400


@pytest.mark.parametrize("method", ["put", "delete", "options"])
def test_a_method_that_an_address_does_not_take_gets_a_page_that_says_so(corpus, client, method):
    answer = getattr(client, method)("/claims/", headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]
    assert answer.content.count(b"<h1") == 1


def test_a_refused_post_carries_the_strict_policy_too(corpus, client):
    answer = client.post("/accounts/login/", headers={"sec-fetch-site": "cross-site"})
    assert answer.status_code == 403
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["X-Frame-Options"] == "DENY"


def test_a_compressed_page_keeps_its_etag(corpus, client, settings):
    settings.PAGE_CACHE = False
    etags = {client.get("/claims/", headers={"accept-encoding": "gzip"})["ETag"] for _time in range(3)}
    assert len(etags) == 1


def test_a_tag_is_known_by_the_name_that_the_page_offers(corpus, reader_client):
    tag = Tag.objects.get(name="Demand for engineers")
    claim = Claim.objects.visible().exclude(tag_uses__tag=tag).first()
    count = Tag.objects.count()
    reader_client.post(f"/claims/{claim.slug}/tags/", {"name": "demand for ENGINEERS"})
    assert TagVote.objects.get().tag == tag
    assert Tag.objects.count() == count


def test_a_name_of_many_signs_is_refused_and_makes_nobody(corpus, reader_client):
    claim = Claim.objects.visible().first()
    assert reader_client.post(f"/claims/{claim.slug}/tags/", {"name": "#" * 40}).status_code == 422
    assert not User.objects.exists()
