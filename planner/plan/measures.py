"""Measure a plan once, from facts and plan alone, for reports, comparisons and the screen.

Minutes are a cycle's. A session that two adults lead together is delivered once, and is contact for
both.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.plan.training_minutes import minutes_had
from planner.plan.workday import DayMinutes, day_minutes

K = TypeVar("K", int, str, tuple[str, int])


@dataclass(frozen=True)
class Dose:
    """What is owed and what is delivered of it, in the same unit."""

    owed: int = 0
    delivered: int = 0

    @property
    def share(self) -> float:
        """Delivered of owed; 1 where nothing is owed."""
        return self.delivered / self.owed if self.owed else 1.0

    @property
    def missing(self) -> int:
        """What is still owed."""
        return max(0, self.owed - self.delivered)


@dataclass(frozen=True)
class GroupDose:
    """What one group is owed and gets; `adults` are the people who deliver it."""

    service: Service
    minutes: Dose
    sessions: Dose
    students: int
    adults: tuple[str, ...]

    @property
    def left_out(self) -> bool:
        """Whether it gets nothing at all."""
        return not self.sessions.delivered


@dataclass(frozen=True)
class PersonWeek:
    """What a person's cycle is made of. `obligation` is their duty without lunch; `days` are the
    days that they work; `fte` is their share of full time in their job class.
    """

    staff: str
    role: str
    fte: Decimal
    obligation: int
    days: Mapping[str, DayMinutes]

    @property
    def total(self) -> DayMinutes:
        """The cycle's sums."""
        return sum(self.days.values(), DayMinutes())

    @property
    def utilisation(self) -> float:
        """Contact as a share of the obligation."""
        return self.total.contact / self.obligation if self.obligation else 0.0


@dataclass(frozen=True)
class Continuity:
    """Over the groups that are served: how many there are, how many see one adult only, and all
    their adults added up.
    """

    groups: int = 0
    with_one_adult: int = 0
    adults: int = 0

    @property
    def adults_a_group(self) -> float:
        """Distinct adults that a served group sees, on average; 0 where none is served."""
        return self.adults / self.groups if self.groups else 0.0


@dataclass(frozen=True)
class Measures:
    """The figures of a plan. Schools, subjects and groups stand worst first; `deadlines` are those
    of training, and those met.

    Students are counted once within each figure: one who is in groups of two tiers counts in both
    of these.
    """

    minutes: Dose
    sessions: Dose
    students: Dose
    tiers: Mapping[int, Dose]
    schools: Mapping[str, Dose]
    subjects: Mapping[str, Dose]
    schools_by_tier: Mapping[tuple[str, int], Dose]
    tier_students: Mapping[int, Dose]
    school_students: Mapping[str, Dose]
    groups: tuple[GroupDose, ...]
    people: Mapping[str, PersonWeek]
    deadlines: Dose
    continuity: Continuity = field(default_factory=Continuity)

    @property
    def worst_school(self) -> str:
        """The school with the smallest share of what it is owed; blank where nothing is owed
        anywhere.
        """
        return next(iter(self.schools), "")

    @property
    def spread(self) -> float:
        """How far apart the best and the worst served school are, as a share of what is owed (0:
        all alike).
        """
        shares = [dose.share for dose in self.schools.values()]
        return max(shares) - min(shares) if shares else 0.0

    @property
    def utilisation(self) -> float:
        """Contact of everybody as a share of everybody's obligation."""
        obligation = sum(week.obligation for week in self.people.values())
        return (
            sum(week.total.contact for week in self.people.values()) / obligation
            if obligation
            else 0.0
        )

    @property
    def left_out(self) -> tuple[GroupDose, ...]:
        """The groups that get nothing."""
        return tuple(group for group in self.groups if group.left_out)


def measure(problem: Problem, plan: Plan) -> Measures:
    """All figures of a plan."""
    groups = tuple(sorted((_group(service, plan) for service in problem.groups), key=_worst_first))
    return Measures(
        minutes=_added(group.minutes for group in groups),
        sessions=_added(group.sessions for group in groups),
        students=_students(groups),
        tiers=dict(sorted(_by(groups, lambda group: group.service.tier).items(), reverse=True)),
        schools=_by(groups, lambda group: group.service.school),
        subjects=_by(
            groups, lambda group: group.service.group.subject if group.service.group else ""
        ),
        schools_by_tier=_by(groups, lambda group: (group.service.school, group.service.tier)),
        tier_students=_students_by(groups, lambda group: group.service.tier),
        school_students=_students_by(groups, lambda group: group.service.school),
        groups=groups,
        people={person.id: _person(problem, plan, person.id) for person in problem.people},
        deadlines=_deadlines(problem, plan),
        continuity=_continuity(groups),
    )


def _deadlines(problem: Problem, plan: Plan) -> Dose:
    needs = [need for need in problem.training_needs if need.due is not None]
    return Dose(len(needs), sum(1 for need in needs if minutes_had(plan, need) >= need.minutes))


def _group(service: Service, plan: Plan) -> GroupDose:
    sessions = plan.sessions_of.get(service.id, [])
    lacking = service.lacking(plan.minutes_of(service.id))
    return GroupDose(
        service,
        Dose(service.owed, service.given(plan.minutes_of(service.id))),
        Dose(len(sessions) + lacking if service.varied else service.sessions, len(sessions)),
        service.size,
        tuple(sorted({person for session in sessions for person in session.staff})),
    )


def _worst_first(group: GroupDose) -> tuple[float, int, int, str]:
    return group.minutes.share, -group.service.tier, -group.minutes.missing, group.service.id


def _added(doses: Iterable[Dose]) -> Dose:
    each = list(doses)
    return Dose(sum(dose.owed for dose in each), sum(dose.delivered for dose in each))


def _sorted_out(
    groups: Iterable[GroupDose], key: Callable[[GroupDose], K]
) -> dict[K, list[GroupDose]]:
    """The groups by some property of theirs."""
    found: dict[K, list[GroupDose]] = {}
    for group in groups:
        found.setdefault(key(group), []).append(group)
    return found


def _by(groups: Iterable[GroupDose], key: Callable[[GroupDose], K]) -> dict[K, Dose]:
    """Minutes by some property of the groups, worst first."""
    doses = {
        name: _added(group.minutes for group in each)
        for name, each in _sorted_out(groups, key).items()
    }
    return dict(sorted(doses.items(), key=lambda item: (item[1].share, -item[1].missing, item[0])))


def _students(groups: Iterable[GroupDose]) -> Dose:
    """Students who are owed something, and those with a session: keys are counted once, groups
    without keys by size.
    """
    owed: set[str] = set()
    served: set[str] = set()
    more: Counter[bool] = Counter()
    for group in groups:
        if group.service.students:
            owed |= group.service.students
            served |= group.service.students if not group.left_out else set()
        else:
            more[group.left_out] += group.students
    return Dose(len(owed) + more.total(), len(served) + more[False])


def _students_by(groups: Iterable[GroupDose], key: Callable[[GroupDose], K]) -> dict[K, Dose]:
    """Students by some property of their groups."""
    return {name: _students(each) for name, each in _sorted_out(groups, key).items()}


def _person(problem: Problem, plan: Plan, person: str) -> PersonWeek:
    days = {day: day_minutes(problem, plan, person, day) for day in problem.cycle}
    worked = {day: minutes for day, minutes in days.items() if minutes != DayMinutes()}
    own = problem.person_of[person]
    return PersonWeek(person, own.role.role, person_fte(problem, person), own.obligation, worked)


def person_fte(problem: Problem, staff: str) -> Decimal:
    """A person's share of full time: as their row says it, or the exact minutes of their contract
    over a full cycle.
    """
    return contract_fte(problem.person_of[staff], len(problem.cycle))


def contract_fte(person: Person, days: int) -> Decimal:
    """The share of full time of a contract in a cycle of so many days, be its person there on the
    planned day or not.
    """
    if person.row.week_minutes is None and not person.row.shifts:
        return person.row.fte
    return Decimal(person.obligation) / (person.role.obligation_minutes * days)


def _continuity(groups: Iterable[GroupDose]) -> Continuity:
    adults = [len(group.adults) for group in groups if group.adults]
    return Continuity(len(adults), adults.count(1), sum(adults))
