"""Timetable a region: who is where, then every school alone, in parallel, then some together again.

What the placement proves of all schools together bounds the whole; what a school proves for itself
holds only for the people and the days that it was given.
"""

from collections.abc import Sequence
from dataclasses import replace
from time import monotonic

from planner.facts.person import at_one_place
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.plan_distance import within
from planner.rules import settings_of
from planner.rules.goals import soft_rules
from planner.rules.goals.goal import rank
from solver.region.component_state import ComponentState
from solver.region.division import FEWEST, Division, missing_share
from solver.region.guided_plan import guided_plans
from solver.region.part import Subproblem, SubproblemAnswer, part_of, solve_part
from solver.region.region_bounds import component_bounds, goals_reached
from solver.region.reopening import Tried, clusters, reopened, take_if_better
from solver.region.split import Piece
from solver.search.engine import Engine
from solver.settings import OnPlan, OnProgress, Progress, SolveSettings, default_seconds, unheard
from solver.stop import Stop
from solver.timetable.components import Component
from solver.timetable.construct.first_plan import first_plan
from solver.timetable.construct.polished import polished
from solver.timetable.incumbent import Reached
from solver.training.assign_training import TrainingPlan

FIRST = 0.7
"""The share of the time after placing that the first timetables of all schools get. The rest is for
opening schools again: one that is proved best with its own people and days gains nothing from more
time alone.
"""
CONSTRUCTING, LONG_ENOUGH, EACH_SERVICE = 0.6, 60.0, 0.02
"""The share of the time that may go into the first plan of the whole region, and most seconds: in
any case, and for each service.
"""
UNGUIDED = 0.1
"""The share of that in which it is built without asking first who is wanted where: where there is
time enough to spare, everything is served by then.
"""
POLISHING = 0.15
"""The share of the time that may go into polishing that plan: schools that miss nothing keep it."""
EACH, STARTING = 4.0, 4.0
"""Seconds that it takes a worker to improve a school which has a plan, at least, and to begin."""
LAST = 10.0
"""Seconds that a component has in any case, where its schools have no timetable one by one."""
AGAIN, LAST_WORDS = 4.0, 1.0
"""Seconds for each school that is opened again, at first, and seconds that are left for what comes
after.
"""
AT_ONCE = 2
"""Searches for each worker before it is looked again at what is missing. With one, workers would
wait for the slowest of each round; with many, later searches would start from an old plan.
"""


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
        first: Plan | None = None,
    ) -> None:
        """Note what is to be solved.

        Args:
            problem: The region.
            parts: Its components, which share nobody and no student.
            settings: How to solve; without `seconds`, the default for the problem's size.
            training: Who attends which course, settled before the week.
            on_progress: Called with each goal's value.
            stop: Asked before each search; the best plan so far then stands.
            engine: Where pieces are solved, at the same time.
            elsewhere: Points that soft rules cost outside of the timetable.
            on_plan: Called with each better plan of the whole region.
            first: A legal plan to begin with, where there is one already.
        """
        self.problem = problem
        self.settings = settings
        self.goals = [goal for goal in settings.goals if goal.part == "timetable"]
        self.counted = [goal for goal in self.goals if goal.by_counts]
        self.training = training
        self.on_progress = on_progress
        self.on_plan = on_plan
        self.stop = stop
        self.engine = engine
        self.elsewhere = elsewhere
        self.began = monotonic()
        self.seconds = default_seconds(problem) if settings.seconds is None else settings.seconds
        self.seconds = min(self.seconds, stop.left())
        self.states = [ComponentState(part) for part in parts]
        self.contradictory: Component | None = None
        self.first = first

    def best(self) -> tuple[Plan, list[Reached]] | None:
        """The best plan found in its seconds, with each goal's bound; None where a part of the
        region has none.
        """
        self._construct()
        if self.first is None or self._left() > FEWEST:
            self._divide()
            self._first()
        else:
            for state in self.states:
                self._take_first(state)
                state.join_answers()
        if any(not state.answers for state in self.states):
            return None
        self._tell()
        self._open_again()
        self._keep_first_where_better()
        return self._tell(), self._reached()

    def _construct(self) -> None:
        """A first plan of the whole region, where the search begins with none."""
        if self.settings.beginnings or (self.first is not None and self._left() <= FEWEST):
            return
        longest = LONG_ENOUGH + EACH_SERVICE * len(self.problem.services)
        seconds = min(longest, CONSTRUCTING * self.seconds)
        began = monotonic()
        self._offer(
            first_plan(
                self.problem,
                self.goals,
                self.training.attendances,
                self.stop.beside(),
                seconds=UNGUIDED * seconds,
                seed=self.settings.seed,
                staying=True,
                strands=self.settings.workers,
            )
        )
        left = seconds - (monotonic() - began)
        if self.first is None:
            return
        missing = self._missing_share(self.first)
        if left > FEWEST and not self.stop.over and missing:
            for plan in guided_plans(
                self.problem,
                [state.component for state in self.states],
                self.goals,
                replace(self.settings, goals=tuple(self.goals)),
                self.training,
                self.first,
                missing,
                self.stop,
                left,
            ):
                self._offer(plan)
        better = polished(
            # A piece of the region holds whole days of a person.
            self.problem.part(at_one_place(self.problem.people), self.problem.services),
            settings_of(self.problem),
            self.goals,
            self.first,
            self.stop,
            seconds=POLISHING * self.seconds,
            seed=self.settings.seed,
            turned=True,
        )
        self._offer(better)

    def _offer(self, plan: Plan | None) -> None:
        """Take a plan as the first one, where it is better than that."""
        if plan is not None and (
            self.first is None
            or rank(self.problem, self.goals, plan) > rank(self.problem, self.goals, self.first)
        ):
            self.first = plan
            self.on_plan(plan)

    def _missing_share(self, plan: Plan) -> float:
        """The share of the minutes owed to groups that a plan does not give."""
        services = tuple(service for state in self.states for service in state.component.services)
        return missing_share(Component(services, ()), plan)

    def _keep_first_where_better(self) -> None:
        """Where the first plan is better than what the searches made of a component, it stands."""
        if self.first is None:
            return
        for state in self.states:
            part = self.problem.part(state.component.people, state.component.services)
            first = self._first_of(state.component)
            if rank(part, self.goals, first) > rank(part, self.goals, state.plan):
                state.plan = first

    def _divide(self) -> None:
        division = Division(
            self.problem,
            replace(self.settings, goals=tuple(self.goals)),
            self.training,
            settings_of(self.problem),
            self.seconds,
            self.stop,
            self.engine,
        )
        services = sum(len(state.component.services) for state in self.states)
        for state in self.states:
            share = len(state.component.services) / max(1, services)
            division.divide(state, share, self.first)
            if state.constructed and self.first is not None:
                state.take_pieces_of(self.first)

    # -- every school for itself -------------------------------------------------------------------

    def _first(self) -> None:
        """The first timetable of every piece."""
        tasks = [(state, number) for state in self.states for number in range(len(state.pieces))]
        time = FIRST * self._left() * self.engine.workers
        if all(number in state.answers for state, number in tasks):
            # All have a plan already: those that miss most are improved, as many as there is time.
            # What is better in later goals alone is found by the polish, over all of them at once.
            tasks = [task for task in tasks if self._missing(*task) or self._is_broken(*task)]
            tasks.sort(key=lambda task: -self._missing(*task))
            tasks = tasks[: max(0, int((time - STARTING * self.engine.workers) / EACH))]
        seconds = time / max(1, len(tasks))
        parts = [self._part(state, state.pieces[number], seconds) for state, number in tasks]
        for turn, answer in self.engine.run(solve_part, parts, self.stop):
            state, number = tasks[turn]
            if answer is not None and self._is_no_worse(state, number, answer):
                state.answers[number] = answer
        for state in self.states:
            if len(state.answers) < len(state.pieces):
                self._take_first(state) if self.first else self._as_one(state)
            state.join_answers()

    def _missing(self, state: ComponentState, number: int) -> int:
        """What a piece is owed and does not get by now."""
        return state.pieces[number].missing(state.answers[number].plan or Plan())

    def _is_broken(self, state: ComponentState, number: int) -> bool:
        """Whether a piece's plan breaks soft rules by now."""
        piece = state.pieces[number]
        part = self.problem.part(piece.people, piece.services)
        return soft_rules.GOAL.value(part, state.answers[number].plan or Plan()) > 0

    def _is_no_worse(self, state: ComponentState, number: int, answer: SubproblemAnswer) -> bool:
        """Whether an answer has a plan, and one that is no worse than what the piece has by now."""
        before = state.answers.get(number)
        if answer.plan is None or before is None or before.plan is None:
            return answer.plan is not None
        piece = state.pieces[number]
        part = self.problem.part(piece.people, piece.services)
        return rank(part, self.goals, answer.plan) >= rank(part, self.goals, before.plan)

    def _as_one(self, state: ComponentState) -> None:
        """Timetable a component as a whole, of which a piece has no timetable with its people and
        days.

        The division may be at fault and not the dataset: only the whole may be called
        contradictory.
        """
        part = state.undivide()
        seconds = max(LAST, 0.5 * self._left())
        for _, answer in self.engine.run(
            solve_part, [self._part(state, state.pieces[0], seconds)], self.stop
        ):
            if answer is not None and answer.plan is not None:
                state.answers[0] = answer
            elif answer is not None and answer.contradictory:
                self.contradictory = part

    def _take_first(self, state: ComponentState) -> None:
        """A component as a whole, with its part of the first plan."""
        plan = self._first_of(state.undivide())
        state.answers[0] = SubproblemAnswer(plan, tuple(Reached(None, None) for _ in self.goals))

    def _first_of(self, component: Component) -> Plan:
        """A component's part of the first plan."""
        assert self.first is not None
        return within(
            self.first,
            {service.id for service in component.services},
            {person.id for person in component.people},
        )

    def _part(
        self, state: ComponentState, piece: Piece, seconds: float, start: Plan | None = None
    ) -> Subproblem:
        settings = replace(
            self.settings,
            goals=tuple(self.goals),
            seconds=seconds,
            # Pieces are solved beside each other, one a worker: more threads in each would only
            # take the cores from the others.
            workers=1,
            start=start or self.settings.start or (self.first if state.constructed else None),
        )
        return part_of(
            self.problem,
            piece.services,
            piece.people,
            settings,
            self.training.attendances,
            split=state.split,
        )

    # -- schools that share people, together again -------------------------------------------------

    def _open_again(self) -> None:
        """Opens again, as long as there is time and it pays, what left something out that may be
        possible.
        """
        idle: set[Tried] = set()
        longest = AGAIN
        while self._left() > FEWEST and not self.stop.over:
            chosen = [(state, some) for state in self.states for some in clusters(state, idle)]
            if not chosen and not idle:
                return
            if not chosen:
                # Everything was tried: once more, with other chances and more time.
                idle.clear()
                longest *= 2
                self.settings = replace(self.settings, seed=self.settings.seed + 1)
                continue
            chosen = chosen[: AT_ONCE * self.engine.workers]
            most = (self._left() - LAST_WORDS) / -(-len(chosen) // self.engine.workers)
            tried = [(state, cluster, reopened(state, cluster)) for state, cluster in chosen]
            parts = [
                self._part(
                    state,
                    piece,
                    max(FEWEST, min(most, longest * len(cluster))),
                    state.plan if self.settings.beginnings else None,
                )
                for state, cluster, piece in tried
            ]
            for turn, answer in self.engine.run(solve_part, parts, self.stop):
                state, cluster, piece = tried[turn]
                if (
                    answer is not None
                    and answer.plan is not None
                    and take_if_better(self.problem, self.counted, state, cluster, piece, answer)
                ):
                    # People have moved: what was opened in vain with one of these pieces may now
                    # be worth it.
                    idle = {
                        earlier
                        for earlier in idle
                        if earlier[0] != id(state) or not set(cluster) & set(earlier[1:])
                    }
                else:
                    idle.add((id(state), *cluster))
            self.on_plan(self._plan())

    # -- what came of it ---------------------------------------------------------------------------

    def _plan(self) -> Plan:
        plans = [state.plan for state in self.states]
        placements = tuple(sorted(p for plan in plans for p in plan.placements))
        return Plan(
            placements,
            tuple(sorted(s for plan in plans for s in plan.sessions)),
            self.training.attendances,
        )

    def _reached(self) -> list[Reached]:
        bounds = []
        for state in self.states:
            seconds = max(0.0, self._left() / len(self.states))
            bounds.append(component_bounds(self.problem, self.goals, self.counted, state, seconds))
        values = [state.goal_values(self.problem, self.counted) for state in self.states]
        return goals_reached(self.goals, values, bounds, self.training.bound + self.elsewhere)

    def _left(self) -> float:
        return min(self.seconds - (monotonic() - self.began), self.stop.left())

    def _tell(self) -> Plan:
        """Tells how much of each goal there is in the plan by now."""
        plan = self._plan()
        self.on_plan(plan)
        for goal in self.counted:
            rest = self.elsewhere if goal is soft_rules.GOAL else 0
            value = goal.value(self.problem, plan) + rest
            self.on_progress(Progress(goal, "", value, None, monotonic() - self.began))
        return plan
