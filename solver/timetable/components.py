"""Cut a problem into parts that share nobody and no student.

Each can be timetabled alone without losing anything.
"""

from collections import defaultdict
from dataclasses import dataclass

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from solver.timetable.rules.qualification import may_serve


@dataclass(frozen=True)
class Component:
    """Services and people that belong together."""

    services: tuple[Service, ...]
    people: tuple[Person, ...]

    @property
    def called(self) -> str:
        """The schools it is about, for progress."""
        return (
            ", ".join(sorted({service.school for service in self.services if service.school}))
            or "all"
        )


def components(problem: Problem) -> tuple[Component, ...]:
    """The parts, in the order in which their services stand; people who can be at several schools
    join those schools.

    Where there is nothing to plan there is one part, and nothing in it: its empty timetable is
    legal, and proved best.
    """
    joined = Joined()
    for person in problem.people:
        for school in {shift.school for shift in person.shifts}:
            joined.join(("person", person.id), ("school", school))
    for service in problem.services:
        node = ("service", service.id)
        joined.join(node, ("school", service.school) if service.school else node)
        if service.duty and service.duty.after:
            joined.join(node, ("service", service.duty.after))
        for attendee in (*service.attendees, *service.guests):
            joined.join(node, ("person", attendee))
        if not service.school and service.adults:
            for person in problem.people:
                if may_serve(problem, person, service):
                    joined.join(node, ("person", person.id))
    for groups in (*problem.students.values(), *problem.together.values()):
        for group in groups:
            joined.join(("service", group.id), ("service", groups[0].id))
    services: defaultdict[object, list[Service]] = defaultdict(list)
    people: defaultdict[object, list[Person]] = defaultdict(list)
    for service in problem.services:
        services[joined.root(("service", service.id))].append(service)
    for person in problem.people:
        people[joined.root(("person", person.id))].append(person)
    roots = list(dict.fromkeys([*services, *people]))
    return tuple(Component(tuple(services[root]), tuple(people[root])) for root in roots) or (
        Component((), ()),
    )


class Joined:
    """Which nodes hang together (union-find)."""

    def __init__(self) -> None:
        self.parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(self, node: tuple[str, str]) -> tuple[str, str]:
        """What stands for all that hang together with a node."""
        self.parent.setdefault(node, node)
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def join(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """Two nodes, and all that hang together with either, hang together from now on."""
        self.parent[self.root(one)] = self.root(other)
