"""`planner hr --as-of DATE`: who holds what on a day; and the week is planned of who is there."""

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from tests.cases.test_money import case
from tests.ui.command import planner
from ui.cli.exits import Exit
from ui.screen.views import hr as hr_view

SHEETS = {
    "positions": "position,role,school,status,fte,step,funding\n"
    "X1,esp,elm,filled,1,1,f1:100\nX2,int,elm,filled,1,1,g:100\n",
    "staff": "staff,name,role,fte,start,schools\nP1,Person 1,esp,1,08:00,elm\n"
    "P2,Person 2,int,1,08:00,elm\nP3,Person 3,esp,1,08:00,elm\n",
    "assignments": "position,staff,from,to,kind,paid\nX1,P1,,2026-12-31,,\nX1,P3,2027-01-04,,,\n"
    "X1,P3,2027-03-01,2027-04-30,leave,no\nX1,P1,2027-03-01,2027-04-30,substitute,\nX2,P2,,,,\n",
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    copytree(case("successor"), folder)
    for sheet, text in SHEETS.items():
        (folder / f"{sheet}.csv").write_text(text, encoding="utf-8")
    return folder


def hr(folder: Path, *more: object) -> dict[str, Any]:
    result = planner("hr", folder, "--json", *more)
    assert result.exit_code == Exit.DONE
    said: dict[str, Any] = json.loads(result.stdout)
    return said


@pytest.mark.parametrize(
    ("day", "people", "filled", "vacant"),
    [
        ("2026-10-05", {"P1": "holds", "P2": "holds"}, "2", "0"),
        ("2027-01-02", {"P2": "holds"}, "1", "1"),
        ("2027-01-04", {"P3": "holds", "P2": "holds"}, "2", "0"),
        ("2027-03-15", {"P3": "leave", "P1": "substitute", "P2": "holds"}, "2", "0"),
    ],
)
def test_who_holds_what_on_a_day(
    data: Path, day: str, people: dict[str, str], filled: str, vacant: str
):
    said = hr(data, "--as-of", day)
    assert said["as_of"] == day
    assert {one["staff"]: one["positions"][0]["kind"] for one in said["people"]} == people
    control = said["position_control"]["role"]["esp"]
    of_all = said["position_control"]["all"]
    assert (of_all["filled"]["fte"], of_all["vacant"]["fte"]) == (filled, vacant)
    # One seat, whoever has it; and the year's money whatever the day.
    assert (control["budgeted"]["positions"], control["budgeted"]["fte"]) == (1, "1")
    assert control["budgeted"]["amount"] == "32295.00"


def test_the_year_of_a_person_is_told_in_order(data: Path):
    told = planner("hr", data, "--person", "P3").stdout
    year = told[told.index("  The year") :].splitlines()[2:5]
    assert [line.split("  ")[2].strip() for line in year] == [
        "January 4, 2027",
        "March 1, 2027",
        "May 1, 2027",
    ]
    assert "leave, unpaid" in year[1]
    assert year[1].endswith("$0.00")
    assert "The year" not in planner("hr", data, "--person", "P2").stdout


def test_what_a_person_costs_is_told_by_month(data: Path):
    (person,) = hr(data, "--person", "P3")["people"]
    months = {one["month"] for one in person["months"] if Decimal(one["amount"])}
    assert months == {"2027-01", "2027-02", "2027-05", "2027-06"}
    assert sum(Decimal(one["amount"]) for one in person["months"]) == Decimal(person["total"])
    assert "By month: Jan 2027 $" in planner("hr", data, "--person", "P3").stdout
    assert "months" not in hr(data)["people"][0]


@pytest.mark.parametrize("day", ["2026-13-01", "2030-01-01", "soon"])
def test_what_is_no_day_of_the_school_year_is_refused(data: Path, day: str):
    result = planner("hr", data, "--as-of", day)
    assert result.exit_code == Exit.INPUT_WRONG
    assert "--as-of" in result.stderr


@pytest.mark.parametrize(
    ("day", "there"),
    [("2026-10-05", {"P1", "P2"}), ("2027-03-15", {"P1", "P2"}), ("2027-05-10", {"P2", "P3"})],
)
def test_the_week_is_planned_of_who_is_there(data: Path, tmp_path: Path, day: str, there: set[str]):
    district = data / "district.csv"
    district.write_text(district.read_text("utf-8").replace("2026-10-05", day), encoding="utf-8")
    out = tmp_path / "plan"
    assert planner("solve", data, "-o", out, "--seconds", 4).exit_code == Exit.DONE
    plan = json.loads((out / "plan.json").read_text("utf-8"))
    assert {one["staff"] for one in plan["placements"]} == there
    assert {one["position"] for one in plan["positions"]} == {"X1", "X2"}
    seat = next(one for one in plan["positions"] if one["position"] == "X1")
    kinds = [(one["staff"], one["kind"]) for one in seat["holders"]]
    assert kinds[:3] == [("P1", "holds"), ("P3", "holds"), ("P3", "leave")]
    assert sum(Decimal(one["total"]) for one in seat["holders"]) == Decimal(seat["total"])
    checked = planner("check", out / "plan.json", "--data", data)
    assert checked.exit_code == Exit.DONE, checked.stdout
    again = planner("check", out / "plan.xlsx", "--data", data)
    assert again.exit_code == Exit.DONE, again.stdout


def hr_page() -> None:
    """The page HR of an example as it stands, without a store."""
    from types import SimpleNamespace

    from planner.access import User
    from planner.hr import hr
    from planner.plan.plan import Plan
    from planner.words.wording import Words
    from tests.planner.hr.test_hr import example
    from ui.screen.views import hr as view

    problem = example("tacoma-mtss")
    found, viewer = hr(problem, Plan()), User("office", frozenset({"hr"}))
    view.show(
        SimpleNamespace(  # type: ignore[arg-type]
            problem=problem,
            plan=Plan(),
            hr=found,
            viewer=viewer,
            sees_pay=True,
            words=Words(problem.data.district.locale),
        )
    )


def test_the_page_shows_who_holds_what_on_the_day_that_is_chosen(
    monkeypatch: pytest.MonkeyPatch,
):
    shown: dict[str, str] = {}
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(hr_view, "picked_in", lambda drawn, key: shown.update({key: str(drawn)}))
    monkeypatch.setattr(hr_view, "year", lambda opened, staff: "<p>The year.</p>")
    page = AppTest.from_function(hr_page, default_timeout=60).run()
    assert not page.exception
    assert "ESP 15" in shown["held on a day"]
    assert "ESP 24" not in shown["held on a day"]
    page.date_input[0].set_value(date(2026, 3, 16)).run()
    assert not page.exception
    assert "ESP 15" not in shown["held on a day"]
    assert "ESP 24" in shown["held on a day"]
    assert "leave, unpaid" in shown["held on a day"]
    assert "substitute" in shown["held on a day"]
