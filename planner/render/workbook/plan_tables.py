"""The plain tables of a plan's workbook: minutes by group, what is left out, findings."""

from math import floor

from planner.facts.problem import Problem
from planner.plan.measures import Measures
from planner.plan.plan import Plan
from planner.plan.result import Finding, Unserved
from planner.render.blocks import service_name
from planner.render.workbook.canvas import LINK, MUTED, PLAIN, Canvas, Look, Value
from planner.render.workbook.table import (
    RIGHT,
    SHARE,
    WRAPPED,
    ReportColumn,
    total_line,
    write_table,
)
from planner.render.workbook.timetable_groups import SHEET as GROUPS
from planner.rules import RULE_OF
from planner.rules.explanations import left_out
from planner.words import palette
from planner.words.wording import grades, listed

MINUTES = (
    ReportColumn("Group", 18),
    ReportColumn("School", 26),
    ReportColumn("Grade", 10),
    ReportColumn("Subject", 14),
    ReportColumn("Tier", 6, RIGHT),
    ReportColumn("Students", 10, RIGHT),
    ReportColumn("Sessions owed", 10, RIGHT),
    ReportColumn("Sessions given", 10, RIGHT),
    ReportColumn("Owed, min", 10, RIGHT),
    ReportColumn("Delivered, min", 11, RIGHT),
    ReportColumn("Missing, min", 10, RIGHT),
    ReportColumn("Served", 9, SHARE),
    ReportColumn("By", 34),
)
LEFT_OUT = (
    ReportColumn("Group or duty", 30),
    ReportColumn("School", 26),
    ReportColumn("Sessions owed", 10, RIGHT),
    ReportColumn("Sessions given", 10, RIGHT),
    ReportColumn("Reason", 90, WRAPPED),
)
FINDINGS = (
    ReportColumn("Rule", 26),
    ReportColumn("Severity", 10),
    ReportColumn("Subject", 30),
    ReportColumn("Amount", 10, RIGHT),
    ReportColumn("Unit", 14),
    ReportColumn("Message", 90, WRAPPED),
)


def write_minutes(
    canvas: Canvas, problem: Problem, measures: Measures, grids: dict[str, int]
) -> None:
    """Owed and delivered for each group, worst first; a group's name leads to its grid."""
    last = write_table(canvas, MINUTES, minutes_rows(problem, measures))
    for row, dose in enumerate(measures.groups, start=2):
        if dose.service.id in grids:
            canvas.link(row, 1, dose.service.id, GROUPS, grids[dose.service.id], LINK)
    total, sessions = measures.minutes, measures.sessions
    figures = (
        sessions.owed,
        sessions.delivered,
        total.owed,
        total.delivered,
        total.missing,
        rounded_down(total.share),
    )
    total_line(
        canvas,
        last + 1,
        ["All groups", *[None] * 5, *figures, None],
        [column.look for column in MINUTES],
    )


def minutes_rows(problem: Problem, measures: Measures) -> list[tuple[Value, ...]]:
    """A row for each group under the columns of MINUTES, worst first."""
    rows: list[tuple[Value, ...]] = []
    for dose in measures.groups:
        group = dose.service.group
        assert group
        rows.append(
            (
                group.group,
                problem.schools[group.school].name,
                grades(group.grades, problem.data.district.grades).removeprefix("Gr "),
                group.subject or "any",
                group.tier,
                dose.students,
                dose.sessions.owed,
                dose.sessions.delivered,
                dose.minutes.owed,
                dose.minutes.delivered,
                dose.minutes.missing,
                rounded_down(dose.minutes.share),
                listed([problem.person_of[person].name for person in dose.adults]) or "–",
            )
        )
    return rows


def rounded_down(share: float) -> float:
    """A share to the tenth of a percent, so that only all is shown as 100 %."""
    return floor(share * 1000) / 1000


def write_left_out(
    canvas: Canvas, problem: Problem, plan: Plan, unserved: tuple[Unserved, ...]
) -> None:
    """What got less than it is owed, and what stopped the rest; nothing at all first."""
    rows = []
    for left in left_out(problem, plan, unserved):
        service = problem.service_of[left.service]
        school = problem.schools[service.school].name if service.school else ""
        rows.append(
            (
                service_name(problem, service),
                school,
                left.sessions_owed,
                left.sessions_given,
                left.reason,
            )
        )
    last = write_table(canvas, LEFT_OUT, rows)
    if not rows:
        canvas.put(
            last + 1,
            1,
            "Nothing is left out: every group and duty gets all that it is owed.",
            MUTED,
        )


def write_findings(canvas: Canvas, findings: tuple[Finding, ...]) -> None:
    """What the independent check says: broken hard rules first."""
    ordered = sorted(findings, key=lambda f: (f.severity != "broken", f.rule, f.subject))
    rows = [
        (
            RULE_OF[f.rule].title if f.rule in RULE_OF else f.rule,
            f.severity,
            f.subject,
            f.amount,
            f.unit,
            f.message,
        )
        for f in ordered
    ]
    last = write_table(canvas, FINDINGS, rows)
    for row, finding in enumerate(ordered, start=2):
        look = Look(bold=True, colour=palette.RED) if finding.severity == "broken" else PLAIN
        canvas.put(row, 2, finding.severity, look)
    if not rows:
        canvas.put(last + 1, 1, "Nothing: the check found no broken rule.", MUTED)
