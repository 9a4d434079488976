"""The shifts and days that each person may work, and what is left of them beside lunch, rest and
preparation.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.plan.contract_year import contract_days, dates_at, fewest_dates, fixed_dates
from planner.plan.plan import Attendance, Placement, Plan
from planner.rules.consecutive_contact import RULE as ON_END
from planner.rules.contact_minutes import RULE as CONTACT
from planner.rules.contact_week import RULE as CONTACT_WEEK
from planner.rules.contract_days import RULE as CONTRACT_DAYS
from planner.rules.duty_free_lunch import RULE as LUNCH
from planner.rules.meal_period import RULE as MEAL
from planner.rules.preparation import RULE as PREPARATION
from planner.rules.rest_breaks import RULE as REST
from planner.rules.rule import Rule
from planner.rules.settings import parameter
from planner.rules.sites import RULE as SITES
from solver.timetable.construct.arrays import NO_LIMIT, Ints, ints, table
from solver.timetable.construct.strengths import Strengths

MOST_PATTERNS = 64
"""The most ways of spreading a contract over the days that are looked at."""


Held = Mapping[tuple[str, str], tuple[Shift, ...]]
"""The shifts of which a person must work one on a day, where it may not be any."""


def held_by(problem: Problem, fixed: Plan, *, all_days: bool) -> Held:
    """The shifts of days on which something must be; of all of them where people stay as they are
    or are kept away from somewhere.
    """
    pinned = {
        (pin.staff, day)
        for pin in problem.pins
        if pin.kind in ("placement", "lunch")
        for day in pin.day or problem.cycle
    }

    return {
        spot: _held(problem, fixed, spot, placed)
        for spot, placed in fixed.placed.items()
        if all_days or spot in pinned or fixed.day_of.get(spot)
    }


def _held(
    problem: Problem, fixed: Plan, spot: tuple[str, str], placed: Sequence[Placement]
) -> tuple[Shift, ...]:
    """The shift that is worked; of a day at two schools, those at the school of the first session
    in it that hold all of them.
    """
    sessions = sorted(fixed.day_of.get(spot, ()), key=lambda session: session.start)
    there = {placement.school for placement in placed}
    schools = [session.school for session in sessions if session.school in there]
    school = schools[0] if schools else placed[0].school
    shifts = [
        shift
        for shift in problem.shifts_of(problem.person_of[spot[0]], spot[1])
        if shift.school == school
    ]
    worked = [s for s in shifts if (s.start, s.end) == (placed[0].start, placed[-1].end)]
    holding = [
        shift
        for shift in shifts
        if all(shift.start <= session.start and session.end <= shift.end for session in sessions)
    ]
    return tuple(worked or holding)


def shifts_of(
    problem: Problem,
    rules: Strengths,
    people: Sequence[Person],
    school_number: Mapping[str, int],
    held: Held,
) -> tuple[tuple[Shift, ...], Ints, Ints]:
    """The shifts of each person's day; pointers to them, and their table."""
    pointers, found = [0], []
    rows: list[tuple[int, ...]] = []
    for person in people:
        for day in problem.cycle:
            only = held.get((person.id, day))
            for shift in problem.shifts_of(person, day):
                if only is not None and shift not in only:
                    continue
                found.append(shift)
                rows.append(_shift(problem, rules, person, shift, school_number[shift.school]))
            pointers.append(len(found))
    return tuple(found), ints(pointers), table(rows, 8)


def _shift(
    problem: Problem, rules: Strengths, person: Person, shift: Shift, school: int
) -> tuple[int, ...]:
    lunch = shift.lunch_minutes if rules.is_on(LUNCH, person.id) else 0
    soonest, latest = person.lunch_window(shift.start, shift.end)
    if lunch and person.hourly and rules.is_on(MEAL, person.id, shift.day):
        meal_from, meal_to, after = (
            parameter(problem, MEAL, key, (person.id, shift.day)) or 0
            for key in ("meal_from", "meal_to", "meal_after")
        )
        if shift.end - shift.start > after:
            soonest = max(soonest, shift.start + meal_from, shift.end - after - lunch)
            latest = min(latest, shift.start + meal_to + lunch)
    most_work = NO_LIMIT
    if rests(rules, person):
        rest = rest_of(problem, person, "rest_minutes")
        per = rest_of(problem, person, "rest_per")
        prepares = person.role.prep_minutes if rules.is_on(PREPARATION, person.id) else 0
        most_work = shift.obligation - rest * (shift.obligation // per) - prepares
    return (
        school,
        shift.start,
        shift.end,
        shift.obligation,
        lunch,
        soonest,
        latest,
        most_work,
    )


def limits_of(
    problem: Problem, rules: Strengths, people: Iterable[Person], *, staying: bool
) -> Ints:
    """What each person's job class asks for and allows."""
    return table((_limits(problem, rules, person, staying=staying) for person in people), 11)


def _limits(
    problem: Problem, rules: Strengths, person: Person, *, staying: bool
) -> tuple[int, ...]:
    role, rested = person.role, rests(rules, person)

    def most(figure: int | None, rule: Rule) -> int:
        return figure if figure is not None and rules.is_on(rule, person.id) else NO_LIMIT

    return (
        role.prep_minutes if rules.is_on(PREPARATION, person.id) else 0,
        most(role.max_contact_minutes, CONTACT),
        most(role.max_consecutive_minutes, ON_END),
        role.break_minutes,
        rest_of(problem, person, "work_without_rest") if rested else NO_LIMIT,
        rest_of(problem, person, "rest_minutes") if rested else 0,
        most(role.max_sites, SITES),
        int(person.moves and not staying),
        int(len({shift.school for shift in person.shifts}) > 1),
        role.prep_minutes,
        most(
            min(
                (
                    limit
                    for limit in map(person.most_contact, range(len(problem.weeks)))
                    if limit is not None
                ),
                default=None,
            ),
            CONTACT_WEEK,
        ),
    )


def rests(rules: Strengths, person: Person) -> bool:
    """Whether somebody has minutes of rest in a shift."""
    return person.hourly and rules.is_on(REST, person.id)


def rest_of(problem: Problem, person: Person, key: str) -> int:
    """A parameter of the rule on rest, in minutes, as it holds for somebody."""
    return parameter(problem, REST, key, (person.id,)) or 0


def patterns_of(
    problem: Problem,
    rules: Strengths,
    people: Sequence[Person],
    training: Iterable[Attendance],
    held: Held,
) -> tuple[Ints, Ints]:
    """Each person's ways of spreading the contract over the days, those that are legal first."""
    attended: defaultdict[str, list[Attendance]] = defaultdict(list)
    for attendance in training:
        attended[attendance.staff].append(attendance)
    pointers, rows = [0], []
    for person in people:
        found = spread(person, problem.cycle)
        if len(found) > 1 and problem.calendar.known and rules.is_on(CONTRACT_DAYS, person.id):
            found = _within_contract(problem, person, found, attended[person.id])
        found = _with_held(problem, person, found, held)
        rows += found or [tuple(0 for _ in problem.cycle)]
        pointers.append(len(rows))
    return ints(pointers), np.array(rows, np.int64).reshape(len(rows), len(problem.cycle))


def spread(person: Person, cycle: Sequence[str]) -> list[tuple[int, ...]]:
    """Minutes of duty a day that come to the contract, in every way (or in many of them)."""
    lengths = [
        sorted({shift.obligation for shift in person.shifts if shift.day == day}, reverse=True)
        for day in cycle
    ]
    full, most_days = person.role.obligation_minutes, person.most_days
    found: list[tuple[int, ...]] = []

    def choose(day: int, left: int, short: int, chosen: tuple[int, ...]) -> None:
        worked = sum(minutes > 0 for minutes in chosen)
        if len(found) >= MOST_PATTERNS or left < 0 or worked > most_days:
            return
        if day == len(cycle):
            if not left:
                found.append(chosen)
            return
        for minutes in (*lengths[day], 0):
            is_short = bool(person.works_full_days and 0 < minutes < full)
            if short + is_short <= 1:
                choose(day + 1, left - minutes, short + is_short, (*chosen, minutes))

    choose(0, person.obligation, 0, ())
    return found


def _with_held(
    problem: Problem, person: Person, found: list[tuple[int, ...]], held: Held
) -> list[tuple[int, ...]]:
    """Those that work the shifts that must be."""
    duties = {
        place: {shift.obligation for shift in held[person.id, day]}
        for place, day in enumerate(problem.cycle)
        if held.get((person.id, day))
    }
    return [
        pattern
        for pattern in found
        if all(pattern[place] in minutes for place, minutes in duties.items())
    ]


def _within_contract(
    problem: Problem,
    person: Person,
    found: list[tuple[int, ...]],
    attended: Iterable[Attendance],
) -> list[tuple[int, ...]]:
    fixed = fixed_dates(problem, person, [attendance.date for attendance in attended])
    limit = max(contract_days(problem, person), fewest_dates(problem, person, fixed) or 0)
    dates = {
        day: max(
            (
                len(set(dates_at(problem, person, day, shift.school)) - fixed)
                for shift in problem.shifts_of(person, day)
            ),
            default=0,
        )
        for day in problem.cycle
    }

    def worked(pattern: tuple[int, ...]) -> int:
        return len(fixed) + sum(
            dates[day] for day, minutes in zip(problem.cycle, pattern, strict=True) if minutes
        )

    return [pattern for pattern in found if worked(pattern) <= limit] or found
