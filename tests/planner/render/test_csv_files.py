"""CSV files: what Excel opens rightly, what stays text, and whose rows are there."""

import csv
import io
from dataclasses import replace
from decimal import Decimal

from planner.facts.problem import Problem
from planner.money.budgeted import planned
from planner.plan.plan import Plan
from planner.render.csv_files import ExportScope, csv_files
from planner.sheets.csv_folder import lines_of
from tests.planner.hr.test_hr import example
from tests.planner.planned import PLAN, SESSIONS, problem

ALL = ExportScope(("P1", "P2"), ("elm", "oak"))


def files(
    facts: Problem, plan: Plan, part: ExportScope = ALL, *, with_pay: bool = True
) -> dict[str, list[list[str]]]:
    found = csv_files(facts, plan, planned(facts, plan), part, with_pay=with_pay)
    return {
        name: list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
        for name, content in found
    }


def test_excel_knows_the_code_and_the_lines():
    for name, content in csv_files(problem(), PLAN, planned(problem(), PLAN), ALL, with_pay=True):
        assert content.startswith(b"\xef\xbb\xbf"), name
        assert content.endswith(b"\r\n")
        assert content.count(b"\n") == content.count(b"\r\n")


def test_the_rows_are_those_of_the_plan():
    found = files(problem(), PLAN)
    assert list(found) == ["sessions.csv", "placements.csv", "school-week.csv", "minutes.csv"]
    assert found["sessions.csv"][0] == [
        "service",
        "kind",
        "school",
        "staff",
        "day",
        "start",
        "end",
        "place",
        "dates",
    ]
    assert found["sessions.csv"][1] == [
        "elm-2-read",
        "group",
        "elm",
        "P1",
        "Mon",
        "09:00",
        "09:30",
        "pull_out",
        "",
    ]
    assert len(found["sessions.csv"]) == 1 + len(SESSIONS)
    first = ["P1", "", "Mon", "am", "elm", "08:00", "11:00", "", "", ""]
    assert found["placements.csv"][1] == first
    assert found["placements.csv"][2][-1] == "13:00-13:40; 14:00-14:20"


def test_the_schools_week_is_read_in_words():
    week = files(problem(), PLAN)["school-week.csv"]
    assert week[0] == [
        "school", "day", "start", "end", "service", "grades", "subject", "tier", "kind", "students", "adults", "dates",
    ]  # fmt: skip
    assert week[1] == [
        "Elm",
        "Mon",
        "09:00",
        "09:30",
        "elm-2-read",
        "2",
        "reading",
        "3",
        "pulled out",
        "2",
        "Para 1",
        "",
    ]
    meeting = [
        "Elm",
        "Mon",
        "10:00",
        "10:45",
        "meet",
        "",
        "",
        "",
        "Meeting",
        "",
        "Para 1; Para 2",
        "",
    ]
    assert week[3] == meeting


def test_minutes_are_exact_and_worst_first():
    minutes = files(problem(), PLAN)["minutes.csv"]
    assert minutes[1] == [
        "oak-K-read",
        "Oak",
        "K",
        "reading",
        "2",
        "2",
        "3",
        "0",
        "60",
        "0",
        "60",
        "0.0",
        "",
    ]
    assert minutes[2][6:12] == ["4", "3", "120", "90", "30", "0.75"]


def test_text_that_looks_like_a_formula_stays_text_and_is_read_back():
    staff = 'staff,name,role,fte,schools,home_school\nP1,"=HYPERLINK(""x"")",para,1,elm;oak,elm\nP2,@SUM,para,0.5,elm,elm\n'
    schools = "school,name,open,close\nelm,+Elm,08:00,15:30\noak,Oak,08:00,15:30\n"
    facts = problem(staff=staff, schools=schools)
    content = dict(csv_files(facts, PLAN, planned(facts, PLAN), ALL, with_pay=True))[
        "school-week.csv"
    ].decode("utf-8-sig")
    raw = list(csv.reader(io.StringIO(content, newline="")))
    assert {row[0] for row in raw[1:]} == {"'+Elm"}
    assert '\'=HYPERLINK("x")' in {row[10] for row in raw}
    assert not [cell for row in raw for cell in row if cell[:1] in "=+-@" and cell]
    back = list(lines_of(io.StringIO(content, newline="")))
    assert {row[0] for row in back[1:]} == {"+Elm"}


def test_a_part_holds_what_its_people_do_and_what_is_at_its_schools():
    one = files(problem(), PLAN, ExportScope(("P2",), ()))
    assert {row[0] for row in one["sessions.csv"][1:]} == {"elm-1-math", "meet"}
    assert {row[0] for row in one["placements.csv"][1:]} == {"P2"}
    assert {row[0] for row in one["minutes.csv"][1:]} == {"elm-1-math"}
    oak = files(problem(), PLAN, ExportScope((), ("oak",)))
    assert oak["sessions.csv"][1:] == []
    assert [row[0] for row in oak["placements.csv"][1:]] == ["P1"]
    assert [row[0] for row in oak["minutes.csv"][1:]] == ["oak-K-read"]


def test_positions_add_up_and_pay_is_left_out_on_request():
    facts = example("tacoma-mtss")
    part = ExportScope([person.id for person in facts.people], list(facts.schools))
    rows = files(facts, replace(PLAN, placements=(), sessions=()), part)["positions.csv"]
    place = rows[0].index("total")
    parts = [rows[0].index(name) for name in ("pay", "allowances amount", "employer costs")]
    assert all(sum(Decimal(row[each]) for each in parts) == Decimal(row[place]) for row in rows[1:])
    paid = {row[place] for row in rows[1:]}
    without = files(facts, Plan(), part, with_pay=False)["positions.csv"]
    assert without[0] == [
        "position",
        "role",
        "school",
        "staff",
        "fte",
        "funding",
        "allowances",
        "allowance_funding",
    ]
    assert len(without) == len(rows)
    assert not paid & {cell for row in without for cell in row}
