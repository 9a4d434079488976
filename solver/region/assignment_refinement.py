"""Place people once more, a few neighbouring schools at a time, with whole people for each group.

The first placement knows no group that must keep one adult: it may give a third of it to each of
three people who are there a day each, and no timetable can. With whole people a region is too much
for one search; four schools are a matter of seconds, and all of them are searched at once.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from planner.facts.person import Person, Shift
from planner.rules import settings_of
from solver.region.part import Subproblem
from solver.region.placement import place, with_shifts
from solver.stop import Stop
from solver.timetable.components import Component

NEIGHBOURS = 4
"""Schools that are placed together."""

NEW = 4
"""How much more it counts to share people with a school that was not placed together before."""

Shifts = Mapping[str, tuple[Shift, ...]]


@dataclass(frozen=True)
class Placing:
    """Schools whose people are to be placed anew, as a problem of their own, and where they are by
    now.
    """

    part: Subproblem
    shifts: Shifts


def solve_placing(placing: Placing, stop: Stop) -> Shifts:
    """Who is where on which day so that more can be delivered; nobody where nothing was found in
    time.
    """
    part = placing.part
    problem = part.problem.part(part.people, part.problem.services)
    component = Component(problem.services, problem.people)
    settings, seconds = part.settings_with_goals, part.settings.seconds or 0.0
    rules = settings_of(problem)
    return place(
        problem, component, rules, part.training, settings, stop, seconds, start=placing.shifts
    )[0]


def opened(person: Person, shifts: Iterable[Shift], schools: Iterable[str]) -> Person:
    """A person who may be at any of some schools on the days on which they are at one of them."""
    names = set(schools)
    mine = [shift for shift in shifts if shift.school in names]
    days = {shift.day for shift in mine}
    free = with_shifts(
        person, [shift for shift in person.shifts if shift.day in days and shift.school in names]
    )
    duty = sum(shift.obligation for shift in mine)
    return replace(
        free, obligation=duty, schools=tuple(school for school in person.schools if school in names)
    )


def neighbourhoods(
    people: Iterable[Person], schools: Iterable[str], before: Iterable[tuple[str, ...]]
) -> list[tuple[str, ...]]:
    """Every school in one set of so many or few more, beside those with which it shares most
    people; none that shares nobody. Those that were in one set `before` matter less.
    """
    met = {pair for names in before for pair in combinations(sorted(names), 2)}
    shared: Counter[tuple[str, str]] = Counter()
    for person in people:
        shared.update(combinations(sorted({shift.school for shift in person.shifts}), 2))
    near: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (school, other), many in shared.items():
        near[school][other] = near[other][school] = many if (school, other) in met else NEW * many
    left = dict.fromkeys(sorted(schools, key=lambda school: (len(near[school]), school)))
    sets_of_all: list[list[str]] = []
    while left:
        inside = [next(iter(left))]
        del left[inside[0]]
        while len(inside) < NEIGHBOURS:
            worth = {other: sum(near[other].get(name, 0) for name in inside) for other in left}
            best = max(worth, key=lambda other: (worth[other], other), default="")
            if not best or not worth[best]:
                break
            inside.append(best)
            del left[best]
        sets_of_all.append(inside)
    alone = [names[0] for names in sets_of_all if len(names) == 1]
    sets = [names for names in sets_of_all if len(names) > 1]
    # Whose neighbours are all in full sets joins the nearest: by itself there is nothing to place.
    for school in alone:
        nearest = max(
            sets, key=lambda names: sum(near[school].get(name, 0) for name in names), default=[]
        )
        if any(name in near[school] for name in nearest):
            nearest.append(school)
    return [tuple(names) for names in sets]
