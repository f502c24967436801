"""A curator brings an essay in at the desk: by a file of ours, a page or a pasted text, always as a draft."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from debate.actions.bringing.arrivals import keep_arrival
from debate.actions.bringing.articles import bring_article
from debate.interchange.articles import finding
from debate.interchange.fetching.fetching import fetch
from debate.models import MOST_WAITING, Arrival, Author, Essay, SourceParagraph
from debate.reasoning.marked import unmarked
from tests import factories as make
from tests.bringing.conftest import SMALL
from tests.bringing.servers import answer, serving, way_to
from tests.bringing.test_hostile_files import BOMB

pytestmark = pytest.mark.django_db
PAGE = (Path(__file__).parent / "pages" / "essay.html").read_bytes()
ADDRESS = "https://pipework.example/2021/plumbing-outlasts-the-model"
FACTS = {
    "title": "The Plumbing Outlasts the Model",
    "authors": ["Ida Marlow", ""],
    "published_on": "2021-09-14",
    "date_precision": "day",
    "publisher": "Pipework Quarterly",
    "source_url": ADDRESS,
    "words": "400",
    "slug": "marlow-2021-plumbing",
    "text": "Before.\n\n# Then\n\nAfter.",
}


def upload(data, name="page.html"):
    return SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())


def found(client, **given):
    """Where the curator is led to correct what was found."""
    return client.post("/curate/new/article/", given)["Location"]


def said(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


@pytest.fixture
def facts(motion):
    return FACTS | {"motion": motion.pk}


# An article.


def test_what_was_found_in_a_page_is_there_to_be_corrected(curator_client, motion):
    html = said(curator_client.get(found(curator_client, page=upload(PAGE))))
    assert 'value="The Plumbing Outlasts the Model"' in html
    assert 'value="Ida Marlow"' in html
    assert 'value="2021-09-14"' in html
    assert f'value="{ADDRESS}"' in html
    assert 'value="marlow-2021-the-plumbing-outlasts-the"' in html
    assert "# What the work consists of" in html
    assert not Essay.objects.exists()


def test_one_action_makes_the_draft_with_its_text_and_leads_to_the_workbench(curator_client, facts):
    answer = curator_client.post(found(curator_client, page=upload(PAGE)), facts)
    essay = Essay.objects.get()
    assert answer["Location"] == f"/curate/essays/{essay.slug}/"
    assert (essay.status, essay.side, [author.name for author in essay.authors.all()]) == (
        "draft",
        None,
        ["Ida Marlow"],
    )
    kept = SourceParagraph.objects.of_essay(essay).values_list("heading", "paragraph", "text")
    assert list(kept) == [("", 1, "Before."), ("Then", 1, "After.")]
    assert not Arrival.objects.exists()
    assert curator_client.get(answer["Location"]).status_code == 200


def test_a_slug_that_is_left_empty_is_made_of_the_facts(curator_client, facts):
    curator_client.post(found(curator_client, text="Words."), facts | {"slug": ""})
    assert Essay.objects.get().slug == "marlow-2021-the-plumbing-outlasts-the"


def test_the_draft_has_one_line_of_history_with_who_and_from_where(curator_client, facts):
    curator_client.post(found(curator_client, page=upload(PAGE)), facts)
    line = Essay.objects.get().history.get()
    assert (line.history_user.is_staff, line.history_change_reason) == (True, ADDRESS)
    assert [signed.author.name for signed in line.authors.all()] == ["Ida Marlow"]


def test_known_authors_are_chosen_and_new_ones_made(curator_client, facts):
    known = make.AuthorFactory(name="Ida Marlow", slug="ida")
    make.AuthorFactory(name="Bo Other", slug="bo-sample")
    names = ["ida marlow", "Bo Sample", "ida", " Bo  Sample "]
    curator_client.post(found(curator_client, page=upload(PAGE)), facts | {"authors": names})
    one, other = Essay.objects.get().authors.order_by("pk")
    assert one == known
    assert (other.name, other.short_name, other.slug) == ("Bo Sample", "Sample", "bo-sample-2")


def test_where_the_source_names_nobody_the_author_is_marked_so(curator_client, facts):
    curator_client.post(found(curator_client, page=upload(PAGE)), facts | {"authors": [""]})
    author = Author.objects.get()
    assert (author.named, author.short_name) == (False, "Pipework Quarterly")


def test_a_form_that_is_wrong_keeps_all_that_was_typed(curator_client, facts):
    wrong = facts | {"published_on": "", "text": "Mine, not found.", "authors": ["Somebody New"], "slug": "no slug"}
    answer = curator_client.post(found(curator_client, page=upload(PAGE)), wrong)
    html = said(answer)
    assert answer.status_code == 422
    for kept in ("Mine, not found.", 'value="Somebody New"', 'value="no slug"', "Something needs another look"):
        assert kept in html
    assert not Author.objects.exists()


def test_sides_say_of_which_motion_they_are_where_there_are_several(curator_client, motion):
    page = found(curator_client, page=upload(PAGE))
    assert ">It says yes</option>" in said(curator_client.get(page))
    other = make.SideFactory(motion=make.MotionFactory(question="Will it rain?"), slug="no")
    html = said(curator_client.get(page))
    assert f'<option value="{other.pk}">It says no · Will it rain?</option>' in html


def test_a_side_of_another_motion_is_refused_and_nothing_is_left_behind(curator_client, facts):
    side = make.SideFactory()
    answer = curator_client.post(found(curator_client, page=upload(PAGE)), facts | {"side": side.pk})
    assert answer.status_code == 422
    assert "This belongs to another motion" in said(answer)
    assert not Essay.objects.exists()
    assert not Author.objects.exists()
    assert Arrival.objects.count() == 1


def test_a_pasted_text_has_its_headings_marked(curator_client, motion):
    html = said(curator_client.get(found(curator_client, text="Before.\n\nThen\n----\n\n- One.\n- Two.")))
    assert "Before. # Then One. Two.</textarea>" in html


def test_the_one_heading_above_a_pasted_text_is_its_title(curator_client, motion):
    html = said(curator_client.get(found(curator_client, text="# The Title #\n\nBefore.\n\n## Then\n\nAfter.")))
    assert 'value="The Title"' in html
    assert "Before. # Then After.</textarea>" in html


def test_pasted_html_is_read_as_html(curator_client, motion):
    assert "# What the work consists of" in said(curator_client.get(found(curator_client, text=PAGE.decode())))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "Give the essay in one of these ways"),
        ({"text": "One.", "page": upload(PAGE)}, "Give the essay in one of these ways"),
        ({"text": " \n "}, "Give the essay in one of these ways"),
        ({"page": upload(b"<html></html>")}, "No text of an article was found in it."),
        ({"text": "# Only a heading"}, "There is no text in it."),
        ({"page": upload(b"x" * (5 * 1024**2 + 1))}, "A page may have 5 MB at most."),
        ({"page": upload("é" * 200_001, "page.txt")}, "Its text is longer than 400,000 bytes."),
    ],
)
def test_what_is_no_article_is_told_on_the_page(curator_client, motion, given, told):
    answer = curator_client.post("/curate/new/article/", given)
    assert answer.status_code == 422
    assert told in said(answer)
    assert not Arrival.objects.exists()


def test_a_text_too_large_for_a_form_is_told_so(curator_client, motion):
    assert curator_client.post("/curate/new/article/", {"text": "word " * 120_000}).status_code == 413


def test_what_is_known_from_the_same_address_is_led_to_and_can_have_the_text(curator_client, facts):
    essay = make.EssayFactory(motion=make.MotionFactory(), source_url=ADDRESS.replace("https", "http") + "/")
    page = found(curator_client, page=upload(PAGE))
    assert f'<a href="/curate/essays/{essay.slug}/">Open it on the workbench</a>' in said(curator_client.get(page))
    answer = curator_client.post(f"{page}text/", facts)
    assert answer["Location"] == f"/curate/essays/{essay.slug}/"
    assert SourceParagraph.objects.of_essay(essay).count() == 2
    assert not Arrival.objects.exists()


def test_the_same_article_twice_leads_to_the_essay(curator_client, facts):
    page = found(curator_client, page=upload(PAGE))
    curator_client.post(page, facts)
    again = found(curator_client, page=upload(PAGE))
    answer = curator_client.post(again, facts | {"slug": "another"})
    assert answer.status_code == 422
    assert "Open it on the workbench" in said(answer)
    assert Essay.objects.count() == 1


def test_of_two_who_take_one_slug_at_once_the_second_is_told(motion):
    by = make.CuratorFactory()
    waiting = [keep_arrival(curator=by, kind="article", name="x", content={}) for _number in range(2)]
    drafts = [make.EssayFactory.build(motion=motion, slug="same", authors=[]) for _number in range(2)]
    told = {"authors": ["New One"], "paragraphs": unmarked("One."), "by": by}
    bring_article(essay=drafts[0], arrival=waiting[0], **told)
    with pytest.raises(ValidationError, match="Somebody took the address or the slug meanwhile"):
        bring_article(essay=drafts[1], arrival=waiting[1], **told | {"authors": ["Another New"]})
    assert (Essay.objects.count(), Author.objects.count(), Arrival.objects.get()) == (1, 1, waiting[1])


# Files of ours.


def looked_through(client, *texts):
    files = [upload(text, f"essay-{number}.md") for number, text in enumerate(texts, 1)]
    return client.post("/curate/new/files/", {"essays": files})


def test_first_is_shown_what_would_come_of_a_file_and_nothing_is_written(curator_client, motion):
    html = said(curator_client.get(looked_through(curator_client, SMALL)["Location"]))
    assert (
        "Would be made: 1 author, 1 essay, 1 claim, 2 tags, 2 tags of claims, 1 stance, 1 passage, 1 relation." in html
    )
    assert "It is so." in html
    assert not Essay.objects.exists()


def test_confirmed_it_is_in_and_leads_to_the_workbench(curator_client, motion):
    answer = curator_client.post(looked_through(curator_client, SMALL)["Location"])
    assert answer["Location"] == "/curate/essays/small/"
    assert Essay.objects.get(slug="small").status == "draft"
    assert not Arrival.objects.exists()


def test_several_files_come_in_together_a_motion_first(curator_client, db):
    motion = "---\nmotion: the-motion\nquestion: Will it?\nopened: 2024-01-01\nhorizon: 2030-01-01\nsides: []\n---\n"
    small = re.sub(r"side: yes\n|- supports.*\n|, Second", "", SMALL)
    place = looked_through(curator_client, small, motion)["Location"]
    assert curator_client.post(place)["Location"] == "/curate/essays/small/"


def test_every_mistake_is_told_with_its_file_and_line(curator_client, motion):
    wrong = SMALL.replace("kind: observation", "kind: rumour").replace("title: Small", "titel: Small")
    answer = looked_through(curator_client, wrong, "no file")
    html = said(answer)
    assert answer.status_code == 422
    for told in (
        "essay-1.md, line 4: “titel” is not known",
        "essay-1.md, line 18: “kind” is one of",
        "essay-2.md, line 1",
    ):
        assert told in html


def test_a_bomb_of_aliases_is_refused(curator_client, motion):
    answer = looked_through(curator_client, f"---\nessay: small\n{BOMB}\n---\n")
    assert answer.status_code == 422
    assert "Anchors and aliases" in said(answer)


def test_of_very_many_mistakes_the_first_are_told(curator_client, motion):
    html = said(looked_through(curator_client, SMALL + "wrong\n" * 1_000))
    assert html.count("essay-1.md, line") == 60
    assert "And 940 more." in html


def test_what_does_not_fit_the_site_is_told_with_its_line(curator_client, motion):
    answer = looked_through(curator_client, SMALL.replace("[[thesis]]", "[[nothing]]"))
    assert answer.status_code == 422
    assert "essay-1.md, line 24: There is no claim “nothing”" in said(answer)


def test_what_has_changed_since_it_was_looked_at_is_told_and_the_file_kept(curator_client, motion):
    place = looked_through(curator_client, SMALL)["Location"]
    make.EssayFactory(motion=motion, source_url="https://example.org/small")
    answer = curator_client.post(place)
    assert answer.status_code == 422
    assert "has this source already" in said(answer)
    assert curator_client.get(place).status_code == 200


@pytest.mark.parametrize("files", [[], [upload(b"")], [upload(b"x" * 600_000), upload(b"x" * 600_000)]])
def test_files_that_are_none_or_too_large_are_refused(curator_client, db, files):
    assert curator_client.post("/curate/new/files/", {"essays": files}).status_code == 422


# What waits, and who may.


def test_what_waits_is_listed_and_can_be_discarded(curator_client, motion):
    place = found(curator_client, page=upload(PAGE))
    assert f'<a href="{place}">The Plumbing Outlasts the Model</a>' in said(curator_client.get("/curate/new/"))
    assert curator_client.post(f"{place}discard/")["Location"] == "/curate/new/"
    assert not Arrival.objects.exists()


def test_what_one_curator_has_brought_is_nobody_elses(curator_client, motion):
    place = found(curator_client, page=upload(PAGE))
    other = Client()
    other.force_login(make.CuratorFactory())
    assert [other.get(place).status_code, other.post(f"{place}discard/").status_code] == [404, 404]
    assert "Plumbing" not in said(other.get("/curate/new/"))


def test_what_waits_for_a_month_is_forgotten_and_too_much_is_refused(curator_client, motion):
    for _number in range(MOST_WAITING):
        found(curator_client, text="One.")
    assert "Too much of yours waits here" in said(curator_client.post("/curate/new/article/", {"text": "One."}))
    Arrival.objects.update(arrived_at=timezone.now() - timedelta(days=31))
    found(curator_client, text="One.")
    assert Arrival.objects.count() == 1


def test_the_desk_takes_more_than_readers_may_send_and_from_curators_only(curator_client, member_client, motion):
    large = b"<!doctype html>" + b" " * 600_000
    assert curator_client.post("/curate/new/article/", {"page": upload(large)}).status_code == 422
    assert member_client.post("/curate/new/article/", {"page": upload(large)}).status_code == 413
    assert curator_client.post("/curate/essays/x/", {"page": upload(large)}).status_code == 413
    assert curator_client.post("/curate/new/article/", {"page": upload(b"x" * 7 * 1024**2)}).status_code == 413


@pytest.mark.parametrize("address", ["", "files/", "article/", "files/1/", "article/1/", "files/1/discard/"])
def test_nobody_else_is_let_in(member_client, address):
    assert member_client.post(f"/curate/new/{address}").status_code in (403, 405)


# An address.


def test_an_address_is_offered_only_where_the_site_fetches_pages(curator_client, motion, settings):
    assert "Address of the essay" not in said(curator_client.get("/curate/new/"))
    assert curator_client.post("/curate/new/article/", {"address": ADDRESS}).status_code == 422
    settings.FETCH_ESSAYS = True
    assert "Address of the essay" in said(curator_client.get("/curate/new/"))


def test_an_address_that_is_known_leads_to_its_essay_and_nothing_is_fetched(curator_client, motion, settings):
    settings.FETCH_ESSAYS = True
    essay = make.EssayFactory(motion=motion, source_url=ADDRESS)
    assert found(curator_client, address=f" {ADDRESS}/#part") == f"/curate/essays/{essay.slug}/"


def test_an_address_within_is_refused_in_a_sentence(curator_client, motion, settings):
    settings.FETCH_ESSAYS = True
    answer = curator_client.post("/curate/new/article/", {"address": "http://169.254.169.254/latest/"})
    assert answer.status_code == 422
    assert "The address leads to a private network" in said(answer)
    assert 'value="http://169.254.169.254/latest/"' in said(answer)


def test_a_page_that_was_fetched_is_there_to_be_corrected(curator_client, motion, settings, monkeypatch):
    settings.FETCH_ESSAYS = True
    page = PAGE.replace(b'<link rel="canonical"', b"<link").replace(b"Ida Marlow", b"Ren\xe9e Marlow")
    with serving({"/essay": answer(page, kind="text/html; charset=iso-8859-1")}) as server:
        way, _asked = way_to(server)
        monkeypatch.setattr(finding, "fetch", lambda address: fetch(address, way))
        address = f"http://pipework.example:{server.port}/essay"
        html = said(curator_client.get(found(curator_client, address=address)))
    assert f'value="{address}"' in html
    assert 'value="Renée Marlow"' in html


def test_one_page_is_fetched_at_a_time(curator_client, motion, settings):
    settings.FETCH_ESSAYS = True
    with finding.one_at_a_time():
        answer = curator_client.post("/curate/new/article/", {"address": "https://pipework.example/"})
    assert "Another page is being fetched just now" in said(answer)
