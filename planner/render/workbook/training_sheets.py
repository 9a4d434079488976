"""The sheets `training` and `deadlines`.

The first may be edited and read back; the second says who must have had which hours by when.
"""

from datetime import date

from planner.document.plan_rows import TRAINING
from planner.facts.cell_formats import clock
from planner.facts.problem import Problem
from planner.facts.training import MINUTES_AN_HOUR
from planner.plan.plan import Plan
from planner.plan.training_minutes import minutes_had
from planner.render.workbook.canvas import Canvas, Look, Value
from planner.render.workbook.table import WRAPPED, ReportColumn, write_table
from planner.rules import training

HOURS = Look(align="right", number="#,##0.##")
WIDTHS = {"staff": 22, "training": 26, "date": 14}
DEADLINES = (
    ReportColumn("Person", 26),
    ReportColumn("Job class", 30),
    ReportColumn("Training", 24),
    ReportColumn("By", 13),
    ReportColumn("Hours needed", 10, HOURS),
    ReportColumn("Hours planned", 10, HOURS),
    ReportColumn("On", 28, WRAPPED),
    ReportColumn("Still open", 70, WRAPPED),
)


def write_training(canvas: Canvas, plan: Plan) -> None:
    """Who attends which course, by training, date and person."""
    ordered = sorted(plan.training, key=lambda a: (a.training, a.date, a.start, a.staff))
    rows = [
        (a.staff, a.training, a.date.isoformat(), clock(a.start), clock(a.end)) for a in ordered
    ]
    write_table(canvas, [ReportColumn(name, WIDTHS.get(name, 11)) for name in TRAINING], rows)


def write_deadlines(canvas: Canvas, problem: Problem, plan: Plan) -> None:
    """What everybody needs, the next deadline first: what is planned for it, and what is open and
    why.
    """
    open_still = {
        v.where: v.message.split(": ", 1)[-1] for v in training.RULE.violations(problem, plan)
    }
    rows: list[tuple[Value, ...]] = []
    for need in sorted(
        problem.training_needs, key=lambda n: (n.due or date.max, n.person.called, n.training)
    ):
        name = need.person.staff
        on = [
            a.date.isoformat()
            for a in plan.training_of.get(name, ())
            if a.training == need.training
        ]
        rows.append(
            (
                need.person.called,
                problem.roles[need.person.role].title,
                need.training,
                need.due.isoformat() if need.due else None,
                need.minutes / MINUTES_AN_HOUR,
                minutes_had(plan, need) / MINUTES_AN_HOUR,
                "; ".join(on) or None,
                open_still.get((name, need.training)),
            )
        )
    write_table(canvas, DEADLINES, rows)
