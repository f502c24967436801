"""Whoever runs the site makes somebody a curator at the console."""

import io

import pytest
from django.contrib.auth.models import Permission
from django.core.management import CommandError, call_command

from debate.models import User
from tests import factories as make

pytestmark = pytest.mark.django_db
GOOD = "a long enough passphrase"


@pytest.fixture
def say(monkeypatch):
    """Run the command with these answers at hand; what it says."""

    def run(*arguments, password=GOOD):
        monkeypatch.setenv("CURATOR_PASSWORD", password)
        out = io.StringIO()
        call_command("make_curator", *arguments, stdout=out)
        return out.getvalue()

    return run


def test_a_new_curator_can_sign_in_to_the_room(say, client):
    say("--email", "Cara@Example.org")
    told = {"login": "cara@example.org", "password": GOOD}
    client.post("/accounts/login/?next=/admin/", told, HTTP_SEC_FETCH_SITE="same-origin")
    assert client.get("/admin/").status_code == 200


def test_it_says_where_to_sign_in(say, settings):
    settings.SITE_URL = "https://ten-years.example"
    assert "https://ten-years.example/curate/" in say("--email", "cara@example.org")


def test_curators_may_write_everything_authored_and_nothing_that_readers_give(say):
    say("--email", "cara@example.org")
    may = User.objects.get().get_all_permissions()
    nouns = {name.partition("delete_")[2] for name in may if "delete_" in name}
    assert nouns == {
        *("motion", "side", "author", "essay", "claim", "tag", "taggedclaim", "stance", "passage"),
        *("relation", "counterpoint", "prediction", "reading", "bearing", "entailment"),
    }
    assert {f"debate.{act}_{noun}" for act in ("view", "add", "change") for noun in nouns} <= may
    assert not [name for name in may if name.endswith(("vote", "forecast", "ballot", "reveal", "user"))]


def test_a_member_is_promoted_and_keeps_the_password(say, client):
    member = make.MemberFactory(email="cara@example.org", password="correct horse battery staple")
    assert "with the password they have" in say("--email", "CARA@example.org", password="")
    member.refresh_from_db()
    assert (member.is_staff, member.check_password("correct horse battery staple")) == (True, True)


@pytest.mark.parametrize(("role", "group"), [("moderator", "Moderators"), ("administrator", "Administrators")])
def test_another_role_is_given_beside_the_one_they_have(say, role, group):
    say("--email", "cara@example.org")
    assert f"{role} now" in say("--email", "cara@example.org", "--role", role)
    assert set(User.objects.get().groups.values_list("name", flat=True)) == {"Curators", group}


def test_made_again_nothing_changes(say):
    say("--email", "cara@example.org")
    say("--email", "cara@example.org")
    assert (User.objects.count(), User.objects.get().groups.count()) == (1, 1)


def test_a_curator_is_no_superuser(say):
    say("--email", "cara@example.org")
    assert not User.objects.get().is_superuser


def test_a_right_added_to_the_group_by_hand_is_taken_off(say):
    say("--email", "cara@example.org")
    User.objects.get().groups.get().permissions.add(Permission.objects.get(codename="delete_user"))
    say("--email", "cara@example.org")
    assert not User.objects.get().has_perm("debate.delete_user")


@pytest.mark.parametrize(
    ("arguments", "password", "said"),
    [
        (["--email", "nonsense"], GOOD, "An email address is needed"),
        (["--no-input"], GOOD, "An email address is needed"),
        (["--email", "cara@example.org"], "short", "too short"),
        (["--email", "cara@example.org", "--no-input"], "", "too short"),
        (["--email", "cara@example.org", "--username", "taken"], GOOD, "another --username"),
    ],
)
def test_what_cannot_be_is_said_and_nobody_is_made(say, arguments, password, said):
    make.MemberFactory(username="taken")
    with pytest.raises(CommandError, match=said):
        say(*arguments, password=password)
    assert User.objects.count() == 1


def test_asked_at_a_terminal_the_password_is_told_twice(monkeypatch):
    monkeypatch.delenv("CURATOR_PASSWORD", raising=False)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _prompt: "cara@example.org")
    answers = iter([GOOD, "another passphrase"])
    monkeypatch.setattr("debate.management.commands.make_curator.getpass", lambda _prompt: next(answers))
    with pytest.raises(CommandError, match="differ"):
        call_command("make_curator")


def test_it_says_the_port_of_the_site(say, settings, monkeypatch):
    settings.SITE_URL = ""
    monkeypatch.setenv("PORT", "8123")
    assert "http://localhost:8123/curate/" in say("--email", "cara@example.org")
