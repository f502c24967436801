"""Make somebody a curator of the site."""

import os
import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import IntegrityError
from django.urls import reverse

from debate.actions.curators import make_curator, member_with
from debate.actions.roles import Role
from debate.management.site import site_address
from debate.models import User

CALLED = {Role.CURATOR: "a curator", Role.MODERATOR: "a moderator", Role.ADMINISTRATOR: "an administrator"}


class Command(BaseCommand):
    help = "Make somebody a curator, or give them another role in the curation room. A known member is promoted."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--email", help="their address; asked for where it is missing")
        parser.add_argument("--username", default="", help="a name for a new member; made up where it is missing")
        parser.add_argument(
            "--role",
            choices=[role.name.lower() for role in CALLED],
            default="curator",
            help="what they become: curator, moderator or administrator; a known member keeps the roles they have",
        )
        parser.add_argument(
            "--no-input",
            "--noinput",
            action="store_true",
            help="ask nothing; a new member's password then comes from the environment, as CURATOR_PASSWORD",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        self.asks = not options["no_input"] and sys.stdin.isatty()
        email = self.email(options["email"])
        known = member_with(email)
        password = None if known else self.password(email)
        role = Role[options["role"].upper()]
        try:
            member = make_curator(email=email, password=password, username=options["username"], role=role)
        except IntegrityError as error:
            raise CommandError("Somebody else has this name already; give another --username.") from error
        what = f"is {CALLED[role]} now, with the password they have" if known else f"is {CALLED[role]} now"
        self.stdout.write(self.style.SUCCESS(f"{member.email} {what}."))
        self.stdout.write(f"Sign in with that address at {site_address()}{self.door()}")

    def door(self) -> str:
        return reverse("desk")

    def email(self, given: str | None) -> str:
        email = (given or (input("Email address: ") if self.asks else "")).strip()
        try:
            validate_email(email)
        except ValidationError as error:
            raise CommandError("An email address is needed: --email somebody@example.org") from error
        return email

    def password(self, email: str) -> str:
        """A new member's password, asked twice. Raises CommandError on one that the site would not take."""
        given = os.environ.get("CURATOR_PASSWORD", "")
        if not given and self.asks:
            given = getpass("Password: ")
            if given != getpass("The same again: "):
                raise CommandError("The two passwords differ; nobody was made a curator.")
        try:
            validate_password(given, User(email=email))
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        return given
