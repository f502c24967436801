"""Where two authors part: collisions, and the nearest place to a thesis."""

import pytest

from debate.reasoning.graph import Link
from debate.reasoning.parting import Parting, Voice, Walk, collides, first_and_next, opposed, partings

THESIS, CLAIM, REASON, POINT = 1, 2, 3, 4
SUPPORT = Link(10, CLAIM, "supports", THESIS, None)
DEEPER = Link(11, REASON, "supports", CLAIM, None)
REBUTTAL = Link(12, POINT, "rebuts", CLAIM, None)
UNDERCUT = Link(13, POINT, "undercuts", None, 10)
QUALIFICATION = Link(14, POINT, "qualifies", THESIS, None)


def voice(*accepts, denies=(), drew=(), concedes=()):
    return Voice({*accepts, *concedes}, set(denies), set(drew), set(concedes))


def walk(*links, theses=(THESIS,)):
    return Walk([SUPPORT, DEEPER, *links], theses)


def found(one, other, *links, weight=None):
    return partings(walk(*links), one, other, weight or {})


def clash(link, one, other):
    links = {known.key: known for known in (SUPPORT, DEEPER, link)}
    return collides(link, links, one, other)


# How deep things lie.


def test_a_claim_lies_as_deep_as_its_shortest_path_is_long():
    shortcut = Link(15, REASON, "rebuts", THESIS, None)
    assert walk(shortcut).depth == {THESIS: 0, CLAIM: 1, REASON: 1}


def test_a_claim_that_leads_nowhere_has_no_depth():
    assert 9 not in walk(Link(15, 9, "supports", 8, None)).depth


def test_an_undercut_leads_where_the_relation_it_attacks_leads():
    assert walk(UNDERCUT).depth[POINT] == 1


def test_a_counterpoint_lies_where_it_strikes():
    assert walk(REBUTTAL).struck_at(REBUTTAL) == 1


def test_an_undercut_lies_half_a_step_further_out_than_the_end_of_what_it_attacks():
    assert walk(UNDERCUT).struck_at(UNDERCUT) == 0.5


def test_an_undercut_of_an_undercut_lies_half_a_step_beyond_that():
    deeper = Link(16, 5, "undercuts", None, UNDERCUT.key)
    assert walk(UNDERCUT, deeper).struck_at(deeper) == 1


def test_what_strikes_nothing_that_leads_to_a_thesis_has_no_depth():
    loose = Link(16, POINT, "rebuts", 9, None)
    assert walk(loose).struck_at(loose) is None


def test_the_path_leads_to_a_thesis():
    assert walk().path_from(REASON) == [DEEPER, SUPPORT]


def test_of_paths_equally_short_one_by_supports_is_kept():
    rival = Link(9, CLAIM, "rebuts", THESIS, None)
    assert walk(rival).path_from(CLAIM) == [SUPPORT]


def test_the_path_of_a_thesis_is_empty():
    assert walk().path_from(THESIS) == []


def test_a_circle_of_undercuts_leads_nowhere():
    one, other = Link(20, 7, "undercuts", None, 21), Link(21, 8, "undercuts", None, 20)
    assert walk(one, other).end_of(one) is None
    assert walk(one, other).struck_at(one) is None


def test_a_circle_of_claims_is_walked_once():
    back = Link(16, THESIS, "rebuts", REASON, None)
    assert walk(back).depth == {THESIS: 0, CLAIM: 1, REASON: 2}


# What collides.


def test_a_counterpoint_collides_from_what_one_accepts_to_what_the_other_accepts():
    assert clash(REBUTTAL, voice(POINT), voice(CLAIM))


def test_it_has_a_direction():
    assert not clash(REBUTTAL, voice(CLAIM), voice(POINT))


def test_a_support_is_no_collision():
    assert not clash(SUPPORT, voice(CLAIM), voice(THESIS))


def test_what_both_accept_turns_against_neither():
    assert not clash(REBUTTAL, voice(POINT), voice(CLAIM, POINT))


def test_who_accepts_both_ends_strikes_nobody():
    assert not clash(REBUTTAL, voice(POINT, CLAIM), voice(CLAIM))


def test_an_undercut_strikes_who_accepts_both_ends_of_the_support():
    assert clash(UNDERCUT, voice(POINT), voice(CLAIM, THESIS))


def test_an_undercut_strikes_nobody_who_accepts_one_end_alone():
    assert not clash(UNDERCUT, voice(POINT), voice(CLAIM))


def test_an_undercut_strikes_who_drew_the_relation():
    assert clash(UNDERCUT, voice(POINT), voice(drew=[SUPPORT.key]))


def test_an_undercut_grants_its_ends():
    assert clash(UNDERCUT, voice(POINT, CLAIM), voice(CLAIM, THESIS))


def test_who_relies_on_the_support_does_not_strike_it():
    assert not clash(UNDERCUT, voice(POINT, CLAIM, THESIS), voice(CLAIM, THESIS))


def test_an_undercut_of_what_is_not_known_collides_with_nothing():
    assert not clash(Link(13, POINT, "undercuts", None, 99), voice(POINT), voice(CLAIM, THESIS))


def test_claims_are_opposed_whoever_accepts():
    assert opposed(voice(1, denies=[2]), voice(2, denies=[1])) == {1, 2}


# Where they part first.


def test_the_nearest_place_comes_first():
    one, other = voice(POINT, denies=[REASON]), voice(CLAIM, REASON, THESIS)
    places = found(one, other, REBUTTAL, UNDERCUT)
    assert [place.depth for place in places] == [0.5, 1, 2]


def test_of_equally_near_places_a_claim_comes_first():
    places = found(voice(POINT, denies=[CLAIM]), voice(CLAIM), REBUTTAL)
    assert [place.claim for place in places] == [CLAIM, None]


def test_what_one_of_the_two_drew_comes_before_what_others_drew():
    late = Link(30, 5, "rebuts", CLAIM, None)
    places = found(voice(POINT, 5, drew=[30]), voice(CLAIM), REBUTTAL, late)
    assert [place.link for place in places] == [late, REBUTTAL]


def test_a_rebuttal_comes_before_a_qualification():
    mild = Link(9, 5, "qualifies", CLAIM, None)
    assert found(voice(POINT, 5), voice(CLAIM), mild, REBUTTAL)[0].link == REBUTTAL


def test_of_equal_kinds_the_one_whose_lighter_end_is_heavier_comes_first():
    late = Link(30, 5, "rebuts", CLAIM, None)
    places = found(voice(POINT, 5), voice(CLAIM), REBUTTAL, late, weight={CLAIM: 9, POINT: 2, 5: 3})
    assert places[0].link == late


def test_what_is_only_conceded_gives_way_to_what_both_put_forward():
    places = found(voice(POINT, denies=[CLAIM, REASON]), voice(REASON, concedes=[CLAIM]), REBUTTAL)
    assert [(place.claim, place.in_passing) for place in places] == [(REASON, False), (CLAIM, True), (None, True)]


@pytest.mark.parametrize(
    ("one", "other", "in_passing"),
    [
        (voice(POINT), voice(CLAIM), False),
        (voice(concedes=[POINT]), voice(CLAIM), True),
        (voice(POINT), voice(concedes=[CLAIM]), True),
    ],
)
def test_a_counterpoint_is_in_passing_where_either_end_is_only_conceded(one, other, in_passing):
    assert [place.in_passing for place in found(one, other, REBUTTAL)] == [in_passing]


@pytest.mark.parametrize(
    ("other", "in_passing"),
    [
        (voice(CLAIM, THESIS), False),
        (voice(THESIS, concedes=[CLAIM]), True),
        (voice(THESIS, concedes=[CLAIM], drew=[SUPPORT.key]), False),
    ],
)
def test_an_undercut_is_in_passing_where_an_end_is_conceded_by_who_did_not_draw_it(other, in_passing):
    assert [place.in_passing for place in found(voice(POINT), other, UNDERCUT)] == [in_passing]


def test_a_claim_taken_in_passing_is_not_first_beside_one_that_is_not():
    held, passing = Parting(1, 1, None), Parting(1, 2, None, in_passing=True)
    assert first_and_next([held, passing]) == ([held], None)


def test_what_leads_to_no_thesis_is_no_place():
    assert found(voice(denies=[9]), voice(9), Link(15, 8, "supports", 9, None)) == []


def test_a_collision_that_leads_to_no_thesis_is_no_place():
    assert found(voice(POINT), voice(9), Link(16, POINT, "rebuts", 9, None)) == []


def test_two_who_agree_part_nowhere():
    assert first_and_next(found(voice(THESIS), voice(THESIS))) == ([], None)


def test_every_claim_that_lies_as_near_is_first():
    theses = [Parting(0, 1, None), Parting(0, 2, None), Parting(1, 3, None)]
    assert first_and_next(theses) == (theses[:2], theses[2])


def test_beneath_a_contradiction_stands_the_next_one_further_out():
    near, equal, far = Parting(1, None, REBUTTAL), Parting(1, None, UNDERCUT), Parting(2, None, REBUTTAL)
    assert first_and_next([near, equal, far]) == ([near], far)


def test_beneath_a_qualification_stands_the_nearest_contradiction():
    mild, equal = Parting(1, None, QUALIFICATION), Parting(1, None, REBUTTAL)
    assert first_and_next([mild, equal]) == ([mild], equal)


def test_a_qualification_further_out_is_not_what_lies_beneath():
    assert first_and_next([Parting(0, 1, None), Parting(1, None, QUALIFICATION)])[1] is None


@pytest.mark.parametrize(
    ("link", "contradicts"), [(REBUTTAL, True), (UNDERCUT, True), (QUALIFICATION, False), (None, True)]
)
def test_to_qualify_is_not_to_contradict(link, contradicts):
    assert Parting(0, None, link).contradicts is contradicts
