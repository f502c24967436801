"""A matrix as its HTML says it, and how one is asked for. Fixtures are imported by name."""

import re
from collections import Counter
from html import unescape

import html5lib
import pytest

from debate.models import Stance
from tests.factories import EssayFactory, MotionFactory, PassageFactory, SideFactory, StanceFactory


class Page:
    """A matrix as its HTML says it."""

    def __init__(self, answer):
        self.status, self.html = answer.status_code, answer.content.decode()
        self.tree = html5lib.parse(self.html, namespaceHTMLElements=False)
        table = self.tree.find(".//table[@class='matrix']")
        self.heads = [] if table is None else table.findall("thead/tr/th")
        self.groups = [] if table is None else table.findall("tbody")

    @property
    def columns(self):
        return [head.find("a").get("href").split("/")[2] for head in self.heads[1:]]

    @property
    def rows(self):
        """For each claim's address in its order, the cells of its row by author."""
        return {key: cells for group in self.by_side.values() for key, cells in group.items()}

    @property
    def by_side(self):
        return {text(group.find("tr/th")): dict(map(self.row, group.findall("tr")[1:])) for group in self.groups}

    def row(self, row):
        cells = zip(self.columns, row.findall("td"), strict=True)
        return row.find("th/a").get("href").split("/")[2], dict(cells)

    @property
    def said(self):
        """(claim, author, essay, stance) of every cell that says something, as often as it stands there."""
        links = ((claim, who, a) for claim, cells in self.rows.items() for who, td in cells.items() for a in td)
        return Counter((claim, who, *essay_and_word(a)) for claim, who, a in links if a.tag == "a")

    def counts(self, label):
        """The links of the navigation or fold of this label: what each says, with its count and address."""
        found = {}
        for part in (*self.tree.iter("nav"), *self.tree.iter("details")):
            if label in (part.get("aria-label"), text(part.find("summary"))):
                for item in part.iter("li"):
                    found[text(item.find("a"))] = (int(text(item.find("span"))), item.find("a").get("href"))
        return found

    @property
    def next(self):
        more = re.search(r'href="(\?[^"]*page=[^"]*)" rel="next"', self.html)
        return f"/matrix/{unescape(more[1])}" if more else ""


def text(element):
    return "" if element is None else " ".join("".join(element.itertext()).split())


def essay_and_word(link):
    return link.get("href").split("/")[2], link.get("class").removeprefix("stance ")


@pytest.fixture
def see(client):
    def seen(address="/matrix/"):
        return Page(client.get(address))

    return seen


def whole(see, address="/matrix/"):
    """Every page of a matrix."""
    pages = [see(address)]
    while pages[-1].next:
        pages.append(see(pages[-1].next))
    return pages


def stances():
    """Every stance that readers can see, as a cell says it, once for each author."""
    rows = Stance.objects.visible().shown()
    return Counter(rows.values_list("claim__slug", "essay__authors__slug", "essay__slug", "kind"))


@pytest.fixture
def motion(db):
    """A featured motion with two sides."""
    motion = MotionFactory(featured=True)
    SideFactory(motion=motion, slug="yes")
    SideFactory(motion=motion, slug="no")
    return motion


def take(claim, kind, author, **essay):
    """An essay of this author takes this stance on the claim."""
    written = EssayFactory(motion=claim.motion, authors=[author], **essay)
    stance = StanceFactory(claim=claim, essay=written, kind=kind)
    return PassageFactory(stance=stance, speaker="Somebody" if kind == "reports" else "").stance


def far(cells):
    """How far authors part on a row, by the definition, from the words of its cells."""
    told = [text(td).split()[-1] for td in cells.values()]
    accepting, denying, qualifying = told.count("asserts") + told.count("concedes"), told.count("denies"), "qualifies"
    strained = told.count(qualifying) * (accepting + denying)
    return (accepting * denying, strained, len(told) - told.count("silent"))
