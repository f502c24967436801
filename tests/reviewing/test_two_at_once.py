"""Two curators write on one page at once: the second is told, sees both, and decides; nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from debate.models import Claim, Essay, Relation
from tests import factories as make
from tests.curating.forms import errors_of, filled, page, send, tree_of
from tests.reviewing.conftest import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def motion(db):
    return make.motion_with_claims(2)


@pytest.fixture
def draft(motion):
    """A claim that readers do not see yet, with a relation on its page."""
    claim = make.ClaimFactory(motion=motion, status="draft", text="Said at first.")
    make.RelationFactory(source=claim, target_claim=motion.claims.first())
    return claim


def words_in(response, tag):
    return [" ".join("".join(node.itertext()).split()) for node in tree_of(response).iter(tag)]


def meanwhile(first, second, address, *, mine, theirs):
    """The first opens the page, the second saves it, the first sends what they wrote; what comes back."""
    told = filled(first.get(address))
    assert send(second, address, **theirs).status_code == 302
    return first.post(address, {**told, **mine, "_save": "1"})


def test_the_second_is_told_by_whom_and_sees_both(client_of, cara, dan, draft):
    mine, theirs = {"text": "Said by me."}, {"text": "Said by Dan."}
    told = meanwhile(client_of(cara), client_of(dan), page("claim", "change", draft.pk), mine=mine, theirs=theirs)
    assert "Somebody saved this while you were writing" in errors_of(told)
    assert "dan saved it on" in told.content.decode()
    assert (words_in(told, "del"), words_in(told, "ins")) == (["Dan."], ["me."])
    assert Claim.objects.get(pk=draft.pk).text == "Said by Dan."


def test_what_was_typed_stays_and_may_be_put_over_it_knowingly(client_of, cara, dan, draft):
    address, mine = page("claim", "change", draft.pk), client_of(cara)
    told = meanwhile(mine, client_of(dan), address, mine={"text": "Said by me."}, theirs={"text": "Said by Dan."})
    again = filled(told)
    assert again["text"] == ["Said by me."]
    assert mine.post(address, {**again, "_save": "1"}).status_code == 302
    assert Claim.objects.get(pk=draft.pk).text == "Said by me."


def test_it_counts_whatever_stands_on_the_page(client_of, cara, dan, draft):
    relation = draft.relations.get()
    told = filled(client_of(cara).get(page("claim", "change", draft.pk)))
    send(client_of(dan), page("relation", "change", relation.pk), rationale="Dan's reason.")
    mine = {**told, "relations-0-rationale": "My reason.", "_save": "1"}
    said = client_of(cara).post(page("claim", "change", draft.pk), mine)
    assert "Relation 1" in words_in(said, "h3")
    assert Relation.objects.get(pk=relation.pk).rationale == "Dan's reason."


def test_links_count_too(client_of, cara, dan, motion):
    essay, other = make.EssayFactory(motion=motion, status="draft"), make.AuthorFactory(name="Other")
    address = page("essay", "change", essay.pk)
    told = meanwhile(client_of(cara), client_of(dan), address, mine={"title": "Mine"}, theirs={"authors": [other]})
    assert "Other" in words_in(told, "del")
    assert Essay.objects.get(pk=essay.pk).title == essay.title


def test_what_comes_without_a_version_is_not_written(client_of, cara, draft):
    told = filled(client_of(cara).get(page("claim", "change", draft.pk)))
    del told["version"]
    said = client_of(cara).post(page("claim", "change", draft.pk), {**told, "text": "Unseen.", "_save": "1"})
    assert "Somebody saved this" in errors_of(said)


@pytest.mark.parametrize("closed", ["deleted", "merged"])
def test_what_was_typed_for_a_row_that_is_gone_is_shown(client_of, cara, draft, closed):
    told = filled(client_of(cara).get(page("claim", "change", draft.pk)))
    if closed == "deleted":
        client_of(somebody("dan")).post(page("claim", "delete", draft.pk), {"post": "yes"})
    else:
        Claim.objects.filter(pk=draft.pk).update(status="merged", merged_into=draft.motion.claims.first())
    said = client_of(cara).post(page("claim", "change", draft.pk), {**told, "text": "Typed in vain.", "_save": "1"})
    assert (said.status_code, "Typed in vain." in said.content.decode()) == (409, True)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("noun", ["claim", "essay"])
def test_of_two_in_the_same_moment_one_writes_and_one_is_told(client_of, noun):
    motion = make.motion_with_claims(2)
    row = {"claim": make.ClaimFactory, "essay": make.EssayFactory}[noun](motion=motion, status="draft")
    field = {"claim": "text", "essay": "title"}[noun]
    address = page(noun, "change", row.pk)
    before = row.history.count()
    both = [client_of(somebody(name)) for name in ("cara", "dan")]
    sent = [(who, {**filled(who.get(address)), field: f"Said by {n}.", "_save": "1"}) for n, who in enumerate(both)]

    def post(pair):
        try:
            return pair[0].post(address, pair[1]).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(post, sent)) == [200, 302]
    assert row.history.count() == before + 1
