"""A member signs in with a passkey; what no browser says adds none and lets nobody in."""

import json
import re
from base64 import urlsafe_b64encode

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from debate.actions.voting import cast_vote
from debate.models import ClaimVote, User
from debate.ways import domain_of_passkeys, takes_passkeys
from tests.accounts.conftest import PASSWORD
from tests.accounts.keyring import ADD, FLAG, LOGIN, PRESENT, Passkey, add, browser, second_step, sign_in

pytestmark = pytest.mark.django_db


def coded(told: object) -> str:
    return urlsafe_b64encode(told if isinstance(told, bytes) else json.dumps(told).encode()).decode().rstrip("=")


@pytest.fixture
def sure_client(member_client) -> Client:
    """A member who has just given the password once more."""
    member_client.post("/accounts/reauthenticate/?next=/accounts/2fa/", {"password": PASSWORD})
    return member_client


def passkey_of(member: User, name: str = "Phone") -> Authenticator:
    """A row as allauth keeps it; what the browser said is of no matter where nobody signs in with it."""
    return Authenticator.objects.create(
        user=member, type="webauthn", data={"name": name, "credential": {"response": {}}}
    )


def asked_on(page: str) -> dict[str, object]:
    told = re.search(r'data-options="([^"]+)"', page)[1].replace("&quot;", '"')
    return dict(json.loads(told)["publicKey"])


# Where there can be passkeys, and whose they are.


@pytest.mark.parametrize(
    ("address", "site", "domain"),
    [
        ("localhost:8000", "", "localhost"),
        ("ten-years.example", "", "ten-years.example"),
        ("www.ten-years.example", "https://ten-years.example", "ten-years.example"),
        ("ten-years.example:8443", "https://ten-years.example/", "ten-years.example"),
        ("other.example", "https://ten-years.example", "other.example"),
        ("evilten-years.example", "https://ten-years.example", "evilten-years.example"),
        ("[::1]:8000", "", "::1"),
    ],
)
def test_a_passkey_belongs_to_the_sites_domain(settings, address, site, domain):
    settings.SITE_URL = site
    assert domain_of_passkeys(address) == domain


@pytest.mark.parametrize(("address", "takes"), [("localhost:1", True), ("127.0.0.1:1", False), ("[::1]:1", False)])
def test_a_number_is_no_name(address, takes):
    assert takes_passkeys(address) is takes


def test_opened_by_a_number_the_pages_offer_no_passkey(sure_client):
    for path in ("/accounts/2fa/", ADD):
        page = sure_client.get(path, HTTP_HOST="127.0.0.1").content.decode()
        assert "A passkey belongs to a site’s name" in page
        assert "data-passkey" not in page
    assert "data-passkey" not in Client().get("/accounts/login/", HTTP_HOST="127.0.0.1").content.decode()


def test_without_javascript_the_pages_say_what_to_do_instead(sure_client):
    page = sure_client.get(ADD).content.decode()
    assert '<noscript><p class="state">A passkey needs JavaScript. An app that makes codes does without.' in page
    assert 'href="/accounts/2fa/totp/activate/"' in page


# What is asked of the browser.


def test_a_new_passkey_is_asked_to_be_enough_by_itself(sure_client, member):
    asked = asked_on(sure_client.get(ADD).content.decode())
    assert (asked["rp"], asked["user"]["name"]) == ({"id": "testserver", "name": "Ten Years"}, member.email)
    assert asked["authenticatorSelection"] == {
        "residentKey": "required",
        "requireResidentKey": True,
        "userVerification": "required",
    }


def test_signing_in_asks_for_any_passkey_and_for_its_owner(reader_client):
    asked = reader_client.post(LOGIN).json()["publicKey"]
    assert (asked["rpId"], asked["userVerification"], asked.get("allowCredentials")) == ("testserver", "required", [])


def test_looking_at_the_page_to_sign_in_sets_no_cookie(reader_client):
    assert not reader_client.get("/accounts/login/").cookies
    assert reader_client.get(LOGIN).status_code == 405


def test_asking_too_often_is_put_off(settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": "1/m/ip"}
    client = Client(HTTP_SEC_FETCH_SITE="same-origin", REMOTE_ADDR="192.0.2.7")
    assert [client.post(LOGIN).status_code for _ in range(2)] == [200, 429]


# What no browser says.

KEY = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + b"x" * 32 + b"\x22\x58\x20" + b"y" * 32
HEAD = b"h" * 32 + b"\x45" + b"\0" * 4 + b"a" * 16 + b"\0\x04keys"


def attested(data: bytes) -> bytes:
    """An attestation object of no format, in CBOR, around these data."""
    return b"\xa3cfmtdnonegattStmt\xa0hauthData\x59" + len(data).to_bytes(2, "big") + data


HERE = {"challenge": "AAAA", "origin": "http://testserver"}


def registration(attestation: object) -> dict[str, object]:
    said = {"clientDataJSON": coded(HERE | {"type": "webauthn.create"}), "attestationObject": attestation}
    return {"id": "a2V5cw", "rawId": "a2V5cw", "type": "public-key", "response": said}


DUMMY = {"signature": "AAAA", "userHandle": "MQ"}


def assertion(**more: object) -> dict[str, object]:
    said = {"clientDataJSON": coded(HERE | {"type": "webauthn.get"}), "authenticatorData": coded(HEAD[:37])}
    return {"id": "a2V5cw", "rawId": "a2V5cw", "type": "public-key", "response": said | DUMMY | more}


JUNK = [
    *("", "null", "0", "[]", '"x"', "{}", "{", '{"response": null}', '{"response": []}', '{"response": "x"}'),
    *('{"id": 1, "rawId": 2, "type": 3, "response": {}}', "[" * 5_000, '{"a":' * 3_000, "9" * 5_000, "x" * 40_000),
    *('{"type": "x", "rawId": "é", "response": {"clientDataJSON": "é"}}', '{"rawId": "AAA"}', "NaN", "\\u0000", "\0"),
]
REGISTRATIONS = [
    *(coded(b""), coded(b"\x81" * 20_000), coded(b"\xa1"), coded(b"\x9f"), coded(b"\xff" * 50), "*", "A", None, 7, {}),
    *(coded(attested(data)) for data in (b"", b"x", HEAD, HEAD + b"\xa0", HEAD + b"\xff", HEAD + KEY[:40])),
    *(coded(attested(HEAD + end)) for end in (KEY, b"\x81" * 900)),
    coded(b"\xa3cfmtcoldgattStmt\xa0hauthData\x40"),
]


def statuses(client: Client, address: str, junk: list[str]) -> dict[str, int]:
    """What comes back for each, but for those that are refused as they should be."""
    answers = {said[:80]: client.post(address, {"name": "Phone", "credential": said}).status_code for said in junk}
    return {said: status for said, status in answers.items() if status != 422}


def test_what_no_browser_says_adds_nothing(sure_client):
    page = sure_client.post(ADD, {"name": "Phone", "credential": "{}"}).content.decode()
    assert "That was no passkey of this account." in page
    assert statuses(sure_client, ADD, JUNK + [json.dumps(registration(each)) for each in REGISTRATIONS]) == {}
    assert not Authenticator.objects.exists()


HANDLES = ["", "*", "A", *map(coded, (b"\xff", b"z" * 24, b"-1", b"1 1")), 1, None, {}, "MQ"]
ASSERTIONS = [
    *(assertion(userHandle=handle) for handle in HANDLES),
    *(assertion(authenticatorData=coded(data)) for data in (b"", b"x", HEAD, HEAD + b"\x81" * 900)),
    *(
        assertion(clientDataJSON=coded(data))
        for data in ([], "x", {}, b"\xff", {"type": 1, "challenge": 1, "origin": 1})
    ),
    assertion(clientDataJSON=coded(b"[" * 5_000)),
    {**assertion(), "rawId": "other"},
]


def test_what_no_browser_says_lets_nobody_in(reader_client, member, settings):
    settings.MFA_RATE_LIMITS = {"webauthn_login": None}
    passkey_of(member)
    reader_client.post(LOGIN)
    assert "This passkey does not fit" in reader_client.post(LOGIN, {"credential": "{}"}).content.decode()
    assert statuses(reader_client, LOGIN, JUNK + [json.dumps(each) for each in ASSERTIONS]) == {}
    assert "_auth_user_id" not in reader_client.session


def test_neither_does_it_as_a_second_step(reader_client, member):
    Authenticator.objects.create(user=member, type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    reader_client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    junk = ["{", "[" * 5_000, json.dumps(assertion()), json.dumps(assertion(userHandle={}))]
    assert statuses(reader_client, "/accounts/2fa/authenticate/", junk) == {}
    assert "_auth_user_id" not in reader_client.session


def test_nothing_at_all_lets_nobody_in(reader_client, member):
    passkey_of(member)
    assert reader_client.post(LOGIN, {"credential": json.dumps(assertion())}).status_code == 422


# Signing in with one.


@pytest.fixture
def passkey(member) -> Passkey:
    """One that the member has added already."""
    passkey, client = Passkey(), browser()
    client.force_login(member)
    assert add(client, passkey).status_code == 302
    passkey.member = member
    return passkey


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def by_password(client: Client, member: User):
    return client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})


def test_one_is_added_with_recovery_codes_and_a_name(member):
    client = browser()
    client.force_login(member)
    answer = add(client, Passkey(), name="x" * 200)
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    kept = Authenticator.objects.get(user=member, type="webauthn")
    assert (kept.wrap().name, kept.wrap().is_passwordless) == ("x" * 60, True)


@pytest.mark.parametrize("typed", ["", " ", "\x1b"])
def test_one_without_a_name_gets_one(member, typed):
    client = browser()
    client.force_login(member)
    add(client, Passkey(), name=typed)
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Passkey"


def test_it_is_enough_by_itself_and_leads_to_where_it_was_asked_for(member, passkey):
    client = browser()
    assert sign_in(client, passkey, next="/claims/")["Location"] == "/claims/"
    assert client.session["_auth_user_id"] == str(member.pk)


def test_it_leads_to_no_other_site(passkey):
    assert sign_in(browser(), passkey, next="https://evil.example/")["Location"] == "/"


def test_what_it_signed_works_once(passkey):
    client = browser()
    said = passkey.get(client.post(LOGIN).json())
    for other in (browser(), client):
        assert (other.post(LOGIN, {"credential": said}).status_code == 302) == (other is client)
    client.post("/accounts/logout/")
    assert client.post(LOGIN, {"credential": said}).status_code == 422


def test_another_site_gets_nobody_in(passkey):
    client, passkey.origin = browser(), "https://evil.example"
    assert sign_in(client, passkey).status_code == 422
    assert not is_in(client)


def test_without_its_owner_it_is_not_enough(passkey):
    client = browser()
    said = passkey.get(client.post(LOGIN).json(), flags=FLAG.UP)
    assert client.post(LOGIN, {"credential": said}).status_code == 422
    assert not is_in(client)


def test_one_made_without_its_owner_is_not_added(sure_client):
    options = json.loads(sure_client.get(ADD, HTTP_HOST="localhost").context["options"])
    told = {"name": "Phone", "credential": Passkey().create(options, flags=FLAG.UP)}
    assert sure_client.post(ADD, told, HTTP_HOST="localhost").status_code == 422
    assert PRESENT & FLAG.UV


def test_a_key_of_nobody_lets_nobody_in(member, passkey):
    other = Passkey()
    other.owner = passkey.owner
    assert sign_in(browser(), other).status_code == 422


def test_that_of_a_closed_account_lets_nobody_in(member, passkey):
    User.objects.filter(pk=member.pk).update(is_active=False)
    client = browser()
    assert sign_in(client, passkey)["Location"] == "/accounts/inactive/"
    assert not is_in(client)


def test_after_a_password_it_is_the_second_step(member, passkey):
    client = browser()
    assert by_password(client, member)["Location"] == "/accounts/2fa/authenticate/"
    assert not is_in(client)
    second_step(client, passkey)
    assert is_in(client)


def test_anothers_is_no_second_step(member, passkey, guest):
    other, client = Passkey(), browser()
    other.id = b"one of somebody "
    by_password(client, member)
    assert second_step(client, other).status_code == 422
    assert not is_in(client)


@pytest.mark.parametrize("asks", [True, False])
def test_what_a_guest_gave_comes_along_once(guest_client, guest, claims, passkey, asks):
    """By the passkey alone, and by it as the second step."""
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    guest_client.defaults["HTTP_HOST"] = "localhost"
    if asks:
        by_password(guest_client, passkey.member)
        assert ClaimVote.objects.get().user == guest
    answer = second_step(guest_client, passkey) if asks else sign_in(guest_client, passkey)
    page = guest_client.get(answer["Location"]).content.decode()
    assert page.count("1 answer you gave on this device came along") == 1
    assert (ClaimVote.objects.get().user, answer.cookies["reader"]["max-age"]) == (passkey.member, 0)


# Keeping them.


def test_they_are_listed_by_name(member_client, member):
    passkey_of(member, "Phone & <laptop>")
    page = member_client.get("/accounts/2fa/").content.decode()
    assert "Phone &amp; &lt;laptop&gt;" in page
    assert "Add another passkey" in page


@pytest.mark.parametrize(("typed", "kept"), [("  Old   phone ", "Old phone"), ("Ключ 🔑", "Ключ 🔑")])
def test_one_is_renamed(sure_client, member, typed, kept):
    passkey = passkey_of(member)
    answer = sure_client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/edit/", {"name": typed})
    passkey.refresh_from_db()
    assert (answer["Location"], passkey.data["name"]) == ("/accounts/2fa/", kept)


@pytest.mark.parametrize("typed", ["", "   ", "x" * 61, "a\x00b", "a\x1bb", "\ufffd"])
def test_a_name_that_does_not_do_is_refused(sure_client, member, typed):
    passkey = passkey_of(member)
    answer = sure_client.post(f"/accounts/2fa/webauthn/keys/{passkey.pk}/edit/", {"name": typed})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"name"})


def test_one_is_removed_after_asking(sure_client, member):
    passkey = passkey_of(member)
    address = f"/accounts/2fa/webauthn/keys/{passkey.pk}/remove/"
    assert "<strong>Phone</strong>" in sure_client.get(address).content.decode()
    assert sure_client.post(address)["Location"] == "/accounts/2fa/"
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("act", ["edit", "remove"])
def test_nobody_reaches_anothers(sure_client, guest, act):
    other = passkey_of(User.objects.create_user("other"))
    for pk in (other.pk, 10**30):
        for answer in (sure_client.get, sure_client.post):
            assert answer(f"/accounts/2fa/webauthn/keys/{pk}/{act}/", {"name": "Mine"}).status_code == 404


def test_a_passkey_alone_asks_for_a_second_step_too(reader_client, member):
    """As the page says where it is added; the page to show it needs its public key, so this one has none."""
    passkey_of(member)
    answer = reader_client.post("/accounts/login/", {"login": member.email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"


def test_the_curation_room_shows_no_secret(curator_client, member):
    passkey_of(member)
    assert curator_client.get("/admin/mfa/authenticator/").status_code == 404
    assert "authenticator" not in curator_client.get("/admin/").content.decode().lower()
