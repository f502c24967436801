"""One member suggests from two windows at once, two curators decide at once: the rules hold all the same."""

import pytest

from debate.actions.deciding import Answer, Decided, Wording, accept_counterpoint, decline
from debate.actions.suggesting import MOST_PENDING, SaidAlready, TooManyPending, suggest
from debate.models import Claim, ModerationEntry, Suggestion
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


def test_two_curators_do_not_decide_the_same_one_twice(db):
    claim = make.ClaimFactory()
    rows = make.SuggestionFactory.create_batch(3, claim=claim)
    curators, told = make.CuratorFactory.create_batch(6), []

    def work(number):
        answer = Answer(curators[number], [row.pk for row in rows][number % 2 :], "So.")
        try:
            if number % 3:
                decline(answer)
            else:
                wording = Wording(f"Said in words of number {number}.", Claim.Kind.OBSERVATION)
                accept_counterpoint(answer, wording, way="rebuts", rationale="So.")
        except Decided as error:
            told.append(error.keys)

    all_at_once(work, 6)
    decided = Suggestion.objects.exclude(state="pending")
    assert ModerationEntry.objects.count() == 1
    assert decided.values("state", "decided_by", "made_claim").distinct().count() == 1
    assert len(told) == 5
    assert Claim.objects.filter(origin="reader").count() == decided.filter(state="accepted")[:1].count()
