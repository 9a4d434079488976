"""Positions that cannot be priced, and (a warning) funds that cannot pay for those that are filled.

Only a dataset without other faults is priced, because what is misspelt would mislead.
"""

from collections.abc import Iterator
from dataclasses import replace

from planner.facts.assignments import Assignment
from planner.facts.cell_formats import nearest
from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.money import Costs, Employments, NoPay, PayMissing, costs
from planner.money.budgeted import Budgeted
from planner.money.ledger import ledger
from planner.money.rates import Schedules
from planner.plan.holdings import Holding
from planner.plan.plan import Plan
from planner.plan.positions import as_they_stand, funded
from planner.rules.fund_total import RULE as FUND_TOTAL
from planner.rules.rule import Strength
from planner.rules.settings import setting_of
from planner.sheets.consistency.sheets import Sheets
from planner.words.errors import Fault
from planner.words.wording import Words, listed

MOST_NAMED = 3


def find_steps_without_pay(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """A position whose lane and step are not in its schedule, where the sheet `pay` has that
    schedule.
    """
    schedules = Schedules(problem.data.pay, problem.data.district)
    known = {row.schedule for row in problem.data.pay}
    employments = Employments(problem)
    for row in problem.data.positions:
        for one in employments.paid([funded(problem, row)]):
            rate = schedules.rate(one, employments.people.get(one.position.staff))
            if isinstance(rate, NoPay) and rate.schedule in known:
                said = _saying(problem, one.holding)
                yield _without_pay(sheets, problem, row if said is None else said, rate)


def _saying(problem: Problem, holding: Holding) -> Assignment | None:
    """The row of the sheet `assignments` by which somebody holds a position for a time; None where
    its own columns do.
    """
    stretches = problem.stretches.get(holding.of.position, ())
    return next(
        (
            stretch.rows[0]
            for stretch in stretches
            if stretch.staff == holding.staff and stretch.first == holding.start and stretch.rows
        ),
        None,
    )


def _without_pay(
    sheets: Sheets, problem: Problem, row: Position | Assignment, missing: NoPay
) -> Fault:
    cells = [pay for pay in problem.data.pay if pay.schedule == missing.schedule]
    if missing.first:
        rule = (
            f"is paid by the schedule '{missing.schedule}' from {missing.first} alone, and "
            "the position begins before."
        )
        return sheets.fault(
            row, "step", rule, "Add the rates of the time before to the sheet pay.", missing.step
        )
    lanes = {pay.lane: None for pay in cells}
    if missing.lane not in lanes:
        fix = (
            nearest(missing.lane, lanes) or f"It has {listed([lane or 'none' for lane in lanes])}."
        )
        return sheets.fault(
            row, "lane", f"is no lane of the schedule '{missing.schedule}'.", fix, missing.lane
        )
    steps = {pay.step: None for pay in cells if pay.lane == missing.lane}
    fix = nearest(missing.step, steps) or f"It has {listed([*steps])}."
    lane = f", lane '{missing.lane}'" if missing.lane else ""
    rule = (
        f"is {'no step' if missing.step else 'blank; the position needs a step'} of the "
        f"schedule '{missing.schedule}'{lane}."
    )
    return sheets.fault(row, "step", rule, fix, missing.step)


def find_overdrawn_funds(sheets: Sheets, problem: Problem) -> Iterator[Fault]:
    """A fund that cannot pay for the positions that are filled, after what it holds back.

    It is a warning: the dataset is understood, and the rule on fund totals is broken.
    """
    try:
        found = costs(problem, as_they_stand(problem))
    except PayMissing:
        return
    words, currency = Words(problem.data.district.locale), problem.data.district.currency
    rule = setting_of(problem, FUND_TOTAL)
    rows = {fund.fund: fund for fund in problem.data.funds}
    budget = Budgeted(as_they_stand(problem), found, ())
    for account in ledger(problem, budget, Plan()).accounts:
        strength = rule.at(problem.scopes((account.fund, account.school))).strength
        if account.overdrawn and strength is not Strength.OFF:
            held = (
                f" (less {words.money(account.held, currency)} held back)" if account.held else ""
            )
            cost = words.money(account.counted, currency)
            what = (
                "filled positions and expenditures" if account.expenditures else "filled positions"
            )
            most = _dearest(found, account.fund)
            fault = sheets.fault(
                rows[account.fund],
                "amount",
                f"does not pay the {what} on it, which cost {cost}{held}.",
                f"Most of it goes to {most}: pay less of them from it."
                if most
                else "Plan less in the sheet expenditures.",
            )
            yield replace(fault, kind="warning")


def _dearest(found: Costs, fund: str) -> str:
    """The positions that cost a fund most."""
    paid = [
        (one.position.position, one.funds[fund]) for one in found.positions if one.funds.get(fund)
    ]
    return listed([position for position, _ in sorted(paid, key=lambda one: -one[1])[:MOST_NAMED]])
