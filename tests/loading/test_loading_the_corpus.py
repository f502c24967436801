"""A curator loads the corpus files, again and again, and loses nothing."""

import io

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from debate.actions.loading import REASON, load_corpus
from debate.models import Claim, Edition, Essay, Motion, Relation, Stance

pytestmark = pytest.mark.django_db
FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.fixture
def folder(tmp_path):
    """The motion and its first two essays: all kinds of rows but predictions, and a quarter of the time."""
    for name in ("10-motion.yaml", "20-posey-2020.yaml", "30-omont-2020.yaml"):
        text = (FIXTURES / name).read_text(encoding="utf-8")
        lines = [line for line in text.splitlines() if "deciding_prediction" not in line]
        (tmp_path / name).write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def test_all_five_essays_come_in(corpus):
    assert Essay.objects.visible().count() == 5


def test_every_visible_claim_gets_its_standing(corpus):
    assert not Claim.objects.visible().filter(standing__isnull=True).exists()


def test_loading_twice_changes_nothing(folder):
    load_corpus(folder=folder)
    edition = Edition.objects.get().number
    again = load_corpus(folder=folder)
    assert (again.added, again.changed, again.left) == ([], [], [])
    assert Edition.objects.get().number == edition


def test_each_row_has_one_history_entry_that_says_where_it_came_from(folder):
    load_corpus(folder=folder)
    claim = Claim.objects.first()
    assert [row.history_change_reason for row in claim.history.all()] == [REASON]


def test_a_first_version_knows_who_signed_and_who_drew(corpus):
    for row in (*Essay.objects.all(), *Relation.objects.filter(drawn_by__isnull=False).distinct()[:20]):
        name = "authors" if isinstance(row, Essay) else "drawn_by"
        first = {
            getattr(link, "author_id" if name == "authors" else "essay_id")
            for link in getattr(row.history.earliest(), name).all()
        }
        assert first == set(getattr(row, name).values_list("pk", flat=True))


def test_a_curators_edit_is_left_and_named(folder):
    load_corpus(folder=folder)
    claim = Claim.objects.first()
    claim.text = "A curator says it better."
    claim.save()
    out = io.StringIO()
    call_command("load_corpus", folder, stdout=out)
    claim.refresh_from_db()
    assert claim.text == "A curator says it better."
    assert f'Left as a curator has it: debate.claim ["{claim.slug}"]' in out.getvalue()


def test_what_a_curator_deleted_stays_deleted_with_all_that_hung_on_it(folder):
    load_corpus(folder=folder)
    claim = Claim.objects.filter(stances__isnull=False, relations__isnull=False, thesis_of__isnull=True).first()
    slug = claim.slug
    claim.delete()
    again = load_corpus(folder=folder)
    assert not Claim.objects.filter(slug=slug).exists()
    assert f'debate.claim ["{slug}"]' in again.left
    assert again.added == []


def test_a_changed_link_to_an_essay_counts_as_a_curators_edit(folder):
    load_corpus(folder=folder)
    relation = Relation.objects.filter(drawn_by__isnull=False).first()
    relation.drawn_by.clear()
    again = load_corpus(folder=folder)
    assert relation.drawn_by.count() == 0
    assert len(again.left) == 1


def test_a_corrected_file_corrects_an_untouched_row(folder):
    load_corpus(folder=folder)
    claim = Claim.objects.get(slug=Stance.objects.first().claim.slug)
    for path in folder.glob("*.yaml"):
        path.write_text(
            path.read_text(encoding="utf-8").replace(f"text: {claim.text}", "text: Corrected in the file."),
            encoding="utf-8",
        )
    again = load_corpus(folder=folder)
    corrected = Claim.objects.get(pk=claim.pk)
    assert [row.pk for row in again.changed] == [claim.pk]
    assert (corrected.text, corrected.created_at) == ("Corrected in the file.", claim.created_at)
    assert [row.history_type for row in corrected.history.all()] == ["~", "+"]


def test_a_broken_file_leaves_nothing_behind(folder):
    (folder / "99-broken.yaml").write_text("- model: debate.claim\n  fields: {slug: x, nonsense: 1}\n")
    with pytest.raises(Exception, match="nonsense"):
        load_corpus(folder=folder)
    assert not Motion.objects.exists()


def test_a_folder_without_files_is_refused(tmp_path):
    with pytest.raises(CommandError, match="no corpus file"):
        call_command("load_corpus", tmp_path)


def test_an_empty_database_only_is_filled_at_the_first_run(corpus):
    out = io.StringIO()
    call_command("load_corpus", "--if-empty", stdout=out)
    assert "nothing was loaded" in out.getvalue()
