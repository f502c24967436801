"""A curator keeps an essay's text while taking it apart, and deletes it."""

import pytest

from debate.actions.desk.sources import drop_source, keep_source
from debate.models import Essay, SourceParagraph, SourceText
from debate.reasoning.paragraphs import paragraphs_of

pytestmark = pytest.mark.django_db


def test_paragraphs_have_the_places_of_passages(essay):
    kept = SourceParagraph.objects.of_essay(essay).values_list("number", "heading", "paragraph")
    assert list(kept) == [(1, "", 1), (2, "", 2), (3, "What others say", 1), (4, "What others say", 2)]


def test_another_text_takes_its_place_and_what_was_set_aside_stays_so(essay):
    SourceParagraph.objects.filter(source=essay.pk, number=2).update(set_aside=True)
    keep_source(
        essay=essay,
        paragraphs=paragraphs_of("New.\n\nA second paragraph grants that most of the work may move to other teams."),
    )
    kept = SourceParagraph.objects.of_essay(essay)
    assert list(kept.values_list("number", "set_aside")) == [(1, False), (2, True)]


def test_it_is_deleted_for_good_and_the_essay_stays(essay):
    drop_source(essay=essay)
    assert not SourceText.objects.exists()
    assert Essay.objects.filter(pk=essay.pk).exists()


def test_it_goes_with_its_essay(essay):
    essay.delete()
    assert not SourceParagraph.objects.exists()
