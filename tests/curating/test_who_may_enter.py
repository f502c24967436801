"""The room is for curators; readers' rows are for whoever runs the site; nobody's votes are for anybody."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission

from debate.models import Ballot, ClaimTally, ClaimVote, Forecast, PredictionCrowd, Reveal, TagVote, User
from tests import factories as make
from tests.curating.forms import filled, links_of, page, send

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/admin/", page("claim"), page("claim", "add"), page("user")])
def test_a_visitor_is_asked_to_sign_in(client, address):
    asked = client.get(client.get(address)["Location"])
    assert asked["Location"].startswith("/accounts/login/")


def test_a_member_gets_no_room(member_client):
    assert member_client.get("/admin/", follow=True).status_code == 403


def test_a_member_is_told_whose_room_it_is(member_client, caplog):
    said = member_client.get("/admin/", follow=True).content.decode()
    assert "This room is for curators." in said
    assert "Nothing was changed" not in said
    assert [record.exc_info for record in caplog.records if record.exc_info] == []


def test_a_guest_is_asked_to_sign_in(client):
    vote = {"value": "agree"}
    claim = make.motion_with_claims(1).claims.get()
    client.post(f"/claims/{claim.slug}/vote/", vote, HTTP_SEC_FETCH_SITE="same-origin")
    assert client.get("/admin/").status_code == 302


def test_the_first_page_says_what_counterpoints_are(room):
    assert "The relations that argue against" in room.get("/admin/").content.decode()


def test_a_curator_gets_it_in_the_order_of_the_work(room):
    shown = [noun["object_name"] for noun in room.get("/admin/").context["app_list"][0]["models"]]
    assert shown == [
        *("Motion", "Author", "Essay", "Claim", "Stance", "Relation", "Counterpoint", "Prediction", "Tag"),
        "Suggestion",
    ]


def test_it_bears_the_sites_name(room, settings):
    assert links_of(room.get("/admin/"))[settings.SITE_NAME] == "/admin/"


def test_a_curator_sees_no_readers(room):
    assert room.get(page("user")).status_code == 403


@pytest.mark.parametrize("model", [ClaimVote, Forecast, Ballot, TagVote, Reveal, ClaimTally, PredictionCrowd])
def test_what_readers_give_has_no_page(model):
    assert not admin.site.is_registered(model)


def test_whoever_runs_the_site_sees_guests_and_members_apart(office):
    guest, member = make.GuestFactory(), make.MemberFactory()
    said = office.get(page("user", kind__exact="guest")).content.decode()
    assert f"/{guest.pk}/change/" in said
    assert f"/{member.pk}/change/" not in said


def test_they_change_what_a_reader_may_do_and_nothing_else(office):
    member = make.MemberFactory()
    told = filled(office.get(page("user", "change", member.pk)))
    assert {name for name in told if not name.startswith("csrf")} == {"is_active", "is_staff", "groups"}


def test_a_member_can_be_made_staff(office):
    member = make.MemberFactory()
    send(office, page("user", "change", member.pk), is_staff="on")
    assert User.objects.get(pk=member.pk).is_staff


def test_a_guest_cannot(office):
    guest = make.GuestFactory()
    send(office, page("user", "change", guest.pk), is_staff="on")
    assert not User.objects.get(pk=guest.pk).is_staff


def test_readers_are_not_added_there_and_deleted_by_who_runs_the_site_alone(office, room):
    delete = page("user", "delete", make.MemberFactory().pk)
    answers = [office.get(page("user", "add")), room.get(delete), office.get(delete)]
    assert [answer.status_code for answer in answers] == [403, 403, 200]


@pytest.mark.parametrize("address", ["/admin/", page("claim"), page("claim", "add")])
def test_no_page_is_kept_by_anybody(room, address):
    assert "no-cache" in room.get(address)["Cache-Control"]


@pytest.mark.parametrize("key", ["0", "nonsense", "999999999999999999999", "%00"])
def test_a_row_that_is_not_there_is_not_an_error_of_ours(room, key):
    assert room.get(f"/admin/debate/claim/{key}/change/").status_code in (302, 400, 404)


NONSENSE = ["status__exact=nonsense", "p=99999", "motion__id__exact=x", "o=9.9", "q=%00", "nonsense=1", "e=1"]


@pytest.mark.parametrize("query", NONSENSE)
def test_a_filter_without_sense_is_not_an_error_of_ours(room, query):
    assert room.get(f"{page('claim')}?{query}", follow=True).status_code in (200, 400)


def test_whoever_may_only_look_finds_every_page_and_nothing_to_press(client):
    motion = make.motion_with_claims(2)
    prediction = make.PredictionFactory(motion=motion, essay=motion.essays.get())
    viewer = make.MemberFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    claim = motion.claims.last()
    rows = {"motion": motion, "essay": motion.essays.get(), "claim": claim, "prediction": prediction}
    rows |= {"stance": claim.stances.get(), "relation": claim.relations.get(), "tag": claim.tag_uses.first().tag}
    said = [client.get(page(noun, "change", row.pk)) for noun, row in rows.items()]
    assert [(answer.status_code, b'name="_save"' in answer.content) for answer in said] == [(200, False)] * len(rows)
