"""The front matter: plain YAML of names, lists and texts, and nothing that YAML can do beside."""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from django.utils.translation import gettext as _

from debate.actions.bringing.shapes import Problem

LONGEST = 64 * 1024
DEEPEST = 4
FENCE = "---"
ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


@dataclass(frozen=True, slots=True)
class Told:
    """A value with its line: a text, a list of such, or such by name."""

    line: int
    value: "str | list[Told] | dict[str, Told]"


class NotPlain(Exception):
    """The front matter is no plain YAML; why, and on which line."""

    def __init__(self, line: int, said: str) -> None:
        self.problem = Problem(line, said)
        super().__init__(said)


def read_front_matter(text: str, first: int) -> Told:
    """What the YAML says, by name. `first`: the line of the file on which it begins. Raises NotPlain.

    Every scalar is a text: what it means is for the format to say. Refused are aliases and anchors (a few lines of
    them unfold to gigabytes), tags (which make objects), names given twice, and more depth than the format has.
    """
    if len(text) > LONGEST:
        raise NotPlain(first, _("The front matter may have %(most)d characters at most.") % {"most": LONGEST})
    try:
        refuse_what_is_not_plain(text, first)
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = _("This is no YAML: %(why)s.") % {"why": error.problem or error.context or ""}
        raise NotPlain(first + (mark.line if mark else 0), said) from error
    except yaml.YAMLError as error:
        raise NotPlain(first, _("This is no YAML: it has a sign that no text has.")) from error
    if not isinstance(node, yaml.MappingNode):
        raise NotPlain(first, _("The front matter gives facts by name, such as “title: …”."))
    return told(node, first)


def refuse_what_is_not_plain(text: str, first: int) -> None:
    """Look at the events alone, which costs the length of the text, before anything is put together."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        line = first + (event.start_mark.line if event.start_mark else 0)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, ENDS)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise NotPlain(line, _("Anchors and aliases (& and *) have no place here; write the value out."))
        if getattr(event, "tag", None):
            raise NotPlain(line, _("Tags (!) have no place here; write a plain value."))
        if depth > DEEPEST:
            raise NotPlain(line, _("This lies too deep; lists and names go at most %(most)d deep.") % {"most": DEEPEST})


def told(node: yaml.Node, first: int) -> Told:
    line = first + node.start_mark.line
    if isinstance(node, yaml.MappingNode):
        return Told(line, dict(pairs(node, first)))
    if isinstance(node, yaml.SequenceNode):
        return Told(line, [told(part, first) for part in node.value])
    null = node.tag == "tag:yaml.org,2002:null"
    return Told(line, "" if null else str(node.value).strip())


def pairs(node: yaml.MappingNode, first: int) -> Iterator[tuple[str, Told]]:
    seen = set()
    for key, value in node.value:
        line = first + key.start_mark.line
        if not isinstance(key, yaml.ScalarNode):
            raise NotPlain(line, _("A name is a word."))
        if key.value in seen:
            raise NotPlain(line, _("“%(name)s” is given twice.") % {"name": key.value})
        seen.add(key.value)
        yield key.value, told(value, first)
