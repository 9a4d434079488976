"""The audit trail as somebody may see it."""

from collections.abc import Iterable, Mapping
from typing import Any

from planner.access.table import seen
from planner.access.viewer import User
from planner.facts.who import HR, Level

Entry = Mapping[str, Any]
CELL = ("sheet", "column", "row", "before", "after", "value")
"""Keys of a detail that speak of the cell that `sheet` and `column` name, and are shown to who sees
that column.
"""
MESSAGE = "message"
"""How a run ended, in words that may name a student: the run tells it, cut to who looks; the trail
tells it to nobody.
"""
NAMED_BY_PEOPLE = ("scenario", "base", "name")
"""Keys whose values somebody typed, and may have named people in. A principal reads their own."""
WHOLE_DISTRICT = ("plan", "dataset", "run", "scenario")
"""What a subject begins with that is of several schools, and names nothing of a single one."""


def audit_for(viewer: User, entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """The entries that somebody may see, in their order; each has the keys by, at, action, subject,
    schools and detail.

    A principal sees what concerns their own schools alone, and of plans and datasets of several
    schools that something was done and by whom. HR gets details without what names students; others
    get the keys that the table knows, and cells whose columns they see.
    """
    return [_shown(viewer, entry) for entry in entries if _may_see(viewer, entry)]


def _may_see(viewer: User, entry: Entry) -> bool:
    level = seen(viewer, "audit:subject")
    schools = frozenset(entry.get("schools") or ())
    whole = str(entry.get("subject")).partition(" ")[
        0
    ] in WHOLE_DISTRICT and not schools.isdisjoint(viewer.schools)
    return level is Level.ALL or (
        level is Level.OWN and bool(schools) and (whole or schools <= viewer.schools)
    )


def _shown(viewer: User, entry: Entry) -> dict[str, Any]:
    shown = {key: value for key, value in entry.items() if seen(viewer, f"audit:{key}")}
    if "schools" in shown and seen(viewer, "audit:schools") is not Level.ALL:
        shown["schools"] = [school for school in shown["schools"] if school in viewer.schools]
    if "detail" in shown:
        detail = shown["detail"]
        shown["detail"] = _for_hr(viewer, detail) if HR in viewer.roles else _cut(viewer, detail)
        if not viewer.sees_every_school and entry.get("by") != viewer.name and shown["detail"]:
            shown["detail"] = {
                key: value for key, value in shown["detail"].items() if key not in NAMED_BY_PEOPLE
            }
    return shown


def _for_hr(viewer: User, detail: Any) -> Any:
    """A detail as it is, without messages and without cells of columns that HR does not see, which
    hold students.
    """
    if isinstance(detail, list | tuple):
        return [_for_hr(viewer, one) for one in detail]
    if not isinstance(detail, Mapping):
        return detail
    column = f"{detail['sheet']}.{detail['column']}" if {"sheet", "column"} <= set(detail) else ""
    hidden = column and not seen(viewer, column)
    return {
        name: _for_hr(viewer, value)
        for name, value in detail.items()
        if name != MESSAGE and not (hidden and name in CELL)
    }


def _cut(viewer: User, detail: Any) -> Any:
    """A detail without free text, without keys that are not known, and without values of columns
    that are hidden.
    """
    if isinstance(detail, list | tuple):
        return [cut for cut in (_cut(viewer, one) for one in detail) if cut]
    if not isinstance(detail, Mapping):
        return None
    cell = seen(viewer, f"{detail.get('sheet')}.{detail.get('column')}")
    found = {}
    for name, value in detail.items():
        if seen(viewer, f"audit:detail.{name}") or (cell and name in CELL):
            found[name] = value
        elif isinstance(value, Mapping | list | tuple) and (cut := _cut(viewer, value)):
            found[name] = cut
    return found
