"""Build a first timetable by hand, as planners do, and mend it by ruin and recreate.

Groups are put in one after the other, and when one finds no place, some of those in its way are
taken out and put back in another order.

It looks at the same possible sessions as the model, at people's time, rooms, students, and whether
lunch, preparation and pauses still fit. It need not know every rule: what it finds is completed and
checked by the model before it counts as a plan (see `Search.adopt`). Without it a general search
needs ten times as long to fill a school at 90 % load.

Times are ticks of the grid; what is taken on a day is a whole number read as a row of bits, one a
tick: whether a session fits is then one `and`, however long it is.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import partial
from random import Random

from planner.facts.person import Person
from planner.facts.service import Service
from planner.rules.consecutive_contact import RULE as CONSECUTIVE
from planner.rules.contact_minutes import RULE as CONTACT
from planner.rules.duty_free_lunch import RULE as LUNCH
from planner.rules.no_student_twice import RULE as STUDENTS
from planner.rules.preparation import RULE as PREPARATION
from planner.rules.preparation import SHORTEST_BLOCK
from planner.rules.pull_out_spaces import RULE as ROOMS
from solver.timetable.construct_day import Day
from solver.timetable.timetable import Timetable, Way

ALLOWANCE = 0.03
"""The share of everything owed that a round may lose against the best, at first. It shrinks to
nothing over the rounds: early ones may leave a dead end, late ones only climb.
"""
PATIENCE = 100
"""Rounds without anything better after which the best is taken up again."""
FIRST = 0.5
"""How often what was left out is put in before the rest."""
SessionSlot = tuple[str, str, int]
"""Where a session is put: person, day, first tick."""
Spot = tuple[str, str]
"""Somebody's day: person, day."""


class Construction:
    """A timetable under construction; `placed` says where each group's sessions are."""

    def __init__(
        self, timetable: Timetable, start: list[int], weights: Mapping[str, int], seed: int
    ) -> None:
        self.timetable = timetable
        self.random = Random(seed)
        self.grid = timetable.problem.grid
        self.weights = weights
        self.placed: dict[str, list[SessionSlot]] = {}
        self.days: dict[Spot, Day] = {}
        self.options: dict[str, dict[str, dict[str, list[int]]]] = {}
        self.rooms: defaultdict[tuple[str, str, int], int] = defaultdict(int)
        self.met: defaultdict[tuple[str, str], int] = defaultdict(int)
        self.shared: defaultdict[str, set[str]] = defaultdict(set)
        self.best: dict[str, list[SessionSlot]] = {}
        self.best_value = 0
        self._days(start)
        self._groups(start)

    # -- what there is -----------------------------------------------------------------------------

    def _days(self, start: list[int]) -> None:
        timetable, grid = self.timetable, self.grid
        lunches: defaultdict[Spot, list[int]] = defaultdict(list)
        for person, day, t in timetable.lunch:
            length = -(-timetable.problem.person_of[person].lunch_minutes // grid)
            lunches[person, day].append(((1 << length) - 1) << (t // grid))
        for (name, shift), literal in timetable.on.items():
            if not start[literal.index]:
                continue
            role = timetable.problem.person_of[name].role
            contact = role.max_contact_minutes if timetable.is_on(CONTACT, name) else None
            on_end = role.max_consecutive_minutes if timetable.is_on(CONSECUTIVE, name) else None
            begins = [
                s
                for s in timetable.problem.person_of[name].shifts
                if s.day == shift.day and s.obligation == shift.obligation
            ]
            self.days[name, shift.day] = Day(
                shifts={s.school: (-(-s.start // grid), s.end // grid) for s in begins},
                ways=partial(self._ticks, timetable.problem.person_of[name]),
                moves=timetable.problem.person_of[name].moves,
                lunches=lunches[name, shift.day]
                if shift.lunch_minutes and timetable.is_on(LUNCH, name)
                else [],
                prep=-(-role.prep_minutes // grid) if timetable.is_on(PREPARATION, name) else 0,
                shortest=-(-SHORTEST_BLOCK // grid),
                most_contact=10**6 if contact is None else contact // grid,
                most_on_end=10**6 if on_end is None else on_end // grid,
                pause=-(-role.break_minutes // grid),
            )

    def _groups(self, start: list[int]) -> None:
        timetable = self.timetable
        here = {service.id for service in timetable.services}
        for groups in timetable.problem.students.values() if timetable.is_on(STUDENTS) else ():
            names = [group.id for group in groups if group.id in here]
            for name in names:
                self.shared[name] |= {*names} - {name}
        already = {way[0] for way, literal in timetable.given.items() if start[literal.index]}
        for (name, person, day, t), literal in timetable.given.items():
            service = timetable.service(name)
            if start[literal.index]:
                self._take(service, (person, day, t // self.grid))
            elif service.group and name not in already and self._at_work(service, person, day, t):
                self.options.setdefault(name, {}).setdefault(person, {}).setdefault(day, []).append(
                    t // self.grid
                )
        for (name, day, t), literal in timetable.meetings.items():
            if start[literal.index]:
                for person in timetable.service(name).attendees:
                    self._take(timetable.service(name), (person, day, t // self.grid))

    def _at_work(self, service: Service, person: str, day: str, start: int) -> bool:
        there = self.days.get((person, day))
        if there is None:
            return False
        length, tick = self._length(service), start // self.grid
        shifts = (
            there.shifts.values()
            if there.moves
            else [there.shifts[s] for s in [service.school] if s in there.shifts]
        )
        return any(begin <= tick and tick + length <= end for begin, end in shifts)

    def _ticks(self, person: Person, start: str, to: str) -> int | None:
        minutes = (
            self.timetable.problem.travel_minutes(start, to) if person.combines(start, to) else None
        )
        return None if minutes is None else -(-minutes // self.grid)

    def _length(self, service: Service) -> int:
        return -(-service.minutes // self.grid)

    # -- putting in and taking out -----------------------------------------------------------------

    def _take(self, service: Service, place: SessionSlot, sign: int = 1) -> None:
        person, day, tick = place
        length = self._length(service)
        bits = ((1 << length) - 1) << tick
        there = self.days.get((person, day))
        if there is not None:
            there.taken = there.taken | bits if sign > 0 else there.taken & ~bits
            if service.school and service.in_shift:
                visit = (tick, tick + length, service.school)
                there.visits.append(visit) if sign > 0 else there.visits.remove(visit)
            if service.contact:
                there.contact.append((tick, tick + length)) if sign > 0 else there.contact.remove(
                    (tick, tick + length)
                )
        self.met[service.id, day] = (
            self.met[service.id, day] | bits if sign > 0 else self.met[service.id, day] & ~bits
        )
        if service.takes_room:
            for at in range(tick, tick + length):
                self.rooms[service.school, day, at] += sign

    def _free(self, service: Service, place: SessionSlot) -> bool:
        """Whether one more session is possible there."""
        person, day, tick = place
        length = self._length(service)
        bits = ((1 << length) - 1) << tick
        if any(self.met[other, day] & bits for other in self.shared[service.id]):
            return False
        spaces = (
            self.timetable.problem.schools[service.school].spaces
            if self.timetable.is_on(ROOMS, service.school)
            else None
        )
        if (
            service.takes_room
            and spaces is not None
            and any(
                self.rooms[service.school, day, at] >= spaces for at in range(tick, tick + length)
            )
        ):
            return False
        return self.days[person, day].fits(tick, length, service.school)

    def insert(self, name: str) -> bool:
        """Puts a group in, with one adult or as few as it allows; whether it found a place."""
        service = self.timetable.service(name)
        found = {person: self._week(service, person) for person in self.options.get(name, ())}
        ways = [self._choose(service, [person], found) for person in found]
        if (
            service.most_people is not None
            and service.most_people > 1
            and not any(len(w) == service.sessions for w in ways)
        ):
            ranked = sorted(found, key=lambda person: -len(found[person]))[: service.most_people]
            ways.append(self._choose(service, ranked, found))
        best = max(ways, key=lambda way: (len(way), self.random.random()), default=[])
        if len(best) < service.fewest:
            return False
        for place in best:
            self._take(service, place)
        self.placed[name] = best
        return True

    def remove(self, name: str) -> None:
        """Takes a group out."""
        for place in self.placed.pop(name):
            self._take(self.timetable.service(name), place, -1)

    def _week(self, service: Service, person: str) -> dict[str, list[int]]:
        week = {}
        for day, ticks in self.options[service.id][person].items():
            free = [tick for tick in ticks if self._free(service, (person, day, tick))]
            if free:
                week[day] = free
        return week

    def _choose(
        self, service: Service, people: list[str], found: Mapping[str, Mapping[str, list[int]]]
    ) -> list[SessionSlot]:
        """One session a day, close to other work, and at one time of day where that is possible."""
        length = self._length(service)
        votes: defaultdict[int, float] = defaultdict(float)
        for person in people:
            for day, ticks in found[person].items():
                for tick in ticks:
                    votes[tick] += (
                        1
                        + 0.3 * self._snug((person, day), tick, length)
                        + 0.2 * self.random.random()
                    )
        chosen: dict[str, tuple[float, SessionSlot]] = {}
        for person in people:
            for day, ticks in found[person].items():
                tick = max(ticks, key=lambda at: votes[at])
                if day not in chosen or votes[tick] > chosen[day][0]:
                    chosen[day] = (votes[tick], (person, day, tick))
        best = sorted(chosen.values(), key=lambda way: -way[0])[: service.sessions]
        return [place for _, place in best]

    def _snug(self, spot: Spot, tick: int, length: int) -> int:
        """How many sides of a session touch other work."""
        taken = self.days[spot].taken
        return (tick > 0 and taken >> (tick - 1) & 1) + (taken >> (tick + length) & 1)

    # -- ruin and recreate -------------------------------------------------------------------------

    def value(self) -> int:
        """What is given, by weight."""
        return sum(self.weights[name] * len(places) for name, places in self.placed.items())

    def fill(self, names: list[str]) -> None:
        """Puts groups in, the heavier and harder first, with a little chance.

        Chance, because the same order would end each round in the same timetable.
        """

        def order(name: str) -> float:
            choice = sum(
                len(ticks) for week in self.options[name].values() for ticks in week.values()
            )
            return (
                (self.weights[name] + 1) * (1 + 20 / (1 + choice)) * self.random.uniform(0.5, 1.5)
            )

        for name in sorted(names, key=order, reverse=True):
            if name in self.options and name not in self.placed:
                self.insert(name)

    @property
    def left_out(self) -> list[str]:
        """Groups that could have more sessions."""
        return [
            n
            for n in self.options
            if len(self.placed.get(n, ())) < self.timetable.service(n).sessions
        ]

    def again(self, allowance: float) -> None:
        """Takes out some of what is in the way of something that is left out, and puts all back in
        another order.

        What is worse than the best so far by no more than the allowance is kept, so that it gets
        out of dead ends.
        """
        missing = self.left_out
        wanted = self.random.choice(missing)
        people = list(self.options[wanted])
        near = set(
            self.random.sample(people, min(len(people), self.random.choice([1, 1, 2, 2, 3])))
        )
        share = self.random.choice([0.3, 0.6, 1.0])
        out = [
            name
            for name, places in self.placed.items()
            if near & {place[0] for place in places} and self.random.random() < share
        ]
        names = [*out, *(name for name in missing if name not in out)]
        before = {name: self.placed[name] for name in names if name in self.placed}
        for name in before:
            self.remove(name)
        if self.random.random() < FIRST:
            self.insert(wanted)
        self.fill(names)
        value = self.value()
        if value < self.best_value - allowance:
            self._restore(names, before)
        elif value > self.best_value:
            self.best_value, self.best = value, dict(self.placed)

    def improve(self, rounds: int, until: Callable[[], bool]) -> None:
        """So many rounds of ruin and recreate, or until everything is in, or until told to stop."""
        self.fill(list(self.options))
        self.best_value, self.best = self.value(), dict(self.placed)
        whole = sum(
            self.weights[name] * self.timetable.service(name).sessions for name in self.options
        )
        idle = 0
        for number in range(rounds):
            if not self.left_out or until():
                break
            before = self.best_value
            self.again(ALLOWANCE * whole * (1 - number / rounds))
            idle = 0 if self.best_value > before else idle + 1
            if idle >= PATIENCE:
                self.back_to_best()
                idle = 0
        self.back_to_best()

    def ways(self) -> set[Way]:
        """The ways of giving sessions that were chosen."""
        return {
            (name, person, day, tick * self.grid)
            for name, places in self.placed.items()
            for person, day, tick in places
        }

    def back_to_best(self) -> None:
        """The best that was found so far."""
        self._restore(list(self.placed | self.best), self.best)

    def _restore(self, names: list[str], places: Mapping[str, list[SessionSlot]]) -> None:
        for name in names:
            if name in self.placed:
                self.remove(name)
        for name in names:
            for place in places.get(name, ()):
                self._take(self.timetable.service(name), place)
            if name in places:
                self.placed[name] = places[name]
