"""Every measured column says what it plausibly holds, or why nothing is; what is outside of that is
warned of with the unit that it is likely in.
"""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.face import validate
from planner.facts.plausible import (
    Plausible,
    PlausibleBy,
    Unbounded,
    between,
    quantities,
)
from planner.facts.row import ColumnSpec, columns_of
from planner.facts.sheets import SHEETS, heading
from planner.sheets.dataset_warnings import hardly_said
from planner.sheets.schema import schema_json
from planner.words.errors import Fault
from tests.planner import small
from tests.ui.command import ROOT

MEASURED_KINDS = (
    "whole number",
    "number",
    "money",
    "percentage",
    "percentages",
    "FTE",
    "clock time",
    "windows",
    "sessions",
    "lengths",
)
"""Kinds of cell that hold a quantity, so that their columns say what is plausible, or why nothing
is.
"""
COLUMNS = [(sheet, column) for sheet, model in SHEETS.items() for column in columns_of(model)]


def test_every_measured_column_has_a_range_or_says_why_not():
    for sheet, column in COLUMNS:
        measured = column.cell.kind in MEASURED_KINDS
        assert measured == (column.usual is not None), f"{sheet}.{heading(column.name)}"
        for usual in _ranges(column):
            assert usual.why
            assert isinstance(usual, Unbounded) or usual.low < usual.high
        if isinstance(column.usual, PlausibleBy):
            other = _column(sheet, column.usual.column)
            assert set(column.usual.ranges) == set(other.cell.choices)


def _column(sheet: str, name: str) -> ColumnSpec:
    return next(column for of, column in COLUMNS if (of, column.name) == (sheet, name))


def _ranges(column: ColumnSpec) -> list[Plausible | Unbounded]:
    if isinstance(column.usual, PlausibleBy):
        return list(column.usual.ranges.values())
    return [column.usual] if column.usual else []


def test_examples_and_defaults_are_plausible():
    reading = small.dataset().reading
    for sheet, column in COLUMNS:
        if isinstance(column.usual, Plausible):
            values = [column.default] if not column.required else []
            if column.example:
                values.append(column.cell.parse(column.example, reading))
            for number in (number for value in values for number in quantities(value)):
                assert column.usual.holds(number), f"{sheet}.{heading(column.name)}"


@given(st.decimals(0, 10**9, places=2), st.sampled_from(COLUMNS))
def test_a_likely_unit_brings_a_number_into_the_range(
    number: Decimal, place: tuple[str, ColumnSpec]
):
    for usual in _ranges(place[1]):
        if isinstance(usual, Plausible) and not usual.holds(number):
            slip = usual.likely(number)
            assert slip is None or usual.holds(slip.meant(number))


@pytest.mark.parametrize("example", sorted((ROOT / "scenarios").iterdir()), ids=lambda p: p.name)
def test_no_example_is_warned_of_without_cause(example: Path):
    warnings = [fault for fault in validate(example / "dataset") if fault.kind == "warning"]
    assert [fault.rule for fault in warnings if "no rules of its own yet" not in fault.rule] == []


UNPAID = {"positions": "position,role,status\n"}
ROLE = "role,title,obligation_minutes,contract_days"
GROUP = "group,school,grades,tier,students,minutes,sessions"


def warned(**changes: str) -> list[Fault]:
    return list(hardly_said(small.tables(**changes), small.dataset(**changes).reading))


@pytest.mark.parametrize(
    ("changes", "place", "words"),
    [
        (
            {"roles": f"{ROLE}\npara,P,7,195\n", "staff": "staff,role,start\nESP-01,para,08:00\n"},
            "roles!2 obligation_minutes",
            "is hardly meant in min: a day of full duty has between 1 and 15 hours. Are these "
            "hours? Then write 420.",
        ),
        (
            {"oncosts": "oncost,rate_percent\nfica,0.0765\n"},
            "oncosts!2 rate_percent",
            "Is it a share of 1? Then write 7.65.",
        ),
        (
            {"roles": f"{ROLE}\npara,P,420,38\n"},
            "roles!2 contract_days",
            "Are these weeks? Then write 190.",
        ),
        (
            {"roles": f"{ROLE},lunch_from\npara,P,420,195,01:15\n"},
            "roles!2 lunch_from",
            "Is it in the afternoon? Then write 13:15.",
        ),
        (
            {"groups": f"{GROUP}\nelm-read,elm,K-2,2,4,1,4\n"},
            "groups!2 minutes",
            "Are these hours? Then write 60.",
        ),
        (
            {"staff": "staff,role,schools,fte\nESP-01,para,elm,0.01\n"},
            "staff!2 fte",
            "Was it divided by 100 twice? Then write 1.",
        ),
        (
            {"pay": "schedule,step,amount,unit\npara,1,27.81,year\n"} | UNPAID,
            "pay!2 amount",
            "a year's pay is between 3,000 and 900,000. Is it an hour's?",
        ),
        (
            {"pay": "schedule,step,amount,unit\npara,1,54000,hour\n"} | UNPAID,
            "pay!2 amount",
            "an hour's pay is between 2 and 900. Are these cents? Then write 540.",
        ),
        (
            {"funds": "fund,program,amount\nt1-elm,title-1,50\ngeneral,title-1,1000\n"},
            "funds!2 amount",
            "Are these thousands? Then write 50000.",
        ),
        (
            {"training": "training,hours\nfcs,840\n"},
            "training!2 hours",
            "Are these minutes? Then write 14.",
        ),
        (
            {"travel": "from,to,minutes,distance\nelm,oak,10,3400\n"},
            "travel!2 distance",
            "Are these metres? Then write 3.4.",
        ),
        (
            {"programs": "program,source,percents\ntitle-1,federal,*=0.5\n"},
            "programs!2 percents",
            "Is it a share of 1? Then write 50.",
        ),
        (
            {"rules": "rule,parameter,value\nconsecutive_contact,max_consecutive_minutes,2\n"},
            "rules!2 value",
            "Are these hours? Then write 120.",
        ),
        (
            {"blocks": "school,grades,start,end,kind\nelm,K-2,01:15,02:00,flex\n"},
            "blocks!2 start",
            "is outside of the hours of Elm (08:00-15:30). Is it in the afternoon? Then write "
            "13:15 for 01:15.",
        ),
        (
            {"groups": f"{GROUP},windows\nelm-read,elm,K-2,2,4,30,4,Mon-Thu 16:00-17:00\n"},
            "groups!2 windows",
            "is outside of the hours of Elm (08:00-15:30). Look at it again.",
        ),
        (
            {"duties": "duty,kind,minutes,time\nfair,family,60,toil\n"},
            "duties!2 windows",
            "may be at any hour, also at night, because its time is toil. Write when",
        ),
        (
            {"members": "student,group\nAnn Lee,elm-read\nS-1 b,elm-read\n"},
            "members!2 student",
            "looks like a name; a student is known here by a key alone. Write a key like S-0417;",
        ),
    ],
)
def test_the_likely_unit_is_named(changes: dict[str, str], place: str, words: str):
    faults = warned(**changes)
    assert {fault.kind for fault in faults} == {"warning"}
    told = {f"{fault.sheet}!{fault.row} {fault.column}": fault for fault in faults}
    assert words in f"{told[place].rule} {told[place].fix}"


def test_a_school_that_ends_early_on_one_day_warns_of_no_block():
    schools = "school,name,hours\nelm,Elm,Mon-Thu 08:00-15:30; Fri 08:00-12:00\n"
    blocks = "school,grades,days,start,end,kind\nelm,K-2,all,13:00,14:00,flex\n"
    changes = {"schools": schools + "oak,Oak,Mon-Fri 08:00-15:30\n", "blocks": blocks}
    assert warned(**changes) == []


def test_a_duty_of_the_evening_that_says_when_or_where_is_not_asked_about():
    duties = "duty,kind,minutes,time,school,windows\nfair,family,60,toil,,Wed 17:00-19:00\nhome,family,60,paid,elm,\n"
    assert warned(duties=duties) == []


def test_zero_means_none_where_it_may():
    role = f"{ROLE},lunch_minutes,prep_minutes\npara,P,420,195,0,0\n"
    assert warned(roles=role) == []
    assert not between(1, 2, "").holds(Decimal(0))


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ("2026-09-12,,pd_day,,", "date", "is on a weekend, when schools are closed"),
        ("2026-09-12,2026-09-13,holiday,,", "date", "is on a weekend"),
        ("2027-07-05,,holiday,,", "date", "is outside of the school year (2026-09-01 to 2027-06"),
        ("2026-10-14,,minimum_day,07:00,", "close", "is not after Elm opens (08:00)."),
        ("2026-10-14,,minimum_day,15:30,", "close", "is not before Elm closes on other days"),
        ("2026-10-14,,holiday,12:00,", "close", "counts on a minimum_day alone; on a holiday it"),
        ("2026-10-14,,pd_day,,\n2026-10-12,2026-10-16,holiday,,", "kind", "is pd_day in vain: row"),
    ],
)
def test_rows_of_the_calendar_without_effect_are_warned_of(row: str, column: str, words: str):
    faults = warned(calendar=f"date,to,kind,close,schools\n{row}\n")
    assert [(fault.sheet, fault.row, fault.column) for fault in faults] == [("calendar", 2, column)]
    assert faults[0].rule.startswith(words)


@pytest.mark.parametrize(
    "row",
    [
        "2026-09-11,2026-09-12,holiday,,",
        "2026-08-28,2026-09-04,holiday,,",
        "2026-10-14,,minimum_day,12:30,elm",
        "2026-10-14,,holiday,,\n2026-10-14,,pd_day,,elm",
        "2026-10-14,,holiday,,\n2026-10-14,,holiday,,",
    ],
)
def test_rows_that_change_a_day_are_not(row: str):
    assert warned(calendar=f"date,to,kind,close,schools\n{row}\n") == []


def test_the_contract_says_what_a_column_usually_holds():
    columns = {column["name"]: column for column in schema_json()["roles"]["columns"]}
    assert columns["obligation_minutes"]["usual"] == "60 to 900"
    assert columns["lunch_from"]["usual"] == "08:30 to 17:00"
    assert columns["title"]["usual"] == ""
