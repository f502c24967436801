"""The desk is for curators; everybody else is told so kindly."""

import pytest
from django.contrib.auth.models import Permission

from tests import factories as make

pytestmark = pytest.mark.django_db
ADDRESSES = ["/curate/", "/curate/essays/names/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_asked_to_sign_in_and_comes_back(client, essay, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_a_script_is_told_that_its_curator_is_signed_out(client, essay):
    assert client.get(ADDRESSES[1], HTTP_HX_REQUEST="true").status_code == 401


def test_what_one_curator_typed_is_not_sent_as_anothers(curator_client, essay):
    told = {"HTTP_HX_REQUEST": "true", "HTTP_X_CURATOR": "999"}
    assert (
        curator_client.post(f"{ADDRESSES[1]}marks/", {"paragraph": 1, "text": "It is so."}, **told).status_code == 401
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_member_is_told_whose_desk_it_is(member_client, essay, address):
    answer = member_client.get(address)
    assert answer.status_code == 403
    assert "The desk is for curators." in answer.content.decode()


def test_staff_without_essays_are_told_too(member_client, member, essay):
    member.is_staff = True
    member.save()
    assert member_client.get("/curate/").status_code == 403
    member.user_permissions.add(Permission.objects.get(codename="change_essay"))
    assert member_client.get("/curate/").status_code == 200


def test_a_curator_finds_what_is_at_work_and_no_cache_keeps_it(curator_client, essay):
    make.EssayFactory(motion=essay.motion, title="Published already")
    answer = curator_client.get("/curate/")
    said = answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert '<a href="/curate/essays/names/">' in said
    assert "4 of 4 paragraphs open" in said
    assert "Published already" not in said


def test_a_curator_reads_the_source(curator_client, essay):
    assert "names outlast the duties" in curator_client.get("/curate/essays/names/").content.decode()


def test_an_essay_that_is_not_there_is_not_found(curator_client, essay):
    assert curator_client.get("/curate/essays/none/").status_code == 404
