"""One place for a member's account: the name, the ways to sign in, what others see, and signing out elsewhere."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from debate.actions.auditing.readers import names_that_are_not_plain
from debate.actions.membership import rename
from debate.models import User
from tests.accounts.conftest import PASSWORD
from tests.conftest import SAME_ORIGIN

pytestmark = pytest.mark.django_db
HERE = "/accounts/"


def page(client: Client) -> str:
    return client.get(HERE).content.decode()


def name_of(member: User) -> str:
    return User.objects.get(pk=member.pk).display_name


def signed_in(member: User) -> Client:
    client = Client(**SAME_ORIGIN)
    client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    return client


# The page.


def test_it_leads_to_everything_about_the_account(member_client, member):
    html = page(member_client)
    assert member.email in html
    for name in ("account_email", "account_change_password", "mfa_index"):
        assert f'href="{reverse(name)}"' in html


def test_it_says_what_others_see(member_client):
    html = page(member_client)
    assert "Whose they are is shown to nobody: no reader, and no curator." in html


def test_nobody_else_reads_it(client, guest_client):
    for somebody in (client, guest_client):
        assert somebody.get(HERE)["Location"] == "/accounts/login/?next=/accounts/"
        assert somebody.post(HERE, {"display_name": "Ada"})["Location"] == "/accounts/login/?next=/accounts/"


def test_no_cache_keeps_it(member_client):
    assert "no-store" in member_client.get(HERE)["Cache-Control"]


def test_it_tells_how_one_signs_in(member_client, member):
    assert "nothing yet: whoever gets hold of the password is in" in page(member_client)
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(member).validate_code(RecoveryCodes.activate(member).generate_codes()[0])
    assert "an app that makes codes, 9 recovery codes" in page(member_client)
    for name in ("Phone", "Laptop"):
        Authenticator.objects.create(user=member, type="webauthn", data={"name": name})
    assert "2 passkeys, an app that makes codes" in page(member_client)


def test_the_head_of_every_page_leads_to_ones_record_by_name_and_that_leads_there(member_client, member):
    rename(member=member, name="Ada")
    assert '<a href="/you/">Ada</a>' in member_client.get("/about/").content.decode()
    assert 'href="/accounts/"' in member_client.get("/you/").content.decode()


def test_it_asks_few_questions(member_client, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page(member_client)


# The name.


def test_a_name_is_given_changed_and_taken_back(member_client, member):
    for typed, kept in (("  Ada  Lovelace ", "Ada Lovelace"), ("Ада 🧮", "Ада 🧮"), ("", "")):
        assert member_client.post(HERE, {"display_name": typed})["Location"] == HERE
        assert name_of(member) == kept


def test_two_may_have_one_name(member_client, member):
    User.objects.create_user("other", display_name="Ada")
    member_client.post(HERE, {"display_name": "Ada"})
    assert name_of(member) == "Ada"


@pytest.mark.parametrize("typed", ["x" * 81, "Ada\u202eecalevoL", "a\x00b", "\u200b", "a" + "\u0316" * 9, "\ufffd"])
def test_a_name_that_does_not_do_is_refused_and_said_beside_the_field(member_client, member, typed):
    answer = member_client.post(HERE, {"display_name": typed})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"display_name"})
    assert name_of(member) == ""


def test_one_name_at_a_time(member_client, member):
    assert member_client.post(HERE, {"display_name": ["Ada", "Grace"]}).status_code == 422
    assert name_of(member) == ""


def test_a_name_is_told_as_text(member_client):
    member_client.post(HERE, {"display_name": "<b>Ada</b> & co"})
    html = page(member_client)
    assert "You are called &lt;b&gt;Ada&lt;/b&gt; &amp; co now." in html
    assert "<b>Ada" not in html


def test_another_site_gives_nobody_a_name(member_client, member):
    assert member_client.post(HERE, {"display_name": "Ada"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert name_of(member) == ""


def test_the_audit_finds_a_name_that_hides_something(member):
    User.objects.filter(pk=member.pk).update(display_name="Ada")
    assert list(names_that_are_not_plain()) == []
    for name in ("Ada\u202e", " Ada"):
        User.objects.filter(pk=member.pk).update(display_name=name)
        assert list(names_that_are_not_plain()) == [member]


# Signing out elsewhere.


def test_signing_out_elsewhere_leaves_one_in_here(member):
    here, elsewhere = signed_in(member), signed_in(member)
    assert here.post("/accounts/elsewhere/")["Location"] == HERE
    assert "You are signed out everywhere but here." in page(here)
    assert elsewhere.get(HERE).status_code == 302
    assert signed_in(member).get(HERE).status_code == 200


def test_it_works_again_and_again(member):
    here = signed_in(member)
    for _time in range(3):
        elsewhere = signed_in(member)
        here.post("/accounts/elsewhere/")
        assert (here.get(HERE).status_code, elsewhere.get(HERE).status_code) == (200, 302)


def test_it_is_a_post_of_a_member(member_client, client):
    assert member_client.get("/accounts/elsewhere/").status_code == 405
    assert client.post("/accounts/elsewhere/").status_code in {302, 403}


# Locked out.


def test_one_who_has_lost_everything_is_let_in_again(member):
    TOTP.activate(member, "JBSWY3DPEHPK3PXP")
    RecoveryCodes.activate(member)
    said = StringIO()
    call_command("forget_ways", member.email.upper(), stdout=said)
    assert said.getvalue() == f"2 ways to sign in are forgotten, and {member.email} is signed out everywhere.\n"
    assert signed_in(member).get(HERE).status_code == 200


def test_nobody_is_no_member(db):
    with pytest.raises(CommandError, match="Nobody signs in"):
        call_command("forget_ways", "nobody@example.org")
