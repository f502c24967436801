"""Bring essays in from files; they end as drafts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from debate.actions.bringing.bring import bring_files
from debate.actions.bringing.report import Change, Report
from debate.actions.bringing.shapes import File, MotionFile, Unreadable
from debate.interchange.essay_file import parse

SHOWN = 40


def read(paths: Sequence[Path]) -> list[File]:
    """The files, motions first. Raises CommandError with the problems of all of them."""
    files, problems = [], []
    for path in tqdm(paths, desc="Reading", unit="", disable=None, leave=False):
        try:
            files.append(parse(str(path), path.read_bytes()))
        except Unreadable as error:
            problems.append(str(error))
        except OSError as error:
            problems.append(f"{path}: {error.strerror}")
    if problems:
        raise CommandError("\n".join([*problems, "Nothing was written."]))
    return sorted(files, key=lambda file: not isinstance(file, MotionFile))


class Command(BaseCommand):
    help = (
        "Bring essays and motions in from files (docs/essay-file.md). Each file is written whole or not at all, as "
        "drafts that no reader sees; what is published is never changed. The same file again changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be made and changed")

    def handle(self, *args: Any, **options: Any) -> None:
        files, dry = read(options["files"]), options["dry_run"]
        reports = bring_files(
            files=files,
            by=None,
            write=not dry,
            progress=lambda rest: tqdm(rest, desc="Bringing in", unit="", disable=None, leave=False),
        )
        for report in reports:
            self.tell(report, dry=dry)
        if reports[-1].problems:
            rest = len(files) - len(reports)
            raise CommandError(f"Nothing of {reports[-1].name} was written; {rest} files after it were not looked at.")

    def tell(self, report: Report, *, dry: bool) -> None:
        would = "would be " if dry else ""
        made = ", ".join(report.counted()) or "nothing"
        changed = len(report.changed)
        self.stdout.write(f"{report.name}: {would}made: {made}; changed: {changed}; there already: {report.matched}")
        if dry:
            self.list_rows("+", report.created)
        self.list_rows("~", report.changed)
        for waiting in report.waiting:
            self.stdout.write(f"  {report.name}:{waiting.line}: waits for {waiting.slug}")
        for problem in report.problems:
            self.stderr.write(f"{report.name}:{problem}")

    def list_rows(self, sign: str, rows: Sequence[Change]) -> None:
        for row in rows[:SHOWN]:
            fields = f" ({', '.join(row.fields)})" if row.fields else ""
            self.stdout.write(f"  {sign} {row.noun}: {row.label}{fields}")
        if len(rows) > SHOWN:
            self.stdout.write(f"  {sign} and {len(rows) - SHOWN:,} more")
