"""A curator resolves a prediction on its page in the room, corrects it, opens it again; and nobody gets past that."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from debate.actions.curators import make_curator
from debate.actions.loading import load_corpus
from debate.actions.publishing import publish
from debate.models import Forecast, Prediction, Score, Status
from tests import factories as make
from tests.conftest import SAME_ORIGIN
from tests.curating.forms import errors_of, filled, links_of, page, send, tree_of

pytestmark = pytest.mark.django_db
TODAY = timezone.now().date()
VERDICT = {
    "resolution": "yes",
    "resolved_on": str(TODAY),
    "note": "It was in the newspaper.",
    "evidence_url": "https://example.org/news",
}


@pytest.fixture
def cara(db):
    return make_curator(email="cara@example.org", password="a long enough passphrase", username="cara")


@pytest.fixture
def room(cara):
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(cara)
    return client


@pytest.fixture
def prediction(db):
    """With one forecast of last week."""
    made = make.PredictionFactory(motion=make.MotionFactory(featured=True))
    Forecast.objects.create(
        user=make.MemberFactory(), prediction=made, probability=0.7, made_at=timezone.now() - timedelta(days=7)
    )
    return made


def told_by(response):
    return " ".join("".join(tree_of(response).itertext()).split())


def at(prediction, name="resolve"):
    return page("prediction", name, prediction.pk)


def resolve(client, prediction, **changed):
    return client.post(at(prediction), {**VERDICT, **changed})


def test_its_page_leads_there_and_back(room, prediction):
    link = links_of(room.get(at(prediction, "change")))["Resolve…"]
    shown = room.get(link)
    assert prediction.statement in told_by(shown)
    assert "It is in the newspaper." in told_by(shown)
    assert filled(shown)["resolved_on"] == [str(timezone.now().date())]
    answer = send(room, link, **VERDICT)
    assert answer["Location"] == at(prediction, "change")
    back = told_by(room.get(answer["Location"]))
    assert "It is resolved, and its forecasts are scored." in back
    assert "It was in the newspaper." in back
    assert Score.objects.get().brier == pytest.approx(0.09, abs=1e-9)


def test_who_did_it_is_on_record_in_its_history_and_on_the_first_page(room, cara, prediction):
    resolve(room, prediction)
    assert prediction.history.latest().history_user == cara
    assert "resolved: yes" in told_by(room.get(at(prediction, "history")))
    assert "resolved: yes" in told_by(room.get("/admin/"))


def test_a_resolution_is_corrected_from_what_stands(room, prediction):
    resolve(room, prediction)
    links = links_of(room.get(at(prediction, "change")))
    shown = room.get(links["Correct the resolution…"])
    assert {name: filled(shown)[name] for name in VERDICT} == {name: [value] for name, value in VERDICT.items()}
    send(room, at(prediction), resolution="no")
    assert Prediction.objects.get(pk=prediction.pk).resolution == "no"
    assert Score.objects.get().brier == pytest.approx(0.49, abs=1e-9)


def test_it_is_opened_again(room, prediction):
    resolve(room, prediction)
    link = links_of(room.get(at(prediction, "change")))["Reopen…"]
    assert "This field is required." in errors_of(send(room, link))
    answer = send(room, link, note="The report was withdrawn.")
    assert "It is open again" in told_by(room.get(answer["Location"]))
    assert not Score.objects.exists()
    assert "reopened: The report was withdrawn." in told_by(room.get(at(prediction, "history")))
    assert "Resolve…" in links_of(room.get(at(prediction, "change")))


WRONG = {
    "This day has not come yet.": {"resolved_on": str(TODAY + timedelta(days=2))},
    "It opened on 28 April 2020; it cannot have been decided before.": {"resolved_on": "2020-04-27"},
    "A yes or a no needs the address of its evidence.": {"evidence_url": ""},
    "This is no web address": {"evidence_url": "ftp://example.org/news"},
    "Enter a valid URL.": {"evidence_url": "javascript:alert(1)"},
    "Enter a valid date.": {"resolved_on": "tomorrow"},
    "This field is required.": {"note": " "},
    "Select a valid choice.": {"resolution": "maybe"},
    "It holds a sign that cannot be shown.": {"note": "So\x08."},
    "Null characters are not allowed.": {"note": "So\x00."},
    "at most 2000 characters": {"note": "x" * 2_001},
    "at most 500 characters": {"evidence_url": f"https://example.org/{'x' * 500}"},
}


@pytest.mark.parametrize("said", WRONG)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(room, prediction, said):
    answer = resolve(room, prediction, **WRONG[said])
    assert answer.status_code == 200
    assert said in errors_of(answer)
    kept = {name: value for name, value in VERDICT.items() if name not in WRONG[said]}
    assert {name: filled(answer)[name] for name in kept} == {name: [value] for name, value in kept.items()}
    assert Prediction.objects.get(pk=prediction.pk).resolution == ""


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"status": "draft"}, "Only a published prediction can be resolved."),
        ({"opens_at": timezone.now() + timedelta(days=1)}, "It has not opened yet, and cannot be resolved before."),
    ],
)
def test_what_is_not_ready_is_not_resolved_and_says_so(room, facts, said):
    prediction = make.PredictionFactory(**facts)
    assert said in errors_of(resolve(room, prediction))
    assert Prediction.objects.get(pk=prediction.pk).resolution == ""


def test_what_is_not_published_offers_no_resolving(room):
    assert "Resolve…" not in links_of(room.get(at(make.PredictionFactory(status="draft"), "change")))


# Nobody gets past it.


def test_its_own_page_shows_the_resolution_and_writes_none(room, prediction):
    resolve(room, prediction)
    address = at(prediction, "change")
    assert "resolution" not in filled(room.get(address))
    told = {"resolution": "no", "resolved_on": "", "resolution_note": "", "evidence_url": ""}
    room.post(address, {**filled(room.get(address)), **told, "criteria": "It is in **two** newspapers.", "_save": "1"})
    prediction.refresh_from_db()
    assert (prediction.resolution, prediction.criteria) == ("yes", "It is in **two** newspapers.")


def test_a_new_one_is_not_born_resolved(room, prediction):
    address = page("prediction", "add")
    assert "resolution" not in filled(room.get(address))
    told = {
        **filled(room.get(address)),
        "statement": "It will be so.",
        "criteria": "So.",
        "slug": "it-will-be-so",
        "motion": prediction.motion.pk,
        "essay": prediction.essay.pk,
        "origin": "derived",
        "opens_at_0": "2026-01-01",
        "opens_at_1": "00:00",
        "closes_at_0": "2029-01-01",
        "closes_at_1": "00:00",
        "resolves_on": "2029-01-01",
        "status": "published",
        "resolution": "yes",
        "resolved_on": str(TODAY),
        "resolution_note": "So.",
    }
    assert room.post(address, {**told, "_save": "1"}).status_code == 302
    assert Prediction.objects.get(slug="it-will-be-so").resolution == ""


def test_an_old_version_put_back_leaves_the_resolution(room, prediction):
    send(room, at(prediction, "change"), criteria="It is in **two** newspapers.")
    before = prediction.history.latest()
    resolve(room, prediction)
    old = page("prediction", "simple_history", prediction.pk, before.pk)
    send(room, old)
    prediction.refresh_from_db()
    assert (prediction.resolution, prediction.resolution_note) == ("yes", "It was in the newspaper.")


def test_its_times_stay_while_it_is_resolved(room, prediction):
    resolve(room, prediction)
    said = errors_of(send(room, at(prediction, "change"), closes_at_0="2031-01-01", resolves_on="2031-01-01"))
    assert "they stay as long as it is resolved" in said


def test_publishing_from_a_list_opened_before_leaves_the_resolution(room, cara, prediction):
    before = Prediction.objects.get(pk=prediction.pk)
    resolve(room, prediction)
    before.status = Status.REVIEW
    publish(rows=[before], by=cara)
    assert Prediction.objects.get(pk=prediction.pk).resolution == "yes"


CORPUS = """
- model: debate.motion
  fields: {slug: m, question: Will it?, opened_on: 2020-01-01, horizon: 2030-01-01, status: published}
- model: debate.author
  fields: {slug: a, name: A. Author, short_name: Author}
- model: debate.essay
  fields: {slug: e, motion: [m], title: On it, authors: [[a]], publisher: The Press, source_url: "https://example.org/e",
    published_on: 2020-01-01, date_precision: day, summary: So., status: published}
- model: debate.prediction
  fields: {slug: p, motion: [m], statement: It will., criteria: CRITERIA, origin: derived, essay: [e],
    status: published, opens_at: 2020-01-01T00:00:00Z, closes_at: 2030-01-01T00:00:00Z,
    resolves_on: 2030-01-01RESOLUTION}
"""
RESOLVED = ", resolution: 'no', resolved_on: 2026-02-01, resolution_note: So."


@pytest.fixture
def load(tmp_path):
    """The corpus files, with what the file says of the prediction, are loaded."""

    def loaded(criteria="So.", resolution=""):
        told = CORPUS.replace("CRITERIA", criteria).replace("RESOLUTION", resolution)
        (tmp_path / "10-all.yaml").write_text(told)
        return load_corpus(folder=tmp_path)

    loaded()
    return loaded


def test_loading_the_corpus_again_leaves_the_resolution(room, load):
    prediction = Prediction.objects.get()
    resolve(room, prediction)
    assert load(criteria="Or so.").left == ['debate.prediction ["p"]']
    prediction.refresh_from_db()
    assert (prediction.resolution, prediction.criteria) == ("yes", "So.")


def test_a_file_that_resolves_a_prediction_scores_its_forecasts(load):
    prediction = Prediction.objects.get()
    Forecast.objects.create(
        user=make.MemberFactory(), prediction=prediction, probability=0.7, made_at=prediction.opens_at
    )
    load(resolution=RESOLVED)
    assert Score.objects.get().brier == pytest.approx(0.49, abs=1e-9)
    load()
    assert not Score.objects.exists()


# Who may.


@pytest.mark.parametrize("name", ["resolve", "reopen"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_right_to_look_is_no_right_to_judge(prediction, name, method):
    looker = make.MemberFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_prediction"))
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(looker)
    assert getattr(client, method)(at(prediction, name), VERDICT).status_code == 403
    assert "Resolve…" not in links_of(client.get(at(prediction, "change")))
    assert Prediction.objects.get(pk=prediction.pk).resolution == ""


@pytest.mark.parametrize("name", ["resolve", "reopen"])
def test_a_member_and_a_stranger_do_not_enter(prediction, member_client, client, name):
    assert member_client.post(at(prediction, name), VERDICT).status_code == 403
    assert client.get(at(prediction, name)).status_code == 302


@pytest.mark.parametrize("key", ["0", "9" * 30, "x", "1e3", "%00"])
@pytest.mark.parametrize("name", ["resolve", "reopen"])
def test_addresses_without_sense_are_no_failure(room, key, name):
    assert room.get(f"/admin/debate/prediction/{key}/{name}/").status_code in (400, 404)


def test_other_methods_are_refused(room, prediction):
    assert room.put(at(prediction)).status_code == 405


def test_a_post_from_elsewhere_is_refused(cara, prediction):
    client = Client(enforce_csrf_checks=True, HTTP_SEC_FETCH_SITE="cross-site")
    client.force_login(cara)
    assert resolve(client, prediction).status_code == 403
