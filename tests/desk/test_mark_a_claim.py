"""A curator chooses a paragraph and says what it claims; the place, the kind and the gist are filled in."""

import pytest

from debate.actions.curators import make_curator
from debate.actions.desk.sources import keep_source
from debate.models import Claim, ClaimTally, Edition, Passage, Stance
from debate.reasoning.paragraphs import paragraphs_of
from tests import factories as make
from tests.desk.conftest import BENCH, IN_PLACE, passage_of, place, typed

pytestmark = pytest.mark.django_db
TEXT = "A name will outlast the duties that it stood for."


def test_a_paragraph_becomes_a_draft_claim_with_its_place(mark, essay):
    claim = mark(TEXT, 4)
    passage = passage_of(claim)
    assert (claim.status, claim.origin, claim.motion) == ("draft", "essay", essay.motion)
    assert (passage.heading, passage.paragraph) == ("What others say", 2)
    assert (passage.gist, passage.kind, passage.stance.kind) == (TEXT, "asserts", "asserts")
    assert ClaimTally.objects.filter(claim=claim).exists()


def test_its_kind_is_made_from_the_wording_unless_told(mark):
    assert mark(TEXT).kind == "forecast"
    assert mark("Names should be chosen late.", kind="value").kind == "value"


def test_who_did_it_is_in_the_history(mark):
    claim = mark(TEXT)
    assert claim.history.get().history_user.is_staff
    assert passage_of(claim).history.get().history_user.is_staff


def test_without_script_it_leads_back_to_the_paragraph(curator_client, essay):
    told = {"paragraph": 2, "text": TEXT, "stance": "asserts", "side": "yes"}
    back = curator_client.post(f"{BENCH}marks/", told)
    assert (back.status_code, back["Location"]) == (303, f"{BENCH}?paragraph=2#entry")
    said = curator_client.get(back["Location"].partition("#")[0]).content.decode()
    assert "Marked: “A name will outlast" in said
    assert Claim.objects.get(text=TEXT).side.slug == "yes"


def test_the_same_sent_twice_is_marked_once(mark):
    mark(TEXT)
    mark(TEXT)
    assert (Claim.objects.filter(text=TEXT).count(), Passage.objects.count()) == (1, 1)


def test_what_the_motion_says_already_is_attached_to_in_whatever_case(curator_client, essay):
    said = make.ClaimFactory(motion=essay.motion, text="Names outlast duties.")
    told = {"paragraph": 2, "text": "names outlast  duties", "stance": "asserts"}
    assert "A passage is attached" in curator_client.post(f"{BENCH}marks/", told, **IN_PLACE).content.decode()
    assert passage_of(said).stance.essay == essay
    assert said.status == "published"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"text": ""}, "What does it claim?"),
        ({"text": "x" * 281}, "at most 280 characters"),
        ({"stance": "reports"}, "Name the speaker"),
        ({"stance": "sings"}, "Select a valid choice"),
        ({"side": "third"}, "Select a valid choice"),
        ({"paragraph": 99}, "no such paragraph"),
        ({"text": "A sign \x07 here."}, "a sign that no text has"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(curator_client, essay, fields, said):
    told = {"paragraph": 1, "text": TEXT, "stance": "asserts", "gist": "Our gist stays.", **fields}
    answer = curator_client.post(f"{BENCH}marks/", told)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "Our gist stays." in answer.content.decode()
    assert not Passage.objects.exists()


def test_a_sentence_that_is_nearly_here_is_shown_first_to_whoever_has_no_script(curator_client, essay):
    make.ClaimFactory(motion=essay.motion, text="A name outlasts the duties that it stood for once.")
    told = {"paragraph": 1, "text": TEXT, "stance": "asserts"}
    answer = curator_client.post(f"{BENCH}marks/", told)
    assert answer.status_code == 422
    assert "A name outlasts the duties" in answer.content.decode()
    assert curator_client.post(f"{BENCH}marks/", {**told, "seen": "yes"}).status_code == 303


def test_a_mark_is_changed_with_its_claim_as_long_as_that_is_a_draft(mark, curator_client, essay):
    passage = passage_of(mark(TEXT))
    told = typed(passage, text="A name outlasts its duties.", stance="concedes", gist="She grants it.", paragraph=3)
    assert curator_client.post(f"{BENCH}marks/{passage.pk}/", told).status_code == 303
    passage = Passage.objects.get()
    assert (passage.stance.claim.text, passage.gist) == ("A name outlasts its duties.", "She grants it.")
    assert (passage.kind, passage.stance.kind, passage.paragraph) == ("concedes", "concedes", 1)
    assert passage.heading == "What others say"


def test_other_passages_follow_a_claim_that_is_reworded(mark, curator_client):
    mark(TEXT, 1)
    mark(TEXT, 2)
    mark(TEXT, 3, gist="A gist of its own.")
    passage = Passage.objects.select_related("stance__claim").order_by("number")[0]
    curator_client.post(f"{BENCH}marks/{passage.pk}/", typed(passage, text="Names last.", gist=""))
    assert list(Passage.objects.order_by("number").values_list("gist", flat=True)) == [
        *("Names last.", "Names last.", "A gist of its own.")
    ]


def test_the_wording_of_a_published_claim_stays(curator_client, essay):
    passage = make.PassageFactory(stance=make.StanceFactory(essay=essay, claim=make.ClaimFactory(motion=essay.motion)))
    before = passage.stance.claim.text
    told = typed(passage, text="Something else.", gist="Another gist.")
    assert curator_client.post(f"{BENCH}marks/{passage.pk}/", told).status_code == 303
    passage.refresh_from_db()
    assert (passage.gist, Claim.objects.get(pk=passage.stance.claim_id).text) == ("Another gist.", before)


def test_the_stance_all_considered_is_one_that_a_passage_shows(mark, curator_client, essay):
    mark(TEXT, 1)
    claim = mark(TEXT, 2, stance="qualifies", gist="She would not bet on it.")
    last = Passage.objects.get(kind="qualifies")
    denied = curator_client.post(f"{BENCH}marks/{last.pk}/", typed(last, overall="denies"))
    assert (denied.status_code, "No passage shows" in denied.content.decode()) == (422, True)
    curator_client.post(f"{BENCH}marks/{last.pk}/", typed(last, overall="qualifies"))
    assert Stance.objects.get(claim=claim).kind == "qualifies"


def test_a_published_essay_is_not_taken_apart_here(curator_client, essay):
    essay.status = "published"
    essay.save()
    assert "corrected by a revision" in curator_client.get(BENCH).content.decode()
    told = {"paragraph": 1, "text": TEXT, "stance": "asserts"}
    answer = curator_client.post(f"{BENCH}marks/", told)
    assert answer.status_code == 422
    assert not Claim.objects.filter(text=TEXT).exists()


def test_a_paragraph_without_a_claim_is_set_aside_and_taken_up_again(curator_client, essay):
    curator_client.post(f"{BENCH}aside/", {"paragraph": 2, "aside": "yes"})
    assert "3 of 4 paragraphs open" in curator_client.get("/curate/").content.decode()
    curator_client.post(f"{BENCH}aside/", {"paragraph": 2, "aside": "no"})
    assert "4 of 4 paragraphs open" in curator_client.get("/curate/").content.decode()


def test_the_text_is_deleted_for_good_once_it_is_meant(mark, curator_client, essay):
    claim = mark(TEXT)
    assert curator_client.post(f"{BENCH}forget/").status_code == 422
    assert curator_client.post(f"{BENCH}forget/", {"sure": "yes"}).status_code == 303
    said = curator_client.get(BENCH).content.decode()
    assert "names outlast the duties" not in said
    assert claim.text in said


def test_looking_and_asking_change_nothing(mark, curator_client, essay):
    mark(TEXT)
    before = Edition.now()
    for path in ("", "?edit=1", "changes/", "similar/?text=names", "targets/?text=names", "?link=thesis-yes"):
        assert curator_client.get(f"{BENCH}{path}", **IN_PLACE).status_code == 200
    assert Edition.now() == before


@pytest.mark.parametrize("path", ["?paragraph=x", "?colour=red", "?edit=-1", "similar/?text=" + "x" * 900])
def test_an_address_without_sense_is_told_so(curator_client, essay, path):
    assert curator_client.get(f"{BENCH}{path}").status_code == 400


def test_a_page_of_many_claims_asks_as_much_as_one_of_few(mark, client, essay, django_assert_num_queries):
    client.force_login(make_curator(email="ann@example.org", password="correct horse battery staple"))
    for number in range(12):
        claim = mark(f"Claim number {number} of these is so.", number % 4 + 1)
        aimed_at = make.RelationFactory(source=claim, target_claim__motion=essay.motion)
        make.RelationFactory(source__motion=essay.motion, kind="undercuts", target_claim=None, target_relation=aimed_at)
    client.get(BENCH)
    for path in ("", f"?link={claim.slug}"):
        with django_assert_num_queries(11):
            assert client.get(f"{BENCH}{path}").status_code == 200


def test_a_text_replaced_meanwhile_is_asked_about(curator_client, essay):
    told = {"paragraph": 1, "text": TEXT, "stance": "asserts", "seal": place(essay).seal}
    keep_source(essay=essay, paragraphs=paragraphs_of("Something else stands here now."))
    answer = curator_client.post(f"{BENCH}marks/", told, **IN_PLACE)
    assert (answer.status_code, Passage.objects.count()) == (422, 0)
    assert "Another text has taken this place" in answer.content.decode()
    assert TEXT in answer.content.decode()
