"""What a dataset says clearly and no rule allows, or no plan can follow: warnings, never faults.

A fault is what cannot be understood. These are:

- a cell that is not of its column's form or range, or is blank where something is needed;
- a name that stands for nothing, or for two things;
- two cells that cannot both be meant (a shift and an FTE that differ, an end before its start), or
  one that says the same thing twice;
- more than any plan could hold a place for (more sessions than the cycle has days).

Whoever reads the row may be wrong about it, so that nothing can be planned before it is mended. All
else is understood, and has its figure: money that is short, percentages that do not make a whole,
a credential that is missing, a decision about somebody who has left. It breaks a rule, or is not
followed, and is said with the dataset, by `hr` and `funds` and of every plan. Nobody's timetable
waits for it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from planner.facts.cell_formats import clock
from planner.facts.decisions import Pin
from planner.facts.funds import Position
from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.money.budgeted import planned
from planner.money.journal import journal, without_codes
from planner.plan.plan import Plan
from planner.plan.position_choices import choices, no_choice
from planner.plan.positions import staff_row
from planner.rules.credentials import missing_credentials
from planner.rules.duty_free_lunch import RULE as LUNCH
from planner.rules.duty_free_lunch import has_room
from planner.rules.pins import absent
from planner.rules.rule import Strength
from planner.rules.settings import setting_of
from planner.sheets.consistency import assigned, money
from planner.sheets.consistency.sheets import Sheets
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import read_sheet
from planner.words.errors import Fault
from planner.words.wording import listed

LOOKED_AT = (
    "district",
    "roles",
    "allowances",
    "funds",
    "staff",
    "positions",
    "assignments",
    "pins",
    "rules",
)


def find_people_without_credentials(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """People who lack what their job class asks for."""
    rows = sheets.by_id(Staff)
    for violation in missing_credentials(problem):
        fix = "Write the credential with its date; until then hr counts it as a broken rule."
        yield sheets.fault(rows[violation.where[0]], "credentials", violation.message, fix)


def find_decisions_for_who_is_not_there(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """Pins of people whose employment does not hold on the planned day."""
    for pin in sheets.of(Pin):
        if reason := absent(problem, pin):
            kept = (
                "No plan can keep a session of theirs."
                if pin.kind == "session"
                else "The decision changes nothing."
            )
            yield sheets.fault(pin, "staff", f"{reason} {kept}", "Delete the pin, or name another.")


def find_decisions_for_what_cannot_be(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """Pins of positions to what these cannot be."""
    for pin in sheets.of(Pin):
        if reason := no_choice(problem, pin):
            column = next(column for column in ("value", "school", "staff") if getattr(pin, column))
            fix = "Change the pin, or what positions and roles say of it."
            yield sheets.fault(pin, column, f"{reason}; the decision is not taken.", fix)


def find_shifts_without_room_for_lunch(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """People whose contract leaves no week in which each day holds its lunch; and positions that
    would be hired so.
    """
    if setting_of(problem, LUNCH).strengths == {Strength.OFF}:
        return
    staff, positions = sheets.by_id(Staff), sheets.by_id(Position)
    for person in problem.people:
        if reason := _no_lunch(problem, person):
            fix = (
                "Write another start, another lunch_from or lunch_to in roles, or let the rule "
                "duty_free_lunch say from which lunch_shift on a shift has a lunch."
            )
            yield sheets.fault(staff[person.id], "start", f"{reason} No plan can be made.", fix)
    for row in problem.data.positions:
        reason = ""
        for choice in choices(problem, row) if row.status != "filled" else ():
            reason = _no_lunch(problem, problem.person(staff_row(problem, choice.staff, (choice,))))
            if not reason:
                break
        if reason:
            fix = "Write another fte or week_minutes, or another lunch_from or lunch_to in roles."
            yield sheets.fault(
                positions[row.position], "position", f"{reason} It will not be bought.", fix
            )


def _no_lunch(problem: Problem, person: Person) -> str:
    """Why no week of a person holds its lunches, as a sentence; blank where one may."""
    hard = setting_of(problem, LUNCH).at(problem.scopes((person.role.role,)))
    if hard.strength is not Strength.HARD:
        return ""
    most: dict[str, int] = {}
    without: list[Shift] = []
    for shift in person.shifts:
        if has_room(person, shift.day, shift.start, shift.end):
            most[shift.day] = max(shift.obligation, most.get(shift.day, 0))
        else:
            without.append(shift)
    if not without or sum(most.values()) >= person.obligation:
        return ""
    shift, role = without[0], person.role
    named = {shift.day for shift in without}
    days = listed([day for day in problem.cycle if day in named])
    begin, end = (
        "any time" if time is None else clock(time) for time in (role.lunch_from, role.lunch_to)
    )
    window = "" if begin == end else f" between {begin} and {end}"
    return (
        f"{person.name} works {clock(shift.start)}-{clock(shift.end)} on {days}, which leaves no "
        f"room for {shift.lunch_minutes} minutes of lunch{window}."
    )


def find_money_without_an_account(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """Segments of accounts that have no code for money that is budgeted."""
    if not problem.data.district.account_format or not problem.data.pay:
        return
    budget = planned(problem, Plan())
    for sentence in without_codes(journal(problem, budget, Plan(), monthly=False)):
        fix = "Add a row to the sheet accounts; until then the journal has a ? in its place."
        yield Fault("accounts", 0, "", "", sentence, fix)


ROWS: tuple[Callable[[Sheets], Iterator[Fault]], ...] = (
    money.find_funding_that_is_not_whole,
    assigned.find_funding_of_assignments_that_is_not_whole,
    assigned.find_assignments_outside_employment,
    money.find_allowance_funding_that_is_not_whole,
    money.find_allowances_of_other_roles,
    money.find_funds_that_expire_before_a_position,
    money.find_grants_that_give_less_than_the_year,
)
FACTS: tuple[Callable[[Sheets, Problem], Iterator[Fault]], ...] = (
    find_people_without_credentials,
    find_decisions_for_who_is_not_there,
    find_decisions_for_what_cannot_be,
    find_shifts_without_room_for_lunch,
    find_money_without_an_account,
)


def find_broken_rules(problem: Problem, tables: Mapping[str, RawSheet]) -> Iterator[Fault]:
    """Everything of this kind in sheets without a fault, as warnings at their cells."""
    reading = problem.data.reading
    sheets = Sheets(
        {name: read_sheet(name, tables[name], reading) for name in LOOKED_AT if name in tables},
        reading,
    )
    by_row: Iterable[Fault] = (fault for find in ROWS for fault in find(sheets))
    by_fact: Iterable[Fault] = (fault for find in FACTS for fault in find(sheets, problem))
    yield from (replace(fault, kind="warning") for fault in (*by_row, *by_fact))
