"""A curator renames a tag, or merges it into one that means the same: no use, proposal or address is lost."""

import pytest
from django.core.exceptions import ValidationError

from debate.actions.retagging import merge_tags, rename_tag
from debate.actions.tagging import propose_tag
from debate.models import FormerTag, ModerationEntry, Tag, TaggedClaim, TagVote
from tests import factories as make
from tests.curating.forms import errors_of, page, send
from tests.voting.test_vote_at_the_same_moment import all_at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    motion = make.MotionFactory(featured=True)
    return make.ClaimFactory.create_batch(3, motion=motion)


@pytest.fixture
def pair(claims):
    """Two tags; the first claim carries both, the second only the one that goes."""
    goes, stays = make.tag(claims[0], "K8s"), make.tag(claims[0], "Kubernetes")
    make.tag(claims[1], "K8s")
    return goes, stays


def carried(claim):
    return sorted(claim.tags.names())


def test_merging_keeps_each_use_once_with_its_history(claims, pair, curator):
    goes, stays = pair
    merge_tags(by=curator, tag=goes, into=stays, reason="The same.")
    assert [carried(claim) for claim in claims] == [["Kubernetes"], ["Kubernetes"], []]
    moved = TaggedClaim.history.filter(content_object=claims[1], history_type="~").get()
    assert (moved.tag, moved.history_user) == (stays, curator)
    assert Tag.history.filter(id=goes.pk, history_type="-").get().history_user == curator


def test_merging_keeps_each_proposal_once_and_two_readers_make_it_public(claims, pair, curator):
    goes, stays = pair
    claim, readers = claims[2], make.MemberFactory.create_batch(2)
    for reader, tag in ((readers[0], goes), (readers[0], stays), (readers[1], goes)):
        TagVote.objects.create(user=reader, claim=claim, tag=tag)
    merge_tags(by=curator, tag=goes, into=stays)
    assert set(TagVote.objects.values_list("user", "tag")) == {(reader.pk, stays.pk) for reader in readers}
    assert carried(claim) == ["Kubernetes"]


def test_merging_one_readers_proposals_of_both_makes_nothing_public(claims, pair, curator, member):
    for tag in pair:
        TagVote.objects.create(user=member, claim=claims[2], tag=tag)
    merge_tags(by=curator, tag=pair[0], into=pair[1])
    assert carried(claims[2]) == []


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/tags/k8s/?motion=", "/tags/kubernetes/?motion="),
        ("/claims/?tag=k8s&kind=observation", "/claims/?tag=kubernetes&kind=observation"),
        ("/matrix/?tag=k8s&tag=kubernetes", "/matrix/?tag=kubernetes"),
    ],
)
def test_old_addresses_lead_on_after_any_number_of_acts(pair, curator, client, asked, led):
    goes, stays = pair
    rename_tag(by=curator, tag=goes, name="Kube")
    merge_tags(by=curator, tag=goes, into=stays)
    answer = client.get(asked)
    assert (answer.status_code, answer["Location"]) == (302, led)
    assert client.get(led).status_code == 200
    assert client.get(led.replace("kubernetes", "none-such")).status_code == 404


def test_who_proposes_the_old_name_proposes_the_survivor(claims, pair, curator, member, member_client):
    goes, stays = pair
    merge_tags(by=curator, tag=goes, into=stays)
    propose_tag(reader=member, claim=claims[2], name="K8S")
    assert TagVote.objects.get().tag == stays
    member_client.post(f"/claims/{claims[2].slug}/tags/", {"withdraw": "k8s"})
    assert not TagVote.objects.exists()


def test_renaming_keeps_uses_and_tells_c_from_c_plus_plus(claims, curator):
    plain, tag = make.tag(claims[0], "C"), make.tag(claims[0], "Cpp")
    rename_tag(by=curator, tag=tag, name=" C++ ", reason="As it is written.")
    assert carried(claims[0]) == ["C", "C++"]
    assert (Tag.objects.get(pk=tag.pk).slug, plain.slug) == ("c-plus-plus", "c")
    assert FormerTag.objects.get().slug == "cpp"
    entry = ModerationEntry.objects.get()
    assert (entry.verb, entry.label, entry.address) == ("renamed", "C++", "/tags/c-plus-plus/")
    assert "Cpp" in entry.reason


def test_a_name_given_up_can_be_taken_back_but_not_by_another(claims, pair, curator):
    goes, _stays = pair
    rename_tag(by=curator, tag=goes, name="Kube")
    with pytest.raises(ValidationError, match="leads to"):
        rename_tag(by=curator, tag=make.TagFactory(), name="k8s")
    rename_tag(by=curator, tag=goes, name="K8s")
    assert list(FormerTag.objects.values_list("slug", flat=True)) == ["kube"]


@pytest.mark.parametrize(("name", "said"), [("kubernetes", "already"), ("?!", "letter or digit")])
def test_a_name_that_is_anothers_or_none_is_refused_beside_the_form(pair, room, name, said):
    response = room.post(page("tag", "rename", pair[0].pk), {"name": name, "reason": "x"})
    assert said in response.content.decode()
    assert Tag.objects.get(pk=pair[0].pk).name == "K8s"


def test_the_log_tells_of_tags_that_readers_saw_alone(claims, pair, curator):
    goes, stays = pair
    hidden = make.TagFactory(name="Hush")
    merge_tags(by=curator, tag=hidden, into=stays, reason="Typo.")
    merge_tags(by=curator, tag=goes, into=stays, reason="The same.")
    unseen, seen = ModerationEntry.objects.order_by("pk")
    assert (unseen.label, unseen.address) == ("tag", "")
    assert (seen.label, seen.reason) == ("K8s", "Into “Kubernetes”. The same.")


def test_in_the_room_a_tag_is_renamed_and_merged_on_pages_of_their_own(pair, room):
    goes, stays = pair
    assert room.post(page("tag", "rename", goes.pk), {"name": "Kube", "reason": "Shorter."}).status_code == 302
    assert Tag.objects.get(pk=goes.pk).slug == "kube"
    assert "itself" in room.post(page("tag", "merge", goes.pk), {"into": goes.pk, "reason": "x"}).content.decode()
    done = room.post(page("tag", "merge", goes.pk), {"into": stays.pk, "reason": "The same."})
    assert (done.status_code, done["Location"]) == (302, page("tag", "change", stays.pk))
    assert not Tag.objects.filter(pk=goes.pk).exists()


def test_an_old_version_put_back_gives_the_old_name_back_and_leads_on(pair, room, curator):
    goes, _stays = pair
    rename_tag(by=curator, tag=goes, name="Kube")
    send(room, page("tag", "simple_history", goes.pk, Tag.history.filter(id=goes.pk).last().pk))
    assert Tag.objects.get(pk=goes.pk).slug == "k8s"
    assert FormerTag.objects.get().slug == "kube"


def test_a_new_tag_that_means_one_given_up_is_refused(pair, room, curator):
    merge_tags(by=curator, tag=pair[0], into=pair[1])
    assert "leads to" in errors_of(send(room, page("tag", "add"), name="k8S"))


@pytest.mark.django_db(transaction=True)
def test_a_proposal_on_its_way_while_its_tag_is_merged_arrives_at_the_survivor(claims, pair, curator):
    goes, stays = pair
    readers = make.MemberFactory.create_batch(4)

    def act(number):
        if number:
            propose_tag(reader=readers[number - 1], claim=claims[2], name="k8s")
        else:
            merge_tags(by=curator, tag=goes, into=stays)

    all_at_once(act, writers=len(readers) + 1)
    assert TagVote.objects.filter(tag=stays).count() == len(readers)
    assert not Tag.objects.filter(slug="k8s").exists()
    assert carried(claims[2]) == ["Kubernetes"]
