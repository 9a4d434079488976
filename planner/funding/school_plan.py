"""The page of a school's plan (in Los Angeles the SPSA): for each position the need, what it does,
and who pays how much.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from planner.facts.problem import Problem
from planner.hr.people import FundingLine, funding_lines
from planner.money import PositionCost
from planner.money.budgeted import Budgeted, planned
from planner.money.ledger import Account, ledger
from planner.money.spending import SpendingLine
from planner.plan.holdings import holders
from planner.plan.measures import Dose, GroupDose, Measures, measure
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import staffed_by
from planner.words.wording import MODES, kind_of_duty, listed


@dataclass(frozen=True)
class TierNeed:
    """The groups of a tier at a school, their students and minutes a cycle: owed, and served where
    there is a timetable.
    """

    tier: int
    groups: Dose
    students: Dose
    minutes: Dose


@dataclass(frozen=True)
class Planned:
    """A position on the page: who holds it in the year, which tiers it serves, what it does, and
    what each fund pays.
    """

    position: FundedPosition
    title: str
    holder: str
    tiers: tuple[int, ...]
    activity: str
    funding: tuple[FundingLine, ...]
    cost: PositionCost | None


@dataclass(frozen=True)
class SchoolPlan:
    """The page of one school. `accounts` are the school's own funds and pooled ones that pay a
    position here; `timed` says that what is served and done comes from a timetable, else it is what
    job classes may do here. `lines` is what is paid for the school beside positions.
    """

    school: str
    name: str
    timed: bool
    needs: tuple[TierNeed, ...]
    positions: tuple[Planned, ...]
    vacant: tuple[str, ...]
    lines: tuple[SpendingLine, ...]
    accounts: tuple[Account, ...]
    remarks: tuple[str, ...]


def school_plan(problem: Problem, plan: Plan, school: str) -> SchoolPlan:
    """The page of a school of the dataset."""
    return next(school_plans(problem, plan, [school]))


def school_plans(problem: Problem, plan: Plan, schools: Sequence[str]) -> Iterator[SchoolPlan]:
    """The pages of several schools."""
    budget, people = planned(problem, plan), staffed_by(problem, plan)
    measures, book = measure(people, plan), ledger(problem, budget, plan)
    budgeted = {position.position for position in budget.positions}
    for school in schools:
        here = [position for position in budget.positions if _is_of(people, position, school)]
        lines = tuple(line for line in book.lines if line.school == school)
        paying = {
            share.fund
            for position in here
            for share in (*position.funding, *position.allowance_funding)
        } | {fund for line in lines for fund in line.funds}
        vacant = [
            row.position
            for row in problem.data.positions
            if row.status == "vacant" and school in row.school
        ]
        yield SchoolPlan(
            school,
            problem.schools[school].name,
            bool(plan.sessions),
            tuple(_needs(measures, school)),
            tuple(_planned(people, plan, budget, position, school) for position in here),
            tuple(position for position in vacant if position not in budgeted),
            lines,
            tuple(
                account
                for account in book.accounts
                if account.school == school or (not account.school and account.fund in paying)
            ),
            budget.remarks,
        )


def _is_of(problem: Problem, position: FundedPosition, school: str) -> bool:
    """Whether a position is at a school or, where the plan may place it anywhere, is paid by the
    school's money.
    """
    paying = {
        problem.funds[share.fund].school
        for share in (*position.funding, *position.allowance_funding)
    }
    return school in position.school or (not position.school and school in paying)


def _needs(measures: Measures, school: str) -> Iterator[TierNeed]:
    """Tier by tier, the highest first."""
    here = [group for group in measures.groups if group.service.school == school]
    for tier in sorted({group.service.tier for group in here}, reverse=True):
        groups = [group for group in here if group.service.tier == tier]
        served = [group for group in groups if not group.left_out]
        yield TierNeed(
            tier,
            Dose(len(groups), len(served)),
            Dose(_students(groups), _students(served)),
            Dose(
                sum(group.minutes.owed for group in groups),
                sum(group.minutes.delivered for group in groups),
            ),
        )


def _students(groups: Sequence[GroupDose]) -> int:
    """Students with keys once, groups without by their size."""
    keyed = {student for group in groups for student in group.service.students}
    return len(keyed) + sum(group.students for group in groups if not group.service.students)


def _planned(
    problem: Problem,
    plan: Plan,
    budget: Budgeted,
    position: FundedPosition,
    school: str,
) -> Planned:
    does = _done if plan.sessions else _possible
    tiers, modes, duties = does(problem, plan, position, school)
    cost = budget.cost_of.get(position.position)
    said = [listed([MODES[mode] for mode in modes])] if modes else []
    said += [listed([kind_of_duty(kind).lower() for kind in duties])] if duties else []
    names = [
        problem.contracts[staff].called
        for staff in holders(problem, position)
        if staff in problem.contracts
    ]
    return Planned(
        position,
        problem.roles[position.role].title,
        listed(names) or "nobody yet",
        tiers,
        "; ".join(said),
        funding_lines(position, cost),
        cost,
    )


Activity = tuple[tuple[int, ...], tuple[str, ...], tuple[str, ...]]
"""Tiers, modes and kinds of duty, the highest tier first."""


def _done(problem: Problem, plan: Plan, position: FundedPosition, school: str) -> Activity:
    """What whoever holds a position does at the school in the timetable."""
    people = {*holders(problem, position)}
    mine = [s for s in plan.sessions if people & {*s.staff} and s.school == school]
    services = [problem.service_of[session.service] for session in mine]
    tiers = {service.tier for service in services if service.group}
    modes = dict.fromkeys(
        mode
        for mode in MODES
        for service in services
        if service.group and service.group.mode == mode
    )
    duties = {service.duty.kind for service in services if service.duty}
    return tuple(sorted(tiers, reverse=True)), tuple(modes), tuple(sorted(duties))


def _possible(problem: Problem, plan: Plan, position: FundedPosition, school: str) -> Activity:
    """What its job class may do at the school: the groups that it may serve, the duties that ask
    for it.
    """
    role, people = problem.roles[position.role], {*holders(problem, position)}
    groups = [
        service.group for service in problem.groups if service.school == school and service.group
    ]
    may = [
        g
        for g in groups
        if (not g.roles or role.role in g.roles) and (not role.tiers or g.tier in role.tiers)
    ]
    duties = {
        service.duty.kind
        for service in problem.services
        if service.duty and service.school in ("", school)
        if role.role in service.duty.roles or people & {*service.duty.staff, *service.duty.with_}
    }
    modes = dict.fromkeys(mode for mode in MODES for group in may if group.mode == mode)
    return (
        tuple(sorted({group.tier for group in may}, reverse=True)),
        tuple(modes),
        tuple(sorted(duties)),
    )
