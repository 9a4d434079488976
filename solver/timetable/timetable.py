"""What a model of a timetable holds: its variables, and how rules and goals find them.

Sessions of a service are alike, so there is no session index: `given[service, person, day, start]`
says that the person takes part in a session that starts then. Only variables that the filtering
rules permit are made.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import gcd
from typing import Protocol

from ortools.sat.python import cp_model

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Attendance
from planner.rules.rule import Rule, Setting
from solver.posting import Expr, Literal, Posting
from solver.timetable.day_move import Move
from solver.timetable.surroundings import Surroundings

Way = tuple[str, str, str, int]
"""A way of giving a session: service, person, day, start."""
FINEST = 5
"""Minutes below which lunch and preparation are not moved about."""


@dataclass(frozen=True)
class Sharing:
    """A dated session that others may share a time with: those of the same kind, as long as each
    period's dates are enough.

    `rooms` holds for each period the dates that it takes and the dates that there are.
    """

    kind: tuple[str, str]
    rooms: tuple[tuple[int, int], ...]


class Counted(Protocol):
    """A model that says how many sessions each of its services gets."""

    services: tuple[Service, ...]
    model: cp_model.CpModel
    counts: dict[str, Expr]


class Timetable:
    """A model of some services and people of a problem (those of one school, or of schools that
    share people).

    `training` is what they attend; it was planned before, and counts among the dates of their
    contract.
    """

    def __init__(
        self,
        problem: Problem,
        settings: Mapping[str, Setting],
        *,
        services: Iterable[Service] | None = None,
        people: Iterable[Person] | None = None,
        training: Iterable[Attendance] = (),
        diagnose: bool = False,
        around: Surroundings | None = None,
    ) -> None:
        self.problem = problem
        self.around = around
        self.services = tuple(problem.services if services is None else services)
        self.people = tuple(problem.people if people is None else people)
        self.attended: defaultdict[str, list[date]] = defaultdict(list)
        for attendance in training:
            self.attended[attendance.staff].append(attendance.date)
        self.model = cp_model.CpModel()
        self.posting = Posting(self.model, dict(settings), problem.scopes, diagnose=diagnose)
        self.given: dict[Way, cp_model.IntVar] = {}
        self.on: dict[tuple[str, Shift], Literal] = {}
        self.lunch: dict[tuple[str, str, int], cp_model.IntVar] = {}
        self.preparing: dict[tuple[str, str, int, int], cp_model.IntVar] = {}
        self.counts: dict[str, Expr] = {}
        self.served: dict[str, cp_model.IntVar] = {}
        self.settled: set[str] = set()
        self.taken: defaultdict[tuple[str, str], list[tuple[Rule, int, int, Literal]]] = (
            defaultdict(list)
        )
        self.moves: dict[tuple[str, str], Move] = {}
        self.sharing: dict[int, Sharing] = {}
        self.meetings: dict[tuple[str, str, int], cp_model.IntVar] = {}
        self._meets: dict[tuple[str, str, int], Literal] = {}
        self._serves: dict[tuple[str, str], cp_model.IntVar] = {}

    # -- how the plan's parts are indexed ----------------------------------------------------------

    @cached_property
    def ways_of(self) -> dict[str, list[tuple[Way, cp_model.IntVar]]]:
        """Each service's ways."""
        found: dict[str, list[tuple[Way, cp_model.IntVar]]] = {
            service.id: [] for service in self.services
        }
        for way, literal in self.given.items():
            found[way[0]].append((way, literal))
        return found

    @cached_property
    def ways_at(self) -> dict[tuple[str, str, int], list[cp_model.IntVar]]:
        """The ways of a service at each day and start, whoever takes part."""
        found: defaultdict[tuple[str, str, int], list[cp_model.IntVar]] = defaultdict(list)
        for (service, _, day, start), literal in self.given.items():
            found[service, day, start].append(literal)
        return dict(found)

    @cached_property
    def ways_on(self) -> dict[tuple[str, str], list[tuple[Way, cp_model.IntVar]]]:
        """Each person's ways on each day."""
        found: defaultdict[tuple[str, str], list[tuple[Way, cp_model.IntVar]]] = defaultdict(list)
        for way, literal in self.given.items():
            found[way[1], way[2]].append((way, literal))
        return dict(found)

    def work_on(self, person: str, day: str) -> list[tuple[int, int, Literal]]:
        """A person's possible sessions on a day, meetings that they attend among them: from when
        to when.
        """
        found: list[tuple[int, int, Literal]] = [
            (way[3], way[3] + self.service(way[0]).minutes, literal)
            for way, literal in self.ways_on.get((person, day), ())
        ]
        for (name, on_day, start), meeting in self.meetings.items():
            service = self.service(name)
            if on_day == day and person in service.attendees:
                found.append((start, start + service.minutes, meeting))
        return found

    @cached_property
    def starts_of(self) -> dict[str, dict[str, list[int]]]:
        """Each service's possible starts by day, in order."""
        found: dict[str, dict[str, list[int]]] = {service.id: {} for service in self.services}
        for service, day, start in sorted(
            self._meets | self.ways_at, key=lambda key: (key[0], key[2])
        ):
            found[service].setdefault(day, []).append(start)
        return found

    @cached_property
    def tick(self) -> int:
        """The step on which lunch and preparation may start: fine enough that no gap is lost, 5
        minutes at the finest.
        """
        edges = [s.minutes for s in self.services]
        for person in self.people:
            edges += [
                person.lunch_minutes,
                *(time for s in person.shifts for time in (s.start, s.end)),
            ]
            edges += [time for window in person.row.busy for time in (window.start, window.end)]
        finest = gcd(self.problem.grid, *edges)
        return finest if finest >= FINEST else min(FINEST, self.problem.grid)

    def service(self, name: str) -> Service:
        """A service by id."""
        return self.problem.service_of[name]

    def meets(self, service: str, day: str, start: int) -> Literal:
        """Whether a session of the service starts then, whoever takes part."""
        key = (service, day, start)
        if key not in self._meets:
            ways = self.ways_at[key]
            if len(ways) == 1:
                self._meets[key] = ways[0]
            else:
                self._meets[key] = self.model.new_bool_var(f"meets {key}")
                self.model.add(sum(ways) == self._meets[key])
        return self._meets[key]

    def declare_meeting(self, service: str, day: str, start: int) -> Literal:
        """A session that several attend: a literal of its own, to which `attendance` ties its
        adults.
        """
        literal = self.model.new_bool_var(f"meets {(service, day, start)}")
        self._meets[service, day, start] = self.meetings[service, day, start] = literal
        return literal

    def serves(self, service: str, person: str) -> cp_model.IntVar:
        """Whether a person serves a service at all in the cycle (no less than any of their ways;
        see `one_adult`).
        """
        key = (service, person)
        if key not in self._serves:
            self._serves[key] = self.model.new_bool_var(f"serves {key}")
        return self._serves[key]

    def sessions(self, service: Service) -> Expr:
        """How many sessions of a service are given."""
        if service.adults == 1 and not service.attendees:
            return sum(literal for _, literal in self.ways_of[service.id])
        return sum(
            self.meets(service.id, day, t)
            for day, starts in self.starts_of[service.id].items()
            for t in starts
        )

    def possible_sessions(self) -> Iterator[tuple[Service, str, int, Literal]]:
        """Every possible session with its day and start: of one adult, a literal for each who could
        give it; of several, one for all of them.
        """
        for (name, _, day, start), literal in self.given.items():
            if (name, day, start) not in self.meetings:
                yield self.service(name), day, start, literal
        for (name, day, start), meeting in self.meetings.items():
            yield self.service(name), day, start, meeting

    def places(
        self, person: str, day: str, school: str | None = None
    ) -> list[tuple[Shift, Literal]]:
        """A person's possible shifts on a day (at one school)."""
        return [
            (shift, literal)
            for shift, literal in self._shifts_of.get((person, day), ())
            if school in (None, "", shift.school)
        ]

    @cached_property
    def preparing_on(self) -> Mapping[tuple[str, str], Mapping[tuple[int, int], cp_model.IntVar]]:
        """A person's possible blocks of preparation on a day, by start and length, once all are
        made.
        """
        found: defaultdict[tuple[str, str], dict[tuple[int, int], cp_model.IntVar]]
        found = defaultdict(dict)
        for (person, day, start, length), literal in self.preparing.items():
            found[person, day][start, length] = literal
        return dict(found)

    @cached_property
    def _shifts_of(self) -> dict[tuple[str, str], list[tuple[Shift, Literal]]]:
        found: defaultdict[tuple[str, str], list[tuple[Shift, Literal]]] = defaultdict(list)
        for (person, shift), literal in self.on.items():
            found[person, shift.day].append((shift, literal))
        return dict(found)

    # -- rules -------------------------------------------------------------------------------------

    def is_on(self, rule: Rule, *where: str) -> bool:
        """Whether a rule is looked at for what these ids are about."""
        return self.posting.is_on(rule, *where)

    def occupy(
        self, rule: Rule, person: str, day: str, start: int, end: int, literal: Literal
    ) -> None:
        """The literal takes a person's time from start to end; nobody does two things at once."""
        self.taken[person, day].append((rule, start, end, literal))
