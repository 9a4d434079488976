"""Small datasets of money that were once wrong, or must stay right: the command, and the figure that
was worked out by hand.
"""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.ui.command import ROOT, planner
from ui.cli.exits import Exit

CASES = ROOT / "tests" / "cases"


def case(name: str) -> Path:
    return CASES / "money" / name


def hr(folder: Path, *more: object) -> tuple[int, dict[str, Any]]:
    """What `planner hr FOLDER --json` ends with and says."""
    result = planner("hr", folder, "--json", *more)
    return result.exit_code, json.loads(result.stdout)


def funds(folder: Path, *more: object) -> tuple[int, dict[str, Any]]:
    """What `planner funds FOLDER --json` ends with and says."""
    result = planner("funds", folder, "--json", *more)
    return result.exit_code, json.loads(result.stdout)


def account(said: dict[str, Any], fund: str) -> dict[str, Any]:
    return next(one for one in said["funds"] if one["fund"] == fund)


def broken(said: dict[str, Any]) -> list[str]:
    return [one["message"] for one in said["findings"] if one["severity"] == "broken"]


def totals(said: dict[str, Any]) -> dict[str, str]:
    return {
        place["position"]: place["total"]
        for person in said["people"]
        for place in person["positions"]
    }


def budgeted(said: dict[str, Any], by: str = "all", name: str = "") -> tuple[int, str]:
    counted = said["position_control"][by]
    found = (counted[name] if name else counted)["budgeted"]
    return found["positions"], found["fte"]


def test_a_vacant_position_is_in_the_ledger_of_its_fund():
    code, people = hr(case("vacant-position-in-the-funds-view"))
    done, money = funds(case("vacant-position-in-the-funds-view"))
    gen = account(money, "gen")
    assert (code, done) == (Exit.BROKEN_RULE, Exit.DONE)
    assert (gen["filled"], gen["vacant"], gen["left"]) == ("55182.53", "55182.53", "-10365.06")
    assert broken(people) == broken(money) == ["gen pays $110,365.06 and has $100,000.00."]
    assert people["position_control"]["fund"]["gen"]["budgeted"]["amount"] == gen["planned"]


def test_a_fund_that_is_a_cent_short_is_a_broken_rule_and_no_wrong_input():
    folder = case("fund-overdrawn-by-a-cent")
    code, people = hr(folder / "by-a-cent")
    done, money = funds(folder / "by-a-cent")
    assert (code, done) == (Exit.BROKEN_RULE, Exit.DONE)
    assert account(money, "g")["left"] == "-0.01"
    assert broken(people) == broken(money) == ["g pays $64,590.00 and has $64,589.99."]
    assert planner("slots", folder / "by-a-cent").exit_code == Exit.DONE
    assert "does not pay the filled positions" in planner("validate", folder / "by-a-cent").stdout
    assert hr(folder / "exact")[0] == Exit.DONE
    assert hr(folder / "exact", "--scenario", folder / "cut.yaml")[0] == Exit.BROKEN_RULE


def test_a_fund_that_is_short_is_no_breach_where_the_rule_is_off():
    folder = case("fund-overdrawn-by-a-cent") / "rule-off"
    told = planner("validate", folder)
    assert told.exit_code == Exit.DONE
    assert "does not pay" not in told.stdout
    assert broken(hr(folder)[1]) == []
    assert account(funds(folder)[1], "g")["left"] == "-0.01"


def test_next_years_steps_may_overdraw_a_fund_of_the_new_dataset(tmp_path: Path):
    new = tmp_path / "next"
    rolled = planner("rollover", case("fund-overdrawn-after-the-step"), "-o", new)
    assert rolled.exit_code == Exit.DONE
    assert "planner validate will find" not in rolled.stdout
    code, people = hr(new)
    assert code == Exit.BROKEN_RULE
    (said,) = broken(people)
    assert said.startswith("g pays $")


def test_a_required_differential_that_is_not_budgeted_is_a_breach():
    code, people = hr(case("differential-missing"))
    assert code == Exit.BROKEN_RULE
    assert broken(people) == [
        "P1 must budget int-diff (15266), as every position of Interventionist, Elementary must."
    ]


def test_the_part_of_a_differential_that_nobody_pays_is_told():
    code, people = hr(case("differential-part-unpaid"))
    done, money = funds(case("differential-part-unpaid"))
    assert (code, done) == (Exit.BROKEN_RULE, Exit.DONE)
    assert broken(people) == [
        "gen pays 50 % of P1 and 0 % of its int-diff (15266); the two must be the same."
    ]
    assert money["unfunded"] == "1428.00"


def test_a_differential_at_another_percentage_is_a_breach_of_each_fund():
    code, people = hr(case("differential-astray"))
    assert code == Exit.BROKEN_RULE
    assert broken(people) == [
        "t1-a pays 50 % of P1 and 100 % of its int-diff (15266); the two must be the same.",
        "gen pays 50 % of P1 and 0 % of its int-diff (15266); the two must be the same.",
    ]


def test_a_seat_that_changes_hands_is_one_position():
    code, people = hr(case("successor"))
    assert code == Exit.DONE
    assert budgeted(people) == (2, "2")
    assert budgeted(people, "role", "esp") == (1, "1")
    money = funds(case("successor"))[1]
    assert (money["all"]["fte"], money["role"]["esp"]["fte"]) == ("2", "1")
    assert money["role"]["esp"]["cost"] == "32295.00"


def test_one_person_on_two_positions_in_turn_is_one_fte():
    people = hr(case("step-in-february"))[1]
    assert budgeted(people) == (1, "1")
    assert totals(people) == {"J1": "52961.98", "J2": "124589.32"}
    (person,) = people["people"]
    assert (person["fte"], person["total"]) == ("1", "177551.30")


def test_a_monthly_sum_follows_the_months_of_each_fund():
    """Twelve months of $1,100: to the end of January of f1, from then on of g."""
    people = hr(case("same-person-other-fund"))[1]
    assert budgeted(people) == (2, "1.5")
    (mine,) = (one for one in people["people"] if one["staff"] == "P1")
    benefits = {
        place["position"]: line["amount"]
        for place in mine["positions"]
        for line in place["lines"]
        if line["name"] == "sebb"
    }
    assert benefits == {"X1a": "5500.00", "X1b": "7700.00"}


def test_two_equal_funds_of_a_position_differ_by_one_cent_at_most():
    money = funds(case("cents-of-two-funds"))[1]
    assert money["all"]["cost"] == "34191.28"
    assert [account(money, fund)["planned"] for fund in ("t1-a", "gen")] == ["17095.64"] * 2


def test_a_part_timer_of_whole_days_works_fewer_of_them():
    (person,) = hr(case("days-of-a-part-timer"))[1]["people"]
    (place,) = person["positions"]
    assert (place["contract_days"], place["hours_a_day"], place["paid_hours"]) == (
        117,
        "7.5",
        "877.5",
    )
    assert place["hours_a_week"] == "22.5"


def lines(said: dict[str, Any], name: str) -> dict[str, str]:
    """The amount of a line, by position."""
    return {
        place["position"]: line["amount"]
        for person in said["people"]
        for place in person["positions"]
        for line in place["lines"]
        if line["name"] == name
    }


def test_an_award_within_the_year_counts_by_months_of_pay_in_term_time():
    """Seven instalments at £24,982, five at 3 % more; 63 of 189 dates would be £18,647.60."""
    people = hr(case("award-within-the-year"))[1]
    assert lines(people, "NJC 18") == {"U4": "18693.76"}


def test_a_leaver_and_the_successor_have_the_threshold_of_their_months():
    people = hr(case("threshold-of-part-of-a-year") / "dataset-month")[1]
    due = lines(people, "ni")
    assert (due["LEAVER"], due["SUCC"]) == ("1070.20", "1004.67")
    assert Decimal(due["LEAVER"]) + Decimal(due["SUCC"]) == Decimal("2074.87")


@pytest.mark.parametrize(
    ("dataset", "hours", "months", "total"),
    [("dataset", "518", 0, "15931.83"), ("dataset-annualised", "1365", 5, "21431.83")],
)
def test_a_late_hire_has_a_benefit_where_hours_are_counted_as_of_a_whole_year(
    dataset: str, hours: str, months: int, total: str
):
    people = hr(case("benefit-of-a-late-hire") / dataset)[1]
    (benefit,) = people["people"][0]["benefits"]
    assert (benefit["paid_hours"], benefit["months"]) == (hours, months)
    assert totals(people) == {"L1": total}


def test_positions_that_overlap_after_the_planned_day_are_named():
    code, people = hr(case("overlap-in-march"))
    assert code == Exit.BROKEN_RULE
    assert broken(people) == [
        "Person 1 is contracted for 0.5 FTE and holds X1a (0.5) and X1b (0.25) from March 1, 2027 "
        "to March 31, 2027.",
        "Person 1 is contracted for 0.5 FTE and holds X1b (0.25) from April 1, 2027 to June 18, "
        "2027.",
    ]


def test_a_position_at_another_step_than_its_holder_has_is_noted_with_the_difference():
    code, people = hr(case("lane-of-person-and-position"))
    assert (code, totals(people)) == (Exit.DONE, {"A1": "66065.73"})
    (noted,) = people["findings"]
    assert (noted["severity"], noted["message"]) == (
        "noted",
        "X has lane 72 and step 1; A1 is budgeted at lane BA and step 10: $10,883.20 a year more.",
    )
    assert noted["remedy"].startswith("Sheet positions, A1: write the person's lane and step")


def test_who_lacks_every_credential_is_named_as_who_lacks_those_that_ended():
    code, people = hr(case("no-credential-at-all"))
    assert code == Exit.BROKEN_RULE
    named = {
        tuple(one["subject"])[0]: one["amount"]
        for one in people["findings"]
        if one["severity"] == "broken"
    }
    assert named == {"C1": 5, "C2": 3}


@pytest.mark.parametrize(
    ("position", "total"),
    [
        ("A1", "66065.73"),
        ("A2", "15991.75"),
        ("A3", "35711.87"),
        ("A4", "32866.00"),
        ("A7", "15716.53"),
    ],
)
def test_positions_cost_what_was_worked_out_by_hand(position: str, total: str):
    assert totals(hr(case("prices-of-seven-places"))[1])[position] == total


def test_a_cap_counts_over_both_positions_of_a_person():
    people = hr(case("prices-of-seven-places"))[1]["people"]
    assert next(one["total"] for one in people if one["staff"] == "S1") == "258399.80"


def test_training_of_who_is_hired_before_the_year_is_due_within_it():
    people = {
        one["staff"]: {need["training"]: need["due"] for need in one["training"]}
        for one in hr(case("training-of-who-was-hired-in-august"))[1]["people"]
    }
    due = {staff: (needs["fcs12"], needs["fcs34"]) for staff, needs in people.items()}
    assert due["T1"] == ("2025-09-02", "2026-02-20")
    assert due["T3"] == ("2026-04-15", "2026-06-15")
    assert due["T4"] == ("2026-07-10", "2026-09-01")


def test_everybody_who_is_cut_is_cut_on_every_page(tmp_path: Path):
    dataset, out = CASES / "robust" / "all-positions-cut", tmp_path / "out"
    assert planner("solve", dataset, "-o", out, "--seconds", 2).exit_code == Exit.DONE
    plan = out / "plan.json"
    written = json.loads(plan.read_text(encoding="utf-8"))
    assert written["positions"] == []
    assert (written["measures"]["fte"], written["measures"]["people"]) == ({}, {})
    assert planner("check", plan, "--data", dataset).exit_code == Exit.DONE
    assert planner("check", out / "plan.xlsx", "--data", dataset).exit_code == Exit.DONE
    code, people = hr(dataset, "--plan", plan)
    assert (code, people["people"], budgeted(people)) == (Exit.DONE, [], (0, "0"))
    cut = [one["message"] for one in people["findings"]]
    assert len(cut) == 3
    assert all("is cut wholly" in said for said in cut)
    code, money = funds(dataset, "--plan", plan)
    assert code == Exit.DONE
    assert (money["all"]["cost"], money["all"]["fte"]) == ("0.00", "0")
    assert Decimal(account(money, "f")["left"]) == Decimal("100.00")


@pytest.mark.slow
def test_a_half_that_is_closed_takes_its_half_of_the_contract_along(tmp_path: Path):
    scenario = tmp_path / "close.yaml"
    region = ("--example", "lausd-region")
    made = planner("scenario", "new", *region, "-o", scenario, "--close", "P-030")
    assert "Coach 1: fte 1 FTE → 0.5 FTE" in made.stdout
    result = planner("hr", *region, "--scenario", scenario, "--json")
    said = json.loads(result.stdout)
    assert (result.exit_code, broken(said)) == (Exit.DONE, [])
    before = json.loads(planner("hr", *region, "--json").stdout)
    assert Decimal(budgeted(said)[1]) - Decimal(budgeted(before)[1]) == Decimal("-0.5")


def test_a_scenario_that_closes_half_a_coach_says_what_it_leaves_out():
    told = planner("scenario", "show", CASES / "screen" / "close-half-coach.yaml")
    assert told.exit_code == Exit.DONE
    assert (
        "Take care: Coach 1 is contracted for 1 FTE and holds P-029 (0.5). The scenario does not "
        "change the contract: set fte (or week_minutes) of IC-01 in the sheet staff as well."
    ) in told.stdout


def test_a_year_of_27_pay_periods():
    _, said = hr(case("27-pay-periods"), "--person", "P1")
    (position,) = said["people"][0]["positions"]
    amounts = [line["amount"] for line in position["lines"] if line["kind"] != "oncost"]
    assert amounts == ["8583.33", "772.50", "2700.00"]
    assert "27 periods × 0.5 FTE × 103/180 days" in position["lines"][1]["formula"]


def test_thirds_of_a_cent_of_a_week_and_of_full_time():
    code, cents = hr(case("thirds") / "cents")
    places = {one["position"]: one for who in cents["people"] for one in who["positions"]}
    assert code == Exit.DONE
    assert [one["amount"] for one in places["X1"]["funding"]] == ["33.33", "33.33", "33.35"]
    code, weeks = hr(case("thirds") / "third-of-a-week")
    assert (code, broken(weeks)) == (Exit.DONE, [])
    assert {totals(weeks)[place] for place in ("Y1", "Y2", "Y3")} == {"10765.00"}
    code, parts = hr(case("thirds") / "third-of-fte")
    assert (code, len(broken(parts))) == (Exit.BROKEN_RULE, 1)


def test_paid_extra_hours_cost_money_beside_the_position():
    code, people = hr(case("paid-evening-hours"))
    done, money = funds(case("paid-evening-hours"))
    assert (code, done) == (Exit.DONE, Exit.DONE)
    assert totals(people) == {"J1": "55182.53"}
    wages, *rates = [line["amount"] for line in people["extra_pay"]]
    assert (wages, rates) == ("1568.39", ["110.89", "97.24", "22.74"])
    gen = account(money, "gen")
    assert (gen["filled"], gen["expenditures"], gen["planned"]) == (
        "55182.53",
        "1799.26",
        "56981.79",
    )
