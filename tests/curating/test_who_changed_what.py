"""Each row tells who changed what in it, and can be put back as it was."""

import pytest
from django.contrib.auth.models import Permission

from debate.actions.tagging import propose_tag
from debate.models import Claim, Counterpoint, Relation, TaggedClaim, TagVote
from tests import factories as make
from tests.curating.forms import filled, page, send, tree_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(2)


@pytest.fixture
def claim(motion):
    return motion.claims.order_by("pk").first()


def text_of(response):
    return " ".join("".join(tree_of(response).itertext()).split())


def words_in(response, tag):
    return [(node.text or "").strip() for node in tree_of(response).iter(tag)]


def test_a_change_is_told_word_by_word(room, claim):
    send(room, page("claim", "change", claim.pk), text=claim.text.replace("so", "otherwise"))
    history = room.get(page("claim", "history", claim.pk))
    assert (words_in(history, "del"), words_in(history, "ins")) == (["so."], ["otherwise."])


def test_it_names_who_did_it(room, curator, claim):
    send(room, page("claim", "change", claim.pk), text="Said better.")
    assert claim.history.latest().history_user == curator


def test_what_is_derived_is_nobodys_change(room, claim):
    send(room, page("claim", "change", claim.pk), text="Said better.")
    assert "Updated at" not in text_of(room.get(page("claim", "history", claim.pk)))


def test_a_choice_is_told_in_its_words(room, claim):
    send(room, page("claim", "change", claim.pk), kind="causal")
    history = room.get(page("claim", "history", claim.pk))
    assert (words_in(history, "del"), words_in(history, "ins")) == (["observation"], ["causal claim"])


def test_saving_what_did_not_change_leaves_no_line(room, claim):
    before = claim.history.count()
    send(room, page("claim", "change", claim.pk))
    assert claim.history.count() == before


def test_a_stance_tells_of_its_passages(room, claim):
    stance = claim.stances.get()
    send(room, page("stance", "change", stance.pk), passages__0__gist="Says that it is otherwise.")
    assert "otherwise." in words_in(room.get(page("stance", "history", stance.pk)), "ins")


def test_a_claim_tells_of_its_tags(room, claim):
    tag = make.TagFactory(name="Weather")
    send(room, page("claim", "change", claim.pk), tag_words=[tag])
    assert TaggedClaim.history.filter(tag=tag).latest().history_user.username == "cara"
    assert "Weather" in text_of(room.get(page("claim", "history", claim.pk)))


def test_a_counterpoint_is_recorded_as_the_relation_it_is(room, curator, motion):
    point = Counterpoint.objects.filter(source__motion=motion).get()
    send(room, page("counterpoint", "change", point.pk), rationale="Told anew.")
    latest = Relation.history.filter(id=point.pk).latest()
    assert (latest.rationale, latest.history_user) == ("Told anew.", curator)


def test_a_counterpoint_shows_that_history(room, motion):
    point = Counterpoint.objects.filter(source__motion=motion).get()
    send(room, page("counterpoint", "change", point.pk), rationale="Told anew.")
    assert "Told anew." in text_of(room.get(page("counterpoint", "history", point.pk)))


def test_a_deleted_counterpoint_leaves_its_last_line(room, motion):
    point = Counterpoint.objects.filter(source__motion=motion).get()
    room.post(page("counterpoint", "delete", point.pk), {"post": "yes"})
    assert Relation.history.filter(id=point.pk).latest().history_type == "-"


def test_an_old_version_can_be_put_back(room, claim):
    old = claim.history.latest()
    send(room, page("claim", "change", claim.pk), text="Said worse.")
    send(room, page("claim", "simple_history", claim.pk, old.pk))
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_an_old_version_of_a_claim_with_several_tags_can_be_put_back(room, claim):
    for name in ("Weather", "Climate"):
        make.tag(claim, name)
    old = claim.history.latest()
    send(room, page("claim", "change", claim.pk), text="Said worse.")
    send(room, page("claim", "simple_history", claim.pk, old.pk))
    assert Claim.objects.get(pk=claim.pk).text == claim.text


def test_an_old_version_brings_its_links_back(room, motion):
    essay, other = motion.essays.get(), make.EssayFactory(motion=motion)
    relation = Relation.objects.filter(source__motion=motion).get()
    send(room, page("relation", "change", relation.pk), origin="essay", drawn_by=[essay])
    old = relation.history.latest()
    send(room, page("relation", "change", relation.pk), drawn_by=[other])
    send(room, page("relation", "simple_history", relation.pk, old.pk))
    assert list(relation.drawn_by.all()) == [essay]


def test_the_first_page_tells_the_latest_changes_by_anybody(room, office, motion):
    claim = make.ClaimFactory(motion=motion, status="draft")
    send(office, page("claim", "change", claim.pk), text="Said by somebody else.")
    assert "root" in text_of(room.get("/admin/"))


def test_a_side_set_for_the_first_time_is_told_from_none(room, motion):
    claim, side = make.ClaimFactory(motion=motion), motion.sides.first()
    send(room, page("claim", "change", claim.pk), side=side)
    said = text_of(room.get(page("claim", "history", claim.pk)))
    assert f"none → {side}" in said


def test_a_tag_taken_off_takes_its_proposals_along(room, motion, claim):
    one, other = make.MemberFactory(), make.MemberFactory()
    for reader in (one, other):
        propose_tag(reader=reader, claim=claim, name="Weather")
    send(room, page("claim", "change", claim.pk), tag_words=[])
    propose_tag(reader=one, claim=claim, name="Weather")
    assert not claim.tag_uses.filter(tag__name="Weather").exists()


def test_proposals_of_other_tags_stay(room, claim):
    reader = make.MemberFactory()
    propose_tag(reader=reader, claim=claim, name="Weather")
    send(room, page("claim", "change", claim.pk), tag_words=[])
    assert TagVote.objects.by(reader).on(claim).count() == 1


def test_whoever_may_only_look_puts_nothing_back(room, client, claim):
    old = claim.history.earliest()
    send(room, page("claim", "change", claim.pk), text="Said anew.")
    told = filled(room.get(page("claim", "simple_history", claim.pk, old.pk)))
    viewer = make.MemberFactory(is_staff=True)
    viewer.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(viewer)
    asked = client.post(page("claim", "simple_history", claim.pk, old.pk), told, HTTP_SEC_FETCH_SITE="same-origin")
    assert (asked.status_code, Claim.objects.get(pk=claim.pk).text) == (403, "Said anew.")


def test_no_old_version_opens_a_merged_claim_again(room, motion, claim):
    old = claim.history.earliest()
    told = filled(room.get(page("claim", "simple_history", claim.pk, old.pk)))
    Claim.objects.filter(pk=claim.pk).update(status="merged", merged_into=make.ClaimFactory(motion=motion))
    asked = room.post(page("claim", "simple_history", claim.pk, old.pk), told)
    assert (asked.status_code, Claim.objects.get(pk=claim.pk).status) == (403, "merged")


def test_nothing_is_put_back_in_passing(room, claim):
    address = page("claim", "simple_history", claim.pk, claim.history.latest().pk)
    assert send(room, address, _popup="1").status_code == 400


def test_a_row_that_is_gone_can_be_put_back(room, motion):
    claim = make.ClaimFactory(motion=motion)
    room.post(page("claim", "delete", claim.pk), {"post": "yes"})
    gone = Claim.history.filter(id=claim.pk).latest()
    send(room, page("claim", "simple_history", claim.pk, gone.pk))
    assert Claim.objects.get(pk=claim.pk).text == claim.text
