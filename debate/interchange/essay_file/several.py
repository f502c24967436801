"""Several files at once, as somebody uploads them: read, and brought in or only looked through."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from debate.actions.bringing.bring import bring_files
from debate.actions.bringing.report import Change, Report
from debate.actions.bringing.shapes import EssayFile, File, MotionFile, Unreadable
from debate.interchange.essay_file.parsing import parse
from debate.models import User

Named = tuple[str, bytes]
MOST_TOLD = 60


class Outcome(NamedTuple):
    """What came of the files that could be read, or would: `essays`, their slugs; `problems`, each with file and line.

    Where there are problems, nothing was written of the file that has them, nor of those after it.
    """

    reports: list[Report]
    essays: list[str]
    problems: list[str]


def bring_texts(texts: Iterable[Named], *, by: User, write: bool) -> Outcome:
    """Bring files in, motions first; unless `write`, only find out what would come of it."""
    files, problems = read(texts)
    if problems:
        return Outcome([], [], first_of(problems))
    reports = bring_files(files=files, by=by, write=write)
    essays = [file.essay.slug for file in files if isinstance(file, EssayFile)]
    problems = [place(report.name, *told) for report in reports for told in report.problems]
    return Outcome(reports, essays, first_of(problems))


def read(texts: Iterable[Named]) -> tuple[list[File], list[str]]:
    files, problems = list[File](), list[str]()
    for name, data in texts:
        try:
            files.append(parse(name, data))
        except Unreadable as error:
            problems += [place(name, *told) for told in error.problems]
    return sorted(files, key=lambda file: not isinstance(file, MotionFile)), problems


def first_of(problems: list[str]) -> list[str]:
    """As many as somebody can put right at a time."""
    more = len(problems) - MOST_TOLD
    return problems if more <= 0 else [*problems[:MOST_TOLD], _("And %(more)d more.") % {"more": more}]


def place(name: str, line: int, said: str) -> str:
    return _("%(file)s, line %(line)d: %(said)s") % {"file": name, "line": line, "said": said}


def told(report: Report) -> dict[str, Any]:
    """A report in plain values, to be kept and shown."""
    return {
        "name": report.name,
        "counts": report.counted(),
        "created": rows(report.created),
        "changed": rows(report.changed),
        "matched": report.matched,
        "waiting": [waiting.slug for waiting in report.waiting],
    }


def rows(changes: Sequence[Change]) -> list[list[str]]:
    return [[change.noun, change.label, ", ".join(change.fields)] for change in changes]
