"""One member suggests from two windows at once: the rules hold all the same."""

import pytest

from debate.actions.suggesting import MOST_PENDING, SaidAlready, TooManyPending, suggest
from debate.models import Suggestion
from tests import factories as make
from tests.voting.test_vote_at_the_same_moment import all_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_at_most_ten_wait_and_none_twice(db):
    member, claim = make.MemberFactory(), make.ClaimFactory()
    make.SuggestionFactory.create_batch(MOST_PENDING - 2, by=member, claim=claim)
    refused = []

    def work(number):
        text = f"Point of window {number}." if number < 4 else "The same point."
        try:
            suggest(reader=member, kind="counterpoint", target=claim, text=text, way="rebuts")
        except (SaidAlready, TooManyPending) as error:
            refused.append(type(error))

    all_at_once(work, 8)
    assert Suggestion.objects.by(member).pending().count() == MOST_PENDING
    assert len(refused) == 6
    assert Suggestion.objects.filter(text="The same point.").count() <= 1
