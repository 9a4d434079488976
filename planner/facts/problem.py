"""The planning problem that a dataset poses on its planned day.

People, services, schools, and the facts that rules share.

Both houses read these facts; neither decides a rule here.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from planner.facts.calendar import Calendar
from planner.facts.cycle_names import weeks_of
from planner.facts.dating import Dating
from planner.facts.decisions import Edit, Pin, RuleRow
from planner.facts.fund_terms import terms_of
from planner.facts.funds import Fund, Position, Program
from planner.facts.group_rows import Group
from planner.facts.overrides import overridden, rules_of
from planner.facts.person import Person, Shift, cycle_obligation, opening, possible_shifts
from planner.facts.person_funds import funds_of_people
from planner.facts.preferences import Preference
from planner.facts.presence import Presence
from planner.facts.roles import Allowance, Role
from planner.facts.schools import Block, School, Teacher
from planner.facts.service import Service, service_of_duty, service_of_group
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff
from planner.facts.stretches import Stretch, stretches_of
from planner.facts.teacher_times import TeacherTimes
from planner.facts.training import Course, TrainingRequirement, courses_of, needs_of

MIDNIGHT = 24 * 60


@dataclass(frozen=True, eq=False)
class Problem:
    """A dataset seen on its planned day, with what was decided by hand in a plan of it (`edits`).

    Look-ups raise KeyError for names that it does not hold.
    """

    data: Dataset
    name: str = ""
    edits: tuple[Edit, ...] = ()
    origin: Dataset | None = None
    """The dataset before a budget changed who is planned; None where none did."""
    base: Dataset | None = None
    """The dataset before a scenario changed it; None where none did."""

    @property
    def cycle(self) -> tuple[str, ...]:
        """The cycle's days, in order."""
        return self.data.district.cycle

    @cached_property
    def weeks(self) -> tuple[tuple[str, ...], ...]:
        """The cycle's days by its weeks."""
        return weeks_of(self.cycle)

    @property
    def grid(self) -> int:
        """Sessions start on multiples of this many minutes."""
        return self.data.district.grid_minutes

    @cached_property
    def calendar(self) -> Calendar:
        """The year, date by date."""
        return Calendar(self.data.district, self.data.calendar, tuple(self.schools))

    @cached_property
    def schools(self) -> dict[str, School]:
        """The places of work by id."""
        return {school.school: school for school in self.data.schools}

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The job classes by id, with the limits that the sheet `rules` puts in their place."""
        rules, reading = self.rules_in_force, self.data.reading
        return {
            role.role: overridden(role, rules, frozenset({f"role:{role.role}"}), reading)
            for role in self.data.roles
        }

    @cached_property
    def rules_in_force(self) -> tuple[RuleRow, ...]:
        """What the jurisdiction and then the district say of rules on the planned day: each row
        goes before those ahead of it.
        """
        return rules_of(self.data.district, self.data.rules)

    def scopes(self, where: tuple[str, ...]) -> frozenset[str]:
        """The parts of the district to which the people, services, schools and job classes among
        some ids belong.
        """
        found = self._scopes_of.get(where)
        if found is None:
            found = self._scopes_of[where] = frozenset(
                scope for name in where for scope in self._parts(name)
            )
        return found

    @cached_property
    def _scopes_of(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def _parts(self, name: str) -> Iterator[str]:
        service, person = self.service_of.get(name), self.person_of.get(name)
        if service:
            yield from ((f"tier:{service.tier}",) if service.group else ())
            yield f"school:{service.school}"
        if person:
            yield f"role:{person.role.role}"
        if name in self.schools:
            yield f"school:{name}"
        if name in self.roles:
            yield f"role:{name}"

    @cached_property
    def people(self) -> tuple[Person, ...]:
        """Everybody under contract who is at work on the planned day, in the sheet's order."""
        presence = Presence(self.data, self.roles, self.stretches)
        rows = (presence.worked(row) for row in self.data.staff)
        return tuple(self.person(row) for row in rows if row is not None)

    @cached_property
    def stretches(self) -> Mapping[str, tuple[Stretch, ...]]:
        """The stretches of each position that the sheet `assignments` names, by its id."""
        return stretches_of(self.data)

    def person(self, row: Staff) -> Person:
        """Somebody as the contract in a row has them, whether or not they are under contract on the
        planned day.
        """
        role = self.roles[row.role]
        schools = row.schools or tuple(self.schools)
        shifts = possible_shifts(row, role, self.cycle, self.schools, schools)
        if row.shifts:
            by_day = {shift.day: shift.obligation for shift in shifts}
            obligation = sum(by_day.values())
        else:
            obligation = cycle_obligation(row, role, self.cycle)
        off_site = frozenset(
            school for school in schools if self.schools[school].kind == "off_site"
        )
        return Person(row.staff, row.called, row, role, schools, off_site, obligation, shifts)

    @cached_property
    def contracts(self) -> dict[str, Staff]:
        """The rows of the sheet `staff` by id, also of who is not there on the planned day."""
        return {row.staff: row for row in self.data.staff}

    @cached_property
    def person_of(self) -> dict[str, Person]:
        """The people by id."""
        return {person.id: person for person in self.people}

    @cached_property
    def people_at(self) -> dict[str, tuple[Person, ...]]:
        """The people who may work at each school; everybody where no school is meant (blank)."""
        at = {
            school: tuple(person for person in self.people if school in person.schools)
            for school in self.schools
        }
        return at | {"": self.people}

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """Groups and duties of the planned day, in the sheets' order."""
        planned = self.data.district.day_planned
        students: dict[str, list[str]] = {}
        for member in self.data.members:
            students.setdefault(member.group, []).append(member.student)
        groups = [
            service_of_group(self._limited(row), students.get(row.group, ()), self.calendar)
            for row in self.data.groups
            if (row.from_ is None or row.from_ <= planned) and (row.to is None or planned <= row.to)
        ]
        return (
            *groups,
            *(service_of_duty(row, self.person_of, self.calendar) for row in self.data.duties),
        )

    def _limited(self, row: Group) -> Group:
        scopes = frozenset({f"tier:{row.tier}", f"school:{row.school}"})
        return overridden(row, self.rules_in_force, scopes, self.data.reading)

    @cached_property
    def service_of(self) -> dict[str, Service]:
        """The services by id."""
        return {service.id: service for service in self.services}

    @cached_property
    def preferences(self) -> dict[str, tuple[Preference, ...]]:
        """Times that are wished for or avoided, by whose preference it is (`staff:ESP-01`)."""
        found: dict[str, list[Preference]] = {}
        for row in self.data.preferences:
            found.setdefault(row.who, []).append(row)
        return {who: tuple(rows) for who, rows in found.items()}

    @cached_property
    def groups(self) -> tuple[Service, ...]:
        """The services that are groups."""
        return tuple(service for service in self.services if service.group)

    @cached_property
    def groups_in(self) -> dict[tuple[str, str], tuple[Group, ...]]:
        """The groups in which a school's grade takes part: (school, grade)."""
        found: dict[tuple[str, str], list[Group]] = {}
        for group in (service.group for service in self.groups if service.group):
            for grade in dict.fromkeys(group.grades):
                found.setdefault((group.school, grade), []).append(group)
        return {key: tuple(groups) for key, groups in found.items()}

    @cached_property
    def students(self) -> dict[str, tuple[Service, ...]]:
        """Students who are in several groups, with those groups; keys are pseudonymous."""
        found: dict[str, list[Service]] = {}
        for service in self.groups:
            for student in sorted(service.students):
                found.setdefault(student, []).append(service)
        return {student: tuple(groups) for student, groups in found.items() if len(groups) > 1}

    @cached_property
    def together(self) -> dict[str, tuple[Service, ...]]:
        """Groups that meet at the same times, by the name that they share: those that are owed most
        sessions first.
        """
        found: dict[str, list[Service]] = {}
        for service in self.groups:
            if service.together:
                found.setdefault(service.together, []).append(service)
        return {
            name: tuple(sorted(groups, key=lambda group: (-group.sessions, group.id)))
            for name, groups in found.items()
            if len(groups) > 1
        }

    @cached_property
    def guests(self) -> dict[str, tuple[Service, ...]]:
        """Adults who are not planned and attend duties, with those duties."""
        found: dict[str, list[Service]] = {}
        for service in self.services:
            for guest in service.guests:
                found.setdefault(guest, []).append(service)
        return {guest: tuple(duties) for guest, duties in found.items()}

    @cached_property
    def blocks_of(self) -> dict[tuple[str, str], tuple[Block, ...]]:
        """The blocks of a school's grade: (school, grade)."""
        found: dict[tuple[str, str], list[Block]] = {}
        for block in self.data.blocks:
            for grade in block.grades:
                found.setdefault((block.school, grade), []).append(block)
        return {key: tuple(blocks) for key, blocks in found.items()}

    @cached_property
    def teachers_at(self) -> dict[str, tuple[Teacher, ...]]:
        """The adults on each site who are not planned."""
        found: dict[str, list[Teacher]] = {}
        for teacher in self.data.teachers:
            found.setdefault(teacher.school, []).append(teacher)
        return {school: tuple(teachers) for school, teachers in found.items()}

    @cached_property
    def dating(self) -> Dating:
        """The real dates of services that do not take place every cycle."""
        return Dating(self.calendar)

    @cached_property
    def teacher_times(self) -> dict[str, TeacherTimes]:
        """When each adult who is not planned plans and teaches."""
        return {
            teacher.teacher: TeacherTimes(teacher, self.blocks_of) for teacher in self.data.teachers
        }

    @cached_property
    def _travel(self) -> dict[tuple[str, str], int]:
        given = {(way.from_, way.to): way.minutes for way in self.data.travel}
        return {(to, start): minutes for (start, to), minutes in given.items()} | given

    def travel_minutes(self, start: str, to: str) -> int | None:
        """Minutes between two schools; None where the dataset does not say."""
        return 0 if start == to else self._travel.get((start, to))

    def without_a_way(self, person: Person) -> tuple[tuple[str, str], ...]:
        """Pairs of places at which somebody may work on one day, and between which nobody goes
        because the dataset does not say how long that takes.
        """
        places: dict[str, set[str]] = {}
        for shift in person.shifts if person.moves else ():
            places.setdefault(shift.day, set()).add(shift.school)
        pairs = {pair for there in places.values() for pair in combinations(sorted(there), 2)}
        return tuple(
            (one, other)
            for one, other in sorted(pairs)
            if person.combines(one, other) and self.travel_minutes(one, other) is None
        )

    def hours(self, school: str, day: str) -> tuple[int, int] | None:
        """A school's hours on a day, off-grid times rounded inward; the whole day where nothing is
        said; None if closed.
        """
        place = self.schools[school]
        if not place.hours and place.open is None and place.close is None:
            return 0, MIDNIGHT
        found = opening(place, day)
        if found is None and not place.hours:
            found = (place.open or 0, MIDNIGHT if place.close is None else place.close)
        if found is None:
            return None
        return -(-found[0] // self.grid) * self.grid, found[1] // self.grid * self.grid

    def shifts_of(self, person: Person, day: str) -> tuple[Shift, ...]:
        """The shifts that a person's contract leaves open on a day."""
        return tuple(shift for shift in person.shifts if shift.day == day)

    def part(self, people: Iterable[Person], services: Iterable[Service]) -> "Problem":
        """The same problem with some of its people and services alone, to look closely at one
        place.
        """
        small = Problem(self.data, self.name, self.edits, self.origin)
        inside = tuple(services)
        names = {service.id for service in inside}
        # By the services' students, not by all of a region's: this is asked thousands of times.
        students = sorted({student for service in inside for student in service.students})
        shared = {
            student: tuple(g for g in self.students[student] if g.id in names)
            for student in students
            if student in self.students
        }
        small.__dict__.update(
            {
                name: value
                for name, value in self.__dict__.items()
                if name not in ("people_at", "together")
            }
        )
        small.__dict__.update(
            people=tuple(people),
            services=inside,
            groups=tuple(service for service in inside if service.group),
            students={student: groups for student, groups in shared.items() if len(groups) > 1},
        )
        return small

    @cached_property
    def training_needs(self) -> tuple[TrainingRequirement, ...]:
        """The training that everybody needs, in the order of the sheets; also of those who are not
        yet, or no longer, planned.
        """
        return tuple(needs_of(self.data))

    @cached_property
    def courses(self) -> dict[Course, int | None]:
        """The courses that are offered, in order of time, with their seats (None: no limit)."""
        return courses_of(self.data)

    @cached_property
    def positions(self) -> dict[str, Position]:
        """The positions of the sheet by id."""
        return {row.position: row for row in self.data.positions}

    @cached_property
    def allowances(self) -> dict[str, Allowance]:
        """Differentials and allowances by id."""
        return {row.allowance: row for row in self.data.allowances}

    @cached_property
    def programs(self) -> dict[str, Program]:
        """The programs by id."""
        return {row.program: row for row in self.data.programs}

    @cached_property
    def funds(self) -> dict[str, Fund]:
        """The funds by id."""
        return {row.fund: row for row in self.data.funds}

    @cached_property
    def fund_terms(self) -> dict[str, Program]:
        """What each fund allows: its program's columns, its own in the place of those."""
        return {fund.fund: terms_of(fund, self.programs[fund.program]) for fund in self.data.funds}

    @cached_property
    def funds_of(self) -> Mapping[str, tuple[str, ...]]:
        """The funds that pay each person on the planned day; people whom none pays are left out."""
        return funds_of_people(self.data, self.stretches)

    @property
    def pins(self) -> tuple[Pin, ...]:
        """Decisions that must stand, or must not: those of the dataset, then those taken by hand in
        a plan.
        """
        return (*self.data.pins, *(edit.pin for edit in self.edits))
