"""Files are brought in one by one: each is a transaction of its own, and ends as drafts that no reader sees."""

from collections.abc import Callable, Iterable, Sequence

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from debate.actions.bringing.essays import EssayOfFile
from debate.actions.bringing.motions import MotionOfFile
from debate.actions.bringing.report import Report
from debate.actions.bringing.shapes import Arrow, Coming, EssayFile, File, Problem
from debate.actions.promises import keeping_promises
from debate.actions.writing import tell_planner, writing
from debate.models import Edition, User

Progress = Callable[[Sequence[File]], Iterable[File]]


NOTHING: Coming = frozenset()


def keep_or_undo(report: Report, *, write: bool) -> None:
    """Undo the transaction where something is wrong or nothing is to be written; else what is new moves the edition."""
    if report.problems or not write:
        transaction.set_rollback(True)
    elif report.is_news:
        Edition.advance()


def coming_with(files: Iterable[File]) -> Coming:
    """What the files bring, of what another file may name before it is there."""
    found: set[str | Arrow] = set()
    for file in files:
        found |= {drawn.arrow for part in file.claims for drawn in part.relations}
        if isinstance(file, EssayFile):
            found |= {file.essay.slug, *(part.slug for part in file.predictions if part.statement is not None)}
    return frozenset(found)


def bring_file(*, file: File, by: User | None, write: bool, coming: Coming = NOTHING) -> Report:
    """Bring one file in, all of it or nothing; unless `write`, only find out what would come of it.

    What is there already and equal is matched; drafts are changed; what readers see is never changed by a file.
    Brought in again, the same file changes nothing.
    """
    work = EssayOfFile if isinstance(file, EssayFile) else MotionOfFile
    bringing = work(file, by=by, coming=coming)  # type: ignore[arg-type]
    try:
        with writing():
            with keeping_promises():
                bringing.bring()
            keep_or_undo(bringing.report, write=write)
    except IntegrityError as error:
        said = _("The database refuses this: %(why)s") % {"why": str(error).splitlines()[0]}
        bringing.report.problems.append(Problem(1, said))
    return bringing.report


def bring_files(*, files: Sequence[File], by: User | None, write: bool, progress: Progress = iter) -> list[Report]:
    """Bring files in, in the order given, and those again that waited for what a later one brought.

    A dry run of several files takes them as one transaction, so that each sees those before it; else each is
    written by itself. Ends at the first file with a problem.
    """
    if write:
        reports = bring_each(files, by, progress)
        tell_planner()
        return reports
    reports = []
    with transaction.atomic():
        reports = bring_each(files, by, progress)
        transaction.set_rollback(True)
    return reports


def bring_each(files: Sequence[File], by: User | None, progress: Progress) -> list[Report]:
    coming, reports = coming_with(files), list[Report]()
    for file in progress(files):
        reports.append(bring_file(file=file, by=by, write=True, coming=coming))
        if reports[-1].problems:
            return reports
    for at, file in enumerate(files):
        if reports[at].waiting:
            again = bring_file(file=file, by=by, write=True)
            reports[at].waiting, reports[at].problems = again.waiting, again.problems
            reports[at].created += again.created
    return reports
