"""The versions that are kept of what curators write."""

from functools import cache
from typing import Any

from simple_history.manager import HistoricalQuerySet, HistoryManager
from simple_history.models import HistoricalRecords as Records


class VersionManager(HistoryManager):  # type: ignore[misc]
    """Asked for anew at each `row.history`, so its class is made once: to make one costs more than a query."""

    @classmethod
    @cache
    def from_queryset(cls, queryset_class: type[HistoricalQuerySet], class_name: str | None = None) -> Any:
        return super().from_queryset(queryset_class, class_name)


class HistoricalRecords(Records):  # type: ignore[misc]
    """Those of simple_history, by that manager."""

    def __init__(self, **options: Any) -> None:
        super().__init__(history_manager=VersionManager, **options)
