"""Warn of what is allowed in a dataset and yet hardly meant.

Hidden cells that count all the same, groups that can never be served, rows that say more than a
plan can follow.

These are warnings, not faults. A group that fits in no window may be the truth about a school's
day, and the plan that leaves it out is the answer to it; its row must not keep all the other groups
from being planned.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from planner.facts.cell_formats import Reading
from planner.facts.problem import Problem
from planner.facts.row import SheetRow
from planner.facts.sheets import SHEETS
from planner.plan.contract_year import days_held
from planner.rules.explanations import never, never_because
from planner.rules.stops import shortened
from planner.sheets.consistency import calendar_rows, suspicious_rows, unusual_quantities
from planner.sheets.consistency.sheets import Sheets
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import folded, read_sheet
from planner.words.errors import Fault

NOT_LOOKED_AT = {"group": "", "students": None, "priority": 1, "tags": ()}
"""Columns of a group that do not decide whether it can be served at all."""
DOUBTFUL: tuple[Callable[[Sheets], Iterator[Fault]], ...] = (
    suspicious_rows.find_jurisdictions_without_a_preset,
    calendar_rows.find_rows_outside_of_school_days,
    calendar_rows.find_closings_without_effect,
    calendar_rows.find_overruled_rows,
    calendar_rows.find_cycle_days_on_days_without_students,
    suspicious_rows.find_days_with_and_without_students,
    suspicious_rows.find_more_sites_than_planned,
    suspicious_rows.find_duties_at_any_hour,
    suspicious_rows.find_keys_like_names,
    unusual_quantities.find_unusual_quantities,
    unusual_quantities.find_unusual_settings,
    unusual_quantities.find_times_outside_of_the_school_day,
)


def hidden(tables: Mapping[str, RawSheet]) -> Iterator[Fault]:
    """Hidden sheets, rows and columns: they are read like the others."""
    for sheet, table in tables.items():
        if table.hidden == (0,) and table.rows:
            rule, fix = (
                "the sheet is hidden; its rows count all the same.",
                "Delete them if they should not.",
            )
            yield Fault(sheet, 0, "", "", rule, fix, table.file, kind="warning")
        for row in table.hidden if table.rows and table.hidden != (0,) else ():
            rule, fix = (
                "is hidden; it counts all the same.",
                "Show it, or delete it if it should not.",
            )
            yield Fault(sheet, row, "", "", rule, fix, table.file, kind="warning")
        for written in table.hidden_columns if table.rows and table.hidden != (0,) else ():
            rule, fix = (
                "the column is hidden; it counts all the same.",
                "Show it, or delete it if it should not.",
            )
            row = table.heading_row
            yield Fault(sheet, row, written, "", rule, fix, table.file, kind="warning")


def hardly_said(tables: Mapping[str, RawSheet], reading: Reading) -> Iterator[Fault]:
    """Rows in order of which each says something that a plan does not follow."""
    sheets = Sheets(
        {sheet: read_sheet(sheet, tables[sheet], reading) for sheet in SHEETS if sheet in tables},
        reading,
    )
    for find in DOUBTFUL:
        yield from (replace(fault, kind="warning") for fault in find(sheets))


def beyond_the_calendar(problem: Problem, tables: Mapping[str, RawSheet]) -> Iterator[Fault]:
    """Job classes whose contracts have more days than the calendar holds for them: days that
    nobody can work, and that are paid.
    """
    for role in problem.data.roles:
        held = days_held(problem, role)
        if held is not None and held < role.contract_days:
            number = _row_of(tables["roles"], "role", role.role)
            rule = f"is more than the {held} days of the calendar that this job class works."
            fix = "Correct it, the column works_on, or the year and the sheet calendar."
            file, days = tables["roles"].file, str(role.contract_days)
            yield Fault("roles", number, "contract_days", days, rule, fix, file, kind="warning")


def without_a_way(problem: Problem, tables: Mapping[str, RawSheet]) -> Iterator[Fault]:
    """Places at which people may work on one day and between which no travel time is given: no plan
    takes such a way. All of them are one warning, for a region has as many as pairs of schools.
    """
    told = [(person.name, problem.without_a_way(person)) for person in problem.people]
    ways = dict.fromkeys(pair for _, pairs in told for pair in pairs)
    if ways:
        name = {school.school: school.name for school in problem.data.schools}
        between = shortened([f"{name[one]} and {name[other]}" for one, other in ways])
        who = shortened([person for person, pairs in told if pairs])
        rule = f"says no minutes between {between}, where {who} may work on one day."
        fix = "Add a row for each way that is taken; no plan takes one without."
        file = tables["travel"].file if "travel" in tables else ""
        yield Fault("travel", 0, "", "", rule, fix, file, kind="warning")


def never_served(problem: Problem, tables: Mapping[str, RawSheet]) -> Iterator[Fault]:
    """Groups and duties for which no window is long enough, or that nobody may serve, whatever else
    is planned.

    Rows that differ in nothing that matters here are looked at once.
    """
    judged: dict[SheetRow | None, str] = {}
    for service in problem.services:
        row = service.group.model_copy(update=NOT_LOOKED_AT) if service.group else service.duty
        if row not in judged:
            judged[row] = never(problem, service)
        if judged[row]:
            sheet, column = ("groups", "group") if service.group else ("duties", "duty")
            number = _row_of(tables[sheet], column, service.id)
            reason, fix = (
                never_because(problem, service, judged[row]),
                "It will be left out of the plan.",
            )
            yield Fault(sheet, number, "", "", reason, fix, tables[sheet].file, kind="warning")


def _row_of(table: RawSheet, column: str, name: str) -> int:
    heading = next(written for written in table.headings if folded(written) == column)
    return next((number for number, cells in table.rows if cells.get(heading) == name), 0)
