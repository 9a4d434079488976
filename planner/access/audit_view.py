"""The audit trail as somebody may see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from planner.access.table import Level, seen
from planner.access.viewer import HR, Viewer

Entry = Mapping[str, Any]
PLAIN = ("plan", "replaces", "scenario", "base", "dataset", "run", "hash", "rows", "seconds", "seed", "version", "name")
"""Keys of a detail that name what was done, and to what; they hold no value of a cell."""
CELL = ("row", "before", "after", "value")
"""Keys that belong to the cell that `sheet` and `column` name, and are shown to who sees the column."""


def audit_for(viewer: Viewer, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries that somebody may see, in their order; each has the keys by, at, action, subject, schools and detail.

    A principal sees what concerns their own schools and no other. Details that are not of HR are cut to what is known to hold
    neither pay nor anything else that is hidden: free text is HR's alone.
    """
    return [_shown(viewer, entry) for entry in entries if _may_see(viewer, entry)]


def _may_see(viewer: Viewer, entry: Entry) -> bool:
    level = seen(viewer, "audit:subject")
    schools = frozenset(entry.get("schools") or ())
    return level is Level.ALL or (level is Level.OWN and bool(schools) and schools <= viewer.schools)


def _shown(viewer: Viewer, entry: Entry) -> dict[str, Any]:
    shown = {key: value for key, value in entry.items() if key != "detail" and seen(viewer, f"audit:{key}")}
    if "detail" in entry and seen(viewer, "audit:detail"):
        shown["detail"] = entry["detail"] if HR in viewer.roles else _cut(viewer, entry["detail"])
    return shown


def _cut(viewer: Viewer, detail: Any) -> Any:
    """A detail without free text, without keys that are not known, and without values of columns that are hidden."""
    if isinstance(detail, list | tuple):
        return [cut for cut in (_cut(viewer, one) for one in detail) if cut]
    if not isinstance(detail, Mapping):
        return None
    column = seen(viewer, f"{detail.get('sheet')}.{detail.get('column')}")
    if "column" in detail and not column:
        return None
    names = (*PLAIN, *(("sheet", "column", *CELL) if "column" in detail else ()))
    kept = {name: value for name, value in detail.items() if name in names and not isinstance(value, Mapping | list | tuple)}
    nested = {name: _cut(viewer, value) for name, value in detail.items() if isinstance(value, Mapping | list | tuple)}
    return kept | {name: value for name, value in nested.items() if value}
