"""List what each contract may become: positions with FTE and school, their cost, who is planned."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations

from planner.facts.funds import Position
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.money import costs
from planner.money.cents import to_cents
from planner.plan.holdings import holders, holdings
from planner.plan.plan import FundedPosition
from planner.plan.position_choices import choices
from planner.plan.positions import as_they_stand, follow, staff_row

HUNDREDTHS = 100
MOST_HELD = 3
"""Of a person with more positions than this, all are kept or none."""


@dataclass(frozen=True, eq=False)
class Offer:
    """One way in which a contract can be budgeted; `people` are who would be planned then. People
    who hold a position together, or one after the other, are budgeted together.

    `chosen` says whether the model chooses who pays, or each position is paid as its row says.
    `cents` are what each position costs, and `paid` the cents of each fund where the row says who
    pays. `stands` says that it is what is filled now, or a part of it, and paid as now; `cut` are
    the hundredths of FTE of filled positions that it gives up.
    """

    contract: str
    positions: tuple[FundedPosition, ...]
    chosen: bool
    cents: tuple[int, ...]
    paid: dict[str, int]
    people: tuple[Person, ...]
    stands: bool = False
    cut: int = 0


def offers(problem: Problem) -> tuple[Offer, ...]:
    """Every offer: of the contracts in the order of the sheet, what stands now first."""
    found = [offer for held in _together(problem) for offer in _kept(problem, held)]
    for row in problem.data.positions:
        if row.status != "filled":
            found += _hires(problem, row)
    return tuple(found)


def _together(problem: Problem) -> Iterator[tuple[FundedPosition, ...]]:
    """The filled positions by who holds them: those of one person, and of all with whom they share
    one at any time of the year.
    """
    groups: list[tuple[set[str], list[FundedPosition]]] = []
    of: dict[str, tuple[set[str], list[FundedPosition]]] = {}
    for position in as_they_stand(problem):
        mine: tuple[set[str], list[FundedPosition]] = ({*holders(problem, position)}, [])
        mine[0].add(position.staff)
        for other in {id(of[staff]): of[staff] for staff in mine[0] if staff in of}.values():
            mine[0].update(other[0])
            mine[1].extend(other[1])
            groups.remove(other)
        mine[1].append(position)
        groups.append(mine)
        of |= dict.fromkeys(mine[0], mine)
    order = {row.position: place for place, row in enumerate(problem.data.positions)}
    for _, held in sorted(groups, key=lambda group: min(order[one.position] for one in group[1])):
        yield tuple(sorted(held, key=lambda one: order[one.position]))


def _kept(problem: Problem, held: tuple[FundedPosition, ...]) -> Iterator[Offer]:
    """A contract as it stands, as it stands but paid otherwise, and parts of it."""
    most = len(held) - 1 if len(held) <= MOST_HELD else 0
    whole = sum((position.fte for position in held), Fraction(0))
    for size in (len(held), *range(most, 0, -1)):
        for part in combinations(held, size):
            cut = _hundredths(whole - sum((position.fte for position in part), Fraction(0)))
            settled = any(_says_who_pays(problem, position) for position in part)
            for chosen in (False,) if settled else (False, True):
                if chosen or all(position.funding for position in part):
                    yield _offer(problem, part, chosen=chosen, stands=not chosen, cut=cut)


def _says_who_pays(problem: Problem, position: FundedPosition) -> bool:
    """Whether the sheet `assignments` says who pays a position at some time: a plan cannot choose
    otherwise.
    """
    stretches = problem.stretches.get(position.position, ())
    return any(stretch.funding for stretch in stretches)


def _hires(problem: Problem, row: Position) -> Iterator[Offer]:
    """A vacant or proposed position at each FTE that it may have; where it names no school and no
    fund, at each school as well.
    """
    forbidden = any(pin.kind == "forbid" and pin.subject == row.position for pin in problem.pins)
    for choice in () if forbidden else choices(problem, row):
        position = with_required(problem, choice)
        yield _offer(problem, (position,), chosen=not row.funding)


def with_required(problem: Problem, position: FundedPosition) -> FundedPosition:
    """A position with every allowance that is required of its job class, paid as the position
    is.
    """
    required = [
        row
        for row in problem.data.allowances
        if row.required and position.role in (row.roles or (position.role,))
    ]
    missing = tuple(row.allowance for row in required if row.allowance not in position.allowances)
    shares = (*position.allowance_funding, *follow(missing, position.funding))
    return replace(position, allowances=(*position.allowances, *missing), allowance_funding=shares)


def _offer(
    problem: Problem,
    positions: tuple[FundedPosition, ...],
    *,
    chosen: bool,
    stands: bool = False,
    cut: int = 0,
) -> Offer:
    priced = costs(problem, positions) if problem.data.pay else None
    cents = (
        tuple(to_cents(position.total) for position in priced.positions)
        if priced
        else (0,) * len(positions)
    )
    paid = (
        {}
        if chosen or priced is None
        else {fund: to_cents(amount) for fund, amount in priced.funds.items() if fund}
    )
    people = tuple(_people(problem, positions))
    if chosen:
        positions = tuple(
            replace(position, funding=(), allowance_funding=()) for position in positions
        )
    return Offer(positions[0].staff, positions, chosen, cents, paid, people, stands, cut)


def _people(problem: Problem, positions: tuple[FundedPosition, ...]) -> Iterator[Person]:
    """Who works on these positions on the planned day, with the contract that they are."""
    day = problem.data.district.day_planned
    there = [
        holding
        for holding in holdings(problem, positions)
        if holding.at_work and (holding.is_whole_life or holding.is_on(day))
    ]
    for staff in dict.fromkeys(holding.staff for holding in there):
        mine = [holding.of for holding in there if holding.staff == staff]
        yield problem.person(staff_row(problem, staff, mine))


def _hundredths(fte: Fraction) -> int:
    return -(-(fte * HUNDREDTHS) // 1)
