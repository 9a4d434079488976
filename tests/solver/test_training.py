"""Who attends which course: the model against every assignment of tiny cases that the checkers
accept; a law's deadlines.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, combinations
from random import Random

import pytest

from planner.facts.problem import Problem
from planner.facts.training import Course
from planner.plan.contract_year import fewest_dates, work_year
from planner.plan.plan import Attendance, Plan
from planner.plan.result import Status
from planner.rules import settings_of, training, training_seats
from planner.rules.goals import soft_rules
from planner.rules.rule import Setting, Strength
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.training.assign_training import plan_training
from tests.planner.planned import problem
from tests.slow import quick_and_slow

STAFF = "staff,name,role,fte,schools,hire_date,end_date,credentials\n"
TRAINING = "training,roles,hours,due,hired_from,hired_to,grants,waived_by\n"
OFFERINGS = "training,date,start,end,seats\n"
YEAR = "name,year_start,year_end,plan_date\nSmall,2025-09-03,2026-06-18,2025-10-06\n"


def district(staff: list[str], needed: list[str], offered: list[str]) -> Problem:
    return problem(
        district=YEAR,
        staff=STAFF + "".join(f"{row}\n" for row in staff),
        training=TRAINING + "".join(f"{row}\n" for row in needed),
        offerings=OFFERINGS + "".join(f"{row}\n" for row in offered),
        groups=None,
        members=None,
        duties=None,
    )


def found(facts: Problem) -> Plan:
    return Plan((), (), plan_training(facts, settings_of(facts)).attendances)


def said(facts: Problem, plan: Plan) -> list[tuple[tuple[str, ...], int, str]]:
    return [(v.where, v.amount, v.message) for v in training.RULE.violations(facts, plan)]


# -- every assignment of tiny cases


def random_case(seed: int) -> Problem:
    """Two to four people, two trainings, four or five courses: some overlap, some are longer, seats
    are few.
    """
    draw = Random(seed)
    first = date(2025, 10, 6)
    staff = [
        f"P{n},,para,1,elm,{draw.choice(['', '2025-09-10', '2025-10-07'])},{draw.choice(['', '', '2025-10-10'])},"
        for n in range(draw.randint(2, 3))
    ]
    needed = [
        f"{name},,{draw.choice(['2', '4', '5'])},{draw.choice(['10-08', '10-09'])},,,,"
        for name in ("a", "b")
    ]
    even = draw.random() < 0.5
    offered = []
    for number in range(draw.randint(4, 5)):
        day = first + timedelta(days=number if even else draw.randrange(4))
        start = 8 if even else draw.choice([8, 9, 10])
        end = start + (2 if even else draw.choice([1, 2, 3]))
        offered.append(
            f"{draw.choice('ab')},{day.isoformat()},{start:02d}:00,{end:02d}:00,{draw.choice(['', '1', '1', '2'])}"
        )
    return district(staff, needed, offered)


def every_plan(facts: Problem) -> Iterator[Plan]:
    """Every set of attendances that somebody could want."""
    wanted = {
        Attendance(need.person.staff, c.training, c.date, c.start, c.end)
        for need in facts.training_needs
        for c in facts.courses
        if need.serves(c)
    }
    every = sorted(wanted)
    for chosen in chain.from_iterable(
        combinations(every, count) for count in range(len(every) + 1)
    ):
        yield Plan((), (), chosen)


def reached(facts: Problem, plan: Plan) -> tuple[int, int, int]:
    """The three aims, recomputed: deadlines met, minutes that count, minus the lateness of what is
    attended.
    """
    had = [min(training.minutes_had(plan, need), need.minutes) for need in facts.training_needs]
    met = sum(
        1
        for minutes, need in zip(had, facts.training_needs, strict=True)
        if minutes == need.minutes
    )
    useful = [c for c in facts.courses if any(need.serves(c) for need in facts.training_needs)]
    first = min((course.date for course in useful), default=date.max)
    return met, sum(had), -sum((a.date - first).days + 1 for a in plan.training)


@pytest.mark.parametrize("seed", quick_and_slow(range(1, 8), [0, *range(8, 16)]))
def test_the_model_finds_what_the_checkers_call_best(seed: int):
    facts = random_case(seed)
    legal = (
        plan
        for plan in every_plan(facts)
        if next(training_seats.RULE.violations(facts, plan), None) is None
    )
    best = max(reached(facts, plan) for plan in legal)
    plan = found(facts)
    assert list(training_seats.RULE.violations(facts, plan)) == []
    assert reached(facts, plan) == best


@pytest.mark.parametrize("seed", quick_and_slow([1, 2], [0, 3]))
def test_what_it_costs_is_the_checkers_amount(seed: int):
    facts = random_case(seed)
    result = plan_training(facts, settings_of(facts) | {"training": Setting(Strength.SOFT, 3)})
    amounts = sum(
        v.amount for v in training.RULE.violations(facts, Plan((), (), result.attendances))
    )
    assert result.cost == 3 * amounts
    legal = (
        plan
        for plan in every_plan(facts)
        if next(training_seats.RULE.violations(facts, plan), None) is None
    )
    assert result.bound <= min(
        3 * sum(v.amount for v in training.RULE.violations(facts, plan)) for plan in legal
    )


def test_off_nothing_is_planned():
    facts = random_case(1)
    assert (
        plan_training(facts, settings_of(facts) | {"training": Setting(Strength.OFF)}).attendances
        == ()
    )


# -- the checkers' sentences

FCS = [
    "fcs-12,para,14,hire+4 months,2025-09-03,,,fcs",
    "fcs-34,para,14,hire+6 months;09-01 next year,2025-09-03,,fcs,fcs",
]
DECEMBER = ["P1,Para 1,para,0.875,elm,2025-12-15,,"]


def deadlines(staff: str, *needed: str) -> list[tuple[str, str]]:
    facts = district([staff], list(needed), [])
    return [
        (need.training, need.due.isoformat() if need.due else "") for need in facts.training_needs
    ]


def test_the_deadlines_of_somebody_hired_in_december():
    assert deadlines(DECEMBER[0], *FCS) == [("fcs-12", "2026-04-15"), ("fcs-34", "2026-06-15")]


@pytest.mark.parametrize(
    ("hired", "due", "by"),
    [
        ("2025-10-31", "hire+4 months", "2026-02-28"),
        ("2025-12-15", "09-01 next year", "2026-09-01"),
        ("2026-05-04", "hire+6 months;09-01 next year", "2026-09-01"),
        ("2025-06-20", "09-03", "2025-09-03"),  # before the school year: before it begins
        ("2025-12-15", "06-01", "2026-06-01"),
        ("2025-12-15", "hire", "2025-12-15"),
        ("2025-12-15", "", ""),
        ("", "hire+4 months", ""),
        ("", "hire+4 months;10-01", "2025-10-01"),
    ],
)
def test_a_deadline(hired: str, due: str, by: str):
    assert deadlines(f"P1,,para,1,elm,{hired},,", f"t,,14,{due},,,,") == [("t", by)]


@pytest.mark.parametrize(
    ("staff", "needed"),
    [
        ("P1,,para,1,elm,2025-12-15,,fcs", FCS[0]),  # waived
        ("P1,,para,1,elm,2025-08-25,,", FCS[0]),  # hired before
        ("P1,,para,1,elm,,,", FCS[0]),
        ("P1,,para,1,elm,2025-12-15,2026-04-14,", FCS[0]),  # gone before the deadline
        ("P1,,para,1,elm,2025-12-15,,", "t,,14,hire+4 months,,2025-12-14,,"),
    ],
)
def test_who_needs_no_training(staff: str, needed: str):
    assert deadlines(staff, needed) == []


def test_a_waiver_must_hold_on_the_deadline():
    assert deadlines("P1,,para,1,elm,2025-12-15,,fcs:2026-04-14", FCS[0]) == [
        ("fcs-12", "2026-04-15")
    ]
    assert deadlines("P1,,para,1,elm,2025-12-15,,fcs:2026-04-15", FCS[0]) == []


def test_the_row_for_the_latest_hires_holds():
    both = ["t,,14,09-03,,,,", "t,,7,hire+4 months,2025-09-03,,,"]
    assert deadlines(DECEMBER[0], *both) == [("t", "2026-04-15")]
    assert deadlines("P1,,para,1,elm,2025-06-20,,", *both) == [("t", "2025-09-03")]


def test_courses_in_time_are_attended_as_early_as_possible():
    offered = [f"{name},{day},08:00,15:00,9" for name, days in {
        "fcs-12": ("2025-11-10", "2025-12-22", "2026-03-13", "2026-04-15", "2026-04-16"),
        "fcs-34": ("2026-04-15", "2026-04-16", "2026-06-15", "2026-06-16"),
    }.items() for day in days]  # fmt: skip
    facts = district(DECEMBER, FCS, offered)
    plan = found(facts)
    assert [(a.training, a.date.isoformat()) for a in plan.training] == [
        ("fcs-12", "2025-12-22"),
        ("fcs-12", "2026-03-13"),
        ("fcs-34", "2026-04-15"),
        ("fcs-34", "2026-04-16"),
    ]
    assert said(facts, plan) == []


@pytest.mark.parametrize(
    ("offered", "short", "why"),
    [
        (
            [],
            14,
            "has 0 of 14 hours of fcs-12 by April 15, 2026: none is offered by then while they "
            "are employed.",
        ),
        (
            [
                "fcs-12,2025-12-12,08:00,15:00,9",
                "fcs-12,2026-01-09,08:00,15:30,9",
                "fcs-12,2026-04-16,08:00,15:00,9",
            ],
            7,
            "has 7.5 of 14 hours of fcs-12 by April 15, 2026: only 7.5 hours are offered by then "
            "while they are employed.",
        ),
        (
            [
                "fcs-12,2026-01-09,08:00,15:00,0",
                "fcs-12,2026-01-10,08:00,15:00,9",
                "fcs-12,2026-01-12,08:00,09:00,9",
            ],
            6,
            "has 8 of 14 hours of fcs-12 by April 15, 2026: the seats of January 9 are taken.",
        ),
    ],
)
def test_what_cannot_be_met_is_said(offered: list[str], short: int, why: str):
    facts = district(DECEMBER, FCS[:1], offered)
    assert said(facts, found(facts)) == [(("P1", "fcs-12"), short, f"Para 1 {why}")]


def test_a_plan_that_attends_too_little_is_told_so():
    facts = district(
        DECEMBER, FCS[:1], ["fcs-12,2026-01-09,08:00,15:00,", "fcs-12,2026-01-10,08:00,15:00,"]
    )
    ((_, amount, message),) = said(facts, Plan())
    assert (amount, message[-48:]) == (14, "2026: there are courses that they do not attend.")


def test_what_cannot_be_attended():
    offered = [
        "fcs-12,2026-01-09,08:00,15:00,1",
        "fcs-34,2026-01-09,14:00,20:00,",
        "fcs-12,2025-12-12,08:00,15:00,",
    ]
    facts = district([*DECEMBER, "P2,Para 2,para,1,elm,,,"], FCS, offered)
    at = Course(date(2026, 1, 9), 480, 900, "fcs-12")

    def attends(who: str, course: Course) -> Attendance:
        return Attendance(who, course.training, course.date, course.start, course.end)

    plan = Plan((), (), (
        attends("P1", at), attends("P2", at), attends("P1", Course(at.date, 840, 1200, "fcs-34")),
        attends("P1", Course(date(2025, 12, 12), 480, 900, "fcs-12")), attends("P2", Course(at.date, 480, 900, "fcs-34")),
    ))  # fmt: skip
    assert [(v.amount, v.message) for v in training_seats.RULE.violations(facts, plan)] == [
        (1, "Para 1 is not employed on December 12, 2025 08:00–15:00 (fcs-12)."),
        (1, "fcs-34 is not offered on January 9, 2026 08:00–15:00 (Para 2)."),
        (1, "Para 1 attends fcs-12 and fcs-34 at once on January 9, 2026."),
        (1, "Para 2 attends fcs-12 and fcs-34 at once on January 9, 2026."),
        (1, "2 people attend fcs-12 on January 9, 2026; there is 1 seat."),
    ]


def test_the_same_seats_are_given_every_time():
    facts = random_case(7)
    assert found(facts) == found(facts)


def test_a_region_with_a_thousand_new_people():
    draw = Random(1)
    start = date(2025, 9, 3)
    hired = [
        start + timedelta(days=draw.randrange(200)) if n % 5 == 0 else date(2020, 9, 1)
        for n in range(5000)
    ]
    staff = [f"P{n},,para,1,elm,{day.isoformat()},," for n, day in enumerate(hired)]
    days = [start + timedelta(days=5 + 7 * n) for n in range(40)]
    offered = [
        f"{'fcs-12' if n % 2 else 'fcs-34'},{day.isoformat()},08:00,15:00,200"
        for n, day in enumerate(days)
    ]
    facts = district(staff, FCS, offered)
    assert len(facts.training_needs) == 2000
    plan = found(facts)
    assert list(training_seats.RULE.violations(facts, plan)) == []
    assert len(plan.training) == 4 * 1000 - 14 * len(said(facts, plan)) // 7


# -- beside the timetable


def test_a_solve_plans_training_and_counts_it():
    """A Tuesday person who is trained on a Saturday works a date more; what is short is in the soft
    rules' value.
    """
    offered = [
        "fcs-12,2025-12-20,08:00,15:00,",
        "fcs-34,2026-05-02,08:00,15:00,",
        "fcs-34,2026-05-09,08:00,15:00,",
    ]
    facts = district(["P1,Para 1,para,1,elm,2025-09-10,,"], FCS, offered)
    result = best_plan(facts, SolveSettings(goals=(soft_rules.GOAL,), seconds=10, workers=1))
    assert result.status is Status.OPTIMAL
    assert result.plan
    assert [attendance.training for attendance in result.plan.training] == ["fcs-12"]
    assert [(goal.value, goal.bound) for goal in result.goals] == [(7 + 14, 7 + 14)]
    assert [(f.rule, f.severity, f.amount) for f in result.findings] == [
        ("training", "noted", 7),
        ("training", "noted", 14),
    ]


def test_days_are_chosen_beside_training():
    """Two days of five are 2 × 37 = 74 dates at most; with two Saturdays of training only the
    shorter days are few enough.
    """
    offered = ["fcs-12,2025-12-20,08:00,15:00,", "fcs-12,2026-01-10,08:00,15:00,"]
    roles = (
        "role,title,obligation_minutes,contract_days,part_time\npara,Paraeducator,420,195,days\n"
    )
    calendar = "date,to,kind\n2026-02-02,2026-02-04,holiday\n2026-03-02,2026-03-04,holiday\n2025-12-24,2026-01-02,holiday\n"
    staff = "P1,Para 1,para,0.4,elm,2025-09-10,,"
    base = district([staff], FCS[:1], offered).data
    changed = problem(roles=roles, calendar=calendar, groups=None, members=None, duties=None).data
    facts = Problem(
        base.model_copy(update={"roles": changed.roles, "calendar": changed.calendar}), "small"
    )
    result = best_plan(facts, SolveSettings(goals=(soft_rules.GOAL,), seconds=10, workers=1))
    assert result.plan
    (person,) = facts.people
    year = work_year(facts, result.plan, person)
    fixed = frozenset(attendance.date for attendance in result.plan.training)
    assert len(fixed) == 2
    assert len(year.dates) <= max(year.contract_days, fewest_dates(facts, person, fixed) or 0)
    assert not any(finding.severity != "noted" for finding in result.findings)
