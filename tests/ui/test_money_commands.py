"""`planner hr` and `planner funds` on every example: what they say for people and for machines, and
how they end.
"""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from planner.sheets.examples import example_names, example_path
from tests.ui.command import planner

WITH_MONEY = ("lausd-region", "tacoma-mtss", "new-bridge")
READABLE = tuple(name for name in example_names() if name != "misspelt")


@pytest.mark.parametrize("command", ["hr", "funds"])
@pytest.mark.parametrize("name", READABLE)
def test_every_example_can_be_looked_at(command: str, name: str):
    told = planner(command, "--example", name)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(f"{name}: ")
    if name not in WITH_MONEY:
        assert (
            "The dataset has no positions (sheet positions)" in told.stdout
            or "no pay" in told.stdout
        )
    json.loads(planner(command, "--example", name, "--json").stdout)


@pytest.mark.parametrize("command", ["hr", "funds"])
def test_wrong_input_ends_with_two(command: str):
    assert planner(command, "--example", "misspelt").exit_code == 2
    told = planner(command, "--example", "lausd-region", "--school", "bry")
    assert (told.exit_code, told.stderr) == (2, "There is no school 'bry'. Did you mean 'bri'?\n")


def changed(folder: Path, position: str, **cells: str) -> Path:
    """The Los Angeles example with one position changed."""
    for file in example_path("lausd-region").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    with (folder / "positions.csv").open(newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    next(row for row in rows if row["position"] == position).update(cells)
    with (folder / "positions.csv").open("w", newline="") as sheet:
        writer = csv.DictWriter(sheet, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_15266_at_40_percent_beside_50_ends_with_one(tmp_path: Path):
    diff = "interventionist-diff"
    data = changed(tmp_path, "P-008", allowance_funding=f"{diff}@t1-fox:40;{diff}@tsp-fox:60")
    told = planner("hr", data, "--person", "EI-08")
    assert told.exit_code == 1
    assert (
        "t1-fox pays 50 % of P-008 and 40 % of its interventionist-diff (15266); the two must be "
        "the same." in told.stdout
    )
    assert f"write {diff}@t1-fox:50;{diff}@tsp-fox:50 in allowance_funding" in told.stdout
    assert (
        "interventionist-diff 15266, t1-fox: 40 % beside 50 % of position 18049: must be the same"
        in told.stdout
    )
    found = json.loads(planner("hr", data, "--json").stdout)
    assert not found["clean"]
    assert found["findings"][0]["rule"] == "same_percent"


@pytest.mark.slow
def test_pay_is_left_out_on_request():
    for words in (
        ["hr"],
        ["hr", "--person", "EI-03"],
        ["hr", "--json"],
        ["funds", "--school", "bri"],
        ["funds", "--school", "bri", "--json"],
    ):
        with_pay, without = (
            planner(*words, "--example", "lausd-region", *more).stdout
            for more in ([], ["--without-pay"])
        )
        assert "86,469.60" in with_pay or "86469.60" in with_pay or "144,116.00" in with_pay
        assert not [
            sign for sign in ("$", "86469.60", "144116.00", "141260", "average") if sign in without
        ]


def test_a_person_in_full():
    told = planner("hr", "--example", "tacoma-mtss", "--person", "ESP-22").stdout
    assert "195 days × 7 h × $33.76" in told
    assert "$66,065.73" in told
    assert "sebb due, 12 months: 1,365 h paid, 630 h needed" in told


def test_of_a_person_without_a_position_no_paid_hours_are_told():
    told = planner("hr", "--example", "first-steps", "--person", "INT-1").stdout
    assert "180 contract days\n" in told
    assert "paid a year" not in told


def test_who_is_asked_for_which_record():
    people = {
        one["staff"]: one
        for one in json.loads(planner("hr", "--example", "tacoma-mtss", "--json").stdout)["people"]
    }
    records = {
        staff: people[staff]["time_and_effort"]["record"] for staff in ("SP-01", "ESP-01", "ESP-02")
    }
    assert records == {
        "SP-01": "semi-annual certification",
        "ESP-01": "a record each pay period",
        "ESP-02": None,
    }


def test_who_is_near_the_cliff():
    told = planner("hr", "--example", "tacoma-mtss").stdout
    assert "  ESP 8: sebb due, 12 months; 682.5 h, 52.5 h above 630 h\n" in told
    assert "P-032 is paid 624 hours a year, below the 630 hours from which sebb is due." in told


def test_accounts_add_up_for_machines():
    found = json.loads(planner("funds", "--example", "lausd-region", "--json").stdout)
    planned = sum(Decimal(fund["planned"]) for fund in found["funds"])
    assert (
        planned + Decimal(found["unfunded"])
        == Decimal(found["all"]["cost"]) + Decimal(found["all"]["expenditures"])
        == Decimal("5008559.99") + Decimal("46290.39")
    )
    spent = sum(Decimal(line["amount"]) for line in found["expenditures"])
    assert spent == Decimal(found["all"]["expenditures"])
    ald = found["funds"][0]
    assert (ald["fund"], ald["held"], ald["parents"]) == ("t1-ald", "9330.00", "3110.00")
    assert found["all"]["students"] is None


def test_a_plan_says_what_is_scheduled_and_what_a_student_costs(tmp_path: Path):
    done = planner(
        "solve", "--example", "short-staffed", "--seconds", "2", "-o", tmp_path, "--json"
    )
    assert done.exit_code == 0, done.output
    found = json.loads(
        planner(
            "hr", "--example", "short-staffed", "--plan", tmp_path / "plan.xlsx", "--json"
        ).stdout
    )
    assert found["timetable"]
    assert {
        one["staff"]: (one["obligation_minutes"], one["scheduled_minutes"])
        for one in found["people"]
    }["ESP-1"] == (2100, 2100)
    spent = json.loads(
        planner(
            "funds", "--example", "short-staffed", "--plan", tmp_path / "plan.json", "--json"
        ).stdout
    )
    assert spent["all"]["students"] > 0


def test_two_years_stand_side_by_side():
    told = planner("funds", "--example", "lausd-region", "--years", "2")
    assert told.exit_code == 0, told.output
    assert "funds of 2026-2027, and of 2027-2028 as a projection" in told.stdout
    assert "2027-2028 (projection): has" in told.stdout
    found = json.loads(
        planner("funds", "--example", "lausd-region", "--years", "2", "--json").stdout
    )
    assert [(year["year"], year["projection"]) for year in found["years"]] == [
        ("2026-2027", False),
        ("2027-2028", True),
    ]
    now = json.loads(planner("funds", "--example", "lausd-region", "--json").stdout)
    assert found["years"][0]["funds"] == now["funds"]
    title_1 = next(one for one in found["carryover"] if one["program"] == "title-1")
    mine = [fund for fund in now["funds"] if fund["program"] == "title-1"]
    unspent = sum(Decimal(fund["allocated"]) - Decimal(fund["planned"]) for fund in mine)
    assert Decimal(title_1["unspent"]) == unspent
    assert title_1["at_most"] == "393150.00"
    assert "title-1 leaves $441,348.50, of which at most $393,150.00" in told.stdout
    wrong = planner("funds", "--example", "lausd-region", "--years", "2", "--school", "bri")
    assert wrong.exit_code == 2


def test_what_vacancies_have_saved_by_a_day():
    told = planner("hr", "--example", "lausd-region", "--as-of", "2026-12-18")
    assert "Saved by vacancies up to December 18, 2026" in told.stdout
    assert (
        "Saved by vacancies"
        not in planner("hr", "--example", "lausd-region", "--without-pay").stdout
    )
    found = json.loads(
        planner("hr", "--example", "lausd-region", "--as-of", "2026-12-18", "--json").stdout
    )
    assert found["counted_to"] == "2026-12-18"
    for one in found["vacancy_savings"]:
        saved, year = Decimal(one["saved"]), Decimal(one["if_it_stays_vacant"])
        assert 0 < saved < year <= Decimal(one["budgeted"])
