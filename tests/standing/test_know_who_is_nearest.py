"""A reader's votes, beside what the visible essays say, tell which authors are nearest and where the gaps are."""

from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from debate.actions.voting import withdraw_vote
from debate.lenses.nearness import held_on, standing_of
from debate.models import ClaimVote, Essay, Stance
from debate.reasoning.nearness import nearness
from tests.factories import AuthorFactory, GuestFactory
from tests.standing.scene import Scene, on

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return GuestFactory()


def nearest(reader, slug=""):
    """(author, how many agreed, how many in common) of everybody of whom enough is known."""
    found = standing_of("", slug, reader).nearest
    return [(neighbour.author.name, neighbour.near.agreed, neighbour.near.common) for neighbour in found]


# What counts.


def test_asserting_and_conceding_are_agreeing_and_denying_is_disagreeing(scene, reader):
    scene.essay("Alba", {**on(2, "asserts"), **on(2, "concedes", 2), **on(2, "denies", 4)})
    scene.vote(reader, **on(4, "agree"), **on(2, "disagree", 4))
    assert nearest(reader) == [("Alba", 6, 6)]


def test_what_is_qualified_or_reported_is_left_out(scene, reader):
    scene.essay("Alba", {**on(5, "asserts"), "c5": "qualifies", "c6": "reports"})
    scene.vote(reader, **on(7, "disagree"))
    assert nearest(reader) == [("Alba", 0, 5)]


def test_passes_and_votes_taken_back_are_left_out(scene, reader):
    scene.essay("Alba", on(7, "asserts"))
    scene.vote(reader, **on(6, "agree"), c6="pass")
    withdraw_vote(reader=reader, claim=scene.claims["c5"])
    assert nearest(reader) == [("Alba", 5, 5)]


def test_votes_on_another_motion_are_left_out(scene, reader):
    other = Scene(featured=False)
    other.essay("Berta", {f"other-{n}": "asserts" for n in range(6)})
    scene.essay("Alba", on(5, "asserts"))
    other.vote(reader, **{f"other-{n}": "agree" for n in range(6)})
    assert nearest(reader) == []
    assert nearest(reader, other.motion.slug) == [("Berta", 6, 6)]


def test_only_what_is_visible_counts(scene, reader):
    scene.essay("Alba", on(5, "asserts"))
    scene.essay("Berta", on(5, "asserts"), status="draft")
    Stance.objects.get(claim__slug="c0", essay__status="published").passages.all().delete()
    scene.claims["c1"].status = "draft"
    scene.vote(reader, **on(5, "agree"))
    scene.claims["c1"].save()
    standing = standing_of("", "", reader)
    assert [(near.author.name, near.near.common) for near in standing.too_few] == [("Alba", 3)]


def test_another_readers_votes_count_for_nothing(scene, reader, member):
    scene.essay("Alba", on(5, "asserts"))
    scene.vote(member, **on(5, "agree"))
    assert nearest(reader) == nearest(None) == []


# Where essays of one author differ: the latest counts.


@pytest.fixture
def alba():
    return AuthorFactory(name="Alba")


def twice(scene, author, first, second):
    """Two essays that differ on the first claim of six."""
    scene.essay(author, {**on(6, "asserts"), "c0": first}, published_on=date(2020, 1, 1))
    scene.essay(author, {"c0": second}, published_on=date(2021, 1, 1))


@pytest.mark.parametrize(
    ("first", "second", "counted"),
    [
        ("asserts", "denies", (5, 6)),
        ("denies", "concedes", (6, 6)),
        ("asserts", "qualifies", (5, 5)),
        ("asserts", "reports", (6, 6)),
        ("reports", "denies", (5, 6)),
    ],
)
def test_the_latest_counts_but_a_report_never_does(scene, reader, first, second, counted):
    twice(scene, AuthorFactory(name="Alba"), first, second)
    scene.vote(reader, **on(6, "agree"))
    assert nearest(reader) == [("Alba", *counted)]


def test_an_essay_without_a_date_is_the_older_one(scene, reader, alba):
    scene.essay(alba, on(6, "asserts"), published_on=date(2020, 1, 1))
    scene.essay(alba, {"c0": "denies"}, published_on=None, date_precision="unknown")
    scene.vote(reader, **on(6, "agree"))
    assert nearest(reader) == [("Alba", 6, 6)]


def test_the_gap_leads_to_the_essay_whose_stance_counts(scene, reader, alba):
    twice(scene, alba, "asserts", "denies")
    scene.vote(reader, **on(6, "agree"))
    gap = standing_of("", "", reader).nearest[0].gaps[0]
    assert (gap.kind, gap.answer) == ("denies", ClaimVote.Value.AGREE)
    assert gap.address == f"{Essay.objects.latest('pk').get_absolute_url()}#c0"


def test_both_authors_of_an_essay_stand_where_it_does(scene, reader):
    scene.essay("Alba", on(5, "asserts")).authors.add(AuthorFactory(name="Berta"))
    scene.vote(reader, **on(5, "agree"))
    assert nearest(reader) == [("Alba", 5, 5), ("Berta", 5, 5)]


# What is told.


def test_the_surest_agreement_comes_first(scene, reader):
    scene.essay("Alba", on(5, "asserts"))
    scene.essay("Berta", on(9, "asserts"))
    scene.essay("Carla", {**on(8, "asserts"), "c8": "denies"})
    scene.vote(reader, **on(9, "agree"))
    assert nearest(reader) == [("Berta", 9, 9), ("Alba", 5, 5), ("Carla", 8, 9)]


def test_below_five_in_common_nothing_is_told_but_how_many_are_wanting(scene, reader):
    scene.essay("Alba", on(9, "asserts"))
    scene.vote(reader, **on(4, "agree"))
    standing = standing_of("", "", reader)
    assert standing.nearest == []
    assert [(near.author.name, near.wanting) for near in standing.too_few] == [("Alba", 1)]


def test_the_widest_gaps_are_the_most_central_claims(scene, reader):
    scene.essay("Alba", on(6, "asserts"))
    scene.essay("Berta", on(1, "asserts", 5))
    scene.essay("Carla", on(2, "asserts", 4))
    scene.refresh()
    scene.vote(reader, **on(6, "disagree"))
    alba = standing_of("", "", reader).nearest[0]
    assert [gap.claim.slug for gap in alba.gaps][:2] == ["c5", "c4"]
    assert (alba.differing, len(alba.gaps), alba.more_gaps) == (6, 3, 3)


def test_the_one_who_differs_most_is_told_apart_from_the_nearest(scene, reader):
    scene.essay("Alba", on(6, "asserts"))
    scene.essay("Berta", on(6, "denies"))
    scene.vote(reader, **on(6, "agree"))
    assert standing_of("", "", reader).furthest.author.name == "Berta"


def test_nobody_is_the_furthest_where_nobody_differs(scene, reader):
    scene.essay("Alba", on(6, "asserts"))
    scene.essay("Berta", on(6, "asserts"))
    scene.vote(reader, **on(6, "agree"))
    assert standing_of("", "", reader).furthest is None


def test_the_next_questions_tell_the_nearest_apart_and_are_not_answered_yet(scene, reader):
    common = on(5, "asserts")
    scene.essay("Alba", {**common, "c7": "asserts"})
    scene.essay("Berta", {**common, "c7": "denies"})
    scene.essay("Carla", {**common, "c4": "denies", "c8": "asserts"})
    scene.vote(reader, **on(5, "agree"))
    assert [claim.slug for claim in standing_of("", "", reader).next_questions] == ["c7", "c8"]
    scene.vote(reader, c7="pass", c8="agree")
    assert standing_of("", "", reader).next_questions == []


# Whatever the size.


def test_it_takes_as_many_questions_of_the_database_for_one_author_as_for_twenty(scene, reader, settings):
    counts = []
    for authors in (1, 20):
        for number in range(authors):
            scene.essay(f"Author {authors} {number}", {**on(6, "asserts"), f"own-{authors}-{number}": "denies"})
        scene.vote(reader, **on(5, "agree"), c5="disagree")
        with CaptureQueriesContext(connection) as queries:
            standing_of("", "", reader)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 9


def test_within_one_edition_it_takes_two(scene, reader):
    scene.essay("Alba", on(6, "asserts"))
    scene.vote(reader, **on(6, "disagree"))
    held_on("an edition of this test", "")
    with CaptureQueriesContext(connection) as queries:
        standing_of("an edition of this test", "", reader)
    assert len(queries) == 2


def test_of_very_many_authors_twelve_are_shown_and_the_rest_counted(scene, reader):
    for number in range(14):
        scene.essay(f"Author {number}", on(5, "asserts"))
    scene.vote(reader, **on(5, "agree"))
    standing = standing_of("", "", reader)
    assert (len(standing.nearest), standing.more) == (12, 2)


def test_of_very_many_authors_who_share_nothing_two_can_be_told(scene):
    for number in range(20):
        scene.essay(f"Author {number}", {f"own-{number}-{claim}": "asserts" for claim in range(6)})
    held = held_on("", "")
    assert sorted(len(stands.keys() & set(held.ten)) for stands in held.authors.values())[-3:] == [0, 5, 5]


def test_where_nobody_says_anything_nobody_is_near(scene, reader):
    scene.claim("c0")
    scene.vote(reader, c0="agree")
    standing = standing_of("", "", reader)
    assert (standing.sided, standing.nearest, standing.too_few, standing.next_questions) == (1, [], [], [])


def test_there_is_no_standing_on_a_motion_that_is_not_there(reader):
    with pytest.raises(Http404):
        standing_of("", "no-such-motion", reader)


# The five essays.


def test_by_the_ten_claims_of_the_corpus_every_author_can_be_reached_and_no_side_is_favoured(corpus):
    held = held_on("", "")
    common = [len(stands.keys() & set(held.ten)) for stands in held.authors.values()]
    sides = [held.sides.get(claim) for claim in held.ten]
    assert min(common) >= 5
    assert len(held.ten) == 10
    counts = [sides.count(side.pk) for side in corpus.sides.all()]
    assert max(counts) - min(counts) <= 1
    assert min(counts) >= 2


def test_whoever_answers_the_ten_as_an_author_would_is_nearest_to_that_author(corpus):
    held = held_on("", "")
    for slug, stands in held.authors.items():
        answers = {claim: stands.get(claim, 0) for claim in held.ten}
        lower = {other: nearness(other, answers, theirs).share.lower for other, theirs in held.authors.items()}
        assert all(lower[other] < lower[slug] for other in lower if other != slug)
