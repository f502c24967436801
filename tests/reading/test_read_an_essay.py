"""A reader reads what an essay says, where it says so, and what answers it."""

import pytest
from django.test import Client

from debate.actions.corpus import refresh
from debate.lenses.essay import answers_by_claim, points_of
from debate.models import Essay, Motion, Passage, Relation, Stance
from tests import factories

pytestmark = pytest.mark.django_db
OMONT = "/essays/omont-2020-wont-be-replaced/"


def page(client: Client, address: str = OMONT) -> str:
    return client.get(address).content.decode()


def answers(essay: Essay) -> dict[int, list[tuple[Relation, bool]]]:
    return answers_by_claim(essay, dict(essay.stances.values_list("claim", "kind")))


@pytest.fixture
def essay(corpus: Motion) -> Essay:
    return corpus.essays.get(slug="omont-2020-wont-be-replaced")


def test_the_library_lists_every_essay(client: Client, corpus: Motion) -> None:
    assert len(client.get("/essays/").context["page"].rows) == 5


def test_the_library_of_several_motions_says_which(client: Client, corpus: Motion) -> None:
    factories.MotionFactory.create()
    assert corpus.question in page(client, "/essays/")


def test_a_long_library_goes_on_where_it_stopped(client: Client) -> None:
    motion = factories.MotionFactory.create()
    factories.EssayFactory.create_batch(11, motion=motion)
    factories.EssayFactory.create_batch(11, motion=motion, published_on=None, date_precision="unknown")
    first = client.get("/essays/")
    rest = client.get("/essays/", {"page": first.context["page"].next})
    assert len({essay.pk for shown in (first, rest) for essay in shown.context["page"].rows}) == 22


def test_an_essay_leads_to_its_source(client: Client, essay: Essay) -> None:
    assert f'href="{essay.source_url}"' in page(client)


def test_an_inferred_date_is_told_as_inferred(client: Client, essay: Essay) -> None:
    assert "May 2020, inferred" in page(client)


def test_an_essay_names_the_one_it_answers(client: Client, essay: Essay) -> None:
    assert 'href="/essays/posey-2020-will-not-exist/"' in page(client)


def test_an_essay_names_those_that_answer_it(client: Client, essay: Essay) -> None:
    assert OMONT in page(client, "/essays/posey-2020-will-not-exist/")


def test_an_answered_essay_in_draft_is_not_named(client: Client, essay: Essay) -> None:
    Essay.objects.filter(responses=essay).update(status="draft")
    essay.save()
    assert "posey-2020-will-not-exist" not in page(client)


def test_every_claim_of_the_essay_stands_there_in_the_order_read(essay: Essay) -> None:
    numbers = [point.passages[0].number for point in points_of(essay)]
    assert numbers == sorted(numbers)
    assert len(numbers) == essay.stances.count()


def test_every_place_stands_there(client: Client, essay: Essay) -> None:
    shown = client.get(OMONT).context["page"].parts.sections
    places = [passage.pk for section in shown for point in section.points for passage in point.passages]
    assert len(places) == Passage.objects.of_essay(essay).count()


def test_the_words_of_somebody_else_name_their_speaker(client: Client, essay: Essay) -> None:
    assert "Speaker: Luke Posey." in page(client)


def test_a_paragraph_of_the_summary_has_its_places_beside_it(client: Client, essay: Essay) -> None:
    first = client.get(OMONT).context["page"].parts.summary[0]
    assert [point.stance.claim.slug for point in first.points] == essay.summary_blocks[0]["claims"]


def test_the_place_beside_a_paragraph_shows_the_stance_of_the_essay(essay: Essay) -> None:
    assert all(point.place.kind == point.stance.kind for point in points_of(essay))


def test_what_answers_a_claim_stands_below_it(client: Client, essay: Essay) -> None:
    (relation, _granted), *_more = next(iter(answers(essay).values()))
    source = relation.source
    assert source.text in page(client)


def test_a_counterpoint_that_the_essay_itself_drew_does_not_answer_it() -> None:
    stance = factories.StanceFactory.create()
    relation = factories.RelationFactory.create(
        target_claim=stance.claim, source__motion=stance.claim.motion, origin="essay"
    )
    relation.drawn_by.add(stance.essay)
    assert answers(stance.essay) == {}


def test_what_the_essay_only_concedes_is_not_its_own_to_defend() -> None:
    stance = factories.StanceFactory.create(kind="concedes")
    factories.RelationFactory.create(target_claim=stance.claim, source__motion=stance.claim.motion)
    assert answers(stance.essay) == {}


def test_a_counterpoint_whose_claim_the_essay_holds_too_is_said_to_be_granted(client: Client) -> None:
    stance = factories.StanceFactory.create()
    motion = stance.claim.motion
    point = factories.RelationFactory.create(source__motion=motion, target_claim=stance.claim)
    granted = factories.StanceFactory.create(essay=stance.essay, claim=point.source, kind="concedes")
    for one in (stance, granted):
        factories.PassageFactory.create(stance=one)
    refresh(motion)
    told = page(client, stance.essay.get_absolute_url())
    assert "The essay grants it." in told
    assert "Not answered yet." not in told


@pytest.fixture
def undercut() -> tuple[Stance, Relation]:
    """What an essay asserts, and what supports by it: this is undercut."""
    stance = factories.StanceFactory.create()
    motion = stance.claim.motion
    support = factories.RelationFactory.create(
        source=stance.claim, kind=Relation.Kind.SUPPORTS, target_claim__motion=motion
    )
    factories.RelationFactory.create(
        source__motion=motion, kind="undercuts", target_claim=None, target_relation=support
    )
    return stance, support


def test_an_undercut_answers_the_claim_whose_bearing_it_denies(undercut: tuple[Stance, Relation]) -> None:
    stance, support = undercut
    support.drawn_by.add(stance.essay)
    assert list(answers(stance.essay)) == [stance.claim_id]


def test_so_it_does_where_the_essay_accepts_what_the_claim_supports(undercut: tuple[Stance, Relation]) -> None:
    stance, support = undercut
    factories.StanceFactory.create(essay=stance.essay, claim=support.target_claim, kind="concedes")
    assert list(answers(stance.essay)) == [stance.claim_id]


def test_an_undercut_of_what_only_others_draw_from_it_is_not_its_own_to_meet(undercut: tuple[Stance, Relation]) -> None:
    stance, support = undercut
    factories.StanceFactory.create(essay=stance.essay, claim=support.target_claim, kind="qualifies")
    support.drawn_by.add(factories.EssayFactory.create(motion=stance.claim.motion))
    assert answers(stance.essay) == {}


def test_an_undercut_says_what_it_denies(client: Client, undercut: tuple[Stance, Relation]) -> None:
    stance, support = undercut
    support.drawn_by.add(stance.essay)
    factories.PassageFactory.create(stance=stance)
    refresh(stance.claim.motion)
    told = page(client, stance.essay.get_absolute_url())
    assert "Grants the claim, and denies that it supports:" in told
    assert str(support.target_claim) in told


def test_a_prediction_shows_how_the_wording_is_read(client: Client, essay: Essay) -> None:
    assert "read as " in page(client)


def test_an_essay_in_draft_is_nowhere(client: Client) -> None:
    assert client.get(factories.EssayFactory.create(status="draft").get_absolute_url()).status_code == 404


def test_an_essay_without_claims_says_so(client: Client) -> None:
    assert "No claim of this essay is marked yet." in page(client, factories.EssayFactory.create().get_absolute_url())
