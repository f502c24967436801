"""Whoever suggested what was accepted is credited on the claim's page: by display name, if they like."""

import pytest
from django.utils import timezone

from debate.actions.leaving import leave
from debate.actions.membership import rename
from debate.models import Claim, Edition
from tests import factories as make
from tests.suggesting.conftest import client_of

pytestmark = pytest.mark.django_db
ACCEPTED = {"state": "accepted", "decided_at": timezone.now()}


@pytest.fixture
def ann(db):
    return make.MemberFactory(display_name="Ann <Arbor>", username="ann-secret", email="ann@secret.example")


@pytest.fixture
def made(claim):
    return make.ClaimFactory(motion=claim.motion, origin="reader")


@pytest.fixture(autouse=True)
def _in_an_edition(db, settings):
    settings.PAGE_CACHE = True
    Edition.advance()


def page(client, claim):
    return client.get(Claim.objects.get(pk=claim.pk).get_absolute_url()).content.decode()


def test_by_display_name_and_never_by_address_or_username(client, claim, made, ann):
    make.SuggestionFactory(claim=claim, by=ann, made_claim=made, **ACCEPTED)
    make.SuggestionFactory(claim=claim, by=make.MemberFactory(username="bob-secret"), made_claim=made, **ACCEPTED)
    html = page(client, made)
    assert "Suggested by Ann &lt;Arbor&gt; and a reader" in html
    assert "secret" not in html


def test_what_others_suggested_about_it_is_told_too(client, claim, ann):
    make.SuggestionFactory(claim=claim, by=ann, kind="correction", **ACCEPTED)
    make.SuggestionFactory(claim=claim, by=ann, kind="tag", state="declined", decided_at=timezone.now(), reason="No.")
    html = page(client, claim)
    assert "With a correction that Ann &lt;Arbor&gt; suggested." in html
    assert "With a tag" not in html


def test_nobody_is_named_who_would_rather_not_be(client, claim, made, ann):
    mine = make.SuggestionFactory(claim=claim, by=ann, made_claim=made, **ACCEPTED)
    assert "Suggested by Ann" in page(client, made)
    own = client_of(ann)
    assert own.post(f"/you/suggestions/{mine.pk}/", {"act": "unname"}).status_code == 303
    assert "Suggested by a reader" in page(client, made)
    own.post(f"/you/suggestions/{mine.pk}/", {"act": "name"})
    rename(member=ann, name="Ann B.")
    assert "Suggested by Ann B." in page(client, made)
    leave(reader=ann)
    assert "Suggested by a reader" in page(client, made)


def test_essays_and_predictions_say_so_too(client, essay, prediction, ann):
    for target in ({"essay": essay}, {"prediction": prediction}):
        make.SuggestionFactory(**target, claim=None, by=ann, kind="correction", **ACCEPTED)
    make.SuggestionFactory(
        claim=None,
        motion=essay.motion,
        by=ann,
        kind="essay",
        source_url="https://a.example",
        made_essay=essay,
        **ACCEPTED,
    )
    Edition.advance()
    for thing in (essay, prediction):
        html = client.get(thing.get_absolute_url()).content.decode()
        assert "With a correction that Ann &lt;Arbor&gt; suggested." in html
        assert ("Suggested by Ann &lt;Arbor&gt;." in html) == (thing is essay)
