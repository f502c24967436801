"""Let a member in again who has lost their passkeys, their app and their recovery codes."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from debate.actions.curators import member_with
from debate.actions.membership import forget_ways


class Command(BaseCommand):
    help = (
        "Take a member's passkeys, app and recovery codes away, and sign them out everywhere: the password alone"
        " lets in again. Make sure first that it is they who ask."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address that they sign in with")

    def handle(self, *_args: Any, **options: Any) -> None:
        member = member_with(options["email"])
        if member is None:
            raise CommandError(f"Nobody signs in with {options['email']}.")
        forgotten = forget_ways(member=member)
        self.stdout.write(f"{forgotten} ways to sign in are forgotten, and {member.email} is signed out everywhere.")
