"""Positions as a plan budgets them, and who is planned when it does.

People are kept, cut, or yet to be hired.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import lru_cache

from planner.facts.cell_formats import Credential, Share
from planner.facts.full_time import decimal_fte as decimal_fte
from planner.facts.full_time import share_of_full_time as share_of_full_time
from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.facts.stretches import lead
from planner.plan.holdings import held_on, holders, holdings
from planner.plan.plan import FundedPosition, Plan


def funded(problem: Problem, row: Position, **changes: object) -> FundedPosition:
    """A row of the sheet as a plan budgets it: whole, as it is funded there, unless `changes` say
    otherwise.
    """
    role = problem.roles[row.role]
    share = share_of_full_time(row, role) or Fraction(row.max_fte or 1)
    said = {share.allowance for share in row.allowance_funding}
    unsaid = [allowance for allowance in row.allowances if allowance not in said]
    position = FundedPosition(
        row.position,
        row.role,
        row.school,
        _holder(problem, row),
        share,
        row.lane,
        row.step,
        row.funding,
        row.allowances,
        (*row.allowance_funding, *follow(unsaid, row.funding)),
    )
    return replace(position, **changes)  # type: ignore[arg-type]


def _holder(problem: Problem, row: Position) -> str:
    """Whose name a position goes by on the planned day, or somebody yet to be hired."""
    stretches = problem.stretches.get(row.position)
    if stretches is not None:
        return lead(stretches, problem.data.district.day_planned) or hire(problem, row)
    return row.staff or hire(problem, row)


def follow(allowances: Iterable[str], funding: Iterable[Share]) -> tuple[Share, ...]:
    """Allowances that are paid as the position is, fund by fund."""
    shares = tuple(funding)
    return tuple(
        Share(share.fund, share.percent, allowance) for allowance in allowances for share in shares
    )


def as_they_stand(problem: Problem) -> tuple[FundedPosition, ...]:
    """The filled positions, in the order of the sheet."""
    return tuple(funded(problem, row) for row in problem.data.positions if row.status == "filled")


def budgeted_as_they_stand(problem: Problem) -> tuple[FundedPosition, ...]:
    """The positions that are budgeted without a plan, filled and vacant ones, in the order of the
    sheet.
    """
    return tuple(funded(problem, row) for row in problem.data.positions if row.status != "proposed")


def hire(problem: Problem, row: Position) -> str:
    """The id under which a plan knows somebody yet to be hired: the position's, unless a person has
    that.
    """
    return row.position if row.position not in problem.contracts else f"{row.position} (new)"


def before_budget(problem: Problem) -> Problem:
    """The problem as its sheets pose it, before a budget wrote into them who is hired and who
    pays.
    """
    if problem.origin is None:
        return problem
    return replace(problem, data=problem.origin, origin=None)


def staffed(problem: Problem, positions: Sequence[FundedPosition]) -> Problem:
    """The problem with the people whom these positions pay.

    Somebody who holds filled positions, but none of these, is not planned; somebody who keeps a
    part of them has that part of their contract. For a vacant or proposed position somebody is
    planned who holds what the job class requires and works as a colleague of the same school (else
    of the district) does. People without any position stay as they are. The positions name whoever
    holds them in the plan, with the funding that they have there; others pay nobody. A problem that
    is staffed already is staffed anew, so that no contract is cut twice.
    """
    return _staffed(problem, tuple(positions))


# Document, workbook and reports of a plan ask for the same: one problem works out once who is
# planned and what they serve.
@lru_cache(maxsize=4)
def _staffed(problem: Problem, positions: tuple[FundedPosition, ...]) -> Problem:
    problem = before_budget(problem)
    kept: dict[str, list[FundedPosition]] = {}
    for position in positions:
        for staff in holders(problem, position) or (position.staff,):
            kept.setdefault(staff, []).append(position)
    stand = as_they_stand(problem)
    held = {staff for position in stand for staff in holders(problem, position)}
    people: list[Staff] = []
    for person in problem.data.staff:
        if person.staff in kept:
            people.append(staff_row(problem, person.staff, kept.pop(person.staff)))
        elif person.staff not in held:
            people.append(person)
    people += [staff_row(problem, staff, mine) for staff, mine in kept.items()]
    given = {position.position: position for position in positions}
    paying = tuple(
        _as_given(problem, row, given.get(row.position)) for row in problem.data.positions
    )
    assigned = tuple(row for row in problem.data.assignments if row.position in given)
    changed = {"staff": tuple(people), "positions": paying, "assignments": assigned}
    if all(getattr(problem.data, sheet) == rows for sheet, rows in changed.items()):
        return problem
    return replace(problem, data=problem.data.model_copy(update=changed), origin=problem.data)


def forget() -> None:
    """Let go of the problems that were staffed."""
    _staffed.cache_clear()


def _as_given(problem: Problem, row: Position, given: FundedPosition | None) -> Position:
    """A row of the sheet with the holder and the funding that a plan gives it; without funding
    where it is not in the plan. Who holds one that the sheet `assignments` names is said there.
    """
    funding, staff = (given.funding, given.staff) if given else ((), row.staff)
    staff = row.staff if row.position in problem.stretches else staff
    return (
        row
        if (row.funding, row.staff) == (funding, staff)
        else row.model_copy(update={"funding": funding, "staff": staff})
    )


def staffed_by(problem: Problem, plan: Plan) -> Problem:
    """The problem with the people whom a plan's positions pay; as it stands where the plan says
    nothing of positions.
    """
    return problem if plan.positions is None else staffed(problem, plan.positions)


def staff_row(problem: Problem, staff: str, positions: Sequence[FundedPosition]) -> Staff:
    """The contract of one person, who is perhaps yet to be hired, that some positions are
    together.
    """
    person = problem.contracts.get(staff)
    if person is None:
        return _hired(problem, positions[0], problem.positions[positions[0].position])
    return _contracted(problem, person, positions)


def kept_contract(problem: Problem, person: Staff, kept: Sequence[Position]) -> Staff:
    """The contract of somebody who keeps some of the filled positions that they hold."""
    return _contracted(problem, person, [funded(problem, row) for row in kept])


def positioned(problem: Problem, plan: Plan) -> Plan:
    """The plan whose placements say on which position each day is worked: the person's only one, or
    their only one there.
    """
    held: dict[str, list[FundedPosition]] = {}
    for holding in held_on(problem, plan.budgeted, problem.data.district.day_planned):
        if holding.at_work:
            held.setdefault(holding.staff, []).append(holding.held)
    placements = []
    for placement in plan.placements:
        mine = held.get(placement.staff, [])
        here = [
            position.position
            for position in mine
            if len(mine) == 1 or placement.school in position.school
        ]
        placements.append(replace(placement, position=here[0] if len(here) == 1 else ""))
    return replace(plan, placements=tuple(placements))


def _contracted(problem: Problem, person: Staff, positions: Iterable[FundedPosition]) -> Staff:
    """A contract, cut to the positions that are kept.

    Of positions one after the other, each is the whole contract: counted are those held on the
    planned day, and all where none is.
    """
    day = problem.data.district.day_planned
    filled = [
        funded(problem, row)
        for row in problem.data.positions
        if row.status == "filled" and _names(problem, row, person.staff)
    ]
    held, kept = (
        [one for one in holdings(problem, some) if one.staff == person.staff]
        for some in (filled, positions)
    )
    rows, now = ([one for one in some if one.is_on(day)] for some in (held, kept))
    if not rows or not now:
        rows, now = held, kept
    was, left = (sum((one.held.fte for one in some), Fraction(0)) for some in (rows, now))
    if left == was or not was:
        return person
    part = left / was
    if person.week_minutes is not None:
        return person.model_copy(update={"week_minutes": round(person.week_minutes * part)})
    return person.model_copy(update={"fte": decimal_fte(Fraction(person.fte) * part)})


def _names(problem: Problem, row: Position, staff: str) -> bool:
    """Whether a position is held by somebody at any time of the year."""
    stretches = problem.stretches.get(row.position)
    if stretches is None:
        return row.staff == staff
    return any(stretch.staff == staff for stretch in stretches)


def _hired(problem: Problem, position: FundedPosition, row: Position) -> Staff:
    role = problem.roles[position.role]
    near = _colleague(problem, position)
    exact = (
        row.week_minutes
        if row.week_minutes is not None and position.fte == share_of_full_time(row, role)
        else None
    )
    return Staff(
        staff=position.staff,
        name=f"{role.title} ({position.position}, to be hired)",
        role=position.role,
        fte=decimal_fte(position.fte),
        week_minutes=exact,
        lane=position.lane,
        step=position.step,
        start=near.start if near else None,
        end=near.end if near and exact is None and position.fte == near.fte else None,
        schools=position.school,
        home_school=position.school[0] if len(position.school) == 1 else "",
        credentials=tuple(Credential(either[0]) for either in role.requires),
        hire_date=row.start,
        end_date=row.end,
        supervisor=near.supervisor if near else "",
    )


def _colleague(problem: Problem, position: FundedPosition) -> Staff | None:
    """Somebody of the same job class, at one of the position's schools if there is one."""
    alike = [person for person in problem.data.staff if person.role == position.role]
    here = [
        person for person in alike if set(person.schools or problem.schools) & set(position.school)
    ]
    return next(iter(here or alike), None)
