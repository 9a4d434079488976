"""Money outside of the days on which a fund may be spent is named."""

from planner.rules.fund_dates import RULE
from tests.planner.budgeted import amounts, problem, said

POSITIONS = "position,role,school,status,staff,fte,start,end,funding\n"
FUNDS = "fund,program,amount,starts,expires\nt3,title-3,1000000,2026-10-01,2027-01-29\n"


def test_a_position_within_the_funds_time_keeps_it():
    facts = problem(
        f"{POSITIONS}P,aide,elm,filled,A1,1,2026-10-01,2027-01-29,t3:100\n", funds=FUNDS
    )
    assert amounts(RULE, facts) == []


def test_weekdays_before_and_after_are_named():
    facts = problem(f"{POSITIONS}P,aide,elm,filled,A1,1,,2027-02-02,t3:100\n", funds=FUNDS)
    assert amounts(RULE, facts) == [22, 2]  # 1 to 30 September; 1 and 2 February
    assert said(RULE, facts) == [
        "t3 begins on October 1, 2026 and pays P on 22 weekdays before that.",
        "t3 may be spent until January 29, 2027 and pays P on 2 weekdays after that.",
    ]


def test_an_expenditure_with_dates_is_looked_at_and_one_without_is_not():
    spent = "expenditure,fund,kind,amount,from,to\n"
    facts = problem(
        f"{POSITIONS}P,aide,elm,filled,A1,1,2026-10-01,2027-01-29,t3:100\n",
        funds=FUNDS,
        expenditures=f"{spent}X,t3,travel,100,2027-01-28,2027-02-01\nY,t3,materials,100,,\n",
    )
    assert amounts(RULE, facts) == [1]
