"""A service: so many sessions of so many minutes, by somebody qualified, inside windows.

Groups and duties are services.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import gcd

from planner.facts.calendar import Calendar
from planner.facts.cell_formats import Frequency
from planner.facts.group_rows import Duty, Group
from planner.facts.person import Person
from planner.facts.session_lengths import fewest_to_come, numbers_that_sum


@dataclass(frozen=True, eq=False)
class Service:
    """A group to be served or a duty to be done.

    `lengths` are what a session may take, in minutes and in order: one, but for a group that is
    owed minutes in sessions of several lengths. `sessions` are the slots wanted in a cycle, or the
    most that what is owed can be given in; `fewest` the least worth giving. `adults` take part
    in each session beside the `attendees`, who are named, and the `guests`, who are not planned;
    `students` are pseudonymous keys. `owed` is in minutes a cycle. `worth` is what a slot gives in
    minutes a cycle, where it has one length: that, or what its named dates come to; of several
    lengths it is what a `unit` gives.
    """

    id: str
    school: str
    lengths: tuple[int, ...]
    sessions: int
    fewest: int
    owed: int
    group: Group | None = None
    duty: Duty | None = None
    adults: int = 1
    attendees: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    students: frozenset[str] = frozenset()
    worth: int = 0

    @property
    def varied(self) -> bool:
        """Whether its sessions may have different lengths."""
        return len(self.lengths) > 1

    @property
    def shortest(self) -> int:
        """Minutes of its shortest session."""
        return self.lengths[0]

    @property
    def longest(self) -> int:
        """Minutes of its longest session."""
        return self.lengths[-1]

    @property
    def unit(self) -> int:
        """Minutes of what is counted of it where nobody looks at single sessions: of a session, or
        of the largest part that all its sessions have whole.
        """
        return self.worth if self.varied else self.longest

    @property
    def units(self) -> int:
        """How many units it is owed a cycle."""
        return self.owed // self.unit if self.varied else self.sessions

    @property
    def units_a_day(self) -> int:
        """The most units on one day."""
        return self.times_a_day * (self.longest // self.unit)

    @property
    def lengths_said(self) -> str:
        """`30`, or `20, 30 or 45`."""
        *others, last = map(str, self.lengths)
        return f"{', '.join(others)} or {last}" if others else last

    def next_length(self, lengths: Iterable[int]) -> int:
        """The shortest session that may come beside sessions of these lengths, so that others can
        still make up what is owed; the shortest of all where none can.
        """
        rest = self.owed - sum(lengths)
        return next(
            (
                minutes
                for minutes in self.lengths
                if self.varied
                and minutes <= rest
                and numbers_that_sum(self.lengths, rest - minutes)
            ),
            self.shortest,
        )

    def gives(self, minutes: int) -> int:
        """What a session of so many minutes gives of what is owed, in minutes a cycle."""
        return minutes if self.varied else self.worth

    def given(self, lengths: Iterable[int]) -> int:
        """What sessions of these lengths give of what is owed, in minutes a cycle."""
        return sum(self.gives(minutes) for minutes in lengths)

    def lacking(self, lengths: Iterable[int]) -> int:
        """How many sessions it lacks beside sessions of these lengths; the fewest that would do,
        where their lengths differ.
        """
        there = list(lengths)
        if not self.varied:
            return max(0, self.sessions - len(there))
        more = fewest_to_come(self.lengths, self.owed - sum(there))
        return max(more, self.fewest - len(there)) if more else 0

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
    def times(self) -> int:
        """Sessions owed in each cycle, quarter, month or year."""
        return self._wanted.times

    @property
    def per(self) -> str:
        """`cycle`, or the period in which so many sessions are owed on named dates."""
        return self._wanted.per

    @property
    def dated(self) -> bool:
        """Whether its sessions have named dates."""
        return self.per != "cycle"

    @property
    def _wanted(self) -> Frequency:
        row = self.group or self.duty
        assert row is not None
        return row.sessions or Frequency(self.sessions)

    def runs(self, first: date, last: date) -> tuple[date, date]:
        """The part of a stretch of dates in which the service takes place."""
        if self.group is None:
            return first, last
        return max(first, self.group.from_ or first), min(last, self.group.to or last)


def service_of_group(group: Group, students: Iterable[str], calendar: Calendar) -> Service:
    """A group as a service."""
    if group.lengths:
        assert group.total_minutes is not None
        lengths, owed = group.lengths, group.total_minutes
        count, worth = owed // lengths[0], gcd(*lengths)
        fewest = min(count, group.min_sessions or 1)
    else:
        assert group.minutes is not None
        assert group.sessions is not None
        lengths = (group.minutes,)
        count, worth = _slots(group.sessions, group.minutes, calendar)
        owed, fewest = count * worth, min(count, group.min_sessions or count)
    return Service(
        id=group.group,
        school=group.school,
        lengths=lengths,
        sessions=count,
        fewest=fewest,
        owed=owed,
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
        lengths=(duty.minutes,),
        sessions=count,
        fewest=count if duty.required else 1,
        owed=count * worth,
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
