"""Who holds each position of a plan, from when to when and on which terms: the one source of head
count, FTE, contracts, time and effort, months paid and every amount.

A position that the sheet `assignments` does not name is held for its whole life by whoever the plan
names.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from planner.facts.assignments import HOLDS
from planner.facts.cell_formats import Share
from planner.facts.problem import Problem
from planner.facts.staff_rows import Staff
from planner.facts.stretches import DAY, HoldKind, Stretch, life_of
from planner.plan.plan import FundedPosition


@dataclass(frozen=True)
class Holding(HoldKind):
    """Dates of the school year, the last included, on which one person holds a position on the same
    terms, is on leave from it, or fills it for somebody.

    `held` is the position as this person holds it: with their FTE, lane and step and with who pays
    meanwhile. `of` is the position itself. `is_whole_life` says that the sheet `assignments` does
    not speak of it.
    """

    of: FundedPosition
    held: FundedPosition
    start: date
    end: date
    kind: str = HOLDS
    paid: bool = True
    is_whole_life: bool = True

    @property
    def staff(self) -> str:
        """Who holds it."""
        return self.held.staff

    def is_on(self, day: date) -> bool:
        """Whether a date lies within."""
        return self.start <= day <= self.end


def holdings(problem: Problem, positions: Iterable[FundedPosition]) -> Iterator[Holding]:
    """The holdings of some positions, position by position in order of time."""
    people = problem.contracts
    for position in positions:
        stretches = problem.stretches.get(position.position)
        if stretches is None:
            row, person = problem.positions.get(position.position), people.get(position.staff)
            start, end = life_of(row, problem.data.district, person)
            yield Holding(position, position, start, end)
        else:
            yield from (
                _holding(problem, position, stretch, people.get(stretch.staff))
                for stretch in stretches
            )


def held_on(
    problem: Problem, positions: Iterable[FundedPosition], day: date
) -> tuple[Holding, ...]:
    """Who holds some positions on a day; of one that nobody holds then, nothing."""
    return tuple(holding for holding in holdings(problem, positions) if holding.is_on(day))


def holders(problem: Problem, position: FundedPosition) -> tuple[str, ...]:
    """Everybody who holds or fills a position in the year, each once, in order of time."""
    return tuple(dict.fromkeys(holding.staff for holding in holdings(problem, [position])))


def as_paid(problem: Problem, positions: Iterable[FundedPosition]) -> Iterator[FundedPosition]:
    """Some positions as funds pay them, one after the other: once for each funding that a position
    has within the year.
    """
    for position in positions:
        paid = [holding.held for holding in holdings(problem, [position]) if holding.paid]
        ways = dict.fromkeys((held.funding, held.allowance_funding) for held in paid)
        for funding, of_allowances in ways or {
            (position.funding, position.allowance_funding): None
        }:
            yield replace(position, funding=funding, allowance_funding=of_allowances)


def unchanged(
    problem: Problem, held: Iterable[Holding], ends: tuple[date | None, date | None] = (None, None)
) -> Iterator[tuple[date, date]]:
    """The times of the school year, first and last day, in which none of these holdings begins or
    ends; nor, at `ends`, an employment.
    """
    district = problem.data.district
    every = [(holding.start, holding.end) for holding in held]
    begins = {start for start, _ in every} | ({ends[0]} if ends[0] else set())
    after = {end + DAY for _, end in every} | ({ends[1] + DAY} if ends[1] else set())
    days = {district.year_start, *begins, *after}
    firsts = sorted(day for day in days if district.year_start <= day <= district.year_end)
    for first, following in zip(firsts, (*firsts[1:], district.year_end + DAY), strict=True):
        yield first, following - DAY


def _holding(
    problem: Problem, position: FundedPosition, stretch: Stretch, person: Staff | None
) -> Holding:
    role = problem.roles[position.role]
    own = position.lane, position.step
    theirs = own if stretch.own or person is None else (person.lane, person.step)
    held = replace(
        position,
        staff=stretch.staff,
        fte=stretch.fte(role) or position.fte,
        lane=stretch.lane or theirs[0] or own[0],
        step=stretch.step or theirs[1] or own[1],
    )
    if stretch.funding:
        held = _paid_by(held, stretch.funding)
    return Holding(
        position,
        held,
        stretch.first,
        stretch.last,
        stretch.kind,
        stretch.paid,
        is_whole_life=False,
    )


def _paid_by(position: FundedPosition, funding: tuple[Share, ...]) -> FundedPosition:
    """The position paid by these funds, and so are its allowances that were paid as it was."""
    shares: list[Share] = []
    for allowance in position.allowances:
        own = [share for share in position.allowance_funding if share.allowance == allowance]
        follows = [(share.fund, share.percent) for share in own] == [
            (share.fund, share.percent) for share in position.funding
        ]
        shares += (
            [Share(share.fund, share.percent, allowance) for share in funding] if follows else own
        )
    return replace(position, funding=funding, allowance_funding=tuple(shares))
