"""Who is cut is said of a plan, and to everybody only of the positions that they may see."""

from dataclasses import replace
from fractions import Fraction

import pytest

from planner.access.plan_view import plan_for
from planner.facts.who import DIRECTOR, HR, PRINCIPAL, VIEWER
from planner.hr.cuts import cut_headline, cut_positions, paid_otherwise
from planner.plan.plan import Plan
from planner.plan.positions import as_they_stand, staffed
from tests.planner.access import made
from tests.planner.access.reading import leaks, others_of, viewer
from tests.planner.budgeted import problem, whole

HELD = (
    "position,role,school,status,staff,fte,funding\n"
    "P,ei,elm,filled,E1,1,tsp:100\nQ,ei,oak,filled,E2,1,tsp:100\nR,ei,elm,vacant,,1,tsp:100\n"
)


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ({"P": 1, "Q": 1}, ""),
        ({"P": 1, "Q": 1, "R": 1}, ""),
        ({"P": 1}, "1 of 2 filled positions is cut, Q (Egon, 1 FTE)."),
        (
            {"P": Fraction(1, 2), "R": 1},
            "2 of 2 filled positions are cut, P (Edda, 1 FTE to 0.5) and Q (Egon, 1 FTE).",
        ),
        (
            {},
            "All positions are cut: 2 filled positions, P (Edda, 1 FTE) and Q (Egon, 1 FTE).",
        ),
    ],
)
def test_the_headline_counts_what_is_cut(kept: dict[str, Fraction], told: str):
    facts = problem(HELD, staff="staff,name,role\nE1,Edda,ei\nE2,Egon,ei\n")
    positions = tuple(
        replace(position, fte=Fraction(kept[position.position]))
        for position in whole(facts).budgeted
        if position.position in kept
    )
    plan = Plan(positions=positions)
    assert cut_headline(facts, plan) == told
    assert cut_headline(staffed(facts, positions), plan) == told


def test_a_plan_without_a_budget_cuts_nobody():
    assert cut_headline(problem(HELD), Plan()) == ""
    assert list(paid_otherwise(problem(HELD), Plan())) == []


WHO = [
    viewer(DIRECTOR),
    viewer(HR),
    viewer(VIEWER),
    *(viewer(PRINCIPAL, schools=[school]) for school in ("bri", "ced")),
]


@pytest.mark.parametrize("who", WHO, ids=lambda who: " ".join((*who.roles, *who.schools)))
def test_nobody_is_told_of_a_cut_that_is_none_or_not_theirs(who):
    facts = made.problem("lausd-region")
    plan = made.plan("lausd-region")
    seen, shown = plan_for(who, facts, plan)
    assert cut_positions(seen, shown) == ()
    dropped = Plan(plan.placements, plan.sessions, plan.training, ())
    cut, shown = plan_for(who, staffed(facts, ()), dropped)
    told = cut_headline(cut, shown)
    assert leaks(told, others_of("lausd-region", who.schools)) == [] or not who.schools
    filled = {position.position for position in as_they_stand(facts)}
    assert {position.position for position in cut_positions(cut, shown)} <= filled
