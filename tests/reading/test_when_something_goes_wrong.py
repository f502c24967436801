"""A reader meets an error and is told what happened and where to go."""

from pathlib import Path

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.translation import gettext_lazy

from debate import access
from debate.middleware import Reader
from debate.views import errors

pytestmark = pytest.mark.django_db


@pytest.fixture
def request_(rf: RequestFactory) -> HttpRequest:
    return rf.get("/somewhere/")


def test_an_unknown_address_says_that_nothing_is_there(client: Client) -> None:
    answer = client.get("/nothing-here/")
    assert answer.status_code == 404
    assert "There is nothing at this address." in answer.content.decode()


@pytest.mark.parametrize("address", ["/essays/none/", "/authors/none/", "/motions/none/"])
def test_an_unknown_name_says_so(client: Client, address: str) -> None:
    assert "Nothing of that name is here." in client.get(address).content.decode()


def test_an_error_page_leads_on(client: Client) -> None:
    assert 'href="/claims/"' in client.get("/nothing-here/").content.decode()


def test_a_bad_request_says_what_was_wrong(request_: HttpRequest) -> None:
    page = errors.bad_request(request_, BadRequest(gettext_lazy("That is no probability.")))
    assert "That is no probability." in page.content.decode()


def test_what_the_framework_finds_suspicious_is_not_told(request_: HttpRequest) -> None:
    page = errors.bad_request(request_, SuspiciousOperation("the inner works"))
    assert "the inner works" not in page.content.decode()


def test_the_paths_that_were_tried_are_not_told(request_: HttpRequest) -> None:
    page = errors.not_found(request_, Http404({"tried": [], "path": "the inner works"}))
    assert "the inner works" not in page.content.decode()


def test_what_is_not_allowed_says_why(request_: HttpRequest) -> None:
    page = errors.forbidden(request_, PermissionDenied("This came from another site."))
    assert page.status_code == 403
    assert "This came from another site." in page.content.decode()


def test_a_reader_who_is_too_fast_is_told_to_wait(request_: HttpRequest) -> None:
    reader = Reader(lambda _request: HttpResponse())
    page = reader.process_exception(request_, access.TooMany("Wait a little.", 60))
    assert page is not None
    assert "Wait a little." in page.content.decode()


def test_a_failure_is_told_without_the_database(
    request_: HttpRequest, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        page = errors.server_error(request_)
    assert page.status_code == 500
    assert "Something broke on our side." in page.content.decode()


def test_too_large_a_body_is_refused_and_told(client: Client) -> None:
    answer = client.post(
        "/about/", b"x" * 600_000, content_type="text/plain", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 413
    assert "That is too much at once." in answer.content.decode()


def test_a_post_of_unknown_origin_is_asked_about() -> None:
    client, form = Client(enforce_csrf_checks=True), "application/x-www-form-urlencoded"
    answer = client.post("/about/", "value=agree", content_type=form)
    assert "Did you mean to send this?" in answer.content.decode()
    assert '<input type="hidden" name="value" value="agree">' in answer.content.decode()


def test_the_question_carries_the_only_token_outside_the_room(settings: pytest.FixtureRequest) -> None:
    folder = Path(settings.BASE_DIR, "templates")  # type: ignore[attr-defined]
    templates = [path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in ("admin", "desk")]
    assert [path.name for path in templates if "csrf_token" in path.read_text()] == ["confirm.html"]
