"""Bound what a week can hold: the timetable without clock times, which no timetable exceeds.

`y[g, p, d, n]` says how often p gives a session of n minutes of g on day d (once, where a day has
one at most; most groups have one length n). For each person and day, and each set of times U (a
window, a union of two, a span), the sessions that can only lie in U, and lunch where it can only
lie there, take no more minutes than U can hold:

    Σ n × y[g, p, d, n] over g, n with times(g, p, d, n) ⊆ U  ≤  hold(U)

where hold(U) fills each stretch of U with the lengths that occur, so that a window of 45 minutes
holds one session of 30. Where U is one stretch, it holds at most k sessions that are longer than
its (k + 1)-th part (`_rounded`). The same holds for the rooms of a school and for a student.
Counts, adults, shifts and contact minutes are as in the timetable. Where staff or rooms are short,
these bounds close gaps that the search alone leaves open for minutes.

Everything that is left out here (pauses, supervision, ways, lunches that could lie elsewhere) only
makes the bound weaker, never wrong. What is put in must hold in every timetable: a rule that is
soft may be broken by a plan, so it is no limit here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ortools.sat.python import cp_model

from planner.facts.person import Person, Shift
from planner.facts.service import Service
from planner.rules.contact_minutes import RULE as CONTACT
from planner.rules.contact_week import RULE as CONTACT_WEEK
from planner.rules.different_days import RULE as DIFFERENT_DAYS
from planner.rules.duty_free_lunch import RULE as LUNCH
from planner.rules.no_student_twice import RULE as STUDENTS
from planner.rules.one_adult import RULE as ONE_ADULT
from planner.rules.preparation import RULE as PREPARATION
from planner.rules.pull_out_spaces import RULE as ROOMS
from planner.rules.together import RULE as TOGETHER
from solver.posting import Expr
from solver.timetable.meeting_times import filled, rounded
from solver.timetable.rules.dosage import minutes_given
from solver.timetable.rules.named_dates import may_share
from solver.timetable.timetable import Timetable, Way

Ticks = frozenset[int]
Slot = tuple[str, str, str, int]
"""Sessions of one length: service, person (blank: the meeting), day, minutes."""


@dataclass(frozen=True)
class Load:
    """Something that takes `minutes` somewhere in `times` (ticks), as often as the expression says:
    `most` times at most.
    """

    minutes: int
    times: Ticks
    literal: Expr
    most: int = 1


class Capacity:
    """The relaxation of a timetable; `counts` says how many sessions each service gets, and
    `minutes` how many of the minutes that it is owed, as goals ask.
    """

    def __init__(self, timetable: Timetable) -> None:
        self.timetable = timetable
        self.services = timetable.services
        self.model = cp_model.CpModel()
        self.counts: dict[str, Expr] = {}
        self.minutes: dict[str, Expr] = {}
        self.gives: dict[Slot, cp_model.IntVar] = {}
        self.meets: dict[tuple[str, str], dict[int, Expr]] = {}
        """By service and day, how often it meets, for each length that it may have then."""
        self._times: defaultdict[Slot, set[int]] = defaultdict(set)
        self._gives_of: defaultdict[str, dict[Slot, cp_model.IntVar]] = defaultdict(dict)
        self._gives_on: defaultdict[tuple[str, str], dict[tuple[str, int], cp_model.IntVar]] = (
            defaultdict(dict)
        )
        self._attended: defaultdict[str, list[Service]] = defaultdict(list)
        for service in self.services:
            for name in service.attendees:
                self._attended[name].append(service)
        self._variables()
        self._services()
        self._together()
        for person in timetable.people:
            self._person(person)
        self._rooms()
        self._students()

    @property
    def holds(self) -> bool:
        """Whether it is a bound at all: it gives each service no more sessions a day than one or
        those that its row allows.
        """
        return all(self.timetable.is_on(DIFFERENT_DAYS, service.id) for service in self.services)

    # -- who gives what on which day ---------------------------------------------------------------

    def _variables(self) -> None:
        grid = self.timetable.problem.grid
        for way in self.timetable.given:
            self._times[slot_of(way)] |= _cells(way[3], way[4] - way[3], grid)
        for service, day, start, end in self.timetable.meetings:
            self._times[service, "", day, end - start] |= _cells(start, end - start, grid)
        for key in self._times:
            most = self.timetable.service(key[0]).times_a_day
            literal = self.gives[key] = self._gives_of[key[0]][key] = self.model.new_int_var(
                0, most, f"{key}"
            )
            self._gives_on[key[1:3]][key[0], key[3]] = literal

    def _services(self) -> None:
        for service in self.services:
            mine = self._gives_of[service.id]
            days = dict.fromkeys(key[2] for key in mine)
            several = service.adults != 1 or bool(service.attendees)
            for day in days:
                self._day(service, day, several)
            self._count(service, days)
            if service.most_people is not None and self.timetable.posting.is_hard(
                ONE_ADULT, service.id
            ):
                self._keeps(service.most_people, mine, service.fewest, service.sessions)

    def _day(self, service: Service, day: str, several: bool) -> None:
        """How often a service meets on a day, and its adults then."""
        mine = [
            (key, literal) for key, literal in self._gives_of[service.id].items() if key[2] == day
        ]
        met = self.meets[service.id, day] = {}
        for minutes in dict.fromkeys(key[3] for key, _ in mine):
            adults = [literal for key, literal in mine if key[3] == minutes and key[1]]
            met[minutes] = sum(adults)
            if several:
                met[minutes] = self.gives[service.id, "", day, minutes]
                self.model.add(sum(adults) == service.adults * met[minutes])
        if not several and service.times_a_day == 1:
            self.model.add_at_most_one(literal for _, literal in mine)
        elif not several or len(met) > 1:
            self.model.add(sum(met.values()) <= service.times_a_day)

    def _met(self, service: str, day: str) -> Expr:
        """How often a service meets on a day, whatever the length."""
        return sum(self.meets.get((service, day), {}).values())

    def _count(self, service: Service, days: Iterable[str]) -> None:
        name = service.id
        domain = cp_model.Domain.from_intervals([[0, 0], [service.fewest, service.sessions]])
        if service.required:
            domain = cp_model.Domain.from_values([service.sessions])
        count = self.model.new_int_var_from_domain(domain, f"{name} sessions")
        self.model.add(sum(self._met(name, day) for day in days) == count)
        self.counts[name] = count
        self.minutes[name] = minutes_given(self, service, service.sessions, f"{name} minutes")
        if service.varied:
            met = (item for day in days for item in self.meets[name, day].items())
            self.model.add(sum(minutes * often for minutes, often in met) == self.minutes[name])

    def _together(self) -> None:
        """Groups of one name meet on the same days."""
        here = {service.id for service in self.services}
        for groups in self.timetable.problem.together.values():
            inside = [group for group in groups if group.id in here]
            served = {group.id: self.model.new_bool_var(f"{group.id} served") for group in inside}
            for name, literal in served.items():
                self.model.add(self.counts[name] >= literal)
                self.model.add(self.counts[name] <= self.timetable.service(name).sessions * literal)
            for group in inside:
                if self.timetable.posting.is_hard(TOGETHER, group.id):
                    for other in inside:
                        if other.sessions >= group.sessions and other.id != group.id:
                            self._on_days_of(group, other, served[other.id])

    def _on_days_of(self, group: Service, other: Service, served: cp_model.IntVar) -> None:
        most = group.times_a_day
        for day in self.timetable.problem.cycle:
            if (group.id, day) in self.meets:
                there = self._met(other.id, day)
                self.model.add(self._met(group.id, day) + most * served <= most + there)

    def _keeps(self, most: int, mine: dict[Slot, cp_model.IntVar], fewest: int, owed: int) -> None:
        by_person: defaultdict[str, list[cp_model.IntVar]] = defaultdict(list)
        for (_, person, *_), literal in mine.items():
            by_person[person].append(literal)
        serves = {person: self.model.new_bool_var(f"serves {person}") for person in by_person}
        for person, literals in by_person.items():
            self.model.add(sum(literals) <= owed * serves[person])
            if most == 1:
                self.model.add(sum(literals) >= fewest * serves[person])
        self.model.add(sum(serves.values()) <= most)

    # -- what a day holds --------------------------------------------------------------------------

    def _person(self, person: Person) -> None:
        timetable, settled = self.timetable, person.id in self.timetable.settled
        on = {
            s: 1 if settled else self.model.new_bool_var(f"{person.id} {s}") for s in person.shifts
        }
        if not settled:
            self.model.add(
                sum(s.obligation * literal for s, literal in on.items()) == person.obligation
            )
        for day in timetable.problem.cycle:
            shifts = {s: literal for s, literal in on.items() if s.day == day}
            if not settled and shifts:
                self.model.add_at_most_one(
                    literal for literal in shifts.values() if not isinstance(literal, int)
                )
            loads = self._loads(person, day)
            if not settled:
                self._only_at_work(person, day, shifts)
            self._hold(loads, 1)
            self._whole_day(person, day, shifts)
        self._weeks(person)

    def _loads(self, person: Person, day: str) -> list[Load]:
        timetable = self.timetable
        loads = [
            Load(
                minutes,
                frozenset(self._times[service, person.id, day, minutes]),
                literal,
                timetable.service(service).times_a_day,
            )
            for (service, minutes), literal in self._gives_on[person.id, day].items()
            if not may_share(timetable.service(service))
        ]
        for service in self._attended[person.id]:
            for minutes in service.lengths:
                slot = (service.id, "", day, minutes)
                if slot in self.gives:
                    loads.append(Load(minutes, frozenset(self._times[slot]), self.gives[slot]))
        # Only somebody whose days are settled has lunch for certain: on a day that another may not
        # work there is none, and the bound would be too low.
        if person.id in timetable.settled and timetable.is_on(LUNCH, person.id):
            grid, length = timetable.problem.grid, person.lunch_minutes
            starts = [
                t for (who, on_day, t) in timetable.lunch if who == person.id and on_day == day
            ]
            times = frozenset(cell for start in starts for cell in _cells(start, length, grid))
            if starts and not length % grid:
                loads.append(Load(length, times, 1))
        return loads

    def _only_at_work(self, person: Person, day: str, shifts: Mapping[Shift, Expr]) -> None:
        for (name, _), literal in self._gives_on[person.id, day].items():
            service = self.timetable.service(name)
            if service.in_shift:
                anywhere = not service.school or (person.id, day) in self.timetable.moves
                there = [
                    on for shift, on in shifts.items() if anywhere or shift.school == service.school
                ]
                self.model.add(service.times_a_day * sum(there) >= literal)

    def _whole_day(self, person: Person, day: str, shifts: Mapping[Shift, Expr]) -> None:
        """Contact within its limit; and contact beside preparation within the day's obligation."""
        timetable = self.timetable
        contact = self._contact(person, day)
        if isinstance(contact, int):
            return
        limit = person.role.max_contact_minutes
        if limit is not None and timetable.posting.is_hard(CONTACT, person.id):
            self.model.add(contact <= limit)
        if (
            timetable.posting.is_hard(PREPARATION, person.id)
            and timetable.is_on(LUNCH, person.id)
            and not any(service.planning for service in self.services)
        ):
            room = [
                (max(0, shift.obligation - person.role.prep_minutes), on)
                for shift, on in shifts.items()
            ]
            self.model.add(contact <= sum(minutes * on for minutes, on in room))

    def _contact(self, person: Person, day: str) -> Expr:
        service = self.timetable.service
        return sum(
            minutes * literal
            for (name, minutes), literal in self._gives_on[person.id, day].items()
            if service(name).contact
        )

    def _weeks(self, person: Person) -> None:
        """Contact within its limit in each week of the cycle."""
        if not self.timetable.posting.is_hard(CONTACT_WEEK, person.id):
            return
        for number, week in enumerate(self.timetable.problem.weeks):
            limit = person.most_contact(number)
            contact = sum(self._contact(person, day) for day in week)
            if limit is not None and not isinstance(contact, int):
                self.model.add(contact <= limit)

    def _rooms(self) -> None:
        in_rooms: defaultdict[str, list[Service]] = defaultdict(list)
        for service in self.services:
            if service.takes_room:
                in_rooms[service.school].append(service)
        for school, here in in_rooms.items():
            spaces = self.timetable.problem.schools[school].spaces
            limited = spaces is not None and self.timetable.is_on(ROOMS, school)
            for day in self.timetable.problem.cycle if limited else ():
                loads = [load for service in here for load in self._loads_of(service, day)]
                self._hold(loads, spaces or 0)

    def _students(self) -> None:
        if not self.timetable.is_on(STUDENTS):
            return
        here = {service.id for service in self.services}
        sets = {
            tuple(g.id for g in groups if g.id in here)
            for groups in self.timetable.problem.students.values()
        }
        for names in sorted(sets):
            for day in self.timetable.problem.cycle if len(names) > 1 else ():
                loads = [
                    load
                    for name in names
                    for load in self._loads_of(self.timetable.service(name), day)
                ]
                self._hold(loads, 1)

    def _loads_of(self, service: Service, day: str) -> Iterator[Load]:
        """What a service takes of its room and students on a day, whoever gives it."""
        for minutes, often in self.meets.get((service.id, day), {}).items():
            times = frozenset(
                t
                for key in self._gives_of[service.id]
                if key[2:] == (day, minutes)
                for t in self._times[key]
            )
            yield Load(minutes, times, often, service.times_a_day)

    def _hold(self, loads: list[Load], at_once: int) -> None:
        """No set of times holds more than fits, so many at once."""
        grid = self.timetable.problem.grid
        for times in _families(load.times for load in loads):
            inside = [load for load in loads if load.times <= times]
            lengths = tuple(sorted({load.minutes for load in inside}))
            limit = at_once * _holds(times, lengths, grid)
            if sum(load.minutes * load.most for load in inside) > limit:
                self.model.add(sum(load.minutes * load.literal for load in inside) <= limit)
                if _one_stretch(times, grid):
                    self._rounded(inside, len(times) * grid, at_once)

    def _rounded(self, inside: list[Load], room: int, at_once: int) -> None:
        """What rounding each length to parts of one stretch says beyond its minutes."""
        for weights, limit in rounded(tuple(load.minutes for load in inside), room):
            self.model.add(
                sum(w * load.literal for w, load in zip(weights, inside, strict=True))
                <= at_once * limit
            )


def slot_of(way: Way) -> Slot:
    """The sessions among which a way counts."""
    return way[0], way[1], way[2], way[4] - way[3]


def _cells(start: int, minutes: int, grid: int) -> Ticks:
    """The cells of the grid that a stretch of time touches; it need not start with one.

    Touched and not covered: a set of times that is too large holds too much, which keeps the bound
    a bound. One that is too small would not.
    """
    return frozenset(range(start // grid * grid, start + minutes, grid))


def _families(times: Iterable[Ticks]) -> set[Ticks]:
    """The sets of times that are looked at: each, and each union of two.

    All unions would be too many. Those of two say what two windows cannot hold together: a session
    that fits into either is counted in neither alone.
    """
    single = {ticks for ticks in times if ticks}
    return single | {first | second for first, second in combinations(single, 2)}


def _one_stretch(times: Ticks, grid: int) -> bool:
    """Whether the times have no hole."""
    return max(times) - min(times) + grid == len(times) * grid


def _holds(times: Ticks, lengths: tuple[int, ...], grid: int) -> int:
    """Minutes of such lengths that fit into the stretches of a set of times."""
    ordered = sorted(times)
    total, begin = 0, ordered[0]
    for tick, following in zip(ordered, [*ordered[1:], None], strict=True):
        if following != tick + grid:
            total += filled(tick + grid - begin, lengths)
            begin = following if following is not None else begin
    return total
