"""A correction to what readers see waits until another curator has passed it; a curator alone passes it at once."""

import pytest
from django.core.exceptions import ValidationError

from debate.actions.revising import accept, decline, withdraw
from debate.models import Claim, Essay, Motion, Passage, Prediction, Reading, Relation, Revision, Stance, TaggedClaim
from debate.models import ModerationEntry as Entry
from tests import factories as make
from tests.curating.forms import page, send
from tests.reviewing.conftest import somebody
from tests.reviewing.test_two_at_once import words_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(3)


@pytest.fixture
def claim(motion):
    return motion.claims.order_by("pk").last()


@pytest.fixture
def room(client_of, cara):
    return client_of(cara)


def now(row):
    return type(row).objects.get(pk=row.pk)


def correct(room, claim, **told):
    """Send a changed claim with a reason; the revision that waits."""
    response = send(room, page("claim", "change", claim.pk), log_reason="Said better.", **{"text": "Better.", **told})
    revision = Revision.objects.waiting().order_by("pk").last()
    assert response["Location"] == f"/curate/revisions/{revision.pk}/"
    return revision


def test_nothing_is_written_until_somebody_else_has_passed_it(room, client_of, claim, cara, dan):
    before = now(claim).text
    revision = correct(room, claim)
    assert (now(claim).text, revision.by, Entry.objects.count()) == (before, cara, 0)
    told = client_of(dan).get(f"/curate/revisions/{revision.pk}/")
    assert (words_in(told, "del"), words_in(told, "ins")) == ([before], ["Better."])
    assert client_of(dan).post(f"/curate/revisions/{revision.pk}/", {"act": "accept"}).status_code == 303
    assert now(claim).text == "Better."


def test_history_says_who_wrote_and_who_passed_it_and_the_log_why(room, claim, cara, dan):
    accept(revision=correct(room, claim), by=dan)
    latest = claim.history.latest()
    assert (latest.history_user, "passed by dan" in latest.history_change_reason) == (cara, True)
    entry = Entry.objects.get()
    assert (entry.verb, entry.label, entry.reason, entry.by) == ("corrected", "Better.", "Said better.", cara)


def test_whoever_wrote_it_does_not_pass_it_and_may_take_it_back(room, claim, cara, dan):
    revision = correct(room, claim)
    with pytest.raises(ValidationError, match="Somebody else"):
        accept(revision=revision, by=cara)
    withdraw(revision=revision, by=cara)
    with pytest.raises(ValidationError, match="somebody was faster"):
        accept(revision=revision, by=dan)
    assert now(claim).text != "Better."


def test_it_is_sent_back_with_what_speaks_against_it(room, client_of, claim, dan):
    revision = correct(room, claim)
    with pytest.raises(ValidationError, match="speaks against"):
        decline(revision=revision, by=dan, comment="")
    decline(revision=revision, by=dan, comment="It said more before.")
    assert "It said more before." in room.get(f"/curate/revisions/{revision.pk}/").content.decode()


def test_a_curator_alone_is_seen_at_once_and_that_is_on_record(room, claim, cara):
    response = send(room, page("claim", "change", claim.pk), text="Better.", log_reason="A slip.")
    assert (response["Location"], now(claim).text) == (page("claim"), "Better.")
    revision = Revision.objects.get()
    assert (revision.state, revision.by, revision.decided_by, revision.alone) == ("accepted", cara, cara, True)
    assert revision.changes[0]["old"] == {"text": claim.text}
    assert Entry.objects.get().reason == "A slip."


def test_drafts_are_written_at_once(room, motion, dan):
    draft = make.ClaimFactory(motion=motion, status="draft")
    send(room, page("claim", "change", draft.pk), text="Better.")
    assert (now(draft).text, Revision.objects.exists()) == ("Better.", False)


def test_what_goes_out_of_sight_waits_for_nobody(room, claim, dan):
    send(room, page("claim", "change", claim.pk), status="draft")
    assert now(claim).status == "draft"


def test_all_that_stands_on_a_page_waits_together(room, motion, claim, dan):
    """What is changed, added and deleted on a claim's page, its tags included."""
    relation, target = claim.relations.get(), motion.claims.order_by("pk").first()
    told = {"relations-TOTAL_FORMS": 2, "relations-1-kind": "qualifies", "relations-1-target_claim": target}
    told |= {"relations-1-rationale": "Only so far.", "relations-1-origin": "curator", "relations-0-DELETE": "on"}
    weather = make.TagFactory(name="Weather")
    revision = correct(room, claim, tag_words=[weather], **told)
    assert Relation.objects.filter(pk=relation.pk).exists()
    accept(revision=revision, by=dan)
    assert [now(claim).text, *claim.relations.values_list("kind", "rationale")] == [
        "Better.",
        ("qualifies", "Only so far."),
    ]
    assert list(TaggedClaim.objects.filter(content_object=claim).values_list("tag", flat=True)) == [weather.pk]


def test_a_stance_with_its_passages_waits(room, claim, dan):
    stance = claim.stances.get()
    send(room, page("stance", "change", stance.pk), kind="denies", passages__0__kind="denies", passages__0__gist="No.")
    assert now(stance).kind == "asserts"
    accept(revision=Revision.objects.get(), by=dan)
    assert (now(stance).kind, stance.passages.get().gist) == ("denies", "No.")


def test_what_is_added_to_what_readers_see_waits_with_what_hangs_on_it(room, motion, dan):
    claim = make.ClaimFactory(motion=motion)
    told = {"claim": claim, "kind": "asserts", "passages__0__paragraph": 1, "passages__0__gist": "So."}
    send(room, page("stance", "add", essay=motion.essays.get().pk), **told)
    assert not claim.stances.exists()
    revision = Revision.objects.get()
    accept(revision=revision, by=dan)
    assert (revision.object_id, claim.stances.get().passages.get().gist) == (None, "So.")
    assert Entry.objects.get().verb == "published"


def test_deleting_waits_too(room, claim, dan):
    relation = claim.relations.get()
    room.post(page("relation", "delete", relation.pk), {"post": "yes"})
    assert Relation.objects.filter(pk=relation.pk).exists()
    accept(revision=Revision.objects.get(), by=dan)
    assert not Relation.objects.filter(pk=relation.pk).exists()
    assert Entry.objects.get().verb == "deleted"


def test_claims_published_from_the_list_wait(room, motion, dan):
    drafts = [make.ClaimFactory(motion=motion, status="draft") for _n in range(2)]
    room.post(page("claim"), {"action": "publish_rows", "_selected_action": [row.pk for row in drafts]})
    assert {now(row).status for row in drafts} == {"draft"}
    accept(revision=Revision.objects.get(), by=dan)
    assert {now(row).status for row in drafts} == {"published"}
    assert Entry.objects.filter(verb="published").count() == 2


CORRECTIONS = [
    (Motion, {"question": "Will it ever happen?"}),
    (Essay, {"title": "On the thing, corrected", "summary": "It says otherwise."}),
    (Prediction, {"criteria": "It is in two newspapers."}),
    (Relation, {"rationale": "For another reason."}),
]


@pytest.mark.parametrize(("model", "told"), CORRECTIONS, ids=[model.__name__ for model, _told in CORRECTIONS])
def test_other_nouns_wait_as_well(room, motion, dan, model, told):
    make.PredictionFactory(motion=motion, essay=motion.essays.get())
    row = model.objects.order_by("pk").first()
    send(room, page(model._meta.model_name, "change", row.pk), **told)
    assert {name: getattr(now(row), name) for name in told} != told
    accept(revision=Revision.objects.get(), by=dan)
    assert {name: getattr(now(row), name) for name in told} == told


def test_readings_wait_on_their_predictions_page(room, motion, dan):
    prediction = make.PredictionFactory(motion=motion, essay=motion.essays.get())
    told = {"readings-TOTAL_FORMS": 1, "readings-0-essay": motion.essays.get(), "readings-0-paragraph": 2}
    told |= {"readings-0-low": 0.2, "readings-0-high": 0.4, "readings-0-note": "It hopes so."}
    send(room, page("prediction", "change", prediction.pk), **told)
    assert not Reading.objects.exists()
    accept(revision=Revision.objects.get(), by=dan)
    assert Reading.objects.get().high == 0.4


def test_of_two_corrections_of_one_thing_the_second_is_refused_and_both_are_shown(room, client_of, claim, dan):
    eve = somebody("eve")
    first, second = correct(room, claim), correct(room, claim, text="Better still.")
    accept(revision=first, by=dan)
    with pytest.raises(ValidationError, match="changed it since"):
        accept(revision=second, by=dan)
    told = client_of(eve).get(f"/curate/revisions/{second.pk}/").content.decode()
    assert "Somebody has changed since" in told
    assert 'value="accept"' not in told
    assert now(claim).text == "Better."


@pytest.mark.parametrize("closed", ["gone", "merged"])
def test_a_correction_of_what_is_closed_by_now_is_refused(room, client_of, claim, dan, closed):
    revision = correct(room, claim)
    if closed == "gone":
        claim.delete()
    else:
        Claim.objects.filter(pk=claim.pk).update(
            status="merged", merged_into=claim.motion.claims.order_by("pk").first()
        )
    with pytest.raises(ValidationError, match="changed it since"):
        accept(revision=revision, by=dan)
    assert "Somebody has changed since" in client_of(dan).get(f"/curate/revisions/{revision.pk}/").content.decode()


def test_corrections_of_different_things_do_not_hinder_each_other(room, claim, dan):
    first = correct(room, claim)
    second = correct(room, claim, text=claim.text, kind="causal")
    accept(revision=first, by=dan)
    accept(revision=second, by=dan)
    assert (now(claim).text, now(claim).kind) == ("Better.", "causal")


def test_what_would_break_a_rule_by_now_is_refused_whole(room, motion, claim, dan):
    stance = claim.stances.get()
    told = {"passages-TOTAL_FORMS": 2, "passages-1-paragraph": 3, "passages-1-gist": "No.", "passages-1-kind": "denies"}
    send(room, page("stance", "change", stance.pk), **told, passages__0__DELETE="on", kind="denies")
    Passage.objects.filter(stance=stance).update(number=5)
    with pytest.raises(ValidationError):
        accept(revision=Revision.objects.get(), by=dan)
    assert (now(stance).kind, stance.passages.get().kind) == ("asserts", "asserts")


def test_the_page_of_a_row_says_that_a_change_of_it_waits(room, claim, dan):
    revision = correct(room, claim)
    assert f'href="/curate/revisions/{revision.pk}/"' in room.get(page("claim", "change", claim.pk)).content.decode()


def test_a_moderator_says_why_something_is_taken_back(client_of, moderator, claim):
    told = {"action": "take_rows_back", "_selected_action": claim.pk, "log_reason": "It names a private person."}
    client_of(moderator).post(page("claim"), told)
    assert now(claim).status == "draft"
    assert Entry.objects.get().reason == "It names a private person."


def test_what_a_curator_alone_publishes_and_takes_back_is_told_once(room, motion):
    draft = make.ClaimFactory(motion=motion, status="draft")
    room.post(page("claim"), {"action": "publish_rows", "_selected_action": draft.pk})
    send(room, page("claim", "change", draft.pk), status="draft", log_reason="Too early.")
    room.post(page("claim", "delete", motion.claims.order_by("pk")[1].pk), {"post": "yes"})
    told = list(Entry.objects.order_by("pk").values_list("verb", "label", "reason"))
    assert told[:2] == [("published", draft.text, ""), ("hidden", "claim", "Too early.")]
    assert [verb for verb, _label, _reason in told[2:]] == ["deleted"]


def test_readers_see_nothing_of_what_waits(room, client, claim, dan):
    correct(room, claim)
    for address in (claim.get_absolute_url(), "/log/", "/claims/"):
        assert "Better." not in client.get(address).content.decode()


def test_in_passing_nothing_comes_into_sight_and_nothing_is_lost(room, motion, dan):
    one, other = motion.claims.order_by("pk")[:2]
    told = {"source": other, "kind": "supports", "target_claim": one, "rationale": "So.", "origin": "curator"}
    said = send(room, f"{page('relation', 'add')}?_popup=1", **told)
    assert said["Location"] == f"/curate/revisions/{Revision.objects.get().pk}/"
    assert not Relation.objects.filter(kind="supports").exists()


def test_stances_of_drafts_on_claims_that_readers_see_are_written_at_once(room, motion, claim, dan):
    draft = make.EssayFactory(motion=motion, status="draft")
    told = {"claim": claim, "kind": "denies", "passages__0__paragraph": 1, "passages__0__gist": "No."}
    send(room, page("stance", "add", essay=draft.pk), **told)
    assert Stance.objects.filter(essay=draft).exists()
    assert not Claim.objects.get(pk=claim.pk).stances.visible().filter(essay=draft).exists()
