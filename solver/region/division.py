"""Divide the people of a component between its schools, and cut it into pieces.

A school is cheap to timetable once it knows which people it has on which days: it then shares
nobody with another school. So people are placed first, by a lean model of all schools together
(`placement`), then once more with whole people, a few schools at a time
(`assignment_refinement`). What brings people of several schools together is timed before the rest.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from planner.facts.person import Person, Shift, at_one_place
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules import RULES
from planner.rules.checker import violations
from planner.rules.rule import Setting, Strength
from solver.region.assignment_refinement import (
    Placing,
    Shifts,
    neighbourhoods,
    opened,
    solve_placing,
)
from solver.region.component_state import ComponentState
from solver.region.part import part_of
from solver.region.placement import Fractions, place, plan_of, with_shifts, worked
from solver.region.split import Piece, common, pieces
from solver.search.engine import Engine
from solver.search.run import SearchRun
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.components import Component
from solver.training.assign_training import TrainingPlan

SMALL = 60
"""A component of fewer services is timetabled as a whole: one search sees all of it, and finds
what no division of people could keep.
"""
PLACING = 0.25
"""The share of the time for placing people."""
FEWEST = 2.0
"""Seconds below which no search is begun."""
CLOSER, PLACING_AGAIN = 2, 2.5
"""How often all schools are placed again, a few at a time, and most seconds for a few. The second
time each school is in other company (`neighbourhoods`), so that people may also change between
schools that were in different sets the first time.
"""


class Division:
    """Divides components, with what is the same for all of them."""

    def __init__(
        self,
        problem: Problem,
        settings: SolveSettings,
        training: TrainingPlan,
        rules: Mapping[str, Setting],
        seconds: float,
        stop: Stop,
        engine: Engine,
    ) -> None:
        """Note what all components share.

        Args:
            problem: The district.
            settings: How to solve; its goals are those of the timetable.
            training: Who attends which course, settled before the week.
            rules: Each rule's setting, by key.
            seconds: The time of the whole region, not of its division alone.
            stop: Asked before each search.
            engine: Where neighbourhoods are solved.
        """
        self._problem = problem
        self._settings = settings
        self._training = training
        self._rules = rules
        self._seconds = seconds
        self._stop = stop
        self._engine = engine

    def divide(self, state: ComponentState, share: float, first: Plan | None) -> None:
        """Place everybody of a component that is worth splitting, and cut it into pieces.

        Others, and those of which nobody could be placed in time, are one piece.

        Args:
            state: The component; its pieces are set, and its shifts where it was split.
            share: The part of the region's services that it has, from 0 to 1; so much of the
                time for placing is its own.
            first: A plan of the region, where there is one: the component is divided as in it.
        """
        part = state.component
        schools = {service.school for service in part.services if service.school}
        shifts: Shifts = {}
        if len(schools) > 1 and len(part.services) >= SMALL:
            seconds = max(FEWEST, PLACING * self._seconds * share)
            moving = any(person.moves for person in part.people)
            if moving:
                # A piece holds whole days of a person. Somebody who moves within a day would be in
                # two pieces on it, each of which could plan the way and the lunch against the
                # other; so everybody stays at one place a day here.
                part = Component(part.services, at_one_place(part.people))
            if first is not None and not _moves(part.people, first):
                state.constructed = True
                shifts = worked(part.people, first)
                state.capacity = None if moving else self._capacity(state.given)
            else:
                shifts, state.capacity = place(
                    self._problem,
                    part,
                    self._rules,
                    self._training.attendances,
                    self._settings,
                    self._stop,
                    seconds,
                )
            if moving:
                # Staying is our choice and no rule: a bound that took it for one could be below
                # what a plan with moves reaches. So the bound is asked of people who may move.
                state.capacity = self._capacity(state.given)
            if shifts and not state.constructed:
                shifts = self._refined(part, shifts)
        together = common(part, shifts) if shifts else ()
        settled: tuple[Session, ...] | None = None
        if state.constructed and first is not None:
            # Timed anew, they could meet what the first plan has at its schools.
            settled = _all_of(together, first)
            state.constructed = settled is not None
        if settled is None and shifts:
            settled = self._settled(part, shifts, together)
        cut = (
            ()
            if settled is None
            else pieces(
                self._problem,
                part,
                shifts,
                settled,
                first if state.constructed and first else Plan(),
            )
        )
        if len(cut) > 1:
            state.component, state.shifts = part, shifts
            state.settled, state.pieces = settled or (), cut
        else:
            state.pieces = (Piece(tuple(sorted(schools)), part.services, state.given.people),)

    def _capacity(self, component: Component) -> Fractions:
        """What any placement of these people could deliver at most."""
        return Fractions(
            self._problem,
            component,
            self._rules,
            self._training.attendances,
            self._settings,
            self._stop,
        )

    def _refined(self, part: Component, shifts: Shifts) -> Shifts:
        """The placement with whole people, a few schools at a time."""
        placed = dict(shifts)
        pinned = {pin.staff for pin in self._problem.pins if pin.kind == "placement"}
        schools = {service.school for service in part.services if service.school}
        sets: list[tuple[str, ...]] = []
        for _ in range(CLOSER):
            sets = neighbourhoods(part.people, schools, sets)
            tasks = [self._placing(part, names, placed, pinned) for names in sets]
            for turn, answer in self._engine.run(solve_placing, tasks, self._stop):
                shifts_there = answer or {}
                people = [person for person in part.people if person.id in shifts_there]
                after = {
                    person.id: _moved(
                        person, placed[person.id], sets[turn], shifts_there[person.id]
                    )
                    for person in people
                }
                # Neighbourhoods are solved at the same time, each without sight of the others; so
                # what each proposes is checked for what counts days and schools over the week.
                if not violations(
                    self._problem.part(people, ()),
                    plan_of(after),
                    strength=Strength.HARD,
                    rules=[rule for rule in RULES if rule.is_over_the_week],
                ):
                    placed |= after
        return placed

    def _placing(
        self, part: Component, schools: tuple[str, ...], shifts: Shifts, pinned: set[str]
    ) -> Placing:
        """Some schools to be placed anew, without who is pinned to a place."""
        shifts_there = {
            person.id: tuple(shift for shift in shifts[person.id] if shift.school in schools)
            for person in part.people
        }
        people = [
            with_shifts(person, shifts_there[person.id])
            if person.id in pinned
            else opened(person, shifts_there[person.id], schools)
            for person in part.people
            if shifts_there[person.id]
        ]
        services = [service for service in part.services if service.school in schools]
        settings = replace(self._settings.afresh(), seconds=PLACING_AGAIN, workers=1)
        subproblem = part_of(
            self._problem, services, people, settings, self._training.attendances, split=True
        )
        return Placing(subproblem, {person.id: shifts_there[person.id] for person in people})

    def _settled(
        self,
        part: Component,
        shifts: Mapping[str, tuple[Shift, ...]],
        together: tuple[Service, ...],
    ) -> tuple[Session, ...] | None:
        """The sessions of what brings people of several schools together; None where none fit.

        They are timed before the schools, since no school alone could find a time for all; to
        each school they are then a time at which its people are busy.
        """
        people = tuple(with_shifts(person, shifts[person.id]) for person in part.people)
        if not together:
            return ()
        settings = replace(
            self._settings.afresh(), seconds=max(FEWEST, 0.05 * self._seconds), workers=1
        )
        run = SearchRun(
            self._problem.part(people, together),
            [Component(together, people)],
            settings,
            self._training,
            lambda progress: None,
            self._stop,
        )
        best = run.best()
        return best[0].sessions if best else None


def _all_of(services: Iterable[Service], plan: Plan) -> tuple[Session, ...] | None:
    """The sessions of these services in a plan; None where it does not have all of them."""
    found: list[Session] = []
    for service in services:
        sessions = plan.sessions_of.get(service.id, ())
        if len(sessions) < service.sessions:
            return None
        found += sessions
    return tuple(found)


def _moves(people: Iterable[Person], plan: Plan) -> bool:
    """Whether a plan has one of them at two places on a day."""
    names = {person.id for person in people}
    return any(placement.half != "day" for placement in plan.placements if placement.staff in names)


def missing_share(component: Component, plan: Plan) -> float:
    """The share of the minutes owed to groups that a plan does not give."""
    groups = [service for service in component.services if service.group]
    given = sum(
        service.worth * min(service.sessions, len(plan.sessions_of.get(service.id, ())))
        for service in groups
    )
    return 1 - given / max(1, sum(service.owed for service in groups))


def _moved(
    person: Person, before: Iterable[Shift], schools: Iterable[str], there: Iterable[Shift]
) -> tuple[Shift, ...]:
    """A person's shifts when those at some schools are others."""
    kept = {shift for shift in before if shift.school not in schools}
    return tuple(shift for shift in person.shifts if shift in kept.union(there))
