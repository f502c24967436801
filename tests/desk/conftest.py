"""An essay on the desk, with the text it is taken apart from."""

from typing import Any

import pytest

from debate.actions.desk.sources import keep_source
from debate.models import Claim, Passage, SourceParagraph
from debate.reasoning.paragraphs import paragraphs_of
from tests import factories as make

TEXT = """The opening says that names outlast the duties behind them.

A second paragraph grants that most of the work may move to other teams.

## What others say

Somebody else expects the opposite, and is quoted at length.

Their reason is that tools keep becoming simpler.
"""


@pytest.fixture
def motion(db):
    """A motion of two sides with a thesis each."""
    motion = make.MotionFactory(featured=True)
    for slug in ("yes", "no"):
        side = make.SideFactory(motion=motion, slug=slug)
        side.thesis = make.ClaimFactory(motion=motion, slug=f"thesis-{slug}", text=f"The answer is {slug}.", side=side)
        side.save()
    return motion


@pytest.fixture
def essay(motion):
    """A draft with a text of four paragraphs, two of them under a heading, and no claim yet."""
    essay = make.EssayFactory(motion=motion, slug="names", status="draft", summary="")
    keep_source(essay=essay, paragraphs=paragraphs_of(TEXT))
    return essay


BENCH = "/curate/essays/names/"
IN_PLACE = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def mark(curator_client, essay):
    """Marks a paragraph of the essay as a curator does with a script; gives the claim."""

    def act(text: str, paragraph: int = 1, **fields: Any) -> Claim:
        told = {"paragraph": paragraph, "text": text, "stance": "asserts", **fields}
        answer = curator_client.post(f"{BENCH}marks/", told, **IN_PLACE)
        assert answer.status_code == 200, answer.content.decode()
        return Claim.objects.get(text__iexact=text)

    return act


def passage_of(claim: Claim) -> Passage:
    return Passage.objects.select_related("stance__claim").get(stance__claim=claim)


def typed(passage: Passage, **changed: Any) -> dict[str, Any]:
    """What the form to change a mark sends, with some of it changed."""
    claim = passage.stance.claim
    told = {"text": claim.text, "kind": claim.kind, "side": claim.side.slug if claim.side else ""}
    told |= {"stance": passage.kind, "gist": passage.gist, "speaker": passage.speaker, "version": passage.mark_version}
    return {**told, **changed}


def place(essay: Any, number: int = 1) -> SourceParagraph:
    return SourceParagraph.objects.of_essay(essay).get(number=number)
