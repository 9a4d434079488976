"""What funds pay beside positions: the sheet's lines, indirect costs, and the extra hours of duties."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planner.facts.problem import Problem
from planner.money.budgeted import planned
from planner.money.cents import to_cents
from planner.money.ledger import Account, Ledger, ledger
from planner.money.spending import EXTRA_HOURS, by_funds
from planner.plan.plan import Placement, Plan, Session
from planner.plan.positions import budgeted_as_they_stand
from planner.rules.checker import notes, violations
from planner.rules.fund_total import RULE
from planner.rules.rule import Strength
from tests.planner.money.district import district

POSITIONS = "position,role,status,staff,school,fte,lane,step,funding\n"
FILLED = POSITIONS + "P,esp,filled,S1,elm,0.875,BA,10,t1-elm:60;general:40\n"
STAFF = "staff,role,fte,schools,lane,step\nS1,esp,0.875,elm,BA,10\nS2,esp,0.875,elm,72 credits,1\n"
FUNDS = "fund,program,amount\nt1-elm,title-1,90000\ngeneral,title-1,90000\n"
SPENT = "expenditure,fund,kind,amount,hours,rate,percent,status\n"
DUTY = "duty,kind,school,minutes,sessions,windows,time,staff\n"


def money_of(**sheets: str | None) -> Problem:
    own: dict[str, str | None] = {
        "staff": STAFF, "positions": FILLED, "funds": FUNDS, "duties": None
    }  # fmt: skip
    return district(**own | sheets)


def book(problem: Problem, plan: Plan | None = None) -> Ledger:
    plan = plan or Plan()
    return ledger(problem, planned(problem, plan), plan)


def account(problem: Problem, fund: str, plan: Plan | None = None) -> Account:
    return next(one for one in book(problem, plan).accounts if one.fund == fund)


def test_amounts_hours_and_indirect_costs_are_in_the_account():
    spent = f"{SPENT}X1,t1-elm,materials,1000.00,,,,spent\nX2,t1-elm,substitutes,,120,38.505,,\n"
    facts = money_of(expenditures=spent.replace("38.505", "38.51") + "X3,t1-elm,indirect,,,,5,\n")
    t1, general = account(facts, "t1-elm"), account(facts, "general")
    positions = t1.filled
    others = Decimal("1000.00") + Decimal("4621.20")
    indirect = ((positions + others) * 5 / 100).quantize(Decimal("0.01"))
    assert t1.expenditures == others + indirect
    assert t1.planned == positions + t1.expenditures
    assert t1.left == Decimal(90000) - t1.planned
    assert (t1.spent, t1.committed) == (Decimal("1000.00"), Decimal("0.00"))
    assert general.expenditures == 0
    formulas = [line.formula for line in book(facts).lines]
    assert formulas[1] == "120 h × $38.51"
    assert formulas[2].startswith("5 % × $")


def test_a_fund_that_expenditures_overdraw_breaks_the_rule_to_the_cent():
    left = account(money_of(), "t1-elm").left
    for more, broken in ((Decimal(0), []), (Decimal("0.01"), [1])):
        facts = money_of(expenditures=f"{SPENT}X,t1-elm,other,{left + more},,,,\n")
        plan = Plan(positions=budgeted_as_they_stand(facts))
        found = violations(facts, plan, strength=Strength.HARD, rules=[RULE])
        assert [one.amount for one in found] == broken


def test_paid_extra_hours_cost_the_rate_of_the_position_and_the_rates_on_it():
    facts = money_of(duties=f"{DUTY}eve,family,elm,90,1,Wed 17:00-19:00,paid,S1\n")
    lines = book(facts).lines
    assert {line.kind for line in lines} == {EXTRA_HOURS}
    (dates,) = {line.dates for line in lines}
    assert {day.weekday() for day in dates} == {2}
    wages = (Fraction("33.76") * Fraction(3, 2) * len(dates)).limit_denominator(10**6)
    assert lines[0].amount == Decimal(str(float(wages))).quantize(Decimal("0.01"))
    assert [line.oncost for line in lines] == ["", "sers", "fica"]
    assert lines[1].formula.startswith("7.07 % × $")
    # The flat benefit is not due again, and the funds pay as they pay the position.
    t1, general = account(facts, "t1-elm"), account(facts, "general")
    total = sum(line.amount for line in lines)
    assert t1.extra_hours + general.extra_hours == total
    assert abs(t1.extra_hours - total * 60 / 100) < Decimal("0.01")


def test_a_duty_costs_at_most_the_weeks_of_the_contract():
    facts = money_of(duties=f"{DUTY}eve,family,elm,90,1,Wed 17:00-19:00,paid,S1\n")
    assert len(book(facts).lines[0].dates) == 39  # 195 days, although the year has 42 Wednesdays


def test_a_rate_counts_extra_hours_above_its_threshold_and_below_its_cap():
    duties = f"{DUTY}eve,family,elm,60,1,Wed 17:00-19:00,paid,S1\n"
    facts = money_of(
        duties=duties, oncosts="oncost,rate_percent,threshold,cap\nni,10,46582.40,47082.40\n"
    )
    wages, ni = book(facts).lines
    assert wages.amount == Decimal("1316.64")  # on top of $46,082.40
    assert ni.amount == Decimal("50.00")  # 10 % of the $500 between threshold and cap
    assert ni.formula == "10 % × $500.00"


POSITION_2 = FILLED + "Q,esp,filled,S2,elm,0.875,72 credits,1,general:100\n"
EITHER = f"{DUTY}eve,family,elm,60,1,Wed 17:00-19:00,paid,\n"


def test_before_a_timetable_the_dearest_who_may_do_it_is_expected():
    facts = money_of(positions=POSITION_2, duties=EITHER)
    assert {line.staff for line in book(facts).lines} == {"S1"}


def test_a_timetable_says_who_does_it():
    facts = money_of(positions=POSITION_2, duties=EITHER)
    done = Plan(sessions=(Session("eve", "Wed", 1020, 1080, ("S2",), "elm", "duty"),))
    lines = book(facts, done).lines
    assert {line.staff for line in lines} == {"S2"}
    assert lines[0].amount == Decimal("1045.59")  # 39 × $26.81
    nobody = Plan(placements=(Placement("S1", "Mon", 480, 900, "elm"),))
    assert book(facts, nobody).lines == ()


def test_whom_the_timetable_takes_breaks_no_rule_on_money_and_is_noted():
    facts = money_of(positions=POSITION_2, duties=EITHER)
    positions = budgeted_as_they_stand(facts)
    done = Plan(
        sessions=(Session("eve", "Wed", 1020, 1080, ("S2",), "elm", "duty"),), positions=positions
    )
    planned_then = account(facts, "general", done).planned
    short = money_of(
        positions=POSITION_2,
        duties=EITHER,
        funds=FUNDS.replace("general,title-1,90000", f"general,title-1,{planned_then - 500}"),
    )
    assert account(short, "general", done).left == -500
    assert list(violations(short, done, strength=Strength.HARD, rules=[RULE])) == []
    (note,) = [one for one in notes(short, done, [RULE]) if one.where[0] == "general"][:1]
    assert note.message == (
        "The extra hours of duties, as the timetable gives them, overdraw general by $500.00."
    )


def test_somebody_whom_no_fund_pays_has_extra_hours_that_no_fund_pays():
    facts = money_of(
        positions=FILLED.replace("t1-elm:60;general:40", ""),
        duties=f"{DUTY}eve,family,elm,90,1,Wed 17:00-19:00,paid,S1\n",
    )
    without = money_of(positions=FILLED.replace("t1-elm:60;general:40", ""))
    more = book(facts).unfunded - book(without).unfunded
    assert more == sum(line.amount for line in book(facts).lines)


amounts = st.decimals(Decimal("1"), Decimal("20000"), places=2)
rows = st.one_of(
    amounts.map(lambda amount: f"materials,{amount},,,,spent"),
    st.tuples(st.decimals(1, 500, places=2), st.decimals(5, 500, places=2)).map(
        lambda pair: f"substitutes,,{pair[0]},{pair[1]},,committed"
    ),
    st.decimals(Decimal("0.1"), 60, places=2).map(lambda part: f"indirect,,,,{part},"),
)


@pytest.mark.parametrize("duty", [False, True])
@given(some=st.lists(st.tuples(st.sampled_from(("t1-elm", "general")), rows), max_size=6))
@settings(max_examples=20, deadline=None)
def test_lines_add_up_to_their_accounts(duty: bool, some: list[tuple[str, str]]):
    spent = "".join(f"X{number},{fund},{row}\n" for number, (fund, row) in enumerate(some))
    facts = money_of(
        expenditures=SPENT + spent, duties=EITHER if duty else None, positions=POSITION_2
    )
    found = book(facts)
    paid = by_funds(found.lines)
    for one in found.accounts:
        assert one.expenditures == paid.get(one.fund, Decimal("0.00"))
        assert one.planned == one.filled + one.expenditures == one.counted
        own = sum(
            to_cents(line.funds[one.fund])
            for line in found.lines
            if one.fund in line.funds and not line.is_indirect
        )
        for line in found.lines:
            if line.is_indirect and one.fund in line.funds:
                row = next(r for r in facts.data.expenditures if r.expenditure == line.id)
                assert row.percent is not None
                exact = Fraction(row.percent) * (to_cents(one.filled) + own) / 100
                assert abs(to_cents(line.amount) - exact) <= Fraction(1, 2)
