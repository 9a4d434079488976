"""Who is at which school on which day, and what any placement could deliver at most."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from ortools.sat.python import cp_model

from planner.facts.person import Person, Shift
from planner.facts.problem import Problem
from planner.plan.plan import Attendance, Placement, Plan
from planner.rules import RULES
from planner.rules.goals.goal import Goal
from planner.rules.rule import Setting, Strength
from solver.linear import Linear
from solver.region.assignment_model import Places
from solver.settings import SolveSettings
from solver.stop import Stop
from solver.timetable.components import Component
from solver.timetable.model import build
from solver.timetable.relaxation import Relaxation
from solver.timetable.timetable import Timetable

GAP = 0.001
"""What a placement may leave out of what is possible, relatively, to be good enough."""
REPAIR = 10.0
"""Most seconds for making a placement keep a rule that is no sum."""


class Fractions(Relaxation):
    """The capacity of a region, in which how many sessions somebody gives may be a fraction. Their
    shifts (`placed`) are whole; `persons` says whether those are whole, too, who serve a group that
    may not have everybody.
    """

    def __init__(
        self,
        problem: Problem,
        component: Component,
        rules: Mapping[str, Setting],
        training: Iterable[Attendance],
        settings: SolveSettings,
        stop: Stop,
        *,
        persons: bool = False,
    ) -> None:
        elsewhere = {rule.key: Setting(Strength.OFF) for rule in RULES if not rule.is_about_places}
        self.placed = build(
            problem, {**rules, **elsewhere}, services=(), people=component.people, training=training
        )
        places = Places(problem, component, rules, self.placed)
        super().__init__(places, settings.goals, settings, stop)
        # Shifts are whole, sessions may be fractions: with whole sessions, too, a region of 40
        # schools is too much for a search, and the hours are found school by school in any case.
        whole_variables = {on.index for on in self.placed.on.values()} | {
            serves.index for serves in places.serves if persons
        }
        self.linear = Linear(self.model, whole_variables, seed=settings.seed, gap=GAP)

    def keep(self, least: Mapping[str, int]) -> None:
        """From now on these goals are no worse than this; others are not held."""
        super().keep(least)
        for key, variable in self.least.items():
            self.linear.hold(variable, least.get(key, 0))

    def ask(self, goal: Goal, seconds: float) -> tuple[int | None, int | None]:
        """What is proved of a goal beside what is kept of others; the value is never found, as
        fractions are none.
        """
        expression = self.values[goal.key]
        if isinstance(expression, int):
            return expression, expression
        return None, None if self._stop.over else self.linear.most(
            expression, min(seconds, self._stop.left())
        )[1]

    def together(self, seconds: float, start: Mapping[int, int]) -> list[int] | None:
        """A solution with much of all goals at once, weighed gently against each other; None where
        none was found in time. It is no worse than one that starts so.
        """
        self.keep({})
        self.linear.start(start)
        weighed = sum(
            2**place * self.values[goal.key] for place, goal in enumerate(reversed(self.goals))
        )
        if isinstance(weighed, int) or self._stop.over:
            return None
        return self.linear.most(weighed, min(seconds, self._stop.left()))[0]


def place(
    problem: Problem,
    component: Component,
    rules: Mapping[str, Setting],
    training: Iterable[Attendance],
    settings: SolveSettings,
    stop: Stop,
    seconds: float,
    start: Mapping[str, tuple[Shift, ...]] | None = None,
) -> tuple[Mapping[str, tuple[Shift, ...]], Fractions]:
    """Place everybody so that much can be delivered, under the rules on where somebody works.

    Args:
        problem: The region.
        component: The people to be placed, and the services that they could give.
        rules: Each rule's setting, by key.
        training: Who attends which course.
        settings: Goals, seed and workers.
        stop: Ends the search early.
        seconds: Most time.
        start: Where people are by now. With it, whoever serves a group that may not have everybody
            is a whole person: that is too much for a region at once, and right for a few schools.

    Returns:
        Each person's shifts by id (none at all where nobody was placed in time), and the capacity,
        of which bounds can be asked.
    """
    relaxation = Fractions(
        problem, component, rules, training, settings, stop, persons=start is not None
    )
    free = relaxation.placed
    by_now = (
        {on.index: int(shift in start[name]) for (name, shift), on in free.on.items()}
        if start
        else {}
    )
    solution = relaxation.together(seconds, by_now)
    if solution is not None and relaxation.linear.partial:
        # The linear program knows sums alone. A rule that is none (a day at two schools) may be
        # broken; the nearest placement that keeps all of them is a small model for CP-SAT.
        solution = _repaired(free, solution, settings)
    if solution is None:
        return {}, relaxation
    on = {key for key, literal in free.on.items() if solution[literal.index]}
    shifts = {
        person.id: tuple(shift for shift in person.shifts if (person.id, shift) in on)
        for person in component.people
    }
    return shifts, relaxation


def _repaired(placed: Timetable, solution: list[int], settings: SolveSettings) -> list[int] | None:
    """The solution that is nearest to one which may break a rule that is no sum."""
    literals = {literal.index: literal for literal in placed.on.values()}
    placed.model.maximize(
        sum(literal if solution[index] else ~literal for index, literal in literals.items())
    )
    solver = cp_model.CpSolver()
    solver.parameters.random_seed, solver.parameters.num_workers = settings.seed, settings.workers
    solver.parameters.max_time_in_seconds, solver.parameters.catch_sigint_signal = REPAIR, False
    solved = solver.solve(placed.model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return list(solver.response_proto.solution) if solved else None


def with_shifts(person: Person, shifts: Iterable[Shift], school: str | None = None) -> Person:
    """A person who works these shifts, and at one school where it is named."""
    mine = tuple(shifts)
    schools = person.schools if school is None else (school,)
    off_site = frozenset(place for place in person.off_site if place in schools and school is None)
    return replace(
        person,
        shifts=mine,
        obligation=sum(shift.obligation for shift in mine),
        schools=schools,
        off_site=off_site,
    )


def worked(people: Iterable[Person], plan: Plan) -> dict[str, tuple[Shift, ...]]:
    """The shifts that people work in a plan in which nobody moves within a day."""
    days = {(p.staff, p.day, p.school, p.start, p.end) for p in plan.placements}
    return {
        person.id: tuple(
            s for s in person.shifts if (person.id, s.day, s.school, s.start, s.end) in days
        )
        for person in people
    }


def plan_of(shifts: Mapping[str, tuple[Shift, ...]]) -> Plan:
    """A plan in which people work these shifts, and no more is known."""
    return Plan(
        tuple(
            sorted(
                Placement(name, s.day, s.start, s.end, s.school)
                for name, mine in shifts.items()
                for s in mine
            )
        )
    )
