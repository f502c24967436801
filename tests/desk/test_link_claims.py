"""From a claim of the essay a relation is drawn to another claim, or to a relation, and why is said."""

import pytest

from debate.models import Claim, Relation
from tests import factories as make
from tests.desk.conftest import BENCH, IN_PLACE

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(mark):
    return mark("A name outlasts its duties.")


@pytest.fixture
def link(curator_client, claim):
    def act(target="The answer is yes.", kind="supports", **fields):
        told = {"source": claim.slug, "kind": kind, "target": target, "rationale": "It follows.", **fields}
        return curator_client.post(f"{BENCH}links/", told, **IN_PLACE)

    return act


def test_it_is_drawn_by_the_essay_to_a_claim_by_its_words(link, claim, essay):
    assert "Linked: it supports" in link("the answer is YES.").content.decode()
    relation = Relation.objects.get()
    assert (relation.source, relation.target_claim.slug, relation.origin) == (claim, "thesis-yes", "essay")
    assert list(relation.drawn_by.all()) == [essay]


@pytest.mark.parametrize("how", ["slug", "key"])
def test_a_target_is_named_by_its_slug_or_chosen_by_its_key(link, how):
    thesis = Claim.objects.get(slug="thesis-no")
    link(*(["thesis-no"] if how == "slug" else ["x"]), target_key="" if how == "slug" else f"claim:{thesis.pk}")
    assert Relation.objects.get().target_claim == thesis


@pytest.mark.parametrize("how", ["number", "key"])
def test_an_undercut_is_aimed_at_a_relation(link, essay, how):
    aimed_at = make.RelationFactory(source__motion=essay.motion)
    told = {"target": f"#{aimed_at.pk} and so on"} if how == "number" else {"target_key": f"relation:{aimed_at.pk}"}
    assert link(kind="undercuts", **told).status_code == 200
    assert Relation.objects.get(kind="undercuts").target_relation == aimed_at


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"rationale": ""}, "Why, in a sentence"),
        ({"target": "Nobody has ever said this."}, "No claim of this motion is worded so"),
        ({"target": "A name outlasts its duties."}, "itself"),
        ({"kind": "undercuts"}, "Say which relation is undercut"),
        ({"kind": "loves"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_typed_is_lost(link, fields, said):
    answer = link(**{"target": "The answer is yes.", **fields})
    assert (answer.status_code, Relation.objects.count()) == (422, 0)
    assert said in answer.content.decode()
    assert "A name outlasts its duties." in answer.content.decode()


def test_one_that_is_there_is_drawn_by_this_essay_too_and_keeps_its_reason(link, claim, essay):
    other = make.EssayFactory(motion=essay.motion)
    thesis = Claim.objects.get(slug="thesis-yes")
    there = make.RelationFactory(source=claim, kind="supports", target_claim=thesis, origin="essay", rationale="Old.")
    there.drawn_by.add(other)
    link()
    link()
    there.refresh_from_db()
    assert (set(there.drawn_by.all()), there.rationale) == ({other, essay}, "Old.")


def test_the_reason_is_worded_anew(link, claim, curator_client):
    link()
    relation = Relation.objects.get()
    told = {"version": relation.version, "rationale": "Better said."}
    assert curator_client.post(f"{BENCH}links/{relation.pk}/", told).status_code == 303
    assert Relation.objects.get().rationale == "Better said."


def test_it_is_taken_out_and_put_back_with_who_drew_it(link, curator_client, essay):
    link()
    relation = Relation.objects.get()
    out = curator_client.post(f"{BENCH}links/{relation.pk}/out/", {"version": relation.version})
    assert not Relation.objects.exists()
    page = curator_client.get(out["Location"].partition("#")[0])
    record = page.context["offer"].fields["record"]
    curator_client.post(f"{BENCH}links/put-back/", {"record": record})
    assert (Relation.objects.get().pk, list(Relation.objects.get().drawn_by.all())) == (relation.pk, [essay])


def test_one_that_others_draw_is_only_let_go(link, curator_client, essay):
    link()
    relation = Relation.objects.get()
    relation.drawn_by.add(make.EssayFactory(motion=essay.motion))
    curator_client.post(f"{BENCH}links/{relation.pk}/out/", {"version": relation.version})
    assert essay not in Relation.objects.get().drawn_by.all()


def test_targets_complete_by_words(link, essay, curator_client):
    link()
    said = curator_client.get(f"{BENCH}targets/", {"text": "answer yes", "kind": "supports"}).content.decode()
    assert 'data-text="The answer is yes."' in said
    said = curator_client.get(f"{BENCH}targets/", {"text": "answer yes", "kind": "undercuts"}).content.decode()
    assert f'data-key="relation:{Relation.objects.get().pk}"' in said
