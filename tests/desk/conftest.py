"""An essay on the desk, with the text it is taken apart from."""

import pytest

from debate.actions.desk.sources import keep_source
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
