"""An administrator deletes a reader in the curation room: everything goes, as if they had left by themselves."""

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.test import Client
from django.urls import reverse

from debate.actions.recounting import wrong_crowds, wrong_tallies
from debate.actions.voting import cast_vote
from debate.models import User
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.keeping.conftest import give_everything, mentions

pytestmark = pytest.mark.django_db
KEY = 918_273_645


@pytest.fixture
def admin(db):
    return make.CuratorFactory()


@pytest.fixture
def room(admin):
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(admin)
    return client


@pytest.fixture
def reader(claims, predictions):
    reader = make.MemberFactory(pk=KEY, username="zebulon", email="zebulon@quagga.example", display_name="Zeb Quagga")
    give_everything(reader, claims, predictions)
    return reader


def page_of(reader):
    return reverse("admin:debate_user_delete", args=[reader.pk])


def test_it_is_told_what_goes_without_a_single_answer(room, reader, claims):
    told = room.get(page_of(reader)).content.decode()
    assert "Reader: Zeb Quagga" in told
    assert "out of every count" in told
    assert claims[0].text not in told


def test_nothing_of_them_is_left_and_every_count_is_true(room, reader):
    assert room.post(page_of(reader), {"post": "yes"}).status_code == 302
    assert list(mentions(KEY, "zebulon", "quagga")) == []
    assert [*wrong_tallies(), *wrong_crowds()] == []


def test_that_somebody_was_deleted_is_logged_without_a_name(room, reader, admin):
    room.post(page_of(reader), {"post": "yes"})
    entry = LogEntry.objects.get(action_flag=DELETION)
    assert (entry.user, entry.object_repr, entry.object_id) == (admin, "a reader", None)
    assert room.get("/admin/").status_code == 200


def test_nobody_deletes_themselves_there(room, admin):
    assert "That is you" in room.get(page_of(admin)).content.decode()
    room.post(page_of(admin), {"post": "yes"})
    assert User.objects.filter(pk=admin.pk).exists()


def test_many_are_not_deleted_at_once(room, reader):
    list_page = reverse("admin:debate_user_changelist")
    assert "delete_selected" not in room.get(list_page).content.decode()
    room.post(list_page, {"action": "delete_selected", "_selected_action": [KEY], "post": "yes"})
    assert User.objects.filter(pk=KEY).exists()


def test_a_curator_who_is_no_administrator_deletes_nobody(reader):
    client = Client(**SAME_ORIGIN)
    client.force_login(make.MemberFactory(is_staff=True))
    assert client.post(page_of(reader), {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=KEY).exists()


def test_a_guest_goes_too(room, guest, claims):
    cast_vote(reader=guest, claim=claims[0], value="agree", informed=False)
    room.post(page_of(guest), {"post": "yes"})
    assert list(wrong_tallies()) == []
    assert not User.objects.filter(pk=guest.pk).exists()
