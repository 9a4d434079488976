"""Choose schools to be opened again together, pose them as one piece, and take a better plan.

A school alone keeps the people and days that the division gave it. Where it left something out, a
neighbour may have somebody to spare: so schools that share people are opened together, and their
people may change places on the days that they work there.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import combinations

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules import RULES, pins
from planner.rules.checker import violations
from planner.rules.goals.goal import Goal
from planner.rules.rule import Strength
from solver.region.component_state import ComponentState
from solver.region.part import SubproblemAnswer
from solver.region.placement import with_shifts, worked
from solver.region.split import Piece, pieces

CLUSTER, NEAREST = 3, 4
"""Schools that are opened again together, at most, and from how many of those that share most
people with one of them: 1 + 4 + 6 sets around a piece, few enough to be tried one after the other.
"""

Tried = tuple[int, ...]
"""A component (its id in this process) and the numbers of the pieces that were opened."""


def clusters(state: ComponentState, idle: AbstractSet[Tried]) -> list[tuple[int, ...]]:
    """Choose pieces to be opened again: each that left something out, with its neighbours.

    No piece stands in two clusters, since they are solved at the same time.

    Args:
        state: The component with its plan so far.
        idle: What was opened in vain; it is not opened again.

    Returns:
        Numbers of pieces; the pieces that miss most come first.
    """
    chosen: list[tuple[int, ...]] = []
    used: set[int] = set()
    missing = [piece.missing(state.plan) for piece in state.pieces]
    for number in sorted(range(len(missing)), key=lambda n: -missing[n]):
        if number in used or not missing[number]:
            continue
        near = _nearest_pieces(state, number)[:NEAREST]
        candidates = [
            (number, *others) for size in range(CLUSTER) for others in combinations(near, size)
        ]
        if state.is_proved(number):
            candidates.remove((number,))
        best = next(
            (
                cluster
                for cluster in candidates
                if (id(state), *cluster) not in idle and used.isdisjoint(cluster)
            ),
            None,
        )
        if best is not None:
            chosen.append(best)
            used |= set(best)
    return chosen


def _nearest_pieces(state: ComponentState, number: int) -> list[int]:
    """Other pieces with people who could be here, or where people of this one could be, most
    first.
    """
    piece_here = state.pieces[number]
    schools_of = {
        person.id: {shift.school for shift in person.shifts} for person in state.component.people
    }

    def could_be(piece: Piece, other: Piece) -> int:
        return sum(not schools_of[person.id].isdisjoint(other.schools) for person in piece.people)

    shared = {
        n: could_be(piece, piece_here) + could_be(piece_here, piece)
        for n, piece in enumerate(state.pieces)
        if n != number
    }
    return sorted((n for n, many in shared.items() if many), key=lambda n: (-shared[n], n))


def reopened(state: ComponentState, cluster: Sequence[int]) -> Piece:
    """Join pieces to one in which people may change places on the days that they work there.

    Their days and minutes stay: a day that somebody spends at another piece belongs to that piece.
    """
    opened_pieces = [state.pieces[number] for number in cluster]
    schools = tuple(school for piece in opened_pieces for school in piece.schools)
    parts_of: dict[str, list[Person]] = {}
    for piece in opened_pieces:
        for person in piece.people:
            parts_of.setdefault(person.id, []).append(person)
    person_of = {person.id: person for person in state.component.people}
    people = []
    for name, parts in parts_of.items():
        days = {shift.day for part in parts for shift in part.shifts}
        open_shifts = [
            shift
            for shift in person_of[name].shifts
            if shift.day in days and shift.school in schools
        ]
        free = with_shifts(
            person_of[name],
            open_shifts if len(opened_pieces) > 1 else parts[0].shifts,
            schools[0] if len(schools) == 1 else None,
        )
        # Each piece holds somebody busy on the days that belong to the others. Only what all of
        # them say keeps somebody away from their union.
        busy = [
            window for window in parts[0].row.busy if all(window in part.row.busy for part in parts)
        ]
        people.append(
            replace(
                free,
                obligation=sum(part.obligation for part in parts),
                row=person_of[name].row.model_copy(update={"busy": tuple(busy)}),
                schools=tuple(school for school in person_of[name].schools if school in schools),
                contact_weeks=tuple(map(sum, zip(*(p.contact_weeks for p in parts), strict=True))),
            )
        )
    services = tuple(service for piece in opened_pieces for service in piece.services)
    return Piece(schools, services, tuple(people))


def take_if_better(
    problem: Problem,
    counted: Sequence[Goal],
    state: ComponentState,
    cluster: tuple[int, ...],
    piece: Piece,
    answer: SubproblemAnswer,
) -> bool:
    """Take a cluster's plan where it is better, and legal over the whole week.

    Goals are compared in their order over the cluster's services alone: nothing else changed, and
    the value of all schools would have to be worked out anew for each answer.

    Args:
        problem: The district.
        counted: The goals whose value can be read from sessions, in order.
        state: The component; its plan, shifts and pieces follow the new plan.
        cluster: The numbers of the pieces that were opened.
        piece: What they were solved as.
        answer: What came back; it must hold a plan.

    Returns:
        Whether the plan was taken.
    """
    assert answer.plan is not None
    inside = {service.id for service in piece.services}
    people = {person.id for person in piece.people}
    schools = set(piece.schools)
    before = Plan(sessions=tuple(s for s in state.plan.sessions if s.service in inside))
    part = problem.part((), piece.services)
    old_values, new_values = (
        [goal.value(part, plan) for goal in counted] for plan in (before, answer.plan)
    )
    if new_values <= old_values:
        return False
    other_sessions = [s for s in state.plan.sessions if s.service not in inside]
    elsewhere = [
        p for p in state.plan.placements if p.staff not in people or p.school not in schools
    ]
    plan = Plan(
        tuple(sorted((*elsewhere, *answer.plan.placements))),
        tuple(sorted((*other_sessions, *answer.plan.sessions))),
    )
    there = [person for person in state.component.people if person.id in people]
    placed = Plan(tuple(p for p in plan.placements if p.staff in people))
    # What is over the whole week some schools alone do not see, nor a pin of somebody's place.
    over_the_week = [rule for rule in RULES if rule.is_over_the_week or rule is pins.RULE]
    if state.split and violations(
        problem.part(there, ()), placed, strength=Strength.HARD, rules=over_the_week
    ):
        return False
    state.plan = plan
    for number in cluster:
        state.answers.pop(number, None)
    if len(cluster) == 1:
        state.answers[cluster[0]] = answer
    if not state.split:
        return True
    state.shifts = {**state.shifts, **worked(there, plan)}
    state.pieces = pieces(problem, state.component, state.shifts, state.settled, plan)
    return True
