"""The workbench lists what the essay still lacks, each with where it is mended."""

import pytest

from debate.actions.corpus import refresh
from debate.lenses.workbench.bench import bench_of
from debate.lenses.workbench.checklist import checklist_of
from debate.models import Claim, Passage
from tests import factories as make
from tests.desk.conftest import BENCH, passage_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def lacks(essay):
    """What is missing, by its sort: the addresses at which it is mended."""

    def look():
        essay.refresh_from_db()
        found = checklist_of(bench_of(essay)).lacks
        return {lack.key: [item.href for item in lack.items] for lack in found}

    return look


def link(source, target, essay, kind="supports"):
    relation = make.RelationFactory(source=source, target_claim=target, kind=kind, origin="essay")
    relation.drawn_by.add(essay)


def test_paragraphs_that_are_neither_claimed_nor_set_aside(mark, curator_client, lacks):
    assert lacks()["open"] == [f"?paragraph={number}#entry" for number in (1, 2, 3, 4)]
    mark("A name outlasts its duties.", 2)
    curator_client.post(f"{BENCH}aside/", {"paragraph": 3, "aside": "yes"})
    assert lacks()["open"] == ["?paragraph=1#entry", "?paragraph=4#entry"]


def test_claims_that_no_passage_shows_and_passages_at_no_paragraph(mark, essay, lacks):
    bare = make.StanceFactory(essay=essay, claim=make.ClaimFactory(motion=essay.motion))
    mark("A name outlasts its duties.")
    Passage.objects.update(paragraph=9)
    assert lacks()["nowhere"] == [f"/admin/debate/stance/{bare.pk}/change/"]
    assert lacks()["lost"] == [f"?edit={Passage.objects.get().pk}#entry"]


def test_claims_without_a_counterpoint(mark, essay, lacks):
    claim, other = mark("A name outlasts its duties."), mark("Duties move.", 2)
    link(other, claim, essay, "rebuts")
    assert lacks()["uncountered"] == [f"?link={other.slug}#entry"]


def test_claims_from_which_nothing_leads_to_a_thesis(mark, essay, lacks):
    first, second, third = (mark(f"Claim {word} is so.", 1) for word in ("one", "two", "three"))
    assert len(lacks()["loose"]) == 3
    link(first, second, essay)
    link(second, Claim.objects.get(slug="thesis-yes"), essay)
    assert lacks()["loose"] == [f"?link={third.slug}#entry"]


def test_a_published_claim_that_reaches_a_thesis_is_way_enough(mark, essay, motion, lacks):
    known = make.ClaimFactory(motion=motion)
    make.RelationFactory(source=known, kind="supports", target_claim=Claim.objects.get(slug="thesis-yes"))
    refresh(motion)
    link(mark("A name outlasts its duties."), known, essay)
    assert "loose" not in lacks()


def test_an_undercut_leads_where_its_relation_leads(mark, essay, motion, lacks):
    known = make.ClaimFactory(motion=motion)
    aimed_at = make.RelationFactory(source=known, target_claim=Claim.objects.get(slug="thesis-no"))
    claim = mark("A name outlasts its duties.")
    undercut = make.RelationFactory(
        source=claim, kind="undercuts", target_claim=None, target_relation=aimed_at, origin="essay"
    )
    undercut.drawn_by.add(essay)
    assert "loose" not in lacks()


def test_predictions_without_a_reading(essay, lacks):
    prediction = make.PredictionFactory(motion=essay.motion, essay=essay, status="draft")
    assert lacks()["predictions"] == [f"/admin/debate/prediction/{prediction.pk}/change/"]
    prediction.readings.create(essay=essay, low=0.2, high=0.4, paragraph=1, note="A guess.")
    assert "predictions" not in lacks()


def test_wording_that_repeats_the_source(mark, essay, lacks):
    claim = mark("Names outlast the duties behind them.")
    assert "wording" not in lacks()
    Claim.objects.filter(pk=claim.pk).update(text="It says that names outlast the duties behind them.")
    assert lacks()["wording"] == [f"?edit={passage_of(claim).pk}#entry"]
    essay.summary = "Somebody else expects the opposite, and is quoted at length."
    essay.save()
    assert "/admin/debate/essay/" in lacks()["wording"][-1]


def test_titles_may_be_repeated(mark, essay, lacks):
    essay.title = "Names outlast the duties behind them all"
    essay.save()
    mark("In “Names outlast the duties behind them all” it is said that names outlast the duties behind.")
    assert "wording" not in lacks()


def test_nothing_is_missing_once_all_is_done(mark, curator_client, essay, lacks):
    claim = mark("A name outlasts its duties.")
    link(claim, Claim.objects.get(slug="thesis-yes"), essay)
    link(Claim.objects.get(slug="thesis-no"), claim, essay, "rebuts")
    for number in (2, 3, 4):
        curator_client.post(f"{BENCH}aside/", {"paragraph": number, "aside": "yes"})
    essay.summary = "Ours."
    essay.save()
    assert lacks() == {}
    assert "Nothing is missing" in curator_client.get(BENCH).content.decode()
