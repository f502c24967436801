"""The one app of the site."""

from importlib import import_module
from typing import Any

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.core.management import call_command
from django.db.models.signals import post_migrate


def prepare_database(using: str, app_config: AppConfig, **_kwargs: Any) -> None:
    """Make what migrations cannot keep: the cache table, the search (SQLite loses its triggers), what roles may."""
    search = import_module("debate.search")  # it needs the apps, which are not ready when this file is read
    roles = import_module("debate.actions.roles")
    call_command("createcachetable", database=using, verbosity=0)
    search.prepare(using)
    roles.grant_all(app_config, using)


class DebateConfig(AppConfig):
    name = "debate"
    verbose_name = "Ten Years"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        post_migrate.connect(prepare_database, sender=self)


class CurationConfig(AdminConfig):
    """Django's admin, with our own site of it."""

    default_site = "debate.admin.site.CurationRoom"

    def ready(self) -> None:
        super().ready()
        import_module("debate.admin.nouns")  # they register with the site, which has to be made before
