"""Nothing that others think reaches a reader who has not voted, forecast or asked, by any way out of the site.

Every answer of the site to such readers is compared, byte for byte and header for header, between two worlds: one in
which nobody else has said anything, and one in which many have (tests/voting/two_worlds.py).
"""

from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from tests.once import once
from tests.voting.two_worlds import ONLOOKERS, Answer, quiet_and_loud

pytestmark = pytest.mark.django_db
Worlds = tuple[dict[str, Answer], dict[str, Answer]]
AGAIN = " again"
SAID_TO_ALL = ("leaderboard",)
"""How often what the crowd held so likely came true, over predictions that are judged and were due, stands there."""


@pytest.fixture(scope="module")
def worlds(django_db_setup: None, django_db_blocker: Any, shared_folder: Path) -> Worlds:
    """Both worlds, walked once for all tests here."""
    return once(shared_folder, "worlds", lambda: walked(django_db_blocker))


def walked(django_db_blocker: Any) -> Worlds:
    """Both in one and the same second."""
    with (
        django_db_blocker.unblock(),
        pytest.MonkeyPatch.context() as patched,
        time_machine.travel(timezone.now(), tick=False),
        transaction.atomic(),
    ):
        patched.setattr("django.conf.settings.PAGE_CACHE", False)
        patched.setattr("django.conf.settings.PASSWORD_HASHERS", ["django.contrib.auth.hashers.MD5PasswordHasher"])
        found = quiet_and_loud()
        transaction.set_rollback(True)
    return found


def differing(worlds: Worlds, who: str) -> list[str]:
    quiet, loud = worlds
    return [told for told in quiet if told.startswith(f"{who}: ") and quiet[told] != loud[told] and not public(told)]


def public(told: str) -> bool:
    return told.removesuffix(AGAIN).endswith(SAID_TO_ALL)


def test_both_worlds_are_asked_the_same(worlds: Worlds) -> None:
    assert list(worlds[0]) == list(worlds[1])


@pytest.mark.parametrize("who", ONLOOKERS)
def test_what_others_say_changes_nothing_that_a_reader_receives_who_has_not_asked(worlds: Worlds, who: str) -> None:
    assert [told for told in differing(worlds, who) if not told.endswith(AGAIN)] == []


def test_a_page_held_from_before_is_still_the_newest(worlds: Worlds) -> None:
    quiet, loud = worlds
    held = [told for told, answer in quiet.items() if told.startswith("nobody: ") and "ETag" in answer.headers]
    again = {told: loud[told + AGAIN].status for told in held if told + AGAIN in loud and not public(told)}
    assert len(again) > 20
    assert {told: status for told, status in again.items() if status != 304} == {}


SHOWS = (
    *("claim of claim", "prediction of open", "prediction of decided", "timeline", "insights"),
    *("claims by top", "claims by contested"),
)


def test_to_whoever_asked_the_two_worlds_differ_so_that_a_leak_would_be_seen(worlds: Worlds) -> None:
    assert [name for name in SHOWS if f"curious: {name}" not in differing(worlds, "curious")] == []


def test_the_room_of_the_curators_is_open_to_nobody_else(worlds: Worlds) -> None:
    asked = {told: answer.status for told, answer in worlds[1].items() if ": curation" in told}
    assert len(asked) > 20
    assert {told: status for told, status in asked.items() if status not in {302, 403}} == {}


def test_nothing_fails(worlds: Worlds) -> None:
    failed = [told for told, answer in worlds[1].items() if answer.status >= 500]
    assert [told for told in failed if "readyz" not in told] == []  # it says of a test's database what it will
