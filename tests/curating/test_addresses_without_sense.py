"""An address that asks for what no row can have gets a clear answer, whatever the noun and the database."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.db import models, transaction
from django.urls import reverse

from debate.actions.corpus import refresh
from debate.models import Claim, Essay, Prediction, Relation, Stance
from tests import factories as make
from tests.curating.forms import filled, page

pytestmark = pytest.mark.django_db

HUGE = "99999999999999999999999"
KEYS = ["abc", "%C2%B2", HUGE, "_3A", "%00"]
ASKED = ["p=abc", "p=0", "o=999", "o=a.b", "q=%00", "q=" + 300 * "a%20", "e=1", "all=", "_facets=True", "_popup=1"]
ASKED += [
    "_to_field=",
    "_to_field=zz",
    "_changelist_filters=%00",
    "zz=1",
    "pk__zz=1",
    "pk__in=1,abc",
    f"pk__in=1,{HUGE}",
]
ASKED += [
    "pk__regex=((",
    "pk__range=1",
    "pk__isnull=abc",
    "%00=1",
    "e=1&pk=abc",
    "&".join(f"a{n}=1" for n in range(2100)),
]
DAYS = [
    "year=0",
    "year=99999",
    f"year={HUGE}",
    "year=9999",
    "gte=abc",
    "lt=9999-12-31 23:59:59-14:00",
    "date=2026-02-30",
]


def nouns() -> list[Any]:
    return list(admin.site._registry)


def named(model: Any) -> str:
    return str(model._meta.model_name)


def addresses(model: Any, key: Any) -> Iterator[str]:
    """Every kind of page of the noun, asked for in ways that make no sense: where CI is set in every one, elsewhere in
    every third, since all nouns take what they are asked alike.
    """
    the_list = reverse(f"admin:{model._meta.app_label}_{named(model)}_changelist")
    some = slice(None, None, 1 if "CI" in os.environ else 3)
    for told in KEYS:
        yield from (f"{the_list}{told}/{name}/" for name in ("change", "history", "delete", "history/1")[some])
        yield f"{the_list}{key}/history/{told}/"
    yield from (f"{the_list}?{asked}" for asked in ASKED[some])
    yield from (f"{the_list}{key}/{name}/?_to_field=" for name in ("change", "delete"))
    yield from list(added(the_list, [field.name for field in model._meta.get_fields()]))[some]
    yield from list(narrowed(the_list, model))[some]


def added(the_list: str, fields: list[str]) -> Iterator[str]:
    for told in ("abc", "%C2%B2", HUGE, f"1,{HUGE}", "%00", ""):
        yield f"{the_list}add/?essay={told}&tag_words={told}&" + "&".join(f"{name}={told}" for name in fields)


def narrowed(the_list: str, model: Any) -> Iterator[str]:
    for field in model._meta.get_fields():
        yield from (f"{the_list}?{field.name}={told}" for told in ("abc", HUGE, "%00"))
        if isinstance(field, models.DateField) and field.name != "updated_at":
            yield from (f"{the_list}?{field.name}__{told}" for told in DAYS)
            yield f"{the_list}?{field.name}__year=2026&{field.name}__month=13"
            yield f"{the_list}?{field.name}__year=2026&{field.name}__month=1&{field.name}__day=0"
            yield f"{the_list}?{field.name}__year=9999&{field.name}__month=12&{field.name}__day=31"


def status(client: Any, address: str, told: Any = None) -> int:
    """Whatever the request does is undone, so that the next one meets the database as it was."""
    with transaction.atomic():
        answer = client.get(address) if told is None else client.post(address, told)
        transaction.set_rollback(True)
    return int(answer.status_code)


@pytest.fixture
def patient(office):
    """The browser of somebody who runs the site, to whom a failure is an answer too."""
    office.raise_request_exception = False
    return office


@pytest.fixture
def motion(db):
    motion = make.motion_with_claims(2)
    make.PredictionFactory(motion=motion, essay=motion.essays.get())
    refresh(motion)
    return motion


@pytest.mark.parametrize("model", nouns(), ids=named)
def test_no_address_fails(patient, motion, model):
    row = model._default_manager.first()
    answers = {address: status(patient, address) for address in addresses(model, row.pk if row else 1)}
    assert {address[:200]: told for address, told in answers.items() if told not in (200, 302, 400, 403, 404)} == {}


SUGGESTING = {"app_label": "debate", "model_name": "claim", "field_name": "motion", "term": "a"}
SENSELESS = ["%00", "", "x", "%C2%B2", 300 * "a"]


@pytest.mark.parametrize("name", [*SUGGESTING, "page"])
def test_no_completion_fails(patient, motion, name):
    asked = [{**SUGGESTING, name: told} for told in SENSELESS]
    addresses = ["/admin/autocomplete/?" + "&".join("=".join(pair) for pair in told.items()) for told in asked]
    assert {status(patient, address) for address in addresses} <= {200, 400, 403, 404}


ASIDE = [
    "",
    "nowhere/",
    "%00/",
    "debate/",
    "debate/%00/",
    "jsi18n/",
    "autocomplete/",
    f"r/{HUGE}/{HUGE}/",
    "r/%C2%B2/x/",
]


@pytest.mark.parametrize("address", [f"/admin/{aside}" for aside in ASIDE])
def test_no_address_beside_the_nouns_fails(patient, client, address):
    answers = [status(patient, address), client.get(address).status_code, status(patient, address, {})]
    assert [told for told in answers if told >= 500] == []


def test_a_visitor_whose_address_has_no_sense_is_told(client):
    assert client.get("/admin/debate/claim/?status=%00").status_code == 400


def test_a_list_asked_for_the_impossible_is_shown_whole_and_says_so(room, motion):
    shown = room.get(page("claim", created_at__year=0), follow=True)
    assert shown.redirect_chain == [(f"{page('claim')}?e=1", 302)]
    assert "what no row can have" in shown.content.decode()


def test_asked_for_it_again_it_says_no(room, motion):
    assert room.get(page("claim", created_at__year=0, e=1)).status_code == 400


def test_patterns_are_not_matched(room, motion):
    assert room.get(page("claim", text__regex="(a%2B)%2B$")).status_code == 400


@pytest.mark.parametrize("query", ["o=" + "1." * 1_500, "pk__in=" + "1," * 1_500])
def test_an_address_that_is_far_too_long_is_refused(room, motion, query):
    assert room.get(f"{page('claim')}?{query}").status_code == 400


def test_a_day_that_there_is_narrows_a_list(room, motion):
    essay = motion.essays.get()
    assert essay.title in room.get(page("essay", published_on__year=essay.published_on.year)).content.decode()


def test_an_empty_form_starts_with_what_its_fields_can_hold(room, motion):
    told = filled(room.get(page("prediction", "add", motion=motion.pk, resolves_on="2030-04-28", essay="abc")))
    assert (told["motion"], told["resolves_on"], told["essay"]) == ([str(motion.pk)], ["2030-04-28"], [])


def test_it_says_what_it_left(room, motion):
    said = room.get(page("prediction", "add", opens_at="abc", essay="7777")).content.decode()
    assert "cannot hold" in said
    assert "Essay and Opens at" in said or "Opens at and Essay" in said


def test_it_starts_with_several_rows_at_once(room, motion):
    authors = [*motion.essays.get().authors.all(), make.AuthorFactory()]
    keys = [str(author.pk) for author in authors]
    assert set(filled(room.get(page("essay", "add", authors=",".join(keys))))["authors"]) == set(keys)


SELECTED = [[HUGE], ["²"], ["\0"], ["1", "abc"]]


MORE: list[dict[str, str]] = [{}, {"select_across": "1", "index": "abc"}, {"index": "9", "post": "yes"}]


@pytest.mark.parametrize("action", ["publish_rows", "take_rows_back", "delete_selected", "nonsense", ""])
def test_no_choice_of_rows_fails(patient, motion, action):
    told = [{"action": action, "_selected_action": rows, **more} for rows in SELECTED for more in MORE]
    assert [said for each in told if (said := status(patient, page("claim"), each)) >= 500] == []


def test_rows_that_cannot_be_are_named_as_missing(room, motion):
    told = {"action": "publish_rows", "_selected_action": ["abc"], "index": "0"}
    assert "Items must be selected" in room.post(page("claim"), told, follow=True).content.decode()


ROWS = {"claim": Claim, "stance": Stance, "prediction": Prediction, "relation": Relation, "essay": Essay}
ROWS_WITHIN = {"claim": "relations", "stance": "passages", "prediction": "readings", "motion": "sides"}
COUNTS = [("abc", "abc"), ("1000000000", "3"), ("5", "5"), ("1", "9"), ("-1", "-1"), ("", "")]


@pytest.mark.parametrize("noun", ROWS_WITHIN)
def test_no_count_of_rows_within_a_page_fails(patient, motion, noun):
    key = motion.pk if noun == "motion" else ROWS[noun].objects.first().pk
    address, within = page(noun, "change", key), ROWS_WITHIN[noun]
    told = filled(patient.get(address)) | {"_save": ["1"]}
    sent = [{f"{within}-TOTAL_FORMS": total, f"{within}-INITIAL_FORMS": initial} for total, initial in COUNTS]
    assert [counts for counts in sent if status(patient, address, {**told, **counts}) >= 500] == []


def test_no_more_rows_are_made_than_a_page_takes(room, motion):
    told = filled(room.get(page("stance", "add"))) | {"passages-TOTAL_FORMS": ["1000000000"], "_save": ["1"]}
    formset = room.post(page("stance", "add"), told).context["inline_admin_formsets"][0].formset
    assert len(formset.forms) == formset.absolute_max == 100


@pytest.fixture(params=[*ROWS, "motion"])
def form(request, patient, motion):
    """The address of a row's page, and what its form holds."""
    key = motion.pk if request.param == "motion" else ROWS[request.param].objects.first().pk
    address = page(request.param, "change", key)
    return address, filled(patient.get(address)) | {"_save": ["1"]}


def test_no_field_fails_that_is_missing(patient, form):
    address, told = form
    names = [name for name in told if not name.endswith(("-MIN_NUM_FORMS", "-MAX_NUM_FORMS"))]  # which nobody reads
    rest = {name: {each: value for each, value in told.items() if each != name} for name in names}
    assert [name for name, sent in rest.items() if status(patient, address, sent) >= 500] == []


VALUES: list[Any] = ["abc", "\0", ["1", "²"], [HUGE], 5000 * "a"]


def test_no_fields_fail_that_are_sent_without_sense(patient, form):
    address, told = form
    names = [name for name in told if "_FORMS" not in name]
    sent = [dict.fromkeys(names, value) | told_of_rows(told) for value in VALUES]
    assert [each for each in sent if status(patient, address, each) >= 500] == []


def told_of_rows(told):
    """How many rows of other nouns a form says it has."""
    return {name: value for name, value in told.items() if "_FORMS" in name or name == "_save"}


def test_a_form_with_far_too_many_fields_is_refused(room, motion):
    assert room.post(page("claim", "add"), {f"x{number}": "1" for number in range(2100)}).status_code == 400
