"""Who holds a position from when to when, and what each of them costs: the figures that were worked
out by hand for positions of their own, and the same again for rows of the sheet `assignments`.
"""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from planner.facts.problem import Problem
from planner.money import Costs, Employments, costs, paid_hours
from planner.money.budgeted import Budgeted, priced
from planner.money.employment import together
from planner.money.head_count import head_count
from planner.plan.holdings import held_on, holdings
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import budgeted_as_they_stand
from planner.rules import benefit_cliff, fund_total, one_contract
from planner.sheets.dataset import parse, read_tables, tables_of
from planner.sheets.raw_table import table_of
from tests.cases.test_money import case
from tests.planner.money.district import district


def changed(name: str, **sheets: str) -> Problem:
    """A case of money with some sheets replaced by other text."""
    tables = dict(read_tables(case(name)))
    for sheet, text in sheets.items():
        tables[sheet] = table_of(list(csv.reader(io.StringIO(text))), f"{sheet}.csv")
    return Problem(parse(tables))


def seat(problem: Problem) -> FundedPosition:
    """The position that several people hold, the first of the sheet."""
    return budgeted_as_they_stand(problem)[0]


def priced_all(problem: Problem) -> Costs:
    return costs(problem, budgeted_as_they_stand(problem))


def parts(problem: Problem) -> list[tuple[str, Decimal]]:
    """What each holder of the first position costs, in order of time."""
    return [(part.holding.staff, part.total) for part in priced_all(problem).positions[0].parts]


def line(problem: Problem, name: str) -> list[str]:
    """The amounts of a line of the first position, holder by holder."""
    found = priced_all(problem).positions[0]
    return [str(line.amount) for line in found.lines if line.name == name]


LEAVER = {
    "positions": "position,role,school,status,week_minutes,funding\nP,iw,a,filled,1975,sb:100\n",
    "assignments": "position,staff,from,to\nP,W-LEAVER,,2027-01-31\nP,W-SUCC,2027-02-01,\n",
}


def leaver() -> Problem:
    return changed("threshold-of-part-of-a-year/dataset-month", **LEAVER)


def test_a_seat_that_changes_hands_has_the_threshold_of_each_ones_months():
    """domain.md: (9,218.01 − 5 × 416.67) × 15 % and (9,614.49 − 7 × 416.67) × 15 %."""
    assert line(leaver(), "NJC 19") == ["9218.01", "9614.49"]
    assert line(leaver(), "ni") == ["1070.20", "1004.67"]
    assert sum(map(Decimal, line(leaver(), "ni"))) == Decimal("2074.87")


def test_one_position_costs_what_two_positions_in_turn_cost():
    two = changed("threshold-of-part-of-a-year/dataset-month")
    separate = [cost.total for cost in priced_all(two).positions[1:]]
    assert [total for _, total in parts(leaver())] == separate
    assert priced_all(leaver()).total == sum(separate)


def count(problem: Problem, day: str) -> tuple[int, Fraction, int, Fraction, int]:
    """Filled positions and FTE, vacant positions and FTE, and people, of all on a day."""
    budget = priced(problem, budgeted_as_they_stand(problem))
    total = head_count(problem, budget, date.fromisoformat(day)).total
    filled, vacant = total.filled, total.vacant
    return filled.positions, filled.fte, vacant.positions, vacant.fte, total.budgeted.people


SEAT = """position,role,school,status,fte,lane,step,funding,staff
X1,esp,elm,filled,1,72 credits,1,t1-elm:100,
"""
OWN = SEAT.replace("100,\n", "100,P1\n")


def one_seat(rows: str, positions: str = SEAT) -> Problem:
    """A seat of 1.0 FTE, eight hours by the hour, with three people of whom none holds it but by
    these rows.
    """
    staff = "".join(f"P{number},esp,elm,1,72 credits,1\n" for number in (1, 2, 3))
    return district(
        staff="staff,role,schools,fte,lane,step\n" + staff,
        positions=positions,
        assignments="position,staff,from,to,fte,lane,step,funding,kind,paid\n" + rows,
    )


def alone() -> Problem:
    """The same seat, held by its own columns."""
    return one_seat("", OWN)


def test_one_row_that_says_what_the_position_says_changes_nothing():
    own, row = priced_all(alone()), priced_all(one_seat("X1,P1,,,,,,,,\n"))
    assert own.total == row.total
    assert [line.formula for line in own.positions[0].lines] == [
        line.formula for line in row.positions[0].lines
    ]


@pytest.mark.parametrize("last", ["2025-10-07", "2025-12-31", "2026-03-13"])
def test_a_year_that_is_cut_in_two_has_its_days_together(last: str):
    following = date.fromordinal(date.fromisoformat(last).toordinal() + 1)
    both = one_seat(f"X1,P1,,{last},,,,,,\nX1,P1,{following},,,,,,,\n")
    first, second = Employments(both).held(seat(both))
    (whole,) = Employments(alone()).held(seat(alone()))
    assert first.contract_days + second.contract_days == whole.contract_days
    assert first.hours + second.hours == whole.hours
    assert abs(priced_all(both).total - priced_all(alone()).total) <= Decimal("0.04")


def test_who_has_the_seat_is_counted_and_the_gap_is_vacant():
    problem = one_seat("X1,P1,,2025-12-31,,,,,,\nX1,P2,2026-01-12,,,,,,,\n")
    one = Fraction(1)
    assert count(problem, "2025-10-06") == (1, one, 0, Fraction(0), 1)
    assert count(problem, "2026-01-06") == (0, Fraction(0), 1, one, 1)
    assert count(problem, "2026-01-12") == (1, one, 0, Fraction(0), 1)


def test_seats_are_counted_and_not_people():
    """domain.md: P1 to 31 December, P3 from 4 January, one 0.875 seat: 1 position, 0.875 FTE, a sum
    of two parts.
    """
    seat_of_seven_hours = SEAT.replace("filled,1,", "filled,0.875,")
    rows = "X1,P1,,2025-12-31,,,,,,\nX1,P3,2026-01-04,,,,,,,\n"
    problem = one_seat(rows, seat_of_seven_hours)
    for day in ("2025-10-06", "2026-02-02"):
        assert count(problem, day) == (1, Fraction(7, 8), 0, Fraction(0), 1)
    (first, second), cost = parts(problem), priced_all(problem).positions[0]
    assert (first[0], second[0]) == ("P1", "P3")
    assert cost.total == first[1] + second[1]


def test_one_person_at_a_half_and_then_another_half_is_a_half():
    half = SEAT.replace("filled,1,", "filled,0.5,")
    positions = half + half.splitlines()[1].replace("X1", "X2") + "\n"
    rows = "X1,P1,,2025-12-31,,,,,,\nX2,P1,2026-01-01,,,,,,,\n"
    problem = one_seat(rows, positions)
    for day in ("2025-10-06", "2026-02-02"):
        filled = count(problem, day)[1]
        assert filled == Fraction(1, 2)
        assert len(held_on(problem, budgeted_as_they_stand(problem), date.fromisoformat(day))) == 1


@pytest.mark.parametrize(
    ("dataset", "months", "total"),
    [("dataset", 0, "15931.83"), ("dataset-annualised", 5, "21431.83")],
)
def test_who_takes_a_seat_in_march_has_the_benefit_of_a_late_hire(
    dataset: str, months: int, total: str
):
    """domain.md: hired on 2 March, 518 h this year, eligible on annualised hours alone."""
    positions = (case("benefit-of-a-late-hire") / dataset / "positions.csv").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(positions)))
    name, staff = rows[0]["position"], rows[0]["staff"]
    rows[0] |= {"start": "", "staff": ""}
    problem = changed(
        f"benefit-of-a-late-hire/{dataset}",
        positions="\n".join(",".join(row) for row in (rows[0], rows[0].values())) + "\n",
        assignments=f"position,staff,from\n{name},{staff},2026-03-02\n",
    )
    assert priced_all(problem).total == Decimal(total)
    (employment,) = Employments(problem).held(seat(problem))
    assert len(together([employment]).months(problem.data.district)) == 5
    assert [*line(problem, "sebb")] == ([f"{1100 * months}.00"] if months else [])


def test_two_people_share_a_position():
    problem = one_seat("X1,P1,,,0.5,,,,,\nX1,P2,,2026-01-31,0.5,,,,,\n")
    assert count(problem, "2025-10-06") == (1, Fraction(1), 0, Fraction(0), 2)
    assert count(problem, "2026-02-02") == (1, Fraction(1, 2), 0, Fraction(1, 2), 1)


def test_leave_keeps_the_seat_and_the_substitute_fills_it_meanwhile():
    problem = one_seat(
        "X1,P1,2026-02-01,2026-04-30,,,,,leave,\nX1,P2,2026-02-01,2026-04-30,,,,,substitute,\n",
        OWN,
    )
    then = held_on(problem, [seat(problem)], date(2026, 3, 2))
    assert [(one.staff, one.kind) for one in then] == [("P1", "leave"), ("P2", "substitute")]
    assert count(problem, "2026-03-02") == (1, Fraction(1), 0, Fraction(0), 1)
    assert [staff for staff, _ in parts(problem)] == ["P1", "P1", "P2", "P1"]


def leave(paid: str) -> Problem:
    return one_seat(
        f"X1,P1,,,,,,,,\nX1,P1,2026-02-01,2026-04-30,,,,,leave,{paid}\n"
        "X1,P2,2026-02-01,2026-04-30,,,,,substitute,\n"
    )


def test_paid_leave_and_its_substitute_both_cost():
    found = parts(leave("yes"))
    mine = sum(total for staff, total in found if staff == "P1")
    assert abs(mine - priced_all(alone()).total) <= Decimal("0.06")
    assert found[2][0] == "P2"
    assert found[2][1] > 0


def test_unpaid_leave_costs_nothing():
    problem = leave("no")
    away = [part for part in priced_all(problem).positions[0].parts if part.holding.kind == "leave"]
    assert [(part.lines, part.total) for part in away] == [((), Decimal("0.00"))]
    sub = Employments(problem).held(seat(problem))
    days = {one.holding.kind: one.paid_days for one in sub if one.holding.kind != "holds"}
    (whole,) = Employments(alone()).held(seat(alone()))
    assert paid_hours(problem, [seat(problem)], "P1") == whole.hours - 8 * days["leave"]
    # Twelve months less February, March and April.
    assert {
        line.formula
        for part in priced_all(problem).positions[0].parts
        for line in part.lines
        if line.name == "sebb" and part.holding.staff == "P1"
    } == {"$1,100.00 × 9 months × 5 ÷ 9 months", "$1,100.00 × 9 months × 4 ÷ 9 months"}


def test_a_step_within_the_year_is_paid_from_its_day():
    problem = one_seat("X1,P1,,2026-01-31,,,,,,\nX1,P1,2026-02-01,,,BA,10,,,\n")
    first, second = Employments(problem).held(seat(problem))
    names = [line.name for line in priced_all(problem).positions[0].lines if line.kind == "pay"]
    assert names == ["PA4 72 credits 1", "PA4 BA 10"]
    pay = [line.amount for line in priced_all(problem).positions[0].lines if line.kind == "pay"]
    assert pay == [
        (Decimal(first.paid_days) * 8 * Decimal("26.81")).quantize(Decimal("0.01")),
        (Decimal(second.paid_days) * 8 * Decimal("33.76")).quantize(Decimal("0.01")),
    ]


def test_a_flat_sum_a_month_follows_the_months_of_each_funding():
    """domain.md: a flat monthly cost follows the months of each funding, not its FTE."""
    problem = one_seat("X1,P1,,2025-12-31,,,,,,\nX1,P1,2026-01-01,,,,,general:100,,\n")
    assert line(problem, "sebb") == ["5500.00", "7700.00"]
    cost = priced_all(problem).positions[0]
    assert sum(cost.funds.values()) == cost.total
    assert set(cost.funds) == {"t1-elm", "general"}


def test_lines_add_to_assignments_positions_and_funds():
    for problem in (leaver(), leave("yes"), leave("no")):
        for cost in priced_all(problem).positions:
            assert cost.total == sum((part.total for part in cost.parts), Decimal(0))
            assert cost.total == sum((line.amount for line in cost.lines), Decimal(0))
            assert cost.total == sum(cost.funds.values(), Decimal(0))
            for part in cost.parts:
                assert all(line.amount == sum(line.funds.values()) for line in part.lines)


def test_two_equal_funds_differ_by_a_cent_over_all_holders():
    rows = "".join(
        f"X1,P1,{start},{end},,,,,,\n"
        for start, end in (("", "2025-10-01"), ("2025-10-02", "2025-11-07"), ("2025-11-08", ""))
    )
    positions = SEAT.replace("t1-elm:100", "t1-elm:50;general:50")
    cost = priced_all(one_seat(rows, positions)).positions[0]
    assert abs(cost.funds["t1-elm"] - cost.funds["general"]) <= Decimal("0.01")


def names(problem: Problem, day: str) -> Iterator[str]:
    district = problem.data.district.model_copy(update={"plan_date": date.fromisoformat(day)})
    there = Problem(problem.data.model_copy(update={"district": district}))
    return (person.id for person in there.people)


def test_who_is_there_on_the_planned_day_is_planned():
    """P3 holds nothing and is not named: a contract without a position is planned as before."""
    assert [*names(leave("yes"), "2025-10-06")] == ["P1", "P3"]
    assert [*names(leave("yes"), "2026-03-02")] == ["P2", "P3"]


def test_who_is_on_leave_from_a_half_works_the_other_half():
    positions = "position,role,school,status,staff,fte,lane,step,funding\n" + "".join(
        f"X{number},esp,elm,filled,P1,0.5,72 credits,1,t1-elm:100\n" for number in (1, 2)
    )
    rows = "X1,P1,2026-02-01,2026-04-30,,,,,leave,\n"
    problem = one_seat(rows, positions)
    day = problem.data.district.model_copy(update={"plan_date": date(2026, 3, 2)})
    then = Problem(problem.data.model_copy(update={"district": day}))
    assert then.person_of["P1"].row.fte == Decimal("0.5")
    assert problem.person_of["P1"].row.fte == 1


def test_a_position_without_a_row_is_held_by_its_own_columns_for_its_whole_life():
    (one,) = holdings(alone(), [seat(alone())])
    district = alone().data.district
    assert (one.staff, one.start, one.end) == ("P1", district.year_start, district.year_end)


def datasets() -> list[str]:
    """The cases of money whose positions cost something, by folder."""
    root = case("")
    folders = sorted(path.parent for path in root.rglob("positions.csv"))
    return [
        folder.relative_to(root).as_posix()
        for folder in folders
        if (folder / "pay.csv").exists() and not (folder / "assignments.csv").exists()
    ]


@pytest.mark.parametrize("name", datasets())
def test_rows_that_say_what_positions_say_change_no_figure(name: str):
    """Every case of money once more, with who holds what in the sheet `assignments`."""
    own = Problem(parse(dict(read_tables(case(name)))))
    rows, kept = ["position,staff,lane,step"], []
    for position in own.data.positions:
        if position.status == "filled":
            cells = (position.position, position.staff, position.lane, position.step)
            rows.append(",".join(cells))
            kept.append(position.model_copy(update={"staff": ""}))
        else:
            kept.append(position)
    assigned = table_of(list(csv.reader(io.StringIO("\n".join(rows) + "\n"))), "assignments.csv")
    sheets = tables_of(own.data.model_copy(update={"positions": tuple(kept)}))
    said = Problem(parse({**sheets, "assignments": assigned}))
    before, after = priced_all(own), priced_all(said)
    assert [
        (cost.position.position, cost.position.staff, cost.total, cost.funds)
        for cost in before.positions
    ] == [
        (cost.position.position, cost.position.staff, cost.total, cost.funds)
        for cost in after.positions
    ]
    days = own.data.district.year_start, own.data.district.day_planned, own.data.district.year_end
    for day in days:
        counted = [
            head_count(problem, Budgeted(budgeted_as_they_stand(problem), costs_, ()), day).total
            for problem, costs_ in ((own, before), (said, after))
        ]
        assert counted[0].filled == counted[1].filled
    rules = [one_contract.RULE, fund_total.RULE, benefit_cliff.RULE]
    broken = [
        {v.message for rule in rules for v in rule.violations(problem, plan)}
        for problem, plan in (
            (own, Plan(positions=budgeted_as_they_stand(own))),
            (said, Plan(positions=budgeted_as_they_stand(said))),
        )
    ]
    assert broken[0] == broken[1]
