"""A curator moves what stands in the wrong place: passages, relations, claims; with history, and no vote lost."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from debate.actions.balloting import cast_ballot
from debate.actions.corpus import refresh
from debate.actions.joining import merge_claims
from debate.actions.relocating import move_claim, move_passages, move_relation
from debate.actions.voting import cast_vote
from debate.models import Ballot, Bearing, Claim, ClaimVote, Essay, ModerationEntry, Relation, Stance
from tests import factories as make
from tests.curating.forms import errors_of, filled, page, send, tree_of
from tests.voting.test_vote_at_the_same_moment import all_at_once, counted, recount

pytestmark = pytest.mark.django_db


def said():
    entry = ModerationEntry.objects.get()
    return entry.verb, entry.label, entry.reason


# Passages.


@pytest.fixture
def stance():
    """Of an essay that speaks to the claim in two places; it is seen by another essay's passage too."""
    claim = make.ClaimFactory(slug="rain", text="It rains.", origin="essay")
    make.PassageFactory(stance=make.StanceFactory(claim=claim, essay=make.EssayFactory(motion=claim.motion)))
    stance = make.StanceFactory(claim=claim, essay=make.EssayFactory(motion=claim.motion, summary="So. [[rain]]"))
    for number, kind in ((10, "asserts"), (20, "denies")):
        make.PassageFactory(stance=stance, number=number, kind=kind)
    refresh(claim.motion)
    return stance


@pytest.fixture
def snow(stance):
    return make.ClaimFactory(motion=stance.claim.motion, slug="snow", text="It snows.")


def numbers(stance):
    return list(stance.passages.order_by("number").values_list("number", flat=True))


def test_a_passage_goes_to_another_claim_with_a_stance_that_it_shows(stance, snow, curator):
    chosen = stance.passages.get(number=20)
    made = move_passages(by=curator, stance=stance, passages=[chosen.pk], to=snow, reason="Wrong claim.")
    assert (made.kind, numbers(made), numbers(stance)) == ("denies", [20], [10])
    assert chosen.history.first().history_user == curator
    verb, label, reason = said()
    assert (verb, label) == ("moved", "It rains.")
    assert "It snows." in reason
    assert "Wrong claim." in reason
    call_command("audit")


def test_where_all_of_an_essay_goes_its_stance_and_its_mark_go_too(stance, snow, curator):
    held = make.StanceFactory(essay=stance.essay, claim=snow, kind="asserts")
    make.PassageFactory(stance=held, number=10, kind="asserts")
    every = stance.passages.values_list("pk", flat=True)
    made = move_passages(by=curator, stance=stance, passages=every, to=snow, reason="")
    assert (made, made.kind, numbers(made)) == (held, "asserts", [10, 20, 30])
    assert not Stance.objects.filter(pk=stance.pk).exists()
    assert Essay.objects.get(pk=stance.essay_id).summary == "So. [[snow]]"


def test_passages_stay_where_they_cannot_go(stance, snow, curator):
    only = Stance.objects.exclude(pk=stance.pk).get()
    move = partial(move_passages, by=curator, reason="")
    every = list(stance.passages.values_list("pk", flat=True))
    move(stance=only, passages=[only.passages.get().pk], to=snow)
    for passages, to, told in (
        (every, snow, "leave it a passage"),
        (every, stance.claim, "already"),
        (every, make.ClaimFactory(), "another motion"),
        ([], snow, "at least one"),
    ):
        with pytest.raises(ValidationError, match=told):
            move(stance=stance, passages=passages, to=to)
    assert numbers(stance) == [10, 20]


# Relations.


@pytest.fixture
def relation(snow):
    made = make.RelationFactory(source=snow, target_claim=make.ClaimFactory(motion=snow.motion, text="It is cold."))
    refresh(snow.motion)
    return made


def led(relation, curator, **changes):
    stands = {name: getattr(relation, name) for name in ("source", "kind", "target_claim", "target_relation")}
    return move_relation(by=curator, relation=relation, reason="Aimed elsewhere.", **{**stands, **changes})


def test_a_counterpoint_is_led_to_another_target_with_what_undercuts_it(relation, curator):
    target = make.ClaimFactory(motion=relation.source.motion, text="It is wet.")
    against = {"kind": "undercuts", "target_claim": None, "target_relation": relation}
    undercut = make.RelationFactory(source=make.ClaimFactory(motion=target.motion), **against)
    led(relation, curator, target_claim=target, kind="qualifies")
    relation.refresh_from_db()
    assert (relation.target_claim, relation.kind) == (target, "qualifies")
    assert list(relation.undercuts.all()) == [undercut]
    assert relation.history.first().history_user == curator
    assert target.standing.counterpoints == 2
    verb, label, reason = said()
    assert (verb, label) == ("moved", "It snows. qualifies: It is wet.")
    assert "It snows. rebuts: It is cold." in reason


def test_a_relation_is_led_nowhere_where_a_rule_forbids_it(relation, curator):
    twin = make.RelationFactory(source=relation.source, target_claim=make.ClaimFactory(motion=relation.source.motion))
    for changes, told in (
        ({"target_claim": twin.target_claim}, "drawn already"),
        ({"target_claim": relation.source}, "bear on itself"),
        ({"target_claim": make.ClaimFactory()}, "another motion"),
        ({"kind": "undercuts"}, "which relation is undercut"),
        ({"kind": "undercuts", "target_claim": None, "target_relation": twin}, "does not undercut what it leads to"),
    ):
        with pytest.raises(ValidationError, match=told):
            led(relation, curator, **changes)
    relation.refresh_from_db()
    assert relation.target_claim.text == "It is cold."


# Claims.


@pytest.fixture
def claim():
    claim = make.ClaimFactory(slug="moved", text="It is so.")
    refresh(claim.motion)
    return claim


@pytest.fixture
def motion():
    motion = make.MotionFactory()
    make.SideFactory(motion=motion, slug="yes")
    make.SideFactory(motion=motion, slug="no")
    return motion


def test_a_claim_goes_with_votes_tags_and_the_addresses_that_lead_to_it(claim, motion, curator, client, capsys):
    cast_vote(reader=make.MemberFactory(), claim=claim, value="agree", informed=False)
    twin = make.ClaimFactory(motion=claim.motion, slug="twin")
    refresh(claim.motion)
    merge_claims(by=curator, claim=twin, into=claim, reason="")
    make.tag(claim, "Wages")
    side = motion.sides.get(slug="yes")
    move_claim(by=curator, claim=claim, motion=motion, side=side, reason="It is about that.")
    claim.refresh_from_db()
    assert (claim.motion, claim.side, claim.standing.motion) == (motion, side, motion)
    assert (claim.tally.agree, ClaimVote.objects.filter(claim=claim).count()) == (1, 1)
    assert list(claim.tags.names()) == ["Wages"]
    assert client.get("/claims/twin/")["Location"] == "/claims/moved/"
    assert claim.history.first().history_change_reason == "It is about that."
    assert ModerationEntry.objects.filter(verb="moved", label="It is so.", address="/claims/moved/").count() == 1
    call_command("audit")
    assert "0 of them broken" in capsys.readouterr().out


def test_a_ballot_before_reading_after_a_vote_that_came_along_is_late(claim, motion, curator, member, capsys):
    cast_vote(reader=member, claim=claim, value="agree", informed=False)
    told = {"reader": member, "motion": motion, "essay": None, "side": motion.sides.get(slug="yes")}
    for phase in ("before", "after"):
        cast_ballot(**told, phase=phase)
    early = timezone.now() - timedelta(days=1)
    ClaimVote.objects.update(made_at=early, changed_at=early)
    assert not Ballot.objects.filter(late=True).exists()
    move_claim(by=curator, claim=claim, motion=motion, side=None, reason="")
    assert Ballot.objects.get(phase="before").late
    call_command("audit")
    assert "0 of them broken" in capsys.readouterr().out


def test_what_would_lead_across_motions_is_let_go_or_the_claim_stays(claim, motion, curator):
    other, prediction = make.ClaimFactory(motion=claim.motion), make.PredictionFactory(motion=claim.motion)
    relation = make.RelationFactory(source=claim, target_claim=other)
    Bearing.objects.create(claim=claim, prediction=prediction, outcome="yes", rationale="x")
    told = {"by": curator, "claim": claim, "motion": motion, "side": None, "reason": ""}
    with pytest.raises(ValidationError, match="from one motion into another"):
        move_claim(**told)
    move_claim(**told, let_go=True)
    assert not Relation.objects.exists()
    assert not Bearing.objects.exists()
    assert Relation.history.filter(id=relation.pk, history_type="-").get().history_user == curator


def test_a_claim_stays_where_it_cannot_go(claim, motion, curator):
    told = {"by": curator, "side": None, "reason": "", "let_go": True}
    spoken = make.StanceFactory(claim=make.ClaimFactory(motion=claim.motion)).claim
    thesis = make.ClaimFactory(motion=claim.motion)
    make.SideFactory(motion=claim.motion, slug="yes", thesis=thesis)
    make.ClaimFactory(motion=motion, text="it is so")
    away = make.SideFactory(motion=make.MotionFactory(), slug="yes")
    for one, to, changes, why in (
        (claim, claim.motion, {}, "there already"),
        (claim, motion, {}, "says the same"),
        (spoken, motion, {}, "speak to it"),
        (thesis, motion, {}, "thesis"),
        (claim, make.MotionFactory(), {"side": away}, "another motion"),
        (claim, make.MotionFactory(status="draft"), {}, "not published"),
    ):
        with pytest.raises(ValidationError, match=why):
            move_claim(**{**told, **changes}, claim=one, motion=to)
    assert Claim.objects.get(pk=claim.pk).motion == claim.motion


# In the room.


def test_in_the_room_passages_and_ends_are_moved_on_pages_of_their_own(stance, snow, relation, room):
    told = {"passages": [stance.passages.get(number=20).pk], "to": snow.pk, "reason": "Wrong claim."}
    done = room.post(page("stance", "move", stance.pk), told)
    assert done["Location"] == page("stance", "change", Stance.objects.get(essay=stance.essay, claim=snow).pk)
    for noun in ("relation", "counterpoint"):
        address, target = page(noun, "move", relation.pk), make.ClaimFactory(motion=snow.motion)
        form = {**filled(room.get(address)), "reason": "Aimed elsewhere."}
        assert "bear on itself" in room.post(address, {**form, "target_claim": snow.pk}).content.decode()
        assert room.post(address, {**form, "target_claim": target.pk}).status_code == 302
        assert Relation.objects.get(pk=relation.pk).target_claim == target


def test_in_the_room_one_sees_what_would_be_lost_before_a_claim_is_moved(claim, motion, room):
    make.RelationFactory(source=claim, target_claim=make.ClaimFactory(motion=claim.motion, text="It is cold."))
    address = page("claim", "move", claim.pk)
    assert "It is cold." in "".join(tree_of(room.get(address)).itertext())
    told = {"motion": motion.pk, "reason": "It is about that."}
    assert "from one motion into another" in room.post(address, told).content.decode()
    assert room.post(address, {**told, "let_go": "on"}).status_code == 302
    assert Claim.objects.get(pk=claim.pk).motion == motion
    assert "required" in errors_of(send(room, address))


@pytest.mark.django_db(transaction=True)
def test_votes_on_their_way_while_a_claim_is_moved_are_all_counted(claim, motion, curator):
    readers = make.MemberFactory.create_batch(8)
    acts = [partial(cast_vote, reader=reader, claim=claim, value="agree", informed=False) for reader in readers]
    acts.insert(4, partial(move_claim, by=curator, claim=claim, motion=motion, side=None, reason=""))
    all_at_once(lambda number: acts[number](), writers=len(acts))
    assert counted(claim) == recount(claim)
    assert ClaimVote.objects.filter(claim__motion=motion).count() == len(readers)
