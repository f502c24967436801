"""A reader goes through all the claims of a tag, page by page."""

import re

import pytest

from debate.actions.corpus import refresh
from tests import factories as make

pytestmark = pytest.mark.django_db


def test_the_next_page_of_a_tag_shows_the_rest_of_its_claims(client):
    motion = make.motion_with_claims(25, featured=True)
    for claim in motion.claims.all():
        make.tag(claim, "Every one")
    refresh(motion)
    first = client.get("/tags/every-one/").content.decode()
    following = client.get(
        "/tags/every-one/?" + re.search(r'href="\?([^"]*page=[^"]*)"', first)[1].replace("&amp;", "&")
    )
    texts = set(motion.claims.values_list("text", flat=True))
    shown = [text for text in texts if text in first or text in following.content.decode()]
    assert following.status_code == 200
    assert len(shown) == 25
