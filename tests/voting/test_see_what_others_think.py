"""What others think is hidden until the reader has voted or asks; the blind answer is kept."""

import pytest
from django.utils import timezone
from django.utils.html import strip_tags

from debate.actions.corpus import refresh
from debate.actions.returning import BACK_AFTER
from debate.actions.voting import cast_vote
from debate.cookies import MOST_REVEALED
from debate.models import Claim, ClaimVote, Reveal, User
from tests.factories import ClaimFactory, GuestFactory, MemberFactory, MotionFactory

pytestmark = pytest.mark.django_db
READERS = pytest.mark.parametrize("who", ["reader_client", "member_client"])


@pytest.fixture
def claim(db):
    """Two members and a guest agree, a member disagrees, a guest passes."""
    claim = ClaimFactory(motion=MotionFactory(featured=True))
    refresh(claim.motion)
    answers = [(MemberFactory(), "agree"), (MemberFactory(), "agree"), (GuestFactory(), "agree")]
    answers += [(MemberFactory(), "disagree"), (GuestFactory(), "pass")]
    for reader, value in answers:
        cast_vote(reader=reader, claim=claim, value=value, informed=False)
    return claim


@pytest.fixture
def visitor(who, request):
    return request.getfixturevalue(who)


def vote(client, claim, value):
    return client.post(f"/claims/{claim.slug}/vote/", {"value": value})


def reveal(client, claim, **headers):
    return client.post(f"/claims/{claim.slug}/reveal/", **headers)


def words(client, claim):
    html = client.get(f"/claims/{claim.slug}/").content.decode()
    return " ".join(strip_tags(html.replace("</", " </")).split())


def shows(client, claim):
    return "of those who take a side agree" in words(client, claim)


def test_asking_on_a_claim_merged_meanwhile_leads_to_the_survivor_and_shows_nothing_yet(claim, reader_client):
    merged = ClaimFactory(motion=claim.motion, status=Claim.Status.MERGED, merged_into=claim)
    answer = reveal(reader_client, merged)
    assert (answer.status_code, answer["Location"]) == (303, f"/claims/{claim.slug}/#vote")
    assert not answer.cookies
    assert not shows(reader_client, claim)


def test_asking_in_place_on_a_claim_merged_meanwhile_leads_there_too(claim, reader_client):
    merged = ClaimFactory(motion=claim.motion, status=Claim.Status.MERGED, merged_into=claim)
    assert reveal(reader_client, merged, HTTP_HX_REQUEST="true")["HX-Redirect"] == f"/claims/{claim.slug}/#vote"


def test_asking_on_a_claim_merged_into_nothing_visible_finds_nothing(claim, reader_client):
    hidden = ClaimFactory(motion=claim.motion, status=Claim.Status.DRAFT)
    merged = ClaimFactory(motion=claim.motion, status=Claim.Status.MERGED, merged_into=hidden)
    assert reveal(reader_client, merged).status_code == 404


def test_by_default_no_number_of_votes_shows_in_any_form(claim, client):
    before = client.get(f"/claims/{claim.slug}/").content
    for _ in range(7):
        cast_vote(reader=GuestFactory(), claim=claim, value="agree", informed=False)
    assert client.get(f"/claims/{claim.slug}/").content == before


def test_an_invitation_stands_in_their_place(claim, client):
    assert "What others think appears once you have voted, or see it now" in words(client, claim)


@READERS
def test_after_voting_they_show_members_and_guests_apart(claim, visitor, who):
    vote(visitor, claim, "agree")
    told = words(visitor, claim)
    assert "everybody 4 1 1" in told
    assert ("members 2 1 0" in told) == (who == "reader_client")
    assert "80% of those who take a side agree" in told
    assert "anything between 38% and 96% is plausible" in told


@READERS
def test_a_pass_is_a_vote(claim, visitor):
    vote(visitor, claim, "pass")
    assert shows(visitor, claim)


@READERS
def test_asking_shows_them_without_a_vote(claim, visitor):
    answer = reveal(visitor, claim)
    assert (answer.status_code, answer["Location"]) == (303, f"/claims/{claim.slug}/#vote")
    assert "everybody 3 1 1" in words(visitor, claim)


@READERS
def test_a_vote_or_a_question_about_one_claim_shows_no_other(claim, visitor):
    other = ClaimFactory(motion=claim.motion)
    vote(visitor, claim, "agree")
    reveal(visitor, claim)
    assert "What others think appears" in words(visitor, other)


@READERS
def test_asking_for_the_motion_shows_every_claim_of_it(claim, visitor):
    visitor.post(f"/motions/{claim.motion.slug}/reveal/")
    assert shows(visitor, claim)


@READERS
def test_withdrawing_hides_them_again(claim, visitor):
    vote(visitor, claim, "agree")
    vote(visitor, claim, "withdraw")
    assert not shows(visitor, claim)


@READERS
def test_whoever_asked_goes_on_seeing_them_after_withdrawing(claim, visitor):
    reveal(visitor, claim)
    vote(visitor, claim, "agree")
    vote(visitor, claim, "withdraw")
    assert shows(visitor, claim)


def test_asking_makes_no_guest_and_sets_a_signed_cookie(claim, reader_client):
    cookie = reveal(reader_client, claim).cookies["revealed"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert User.objects.filter(kind="guest").count() == 2


def test_a_members_question_is_kept_with_them(claim, member, member_client):
    for _ in range(2):
        reveal(member_client, claim)
    assert Reveal.objects.by(member).count() == 1
    del member_client.cookies["revealed"]
    assert shows(member_client, claim)


def test_pages_that_show_them_are_private(claim, reader_client):
    reveal(reader_client, claim)
    assert reader_client.get(f"/claims/{claim.slug}/")["Cache-Control"] == "private, no-cache"


def test_in_place_the_panel_shows_them_and_says_so(claim, reader_client):
    html = reveal(reader_client, claim, HTTP_HX_REQUEST="true").content.decode()
    assert "What others think is shown." in html
    assert "everybody" in html


@READERS
def test_the_first_answer_given_blind_is_kept_beside_the_current_one(claim, visitor):
    vote(visitor, claim, "agree")
    vote(visitor, claim, "disagree")
    kept = ClaimVote.objects.latest("pk")
    assert (kept.value, kept.blind_value) == ("disagree", "agree")


@READERS
@pytest.mark.parametrize("thing", ["claims", "motions"])
def test_a_first_answer_after_asking_is_informed(claim, visitor, thing):
    visitor.post(f"/{thing}/{(claim if thing == 'claims' else claim.motion).slug}/reveal/")
    vote(visitor, claim, "agree")
    assert ClaimVote.objects.latest("pk").blind_value == ""


@READERS
def test_withdrawn_and_given_again_it_does_not_become_blind_anew(claim, visitor):
    for value in ("agree", "withdraw", "disagree"):
        vote(visitor, claim, value)
    kept = ClaimVote.objects.latest("pk")
    assert (kept.value, kept.blind_value) == ("disagree", "agree")


def test_the_cookie_stays_small_and_keeps_the_newest(claim, reader_client):
    others = ClaimFactory.create_batch(MOST_REVEALED + 3, motion=claim.motion)
    for other in others:
        reveal(reader_client, other)
    assert len(reader_client.cookies["revealed"].value) < 2_000
    assert "What others think appears" in words(reader_client, others[0])
    assert "Nobody’s vote stands here yet." in words(reader_client, others[-1])


def test_nobodys_vote_is_said_gracefully(claim, reader_client):
    fresh = ClaimFactory(motion=claim.motion)
    reveal(reader_client, fresh)
    assert "Nobody’s vote stands here yet." in words(reader_client, fresh)


@pytest.mark.parametrize("forged", ["1m1", "1c1:x:y", "m", "-" * 500])
def test_a_forged_cookie_shows_nothing(claim, client, forged):
    client.cookies["revealed"] = forged
    assert not shows(client, claim)


# Everybody, members, guests: told apart, and shown together.


def part_of(client, claim, who):
    html = client.get(f"/claims/{claim.slug}/").content.decode()
    part = html.split(f'<div class="of of-{who}">')[1].split("</div>")[0]
    return " ".join(strip_tags(part).split())


def test_a_switch_tells_members_and_guests_apart(claim, reader_client):
    reveal(reader_client, claim)
    assert "75% of those who take a side agree" in part_of(reader_client, claim, "everybody")
    assert "67% of those who take a side agree" in part_of(reader_client, claim, "members")
    assert "100% of those who take a side agree" in part_of(reader_client, claim, "guests")


def test_the_table_shows_them_together(claim, reader_client):
    reveal(reader_client, claim)
    assert "everybody 3 1 1 members 2 1 0 guests 1 0 1" in words(reader_client, claim)


def test_of_whom_nobody_voted_is_said(claim, reader_client):
    fresh = ClaimFactory(motion=claim.motion)
    cast_vote(reader=GuestFactory(), claim=fresh, value="pass", informed=False)
    reveal(reader_client, fresh)
    assert part_of(reader_client, fresh, "members") == "Members None of them has voted yet."
    assert part_of(reader_client, fresh, "guests") == "Guests Nobody among them takes a side."


def test_guests_who_came_back_are_told(claim, reader_client):
    old = timezone.now() - BACK_AFTER
    for count in range(2):
        cast_vote(reader=GuestFactory(date_joined=old), claim=claim, value="agree", informed=False)
        reveal(reader_client, claim)
        assert f"{count + 1} of these votes" in part_of(reader_client, claim, "guests")
    assert "came back" not in part_of(reader_client, claim, "members")


def test_the_switch_asks_no_more_of_the_database(claim, reader_client, django_assert_max_num_queries):
    reveal(reader_client, claim)
    with django_assert_max_num_queries(12):
        reader_client.get(f"/claims/{claim.slug}/")
