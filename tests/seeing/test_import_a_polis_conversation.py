"""`manage.py import_votes` brings a conversation held in Polis in, to look at it here."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from debate.actions.audit import every_rule
from debate.models import Claim, ClaimVote, Edition, Motion, User
from tests import factories as make

pytestmark = pytest.mark.django_db
BREXIT = Path(__file__).resolve().parents[3] / "shared" / "polis" / "brexit-consensus"
SUMMARY = "topic,Should cats vote?\nurl,https://pol.is/1abc\ngroups,2\nconversation-description,Asked of **cats**.\n"
COMMENTS = """timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1500000000000,x,0,0,2,1,1,Cats should vote.
1500000100000,x,1,0,1,1,0,"Dogs, too,  should vote."
1500000200000,x,2,1,1,0,-1,Spam.
"""
VOTES = """participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
0,0,1,3,2,1,1,-1,1
1,1,0,2,1,0,1,0,
7,,0,2,1,1,-1,1,
9,,0,0,0,0,,,
"""
TIMES = """timestamp,datetime,comment-id,voter-id,vote
1500000300000,x,0,0,-1
1500400000000,x,0,0,1
"""
SLUG = "should-cats-vote"


@pytest.fixture
def export(tmp_path):
    """A small export, whose files a test may write anew."""
    files = {"summary": SUMMARY, "comments": COMMENTS, "participants-votes": VOTES, "votes": TIMES}
    for name, text in files.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def bring_in(folder, **options):
    call_command("import_votes", folder, **options)


def rewrite(export, name, old, new):
    file = export / f"{name}.csv"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def everything():
    """Every row that an import could touch, and when the site last changed."""
    models = (Motion, Claim, ClaimVote, User, Motion.history.model, Claim.history.model, Edition)
    return [list(model._default_manager.order_by("pk").values()) for model in models]


def votes_on(number):
    return dict(ClaimVote.objects.filter(claim__slug=f"{SLUG}-{number}").values_list("user__username", "value"))


# What comes in.


def test_the_topic_is_the_motion(export):
    bring_in(export)
    assert Motion.objects.visible().get().question == "Should cats vote?"


def test_the_motion_is_not_featured(export):
    bring_in(export)
    assert not Motion.objects.featured().exists()


def test_its_context_keeps_the_description_and_whose_the_data_are(export):
    bring_in(export)
    context = Motion.objects.get().context
    assert "Asked of **cats**." in context
    assert "https://pol.is/1abc" in context
    assert "CC BY 4.0" in context


def test_the_credit_can_be_given(export):
    bring_in(export, credit="By the cats, https://pol.is/1abc, CC0.")
    assert Motion.objects.get().context.endswith("By the cats, https://pol.is/1abc, CC0.")


def test_statements_are_visible_claims(export):
    bring_in(export)
    assert sorted(Claim.objects.visible().values_list("text", flat=True)) == [
        "Cats should vote.",
        "Dogs, too, should vote.",
    ]


def test_what_moderators_took_out_stays_out(export):
    bring_in(export)
    assert not Claim.objects.filter(text="Spam.").exists()


def test_every_participant_is_a_guest(export):
    bring_in(export)
    assert list(User.objects.values_list("kind", flat=True)) == ["guest"] * 4


def test_a_guest_cannot_sign_in_with_a_password(export):
    bring_in(export)
    assert not any(guest.has_usable_password() for guest in User.objects.all())


def test_answers_are_votes(export):
    bring_in(export)
    assert votes_on(1) == {
        f"import.{SLUG}.0": "disagree",
        f"import.{SLUG}.1": "pass",
        f"import.{SLUG}.7": "agree",
    }


def test_a_vote_is_dated_when_it_was_last_given(export):
    bring_in(export)
    vote = ClaimVote.objects.get(claim__slug=f"{SLUG}-0", user__username=f"import.{SLUG}.0")
    assert vote.changed_at.timestamp() == 1500400000


def test_without_votes_csv_they_are_dated_when_the_last_statement_was_made(export):
    (export / "votes.csv").unlink()
    bring_in(export)
    assert {vote.changed_at.timestamp() for vote in ClaimVote.objects.all()} == {1500000200}


def test_no_vote_counts_as_blind(export):
    bring_in(export)
    assert set(ClaimVote.objects.values_list("blind_value", flat=True)) == {""}


def test_tallies_are_kept(export):
    bring_in(export)
    tally = Claim.objects.get(slug=f"{SLUG}-0").tally
    assert (tally.guest_agree, tally.guest_disagree, tally.guest_pass) == (2, 1, 0)


def test_the_motion_can_be_given_another_slug(export):
    bring_in(export, motion="cats")
    assert Motion.objects.get().slug == "cats"


def test_no_rule_of_the_site_is_broken(export):
    bring_in(export)
    assert [finding for rule in every_rule() if (finding := rule.check()).rows] == []


def test_its_pages_can_be_read(export, client):
    bring_in(export)
    make.motion_with_claims(3, featured=True)
    pages = ("claims", "map", "matrix", "compare", "timeline", "unanswered", "insights", "predictions")
    addresses = [f"/motions/{SLUG}/", f"/claims/{SLUG}-0/", *(f"/{page}/?motion={SLUG}" for page in pages)]
    assert [client.get(address).status_code for address in addresses] == [200] * len(addresses)


def test_its_claims_are_said_to_be_readers(export, client):
    bring_in(export)
    page = client.get(f"/claims/{SLUG}-0/").content.decode()
    assert "put forward by a reader" in page
    assert "added here by a curator" not in page


def test_nobody_is_asked_to_choose_between_no_sides(export, client):
    bring_in(export)
    assert "where do you stand" not in client.get(f"/motions/{SLUG}/").content.decode()


@pytest.mark.reference
def test_a_published_export_comes_in_whole():
    bring_in(BREXIT)
    assert (Claim.objects.count(), User.objects.count(), ClaimVote.objects.count()) == (50, 204, 5303)


# Statements that cannot be claims.


def test_a_statement_too_long_for_a_claim_is_left_out_and_named(export, capsys):
    rewrite(export, "comments", "Cats should vote.", "Cats " * 60)
    bring_in(export)
    assert "Left out: comments.csv, line 2: 299 characters" in capsys.readouterr().out


def test_votes_on_what_is_left_out_are_left_out(export):
    rewrite(export, "comments", "Cats should vote.", "Cats " * 60)
    bring_in(export)
    assert set(ClaimVote.objects.values_list("claim__slug", flat=True)) == {f"{SLUG}-1"}


def test_of_two_statements_that_say_the_same_the_first_comes_in(export, capsys):
    rewrite(export, "comments", '"Dogs, too,  should vote."', "cats  should VOTE.")
    bring_in(export)
    assert list(Claim.objects.values_list("text", flat=True)) == ["Cats should vote."]
    assert "Left out: comments.csv, line 3: says the same as comments.csv, line 2" in capsys.readouterr().out


def test_control_characters_are_taken_out(export):
    rewrite(export, "comments", "Cats should vote.", "Cats\x08 should vote.")
    bring_in(export)
    assert Claim.objects.filter(text="Cats should vote.").exists()


# Done again.


def test_a_second_import_changes_nothing(export):
    bring_in(export)
    before = everything()
    bring_in(export)
    assert everything() == before


def test_what_has_come_since_is_added(export):
    bring_in(export)
    rewrite(export, "comments", "1500000200000,x,2", "1500000250000,x,3,0,0,1,1,Birds as well.\n1500000200000,x,2")
    (export / "participants-votes.csv").write_text(
        "participant,n-agree,n-disagree,0,1,2,3\n0,2,1,1,-1,1,\n1,1,1,1,0,,-1\n7,1,1,-1,1,,\n9,0,0,,,,\n11,1,0,,,,1\n"
    )
    bring_in(export)
    assert votes_on(3) == {f"import.{SLUG}.1": "disagree", f"import.{SLUG}.11": "agree"}


def test_a_vote_that_has_changed_is_changed(export):
    bring_in(export)
    rewrite(export, "participants-votes", "1,1,0,2,1,0,1,0,", "1,1,0,2,0,1,-1,0,")
    bring_in(export)
    assert votes_on(0)[f"import.{SLUG}.1"] == "disagree"
    assert Claim.objects.get(slug=f"{SLUG}-0").tally.guest_disagree == 2


def test_what_a_curator_has_edited_stays_so(export):
    bring_in(export)
    claim = Claim.objects.get(slug=f"{SLUG}-0")
    claim.text = "Every cat should vote."
    claim.save()
    bring_in(export)
    claim.refresh_from_db()
    assert claim.text == "Every cat should vote."


def test_what_a_curator_has_deleted_stays_away(export):
    bring_in(export)
    Claim.objects.get(slug=f"{SLUG}-0").delete()
    bring_in(export)
    assert not Claim.objects.filter(slug=f"{SLUG}-0").exists()


def test_a_merged_claim_gets_no_votes_back(export):
    bring_in(export)
    one, other = (Claim.objects.get(slug=f"{SLUG}-{number}") for number in (0, 1))
    ClaimVote.objects.filter(claim=one).delete()
    Claim.objects.filter(pk=one.pk).update(status="merged", merged_into=other)
    bring_in(export)
    assert not ClaimVote.objects.filter(claim=one).exists()


# What is refused, and leaves nothing behind.


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("summary", "topic,Should cats vote?", "title,x", "summary.csv: no line “topic,…”"),
        ("summary", "https://pol.is/1abc", "pol.is", "“pol.is” as url; expected an address"),
        ("summary", "Should cats vote?", "Cats? " * 40, "1 to 200 characters; this topic has 239"),
        ("comments", "moderated", "checked", "comments.csv, line 1: no column “moderated”"),
        ("comments", "1500000100000", "soon", "comments.csv, line 3: “soon” in the column “timestamp”"),
        ("comments", "1500000100000", "9" * 30, "expected milliseconds since 1970"),
        ("comments", "x,1,0,1", "x,1,0,1,1", "comments.csv, line 3: 9 columns; expected 8"),
        ("comments", "x,1,0,1,1,0", "x,0,0,1,1,0", "line 3: the statement 0 for a second time"),
        ("comments", "x,1,0,1,1,0", "x,1,0,1,1,2", "line 3: “2” in the column “moderated”; expected -1, 0 or 1"),
        ("participants-votes", "1,0,\n", "1,2,\n", "line 3: “2” in the column “1”; expected 1, -1, 0 or nothing"),
        ("participants-votes", "1,0,\n", "1,0\n", "participants-votes.csv, line 3: 8 columns; expected 9"),
        ("participants-votes", "n-disagree,0,1,2", "n-disagree,0,1,5", "votes on the statement 5; expected one that"),
        ("participants-votes", "n-disagree,0,1,2", "n-disagree,0,1,1", "a column is there twice"),
        ("participants-votes", "\n7,", "\n0,", "line 4: the participant 0 for a second time"),
        ("participants-votes", "\n7,", "\nseven,", "line 4: “seven” in the column “participant”"),
        ("participants-votes", "0,0,1,3,2,1", "0,0,1,3,1,2", "line 2: n-agree says 1, but the votes"),
        ("votes", "1500400000000,x,0,0", "1500400000000,x,0,A", "votes.csv, line 3: “A” in the column “voter-id”"),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_words(export, name, old, new, told):
    rewrite(export, name, old, new)
    before = everything()
    with pytest.raises(CommandError) as refusal:
        bring_in(export)
    assert told in str(refusal.value)
    assert everything() == before


@pytest.mark.parametrize("name", ["summary", "comments", "participants-votes"])
def test_a_file_that_is_missing_is_named(export, name):
    (export / f"{name}.csv").unlink()
    with pytest.raises(CommandError, match=rf"has no {name}\.csv"):
        bring_in(export)


def test_a_folder_that_is_missing_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"There is no folder .*nowhere"):
        bring_in(tmp_path / "nowhere")


def test_a_file_in_another_encoding_is_refused(export):
    (export / "comments.csv").write_bytes(COMMENTS.replace("Cats", "Kätzchen").encode("latin-1"))
    with pytest.raises(CommandError, match=r"comments\.csv cannot be read as CSV in UTF-8"):
        bring_in(export)


def test_a_conversation_without_statements_is_refused(export):
    (export / "comments.csv").write_text(COMMENTS.splitlines()[0] + "\n")
    (export / "participants-votes.csv").write_text("participant\n")
    with pytest.raises(CommandError, match="no statement"):
        bring_in(export)


def test_another_motion_is_not_written_into(export):
    make.MotionFactory(slug=SLUG)
    with pytest.raises(CommandError, match="choose another slug"):
        bring_in(export)


def test_another_motions_claims_are_not_written_over(export):
    make.ClaimFactory(slug=f"{SLUG}-0")
    with pytest.raises(CommandError, match="Another motion has the claim"):
        bring_in(export)


@pytest.mark.parametrize("slug", ["Cats and dogs", "c" * 61, "cäts"])
def test_what_is_no_slug_is_refused(export, slug):
    with pytest.raises(CommandError, match="is no slug"):
        bring_in(export, motion=slug)
