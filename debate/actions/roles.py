"""Reader, curator, moderator, administrator, and the one table of what each may do to which noun."""

from collections.abc import Iterator

from django.apps import AppConfig, apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import Model, TextChoices
from django.utils.translation import gettext_lazy as _

from debate.models import (
    Author,
    Bearing,
    Claim,
    Counterpoint,
    Entailment,
    Essay,
    ModerationEntry,
    Motion,
    Passage,
    Prediction,
    Reading,
    Relation,
    Review,
    Revision,
    Side,
    Stance,
    Suggestion,
    Tag,
    TaggedClaim,
    User,
)


class Role(TextChoices):
    """The name of its group, and what one who has it is called. Everybody is a reader, in that group or not."""

    READER = "Readers", _("reader")
    CURATOR = "Curators", _("curator")
    MODERATOR = "Moderators", _("moderator")
    ADMINISTRATOR = "Administrators", _("administrator")


WRITE = "view add change delete"
CORPUS: tuple[type[Model], ...] = (
    *(Motion, Side, Author, Essay, Claim, Tag, TaggedClaim, Stance, Passage),
    *(Relation, Counterpoint, Prediction, Reading, Bearing, Entailment),
)
# An action that no model of Django's knows is a permission of the model's own, by its whole name.
MAY: dict[type[Model], dict[Role, str]] = {
    **{noun: {Role.CURATOR: WRITE, Role.MODERATOR: "view"} for noun in CORPUS},
    Review: {Role.CURATOR: "view add change", Role.MODERATOR: "view"},
    Revision: {Role.CURATOR: "view add change", Role.MODERATOR: "view"},
    ModerationEntry: {Role.CURATOR: "view", Role.MODERATOR: "view take_back"},
    Suggestion: {Role.CURATOR: "view change", Role.MODERATOR: "view change"},
    User: {Role.ADMINISTRATOR: "view change delete"},
}


def allowed(role: Role) -> Iterator[tuple[type[Model], set[str]]]:
    """What somebody of this role may do to which nouns, by the names of permissions.

    An administrator may do what any other role may.
    """
    for noun, table in MAY.items():
        roles = table if role == Role.ADMINISTRATOR else table.keys() & {role}
        yield noun, {codename(noun, action) for each in roles for action in table[each].split()}


def codename(noun: type[Model], action: str) -> str:
    own = {name for name, _label in noun._meta.permissions}
    return action if action in own else f"{action}_{noun._meta.model_name}"


def grant(role: Role, using: str = "default") -> Group:
    """The group of this role with the permissions of the table and no others; made where it is missing."""
    group, _made = Group.objects.using(using).get_or_create(name=role.value)
    permissions = Permission.objects.using(using)
    keys: list[int] = []
    for noun, names in allowed(role):
        kind = ContentType.objects.db_manager(using).get_for_model(noun, for_concrete_model=False)
        keys += permissions.filter(content_type=kind, codename__in=names).values_list("pk", flat=True)
    group.permissions.set(keys)
    return group


def grant_all(config: AppConfig, using: str = "default") -> None:
    """After migrating: a model or a line of the table that came since reaches every group."""
    if Group._meta.db_table not in connections[using].introspection.table_names():
        return
    create_permissions(config, using=using, verbosity=0, apps=apps)
    for role in Role:
        grant(role, using)
