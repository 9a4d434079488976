"""Positions as a plan budgets them, and who is planned when it does.

People are kept, cut, or yet to be hired.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from planner.facts.cell_formats import Credential, Share
from planner.facts.funds import Position
from planner.facts.person import WORKING_WEEK
from planner.facts.problem import Problem
from planner.facts.roles import Role
from planner.facts.staff_rows import Staff
from planner.plan.plan import FundedPosition, Plan

FTE_PLACES = Decimal("0.000001")


def share_of_full_time(row: Position | Staff, role: Role) -> Fraction | None:
    """The exact share of full time of a position or a contract: of its minutes a week, else its
    FTE; None where it says neither.
    """
    if row.week_minutes is not None:
        return Fraction(row.week_minutes, role.obligation_minutes * WORKING_WEEK)
    return None if row.fte is None else Fraction(row.fte)


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
        row.staff or hire(problem, row),
        share,
        row.lane,
        row.step,
        row.funding,
        row.allowances,
        (*row.allowance_funding, *follow(unsaid, row.funding)),
    )
    return replace(position, **changes)  # type: ignore[arg-type]


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
    taken = {person.staff for person in problem.data.staff}
    return row.position if row.position not in taken else f"{row.position} (new)"


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
        kept.setdefault(position.staff, []).append(position)
    holders = {row.staff for row in problem.data.positions if row.status == "filled"}
    people: list[Staff] = []
    for person in problem.data.staff:
        if person.staff in kept:
            people.append(staff_row(problem, kept.pop(person.staff)))
        elif person.staff not in holders:
            people.append(person)
    people += [staff_row(problem, mine) for mine in kept.values()]
    given = {position.position: position for position in positions}
    paying = tuple(_as_given(row, given.get(row.position)) for row in problem.data.positions)
    if people == list(problem.data.staff) and paying == problem.data.positions:
        return problem
    data = problem.data.model_copy(update={"staff": tuple(people), "positions": paying})
    return replace(problem, data=data, origin=problem.data)


def forget() -> None:
    """Let go of the problems that were staffed."""
    _staffed.cache_clear()


def _as_given(row: Position, given: FundedPosition | None) -> Position:
    """A row of the sheet with the holder and the funding that a plan gives it; without funding
    where it is not in the plan.
    """
    funding, staff = (given.funding, given.staff) if given else ((), row.staff)
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


def staff_row(problem: Problem, positions: Sequence[FundedPosition]) -> Staff:
    """The contract of one person, who is perhaps yet to be hired, that some positions are
    together.
    """
    person = next(
        (person for person in problem.data.staff if person.staff == positions[0].staff), None
    )
    if person is None:
        return _hired(problem, positions[0], problem.positions[positions[0].position])
    held = [
        row
        for row in problem.data.positions
        if row.status == "filled" and row.staff == person.staff
    ]
    return _contracted(problem, person, held, positions)


def kept_contract(
    problem: Problem, person: Staff, held: Sequence[Position], kept: Sequence[Position]
) -> Staff:
    """The contract of somebody who holds these positions and keeps a part of them."""
    return _contracted(problem, person, held, [funded(problem, row) for row in kept])


def positioned(plan: Plan) -> Plan:
    """The plan whose placements say on which position each day is worked: the person's only one, or
    their only one there.
    """
    held: dict[str, list[FundedPosition]] = {}
    for position in plan.budgeted:
        held.setdefault(position.staff, []).append(position)
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


def _contracted(
    problem: Problem, person: Staff, held: Sequence[Position], kept: Sequence[FundedPosition]
) -> Staff:
    """A contract, cut to the positions that are kept.

    Of positions one after the other, each is the whole contract: counted are those in force on the
    planned day, and all where none is.
    """
    day = problem.data.district.day_planned
    rows = [row for row in held if row.is_in_force(day)]
    now = [one for one in kept if problem.positions[one.position].is_in_force(day)]
    if not rows or not now:
        rows, now = list(held), list(kept)
    before = sum(
        (share_of_full_time(row, problem.roles[row.role]) or Fraction(0) for row in rows),
        Fraction(0),
    )
    after = sum((position.fte for position in now), Fraction(0))
    if after == before or not before:
        return person
    part = after / before
    if person.week_minutes is not None:
        return person.model_copy(update={"week_minutes": round(person.week_minutes * part)})
    return person.model_copy(update={"fte": decimal_fte(Fraction(person.fte) * part)})


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


def decimal_fte(share: Fraction) -> Decimal:
    """A share of full time, to six places."""
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(
        FTE_PLACES
    ).normalize() + 0
