"""What money buys: students served and student-minutes a year, by fund, program, school and job
class.

A session gives its minutes × the students of its group on every date of the year on which its day
of the cycle is a student day at its school (one with named dates: on those), within the dates of
the group. Several adults of a session share it equally. By fund it goes to the funds of the adult
that may serve the group, as time and effort does. Students with keys are counted once wherever they
are served, groups without keys by their size.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from planner.facts.calendar import STUDENT_KINDS
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.hr.effort import attributed, funded_shares
from planner.plan.holdings import held_on
from planner.plan.plan import FundedPosition, Plan, Session

CENT = Decimal("0.01")
TENTH_OF_A_MILL = Decimal("0.0001")


@dataclass
class Delivered:
    """Students served, and minutes × students a year."""

    keys: set[str] = field(default_factory=set)
    unkeyed: dict[str, int] = field(default_factory=dict)
    minutes: Fraction = Fraction(0)

    @property
    def students(self) -> int:
        """How many students are served."""
        return len(self.keys) + sum(self.unkeyed.values())

    def per_student(self, cost: Decimal) -> Decimal | None:
        """A year's cost for each student, to the cent; None where nobody is served."""
        return (cost / self.students).quantize(CENT, ROUND_HALF_UP) if self.students else None

    def per_minute(self, cost: Decimal) -> Decimal | None:
        """A year's cost for each student-minute, to the hundredth of a cent; None where there is
        none.
        """
        if not self.minutes:
            return None
        exact = Fraction(cost) / self.minutes
        return (Decimal(exact.numerator) / exact.denominator).quantize(
            TENTH_OF_A_MILL, ROUND_HALF_UP
        )

    def add(self, service: Service, minutes: Fraction) -> None:
        """A group is served for so many student-minutes."""
        self.minutes += minutes
        if service.students:
            self.keys |= service.students
        else:
            self.unkeyed[service.id] = service.size


Parts = dict[str, Delivered]


@dataclass(frozen=True)
class Delivery:
    """What is delivered in all, and its parts by fund, program, school and job class; no fund
    stands under the blank id.
    """

    all: Delivered
    funds: Mapping[str, Delivered]
    programs: Mapping[str, Delivered]
    schools: Mapping[str, Delivered]
    roles: Mapping[str, Delivered]


def delivery(problem: Problem, plan: Plan, positions: Sequence[FundedPosition]) -> Delivery:
    """What a plan's sessions deliver; `problem` is that of the people whom the positions pay."""
    held: dict[str, list[FundedPosition]] = {}
    for holding in held_on(problem, positions, problem.data.district.day_planned):
        held.setdefault(holding.staff, []).append(holding.held)
    shares = {staff: funded_shares(mine) for staff, mine in held.items()}
    role_of = {person.staff: person.role for person in problem.data.staff}
    whole = Delivered()
    funds, programs, schools, roles = Parts(), Parts(), Parts(), Parts()
    for session, service, minutes in _sessions(problem, plan):
        whole.add(service, minutes)
        schools.setdefault(session.school, Delivered()).add(service, minutes)
        for staff in session.staff:
            mine = minutes / len(session.staff)
            roles.setdefault(role_of[staff], Delivered()).add(service, mine)
            for fund, part in attributed(problem, service, shares.get(staff, {})).items():
                funds.setdefault(fund, Delivered()).add(service, mine * part)
                program = problem.funds[fund].program if fund else ""
                programs.setdefault(program, Delivered()).add(service, mine * part)
    return Delivery(whole, funds, programs, schools, roles)


def _sessions(problem: Problem, plan: Plan) -> Iterator[tuple[Session, Service, Fraction]]:
    """The sessions of groups with their student-minutes in the year."""
    for session in plan.sessions:
        service = problem.service_of[session.service]
        if service.group is not None:
            yield (
                session,
                service,
                Fraction(session.minutes * service.size * _times(problem, session, service)),
            )


def _times(problem: Problem, session: Session, service: Service) -> int:
    """On how many dates of the year a session is given."""
    assert service.group
    first = service.group.from_ or problem.data.district.year_start
    last = service.group.to or problem.data.district.year_end
    dates = session.dates or problem.calendar.dates_of(session.day, session.school, STUDENT_KINDS)
    return sum(first <= day <= last for day in dates)
