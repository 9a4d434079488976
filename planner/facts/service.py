"""A service: so many sessions of so many minutes, by somebody qualified, inside windows.

Groups and duties are services.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from planner.facts.calendar import Calendar
from planner.facts.cell_formats import Frequency
from planner.facts.group_rows import Duty, Group
from planner.facts.person import Person


@dataclass(frozen=True, eq=False)
class Service:
    """A group to be served or a duty to be done.

    `sessions` are the slots wanted in a cycle, `fewest` the least worth giving; `adults` take part
    in each session beside the `attendees`, who are named, and the `guests`, who are not planned;
    `students` are pseudonymous keys. `worth` is what a slot gives in minutes a cycle: its length,
    or what its named dates come to.
    """

    id: str
    school: str
    minutes: int
    sessions: int
    fewest: int
    group: Group | None = None
    duty: Duty | None = None
    adults: int = 1
    attendees: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    students: frozenset[str] = frozenset()
    worth: int = 0

    @property
    def kind(self) -> str:
        """`group` or `duty`, as a plan says it."""
        return "group" if self.group else "duty"

    @property
    def tier(self) -> int:
        """The group's tier; 0 for a duty."""
        return self.group.tier if self.group else 0

    @property
    def priority(self) -> int:
        """How much a minute of it weighs; larger is served first."""
        return self.group.priority if self.group else 1

    @property
    def size(self) -> int:
        """How many students there are: the number that its row gives, else its members; 0 for a
        duty.
        """
        given = self.group.students if self.group else None
        return len(self.students) if given is None else given

    @property
    def contact(self) -> bool:
        """Whether its minutes are contact: delivering a group."""
        return self.group is not None

    @property
    def planning(self) -> bool:
        """Whether its minutes count as preparation: planning inside the shift, every cycle."""
        return (
            self.duty is not None
            and self.duty.kind == "planning"
            and self.in_shift
            and not self.dated
        )

    @property
    def teacher(self) -> str:
        """The teacher in whose class it is; blank where any will do."""
        return self.group.teacher if self.group else ""

    @property
    def together(self) -> str:
        """The name of those that meet at the same times; blank where it meets by itself."""
        return self.group.together if self.group else ""

    @property
    def place(self) -> str:
        """Where in the school it is: the group's mode, or the kind of duty."""
        return self.group.mode if self.group else self.duty.kind if self.duty else ""

    @property
    def required(self) -> bool:
        """Whether it must take place in full."""
        return self.duty is not None and self.duty.required

    @property
    def takes_room(self) -> bool:
        """Whether it needs one of the school's pull-out rooms."""
        return self.group is not None and self.group.mode == "pull_out"

    @property
    def most_people(self) -> int | None:
        """The most adults over the cycle, as many as serve a session at least; None where any
        number will do.
        """
        return max(self.group.max_people, self.adults) if self.group else None

    @property
    def times_a_day(self) -> int:
        """The most sessions on one day."""
        return self.group.times_a_day if self.group else 1

    @property
    def in_shift(self) -> bool:
        """Whether it must lie inside the shift (duties for time off in lieu or paid on top need
        not).
        """
        return self.duty is None or self.duty.time == "shift"

    def runs_on(self, day: date) -> bool:
        """Whether a date lies between its first and its last."""
        first, last = self.runs(day, day)
        return first <= last

    @property
    def owed(self) -> int:
        """Minutes owed a cycle."""
        return self.sessions * self.worth

    @property
    def times(self) -> int:
        """Sessions owed in each cycle, quarter, month or year."""
        return self._row.sessions.times

    @property
    def per(self) -> str:
        """`cycle`, or the period in which so many sessions are owed on named dates."""
        return self._row.sessions.per

    @property
    def dated(self) -> bool:
        """Whether its sessions have named dates."""
        return self.per != "cycle"

    @property
    def _row(self) -> Group | Duty:
        row = self.group or self.duty
        assert row is not None
        return row

    def runs(self, first: date, last: date) -> tuple[date, date]:
        """The part of a stretch of dates in which the service takes place."""
        if self.group is None:
            return first, last
        return max(first, self.group.from_ or first), min(last, self.group.to or last)


def service_of_group(group: Group, students: Iterable[str], calendar: Calendar) -> Service:
    """A group as a service."""
    count, worth = _slots(group.sessions, group.minutes, calendar)
    fewest = min(count, group.min_sessions or count)
    return Service(
        id=group.group,
        school=group.school,
        minutes=group.minutes,
        sessions=count,
        fewest=fewest,
        group=group,
        adults=group.adults,
        students=frozenset(students),
        worth=worth,
    )


def service_of_duty(duty: Duty, people: Mapping[str, Person], calendar: Calendar) -> Service:
    """A duty as a service; people in `with` who may do it themselves count among its adults."""
    attendees = tuple(person for person in duty.with_ if person in people)
    count_too = sum(1 for person in attendees if _may_do(duty, people[person]))
    count, worth = _slots(duty.sessions, duty.minutes, calendar)
    return Service(
        id=duty.duty,
        school=duty.school,
        minutes=duty.minutes,
        sessions=count,
        fewest=count if duty.required else 1,
        duty=duty,
        adults=max(0, duty.adults - count_too),
        attendees=attendees,
        guests=tuple(teacher for teacher in duty.with_ if teacher not in people),
        worth=worth,
    )


def _may_do(duty: Duty, person: Person) -> bool:
    return (not duty.staff or person.id in duty.staff) and (
        not duty.roles or person.role.role in duty.roles
    )


def _slots(wanted: Frequency, minutes: int, calendar: Calendar) -> tuple[int, int]:
    """Slots reserved in a cycle, and the minutes a cycle that one is worth: `n × minutes ÷ cycles ÷
    slots`, rounded half up.
    """
    if wanted.per == "cycle":
        return wanted.times, minutes
    cycles = calendar.cycles_in(wanted.per)
    slots = -(-wanted.times // cycles)
    return slots, max(1, (2 * wanted.times * minutes + cycles * slots) // (2 * cycles * slots))
