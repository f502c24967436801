"""What every test may ask for: the corpus, clients, factories (tests/factories.py), a browser (tests/chromium.py).

Which database a test finds, and how it is as before afterwards: tests/databases.py.
"""

import gc
import os
from collections.abc import Callable
from typing import Any

import pytest
from _pytest import runner
from django.test import Client
from django.test.testcases import LiveServerThread
from hypothesis import settings as hypothesis_settings

from debate.models import Motion, User
from tests import factories

pytest_plugins = ["tests.chromium", "tests.databases"]
# How long an example takes is the machine's affair; what lands is decided by the same examples each time, and more.
EXAMPLES: dict[str, Any] = {"derandomize": True, "max_examples": 100} if "CI" in os.environ else {"max_examples": 50}
hypothesis_settings.register_profile("untimed", deadline=None, **EXAMPLES)
hypothesis_settings.load_profile("untimed")
gc.set_threshold(100_000, 50, 1_000)  # a run makes millions of things and few circles: looking for these takes 5 %
SAME_ORIGIN = {"HTTP_SEC_FETCH_SITE": "same-origin"}


def with_room(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call with room for all the calls below it.

    CPython maps 16 kilobytes more for its calls where they get deep, and gives them back at once: each call that lies
    across a border pays for it. One that seems to want a lot gets half a megabyte, and those below it share that.
    """

    def called(*given: Any, **named: Any) -> Any:
        return call(*given, **named)

    called.__code__ = called.__code__.replace(co_stacksize=33_000)
    return called


runner.runtestprotocol = with_room(runner.runtestprotocol)
LiveServerThread.server_class.process_request_thread = with_room(LiveServerThread.server_class.process_request_thread)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Those in the browser first: one process waits for it while another, which has begun further on, does not."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


def pytest_collection_finish() -> None:
    """What was loaded for the tests stays: no use looking for circles in it."""
    gc.freeze()


def pytest_sessionfinish() -> None:
    """Pytest looks for circles twice at its end, for seconds each: none need be found in what is held then."""
    gc.freeze()


@pytest.fixture
def corpus(corpus_database: None, db: None) -> Motion:
    """The five essays, as `make run` loads them."""
    return Motion.objects.get(featured=True)


@pytest.fixture
def reader_client() -> Client:
    """A browser that says its POSTs come from a page of ours, with no cookie yet."""
    return Client(enforce_csrf_checks=True, **SAME_ORIGIN)


@pytest.fixture
def member(db: None) -> User:
    return factories.MemberFactory()


@pytest.fixture
def member_client(member: User) -> Client:
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(member)
    return client


@pytest.fixture
def curator_client(db: None) -> Client:
    client = Client(enforce_csrf_checks=True, **SAME_ORIGIN)
    client.force_login(factories.CuratorFactory())
    return client


@pytest.fixture(autouse=True)
def _no_kept_pages(settings: Any) -> None:
    """Each test asks afresh: a page kept from another test's database would tell lies."""
    settings.PAGE_CACHE = False


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Any) -> None:
    """A slow hash guards passwords, not tests."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
