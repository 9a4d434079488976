"""A region's timetable: who is where, then every school alone, in parallel, then schools that share
people together again.

What the placement proves of all schools together bounds the whole; what a school proves for itself
holds only for the people and the days that it was given.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations
from time import monotonic

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules import contract_days, pins, settings_of, sites
from planner.rules.checker import violations
from planner.rules.goals import soft_rules, tier_minutes
from planner.rules.rule import Strength
from solver.region.assignment_refinement import (
    Placing,
    Shifts,
    neighbourhoods,
    opened,
    solve_placing,
)
from solver.region.part import Subproblem, SubproblemAnswer, part_of, solve_part
from solver.region.placement import Fractions, place, plan_of, with_shifts, worked
from solver.region.split import Piece, common, pieces
from solver.search.components import Component
from solver.search.engine import Engine
from solver.search.run import SearchRun
from solver.settings import OnPlan, OnProgress, Progress, SolveSettings, default_seconds, unheard
from solver.stop import Stop
from solver.timetable.goals import COUNTED
from solver.timetable.incumbent import Reached
from solver.training.assign_training import TrainingPlan

SMALL = 60
"""A component of fewer services is timetabled as a whole."""
PLACING, FIRST = 0.25, 0.7
"""The share of the time for placing people, and the share of what is left then for the first
timetable of every school.
"""
FEWEST = 2.0
"""Seconds below which a school is not begun again."""
LAST = 10.0
"""Seconds that a component has in any case, where its schools have no timetable one by one."""
CLOSER, PLACING_AGAIN = 2, 2.5
"""How often all schools are placed again, a few at a time, and most seconds for a few."""
AGAIN, LAST_WORDS = 4.0, 1.0
"""Seconds for each school that is opened again, at first, and seconds that are left for what comes
after.
"""
AT_ONCE = 2
"""Searches for each worker before it is looked again at what is missing."""
CLUSTER, NEAREST = 3, 4
"""Schools that are opened again together, at most, and from how many of those that share most
people with one of them.
"""
OVER_THE_WEEK = (contract_days.RULE, sites.RULE)
ABOUT_PLACES = (contract_days.RULE, pins.RULE, sites.RULE)
"""Rules on where somebody is over the whole week, which a school alone does not see."""


@dataclass
class ComponentState:
    """A component with its best plan so far; `capacity` where that is known, `shifts` where it was
    split.

    `given` is the component itself; in `component`, once it is split, everybody stays at one place
    a day.
    """

    component: Component
    given: Component = field(init=False)
    capacity: Fractions | None = None
    shifts: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict)
    settled: tuple[Session, ...] = ()
    pieces: tuple[Piece, ...] = ()
    plan: Plan = field(default_factory=Plan)
    answers: dict[int, SubproblemAnswer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given = self.component

    @property
    def split(self) -> bool:
        """Whether people are divided between its pieces."""
        return bool(self.shifts)


class Region:
    """The search of a region."""

    def __init__(
        self,
        problem: Problem,
        parts: Sequence[Component],
        settings: SolveSettings,
        training: TrainingPlan,
        on_progress: OnProgress,
        stop: Stop,
        engine: Engine,
        *,
        elsewhere: int = 0,
        on_plan: OnPlan = unheard,
    ) -> None:
        self.problem = problem
        self.settings = settings
        self.goals = [goal for goal in settings.goals if goal.part == "timetable"]
        self.counted = [goal for goal in self.goals if goal.key in COUNTED]
        self.training = training
        self.on_progress = on_progress
        self.on_plan = on_plan
        self.stop = stop
        self.engine = engine
        self.elsewhere = elsewhere
        self.rules = settings_of(problem)
        self.began = monotonic()
        self.seconds = default_seconds(problem) if settings.seconds is None else settings.seconds
        self.wholes = [ComponentState(part) for part in parts]
        self.contradictory: Component | None = None

    def best(self) -> tuple[Plan, list[Reached]] | None:
        """The best plan found in its seconds, with each goal's bound; None where a part of the
        region has none.
        """
        for whole in self.wholes:
            self._divide(whole)
        self._first()
        if any(not whole.answers for whole in self.wholes):
            return None
        self._say()
        self._again()
        return self._say(), self._reached()

    # -- who is where ------------------------------------------------------------------------------

    def _divide(self, whole: ComponentState) -> None:
        """Places everybody of a component that is worth splitting, and cuts it into pieces; others
        are one piece.
        """
        part = whole.component
        schools = {service.school for service in part.services if service.school}
        shifts: Shifts = {}
        if len(schools) > 1 and len(part.services) >= SMALL:
            share = len(part.services) / sum(len(other.component.services) for other in self.wholes)
            seconds, attended = (
                max(FEWEST, PLACING * self.seconds * share),
                self.training.attendances,
            )
            moving = any(person.moves for person in part.people)
            part = (
                Component(
                    part.services, tuple(replace(person, stays=True) for person in part.people)
                )
                if moving
                else part
            )
            shifts, whole.capacity = place(
                self.problem, part, self.rules, attended, self.settings, self.stop, seconds
            )
            if moving:
                whole.capacity = Fractions(
                    self.problem, whole.given, self.rules, attended, self.settings, self.stop
                )
            shifts = self._closer(part, shifts) if shifts else {}
        settled = self._settled(part, shifts) if shifts else None
        cut = () if settled is None else pieces(self.problem, part, shifts, settled)
        if len(cut) > 1:
            whole.component, whole.shifts, whole.settled, whole.pieces = (
                part,
                shifts,
                settled or (),
                cut,
            )
        else:
            whole.pieces = (Piece(tuple(sorted(schools)), part.services, whole.given.people),)

    def _closer(self, part: Component, shifts: Shifts) -> Shifts:
        """The placement with whole people, a few schools at a time."""
        mine = dict(shifts)
        pinned = {pin.staff for pin in self.problem.pins if pin.kind == "placement"}
        schools, some = (
            {service.school for service in part.services if service.school},
            list[tuple[str, ...]](),
        )
        for _ in range(CLOSER):
            some = neighbourhoods(part.people, schools, some)
            tasks = [self._placing(part, names, mine, pinned) for names in some]
            for turn, found in self.engine.run(solve_placing, tasks, self.stop):
                there = found or {}
                people = [person for person in part.people if person.id in there]
                after = {p.id: _moved(p, mine[p.id], some[turn], there[p.id]) for p in people}
                if not violations(
                    self.problem.part(people, ()),
                    plan_of(after),
                    strength=Strength.HARD,
                    rules=OVER_THE_WEEK,
                ):
                    mine |= after
        return mine

    def _placing(
        self, part: Component, schools: tuple[str, ...], shifts: Shifts, pinned: set[str]
    ) -> Placing:
        """Some schools to be placed anew, without who is pinned to a place."""
        here = {p.id: tuple(s for s in shifts[p.id] if s.school in schools) for p in part.people}
        people = [
            with_shifts(person, here[person.id])
            if person.id in pinned
            else opened(person, here[person.id], schools)
            for person in part.people
            if here[person.id]
        ]
        services = [service for service in part.services if service.school in schools]
        settings = replace(
            self.settings.afresh(), goals=tuple(self.goals), seconds=PLACING_AGAIN, workers=1
        )
        mine = part_of(
            self.problem, services, people, settings, self.training.attendances, split=True
        )
        return Placing(mine, {person.id: here[person.id] for person in people})

    def _settled(
        self, part: Component, shifts: Mapping[str, tuple[Shift, ...]]
    ) -> tuple[Session, ...] | None:
        """The sessions of what brings people of several schools together, timed before the rest;
        None where none was found.
        """
        together = common(part, shifts)
        people = tuple(with_shifts(person, shifts[person.id]) for person in part.people)
        if not together:
            return ()
        settings = replace(
            self.settings.afresh(), seconds=max(FEWEST, 0.05 * self.seconds), workers=1
        )
        component = Component(together, people)
        run = SearchRun(
            self.problem.part(people, together),
            [component],
            settings,
            self.training,
            lambda progress: None,
            self.stop,
        )
        found = run.best()
        return found[0].sessions if found else None

    # -- every school for itself -------------------------------------------------------------------

    def _first(self) -> None:
        """The first timetable of every piece."""
        tasks = [(whole, number) for whole in self.wholes for number in range(len(whole.pieces))]
        seconds = FIRST * self._left() * self.engine.workers / max(1, len(tasks))
        parts = [self._part(whole, whole.pieces[number], seconds) for whole, number in tasks]
        for turn, answer in self.engine.run(solve_part, parts, self.stop):
            whole, number = tasks[turn]
            if answer is not None and answer.plan is not None:
                whole.answers[number] = answer
        for whole in self.wholes:
            if len(whole.answers) < len(whole.pieces):
                self._as_one(whole)
            self._join(whole)

    def _as_one(self, whole: ComponentState) -> None:
        """A component of which a piece has no timetable with its people and days is timetabled as a
        whole.
        """
        part = whole.component = whole.given
        schools = tuple(sorted({service.school for service in part.services}))
        whole.settled, whole.shifts = (), {}
        whole.pieces, whole.answers = (Piece(schools, part.services, part.people),), {}
        seconds = max(LAST, 0.5 * self._left())
        for _, answer in self.engine.run(
            solve_part, [self._part(whole, whole.pieces[0], seconds)], self.stop
        ):
            if answer is not None and answer.plan is not None:
                whole.answers[0] = answer
            elif answer is not None and answer.contradictory:
                self.contradictory = part

    def _part(
        self, whole: ComponentState, piece: Piece, seconds: float, start: Plan | None = None
    ) -> Subproblem:
        settings = replace(
            self.settings,
            goals=tuple(self.goals),
            seconds=seconds,
            workers=1,
            start=start or self.settings.start,
        )
        return part_of(
            self.problem,
            piece.services,
            piece.people,
            settings,
            self.training.attendances,
            split=whole.split,
        )

    def _join(self, whole: ComponentState) -> None:
        """The component's plan from its pieces'."""
        plans = [answer.plan for answer in whole.answers.values() if answer.plan]
        placements = [placement for plan in plans for placement in plan.placements]
        sessions = [session for plan in plans for session in plan.sessions]
        whole.plan = Plan(tuple(sorted(placements)), tuple(sorted((*sessions, *whole.settled))))

    # -- schools that share people, together again -------------------------------------------------

    def _again(self) -> None:
        """Opens again, as long as there is time and it pays, what left something out that may be
        possible.
        """
        idle: set[tuple[int, ...]] = set()
        longest = AGAIN
        while self._left() > FEWEST and not self.stop.asked:
            open_ = [(whole, some) for whole in self.wholes for some in self._clusters(whole, idle)]
            if not open_ and not idle:
                return
            if not open_:
                # Everything was tried: once more, with other chances and more time.
                idle.clear()
                longest *= 2
                self.settings = replace(self.settings, seed=self.settings.seed + 1)
                continue
            open_ = open_[: AT_ONCE * self.engine.workers]
            most = (self._left() - LAST_WORDS) / -(-len(open_) // self.engine.workers)
            seconds = [max(FEWEST, min(most, longest * len(some))) for _, some in open_]
            parts = [
                self._reopened(whole, some, mine)
                for (whole, some), mine in zip(open_, seconds, strict=True)
            ]
            for turn, answer in self.engine.run(solve_part, [part for part, _ in parts], self.stop):
                whole, some = open_[turn]
                if (
                    answer is None
                    or answer.plan is None
                    or not self._taken(whole, some, parts[turn][1], answer)
                ):
                    idle.add((id(whole), *some))
                else:
                    idle = {
                        tried
                        for tried in idle
                        if tried[0] != id(whole) or not set(some) & set(tried[1:])
                    }
            self.on_plan(self._plan())

    def _clusters(self, whole: ComponentState, idle: set[tuple[int, ...]]) -> list[tuple[int, ...]]:
        """Pieces to be opened again, none twice: each that left something out, with those that
        share most people with it.
        """
        found: list[tuple[int, ...]] = []
        used: set[int] = set()
        given = Counter(session.service for session in whole.plan.sessions)
        missing = [piece.missing(given) for piece in whole.pieces]
        for number in sorted(range(len(missing)), key=lambda n: -missing[n]):
            if number in used or not missing[number]:
                continue
            near = self._near(whole, number)[:NEAREST]
            some = [
                (number, *others) for size in range(CLUSTER) for others in combinations(near, size)
            ]
            if self._is_proved(whole, number):
                some.remove((number,))
            best = next(
                (one for one in some if (id(whole), *one) not in idle and used.isdisjoint(one)),
                None,
            )
            if best is not None:
                found.append(best)
                used |= set(best)
        return found

    def _near(self, whole: ComponentState, number: int) -> list[int]:
        """Other pieces with people who could be here, or where people of this one could be, most
        first.
        """
        here = whole.pieces[number]
        at = {
            person.id: {shift.school for shift in person.shifts}
            for person in whole.component.people
        }

        def could(one: Piece, other: Piece) -> int:
            return sum(not at[person.id].isdisjoint(other.schools) for person in one.people)

        shared = {
            n: could(piece, here) + could(here, piece)
            for n, piece in enumerate(whole.pieces)
            if n != number
        }
        return sorted((n for n, many in shared.items() if many), key=lambda n: (-shared[n], n))

    def _is_proved(self, whole: ComponentState, number: int) -> bool:
        """Whether nothing better is possible in a piece with the people and days that it has."""
        answer = whole.answers.get(number)
        return (
            answer is not None
            and answer.plan is not None
            and all(mine.proved for mine in answer.reached)
        )

    def _reopened(
        self, whole: ComponentState, some: tuple[int, ...], seconds: float
    ) -> tuple[Subproblem, Piece]:
        """Pieces as one, in which people may change places on the days that they work there."""
        mine = [whole.pieces[number] for number in some]
        schools = tuple(school for piece in mine for school in piece.schools)
        of: dict[str, list[Person]] = {}
        for piece in mine:
            for person in piece.people:
                of.setdefault(person.id, []).append(person)
        rows = {person.id: person for person in whole.component.people}
        people = []
        for name, parts in of.items():
            days = {shift.day for part in parts for shift in part.shifts}
            open_shifts = [
                shift
                for shift in rows[name].shifts
                if shift.day in days and shift.school in schools
            ]
            free = with_shifts(
                rows[name],
                open_shifts if len(mine) > 1 else parts[0].shifts,
                schools[0] if len(schools) == 1 else None,
            )
            duty = sum(part.obligation for part in parts)
            busy = [
                window
                for window in parts[0].row.busy
                if all(window in part.row.busy for part in parts)
            ]
            row = rows[name].row.model_copy(update={"busy": tuple(busy)})
            people.append(
                replace(
                    free,
                    obligation=duty,
                    row=row,
                    schools=tuple(s for s in rows[name].schools if s in schools),
                )
            )
        piece = Piece(
            schools, tuple(service for one in mine for service in one.services), tuple(people)
        )
        return self._part(
            whole, piece, seconds, whole.plan if self.settings.beginnings else None
        ), piece

    def _taken(
        self, whole: ComponentState, some: tuple[int, ...], piece: Piece, answer: SubproblemAnswer
    ) -> bool:
        """Takes a better plan of some pieces; whether it was better, and legal over the whole
        week.
        """
        assert answer.plan is not None
        inside, people = (
            {service.id for service in piece.services},
            {person.id for person in piece.people},
        )
        schools = set(piece.schools)
        before = Plan(sessions=tuple(s for s in whole.plan.sessions if s.service in inside))
        looked_at = self.problem.part((), piece.services)
        values = [
            [goal.value(looked_at, plan) for goal in self.counted] for plan in (before, answer.plan)
        ]
        if values[1] <= values[0]:
            return False
        rest = [s for s in whole.plan.sessions if s.service not in inside]
        elsewhere = [
            p for p in whole.plan.placements if p.staff not in people or p.school not in schools
        ]
        plan = Plan(
            tuple(sorted((*elsewhere, *answer.plan.placements))),
            tuple(sorted((*rest, *answer.plan.sessions))),
        )
        mine = self.problem.part([p for p in whole.component.people if p.id in people], ())
        placed = Plan(tuple(p for p in plan.placements if p.staff in people))
        if whole.split and violations(mine, placed, strength=Strength.HARD, rules=ABOUT_PLACES):
            return False
        whole.plan = plan
        for number in some:
            whole.answers.pop(number, None)
        if len(some) == 1:
            whole.answers[some[0]] = answer
        if not whole.split:
            return True
        here = [person for person in whole.component.people if person.id in people]
        whole.shifts = {**whole.shifts, **worked(here, plan)}
        whole.pieces = pieces(self.problem, whole.component, whole.shifts, whole.settled)
        return True

    # -- what came of it ---------------------------------------------------------------------------

    def _plan(self) -> Plan:
        plans = [whole.plan for whole in self.wholes]
        placements = tuple(sorted(p for plan in plans for p in plan.placements))
        return Plan(
            placements,
            tuple(sorted(s for plan in plans for s in plan.sessions)),
            self.training.attendances,
        )

    def _reached(self) -> list[Reached]:
        """Each goal's bound over all: the sum of the components', or the least of them for the
        worst-served school.
        """
        bounds = [self._bounds(whole) for whole in self.wholes]
        values = [self._values(whole) for whole in self.wholes]
        worst = [value["worst_served_school"] for value in values if "worst_served_school" in value]
        alike = len(set(worst)) <= 1
        found, past_worst = [], False
        for goal in self.goals:
            mine = [bound.get(goal.key) for bound in bounds]
            known = [bound for bound in mine if bound is not None]
            sure = len(known) == len(mine) and (alike or not past_worst)
            bound = (
                (min(known) if goal.key == "worst_served_school" else sum(known)) if sure else None
            )
            if bound is not None and goal is soft_rules.GOAL:
                bound += self.training.bound + self.elsewhere
            found.append(Reached(None, bound))
            past_worst = past_worst or goal.key == "worst_served_school"
        return found

    def _values(self, whole: ComponentState) -> dict[str, int]:
        part = self.problem.part(whole.component.people, whole.component.services)
        return {goal.key: goal.value(part, whole.plan) for goal in self.counted}

    def _bounds(self, whole: ComponentState) -> Mapping[str, int | None]:
        """What is proved of a component: by its timetable, unless people were divided for it, and
        by its capacity.
        """
        found: dict[str, int | None] = {}
        if not whole.split:
            found = {
                goal.key: mine.bound
                for goal, mine in zip(self.goals, whole.answers[0].reached, strict=True)
            }
        if whole.capacity is not None:
            values = self._values(whole)
            owed = tier_minutes.owed(whole.component.services)
            known = owed | {
                key: min(bound, owed.get(key, bound))
                for key, bound in found.items()
                if bound is not None
            }
            found |= known
            seconds = max(FEWEST, self._left() / len(self.wholes))
            for key, most in whole.capacity.bounds(values, known, seconds).items():
                found[key] = min(most, known.get(key, most))
        return found

    def _left(self) -> float:
        return self.seconds - (monotonic() - self.began)

    def _say(self) -> Plan:
        """Tells how much of each goal there is in the plan by now."""
        plan = self._plan()
        self.on_plan(plan)
        for goal in self.counted:
            self.on_progress(
                Progress(goal, "", goal.value(self.problem, plan), None, monotonic() - self.began)
            )
        return plan


def _moved(
    person: Person, before: Iterable[Shift], schools: Iterable[str], there: Iterable[Shift]
) -> tuple[Shift, ...]:
    """A person's shifts when those at some schools are others."""
    left = {shift for shift in before if shift.school not in schools}
    return tuple(shift for shift in person.shifts if shift in left.union(there))
