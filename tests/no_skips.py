"""A pytest plugin for where nothing may be skipped: every skip, of a test or a module, is a failure.

`make test` loads it where REQUIRE_ALL is set. What can hold on one database only is not skipped but marked
(`postgresql`, `sqlite`), and left out by the run on the other. An expected failure is not a skip.
"""

from collections.abc import Generator
from typing import TypeVar

import pytest

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A skipped test failed."""
    return failing_where_skipped((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """A skipped module failed."""
    return failing_where_skipped((yield))


def failing_where_skipped(report: Report) -> Report:
    """The report with a skip turned into a failure that says why it was skipped."""
    if report.outcome == "skipped" and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"No skip is allowed here: {reason(report)}"
    return report


def reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why it was skipped, as its author wrote it."""
    return str(report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr)
