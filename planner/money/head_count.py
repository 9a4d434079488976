"""How many positions there are, their FTE and what they cost, by school, job class, fund and
program: worked out once, for every table that shows it.

Counted are the positions that are budgeted: in a dataset as it stands the filled and the vacant
ones, in a plan those of the plan. Positions and FTE are those of one day, so that a seat that
changes hands within the year counts once; the cost is the whole year's.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.facts.stretches import life_of
from planner.money.budgeted import Budgeted, positions_of
from planner.money.cents import UNFUNDED, WHOLE, weights_of
from planner.money.lines import ZERO, Costs, PositionCost
from planner.plan.holdings import held_on
from planner.plan.measures import person_fte
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import decimal_fte

FILLED, VACANT, PROPOSED = "filled", "vacant", "proposed"


@dataclass(frozen=True)
class Count:
    """So many positions on the day, their FTE, who holds them, and what they cost a year. By fund,
    a position counts with the fund's part of FTE and cost.
    """

    positions: int = 0
    fte: Fraction = Fraction(0)
    amount: Decimal = ZERO
    holders: frozenset[str] = frozenset()

    @property
    def people(self) -> int:
        """Who holds several positions counts once; a vacant one counts as somebody to be hired."""
        return len(self.holders)

    def __add__(self, other: "Count") -> "Count":
        return Count(
            self.positions + other.positions,
            self.fte + other.fte,
            self.amount + other.amount,
            self.holders | other.holders,
        )


@dataclass(frozen=True)
class Headed:
    """The positions of one school, job class, fund or program, by what the sheet says of them; the
    id is blank where a position has no single one.
    """

    id: str
    filled: Count = Count()
    vacant: Count = Count()
    proposed: Count = Count()

    @property
    def budgeted(self) -> Count:
        """All of them."""
        return self.filled + self.vacant + self.proposed


@dataclass(frozen=True)
class HeadCount:
    """The whole count; ids stand in the order in which positions first name them."""

    total: Headed
    schools: tuple[Headed, ...]
    roles: tuple[Headed, ...]
    funds: tuple[Headed, ...]
    programs: tuple[Headed, ...]


def head_count(problem: Problem, budget: Budgeted, day: date | None = None) -> HeadCount:
    """The head count of some positions on a day; without one, on the planned day."""
    day = problem.data.district.day_planned if day is None else day
    status = {row.position: row.status for row in problem.data.positions}
    entries = [
        _Entry(
            position,
            status[position.position],
            tuple(_seats(problem, position, status[position.position], day)),
            budget.cost_of.get(position.position),
        )
        for position in budget.positions
    ]
    by_fund = [part for entry in entries for part in entry.by_fund()]

    def of(key: Callable[[FundedPosition], str]) -> tuple[Headed, ...]:
        return _added(
            (key(entry.position), state, count)
            for entry in entries
            for state, count in entry.counts()
        )

    return HeadCount(
        next(iter(of(lambda position: "")), Headed("")),
        of(school_of),
        of(lambda position: position.role),
        _added(by_fund),
        _added((_program(problem, fund), state, count) for fund, state, count in by_fund),
    )


def school_of(position: FundedPosition) -> str:
    """The school at which a position counts; blank where it is at several, or the plan may place
    it.
    """
    return position.school[0] if len(position.school) == 1 else ""


@dataclass(frozen=True)
class RoleFte:
    """How many people a job class has, and how much they are together."""

    role: str
    people: int
    fte: Decimal


def fte_by_role(problem: Problem, plan: Plan) -> tuple[RoleFte, ...]:
    """Head count and FTE of each job class on the planned day, in the order of the sheet `roles`.

    Of the positions that are budgeted; in a district without positions, of the contracts.
    """
    if not problem.data.positions:
        return tuple(_contracted(problem))
    unpriced = Budgeted(positions_of(problem, plan), Costs(()), ())
    by_role = {one.id: one.budgeted for one in head_count(problem, unpriced).roles}
    return tuple(
        RoleFte(role, by_role[role].people, decimal_fte(by_role[role].fte))
        for role in problem.roles
        if role in by_role and by_role[role].positions
    )


def _contracted(problem: Problem) -> Iterator[RoleFte]:
    for role in problem.roles:
        people = [person.id for person in problem.people if person.role.role == role]
        if people:
            fte = sum((person_fte(problem, person) for person in people), Decimal())
            yield RoleFte(role, len(people), fte)


@dataclass(frozen=True)
class _Seat:
    """A part of a position on the day, as one person has it, or whoever is yet to be hired would;
    `holder` is blank where the rest of the position is somebody's, and counts as that.
    """

    status: str
    fte: Fraction
    funding: tuple[Share, ...]
    holder: str


def _seats(problem: Problem, position: FundedPosition, status: str, day: date) -> Iterator[_Seat]:
    """Who has a position on a day, also on leave from it; what nobody has of one that somebody
    holds at another time is vacant.

    Where people hold more than the position is, it does not grow by that: a rule says it.
    """
    held = [one for one in held_on(problem, [position], day) if one.seated]
    if position.position not in problem.stretches:
        yield from (_Seat(status, position.fte, position.funding, one.staff) for one in held)
        return
    start, end = life_of(problem.positions[position.position], problem.data.district)
    if not start <= day <= end:
        return
    together = sum((one.held.fte for one in held), Fraction(0))
    part = min(Fraction(1), position.fte / together) if together else Fraction(0)
    for one in held:
        yield _Seat(FILLED, one.held.fte * part, one.held.funding, one.staff)
    if together < position.fte:
        yield _Seat(
            VACANT, position.fte - together, position.funding, "" if held else position.position
        )


@dataclass(frozen=True)
class _Entry:
    """A position as it is counted: its parts on the day, none where it is not there; and its cost
    in the year.
    """

    position: FundedPosition
    status: str
    seats: tuple[_Seat, ...]
    cost: PositionCost | None

    def counts(self) -> Iterator[tuple[str, Count]]:
        """What it counts where its whole is meant."""
        yield self.status, Count(amount=self.cost.total if self.cost else ZERO)
        for state in dict.fromkeys(seat.status for seat in self.seats):
            mine = [seat for seat in self.seats if seat.status == state]
            yield state, _count(mine, sum((seat.fte for seat in mine), Fraction(0)))

    def by_fund(self) -> Iterator[tuple[str, str, Count]]:
        """What each fund pays of it: its percentage of the FTE, its cents of the cost."""
        paid = self.cost.funds if self.cost else {}
        parts: dict[tuple[str, str], list[tuple[_Seat, Fraction]]] = {}
        for seat in self.seats:
            for fund, percent in weights_of(seat.funding).items():
                if percent:
                    part = seat.fte * percent / WHOLE
                    parts.setdefault((fund, seat.status), []).append((seat, part))
        for fund, amount in paid.items():
            if amount:
                yield fund, self.status, Count(amount=amount)
        for (fund, state), mine in parts.items():
            fte = sum((part for _, part in mine), Fraction(0))
            yield fund, state, _count([seat for seat, _ in mine], fte)


def _count(seats: Sequence[_Seat], fte: Fraction) -> Count:
    """Parts of one position: one of them, unless it counts where its other parts do."""
    holders = frozenset(seat.holder for seat in seats if seat.holder)
    return Count(1 if holders else 0, fte, ZERO, holders)


def _program(problem: Problem, fund: str) -> str:
    return problem.funds[fund].program if fund else UNFUNDED


def _added(entries: Iterable[tuple[str, str, Count]]) -> tuple[Headed, ...]:
    """Counts added by id and status, in the order in which ids first come."""
    sums: dict[str, dict[str, Count]] = {}
    for name, status, count in entries:
        mine: dict[str, Count] = sums.setdefault(name, {})
        mine[status] = mine.get(status, Count()) + count
    return tuple(_headed(name, mine) for name, mine in sums.items())


def _headed(name: str, counts: Mapping[str, Count]) -> Headed:
    return Headed(
        name,
        counts.get(FILLED, Count()),
        counts.get(VACANT, Count()),
        counts.get(PROPOSED, Count()),
    )
