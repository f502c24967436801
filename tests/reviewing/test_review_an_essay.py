"""An essay is put before another curator, who publishes it whole or sends it back."""

import re

import pytest
from django.core.exceptions import ValidationError

from debate.actions.publishing import publish
from debate.actions.recounting import wrong_tallies
from debate.actions.reviewing import ask_for_review, hide, pass_essay, send_back, withdraw
from debate.actions.second_eyes import may_pass
from debate.actions.voting import cast_vote
from debate.models import Claim, ClaimTally, ClaimVote, Essay, ModerationEntry, Prediction, Relation, Review
from tests import factories as make
from tests.curating.forms import errors_of, page, send
from tests.reviewing.conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(2)


@pytest.fixture
def essay(motion, cara):
    """Cara's draft, with a claim of its own, what that bears on, and a prediction."""
    essay = make.EssayFactory.build(motion=motion, status="draft", slug="ours")
    essay._history_user = cara
    essay.save()
    essay.authors.set([make.AuthorFactory()])
    claim = make.ClaimFactory(motion=motion, origin="essay", status="draft", slug="ours")
    make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
    make.RelationFactory(source=claim, target_claim=motion.claims.order_by("pk").first())
    make.PredictionFactory(motion=motion, essay=essay, status="draft")
    return essay


def now(essay):
    return Essay.objects.get(pk=essay.pk)


def in_sight():
    return [rows.visible().count() for rows in (Essay.objects, Claim.objects, Relation.objects, Prediction.objects)]


def test_another_curator_publishes_all_of_it_at_once(client_of, essay, cara, dan):
    before = in_sight()
    send_act(client_of(cara), essay, "ask", "Is it fair?")
    assert "Is it fair?" in client_of(dan).get(address(essay)).content.decode()
    assert send_act(client_of(dan), essay, "pass").status_code == 303
    assert [now - then for now, then in zip(in_sight(), before, strict=True)] == [1, 1, 1, 1]
    review = Review.objects.get()
    assert (review.asked_by, review.decided_by, review.verdict, review.alone) == (cara, dan, "approved", False)


def address(essay):
    return f"/curate/essays/{essay.slug}/review/"


def send_act(client, essay, act, comment=""):
    seen = re.findall(r'name="seen" value="(\w+)"', client.get(address(essay)).content.decode())[0]
    return client.post(address(essay), {"act": act, "comment": comment, "seen": seen})


def test_one_without_an_author_is_not_published(client_of, essay, cara, dan):
    essay.authors.clear()
    send_act(client_of(cara), essay, "ask")
    refused = send_act(client_of(dan), essay, "pass")
    assert (refused.status_code, now(essay).status) == (422, "review")
    assert "needs an author before it is published" in refused.content.decode()


def test_nobody_passes_their_own_draft_asked_or_not(essay, cara, dan):
    for _asked in range(2):
        with pytest.raises(ValidationError, match="Another curator"):
            pass_essay(essay=essay, by=cara)
        if now(essay).status == "draft":
            ask_for_review(essay=essay, by=cara)
    assert now(essay).status == "review"


def test_nor_does_whoever_made_it_when_a_third_asked(essay, cara, dan):
    eve = somebody("eve")
    ask_for_review(essay=essay, by=dan)
    waiting = Review.objects.waiting().get()
    assert [may_pass(now(essay), who, waiting) for who in (cara, dan, eve)] == [False, False, True]


def test_a_curator_alone_publishes_at_once_and_that_is_on_record(essay, cara):
    pass_essay(essay=essay, by=cara)
    review = Review.objects.get()
    assert (now(essay).status, review.asked_by, review.decided_by, review.alone) == ("published", cara, cara, True)


@pytest.mark.parametrize("action", ["publish_rows", "publish_with_all"])
def test_the_room_obeys_the_same_rule(client_of, essay, cara, dan, action):
    told = {"action": action, "_selected_action": essay.pk}
    said = client_of(cara).post(page("essay"), told, follow=True).content.decode()
    assert "Another curator has to pass" in said
    said = errors_of(send(client_of(cara), page("essay", "change", essay.pk), status="published"))
    assert "Another curator has to publish it." in said
    assert now(essay).status == "draft"
    client_of(dan).post(page("essay"), told)
    assert (now(essay).status, Review.objects.get().decided_by) == ("published", dan)


def test_what_is_put_in_review_on_its_own_page_waits_too(client_of, essay, cara, dan):
    send(client_of(cara), page("essay", "change", essay.pk), status="review")
    assert Review.objects.waiting().get().asked_by == cara
    send(client_of(cara), page("essay", "change", essay.pk), status="draft")
    assert Review.objects.get().verdict == "withdrawn"


def test_one_that_is_forbidden_keeps_all_of_it_back(essay, cara, dan):
    broken = Claim.objects.get(slug="ours")
    Claim.objects.filter(pk=broken.pk).update(side=make.SideFactory())
    ask_for_review(essay=essay, by=cara)
    with pytest.raises(ValidationError, match="another motion"):
        pass_essay(essay=essay, by=dan)
    assert {now(essay).status, Claim.objects.get(slug="ours").status} == {"review", "draft"}
    assert Review.objects.get().verdict == ""


def test_it_is_sent_back_with_a_comment_and_never_without(essay, cara, dan):
    ask_for_review(essay=essay, by=cara)
    with pytest.raises(ValidationError, match="what is to be done"):
        send_back(essay=essay, by=dan, comment=" ")
    send_back(essay=essay, by=dan, comment="Name the speaker.")
    assert (now(essay).status, Review.objects.get().comment) == ("draft", "Name the speaker.")


def test_of_two_decisions_the_later_is_told_that_it_is_too_late(client_of, essay, cara, dan):
    ask_for_review(essay=essay, by=cara)
    withdraw(essay=essay, by=cara)
    said = send_act(client_of(dan), essay, "send-back", "The second passage is thin.")
    assert (said.status_code, "somebody was faster" in said.content.decode()) == (422, True)
    assert "The second passage is thin." in said.content.decode()


@pytest.mark.parametrize("thing", ["essay", "claim", "passage", "prediction", "gone", "unseen"])
def test_what_has_changed_since_it_was_looked_at_is_not_published(client_of, essay, cara, dan, thing):
    claim = Claim.objects.get(slug="ours")
    rows = {"essay": essay, "claim": claim, "passage": claim.stances.get().passages.get()}
    rows["prediction"] = essay.predictions.get()
    reader = client_of(dan)
    seen = re.findall(r'name="seen" value="(\w+)"', reader.get(address(essay)).content.decode())[0]
    if thing == "gone":
        claim.relations.get().delete()
    elif thing != "unseen":
        rows[thing].save()
    said = reader.post(address(essay), {"act": "pass", "seen": "" if thing == "unseen" else seen})
    assert (said.status_code, now(essay).status) == (422, "draft")
    assert "It has changed since you opened this page" in said.content.decode()


def test_what_is_taken_back_keeps_its_votes_and_counts_them_again(essay, cara, dan):
    pass_essay(essay=essay, by=dan)
    claim = Claim.objects.get(slug="ours")
    for value in ("agree", "agree", "disagree"):
        cast_vote(reader=make.MemberFactory(), claim=claim, value=value, informed=False)
    before = tally(claim)
    hide(essay=essay, by=cara, why="It is about to be withdrawn.")
    assert not Claim.objects.visible().filter(pk=claim.pk).exists()
    assert ClaimVote.objects.filter(claim=claim).count() == 3
    pass_essay(essay=essay, by=dan)
    assert Claim.objects.visible().filter(pk=claim.pk).exists()
    assert (tally(claim), list(wrong_tallies())) == (before, [])


def tally(claim):
    return ClaimTally.objects.filter(claim=claim).values().get()


def test_the_log_tells_of_the_essay_once_and_of_a_hidden_one_without_its_name(essay, cara, dan):
    pass_essay(essay=essay, by=dan)
    hide(essay=essay, by=cara, why="The source is gone.")
    told = list(ModerationEntry.objects.order_by("pk").values_list("verb", "label", "reason", "by"))
    assert told == [("published", essay.title, "", dan.pk), ("hidden", "essay", "The source is gone.", cara.pk)]


def test_a_draft_claim_of_a_published_motion_that_comes_into_sight_is_told(motion, cara):
    seen, unseen = (make.ClaimFactory(motion=motion, status="draft", origin=who) for who in ("curator", "essay"))
    publish(rows=[seen, unseen], by=cara)
    assert list(ModerationEntry.objects.values_list("label", flat=True)) == [seen.text]


def test_an_undercut_says_which_bearing_it_denies(client_of, motion, essay, cara):
    first, second = motion.claims.order_by("pk")[:2]
    beneath = make.RelationFactory(source=first, target_claim=second, kind="supports")
    source = Claim.objects.get(slug="ours")
    undercut = make.RelationFactory(source=source, kind="undercuts", target_claim=None, target_relation=beneath)
    undercut.drawn_by.set([essay])
    for there in (address(essay), address(essay).removesuffix("review/")):
        said = " ".join(client_of(cara).get(there).content.decode().split())
        assert f"that “{first.text}” supports “{second.text}”" in said


def test_its_page_asks_as_much_of_many_claims_as_of_few(client_of, essay, cara, dan, django_assert_max_num_queries):
    ask_for_review(essay=essay, by=cara)
    for _n in range(5):
        claim = make.ClaimFactory(motion=essay.motion, status="draft", origin="essay")
        make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
    reader = client_of(dan)
    reader.get("/curate/")
    with django_assert_max_num_queries(12):
        said = reader.get(address(essay)).content.decode()
    assert "What is still open" in said


def test_the_desk_lists_what_waits(client_of, essay, cara, dan):
    ask_for_review(essay=essay, by=cara)
    said = client_of(dan).get("/curate/").content.decode()
    assert address(essay) in said
    assert "asked by cara" in said
