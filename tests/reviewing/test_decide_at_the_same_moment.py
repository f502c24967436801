"""Two curators decide about one thing in the same moment: one of them does, and the other is told."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from debate.actions.reviewing import ask_for_review, pass_essay, send_back
from debate.actions.revising import accept, decline
from debate.models import Essay, ModerationEntry, Review, Revision
from tests import factories as make
from tests.curating.forms import page, send
from tests.reviewing.conftest import somebody

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Do these in threads of their own; how many were refused."""

    def done(act):
        try:
            act()
        except ValidationError:
            return 1
        finally:
            connection.close()
        return 0

    with ThreadPoolExecutor(len(acts)) as pool:
        return sum(pool.map(done, acts))


def test_an_essay_is_published_or_sent_back(db):
    cara, dan, eve = (somebody(name) for name in ("cara", "dan", "eve"))
    essay = make.EssayFactory(motion=make.motion_with_claims(1), status="draft")
    ask_for_review(essay=essay, by=cara)
    refused = at_once(
        lambda: pass_essay(essay=essay, by=dan),
        lambda: pass_essay(essay=essay, by=eve),
        lambda: send_back(essay=essay, by=dan, comment="Not yet."),
    )
    verdict = Review.objects.get().verdict
    status = Essay.objects.get(pk=essay.pk).status
    assert refused >= 1
    assert (verdict, status) in {("approved", "published"), ("sent_back", "draft")}


def test_a_correction_is_passed_once(client_of):
    cara, dan, eve = (somebody(name) for name in ("cara", "dan", "eve"))
    claim = make.motion_with_claims(2).claims.order_by("pk").last()
    send(client_of(cara), page("claim", "change", claim.pk), text="Said better.")
    revision = Revision.objects.get()
    before = claim.history.count()
    refused = at_once(
        lambda: accept(revision=revision, by=dan),
        lambda: accept(revision=revision, by=eve),
        lambda: decline(revision=revision, by=eve, comment="No."),
    )
    written = Revision.objects.get().state == "accepted"
    assert refused == 2
    assert (claim.history.count() - before, ModerationEntry.objects.count()) == ((1, 1) if written else (0, 0))
