"""Who somebody is, and what they may do."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from debate.models import User


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's, which reads what a member may do, and what their groups may, by one query in place of two."""

    def get_all_permissions(self, user_obj: Any, obj: object = None) -> set[str]:
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if "_perm_cache" not in vars(user_obj):
            user_obj._perm_cache = {f"{label}.{codename}" for label, codename in permissions_of(user_obj)}
        return set(user_obj._perm_cache)


def permissions_of(user: User) -> set[tuple[str, str]]:
    """The label of the app and the codename of each."""
    names = ("content_type__app_label", "codename")
    if user.is_superuser:
        return set(Permission.objects.values_list(*names))
    own = user.user_permissions.order_by().values_list(*names)
    return set(own.union(Permission.objects.filter(group__user=user).order_by().values_list(*names)))
