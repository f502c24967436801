"""Every page that the site can answer with is valid HTML, says what it is, and shuts nobody out by its markup."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.test import override_settings

from debate.models import Motion
from tests.once import once
from tests.pages.markup import problems_of
from tests.pages.tour import Answer, addresses, walk

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}svg"
QUICK = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# What the pages of Django's own admin lack. Nobody finds them by searching, and the charset is in their header.
DJANGOS_OWN = {"no description", "no charset", f'<{SVG} class="base-svgs"> is a drawing without a name'}


@pytest.fixture(scope="module")
def answers(corpus_database: None, django_db_blocker: Any, shared_folder: Path) -> list[Answer]:
    """The whole site, asked once for all tests here."""
    return once(shared_folder, "answers", lambda: walked(django_db_blocker))


def walked(django_db_blocker: Any) -> list[Answer]:
    """The database is as before afterwards."""
    with (
        django_db_blocker.unblock(),
        override_settings(PAGE_CACHE=False, PASSWORD_HASHERS=QUICK),
        transaction.atomic(),
    ):
        found = walk(Motion.objects.get(featured=True))
        transaction.set_rollback(True)
    return found


def test_every_address_of_the_site_is_asked(answers: list[Answer]) -> None:
    asked = {answer.name for answer in answers}
    assert sorted(set(addresses()) - asked) == []


def test_every_answer_is_the_one_that_is_meant(answers: list[Answer]) -> None:
    assert [a.told for a in answers if (a.status != a.wanted if a.wanted else a.status >= 500)] == []


def test_every_page_is_well_made(answers: list[Answer]) -> None:
    found = {answer.told: set(problems_of(answer.html, fragment=answer.part)) for answer in answers if answer.html}
    ours = {told: problems - (DJANGOS_OWN if "/admin/" in told else set()) for told, problems in found.items()}
    assert {told: problems for told, problems in ours.items() if problems} == {}


def test_every_page_has_a_title_that_says_where_it_is(answers: list[Answer]) -> None:
    whole = [a for a in answers if a.html and not a.part and "/admin/" not in a.told]
    assert [a.told for a in whole if not re.search(r"<title>\s*\S[^<]* · Ten Years</title>", a.html)] == []


def test_nothing_is_asked_of_anybody_else(answers: list[Answer]) -> None:
    assert [a.told for a in answers if re.search(r'(?:src|srcset|<link[^>]*href)="(?:https?:)?//', a.html)] == []
