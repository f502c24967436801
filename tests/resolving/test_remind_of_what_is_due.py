"""`manage.py resolve_due` lists what waits to be resolved, and writes to the curators once a week for each."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected
from unittest.mock import patch

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command
from django.utils import timezone

from debate.actions.curators import make_curator
from debate.models import DueReminder
from tests import factories as make

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOW = timezone.now()


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SENDS_MAIL = True
    settings.SITE_URL = "https://ten-years.example/"


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    """The database's clock is the one that a test turns."""
    monkeypatch.setattr("debate.management.commands.resolve_due.database_now", timezone.now)


@pytest.fixture
def due(db):
    """Two that are due, the second to close made first; and one each that is open, upcoming, resolved or hidden."""
    motion = make.MotionFactory()
    facts = {"motion": motion, "essay": make.EssayFactory(motion=motion)}
    second = make.PredictionFactory(closes_at=NOW - DAY, statement="The second will be so.", **facts)
    first = make.PredictionFactory(closes_at=NOW - 9 * DAY, statement="The first will be so.", **facts)
    make.PredictionFactory(**facts)
    make.PredictionFactory(opens_at=NOW + DAY, **facts)
    make.PredictionFactory(closes_at=NOW - DAY, status="draft", **facts)
    make.PredictionFactory(closes_at=NOW - DAY, resolution="no", resolved_on=NOW.date(), resolution_note="So.", **facts)
    return first, second


@pytest.fixture
def cara(db):
    return make_curator(email="cara@example.org", password="a long enough passphrase", username="cara")


@pytest.fixture
def run(capsys):
    def told(**options):
        call_command("resolve_due", **options)
        return capsys.readouterr().out

    return told


def test_it_lists_what_is_due_soonest_first_with_where_to_go(due, run):
    first, second = due
    told = run()
    assert told.index("The first will be so.") < told.index("The second will be so.")
    assert f"https://ten-years.example/predictions/{first.slug}/" in told
    assert f"https://ten-years.example/admin/debate/prediction/{second.pk}/resolve/" in told
    assert told.endswith("2 due.\n")
    assert not mail.outbox


def test_nothing_due_is_said_and_nothing_sent(db, run, cara):
    assert run(remind=True) == "Nothing is due.\nNo letter was due.\n"
    assert not mail.outbox


def test_one_letter_tells_all_curators_of_all_and_none_of_the_others_addresses(due, run, cara):
    make.CuratorFactory(email="root@example.org")
    assert run(remind=True).endswith("Curators were written to about 2.\n")
    (letter,) = mail.outbox
    assert letter.subject == "Ten Years: 2 predictions wait to be resolved"
    assert (letter.to, set(letter.bcc)) == ([], {"cara@example.org", "root@example.org"})
    assert letter.body.index("The first will be so.") < letter.body.index("The second will be so.")
    for prediction in due:
        assert f"\nhttps://ten-years.example/admin/debate/prediction/{prediction.pk}/resolve/\n" in letter.body


def test_a_letter_says_things_as_they_are_written(due, run, cara):
    make.PredictionFactory(motion=due[0].motion, closes_at=NOW - DAY, statement="It's < 3 & “so”.")
    run(remind=True)
    assert "It's < 3 & “so”." in mail.outbox[0].body


def test_only_who_may_resolve_is_written_to(due, run, cara):
    make.MemberFactory()
    make.MemberFactory(is_staff=True)
    make.CuratorFactory(email="")
    make.CuratorFactory(is_active=False)
    assigned = make.MemberFactory(is_staff=True, email="may@example.org")
    assigned.user_permissions.add(Permission.objects.get(codename="change_prediction"))
    run(remind=True)
    assert set(mail.outbox[0].bcc) == {"cara@example.org", "may@example.org"}


def test_each_is_told_of_once_a_week(due, run, cara):
    for days, letters in ((0, 1), (1, 1), (6.9, 1), (7.1, 2), (8, 2), (14.2, 3)):
        with time_machine.travel(NOW + timedelta(days=days), tick=False):
            run(remind=True)
        assert len(mail.outbox) == letters


def test_one_that_comes_due_meanwhile_is_told_of_alone(due, run, cara):
    run(remind=True)
    make.PredictionFactory(motion=due[0].motion, closes_at=NOW - DAY / 2, statement="The third will be so.")
    run(remind=True)
    assert mail.outbox[1].subject == "Ten Years: 1 prediction waits to be resolved"
    assert "The first" not in mail.outbox[1].body


def test_a_mail_server_that_fails_is_told_and_asked_again_next_time(due, run, cara):
    fails = patch.object(EmailBackend, "send_messages", side_effect=SMTPServerDisconnected("gone"))
    with fails, pytest.raises(CommandError, match="nobody was reminded: gone"):
        run(remind=True)
    assert not DueReminder.objects.exists()
    run(remind=True)
    assert len(mail.outbox) == 1


def test_without_mail_it_says_what_is_missing(due, run, cara, settings):
    settings.SENDS_MAIL = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        run(remind=True)


def test_without_a_curator_it_says_so(due, run):
    with pytest.raises(CommandError, match="make_curator"):
        run(remind=True)
    assert not DueReminder.objects.exists()


def test_the_address_in_the_letter_leads_to_where_it_is_resolved(due, run, cara, client):
    run(remind=True)
    client.force_login(cara)
    address = next(line for line in mail.outbox[0].body.splitlines() if line.endswith("/resolve/"))
    assert client.get(address.removeprefix("https://ten-years.example")).status_code == 200
