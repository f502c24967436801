"""A reader finds claims by their tags."""

import pytest

from debate.models import Claim, Tag
from tests.browsing.test_narrow_the_claims import texts
from tests.factories import ClaimFactory, MotionFactory, TagFactory, motion_with_claims, tag

pytestmark = pytest.mark.django_db


def test_every_tag_in_use_stands_with_how_many_claims_carry_it(corpus, client):
    page = client.get("/tags/").content.decode()
    for found in Tag.objects.with_uses():
        assert f'<a href="/tags/{found.slug}/">' in page
    assert page.count('class="count"') == Tag.objects.with_uses().count()


def test_a_tag_that_nothing_visible_carries_is_not_listed(corpus, client):
    TagFactory(name="Unused word")
    tag(ClaimFactory(motion=corpus, status=Claim.Status.DRAFT), "Hidden word")
    page = client.get("/tags/").content.decode()
    assert "Unused word" not in page
    assert "Hidden word" not in page


def test_no_tag_at_all_says_what_to_do(db, client):
    assert "propose the first" in client.get("/tags/").content.decode()


def test_a_long_list_goes_on(db, client):
    claim = ClaimFactory(motion=MotionFactory(featured=True))
    for number in range(103):
        tag(claim, f"Word number {number}")
    page = client.get("/tags/").content.decode()
    assert page.count('<a href="/tags/word-number') == 100
    following = page.split('href="?page=')[1].split('"')[0]
    assert client.get(f"/tags/?page={following}").content.decode().count('<a href="/tags/word-number') == 3


def test_a_tags_page_lists_its_claims(corpus, client):
    wanted = Claim.objects.visible().tagged("mlops")
    assert set(texts(client.get("/tags/mlops/"))) == set(wanted.values_list("text", flat=True))


def test_a_tag_of_another_motion_says_where_it_is_used(corpus, client):
    tag(motion_with_claims(2).claims.first(), "Elsewhere")
    page = client.get("/tags/elsewhere/").content.decode()
    assert "No claim of this motion carries the tag." in page


@pytest.mark.parametrize(("name", "slug"), [("C++", "c-plus-plus"), ("C", "c"), ("C#", "c-sharp"), ("数据", "数据")])
def test_tags_with_signs_and_letters_of_any_script_have_a_page(db, client, name, slug):
    tag(motion_with_claims(1, featured=True).claims.first(), name)
    assert client.get(f"/tags/{slug}/").status_code == 200
    assert client.get(f"/claims/?tag={slug}").status_code == 200
