"""Prove every rule over the whole database."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from debate.actions.audit import Finding, every_rule


class Command(BaseCommand):
    help = "Prove every rule, on one table and across rows, over the whole database. Fails where one is broken."

    def handle(self, *args: Any, **options: Any) -> None:
        rules = every_rule()
        broken = 0
        for rule in tqdm(rules, desc="Rules", unit="rule", leave=False, disable=None):
            found = rule.check()
            broken += found.rows > 0
            self.tell(found)
        self.stdout.write(f"{len(rules)} rules, {broken} of them broken.")
        if broken:
            sys.exit(1)

    def tell(self, found: Finding) -> None:
        """The rule in a line; below it the first few rows that break it."""
        lines = [f"{found.rule}: {found.rows} rows", *(f"    {example}" for example in found.examples)]
        if found.rows > len(found.examples):
            lines.append(f"    and {found.rows - len(found.examples)} more")
        with tqdm.external_write_mode():
            self.stdout.write("\n".join(lines))
