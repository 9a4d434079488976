"""`plan.xlsx`: a plan as planners read it, and as they may edit it."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.accounts import money
from planner.accounts.school_plan import school_plans
from planner.cost.saying import Saying
from planner.hr import hr
from planner.measures import measure
from planner.plan import Plan
from planner.problem.problem import Problem
from planner.reports import (
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
from planner.reports.canvas import Book
from planner.rescue import rescue
from planner.result import Result
from planner.slots.open_slots import open_slots
from planner.words import Words


def write_plan_workbook(path: Path, problem: Problem, result: Result, document: Mapping[str, Any]) -> None:
    """Write a result's plan as a workbook; `document` is its `plan_document`, which names the scenario.

    Raises ValueError where the result holds no plan.
    """
    if result.plan is None:
        raise ValueError("there is no plan to write")
    with _uncollected():
        _write(path, problem, result, result.plan, str(document["scenario"]))


@contextmanager
def _uncollected() -> Iterator[None]:
    """While a workbook is made, its hundreds of thousands of cells all stay: Python need not look through them for what may go."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _write(path: Path, problem: Problem, result: Result, plan: Plan, scenario: str) -> None:
    measures = measure(problem, plan)
    slots = open_slots(problem, plan)
    book = Book(problem.data.district.locale)
    summary = book.sheet("summary", portrait=True)
    summary_sheet.write(summary, problem, result, measures, scenario)
    timetable_people.write(book.sheet(timetable_people.SHEET, timetable=True), problem, plan, measures)
    timetable_schools.write(book.sheet(timetable_schools.SHEET, timetable=True), problem, plan, measures)
    grids = timetable_groups.write(book.sheet(timetable_groups.SHEET, timetable=True), problem, plan, measures)
    plan_tables.write_minutes(book.sheet("minutes"), problem, measures, grids)
    plan_tables.write_left_out(book.sheet("left out"), problem, plan, result.unserved)
    could_join_sheet.write(book.sheet("could join"), problem, rescue(problem, plan))
    open_slots_sheet.write(book.sheet(open_slots_sheet.SHEET, timetable=True), problem, slots)
    open_slots_sheet.write_free(book.sheet("who is free"), problem, plan, slots)
    plan_sheets.write_sessions(book.sheet("sessions"), problem, plan)
    plan_sheets.write_placements(book.sheet("placements"), problem, plan)
    if problem.data.training:
        training_sheets.write_training(book.sheet("training"), plan)
        training_sheets.write_deadlines(book.sheet("deadlines"), problem, plan)
    if problem.data.positions:
        _write_money(book, problem, plan)
    plan_tables.write_findings(book.sheet("findings"), result.findings)
    book.workbook.save(path)


def _write_money(book: Book, problem: Problem, plan: Plan) -> None:
    """What the plan budgets, and HR's view of it."""
    people, spent = hr(problem, plan), money(problem, plan)
    money_sheets.write_positions(book.sheet("positions"), problem, people.budget)
    money_sheets.write_funds(book.sheet("money by fund"), problem, spent)
    hr_sheets.write_people(book.sheet("hr"), people, Saying(problem.data.district))
    hr_sheets.write_differentials(book.sheet("differentials"), people)
    money_sheets.write_lines(book.sheet("cost lines"), people.budget)
    hr_sheets.write_effort(book.sheet("time and effort"), people)
    schools = [school.school for school in problem.data.schools if school.kind == "school"]
    pages = list(school_plans(problem, plan, schools))
    money_sheets.write_school_budget(book.sheet("school budget"), pages, Words(problem.data.district.locale))
