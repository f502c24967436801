"""A curator loads the corpus files, again and again, and loses nothing."""

import io

import pytest
from django.conf import settings
from django.core.management import call_command

from debate.actions.loading import REASON, load_corpus
from debate.models import Claim, Edition, Essay, Motion, Relation, Stance

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


def test_all_five_essays_come_in(corpus):
    assert Essay.objects.visible().count() == 5


def test_every_visible_claim_gets_its_standing(corpus):
    assert not Claim.objects.visible().filter(standing__isnull=True).exists()


def test_loading_twice_changes_nothing():
    load_corpus(folder=FIXTURES)
    edition = Edition.objects.get().number
    again = load_corpus(folder=FIXTURES)
    assert (again.added, again.changed, again.left) == ([], [], [])
    assert Edition.objects.get().number == edition


def test_each_row_has_one_history_entry_that_says_where_it_came_from():
    load_corpus(folder=FIXTURES)
    claim = Claim.objects.first()
    assert [row.history_change_reason for row in claim.history.all()] == [REASON]


def test_a_curators_edit_is_left_and_named():
    load_corpus(folder=FIXTURES)
    claim = Claim.objects.first()
    claim.text = "A curator says it better."
    claim.save()
    out = io.StringIO()
    call_command("load_corpus", stdout=out)
    claim.refresh_from_db()
    assert claim.text == "A curator says it better."
    assert f'Left as a curator has it: debate.claim ["{claim.slug}"]' in out.getvalue()


def test_what_a_curator_deleted_stays_deleted_with_all_that_hung_on_it():
    load_corpus(folder=FIXTURES)
    claim = Claim.objects.filter(stances__isnull=False, relations__isnull=False, thesis_of__isnull=True).first()
    slug = claim.slug
    claim.delete()
    again = load_corpus(folder=FIXTURES)
    assert not Claim.objects.filter(slug=slug).exists()
    assert f'debate.claim ["{slug}"]' in again.left
    assert again.added == []


def test_a_changed_link_to_an_essay_counts_as_a_curators_edit():
    load_corpus(folder=FIXTURES)
    relation = Relation.objects.filter(drawn_by__isnull=False).first()
    relation.drawn_by.clear()
    again = load_corpus(folder=FIXTURES)
    assert relation.drawn_by.count() == 0
    assert len(again.left) == 1


def test_a_corrected_file_corrects_an_untouched_row(tmp_path):
    load_corpus(folder=FIXTURES)
    stance = Stance.objects.select_related("claim", "essay").first()
    made = stance.claim.created_at
    for path in FIXTURES.glob("*.yaml"):
        corrected = path.read_text(encoding="utf-8").replace(stance.claim.text, "Corrected in the file.")
        (tmp_path / path.name).write_text(corrected, encoding="utf-8")
    again = load_corpus(folder=tmp_path)
    claim = Claim.objects.get(pk=stance.claim.pk)
    assert [row.pk for row in again.changed] == [claim.pk]
    assert (claim.text, claim.created_at) == ("Corrected in the file.", made)


def test_a_broken_file_leaves_nothing_behind(tmp_path):
    for path in FIXTURES.glob("*.yaml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "99-broken.yaml").write_text("- model: debate.claim\n  fields: {slug: x, nonsense: 1}\n")
    with pytest.raises(Exception, match="nonsense"):
        load_corpus(folder=tmp_path)
    assert not Motion.objects.exists()


def test_an_empty_database_only_is_filled_at_the_first_run(corpus):
    out = io.StringIO()
    call_command("load_corpus", "--if-empty", stdout=out)
    assert "nothing was loaded" in out.getvalue()
