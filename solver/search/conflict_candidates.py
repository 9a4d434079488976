"""Find services whose pinned sessions break a rule by themselves, whatever else is planned.

That is where to look first for a contradiction.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.service import Service
from planner.plan.plan import Placement, Plan, Session
from planner.rules import RULES
from planner.rules.rule import Setting, Strength


def suspects(problem: Problem, settings: Mapping[str, Setting]) -> list[Service]:
    """The services whose sessions, as they are pinned to adult, day and start, break a hard
    rule.
    """
    plan = Plan(tuple(_lunches(problem)), tuple(_sessions(problem)))
    found = set()
    for rule in RULES:
        if rule.is_final and settings[rule.key].strength is Strength.HARD:
            for violation in rule.violations(problem, plan):
                items = rule.items(problem, plan, violation.where)
                found |= {item.service for item, _ in items if isinstance(item, Session)}
    return [service for service in problem.services if service.id in found]


def _sessions(problem: Problem) -> Iterator[Session]:
    staff: defaultdict[tuple[str, str, int, int | None], set[str]] = defaultdict(set)
    for pin in problem.pins:
        if (
            pin.kind == "session"
            and pin.subject in problem.service_of
            and pin.staff
            and pin.start is not None
        ):
            for day in pin.day:
                staff[pin.subject, day, pin.start, pin.minutes].add(pin.staff)
    for (name, day, start, minutes), people in staff.items():
        service = problem.service_of[name]
        yield Session(
            name,
            day,
            start,
            start + (minutes or service.shortest),
            tuple(sorted(people)),
            service.school,
            service.kind,
            service.place,
        )


def _lunches(problem: Problem) -> Iterator[Placement]:
    for pin in problem.pins:
        if pin.kind == "lunch" and pin.staff in problem.person_of and pin.start is not None:
            lunch = (pin.start, pin.start + problem.person_of[pin.staff].lunch_minutes)
            for day in pin.day:
                yield Placement(pin.staff, day, 0, MIDNIGHT, "", lunch=lunch)
