"""What an empty form starts with."""

from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.http import HttpRequest

from debate.admin.sound import key_told
from debate.models import Essay, Motion

if TYPE_CHECKING:
    Options = admin.ModelAdmin[Any]
else:
    Options = object


class StartsInMotion(Options):
    """The motion of the essay that the address names, or the only motion there is."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        told: dict[str, Any] = super().get_changeform_initial_data(request)
        if "motion" not in told and (motion := motion_meant(request.GET.get("essay", ""))):
            told["motion"] = motion.pk
        return told


def motion_meant(essay: str) -> Motion | None:
    key = key_told(essay)
    if key is not None:
        found = Essay.objects.select_related("motion").filter(pk=key).first()
        return found.motion if found else None
    motions = list(Motion.objects.order_by("pk")[:2])
    return motions[0] if len(motions) == 1 else None
