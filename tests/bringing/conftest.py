"""A motion to bring essays into, and files as a curator would write them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from debate.actions.bringing.bring import bring_files
from debate.actions.corpus import refresh
from debate.interchange.essay_file import parse
from tests import factories as make

DOCUMENT = (Path(settings.BASE_DIR) / "docs" / "essay-file.md").read_text(encoding="utf-8")
EXAMPLE = re.search(r"```markdown\n(.*?)```", DOCUMENT, re.DOTALL)[1]
SMALL = """---
essay: small
motion: the-motion
title: Small
authors:
  - slug: jane-doe
    name: Jane Doe
publisher: Here
source: https://example.org/small
published: 2024-05-01
---

She says it. [[it-is-so]]

# Claims

## It is so.
kind: observation
side: yes
tags: First, Second
stance: asserts

- asserts at 1: She says so.
- supports [[thesis]]: It follows.
"""


@pytest.fixture
def motion(db):
    motion = make.MotionFactory(slug="the-motion")
    side = make.SideFactory(motion=motion, slug="yes")
    make.SideFactory(motion=motion, slug="no")
    side.thesis = make.ClaimFactory(motion=motion, slug="thesis", text="The thesis.")
    side.save()
    refresh(motion)
    return motion


@pytest.fixture
def bring():
    """Brings texts in, and gives the reports."""

    def act(*texts, write=True, by=None):
        files = [parse(f"file-{number}.md", text.encode()) for number, text in enumerate(texts, 1)]
        return bring_files(files=files, by=by, write=write)

    return act
