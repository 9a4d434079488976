"""The figures of design/domain.md under Time and Travel, worked out on paper, against the
checkers.
"""

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules import (
    consecutive_contact,
    minimum_days,
    one_place_at_once,
    position_split,
    shift,
    sites,
)
from planner.rules.rule import Rule
from tests.planner.planned import at, problem

TWO = "group,school,grades,tier,students,minutes,sessions\na,elm,K,2,4,60,1\nb,oak,K,2,4,60,1\n"
STRETCH = (
    "group,school,grades,tier,students,minutes,sessions\na,elm,K,2,4,{0},1\nb,elm,K,2,4,{1},1\n"
)
ROLES = "role,title,obligation_minutes,contract_days,part_time,lunch_minutes\npara,Para,480,195,hours,30\n"
NO_LUNCH = "role,title,obligation_minutes,contract_days,part_time,lunch_minutes\npara,Para,420,195,hours,0\n"
PERSON = "staff,name,role,fte,week_minutes,schools\nP1,Para 1,para,{0},{1},elm\n"


def group(name: str, start: str, end: str, school: str = "elm") -> Session:
    return Session(name, "Mon", at(start), at(end), ("P1",), school)


def says(rule: Rule, plan: Plan, facts: Problem) -> list[int]:
    """By how much a rule is broken, each time."""
    return [found.amount for found in rule.violations(facts, plan)]


def at_two(start: str, lunch: tuple[int, int] | None = None) -> Plan:
    """A session at Elm that ends at 10:00 (with lunch: at 11:30), and one at Oak."""
    first = group("a", "10:30", "11:30") if lunch else group("a", "9:00", "10:00")
    then = Session("b", "Mon", at(start), at(start) + 60, ("P1",), "oak")
    return Plan(
        (Placement("P1", "Mon", at("8:00"), at("15:30"), "elm", lunch=lunch),), (first, then)
    )


@pytest.mark.parametrize(("start", "missing"), [("10:20", []), ("10:15", [5])])
def test_the_way_takes_twenty_minutes(start: str, missing: list[int]):
    assert says(one_place_at_once.RULE, at_two(start), problem(groups=TWO, members=None)) == missing


@pytest.mark.parametrize(("start", "missing"), [("12:20", []), ("12:15", [5])])
def test_lunch_is_not_for_travelling(start: str, missing: list[int]):
    lunch = (at("11:30"), at("12:00"))
    assert (
        says(one_place_at_once.RULE, at_two(start, lunch), problem(groups=TWO, members=None))
        == missing
    )


@pytest.mark.parametrize(
    ("first", "then", "over"),
    [
        (("9:00", "10:30"), ("10:30", "12:00"), []),  # 180 minutes on end
        (("9:00", "10:30"), ("10:30", "12:05"), [5]),
        (("9:00", "10:30"), ("10:35", "12:05"), [5]),  # a pause of 5 ends no stretch
        (("9:00", "10:30"), ("10:35", "12:00"), []),  # 180 minutes by the clock
        (("9:00", "10:30"), ("10:40", "12:10"), []),  # a pause of 10 does
        (("9:00", "12:00"), ("12:10", "15:10"), []),
        (("9:00", "12:05"), ("12:20", "13:00"), [5]),
    ],
)
def test_a_stretch_of_contact(first: tuple[str, str], then: tuple[str, str], over: list[int]):
    lengths = [at(end) - at(start) for start, end in (first, then)]
    plan = Plan((), (group("a", *first), group("b", *then)))
    facts = problem(groups=STRETCH.format(*lengths), members=None)
    assert says(consecutive_contact.RULE, plan, facts) == over


def week(start: str, end: str) -> Plan:
    return Plan(
        tuple(
            Placement("P1", day, at(start), at(end), "elm")
            for day in ("Mon", "Tue", "Wed", "Thu", "Fri")
        )
    )


def one_person(roles: str, fte: str, week_minutes: str) -> Problem:
    return problem(
        roles=roles,
        staff=PERSON.format(fte, week_minutes),
        groups=STRETCH.format(30, 30),
        members=None,
        duties=None,
    )


def test_an_fte_of_seven_eighths_is_seven_hours_a_day():
    facts = one_person(ROLES, "0.875", "")
    assert facts.person_of["P1"].obligation == 5 * 420
    assert {(s.start, s.end, s.obligation) for s in facts.person_of["P1"].shifts} == {
        (at("8:00"), at("15:30"), 420)
    }
    assert says(shift.RULE, week("8:00", "15:30"), facts) == []
    assert says(shift.RULE, week("8:00", "15:35"), facts) == [*[1] * 5, 25]


def test_a_week_of_1975_minutes_is_395_a_day():
    facts = one_person(NO_LUNCH, "", "1975")
    assert facts.person_of["P1"].obligation == 1975
    assert {s.obligation for s in facts.person_of["P1"].shifts} == {395}
    assert says(shift.RULE, week("8:00", "14:35"), facts) == []
    assert says(shift.RULE, week("8:00", "14:40"), facts) == [*[1] * 5, 25]


CLOSES = "date,kind,close,schools\n2026-10-05,minimum_day,09:30,elm\n2026-10-12,minimum_day,10:00,\n2026-11-02,minimum_day,09:30,oak\n"


@pytest.mark.parametrize(
    ("end", "lost", "named"),
    [
        ("9:30", [], ""),
        ("9:35", [1], "October 5"),
        ("10:00", [1], "October 5"),
        ("10:05", [2], "October 5 and October 12"),
    ],
)
def test_a_session_that_would_end_after_an_early_close(end: str, lost: list[int], named: str):
    facts = problem(groups=STRETCH.format(30, 30), members=None, calendar=CLOSES)
    plan = Plan((), (group("a", "9:00", end),))
    assert says(minimum_days.RULE, plan, facts) == lost
    assert all(
        v.message.startswith(f"Elm closes early on {named}, before ")
        for v in minimum_days.RULE.violations(facts, plan)
    )


IN_LAUSD = "name,jurisdiction,year_start,year_end,plan_date\nSmall,us-ca-lausd,2026-09-01,2027-06-18,2026-10-05\n"


def positions_of(split: tuple[float, ...], **sheets: str) -> Problem:
    """Para 1 with positions of so many hours a day."""
    rows = "".join(f"E{n},para,filled,P1,{60 * 5 * hours:.0f}\n" for n, hours in enumerate(split))
    return problem(positions="position,role,status,staff,week_minutes\n" + rows, **sheets)


@pytest.mark.parametrize(
    ("split", "broken"),
    [
        ((3, 3), 0),
        ((5, 3), 0),
        ((4, 4), 0),
        ((3, 4), 1),
        ((2, 4), 1),
        ((3.5, 3.5), 1),
        ((8,), 0),
        ((3, 3, 3), 1),
    ],
)
def test_classified_jobs_are_split_in_the_pairs_of_a_jurisdiction(
    split: tuple[float, ...], broken: int
):
    assert says(position_split.RULE, Plan(), positions_of(split, district=IN_LAUSD)) == [1] * broken


@pytest.mark.parametrize(
    ("rules", "broken"),
    [
        ("position_split,allowed_hours,2+3.5\n", []),
        ("position_split,allowed_hours,3+5; 3.5 + 2 + 1; 3.5+2\n", []),
        ("position_split,allowed_hours,2+3\n", [1]),
    ],
)
def test_a_district_may_split_otherwise(rules: str, broken: list[int]):
    facts = positions_of((2, 3.5), district=IN_LAUSD, rules=f"rule,parameter,value\n{rules}")
    assert says(position_split.RULE, Plan(), facts) == broken


def test_where_no_split_is_listed_every_one_is_allowed():
    assert says(position_split.RULE, Plan(), positions_of((2, 3.5))) == []


def test_the_sentence_of_a_split_names_the_positions_and_what_is_allowed():
    (found,) = position_split.RULE.violations(positions_of((2, 3.5), district=IN_LAUSD), Plan())
    assert (
        found.message
        == "Para 1 holds E0 (2 h) and E1 (3.5 h); a classified job is split as 3+3, 3+5 or 4+4 "
        "hours a day alone."
    )


ONE_SITE = "role,title,obligation_minutes,contract_days,max_sites_per_day,max_sites\npara,Para,420,195,1,1\n"
PLACES = "school,name,open,close,kind\nelm,Elm,08:00,15:30,{0}\noak,Oak,08:00,15:30,{1}\n"


@pytest.mark.parametrize(
    ("kinds", "over"),
    [(("school", "school"), [1, 1]), (("school", "off_site"), []), (("off_site", "off_site"), [])],
)
def test_a_place_off_site_is_no_school_more(kinds: tuple[str, str], over: list[int]):
    halves = (
        Placement("P1", "Mon", at("8:00"), at("12:00"), "elm"),
        Placement("P1", "Mon", at("12:00"), at("15:30"), "oak"),
    )
    assert (
        says(sites.RULE, Plan(halves, ()), problem(roles=ONE_SITE, schools=PLACES.format(*kinds)))
        == over
    )
