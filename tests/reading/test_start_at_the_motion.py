"""A reader opens the site and meets the motion."""

import pytest
from django.test import Client

from debate.lenses.front import sharpest_collisions
from debate.models import Motion, Prediction, Relation, Side
from tests import factories

pytestmark = pytest.mark.django_db


def page(client: Client, address: str = "/") -> str:
    return client.get(address).content.decode()


def test_the_start_page_asks_the_featured_motion(client: Client, corpus: Motion) -> None:
    assert f"<h1>{corpus.question}</h1>" in page(client)


def test_the_start_page_says_how_long_the_motion_stays_open(client: Client, corpus: Motion) -> None:
    assert "due 28 April 2030, in " in page(client)


def test_each_side_stands_there_with_its_case(client: Client, corpus: Motion) -> None:
    shown = page(client)
    assert all(side.case in shown for side in Side.objects.all())


def test_a_side_leads_to_the_claims_that_favour_it(client: Client, corpus: Motion) -> None:
    assert 'href="/claims/?side=remains"' in page(client)


def test_authors_stand_with_the_side_their_essay_takes(client: Client, corpus: Motion) -> None:
    case = page(client).split('<article class="case blue">')[1].split("</article>")[0]
    assert "Omont" in case


def test_the_essays_stand_in_the_order_written(client: Client, corpus: Motion) -> None:
    shown = page(client).split("The essays, in the order written")[1]
    dates = ["28 April 2020", "May 2020, inferred", ">2020<", "30 October 2021", "date not given"]
    assert [shown.index(date) for date in dates] == sorted(shown.index(date) for date in dates)


def test_an_essay_without_a_side_leaves_it_open(client: Client, corpus: Motion) -> None:
    assert "Leaves it open" in page(client)


def test_the_next_prediction_is_the_open_one_that_closes_first(client: Client, corpus: Motion) -> None:
    first = Prediction.objects.visible().open().order_by("closes_at", "pk")[0]
    assert first.get_absolute_url() in page(client)


def test_a_collision_sets_one_side_against_the_other(corpus: Motion) -> None:
    collisions = sharpest_collisions(corpus)
    assert collisions
    assert all(c.source.side and c.struck.side and c.source.side != c.struck.side for c in collisions)


def test_no_claim_collides_twice_on_one_page(corpus: Motion) -> None:
    ends = [claim.pk for c in sharpest_collisions(corpus) for claim in (c.source, c.struck)]
    assert len(ends) == len(set(ends)) == 6


def test_the_theses_do_not_collide_since_they_are_told_above(corpus: Motion) -> None:
    theses = {side.thesis_id for side in corpus.sides.all()}
    assert theses.isdisjoint(c.pk for r in sharpest_collisions(corpus) for c in (r.source, r.struck))


def test_only_rebuttals_and_undercuts_collide() -> None:
    motion = factories.motion_with_claims(4)
    Relation.objects.update(kind=Relation.Kind.QUALIFIES)
    assert sharpest_collisions(motion) == []


def test_an_undercut_strikes_the_claim_whose_bearing_it_denies() -> None:
    support = factories.RelationFactory.create(kind="supports")
    undercut = factories.RelationFactory.create(
        source__motion=support.source.motion, kind="undercuts", target_claim=None, target_relation=support
    )
    assert undercut.struck == support.source


def test_a_withdrawn_essay_leaves_the_page_at_once(client: Client, corpus: Motion) -> None:
    page(client)
    essay = corpus.essays.get(slug="omont-2020-wont-be-replaced")
    essay.status = "draft"
    essay.save()
    assert essay.title not in page(client)


def test_without_a_featured_motion_the_page_says_what_to_do(client: Client) -> None:
    assert "load_corpus" in page(client)


def test_a_motion_has_the_same_page_at_its_own_address(client: Client, corpus: Motion) -> None:
    assert "Where they collide" in page(client, corpus.get_absolute_url())


def test_a_motion_tells_what_it_is_about(client: Client, corpus: Motion) -> None:
    assert corpus.context_html in page(client, corpus.get_absolute_url())


def test_a_motion_that_is_not_featured_leads_to_its_own_claims(client: Client) -> None:
    motion = factories.motion_with_claims(2)
    assert f'href="/claims/?motion={motion.slug}&amp;side=yes"' in page(client, motion.get_absolute_url())


def test_a_motion_without_claims_says_so(client: Client) -> None:
    motion = factories.motion_with_claims(0)
    assert "No claim of one side rebuts" in page(client, motion.get_absolute_url())


def test_a_draft_motion_is_nowhere(client: Client) -> None:
    motion = factories.MotionFactory.create(status="draft")
    assert client.get(motion.get_absolute_url()).status_code == 404


def test_all_motions_are_listed(client: Client, corpus: Motion) -> None:
    assert corpus.get_absolute_url() in page(client, "/motions/")


def test_a_long_list_of_motions_goes_on(client: Client) -> None:
    factories.MotionFactory.create_batch(21)
    first = client.get("/motions/")
    rest = client.get("/motions/", {"page": first.context["page"].next})
    assert len({motion.pk for shown in (first, rest) for motion in shown.context["page"].rows}) == 21


def test_a_page_token_that_is_none_is_refused(client: Client, corpus: Motion) -> None:
    assert client.get("/motions/?page=nonsense").status_code == 400
