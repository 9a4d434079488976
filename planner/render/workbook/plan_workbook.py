"""`plan.xlsx`: a plan as planners read it, and as they may edit it."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from planner.access import SeenAccount, User, accounts_for, money_for, seen
from planner.document.plan_document import PlanDocument
from planner.facts.problem import Problem
from planner.funding import FundingReport, money
from planner.funding.school_plan import SchoolPlan, school_plans
from planner.hr import hr
from planner.money.ledger import Account
from planner.money.number_format import NumberFormat
from planner.money.spending import SpendingLine
from planner.plan.measures import measure
from planner.plan.plan import Plan
from planner.plan.result import Result
from planner.render.workbook import (
    account_sheet,
    could_join_sheet,
    hr_sheets,
    money_sheets,
    open_slots_sheet,
    plan_sheets,
    plan_tables,
    summary_sheet,
    timetable_groups,
    timetable_people,
    timetable_schools,
    training_sheets,
)
from planner.render.workbook.canvas import Book
from planner.slots.open_slots import open_slots
from planner.slots.rescue import rescue
from planner.words.wording import Words


@dataclass(frozen=True)
class Shown:
    """What a workbook holds for somebody who may not see everything: these sheets, and funds as
    they may see them.

    Where not `everybody` is in it who could come to its schools, nothing is said of what is short
    in any plan.
    """

    sheets: frozenset[str]
    everybody: bool = True
    money: FundingReport | None = None
    accounts: tuple[SeenAccount, ...] = ()


EVERY_SHEET = frozenset(summary_sheet.SHEETS)


def shown_to(viewer: User, problem: Problem, plan: Plan, found: FundingReport) -> Shown:
    """What the workbook of a plan holds for somebody; `problem`, `plan` and the money `found` are
    the whole ones.
    """
    sheets = frozenset(sheet for sheet in EVERY_SHEET if seen(viewer, f"sheet:{sheet}"))
    return Shown(
        sheets,
        viewer.sees_every_school,
        money_for(viewer, problem, found),
        accounts_for(viewer, problem, plan, found),
    )


def write_plan_workbook(
    path: Path,
    problem: Problem,
    result: Result,
    document: PlanDocument,
    shown: Shown | None = None,
) -> None:
    """Write a result's plan as a workbook; `document` is its `plan_document`, which names the
    scenario.

    Where `shown` is given, problem and result are what somebody may see (`planner.access`). Raises
    ValueError where the result holds no plan.
    """
    if result.plan is None:
        raise ValueError("there is no plan to write")
    with _uncollected():
        _write(path, problem, result, result.plan, document.scenario, shown)


@contextmanager
def _uncollected() -> Iterator[None]:
    """While a workbook is made, its hundreds of thousands of cells all stay: Python need not look
    through them for what may go.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _write(
    path: Path, problem: Problem, result: Result, plan: Plan, scenario: str, shown: Shown | None
) -> None:
    sheets = shown.sheets if shown else EVERY_SHEET
    measures = measure(problem, plan)
    slots = open_slots(problem, plan)
    if shown and not shown.everybody:
        slots = replace(
            slots, grades=tuple(replace(grade, short=0) for grade in slots.grades), shortages=()
        )
    book = Book(problem.data.district.locale)
    summary = book.sheet("summary", portrait=True)
    summary_sheet.write(summary, problem, result, measures, scenario, sheets)
    timetable_people.write(
        book.sheet(timetable_people.SHEET, timetable=True), problem, plan, measures
    )
    timetable_schools.write(
        book.sheet(timetable_schools.SHEET, timetable=True), problem, plan, measures
    )
    grids = timetable_groups.write(
        book.sheet(timetable_groups.SHEET, timetable=True), problem, plan, measures
    )
    plan_tables.write_minutes(book.sheet("minutes"), problem, measures, grids)
    plan_tables.write_left_out(book.sheet("left out"), problem, plan, result.unserved)
    if "could join" in sheets:
        could_join_sheet.write(book.sheet("could join"), problem, rescue(problem, plan))
    open_slots_sheet.write(book.sheet(open_slots_sheet.SHEET, timetable=True), problem, slots)
    open_slots_sheet.write_free(book.sheet("who is free"), problem, plan, slots)
    plan_sheets.write_sessions(book.sheet("sessions"), problem, plan)
    plan_sheets.write_placements(book.sheet("placements"), problem, plan)
    if problem.data.training:
        training_sheets.write_training(book.sheet("training"), plan)
        training_sheets.write_deadlines(book.sheet("deadlines"), problem, plan)
    if problem.data.positions:
        write_money(book, problem, plan, shown)
    plan_tables.write_findings(book.sheet("findings"), result.findings)
    book.save(path)


def write_money(book: Book, problem: Problem, plan: Plan, shown: Shown | None) -> None:
    """What the plan budgets, and HR's view of it; of each sheet as much as may be shown."""
    sheets = shown.sheets if shown else EVERY_SHEET
    people, spent = hr(problem, plan), shown.money if shown else money(problem, plan)
    money_sheets.write_positions(book.sheet("positions"), problem, people.budget)
    if spent:
        money_sheets.write_funds(book.sheet("money by fund"), problem, spent)
    elif "money by fund" in sheets:
        account_sheet.write(book.sheet("money by fund"), problem, shown.accounts if shown else ())
    if "hr" in sheets:
        hr_sheets.write_people(book.sheet("hr"), people, NumberFormat(problem.data.district))
    if "differentials" in sheets:
        hr_sheets.write_differentials(book.sheet("differentials"), people)
    if "cost lines" in sheets:
        money_sheets.write_lines(book.sheet("cost lines"), people.budget)
    if "time and effort" in sheets:
        hr_sheets.write_effort(book.sheet("time and effort"), people)
    if "school budget" in sheets:
        schools = [school.school for school in problem.data.schools if school.kind == "school"]
        pages = school_plans(problem, plan, schools)
        if shown:
            pages = (
                replace(page, accounts=_accounts_of(page, spent), lines=_lines_of(page, spent))
                for page in pages
            )
        money_sheets.write_school_budget(
            book.sheet("school budget"), list(pages), Words(problem.data.district.locale)
        )


def _accounts_of(page: SchoolPlan, spent: FundingReport | None) -> tuple[Account, ...]:
    """A page's accounts as they are where everything is known of money; none where it is not."""
    named = {account.fund for account in page.accounts}
    return tuple(account for account in spent.accounts if account.fund in named) if spent else ()


def _lines_of(page: SchoolPlan, spent: FundingReport | None) -> tuple[SpendingLine, ...]:
    """What is paid for a page's school beside positions, as far as it may be told."""
    if spent is None:
        return tuple(line for line in page.lines if not line.tells_pay)
    return tuple(line for line in spent.lines if line.school == page.school)
