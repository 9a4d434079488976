"""Every plan of a tiny problem, told by the facts alone, and every plan that a model of it
admits.
"""

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, combinations, product

from ortools.sat.python import cp_model

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Placement, Plan, Session
from planner.rules import RULES, attendance, dosage, preparation, shift
from planner.rules.rule import Rule, Setting, Strength
from solver.timetable.dates import named
from solver.timetable.extract import extract
from solver.timetable.timetable import Timetable

OFF = Setting(Strength.OFF)
ALWAYS = tuple(rule for rule in RULES if rule.strengths == {Strength.HARD})
"""Rules that cannot be off: every model holds them."""
MANY = 40
"""Hidden variables from which on listing all solutions of a model would take too long."""


def beside(problem: Problem) -> tuple[Rule, ...]:
    """The rules that are on in an instance whichever is in question: those that cannot be off, and
    those that it sets.
    """
    named = {row.rule for row in problem.data.rules if row.setting}
    return tuple(rule for rule in RULES if rule in ALWAYS or rule.key in named)


def alone(problem: Problem, rule: Rule, strength: Strength = Strength.HARD) -> dict[str, Setting]:
    """One rule on, beside those that are on anyway."""
    settings = {other.key: Setting() if other in beside(problem) else OFF for other in RULES}
    return settings | {rule.key: Setting(strength, 3 if strength is Strength.SOFT else 1)}


# -- every assignment: sessions × lunches × shifts


def every_plan(problem: Problem, *, lunch: bool = False) -> Iterator[Plan]:
    """All plans, legal or not, whose sessions start on the grid; without preparation, which nobody
    but its rule sees.

    Lunch is planned only where its rule is on.

    What a service's sessions alone, or a person's days alone, break of the rules that are always
    on, is left out early: nothing else in a plan can mend it.
    """
    of_services = [list(_ways(problem, service)) for service in problem.services]
    of_people = [list(_weeks(problem, person, lunch=lunch)) for person in problem.people]
    for weeks in product(*of_people):
        placements = tuple(sorted(chain(*weeks)))
        for chosen in product(*of_services):
            yield Plan(placements, tuple(sorted(chain(*chosen))))


def _ways(problem: Problem, service: Service) -> Iterator[tuple[Session, ...]]:
    """Every set of sessions of one service: some times, at each of them any adults."""
    people = [person.id for person in problem.people]
    adults = list(chain(*(combinations(people, count) for count in range(min(len(people), 3) + 1))))
    times = [
        (day, start, start + length)
        for day in problem.cycle
        for start in _ticks(problem)
        for length in service.lengths
    ]
    for count in range(min(service.sessions + 1, len(times)) + 1):
        for when in combinations(times, count):
            kept: list[list[Session]] = []
            for day, start, end in when:
                here = [_session(service, day, start, end, staff) for staff in adults]
                kept.append(
                    [one for one in here if _keeps(attendance.RULE, problem, Plan((), (one,)))]
                )
            for chosen in product(*kept):
                if _keeps(dosage.RULE, problem, Plan((), chosen), service.id):
                    yield chosen


def _session(service: Service, day: str, start: int, end: int, staff: tuple[str, ...]) -> Session:
    return Session(
        service.id,
        day,
        start,
        end,
        tuple(sorted(staff)),
        service.school,
        service.kind,
        service.place,
    )


def within(problem: Problem, plan: Plan) -> bool:
    """Whether a plan is among those that are listed: duties outside the shift could be at any time
    of the day, and lunch on finer ticks than the grid.
    """
    lunches = [placement.lunch for placement in plan.placements if placement.lunch]
    return all(session.start in _ticks(problem) for session in plan.sessions) and all(
        start % problem.grid == 0 for start, _ in lunches
    )


def _ticks(problem: Problem) -> range:
    """Starts on the grid from a tick before the first shift to the end of the last."""
    shifts = [shift for person in problem.people for shift in person.shifts]
    first, last = min(s.start for s in shifts), max(s.end for s in shifts)
    return range(first // problem.grid * problem.grid - problem.grid, last + 1, problem.grid)


def _weeks(problem: Problem, person: Person, *, lunch: bool) -> Iterator[tuple[Placement, ...]]:
    """Every week of one person: days off, shifts that the contract allows and some that it does
    not, lunch anywhere.
    """
    days = [[(), *_days(problem, person, day, lunch=lunch)] for day in problem.cycle]
    for chosen in product(*days):
        week = tuple(chain(*chosen))
        if _keeps(shift.RULE, problem, Plan(week, ()), person.id):
            yield week


def _days(
    problem: Problem, person: Person, day: str, *, lunch: bool
) -> Iterator[tuple[Placement, ...]]:
    """Every day at one school, and in two parts at two where the job class allows it."""
    for (whole,) in _whole_days(problem, person, day, lunch=lunch):
        yield (whole,)
        schools = {found.school for found in person.shifts} if person.moves else set()
        for school in sorted(schools - {whole.school}):
            for time in range(
                whole.start // problem.grid * problem.grid, whole.end + 1, problem.grid
            ):
                if whole.start < time < whole.end:
                    first = whole.lunch is not None and whole.lunch[0] < time
                    yield (
                        replace(whole, end=time, lunch=whole.lunch if first else None),
                        replace(
                            whole, start=time, school=school, lunch=None if first else whole.lunch
                        ),
                    )


def _whole_days(
    problem: Problem, person: Person, day: str, *, lunch: bool
) -> Iterator[tuple[Placement]]:
    grid = problem.grid
    schools = {found.school for found in person.shifts}
    spans = {(found.start, found.end) for found in person.shifts}
    spans |= {(start + grid, end + grid) for start, end in spans} | {
        (start, end + grid) for start, end in spans
    }
    length = person.lunch_minutes
    for school in sorted(schools):
        for start, end in sorted(spans):
            lunches = range(start // grid * grid - grid, end + 1, grid) if lunch and length else ()
            for eaten in (None, *((t, t + length) for t in lunches)):
                yield (Placement(person.id, day, start, end, school, lunch=eaten),)


def _keeps(rule: Rule, problem: Problem, plan: Plan, where: str = "") -> bool:
    return not any(where in ("", found.where[0]) for found in rule.violations(problem, plan))


def with_preparation(problem: Problem, plan: Plan) -> Plan:
    """The plan with every free stretch of each shift kept for preparation: the most that any set of
    blocks can give.
    """
    return Plan(
        tuple(_prepared(problem, plan, placement) for placement in plan.placements), plan.sessions
    )


def _prepared(problem: Problem, plan: Plan, placement: Placement) -> Placement:
    taken = [(s.start, s.end) for s in plan.day_of.get((placement.staff, placement.day), ())]
    taken += plan.lunches(placement.staff, placement.day) + problem.person_of[
        placement.staff
    ].busy_on(placement.day)
    blocks, free_from = [], placement.start
    for start, end in sorted([*taken, (placement.end, placement.end)]):
        if free_from < min(start, placement.end):
            blocks.append((free_from, min(start, placement.end)))
        free_from = max(free_from, end)
    names = (placement.staff, placement.day, placement.start, placement.end, placement.school)
    return Placement(*names, lunch=placement.lunch, preparation=tuple(blocks))


def seen_by(rule: Rule, problem: Problem, plan: Plan) -> Plan:
    """The plan as a rule's checker is shown it, with dates where some are due: only preparation
    sees preparation, which would else be in travel's way.
    """
    return (
        with_preparation(problem, plan) if rule is preparation.RULE else with_dates(problem, plan)
    )


def with_dates(problem: Problem, plan: Plan) -> Plan:
    """The plan with dates for sessions a quarter, month or year: some, if any will do."""
    return named(problem, plan) if any(service.dated for service in problem.services) else plan


def accepted(problem: Problem, plan: Plan, rules: tuple[Rule, ...]) -> bool:
    """Whether no checker of these rules finds anything, some set of preparation blocks given."""
    return not any(list(rule.violations(problem, seen_by(rule, problem, plan))) for rule in rules)


# -- every solution


def visible(plan: Plan) -> Plan:
    """A plan without its preparation and its dates, which are auxiliary to all rules but their
    own.
    """
    bare = (
        Placement(p.staff, p.day, p.start, p.end, p.school, lunch=p.lunch) for p in plan.placements
    )
    return Plan(
        tuple(sorted(bare, key=_order)),
        tuple(sorted(replace(session, dates=()) for session in plan.sessions)),
    )


def _order(placement: Placement) -> tuple[str, str, int]:
    return placement.staff, placement.day, placement.start


def every_solution(timetable: Timetable) -> set[Plan]:
    """The plans of all solutions; in diagnosis with every guard assumed."""
    for guard in timetable.posting.guards.values():
        timetable.model.add(guard == 1)
    shown = _literals(timetable)
    hidden = (
        len(timetable.model.proto.variables)
        - len({literal.index for literal in shown})
        - len(timetable.posting.guards)
    )
    return _one_after_another(timetable, shown) if hidden > MANY else _at_once(timetable)


def _literals(timetable: Timetable) -> list[cp_model.IntVar]:
    parts = (timetable.given, timetable.meetings, timetable.on, timetable.lunch)
    moves = [
        literal
        for move in timetable.moves.values()
        for literal in (*move.then.values(), *move.left.values())
    ]
    return [literal for part in parts for literal in part.values()] + moves


def _solver() -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.symmetry_level = 0
    return solver


def _at_once(timetable: Timetable) -> set[Plan]:
    found: set[Plan] = set()

    class Collect(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            found.add(visible(extract(timetable, self.boolean_value)))

    solver = _solver()
    solver.parameters.enumerate_all_solutions = True
    assert solver.solve(timetable.model, Collect()) in (cp_model.OPTIMAL, cp_model.INFEASIBLE)
    return found


def _one_after_another(timetable: Timetable, shown: list[cp_model.IntVar]) -> set[Plan]:
    """The same where each plan has a great many solutions: what a plan shows is forbidden once it
    was found.
    """
    found: set[Plan] = set()
    solver = _solver()
    while (status := solver.solve(timetable.model)) == cp_model.OPTIMAL:
        found.add(visible(extract(timetable, solver.boolean_value)))
        timetable.model.add_bool_or(
            ~literal if solver.boolean_value(literal) else literal for literal in shown
        )
    assert status == cp_model.INFEASIBLE
    return found


def least(
    timetable: Timetable, expression: cp_model.LinearExpr | int, plan: Plan, *, more: bool = False
) -> int | None:
    """The best value of an expression with everything that a plan shows fixed; None where the model
    refuses the plan.
    """
    model = timetable.model.clone()
    for literal, value in _shown(timetable, plan):
        domain = model.proto.variables[literal.index].domain
        first, *_, last = list(domain)
        if not first <= value <= last:
            return None
        domain.clear()
        domain.extend([value, value])
    if not isinstance(expression, int):
        model.maximize(expression) if more else model.minimize(expression)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    assert status == cp_model.OPTIMAL
    return expression if isinstance(expression, int) else round(solver.objective_value)


def _shown(timetable: Timetable, plan: Plan) -> Iterator[tuple[cp_model.IntVar, int]]:
    given = {
        (s.service, person, s.day, s.start, s.end) for s in plan.sessions for person in s.staff
    }
    meetings = {(s.service, s.day, s.start, s.end) for s in plan.sessions}
    for way, literal in timetable.given.items():
        yield literal, int(way in given)
    for key, literal in timetable.meetings.items():
        yield literal, int(key in meetings)
    shifts = {(p.staff, p.day, p.school, p.start, p.end) for p in plan.placements}
    for (person, found), literal in timetable.on.items():
        yield literal, int((person, found.day, found.school, found.start, found.end) in shifts)
    lunches = {(p.staff, p.day, p.lunch[0]) for p in plan.placements if p.lunch}
    for key, literal in timetable.lunch.items():
        yield literal, int(key in lunches)
