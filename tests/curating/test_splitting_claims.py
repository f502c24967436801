"""A curator makes two claims of one that says two things: nothing that anybody gave or wrote is lost."""

from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from debate.actions.corpus import refresh
from debate.actions.recounting import recount_tally
from debate.actions.splitting import Wording, parts_of, split_claim
from debate.actions.voting import cast_vote
from debate.models import Bearing, Claim, ClaimTally, ClaimVote, ModerationEntry, Passage, Reveal, Stance, TagVote
from tests import factories as make
from tests.curating.forms import filled, page
from tests.voting.test_vote_at_the_same_moment import all_at_once, counted, recount

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    """Of an essay that says both things, one of them in two places."""
    motion = make.MotionFactory()
    claim = make.ClaimFactory(motion=motion, slug="both", text="It rains and it snows.", origin="essay")
    essay = make.EssayFactory(motion=motion, summary="She says it. [[both]]")
    stance = make.StanceFactory(essay=essay, claim=claim, kind="asserts")
    for number, kind in ((10, "asserts"), (20, "denies"), (30, "denies")):
        make.PassageFactory(stance=stance, number=number, kind=kind)
    refresh(motion)
    return claim


@pytest.fixture
def split(claim, curator):
    told = {"text": "It rains.", "second": Wording("It snows.", "observation", None), "reason": "It says two things."}
    return lambda **more: split_claim(by=curator, claim=claim, **{"parts": {}, **told, **more})


def ways(claim, **by_number):
    """Decisions on the claim's passages, by their numbers."""
    numbers = {f"n{row.number}": f"passage-{row.pk}" for row in Passage.objects.filter(stance__claim=claim)}
    return {numbers[number]: way for number, way in by_number.items()}


def shown(claim):
    """The claim's only stance and the numbers of its passages."""
    stance = Stance.objects.get(claim=claim)
    return stance.kind, list(stance.passages.values_list("number", flat=True))


def test_passages_are_parted_and_each_stance_is_of_a_kind_that_shows(claim, split, curator):
    made = split(parts=ways(claim, n20="goes", n30="both"))
    claim.refresh_from_db()
    assert (claim.text, made.text, made.slug, made.status) == ("It rains.", "It snows.", "it-snows", "published")
    assert (shown(claim), shown(made)) == (("asserts", [10, 30]), ("denies", [20, 30]))
    assert made.history.get().history_user == curator
    assert claim.history.first().history_change_reason == "It says two things."
    assert Stance.objects.get(claim=made).essay.summary == "She says it. [[both]]"


def test_where_all_passages_go_the_summary_marks_the_second(claim, split, curator):
    own = make.StanceFactory(claim=claim, essay=make.EssayFactory(motion=claim.motion))
    make.PassageFactory(stance=own)
    made = split(parts=ways(claim, n10="goes", n20="goes", n30="goes"))
    assert shown(made) == ("asserts", [10, 20, 30])
    assert Stance.objects.get(claim=claim) == own
    assert Stance.objects.get(claim=made).essay.summary == "She says it. [[it-snows]]"
    assert Stance.history.filter(claim=claim, history_type="-").get().history_user == curator


def test_relations_bearings_and_tags_go_where_they_are_sent(claim, split, member):
    other, prediction = make.ClaimFactory(motion=claim.motion), make.PredictionFactory(motion=claim.motion)
    out, into = (
        make.RelationFactory(source=claim, target_claim=other),
        make.RelationFactory(source=other, target_claim=claim),
    )
    stays = make.RelationFactory(source=claim, target_claim=other, kind="supports")
    against = {"kind": "undercuts", "target_claim": None, "target_relation": out}
    undercut = make.RelationFactory(source=make.ClaimFactory(motion=claim.motion), **against)
    bearing = Bearing.objects.create(claim=claim, prediction=prediction, outcome="yes", rationale="x")
    _rain, snow, weather = (make.tag(claim, name) for name in ("Rain", "Snow", "Weather"))
    for tag in (snow, weather):
        TagVote.objects.create(user=member, claim=claim, tag=tag)
    keys = {f"relation-{out.pk}": "goes", f"relation-{into.pk}": "goes", f"bearing-{bearing.pk}": "goes"}
    tags = {f"tag-{snow.pk}": "goes", f"tag-{weather.pk}": "both"}
    made = split(parts={**ways(claim, n20="goes"), **keys, **tags})
    for row in (out, into, stays, undercut, bearing):
        row.refresh_from_db()
    assert (out.source, into.target_claim, stays.source, bearing.claim) == (made, made, claim, made)
    assert undercut.target_relation == out
    assert (sorted(claim.tags.names()), sorted(made.tags.names())) == (["Rain", "Weather"], ["Snow", "Weather"])
    assert {(vote.claim, vote.tag) for vote in TagVote.objects.all()} == {(made, snow), (claim, weather)}


@pytest.mark.parametrize(("votes", "agreed"), [("stays", (2, 0)), ("goes", (0, 2))])
def test_votes_stay_whole_and_nobody_has_two(claim, split, votes, agreed, capsys):
    for reader in make.MemberFactory.create_batch(2):
        cast_vote(reader=reader, claim=claim, value="agree", informed=False)
        Reveal.objects.create(user=reader, claim=claim)
    made = split(parts=ways(claim, n20="goes"), votes=votes)
    assert tuple(ClaimTally.objects.get(claim=each).agree for each in (claim, made)) == agreed
    assert ClaimVote.objects.count() == 2
    assert Reveal.objects.filter(claim=made).count() == agreed[1]
    call_command("audit")
    assert "0 of them broken" in capsys.readouterr().out


def test_what_readers_would_lose_sight_of_is_refused(claim, split):
    with pytest.raises(ValidationError, match=r"It snows\.”: leave it a passage"):
        split()
    with pytest.raises(ValidationError, match=r"It rains\.”: leave it a passage"):
        split(parts=ways(claim, n10="goes", n20="goes", n30="goes"))
    claim.refresh_from_db()
    assert (claim.text, Claim.objects.count()) == ("It rains and it snows.", 1)


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ({"second": Wording("it rains", "observation", None)}, "says the same"),
        ({"text": "x" * 281}, "280"),
        ({"second": Wording("It snows.", "rumour", None)}, "not a valid choice"),
    ],
)
def test_what_cannot_be_a_claim_is_refused(claim, split, told, said):
    with pytest.raises(ValidationError, match=said):
        split(parts=ways(claim, n20="goes"), **told)


def test_a_merged_claim_is_not_split(claim, split):
    other = make.ClaimFactory(motion=claim.motion)
    Claim.objects.filter(pk=claim.pk).update(status="merged", merged_into=other)
    with pytest.raises(ValidationError, match="merged"):
        split()


def test_the_log_says_what_was_done_and_why(claim, split):
    split(parts=ways(claim, n20="goes"))
    entry = ModerationEntry.objects.get()
    assert (entry.verb, entry.label, entry.address) == ("split", "It rains.", "/claims/both/")
    assert "It says two things." in entry.reason
    assert "It snows." in entry.reason


def test_on_the_page_each_part_is_asked_and_stays_unless_told(claim, room):
    address = page("claim", "split", claim.pk)
    form = filled(room.get(address))
    assert {part.key for part in parts_of(claim)} <= form.keys()
    told = {**form, "text": "It rains.", "second_text": "It snows.", "reason": "Two things."}
    refused = room.post(address, told)
    assert "leave it a passage" in refused.content.decode()
    assert filled(refused)["second_text"] == ["It snows."]
    assert room.post(address, {**told, **ways(claim, n20="both")}).status_code == 302
    assert Claim.objects.get(slug="it-snows").stances.get().passages.count() == 1


@pytest.mark.django_db(transaction=True)
def test_votes_on_their_way_while_it_is_split_are_all_counted(claim, split):
    readers = make.MemberFactory.create_batch(8)
    parts = ways(claim, n20="goes")
    acts = [partial(cast_vote, reader=reader, claim=claim, value="agree", informed=False) for reader in readers]
    acts.insert(4, lambda: split(parts=parts, votes="goes"))
    all_at_once(lambda number: acts[number](), writers=len(acts))
    made = Claim.objects.get(slug="it-snows")
    assert sum(sum(counted(each).values()) for each in (claim, made)) == len(readers)
    for each in (claim, made):
        assert counted(each) == recount(each)
        recount_tally(claim=each.pk)
