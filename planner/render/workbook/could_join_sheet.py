"""The sheet `could join`: students who are left over, and the groups that they could join.

It says why the others stay where they are.
"""

from planner.facts.problem import Problem
from planner.render.workbook.canvas import MUTED, Canvas, Value
from planner.render.workbook.table import RIGHT, WRAPPED, ReportColumn, write_table
from planner.slots.rescue import Rescue

COLUMNS = (
    ReportColumn("Student", 16),
    ReportColumn("Students", 10, RIGHT),
    ReportColumn("Left over in", 24),
    ReportColumn("School", 26),
    ReportColumn("Could join", 24),
    ReportColumn("Minutes there", 10, RIGHT),
    ReportColumn("Still owed then", 11, RIGHT),
    ReportColumn("Why not", 70, WRAPPED),
)


def write(canvas: Canvas, problem: Problem, found: Rescue) -> None:
    """Proposals first, then those for whom there is none; below, how large groups may become."""
    rows: list[tuple[Value, ...]] = [
        (
            p.student or "no keys",
            p.students,
            p.from_group,
            _school(problem, p.from_group),
            p.to_group,
            p.gives,
            p.remains,
            None,
        )
        for p in found.proposals
    ]
    rows += [
        (
            s.student or "no keys",
            s.students,
            s.from_group,
            _school(problem, s.from_group),
            "–",
            None,
            None,
            s.reason,
        )
        for s in found.staying
    ]
    last = write_table(canvas, COLUMNS, rows)
    notes = list(found.caps)
    if found.proposals:
        notes.insert(
            0, "These are proposals; all of them can be followed at once. The plan is as it was."
        )
    if not rows:
        notes = ["Nobody is left over: every group gets all that it is owed."]
    for row, note in enumerate(notes, start=last + 1 + bool(rows)):
        canvas.put(row, 1, note, MUTED)


def _school(problem: Problem, group: str) -> str:
    return problem.schools[problem.service_of[group].school].name
