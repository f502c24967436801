"""Says what is wrong with the HTML of a page: what the parser stumbles over, and what the parser lets pass.

    problems_of(html)                    a whole page
    problems_of(html, fragment=True)     a part of one, as it is swapped in

html5lib, strict, finds what is not closed, closed twice, or nested so that a browser would mend it. The rest is
here: who may stand in whom, attributes, ids and what refers to them, names for controls, headings, the head.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

import html5lib

from tests.pages import words_of_html as html_words

TIME = re.compile(r"\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?")
NAMED_BY_TEXT = {"a", "button", "summary", "h1", "h2", "h3", "h4", "h5", "h6", "th", "legend", "label"}


@dataclass(eq=False)
class Element:
    """An element of the page, with whom it stands in."""

    tag: str
    attributes: dict[str, str]
    parent: "Element | None"
    text: str = ""
    children: list["Element"] = field(default_factory=list)

    def __str__(self) -> str:
        told = "".join(f' {name}="{self.attributes[name]}"' for name in ("id", "class", "name") if self.has(name))
        return f"<{self.tag}{told}>"

    def has(self, name: str) -> bool:
        return name in self.attributes

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")

    @property
    def above(self) -> Iterator["Element"]:
        here = self.parent
        while here is not None:
            yield here
            here = here.parent

    @property
    def whole(self) -> Iterator["Element"]:
        yield self
        for child in self.children:
            yield from child.whole

    @property
    def is_drawing(self) -> bool:
        return self.tag.startswith("{")

    @property
    def name(self) -> str:
        """What a screen reader would say of it, roughly."""
        parts = [each.text + each.get("aria-label") + each.get("alt") for each in self.whole]
        return " ".join(" ".join(parts).split())


Page = list[Element]
Check = Callable[[Page], Iterator[str]]


def problems_of(html: str, *, fragment: bool = False) -> list[str]:
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parseFragment(html, container="div") if fragment else parser.parse(html)
    errors = [f"line {at[0]}: {code} {told.get('name', '')}".strip() for at, code, told in parser.errors]
    page = list(element_of(root, None).whole)
    checks = PARTS if fragment else PARTS + WHOLE
    return errors + [problem for check in checks for problem in check(page)]


def element_of(node: Any, parent: Element | None) -> Element:
    element = Element(node.tag, {str(name): value for name, value in node.attrib.items()}, parent, node.text or "")
    for child in node:
        if isinstance(child.tag, str):
            element.children.append(element_of(child, element))
        element.text += " " + (child.tail or "")
    return element


def of_html(page: Page) -> Iterator[Element]:
    return (each for each in page if not each.is_drawing and each.tag not in ("DOCUMENT_FRAGMENT", "html"))


# Who stands in whom.


def unknown_elements(page: Page) -> Iterator[str]:
    yield from (f"{each} is no element of HTML" for each in of_html(page) if each.tag not in html_words.KNOWN)


def blocks_in_lines(page: Page) -> Iterator[str]:
    for each in of_html(page):
        if each.tag in html_words.FLOW_ONLY:
            bad = next((up for up in each.above if up.tag in html_words.PHRASING_ONLY), None)
            if bad is not None and not (bad.tag == "legend" and each.tag in html_words.HEADINGS):
                yield f"{each} stands in {bad}"


def strangers(page: Page) -> Iterator[str]:
    for each in of_html(page):
        above = each.parent.tag if each.parent else ""
        wanted = html_words.PARENTS.get(each.tag)
        if wanted and above not in wanted | {"DOCUMENT_FRAGMENT"}:
            yield f"{each} stands in {each.parent}"
        held = html_words.CHILDREN.get(above)
        if held and each.tag not in held | {"script", "template"}:
            yield f"{each} stands in {each.parent}"


def loose_text(page: Page) -> Iterator[str]:
    for each in of_html(page):
        if each.tag in html_words.CHILDREN and each.text.strip():
            yield f"{each} holds bare text: {each.text.strip()[:40]}"


def late_firsts(page: Page) -> Iterator[str]:
    for each in of_html(page):
        wanted = html_words.FIRST.get(each.tag)
        if wanted and each.parent and each.parent.tag == wanted and each.parent.children[0] is not each:
            yield f"{each} is not the first in {each.parent}"
        if each.tag == "details" and (not each.children or each.children[0].tag != "summary"):
            yield f"{each} begins with no summary"


def acts_within_acts(page: Page) -> Iterator[str]:
    for each in of_html(page):
        if not is_interactive(each):
            continue
        outer = next((up for up in each.above if {up.tag, up.get("role")} & {"a", "button", "link"}), None)
        if outer is not None:
            yield f"{each} stands in {outer}"


def is_interactive(each: Element) -> bool:
    if each.tag == "a":
        return each.has("href")
    return (each.tag in html_words.INTERACTIVE and each.get("type") != "hidden") or each.has("tabindex")


def definitions(page: Page) -> Iterator[str]:
    """A dl is groups of dt and dd, each group beginning with a dt and ending with a dd."""
    for each in of_html(page):
        tags = [child.tag for child in each.children if child.tag not in ("script", "template")]
        grouped = each.tag == "div" and each.parent is not None and each.parent.tag == "dl"
        bare = each.tag == "dl" and "div" not in tags
        if (bare or grouped) and not re.fullmatch(r"((dt )+(dd )+)*", "".join(f"{tag} " for tag in tags)):
            yield f"{each} is no list of terms and what they mean: {' '.join(tags)}"
        if each.tag == "dl" and "div" in tags and set(tags) != {"div"}:
            yield f"{each} mixes groups and bare terms"


# Attributes.


def unknown_attributes(page: Page) -> Iterator[str]:
    for each in of_html(page):
        allowed = html_words.EVERYWHERE | html_words.ATTRIBUTES.get(each.tag, set())
        for name in each.attributes:
            if name.startswith("aria-") and name[5:] in html_words.ARIA:
                continue
            if name not in allowed and not re.fullmatch(r"data-[a-z0-9_.:-]+", name):
                yield f"{each} has no attribute {name}"


def unknown_roles(page: Page) -> Iterator[str]:
    for each in page:
        allowed = html_words.ROLES_OF.get(each.tag, html_words.ROLES)
        yield from (f"{each}: no role {role} here" for role in each.get("role").split() if role not in allowed)


def bad_values(page: Page) -> Iterator[str]:
    for each in of_html(page):
        for name, value in each.attributes.items():
            if name in html_words.NUMBERS and not value.isdecimal():
                yield f"{each}: {name}={value} is no number"
            if name in html_words.ADDRESSES and not is_address(value):
                yield f"{each}: {name}={value} is no address"
        if each.tag == "time" and not TIME.fullmatch(each.get("datetime") or each.name):
            yield f"{each}: {each.get('datetime') or each.name} is no time"


def is_address(value: str) -> bool:
    if not value or re.search(r'[\s<>"{}|\\^`]', value):
        return False
    return bool(urlsplit(value).scheme in ("", "http", "https", "mailto", "otpauth") or value.startswith("data:"))


def styles_and_scripts_within(page: Page) -> Iterator[str]:
    for each in page:
        bare = each.tag == "style" or (each.tag == "script" and not each.has("src") and "json" not in each.get("type"))
        inline = [name for name in each.attributes if name == "style" or re.fullmatch(r"on[a-z]+", name)]
        if bare or inline:
            yield f"{each} carries style or script of its own {inline or ''}"


# Ids, and what refers to them.


def ids_twice(page: Page) -> Iterator[str]:
    counts = Counter(each.get("id") for each in page if each.has("id"))
    yield from (f"id {name!r} stands {count} times" for name, count in counts.items() if count > 1)
    yield from (f"id {name!r} is no id" for name in counts if not name or re.search(r"\s", name))


def lost_references(page: Page) -> Iterator[str]:
    ids = {each.get("id") for each in page}
    for each in page:
        for name in html_words.REFERENCES & each.attributes.keys():
            lost = [told for told in each.get(name).split() if told not in ids]
            yield from (f"{each}: {name} refers to {told}, which is not here" for told in lost)
        if each.tag == "a" and re.fullmatch("#.+", each.get("href")) and each.get("href")[1:] not in ids:
            yield f"{each} leads to {each.get('href')}, which is not here"


# Names.


def nameless(page: Page) -> Iterator[str]:
    labelled = {each.get("for") for each in page if each.tag == "label"}
    for each in of_html(page):
        told = each.get("aria-label").strip() or each.get("aria-labelledby") or each.get("title").strip()
        if each.tag in ("input", "select", "textarea") and not (told or is_labelled(each, labelled)):
            yield f"{each} has no label"
        if each.tag in NAMED_BY_TEXT and not (told or each.name):
            yield f"{each} says nothing"
        if each.tag == "img" and not each.has("alt"):
            yield f"{each} has no alt"
    for each in page:
        silent = each.get("aria-hidden") == "true" or any(up.get("aria-hidden") == "true" for up in each.above)
        shown = each.tag.endswith("}svg") and not silent
        if shown and not (each.get("aria-label") or each.get("aria-labelledby") or has_title(each)):
            yield f"{each} is a drawing without a name"


def has_title(drawing: Element) -> bool:
    return any(child.tag.endswith("}title") for child in drawing.children)


def is_labelled(control: Element, labelled: set[str]) -> bool:
    if control.get("type") in ("hidden", "submit", "button", "reset", "image") or control.has("hidden"):
        return True
    return control.get("id") in labelled or any(up.tag == "label" and up.name for up in control.above)


def hidden_but_reached(page: Page) -> Iterator[str]:
    for each in of_html(page):
        if is_interactive(each) and any(up.get("aria-hidden") == "true" for up in (each, *each.above)):
            yield f"{each} can be reached, but is hidden from who cannot see"


def labels_of_many(page: Page) -> Iterator[str]:
    controls = {"input", "select", "textarea", "button", "meter", "output", "progress"}
    for each in of_html(page):
        held = [one for one in each.whole if one.tag in controls and one.get("type") != "hidden"]
        if each.tag == "label" and len(held) > 1:
            yield f"{each} labels {len(held)} controls"


# The whole.


def headings(page: Page) -> Iterator[str]:
    levels = [int(each.tag[1]) for each in of_html(page) if each.tag in html_words.HEADINGS]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} h1"
    if levels and levels[0] != 1:
        yield f"begins with h{levels[0]}"
    yield from (f"h{after} follows h{level}" for level, after in pairwise(levels) if after > level + 1)


def head(page: Page) -> Iterator[str]:
    metas = {each.get("name"): each.get("content").strip() for each in page if each.tag == "meta"}
    titles = [each.name for each in page if each.tag == "title"]
    if not page[0].get("lang"):
        yield "no language"
    if len(titles) != 1 or not titles[0]:
        yield "no title"
    if len(metas.get("description", "")) < 20:
        yield "no description"
    if not metas.get("viewport"):
        yield "no viewport"
    if not any(each.has("charset") for each in page if each.tag == "meta"):
        yield "no charset"


def landmarks(page: Page) -> Iterator[str]:
    mains = [each for each in page if each.tag == "main" and not each.has("hidden")]
    if len(mains) != 1:
        yield f"{len(mains)} main"
    names = [each.get("aria-label") or each.get("aria-labelledby") for each in page if each.tag == "nav"]
    if len(names) > 1 and len(set(names)) < len(names):
        yield f"navs are not told apart: {names}"


PARTS: list[Check] = [
    *(unknown_elements, blocks_in_lines, strangers, loose_text, late_firsts, acts_within_acts, definitions),
    *(unknown_attributes, unknown_roles, bad_values, styles_and_scripts_within, ids_twice, lost_references),
    *(nameless, hidden_but_reached, labels_of_many),
]
WHOLE: list[Check] = [headings, head, landmarks]
