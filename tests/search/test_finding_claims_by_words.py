"""A reader searches: the same words find the same claims on either database."""

import pytest
from django.db import connection

from debate import search
from debate.models import Claim
from debate.search.words import JOINING
from tests import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def claims():
    make.ClaimFactory(text="A model in production has to be monitored.")
    make.ClaimFactory(text="Titles are walls.", note="Said of the café and of *monitoring* too.")
    make.ClaimFactory(text="Engineers write C++ code.")


def found(words):
    return sorted(Claim.objects.matching(words).values_list("text", flat=True))


def test_every_word_has_to_be_there():
    assert found("model production") == ["A model in production has to be monitored."]
    assert found("model walls") == []


def test_words_are_found_by_their_stem_and_in_the_note():
    assert len(found("monitor")) == 2


def test_the_last_word_may_be_unfinished():
    assert found("model produc") == ["A model in production has to be monitored."]


@pytest.mark.parametrize(
    "typed", ["the model", "a model in the production", "Model of THE production", "don't model it"]
)
def test_joining_words_beside_others_do_not_matter(typed):
    assert found(typed) == ["A model in production has to be monitored."]


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("has to be", ["A model in production has to be monitored."]),
        ("of the and too", ["Titles are walls."]),
        ("are", ["Titles are walls."]),
        ("ARE", ["Titles are walls."]),
        ("has are", []),
        ("because", []),
    ],
)
def test_joining_words_alone_are_searched_for(typed, held):
    assert found(typed) == held


@pytest.mark.postgresql
def test_the_joining_words_are_those_that_the_database_leaves_out():
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_tsvector('english', %s)", [" ".join(JOINING)])
        assert cursor.fetchone() == ("",)


def test_the_last_of_them_may_be_the_beginning_of_another_word():
    assert found("a") == ["A model in production has to be monitored.", "Titles are walls."]
    assert found("i") == ["A model in production has to be monitored."]


def test_of_many_words_the_first_twelve_that_tell_something_count():
    assert found("the " * 30 + "model") == ["A model in production has to be monitored."]


def test_case_does_not_matter():
    assert found("TITLES") == ["Titles are walls."]


@pytest.mark.parametrize(
    "typed", ['"', "'", "mod*el (", "NEAR(a b)", "a AND", "OR", "text:model", "& | !", "\\", "%", "c++", "a:*", "- -"]
)
def test_signs_and_operators_are_harmless(typed):
    assert isinstance(found(typed), list)


@pytest.mark.parametrize("nothing", ["", "   ", "?!", "—"])
def test_no_word_finds_nothing(nothing):
    assert found(nothing) == []


def test_an_edit_is_found_at_once():
    claim = Claim.objects.get(text="Titles are walls.")
    claim.text = "Names are bridges."
    claim.save()
    assert found("bridges") == ["Names are bridges."]
    assert found("walls") == []


def test_a_deleted_claim_is_found_no_more():
    Claim.objects.filter(text="Titles are walls.").delete()
    assert found("walls") == []


def test_preparing_again_keeps_what_is_there():
    search.prepare()
    assert found("titles") == ["Titles are walls."]


@pytest.mark.parametrize(("typed", "index"), [("model", "debate_claim_search"), ("the", "debate_claim_search_plain")])
def test_the_search_uses_its_index(typed, index):
    rows = Claim.objects.matching(typed).only("pk")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # An index of words is read as a bitmap: with every other way dear, one that serves is taken at any size.
            cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        assert f"on {index} " in rows.explain()
    else:
        assert "VIRTUAL TABLE INDEX" in rows.explain()
