"""No page, list, count, search, feed or file for readers tells of an essay, its text or its claims before publishing.

Every plain address of the site, every visible thing's own page and several searches are asked before a draft is there
and after: to the byte, readers get the same.
"""

import re

import pytest
from django.test import Client

from debate.actions.corpus import refresh
from debate.actions.desk.sources import keep_source
from debate.interchange.essay_file import write
from debate.interchange.essay_file.taking_out import files_of
from debate.models import Author, Claim, Essay, Motion, Prediction, Tag
from debate.reasoning.paragraphs import paragraphs_of
from debate.search.tables import INDEXED
from tests import factories as make
from tests.pages.tour import addresses

pytestmark = pytest.mark.django_db
WORD = "xylophone"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|datetime="[^"]*"')
QUERIES = (
    *(f"/claims/?q={WORD}", "/claims/?q=names+outlast", "/claims/?order=new", "/claims/?status=unanswered"),
    *("/claims/?kind=forecast", "/predictions/?state=open", "/feeds/unanswered.atom"),
)


def plain_addresses():
    """Those that name nothing, but for what begins a session, is for curators alone, or tells when it was made."""
    told = [f"/{pattern.pattern}" for pattern in addresses().values() if not pattern.pattern.regex.groups]
    return [path for path in told if not path.startswith(("/accounts/", "/curate/", "/you/data/", "/^"))]


def own_pages():
    for model in (Motion, Essay, Claim, Author, Prediction, Tag):
        yield from (row.get_absolute_url() for row in model.objects.visible())


def everything(client):
    """What a reader gets at every address, without what is another in each answer."""
    paths = [*plain_addresses(), *own_pages(), *QUERIES]
    answers = ((path, client.get(path)) for path in paths)
    return {path: (answer.status_code, TOKEN.sub("", answer.getvalue().decode("latin-1"))) for path, answer in answers}


@pytest.fixture
def draft(motion):
    """Gives an act that puts an essay on the desk; it speaks to what is published and to drafts of its own."""
    published = make.ClaimFactory(motion=motion)
    make.PassageFactory(stance=make.StanceFactory(claim=published, essay=make.EssayFactory(motion=motion)))
    target = make.ClaimFactory(motion=motion)

    def act():
        author = make.AuthorFactory(name=f"Ann {WORD}", slug=f"ann-{WORD}")
        essay = make.EssayFactory(motion=motion, slug=WORD, title=f"The {WORD}", status="draft", authors=[author])
        keep_source(essay=essay, paragraphs=paragraphs_of(f"The {WORD} is an instrument.\n\nIt is struck."))
        claim = make.ClaimFactory(motion=motion, text=f"A {WORD} is struck.", status="draft", origin="essay", slug=WORD)
        make.tag(claim, f"Of {WORD}")
        for spoken_to in (claim, published):
            stance = make.StanceFactory(essay=essay, claim=spoken_to)
            make.PassageFactory(stance=stance, gist=f"The {WORD}, as she says.", heading="", paragraph=1)
        relation = make.RelationFactory(source=published, target_claim=claim, origin="essay", rationale=f"Of a {WORD}.")
        relation.drawn_by.add(essay)
        there = make.RelationFactory(source=published, target_claim=target, origin="essay", rationale=WORD)
        there.drawn_by.add(essay)
        make.PredictionFactory(
            motion=motion, essay=essay, statement=f"A {WORD} will be struck.", slug=WORD, status="draft"
        )
        return essay

    return act


@pytest.mark.parametrize("who", ["nobody", "member"])
def test_readers_get_the_same_to_the_byte(draft, member_client, who):
    client = Client() if who == "nobody" else member_client
    refresh(Motion.objects.get(featured=True))
    before = everything(client)
    draft()
    after = everything(client)
    assert [path for path in before if after.get(path) != before[path]] == []
    assert [path for path, (_status, body) in after.items() if WORD in body and f"q={WORD}" not in path] == []


def test_their_own_addresses_lead_nowhere(draft, client):
    essay = draft()
    paths = [f"/{noun}/{WORD}/" for noun in ("essays", "claims", "predictions")]
    paths += [f"/authors/ann-{WORD}/", f"/tags/of-{WORD}/"]
    assert {client.get(path).status_code for path in paths} == {404}
    for path in ("", "changes/", "similar/?text=struck", "targets/?text=struck"):
        assert client.get(f"/curate/essays/{essay.slug}/{path}").status_code == 302


def test_the_text_is_in_no_file_and_no_index(draft):
    files = "".join(write(file) for file in files_of(draft().motion))
    assert f"A {WORD} is struck." in files
    assert "is an instrument" not in files
    assert set(INDEXED) == {"debate_claim"}
