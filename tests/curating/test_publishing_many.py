"""Many rows at once are published, or taken back to draft."""

import pytest

from debate.models import Claim, Edition, Essay, Motion
from tests import factories as make
from tests.curating.forms import page

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(3)


def act(room, noun, action, *rows):
    told = {"action": action, "_selected_action": [row.pk for row in rows]}
    return room.post(page(noun), told, follow=True).content.decode()


def test_drafts_are_published(room, motion):
    drafts = [make.ClaimFactory(motion=motion, status="draft") for _n in range(2)]
    act(room, "claim", "publish_rows", *drafts)
    assert Claim.objects.visible().filter(pk__in=[claim.pk for claim in drafts]).count() == 2


def test_it_says_how_many_changed(room, motion):
    assert "1 row changed." in act(room, "claim", "publish_rows", make.ClaimFactory(motion=motion, status="draft"))


def test_each_has_a_line_of_history_with_the_curator(room, curator, motion):
    claim = make.ClaimFactory(motion=motion, status="draft")
    act(room, "claim", "publish_rows", claim)
    latest = claim.history.latest()
    assert (latest.status, latest.history_user) == ("published", curator)


def test_what_is_published_already_gets_no_line(room, motion):
    claim = motion.claims.first()
    before = claim.history.count()
    act(room, "claim", "publish_rows", claim)
    assert claim.history.count() == before


def test_the_edition_moves_on(room, motion):
    before = Edition.objects.get().number
    act(room, "claim", "publish_rows", make.ClaimFactory(motion=motion, status="draft"))
    assert Edition.objects.get().number > before


def test_the_standings_follow(room, motion):
    claim = motion.claims.order_by("pk").last()
    act(room, "claim", "take_rows_back", claim)
    assert not motion.claims.filter(standing__isnull=False, pk=claim.pk).exists()


def test_a_thesis_is_not_taken_back(room, motion):
    thesis = motion.sides.get(slug="yes").thesis
    assert "It is the thesis of a side" in act(room, "claim", "take_rows_back", thesis)
    assert Claim.objects.get(pk=thesis.pk).status == "published"


def test_an_essay_whose_passage_shows_a_thesis_is_not_taken_back(room, motion):
    essay = motion.essays.get()
    assert "Readers would not see the thesis" in act(room, "essay", "take_rows_back", essay)
    assert Essay.objects.get(pk=essay.pk).status == "published"


def test_one_that_is_forbidden_holds_all_back(room, motion):
    thesis, other = motion.claims.order_by("pk")[:2]
    act(room, "claim", "take_rows_back", other, thesis)
    assert Claim.objects.get(pk=other.pk).status == "published"


def test_the_featured_motion_is_not_taken_back(room):
    motion = make.MotionFactory(featured=True)
    assert "Only a published motion can be featured." in act(room, "motion", "take_rows_back", motion)
    assert Motion.objects.get(pk=motion.pk).status == "published"


def test_a_merged_claim_stays_merged(room, motion):
    claim = make.ClaimFactory(motion=motion, status="merged", merged_into=motion.claims.first())
    act(room, "claim", "publish_rows", claim)
    assert Claim.objects.get(pk=claim.pk).status == "merged"


def test_an_essay_is_published_with_its_claims_and_predictions(room, motion):
    essay = make.EssayFactory(motion=motion, status="draft")
    claim = make.ClaimFactory(motion=motion, origin="essay", status="draft")
    make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=claim))
    prediction = make.PredictionFactory(motion=motion, essay=essay, status="draft")
    assert "3 rows changed." in act(room, "essay", "publish_with_all", essay)
    assert prediction.__class__.objects.visible().filter(pk=prediction.pk).exists()


def test_looking_is_not_publishing(client, motion):
    viewer = make.MemberFactory(is_staff=True)
    viewer.user_permissions.add(*permissions("view_claim"))
    client.force_login(viewer)
    claim = make.ClaimFactory(motion=motion, status="draft")
    client.post(page("claim"), {"action": "publish_rows", "_selected_action": claim.pk})
    assert Claim.objects.get(pk=claim.pk).status == "draft"


def permissions(*names):
    from django.contrib.auth.models import Permission

    return Permission.objects.filter(codename__in=names)


def test_a_motion_without_two_sides_is_not_published(room):
    motion = make.MotionFactory(status="draft")
    make.SideFactory(motion=motion)
    assert "needs two sides" in act(room, "motion", "publish_rows", motion)
    assert Motion.objects.get(pk=motion.pk).status == "draft"


def test_it_says_how_many_stay_unseen(room, motion):
    said = act(room, "claim", "publish_rows", make.ClaimFactory(motion=motion, origin="essay", status="draft"))
    assert "Readers do not see 1 of these yet" in said


def test_it_is_silent_where_all_are_seen(room, motion):
    said = act(room, "claim", "publish_rows", make.ClaimFactory(motion=motion, status="draft"))
    assert "Readers do not see" not in said
