"""A curator brings a file in: a draft that no reader sees, whole or not at all, and nothing published is touched."""

import pytest
from django.core.management import CommandError, call_command

from debate.actions.publishing import publish_whole
from debate.actions.retagging import merge_tags
from debate.models import Claim, Edition, Essay, Relation, Stance, Tag
from tests import factories as make
from tests.bringing.conftest import SMALL

pytestmark = pytest.mark.django_db
HISTORY = ("essay", "claim", "stance", "passage", "relation")


def said(report):
    return " ".join(problem.said for problem in report.problems)


def test_all_of_it_is_there_as_a_draft(motion, bring):
    bring(SMALL)
    essay = Essay.objects.get(slug="small")
    claim = Claim.objects.get(slug="it-is-so")
    assert (essay.status, claim.status) == ("draft", "draft")
    assert [author.name for author in essay.authors.all()] == ["Jane Doe"]
    assert sorted(claim.tags.names()) == ["First", "Second"]
    assert claim.stances.get().passages.get().gist == "She says so."
    assert claim.relations.get().drawn_by.get() == essay


def test_a_tag_that_was_merged_means_the_survivor(motion, bring):
    merge_tags(by=make.CuratorFactory(), tag=make.TagFactory(name="First"), into=make.TagFactory(name="Primary"))
    bring(SMALL)
    assert sorted(Claim.objects.get(slug="it-is-so").tags.names()) == ["Primary", "Second"]


def test_no_reader_sees_any_of_it(motion, bring):
    bring(SMALL)
    assert not Essay.objects.visible().filter(slug="small").exists()
    assert not Claim.objects.visible().filter(slug="it-is-so").exists()
    assert not Stance.objects.visible().exists()
    assert not Relation.objects.visible().exists()
    assert not Tag.objects.visible().exists()


def test_published_whole_readers_see_all_of_it(motion, bring):
    bring(SMALL)
    publish_whole(essays=Essay.objects.filter(slug="small"), by=make.CuratorFactory())
    claim = Claim.objects.visible().get(slug="it-is-so")
    assert claim.standing.voices == [["Doe", "asserts"]]
    assert claim.tally.total == 0


def test_every_rule_still_holds(motion, bring, capsys):
    bring(SMALL)
    call_command("audit")
    assert "0 of them broken" in capsys.readouterr().out


def test_each_row_has_its_history_with_who_and_from_where(motion, bring):
    curator = make.CuratorFactory()
    bring(SMALL, by=curator)
    told = Essay.objects.get(slug="small").history.get()
    assert (told.history_user, told.history_change_reason) == (curator, "file-1.md")
    assert Claim.objects.get(slug="it-is-so").history.count() == 1


def test_its_history_knows_the_authors_and_who_drew_each_relation(motion, bring):
    bring(SMALL)
    essay = Essay.objects.get(slug="small")
    assert [tie.author for tie in essay.history.get().authors.all()] == list(essay.authors.all())
    assert [tie.essay for tie in Relation.objects.get().history.get().drawn_by.all()] == [essay]


def test_the_same_file_again_changes_nothing(motion, bring):
    bring(SMALL)
    edition = Edition.now()
    (report,) = bring(SMALL)
    assert (report.created, report.changed, report.problems) == ([], [], [])
    assert report.matched >= 5
    assert Edition.now() == edition


def test_a_dry_run_says_what_would_be_and_writes_nothing(motion, bring):
    before = Edition.now()
    (report,) = bring(SMALL, write=False)
    assert "1 claim" in report.counted()
    assert not Essay.objects.filter(slug="small").exists()
    assert Edition.now() == before


def test_a_draft_is_changed_and_the_change_named(motion, bring):
    bring(SMALL)
    (report,) = bring(SMALL.replace("She says so.", "She says so plainly."))
    assert [(change.noun, change.fields) for change in report.changed] == [("passage", ("gist",))]
    assert Claim.objects.get(slug="it-is-so").stances.get().passages.get().gist == "She says so plainly."


def test_what_is_published_is_not_changed(motion, bring):
    bring(SMALL)
    publish_whole(essays=Essay.objects.filter(slug="small"), by=make.CuratorFactory())
    for part, instead in (("title: Small", "title: Large"), ("It is so.", "It is quite so."), ("She says so.", "No.")):
        text = SMALL.replace(part, instead).replace("## It is quite so.", "## It is quite so.\nid: it-is-so")
        (report,) = bring(text)
        assert "is published" in said(report)
    assert Claim.objects.get(slug="it-is-so").text == "It is so."


def test_a_new_essay_may_speak_to_a_published_claim(motion, bring):
    text = SMALL + "\n## [[thesis]]\nstance: denies\n\n- denies at 3: She denies it.\n"
    (report,) = bring(text)
    assert report.problems == []
    assert Stance.objects.get(claim__slug="thesis").kind == "denies"


def test_a_claim_that_is_there_already_is_named_not_made_twice(motion, bring):
    (report,) = bring(SMALL.replace("## It is so.", "## THE thesis.\nid: another").replace("[[it-is-so]]", ""))
    assert "as [[thesis]]; name it so" in said(report)


@pytest.mark.parametrize(
    ("part", "instead", "told"),
    [
        ("motion: the-motion", "motion: no-such", "There is no motion “no-such”"),
        ("side: yes", "side: perhaps", "The motion has no side “perhaps”"),
        ("[[thesis]]", "[[nothing]]", "There is no claim “nothing”"),
        ("published: 2024-05-01", "published: 2024-05-01\nresponds_to: nobody", "There is no essay “nobody”"),
        ("[[it-is-so]]", "[[thesis]]", "takes no stance on such a claim"),
        ("https://example.org/small", "javascript:alert(1)", "valid URL"),
        ("title: Small", f"title: {'x' * 201}", "200"),
        ("She says so.", "x" * 401, "400"),
    ],
)
def test_of_a_file_with_a_mistake_nothing_is_written(motion, bring, part, instead, told):
    (report,) = bring(SMALL.replace(part, instead, 1))
    assert told in said(report)
    assert not Essay.objects.filter(slug="small").exists()
    assert not Claim.objects.filter(slug="it-is-so").exists()
    assert not Tag.objects.exists()


def test_a_merged_claim_is_told_by_its_survivor(motion, bring):
    survivor = make.ClaimFactory(motion=motion, slug="survivor")
    make.ClaimFactory(motion=motion, slug="old", text="Old.", status="merged", merged_into=survivor)
    (report,) = bring(SMALL.replace("[[thesis]]", "[[old]]"))
    (other,) = bring(SMALL + "\n## [[old]]\nstance: denies\n\n- denies at 1: No.\n")
    assert "was merged into “survivor”" in said(other)
    assert "There is no claim “old”" in said(report)


def test_files_may_name_what_a_later_one_brings(motion, bring):
    first = SMALL.replace("published: 2024-05-01", "published: 2024-05-01\nresponds_to: second")
    second = SMALL.replace("small", "second").replace("It is so.", "It was so.").replace("it-is-so", "it-was-so")
    bring(first, second.replace("published: 2024-05-01", "published: 2023-05-01"))
    assert Essay.objects.get(slug="small").responds_to.slug == "second"


def test_two_essays_that_draw_one_relation_are_both_named(motion, bring):
    again = SMALL.replace("small", "second")
    bring(SMALL, again)
    assert Relation.objects.get().drawn_by.count() == 2


def test_an_undercut_finds_what_it_is_aimed_at(motion, bring):
    more = "\n## It is not to the point.\nkind: value\n\n- undercuts [[it-is-so]] supports [[thesis]]: Why.\n"
    (report,) = bring(SMALL + more)
    assert report.problems == []
    assert Relation.objects.get(kind="undercuts").target_relation.target_claim.slug == "thesis"


def test_the_command_tells_each_mistake_with_file_and_line(motion, tmp_path, capsys):
    path = tmp_path / "essay.md"
    path.write_text(SMALL.replace("kind: observation", "kind: rumour"))
    with pytest.raises(CommandError, match=rf"{path}:\d+: “kind” is one of"):
        call_command("import_essay", path)


def test_the_command_says_what_it_made(motion, tmp_path, capsys):
    path = tmp_path / "essay.md"
    path.write_text(SMALL)
    call_command("import_essay", path, "--dry-run")
    assert "would be made: 1 author, 1 essay, 1 claim, 2 tags, 2 tags of claims, 1 stance" in capsys.readouterr().out
    call_command("import_essay", path)
    assert Essay.objects.filter(slug="small").exists()
