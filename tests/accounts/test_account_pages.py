"""Every account page answers, and is kept by no cache. How it is made is looked at in tests/pages."""

import pytest

pytestmark = pytest.mark.django_db
FOR_ANYBODY = ["signup/", "login/", "inactive/"]
BY_LETTER = ["password/reset/", "password/reset/done/", "password/reset/key/1-x/", "password/reset/key/done/"]
BY_LETTER += ["confirm-email/", "confirm-email/x/"]
FOR_MEMBERS = ["logout/", "email/", "password/change/", "reauthenticate/"]
PAGES = [(path, "reader_client") for path in FOR_ANYBODY + BY_LETTER] + [
    (path, "member_client") for path in FOR_MEMBERS
]


@pytest.fixture(params=PAGES, ids=[path for path, _who in PAGES])
def response(request, settings):
    settings.SENDS_MAIL = True
    path, who = request.param
    return request.getfixturevalue(who).get(f"/accounts/{path}")


def test_it_answers(response):
    assert response.status_code == 200


def test_no_cache_keeps_it(response):
    assert "no-store" in response["Cache-Control"]


def test_it_sets_no_cookie(response):
    assert not response.cookies


@pytest.mark.parametrize("path", FOR_MEMBERS[1:])
def test_whoever_is_not_signed_in_is_asked_to(reader_client, path):
    assert reader_client.get(f"/accounts/{path}")["Location"] == f"/accounts/login/?next=/accounts/{path}"


@pytest.mark.parametrize(
    ("path", "name", "told"),
    [
        ("signup/", "email", "email"),
        ("signup/", "password1", "new-password"),
        ("signup/", "password2", "new-password"),
        ("login/", "login", "username"),
        ("login/", "password", "current-password"),
    ],
)
def test_fields_say_what_they_are_for(reader_client, path, name, told):
    form = reader_client.get(f"/accounts/{path}").context["form"]
    assert form.fields[name].widget.attrs["autocomplete"] == told


def test_accounts_leads_to_signing_in(reader_client):
    assert reader_client.get("/accounts/")["Location"] == "/accounts/login/?next=/accounts/"


def test_the_pages_cost_a_fixed_number_of_queries(member_client, django_assert_max_num_queries):
    for path in FOR_MEMBERS:
        with django_assert_max_num_queries(12):
            member_client.get(f"/accounts/{path}")
