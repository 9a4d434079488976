"""The sheet `summary`: what the plan does, in a sentence and on one page, and where to read on."""

from collections.abc import Container

from planner.facts.problem import Problem
from planner.hr.cuts import cut_headline, cut_positions
from planner.money.head_count import fte_by_role
from planner.plan.measures import Dose, Measures
from planner.plan.plan import Plan
from planner.plan.result import Result, Status
from planner.render.workbook.canvas import BOLD, HEADING, MUTED, PLAIN, TITLE, Canvas, Look
from planner.render.workbook.table import RIGHT, ReportColumn, total_line, write_table
from planner.rules.goals.goal_text import goal_text
from planner.words import palette
from planner.words.wording import Words, listed, period

COLUMNS = (34, 16, 16, 16, 16, 40)
SECTION = Look(size=12, bold=True)
FIGURE = Look(align="right")
SHEETS = {
    "timetable people": "a page for each person: the week, to scale",
    "timetable schools": "a page for each school: who is with which group, where and when",
    "timetable groups": "a small grid for each group",
    "minutes": "owed and delivered, group by group, worst first",
    "left out": "what gets less than it is owed, and what stops the rest",
    "could join": "students who are left over, and the groups that they could join",
    "open slots": "when each grade can be served: usable, taken and free; which grade is short in "
    "any plan",
    "who is free": "the open stretches of 20 minutes or more, with the adults who are free then",
    "sessions": "the plan itself; edit it here and have it checked with: planner check plan.xlsx "
    "--data …",
    "placements": "everybody's school, shift, lunch and preparation, day by day; may be edited "
    "like sessions",
    "training": "who attends which course of training, and when; may be edited like sessions",
    "deadlines": "the hours of training that everybody needs, by when, and what is still open",
    "positions": "what is budgeted: every position with its funds and what it costs",
    "money by fund": "allocated, held back, planned and left; what each fund buys",
    "hr": "a row a person and position: hours, days, funds, credentials, training",
    "differentials": "each allowance beside its position, fund by fund, with budget items",
    "cost lines": "pay, allowances and employer costs with their formulas, to the cent",
    "time and effort": "whose students the minutes go to, beside what each fund pays (planned)",
    "school budget": "a page for each school: need, activity, fund, percentage and amount",
    "findings": "what the independent check found",
}
MONEY = (
    "positions",
    "money by fund",
    "hr",
    "differentials",
    "cost lines",
    "time and effort",
    "school budget",
)
"""Sheets of districts with positions alone."""


def write(
    canvas: Canvas,
    problem: Problem,
    result: Result,
    measures: Measures,
    scenario: str,
    sheets: Container[str] = tuple(SHEETS),
) -> None:
    """Draw the sheet; `sheets` are those of the workbook to which it leads."""
    words = Words(problem.data.district.locale)
    for column, width in enumerate(COLUMNS, start=1):
        canvas.widths(column, width * 5.6)
    canvas.put(1, 1, scenario or problem.name or "Plan", TITLE)
    canvas.heights(1, 1, 26)
    district = problem.data.district
    canvas.put(
        2,
        1,
        f"{district.name} · {period(problem.cycle)} of {words.day(district.day_planned)}",
        MUTED,
    )
    row = 4
    plan = result.plan or Plan()
    told = (
        cut_headline(problem, plan),
        served(measures, result, words),
        nothing_to_plan(problem, plan, words),
        searched(result),
        checked(result, words),
    )
    for sentence in filter(None, told):
        broken = sentence == told[0] or (
            sentence.endswith("see findings.")
            and any(f.severity == "broken" for f in result.findings)
        )
        colour = palette.RED if broken else palette.TEXT
        canvas.across(row, 1, len(COLUMNS), sentence, Look(size=11, wrap=True, colour=colour))
        canvas.heights(row, row, 15.0 * (1 + len(sentence) // 138))
        row += 1
    row = _goals(canvas, result, words, row + 1)
    tiers = {f"Tier {tier}": dose for tier, dose in measures.tiers.items()}
    row = _doses(canvas, words, row + 2, "By tier", tiers, measures)
    names = {problem.schools[school].name: dose for school, dose in measures.schools.items()}
    row = _doses(canvas, words, row + 2, "By school, worst first", names, measures)
    row = _figures(canvas, problem, plan, measures, words, row + 2)
    _links(canvas, problem, row + 2, sheets)


def served(measures: Measures, result: Result, words: Words) -> str:
    """`Served 94 % of tier 3 minutes and 91 % of tier 2. Two groups are left out; see left out.`
    Blank where there is no group.
    """
    shares = [
        f"{words.percent(dose.share)} of tier {tier}" for tier, dose in measures.tiers.items()
    ]
    if not shares:
        return ""
    shares[0] += " minutes"
    text = f"Served {listed(shares)}. "
    out = len(measures.left_out)
    partly = sum(1 for group in measures.groups if group.minutes.missing and not group.left_out)
    if not out and not partly:
        return text + "Every group gets all that it is owed."
    parts = [f"{words.counted(out, 'group')} {'is' if out == 1 else 'are'} left out"] if out else []
    if partly:
        said_partly = words.counted(partly, "group")
        said_partly = said_partly.lower() if parts else said_partly
        parts.append(f"{said_partly} {'gets' if partly == 1 else 'get'} less than owed")
    return f"{text}{listed(parts)}; see left out."


def nothing_to_plan(problem: Problem, plan: Plan, words: Words) -> str:
    """What a dataset lacks on the planned day, so that a plan holds less than somebody may expect;
    blank where it lacks nothing.
    """
    day = words.day(problem.data.district.day_planned)
    if not problem.people and cut_positions(problem, plan):
        return "Nobody is left whose work could be planned."
    if not problem.people:
        return f"Nobody is under contract on {day}, so there is nobody whose work could be planned."
    if not problem.services:
        return (
            f"There is no group and no duty on {day}: the plan holds everybody's working "
            "hours alone."
        )
    return (
        ""
        if problem.groups
        else f"There is no group to serve on {day}: the plan holds working hours and duties alone."
    )


def searched(result: Result) -> str:
    """How far the search came."""
    if result.status is Status.OPTIMAL:
        return (
            "Every goal is proved best: nothing better is possible under these rules, in this "
            "order of goals."
        )
    stopped = {
        "deadline": "The search stopped at its deadline",
        "interrupt": "The search was stopped by hand",
    }
    begin = stopped.get(result.stopped, "The search has ended")
    return f"{begin}; the table says what is still possible."


def checked(result: Result, words: Words) -> str:
    """What the independent check found."""
    broken = sum(1 for finding in result.findings if finding.severity == "broken")
    noted = len(result.findings) - broken
    if not result.findings:
        return "The independent check found no broken rule."
    parts = []
    if broken:
        parts.append(words.count(broken, "breach of a hard rule", "breaches of hard rules"))
    if noted:
        parts.append(words.count(noted, "note"))
    return f"The independent check found {listed(parts)}; see findings."


def _section(canvas: Canvas, row: int, title: str) -> int:
    canvas.put(row, 1, title, SECTION)
    canvas.heights(row, row, 20)
    return row + 1


def _goals(canvas: Canvas, result: Result, words: Words, row: int) -> int:
    row = _section(canvas, row, "Goals, the first matters most")
    canvas.put(row, 1, "Goal", HEADING)
    canvas.put(row, 2, "Reached", HEADING.but(align="right"))
    canvas.across(row, 3, 4, "Unit", HEADING.but(indent=1))
    canvas.across(row, 5, 6, "What is still possible", HEADING)
    for place, goal in enumerate(result.goals, start=row + 1):
        told = goal_text(goal, words)
        canvas.put(place, 1, told.title)
        canvas.put(place, 2, told.value, FIGURE)
        canvas.across(place, 3, 4, told.unit, MUTED.but(wrap=True, indent=1))
        canvas.across(place, 5, 6, told.possible, BOLD if goal.proved else PLAIN)
        canvas.heights(place, place, 13.5 * (1 + len(told.unit) // 34))
    return row + len(result.goals)


def _doses(
    canvas: Canvas, words: Words, row: int, title: str, doses: dict[str, Dose], measures: Measures
) -> int:
    row = _section(canvas, row, title)
    columns = [
        ReportColumn("", 34),
        ReportColumn("Owed, min", 16, RIGHT),
        ReportColumn("Delivered, min", 16, RIGHT),
        ReportColumn("Missing, min", 16, RIGHT),
        ReportColumn("Served", 16, FIGURE),
    ]
    rows = [_dose_row(name, dose, words) for name, dose in doses.items()]
    row = write_table(canvas, columns, rows, row, whole=False)
    total_line(
        canvas,
        row + 1,
        _dose_row("All", measures.minutes, words),
        [column.look for column in columns],
    )
    return row + 1


def _dose_row(name: str, dose: Dose, words: Words) -> tuple[str, int, int, int, str]:
    return name, dose.owed, dose.delivered, dose.missing, words.percent(dose.share, 1)


def _figures(
    canvas: Canvas, problem: Problem, plan: Plan, measures: Measures, words: Words, row: int
) -> int:
    """Students, sessions, staff, continuity."""
    row = _section(canvas, row, "Further figures")
    continuity = measures.continuity
    lines: list[tuple[str, str, str]] = [
        (
            "Students served",
            words.number(measures.students.delivered),
            f"of {words.number(measures.students.owed)}",
        ),
        (
            "Sessions given",
            words.number(measures.sessions.delivered),
            f"of {words.number(measures.sessions.owed)}",
        ),
        (
            "Adults a served group sees",
            words.number(continuity.adults_a_group, 2),
            f"{words.number(continuity.with_one_adult)} of {words.number(continuity.groups)} see "
            "one adult only",
        ),
    ]
    if len(measures.schools) > 1:
        lines.append(
            (
                "Best and worst school apart by",
                words.percent(measures.spread, 1),
                "of what they are owed",
            )
        )
    if measures.deadlines.owed:
        met, owed = (
            words.number(measures.deadlines.delivered),
            words.number(measures.deadlines.owed),
        )
        lines.append(("Deadlines of training met", met, f"of {owed}; see deadlines"))
    for role in fte_by_role(problem, plan):
        people = words.count(role.people, "person", "people")
        lines.append((problem.roles[role.role].title, words.fte(role.fte), f"FTE, {people}"))
    for place, (name, figure, note) in enumerate(lines, start=row):
        canvas.put(place, 1, name)
        canvas.put(place, 2, figure, FIGURE)
        canvas.put(place, 3, note, MUTED.but(indent=1))
    return row + len(lines) - 1


def _links(canvas: Canvas, problem: Problem, row: int, written: Container[str]) -> None:
    row = _section(canvas, row, "Read on")
    without = (
        *(() if problem.data.training else ("training", "deadlines")),
        *(() if problem.data.positions else MONEY),
    )
    sheets = {
        sheet: what for sheet, what in SHEETS.items() if sheet in written and sheet not in without
    }
    for place, (sheet, what) in enumerate(sheets.items(), start=row):
        canvas.link(place, 1, sheet, sheet)
        canvas.put(place, 2, what, MUTED)
