"""What belongs to a principal's schools: who works there, what is planned there, which money is
theirs.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from planner.facts.assignments import Assignment
from planner.facts.cell_formats import Share
from planner.facts.decisions import Pin, RuleRow
from planner.facts.district import CalendarDay
from planner.facts.expenditures import Expenditure
from planner.facts.funds import Fund, Position
from planner.facts.group_rows import Duty, Group, Member
from planner.facts.preferences import Preference
from planner.facts.row import SheetRow
from planner.facts.schools import Block, School, Teacher, Travel
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff
from planner.plan.plan import Plan


@dataclass(frozen=True)
class Own:
    """The ids that belong to some schools; `shared` are those of the people who work, or may work,
    elsewhere, too.
    """

    schools: frozenset[str]
    people: frozenset[str]
    shared: frozenset[str]
    positions: frozenset[str]
    groups: frozenset[str]
    duties: frozenset[str]
    funds: frozenset[str]

    def has(self, row: SheetRow) -> bool:
        """Whether a row of a dataset belongs to the schools; rows of the whole district belong to
        every school.
        """
        match row:
            case CalendarDay():
                return not row.schools or not self.schools.isdisjoint(row.schools)
            case School() | Block() | Teacher():
                return row.school in self.schools
            case Travel():
                return {row.from_, row.to} <= self.schools
            case Staff():
                return row.staff in self.people
            case Position() | Assignment():
                return row.position in self.positions
            case Group() | Member():
                return row.group in self.groups
            case Duty():
                return row.duty in self.duties
            case Fund():
                return not row.school or row.fund in self.funds
            case Expenditure():
                return row.fund in self.funds or row.school in self.schools
            case Pin():
                return self._has_pin(row)
            case Preference():
                return row.name in {
                    "staff": self.people,
                    "group": self.groups,
                    "school": self.schools,
                }.get(row.kind, {row.name})
            case RuleRow():
                kind, _, name = row.applies_to.partition(":")
                return kind != "school" or name in self.schools
            case _:
                return True

    def _has_pin(self, pin: Pin) -> bool:
        """Of people who work elsewhere, too, only what names a subject or a school of this one; the
        names are looked at later.
        """
        return bool(pin.subject or pin.school) or pin.staff not in self.shared


def own_of(schools: Iterable[str], data: Dataset, plan: Plan | None = None) -> Own:
    """What belongs to some schools, in a dataset and, where it is given, in a plan of it.

    Somebody works at a school who belongs there, may work there by name, holds a position there,
    attends a duty there, or is there in the plan. Somebody who may work anywhere is of no school
    until then.
    """
    mine = frozenset(schools)
    funds = frozenset(fund.fund for fund in data.funds if fund.school in mine)
    positions = frozenset(_positions(mine, funds, data, plan))
    teachers = {teacher.teacher for teacher in data.teachers}
    people = {
        row.staff
        for row in data.staff
        if row.home_school in mine or not mine.isdisjoint(row.schools)
    }
    people |= {row.staff for row in data.positions if row.position in positions and row.staff}
    people |= {row.staff for row in data.assignments if row.position in positions}
    people |= {
        name
        for duty in data.duties
        if duty.school in mine
        for name in duty.with_
        if name not in teachers
    }
    elsewhere: set[str] = set()
    if plan:
        people |= {placed.staff for placed in plan.placements if placed.school in mine}
        people |= {
            name for session in plan.sessions if session.school in mine for name in session.staff
        }
        people |= {position.staff for position in plan.budgeted if position.position in positions}
        elsewhere = {placed.staff for placed in plan.placements if placed.school not in mine}
    shared = {
        row.staff
        for row in data.staff
        if row.staff in people and _may_leave(row, mine, placed=plan is not None)
    }
    shared |= elsewhere & people
    duties = {
        duty.duty
        for duty in data.duties
        if duty.school in mine or (not duty.school and _is_for(duty, people))
    }
    groups = frozenset(group.group for group in data.groups if group.school in mine)
    return Own(
        mine, frozenset(people), frozenset(shared), positions, groups, frozenset(duties), funds
    )


def _positions(
    mine: frozenset[str], funds: frozenset[str], data: Dataset, plan: Plan | None
) -> Iterable[str]:
    """Positions at the schools; those that the plan may place anywhere, where the schools' own
    money pays them.
    """
    for row in data.positions:
        if _is_at(mine, funds, row.school, (*row.funding, *row.allowance_funding)):
            yield row.position
    for position in plan.budgeted if plan else ():
        if _is_at(mine, funds, position.school, (*position.funding, *position.allowance_funding)):
            yield position.position


def _is_at(
    mine: frozenset[str], funds: frozenset[str], schools: tuple[str, ...], shares: Iterable[Share]
) -> bool:
    return not mine.isdisjoint(schools) or (
        not schools and any(share.fund in funds for share in shares)
    )


def _may_leave(row: Staff, mine: frozenset[str], *, placed: bool) -> bool:
    """Whether somebody may work elsewhere: by name, or because nothing is said and no plan says
    where they are.
    """
    if row.home_school and row.home_school not in mine:
        return True
    return not mine.issuperset(row.schools) if row.schools else not placed


def _is_for(duty: Duty, people: set[str]) -> bool:
    """Whether a duty of no place in particular is for everybody, or for somebody of the school."""
    named = {*duty.staff, *duty.with_}
    return not named or not named.isdisjoint(people)
