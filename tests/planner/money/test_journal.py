"""The journal: its entries are the ledger's cents, on accounts that the sheet `accounts` makes up."""

from decimal import Decimal
from fractions import Fraction

import pytest

from planner.facts.problem import Problem
from planner.money.accounts import UNKNOWN, AccountBook
from planner.money.budgeted import planned
from planner.money.cents import money, shared_out, to_cents
from planner.money.journal import JournalEntry, journal, without_codes
from planner.money.ledger import ledger
from planner.plan.plan import Plan
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from tests.planner.money.test_expenditures import DUTY, SPENT, money_of

FORMAT = "name,jurisdiction,year_start,year_end,account_format\nT,us-wa,2025-09-03,2026-06-18,"
ACCOUNTS = """applies_to,segment,code
all,fund,01
program:title-1,resource,3010
fund:general,resource,0000
role:esp,object,2100
oncost:sers,object,3202
kind:materials,object,4300
"""


def booked(problem: Problem, *, monthly: bool = False) -> tuple[JournalEntry, ...]:
    return journal(problem, planned(problem, Plan()), Plan(), monthly=monthly)


def strings(**sheets: str | None) -> Problem:
    own = {"district": f"{FORMAT}{{fund}}-{{resource}}-{{object}}\n", "accounts": ACCOUNTS}
    return money_of(**own | sheets)


@pytest.mark.parametrize("monthly", [False, True])
@pytest.mark.parametrize(
    "name", ["first-steps", "short-staffed", "new-bridge", "tacoma-mtss", "lausd-region"]
)
def test_the_journal_is_the_ledger_to_the_cent(name: str, monthly: bool):
    problem = Problem(load(example_path(name)), name)
    book = ledger(problem, planned(problem, Plan()), Plan())
    entries = booked(problem, monthly=monthly)
    debits: dict[str, Decimal] = {}
    for entry in entries:
        debits[entry.fund] = debits.get(entry.fund, Decimal("0.00")) + entry.debit
    for account in book.accounts:
        assert debits.get(account.fund, Decimal("0.00")) == account.planned
    assert list(without_codes(entries)) == []


def test_the_most_particular_code_holds():
    accounts = AccountBook(strings())
    assert accounts.of("t1-elm", "elm", "esp", ()).account == "01-3010-2100"
    assert accounts.of("general", "", "esp", ("oncost:sers",)).account == "01-0000-3202"
    unknown = accounts.of("general", "", "", ("kind:travel",))
    assert (unknown.account, unknown.missing) == (f"01-0000-{UNKNOWN}", ("object",))


def test_what_has_no_code_is_named_and_still_booked():
    facts = strings(expenditures=f"{SPENT}X,general,travel,10.00,,,,\n")
    entries = booked(facts)
    assert [one.account for one in entries if one.description == "X travel"] == ["01-0000-?"]
    (said,) = without_codes(entries)
    assert said == "The segment object of accounts has no code for kind:travel on general."


def test_without_a_format_the_account_is_the_fund():
    assert {one.account for one in booked(money_of())} == {"t1-elm", "general"}


def test_a_month_has_its_share():
    duties = f"{DUTY}eve,family,elm,60,1,Wed 17:00-19:00,paid,S1\n"
    facts = money_of(
        duties=duties,
        expenditures="expenditure,fund,kind,amount,from,to\n"
        "X,general,training,100.00,2025-10-01,2025-12-05\n",
    )
    of: dict[str, dict[str, Decimal]] = {}
    for one in booked(facts, monthly=True):
        of.setdefault(one.description, {})[f"{one.period} {one.fund}"] = one.debit
    assert of["X training"] == {
        "2025-10 general": Decimal("33.34"),
        "2025-11 general": Decimal("33.33"),
        "2025-12 general": Decimal("33.33"),
    }
    pay = next(name for name in of if name.startswith("P PA4"))
    assert {period.split()[0] for period in of[pay]} == {
        f"{day:%Y-%m}" for day in facts.calendar.weekdays
    }
    september = sum(v for k, v in of["eve, S1"].items() if k.startswith("2025-09"))
    # Four Wednesdays at $33.76, of which each of two funds has its part in whole cents.
    assert abs(september - Decimal("135.04")) <= Decimal("0.01")


def test_the_months_of_a_position_have_its_parts_together():
    facts = money_of()
    of: dict[str, Decimal] = {}
    for one in booked(facts, monthly=True):
        if one.fund == "general":
            of[one.period] = of.get(one.period, Decimal("0.00")) + one.debit
    (cost,) = planned(facts, Plan()).costs.positions
    days = [f"{day:%Y-%m}" for day in facts.calendar.weekdays]
    months = sorted(set(days))
    whole = to_cents(cost.funds["general"])
    parts = shared_out(whole, [Fraction(days.count(month)) for month in months])
    assert [of[month] for month in months] == [money(part) for part in parts]
