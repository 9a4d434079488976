"""Keep the best plan so far of one component, whole or cut into schools."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from planner.facts.person import Shift
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.goals.goal import Goal
from solver.region.part import SubproblemAnswer
from solver.region.placement import Fractions
from solver.region.split import Piece
from solver.timetable.components import Component


@dataclass
class ComponentState:
    """A component with its best plan so far; `capacity` where that is known, `shifts` where it was
    split.

    `given` is the component itself; in `component`, once it is split, everybody stays at one place
    a day. Both are kept, because a split that leaves a piece without any timetable is undone.
    """

    component: Component
    given: Component = field(init=False)
    capacity: Fractions | None = None
    shifts: Mapping[str, tuple[Shift, ...]] = field(default_factory=dict)
    settled: tuple[Session, ...] = ()
    pieces: tuple[Piece, ...] = ()
    plan: Plan = field(default_factory=Plan)
    answers: dict[int, SubproblemAnswer] = field(default_factory=dict)
    constructed: bool = False
    """Whether its people are where the first plan of the region has them."""

    def __post_init__(self) -> None:
        self.given = self.component

    @property
    def split(self) -> bool:
        """Whether people are divided between its pieces."""
        return bool(self.shifts)

    def undivide(self) -> Component:
        """Take back the division of its people, and all that came of it; the whole component."""
        whole = self.component = self.given
        schools = tuple(sorted({service.school for service in whole.services}))
        self.settled, self.shifts, self.constructed = (), {}, False
        self.pieces, self.answers = (Piece(schools, whole.services, whole.people),), {}
        return whole

    def take_pieces_of(self, plan: Plan) -> None:
        """Begin each piece with its part of a plan of all of them, where there are several."""
        for number, piece in enumerate(self.pieces if self.split else ()):
            services = {service.id for service in piece.services}
            days = {(person.id, shift.day) for person in piece.people for shift in person.shifts}
            self.answers[number] = SubproblemAnswer(
                Plan(
                    tuple(p for p in plan.placements if (p.staff, p.day) in days),
                    tuple(s for s in plan.sessions if s.service in services),
                )
            )

    def join_answers(self) -> None:
        """Make the component's plan from its pieces' plans and the sessions that were settled."""
        plans = [answer.plan for answer in self.answers.values() if answer.plan]
        placements = [placement for plan in plans for placement in plan.placements]
        sessions = [session for plan in plans for session in plan.sessions]
        self.plan = Plan(tuple(sorted(placements)), tuple(sorted((*sessions, *self.settled))))

    def is_proved(self, number: int) -> bool:
        """Whether nothing better is possible in a piece with the people and days that it has."""
        answer = self.answers.get(number)
        return (
            answer is not None
            and answer.plan is not None
            and bool(answer.reached)
            and all(reached.proved for reached in answer.reached)
        )

    def goal_values(self, problem: Problem, goals: Sequence[Goal]) -> dict[str, int]:
        """What the plan reaches of each goal, by goal key."""
        part = problem.part(self.component.people, self.component.services)
        return {goal.key: goal.value(part, self.plan) for goal in goals}
