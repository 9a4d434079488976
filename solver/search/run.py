"""Run one process's search: every part of a problem, goal after goal.

What a goal reached is kept by those after it. Parts share nobody and no student, so that each is
searched alone; but goal by goal over all of them, because the worst-served school is one figure of
the whole.
"""

from collections.abc import Sequence
from math import inf
from time import monotonic

from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import settings_of
from planner.rules.goals import soft_rules, tier_minutes
from planner.rules.goals.goal import Goal
from solver.settings import OnPlan, OnProgress, Progress, SolveSettings, default_seconds, unheard
from solver.stop import Stop
from solver.timetable.components import Component
from solver.timetable.construct.first_plan import first_plan
from solver.timetable.construct.polished import polished
from solver.timetable.incumbent import Reached, SearchSettings
from solver.timetable.initial_solution import Filling
from solver.timetable.model import build
from solver.timetable.search import Search
from solver.timetable.stability_objective import disturbed, limit
from solver.training.assign_training import TrainingPlan

SHARE = {
    "tier_3_minutes": 10,
    "tier_2_minutes": 10,
    "tier_1_minutes": 6,
    "duty_minutes": 2,
    "same_time": 3,
}
"""How the time is shared among goals; others get 1. What a goal leaves goes to the next. The tiers
that come first get most: what they reach is kept, so that what they miss no later goal brings back.
"""
POLISH = 8
"""The share that the polish at the end gets, once the goals on minutes are done with: it comes
further in what follows than the models do, which get the rest because they prove.
"""
FILLING = 0.7
"""The share of the time that may go into filling the timetables before the goals are taken in
turn.
"""
TURN = 9.0
"""Most seconds of one turn of filling one timetable, so that a stop finds no part unfilled."""
CONSTRUCTING, LONG_ENOUGH = 0.1, 5.0
"""The share of the time that may go into the first plan, and most seconds: most of what can be
constructed is there in the first of them.
"""
POLISHING = 0.1
"""The share of the time that may go into polishing the first plan."""
CONSTRUCTING_ALONE = 0.6
"""The share of the time that the first plan gets where no model follows."""
GRACE = 2.0
"""Seconds after the end of the time at which models are given up that are not built by then."""
FIRST = 3.0
"""Seconds that a goal's first search of a part gets; each further round gets twice as many."""
CLOSE = 0.1
"""The share of the time that is kept for coming back close to the plan to stay close to."""
APPROACH = 5.0
"""Most seconds for making a timetable of its part of that plan."""
BUILDING = 0.02
"""Seconds for each service that it takes to build the models and begin."""
SHORTEST = 0.3
"""A search of fewer seconds is not worth setting up."""


class SearchRun:
    """The search of some parts that share nobody, by turns.

    `elsewhere` is what the soft rules cost outside the timetables. A limit of changes holds for
    each part, so that a problem with one must come as a single part. `polishes` says whether
    somebody polishes what comes out, and needs time for it; `builds`, whether models are built once
    there is a first plan.
    """

    def __init__(
        self,
        problem: Problem,
        parts: Sequence[Component],
        settings: SolveSettings,
        training: TrainingPlan,
        on_progress: OnProgress,
        stop: Stop,
        *,
        elsewhere: int = 0,
        on_plan: OnPlan = unheard,
        first: Plan | None = None,
        polishes: bool = False,
        builds: bool = True,
    ) -> None:
        self.polishes, self.builds = polishes, builds
        self.goals = [goal for goal in settings.goals if goal.part == "timetable"]
        self.problem = problem
        self.settings = settings
        self.on_progress = on_progress
        self.on_plan = on_plan
        self.stop = stop
        self.began = monotonic()
        self.seconds = default_seconds(problem) if settings.seconds is None else settings.seconds
        self.seconds = min(self.seconds, stop.left())
        self.reserve = 0.0 if settings.reference is None else CLOSE * self.seconds
        self.parts = parts
        self.training = training
        self.elsewhere = elsewhere
        self.first = first
        self.searches: list[Search] = []

    def _construct(self) -> None:
        """A first plan of everything, before any model is built, where the search begins with
        none.
        """
        if self.settings.beginnings or self.first is not None:
            return
        self.first = first_plan(
            self.problem,
            self.goals,
            self.training.attendances,
            self.stop.beside(),
            seconds=min(LONG_ENOUGH, CONSTRUCTING * self.seconds)
            if self.builds
            else CONSTRUCTING_ALONE * self.seconds,
            seed=self.settings.seed,
            reproducible=self.settings.reproducible,
            strands=self.settings.workers,
        )
        if self.first is not None:
            self.on_plan(self.first)
            self.first = polished(
                self.problem,
                settings_of(self.problem),
                self.goals,
                self.first,
                self.stop,
                seconds=min(LONG_ENOUGH, POLISHING * self.seconds),
                seed=self.settings.seed,
                reproducible=self.settings.reproducible,
                turned=True,
            )
            self.on_plan(self.first)

    def _build(self) -> None:
        """The model of every part."""
        rules, settings = settings_of(self.problem), self.settings
        how = SearchSettings(settings.workers, settings.seed, settings.reproducible)
        until = inf if settings.reproducible else self.began + self.seconds + GRACE

        def is_over() -> bool:
            # Who stops early gets a plan all the same, once there is none yet.
            return monotonic() >= until or (self.stop.asked and self.first is not None)

        for part in self.parts:
            timetable = build(
                self.problem,
                rules,
                services=part.services,
                people=part.people,
                training=self.training.attendances,
                is_over=is_over,
            )
            if settings.reference is not None and settings.most_changes is not None:
                limit(timetable, settings.reference, settings.most_changes)
            self.searches.append(Search(timetable, how, self.stop))

    @property
    def contradictory(self) -> Component | None:
        """A part that provably has no timetable."""
        if not self.searches:
            return None
        return next(
            (
                part
                for part, search in zip(self.parts, self.searches, strict=True)
                if search.infeasible
            ),
            None,
        )

    def best(self) -> tuple[Plan, list[Reached]] | None:
        """The best plan found in its seconds, and what each goal reached; None where a part has
        none.
        """
        self._construct()
        owed = tier_minutes.owed(self.problem.services)
        unproved = [Reached(None, owed.get(goal.key)) for goal in self.goals]
        if self.first is not None and (
            not self.builds or self._left() < BUILDING * len(self.problem.services)
        ):
            # Models that nobody would search are not built.
            return self.first, unproved
        try:
            self._build()
        except TimeoutError:
            self.searches = []
            return None if self.first is None else (self.first, unproved)
        self._start()
        if any(search.solution is None for search in self.searches):
            if self.first is None:
                return None
            self.searches = []
            return self.first, unproved
        reached = []
        for index in range(len(self.goals)):
            self.on_plan(self._plan())
            reached.append(self._goal(index))
        self._stay_close()
        return self._plan(), reached

    def claimed(self, goal: Goal) -> int | None:
        """What the models count for a goal in that plan; None where none were built."""
        if not self.searches:
            return None
        return self._whole(
            goal, [Reached(search.known(goal).value, None) for search in self.searches]
        ).value

    def _plan(self) -> Plan:
        """The best plan so far of all parts together."""
        plans = [search.plan for search in self.searches]
        placements = tuple(sorted(p for part in plans if part for p in part.placements))
        sessions = tuple(sorted(s for part in plans if part for s in part.sessions))
        return Plan(placements, sessions, self.training.attendances)

    def _start(self) -> None:
        """A first plan everywhere, then as much as gentle weights can fill in."""
        begun = [(plan, disturbed(self.problem, plan)) for plan in self.settings.beginnings]
        for search in self.searches:
            search.start(
                max(1.0, self._left()),
                begun if self.settings.limited else (),
                # Who stops early gets a plan all the same, once there is none yet.
                heed_stop=self.first is not None,
            )
        if any(search.infeasible or search.solution is None for search in self.searches):
            return
        wanted = [goal for goal in self.goals if goal.by_counts and not goal.takes_least]
        if not begun:
            self._fill(wanted)
            return
        plan, loose = begun[0]
        for search in self.searches:
            search.approach(
                plan, loose, max(SHORTEST, min(APPROACH, self._left() / len(self.searches)))
            )
        before = [(_values(search, wanted), search.solution) for search in self.searches]
        self._fill(wanted)
        for search, (values, solution) in zip(self.searches, before, strict=True):
            # Gentle weights may give up what matters most for much of what matters less, or turn
            # things over for nothing.
            if _values(search, wanted) <= values:
                search.solution = solution

    def _fill(self, wanted: list[Goal]) -> None:
        """As much as gentle weights can fill in, the parts by turns."""
        until = self._left() * (1 - FILLING)
        waiting = [
            Filling(search, wanted, self.first, afresh=not self.settings.beginnings)
            for search in self.searches
        ]
        while waiting := [filling for filling in waiting if not filling.done]:
            for number, filling in enumerate(waiting):
                if self._left(until) <= 0 or self.stop.over:
                    return
                filling.turn(max(SHORTEST, min(TURN, self._left(until) / (len(waiting) - number))))
            self.on_plan(self._plan())

    def _stay_close(self) -> None:
        """Among equals, the plan that changes least of the one to stay close to."""
        self.reserve = 0.0
        for number, search in enumerate(self.searches):
            seconds = self._left() / (len(self.searches) - number)
            if self.settings.reference and seconds >= SHORTEST and not self.stop.over:
                search.stay_close(self.settings.reference, self.goals, seconds)

    def _left(self, until: float = 0.0) -> float:
        """Seconds until so many are left."""
        if self.settings.reproducible:
            spent = sum(search.deterministic_seconds for search in self.searches)
        else:
            spent = monotonic() - self.began
        return min(self.seconds - spent, self.stop.left()) - self.reserve - until

    def _goal(self, index: int) -> Reached:
        """One goal over all parts, and what it reached is kept from then on; time goes to the parts
        that are not yet settled.
        """
        goal = self.goals[index]
        # A goal may use its share of what is left and no more: what later goals need stays.
        weights = [SHARE.get(later.key, 1) for later in self.goals[index:]]
        polish = 0 if goal.by_counts or not self.polishes else POLISH
        until = self._left() * (1 - weights[0] / (sum(weights) + polish))
        if self._left() <= 0 or self.stop.over:
            return self._whole(goal, [search.known(goal) for search in self.searches])
        # First, without any time, what is known already: parts that are settled ask for none. The
        # others get a little each, then twice as much, since it is not known beforehand which of
        # them is hard.
        reached = [self._part(goal, number, 0.0) for number in range(len(self.parts))]
        budget = FIRST
        while waiting := [number for number, part in enumerate(reached) if not part.proved]:
            for place, number in enumerate(waiting):
                seconds = min(budget, self._left(until) / (len(waiting) - place))
                if budget == FIRST and self._left() > 2 * SHORTEST:
                    seconds = max(seconds, SHORTEST)
                if seconds < SHORTEST or self.stop.over:
                    break
                reached[number] = _better(goal, reached[number], self._part(goal, number, seconds))
            else:
                budget *= 2
                continue
            break
        whole = self._whole(goal, reached)
        for search, mine in zip(self.searches, reached, strict=True):
            # Of the worst-served school the region's figure is kept in every part: to keep a
            # better part's own would take from later goals what nobody asked for.
            kept = whole.value if goal.takes_least else mine.value
            if kept is not None and search.solution is not None:
                search.keep(goal, kept)
        return whole

    def _whole(self, goal: Goal, parts: list[Reached]) -> Reached:
        """What the timetables reached together, and for the soft rules what training and positions
        cost.
        """
        return self._with_the_rest(goal, _whole(goal, parts))

    def _with_the_rest(self, goal: Goal, reached: Reached) -> Reached:
        """What timetables reached, and for the soft rules what training and positions cost."""
        if goal is not soft_rules.GOAL or reached.value is None:
            return reached
        bound = None if reached.bound is None else reached.bound + self.training.bound
        return Reached(
            reached.value + self.training.cost + self.elsewhere,
            None if bound is None else bound + self.elsewhere,
        )

    def _part(self, goal: Goal, number: int, seconds: float) -> Reached:
        where = self.parts[number].called

        def tell(so_far: Reached) -> None:
            # Whoever listens adds the parts up, so that the rest is told with the first of them.
            told = so_far if number else self._with_the_rest(goal, so_far)
            self.on_progress(
                Progress(goal, where, told.value, told.bound, monotonic() - self.began)
            )

        reached = self.searches[number].best(
            goal, seconds, lambda value, bound: tell(Reached(value, bound))
        )
        if reached.proved or seconds > 0:
            tell(reached)
        return reached


def _values(search: Search, goals: list[Goal]) -> list[int]:
    """What a search's best plan reaches in some goals."""
    expressions = [search.expression(goal) for goal in goals]
    search.complete_hint()
    return [search.value_of(expression) for expression in expressions]


def _better(goal: Goal, before: Reached, after: Reached) -> Reached:
    """What two searches know together: the later value, and the tighter bound."""
    tighter = min if goal.better == "more" else max
    bounds = [bound for bound in (before.bound, after.bound) if bound is not None]
    return Reached(after.value, tighter(bounds) if bounds else None)


def _whole(goal: Goal, parts: list[Reached]) -> Reached:
    """What the parts reached together: the smallest for the worst-served school, else the sum."""
    values = [part.value for part in parts]
    bounds = [part.bound for part in parts]
    together = min if goal.takes_least else sum
    known = [value for value in values if value is not None]
    limits = [bound for bound in bounds if bound is not None]
    return Reached(
        together(known) if known and len(known) == len(values) else None,
        together(limits) if limits and len(limits) == len(bounds) else None,
    )
