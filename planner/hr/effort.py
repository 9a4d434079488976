"""Planned time and effort: whose students a person's minutes go to, beside what each fund pays of
the person.

It is a distribution that is planned, never a certification of what was worked. Minutes are those of
a cycle in which a person delivers groups. Where one of a person's funds alone may serve a group,
its minutes are that fund's; where several may, they share them in proportion to what they pay of
the person; where none may, they stand under the blank id. A fund may serve the tiers and students
that its program allows, and a school's money the groups of its school (groups of other schools only
where none of the person's funds is of theirs).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from planner.facts.fund_students import serves
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.money.cents import UNFUNDED, weights_of
from planner.plan.plan import FundedPosition, Plan

WHOLE = 100
FEDERAL = "federal"
CERTIFICATION = "semi-annual certification"
EACH_PAY_PERIOD = "a record each pay period"
RECORD_SOURCES = "LAUSD Program and Budget Handbook 2025-26, p. 28; 2023-24, p. 21"
CAUTION = "Planned shares only: this is no certification of time worked."


@dataclass(frozen=True)
class EffortLine:
    """What a fund pays of a person, in percent, and its planned part of the person's minutes with
    groups (None: no groups).
    """

    fund: str
    funded: Fraction
    minutes: Fraction
    planned: Fraction | None

    @property
    def difference(self) -> Fraction | None:
        """Percentage points by which the plan gives its students more (or less) than it pays."""
        return None if self.planned is None else self.planned - self.funded


@dataclass(frozen=True)
class Effort:
    """A person's planned time and effort; `record` is what an auditor of federal money asks for,
    blank where none pays.
    """

    staff: str
    minutes: int
    lines: tuple[EffortLine, ...]
    record: str


def effort(problem: Problem, plan: Plan, staff: str, held: Sequence[FundedPosition]) -> Effort:
    """The time and effort of the person who holds these positions."""
    funded = funded_shares(held)
    shares: dict[str, Fraction] = {}
    total = 0
    for service, minutes in minutes_with_groups(problem, plan, staff).items():
        total += minutes
        for fund, part in attributed(problem, problem.service_of[service], funded).items():
            shares[fund] = shares.get(fund, Fraction(0)) + minutes * part
    lines = tuple(
        EffortLine(
            fund,
            funded.get(fund, Fraction(0)),
            shares.get(fund, Fraction(0)),
            shares.get(fund, Fraction(0)) * WHOLE / total if total else None,
        )
        for fund in dict.fromkeys((*funded, *shares))
    )
    return Effort(staff, total, lines, record_of(problem, funded))


def funded_shares(held: Sequence[FundedPosition]) -> dict[str, Fraction]:
    """What percentage of a person each fund pays, positions weighted by FTE; what none pays stands
    under the blank id.
    """
    fte = sum((position.fte for position in held), Fraction(0))
    found: dict[str, Fraction] = {}
    for position in held:
        for fund, percent in weights_of(position.funding).items():
            found[fund] = found.get(fund, Fraction(0)) + percent * position.fte / fte
    return {fund: percent for fund, percent in found.items() if percent}


def minutes_with_groups(problem: Problem, plan: Plan, staff: str) -> Mapping[str, int]:
    """The minutes a cycle of each group that a person delivers; those of named dates by what a
    cycle comes to.
    """
    found: dict[str, int] = {}
    for day in problem.cycle:
        for session in plan.day_of.get((staff, day), ()):
            service = problem.service_of[session.service]
            if service.contact:
                found[service.id] = found.get(service.id, 0) + service.gives(session.minutes)
    return found


def attributed(
    problem: Problem, service: Service, funded: Mapping[str, Fraction]
) -> Mapping[str, Fraction]:
    """Which part of a group's minutes is whose, of the funds that pay a person in these
    percentages; the parts sum to 1.
    """
    assert service.group
    may = [
        fund
        for fund in funded
        if fund != UNFUNDED and serves(problem.fund_terms[fund], service.group)
    ]
    near = [fund for fund in may if problem.funds[fund].school in ("", service.school)]
    paying = near or may or [UNFUNDED]
    total = sum((funded.get(fund, Fraction(0)) for fund in paying), Fraction(0))
    return {fund: funded[fund] / total for fund in paying} if total else {UNFUNDED: Fraction(1)}


def record_of(problem: Problem, funds: Iterable[str]) -> str:
    """The record that is asked for where federal money pays somebody: of one program alone, or
    beside others.
    """
    programs = {problem.funds[fund].program if fund != UNFUNDED else UNFUNDED for fund in funds}
    if not any(
        program != UNFUNDED and problem.programs[program].source == FEDERAL for program in programs
    ):
        return ""
    return CERTIFICATION if len(programs) == 1 else EACH_PAY_PERIOD
