"""A curator makes one claim of two that say the same: nothing that anybody gave or wrote is lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from debate.actions.corpus import refresh
from debate.actions.joining import OTHER, OWN, Undecided, collisions, merge_claims, turned_on_themselves
from debate.actions.recounting import recount_tally
from debate.actions.voting import cast_vote
from debate.models import (
    Bearing,
    Claim,
    ClaimTally,
    ClaimVote,
    ModerationEntry,
    Passage,
    Relation,
    Reveal,
    Stance,
    TagVote,
    User,
)
from tests import factories as make
from tests.curating.forms import page
from tests.voting.test_vote_at_the_same_moment import all_at_once

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture
def curator():
    return make.CuratorFactory()


@pytest.fixture
def pair():
    into = make.ClaimFactory(slug="survivor", text="It is so.", origin="curator", status="published")
    claim = make.ClaimFactory(motion=into.motion, slug="twin", text="So it is.", origin="curator", status="published")
    refresh(into.motion)
    return claim, into


@pytest.fixture
def merge(pair, curator):
    claim, into = pair
    return lambda **told: merge_claims(by=curator, claim=claim, into=into, **{"reason": "They say the same.", **told})


def vote(reader, claim, value, day, blind=""):
    at = DAY + timedelta(days=day)
    told = {"value": value, "blind_value": blind, "made_at": at, "changed_at": at}
    return ClaimVote.objects.create(user=reader, claim=claim, **told)


def counted(*claims):
    for claim in claims:
        recount_tally(claim=claim.pk)


def test_votes_of_a_thousand_readers_half_of_whom_voted_on_both(pair, merge):
    claim, into = pair
    readers = User.objects.bulk_create(
        User(username=f"reader-{number}", kind="member" if number % 2 else "guest", password="!")
        for number in range(1_000)
    )
    rows = [ClaimVote(user=reader, claim=into, value="agree", made_at=DAY, changed_at=DAY) for reader in readers[:750]]
    later = DAY + timedelta(days=1)
    changed = {"made_at": later, "changed_at": later}
    rows += [ClaimVote(user=reader, claim=claim, value="disagree", **changed) for reader in readers[250:]]
    ClaimVote.objects.bulk_create(rows)
    counted(*pair)
    merge()
    tally = ClaimTally.objects.get(claim=into)
    assert (tally.agree, tally.disagree, tally.total) == (250, 750, 1_000)
    assert ClaimVote.objects.filter(claim=into).count() == 1_000
    assert not ClaimVote.objects.filter(claim=claim).exists()
    call_command("audit")


@pytest.mark.parametrize(("days", "stands"), [((1, 2), "disagree"), ((2, 1), "agree")])
def test_of_two_votes_of_one_person_the_newer_stands_and_the_first_blind_answer(pair, merge, member, days, stands):
    claim, into = pair
    own_day, other_day = days
    vote(member, into, "agree", own_day, blind="agree")
    vote(member, claim, "disagree", other_day, blind="disagree")
    counted(*pair)
    merge()
    left = ClaimVote.objects.get(user=member)
    assert (left.claim, left.value) == (into, stands)
    assert left.blind_value == ("agree" if own_day < other_day else "disagree")
    assert left.made_at == DAY + timedelta(days=1)


def test_proposed_tags_and_reveals_move_once(pair, merge, member):
    claim, into = pair
    tag = make.TagFactory()
    for one in pair:
        TagVote.objects.create(user=member, claim=one, tag=tag)
        Reveal.objects.create(user=member, claim=one)
    TagVote.objects.create(user=member, claim=claim, tag=make.TagFactory())
    merge()
    assert TagVote.objects.filter(claim=into).count() == 2
    assert Reveal.objects.get(user=member).claim == into


def test_public_tags_are_those_of_both(pair, merge):
    claim, into = pair
    for one, names in ((into, ["a", "b"]), (claim, ["b", "c"])):
        for name in names:
            make.tag(one, name)
    merge()
    assert sorted(into.tags.names()) == ["a", "b", "c"]


def test_stances_and_passages_move_with_their_numbers_kept_apart(pair, merge):
    claim, into = pair
    essay = make.EssayFactory(motion=into.motion)
    for one, numbers in ((into, [10, 20]), (claim, [10, 30])):
        stance = make.StanceFactory(essay=essay, claim=one, kind="asserts")
        for number in numbers:
            make.PassageFactory(stance=stance, kind="asserts", number=number)
    other = make.StanceFactory(essay=make.EssayFactory(motion=into.motion), claim=claim)
    merge()
    assert Stance.objects.filter(claim=into).count() == 2
    assert sorted(Passage.objects.filter(stance__essay=essay).values_list("number", flat=True)) == [10, 20, 30, 40]
    assert Stance.objects.get(pk=other.pk).claim == into


@pytest.mark.parametrize(("decision", "kind"), [(OWN, "asserts"), (OTHER, "denies")])
def test_stances_that_differ_are_decided_by_the_curator(pair, merge, decision, kind):
    claim, into = pair
    essay = make.EssayFactory(motion=into.motion)
    for one, told in ((into, "asserts"), (claim, "denies")):
        make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=one, kind=told), kind=told)
    with pytest.raises(Undecided) as refused:
        merge()
    (open_one,) = refused.value.collisions
    assert Claim.objects.get(pk=claim.pk).status == "published"
    merge(decisions={open_one.key: decision})
    assert Stance.objects.get(essay=essay).kind == kind
    assert Passage.objects.filter(stance__essay=essay).count() == 2


def test_relations_move_those_drawn_twice_become_one_and_none_leads_to_itself(pair, merge):
    claim, into = pair
    third = make.ClaimFactory(motion=into.motion)
    essays = make.EssayFactory.create_batch(2, motion=into.motion)
    for one, essay in zip(pair, essays, strict=True):
        make.RelationFactory(source=one, target_claim=third, rationale="Why.").drawn_by.set([essay])
    undercut = make.RelationFactory(
        source=make.ClaimFactory(motion=into.motion),
        kind="undercuts",
        target_claim=None,
        target_relation=Relation.objects.get(source=claim),
    )
    make.RelationFactory(source=claim, target_claim=into)
    moved = make.RelationFactory(source=third, target_claim=claim, kind="rebuts")
    assert len(turned_on_themselves(claim, into)) == 1
    merge()
    left = Relation.objects.get(source=into)
    assert set(left.drawn_by.all()) == set(essays)
    assert Relation.objects.get(pk=undercut.pk).target_relation == left
    assert Relation.objects.get(pk=moved.pk).target_claim == into


def test_what_bears_on_a_prediction_moves_and_a_difference_is_decided(pair, merge):
    claim, into = pair
    prediction = make.PredictionFactory(motion=into.motion)
    for one, outcome in ((into, "yes"), (claim, "no")):
        Bearing.objects.create(claim=one, prediction=prediction, outcome=outcome, rationale="x")
    (open_one,) = [found for found in collisions(claim, into) if found.differs]
    merge(decisions={open_one.key: OTHER})
    assert Bearing.objects.get().outcome == "no"


def test_summaries_name_the_survivor(pair, merge):
    claim, into = pair
    essay = make.EssayFactory(motion=into.motion, summary="She says it. [[twin]]")
    make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
    merge()
    essay.refresh_from_db()
    assert essay.summary == "She says it. [[survivor]]"
    assert essay.summary_blocks[0]["claims"] == ["survivor"]


def test_the_old_address_leads_to_the_survivor(pair, merge, client):
    claim, into = pair
    merge()
    response = client.get(claim.get_absolute_url())
    assert (response.status_code, response["Location"]) == (301, into.get_absolute_url())


def test_a_vote_that_was_on_its_way_is_not_lost_on_a_claim_that_is_gone(pair, merge, member):
    claim, _into = pair
    merge()
    with pytest.raises(Claim.DoesNotExist):
        cast_vote(reader=member, claim=claim, value="agree", informed=False)
    assert not ClaimVote.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_votes_on_their_way_while_it_is_merged_arrive_or_are_told(pair, merge):
    claim, into = pair
    readers, told = make.MemberFactory.create_batch(8), []

    def act(number):
        if number == 4:
            merge()
            return
        try:
            cast_vote(reader=readers[number - (number > 4)], claim=claim, value="agree", informed=False)
        except Claim.DoesNotExist:
            told.append(number)

    all_at_once(act, writers=len(readers) + 1)
    assert ClaimTally.objects.get(claim=into).agree == ClaimVote.objects.filter(claim=into).count()
    assert ClaimVote.objects.count() + len(told) == len(readers)


def test_the_log_says_what_was_done_and_why(pair, merge):
    merge()
    entry = ModerationEntry.objects.get()
    assert (entry.verb, entry.label) == ("merged", "So it is.")
    assert "They say the same." in entry.reason
    assert "It is so." in entry.reason


def test_what_cannot_become_one_is_refused(pair, curator):
    claim, into = pair
    elsewhere = make.ClaimFactory()
    draft = make.ClaimFactory(motion=into.motion, status="draft")
    for one, other, told in ((claim, claim, "itself"), (claim, elsewhere, "motions"), (claim, draft, "hidden")):
        with pytest.raises(ValidationError, match=told):
            merge_claims(by=curator, claim=one, into=other, reason="")
    assert Claim.objects.get(pk=claim.pk).status == "published"


def test_on_the_page_one_looks_first_and_then_merges(pair, room):
    claim, into = pair
    essay = make.EssayFactory(motion=into.motion)
    for one, kind in ((into, "asserts"), (claim, "denies")):
        make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=one, kind=kind), kind=kind)
    told = {"into": into.pk, "reason": "They say the same."}
    looked = room.post(page("claim", "merge", claim.pk), told)
    assert "What does" in looked.content.decode()
    assert Claim.objects.get(pk=claim.pk).status == "published"
    undecided = room.post(page("claim", "merge", claim.pk), {**told, "looked": into.pk})
    assert "This field is required" in undecided.content.decode()
    done = room.post(page("claim", "merge", claim.pk), {**told, "looked": into.pk, f"stance-{essay.pk}": OTHER})
    assert done.status_code == 302
    assert Claim.objects.get(pk=claim.pk).merged_into == into
    assert Stance.objects.get(essay=essay).kind == "denies"


def test_on_the_page_what_cannot_become_one_is_said_beside_the_field(pair, room):
    claim, _into = pair
    response = room.post(page("claim", "merge", claim.pk), {"into": claim.pk, "reason": "x"})
    assert "cannot be merged into itself" in response.content.decode()


def test_whoever_may_not_change_claims_does_not_get_there(pair, client, member):
    client.force_login(member)
    assert client.get(page("claim", "merge", pair[0].pk)).status_code == 403


def test_every_rule_holds_afterwards(pair, merge, member, capsys):
    claim, into = pair
    essay = make.EssayFactory(motion=into.motion)
    make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
    cast_vote(reader=member, claim=claim, value="agree", informed=False)
    merge()
    call_command("audit")
    assert "0 of them broken" in capsys.readouterr().out
