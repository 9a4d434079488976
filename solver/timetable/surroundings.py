"""What stays as it is in a plan while the weeks of a few people are searched anew.

The model of a whole region, with everybody else's variables fixed in it, takes seconds to copy and
to presolve. Here the others have no variables: their sessions, lunches and preparation are
constants, and the rules meet them like any others (rooms, shared students, supervision).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from planner.facts.person import Person
from planner.facts.service import Service
from planner.plan.plan import Plan


@dataclass(frozen=True)
class Surroundings:
    """A plan, and the people whose weeks are open in it.

    A service is open where nobody else takes part in it, held where somebody does.
    """

    plan: Plan
    open_people: frozenset[str]

    @cached_property
    def ways(self) -> dict[str, list[tuple[str, str, int]]]:
        """Of each held service who gives it when: person, day and start."""
        found: dict[str, list[tuple[str, str, int]]] = {}
        for session in self.plan.sessions:
            for person in session.staff:
                found.setdefault(session.service, []).append((person, session.day, session.start))
        return {
            name: ways
            for name, ways in found.items()
            if not self.open_people.issuperset(person for person, _, _ in ways)
        }

    @cached_property
    def lunches(self) -> dict[tuple[str, str], int]:
        """When somebody's lunch of a day begins."""
        return {
            (placement.staff, placement.day): placement.lunch[0]
            for placement in self.plan.placements
            if placement.lunch is not None
        }

    @cached_property
    def preparations(self) -> dict[tuple[str, str], list[tuple[int, int]]]:
        """Somebody's blocks of preparation on a day."""
        found: dict[tuple[str, str], list[tuple[int, int]]] = {}
        for placement in self.plan.placements:
            found.setdefault((placement.staff, placement.day), []).extend(placement.preparation)
        return found

    def is_open(self, person: str) -> bool:
        """Whether somebody's week is searched."""
        return person in self.open_people

    def people(self, people: Iterable[Person]) -> tuple[Person, ...]:
        """The people, those who are held with the shifts alone that they work in the plan."""
        worked: dict[str, set[tuple[str, str]]] = {}
        halves: dict[tuple[str, str], int] = {}
        for placement in self.plan.placements:
            worked.setdefault(placement.staff, set()).add((placement.day, placement.school))
            where = (placement.staff, placement.day)
            halves[where] = halves.get(where, 0) + 1
        times = {
            (placement.staff, placement.day, placement.school): (placement.start, placement.end)
            for placement in self.plan.placements
        }
        return tuple(
            person
            if self.is_open(person.id)
            else replace(
                person,
                shifts=tuple(
                    shift
                    for shift in person.shifts
                    if halves.get((person.id, shift.day), 0) > 1
                    or times.get((person.id, shift.day, shift.school)) == (shift.start, shift.end)
                ),
            )
            for person in people
        )

    def could_change(self, service: Service) -> bool:
        """Whether a service may be given anew."""
        return service.id not in self.ways and not service.attendees
