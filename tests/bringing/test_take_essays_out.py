"""A curator takes the corpus to another site: written out, brought in and written out again it is the same."""

import pytest
from django.core.management import CommandError, call_command

from debate.interchange.essay_file import parse, write
from debate.interchange.essay_file.taking_out import files_of
from debate.models import Author, Claim, Essay, Motion, Prediction, Relation, Side, Stance, Tag
from tests import factories as make

pytestmark = pytest.mark.django_db


def bytes_in(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.md"))}


def emptied():
    """The database without a corpus, row by row from what hangs on others to what they hang on."""
    Motion.objects.update(featured=False, deciding_prediction=None)
    Side.objects.update(thesis=None)
    for model in (Relation, Prediction, Essay, Claim, Side, Motion, Author, Tag):
        model.objects.all().delete()


def test_the_five_essays_come_back_identical(corpus, tmp_path):
    call_command("export_essays", tmp_path / "first")
    counts = [model.objects.count() for model in (Claim, Stance, Relation, Prediction)]
    emptied()
    call_command("import_essay", *sorted((tmp_path / "first").rglob("*.md")))
    call_command("export_essays", tmp_path / "second")
    assert bytes_in(tmp_path / "second") == bytes_in(tmp_path / "first")
    assert len(bytes_in(tmp_path / "first")) == 6
    assert [model.objects.count() for model in (Claim, Stance, Relation, Prediction)] == counts


def test_brought_in_over_themselves_they_change_nothing(corpus, tmp_path, capsys):
    call_command("export_essays", tmp_path)
    call_command("import_essay", *sorted(tmp_path.rglob("*.md")))
    told = capsys.readouterr().out
    assert told.count("made: nothing; changed: 0") == 6


def test_what_a_file_says_is_what_was_written(corpus):
    for file in files_of(corpus):
        assert parse(file.name, write(file).encode()) == file


def test_there_is_nothing_to_take_out_of_an_empty_site(tmp_path):
    with pytest.raises(CommandError, match="no motion yet"):
        call_command("export_essays", tmp_path)


def test_drafts_are_taken_out_and_come_back_too_if_nobody_is_named_yet(tmp_path):
    motion = make.MotionFactory()
    make.EssayFactory(motion=motion, status="draft", slug="hidden", authors=[])
    call_command("export_essays", tmp_path)
    told = (tmp_path / "essays" / "hidden.md").read_bytes()
    Essay.objects.get(slug="hidden").delete()
    call_command("import_essay", tmp_path / "essays" / "hidden.md")
    call_command("export_essays", tmp_path)
    assert (tmp_path / "essays" / "hidden.md").read_bytes() == told
