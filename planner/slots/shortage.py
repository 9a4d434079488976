"""Find what is short however one schedules, with the arithmetic.

Sets of groups that are owed more than their school's week can hold.

Looked at are each grade, grades that share their usable time together, and the groups that only the
same few adults may serve.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.rules import contact_week
from planner.slots.adult_days import Groups
from planner.slots.bound import Bound, DayMost, Most
from planner.words.wording import Words, listed

MOST_UNIONS = 80
"""Unions of grades looked at in a school, the smallest first."""
MOST_NAMED = 3
SCARCE = 3
"""So many adults, at most, are scarce: the groups that only they may serve are looked at by
themselves.
"""


@dataclass(frozen=True)
class Shortage:
    """Groups that are owed more than they can get in any plan that keeps the hard rules; minutes of
    a cycle.

    `only` are the adults by whom the groups were chosen; without them the groups are all those of
    the grades.
    """

    school: str
    grades: tuple[str, ...]
    groups: tuple[str, ...]
    only: tuple[str, ...]
    owed: int
    most: Most
    sentence: str

    @property
    def minutes(self) -> int:
        """What cannot be given, at least."""
        return self.owed - self.most.minutes


def find_shortages(problem: Problem, bound: Bound, schools: Iterable[str]) -> Iterator[Shortage]:
    """Every shortage that is certain and says more than those before it: by school; grades first,
    then what they share.
    """
    for school in schools:
        groups = tuple(
            group for group in problem.groups if group.school == school and not group.dated
        )
        told: list[Shortage] = []
        for grades, some in _sets(problem, bound, groups):
            found = shortage(problem, bound, grades, some, _scarce(bound, groups, grades, some))
            if found and found.minutes > _told_of(found, told):
                told.append(found)
        yield from told


def shortage(
    problem: Problem,
    bound: Bound,
    grades: tuple[str, ...],
    groups: Groups,
    only: tuple[str, ...] = (),
) -> Shortage | None:
    """The shortage of some groups of one school; None where it is not certain that there is one."""
    owed, most = sum(group.owed for group in groups), bound.most(groups)
    if owed <= most.minutes:
        return None
    sentence = _sentence(problem, bound, grades, groups, only, owed, most)
    return Shortage(
        groups[0].school, grades, tuple(group.id for group in groups), only, owed, most, sentence
    )


def least_missing(shortages: Iterable[Shortage]) -> int:
    """Minutes that are missing in any plan: shortages that share no group add up; the largest are
    taken first.
    """
    total, counted = 0, set[str]()
    for found in sorted(shortages, key=lambda each: (-each.minutes, each.groups)):
        if not counted & set(found.groups):
            total += found.minutes
            counted |= set(found.groups)
    return total


def _told_of(found: Shortage, told: Sequence[Shortage]) -> int:
    return least_missing(other for other in told if set(other.groups) <= set(found.groups))


# -- which sets are looked at ----------------------------------------------------------------------


def _sets(
    problem: Problem, bound: Bound, groups: Groups
) -> Iterator[tuple[tuple[str, ...], Groups]]:
    """Groups of a grade that few may serve, and the whole grade; then grades that share time, and
    all groups that few may serve.

    A set comes after the smaller ones that it holds, so that what is short is said of the smallest
    set that explains it.
    """
    order = problem.data.district.grades
    by_grade = {grade: _groups_of(groups, (grade,)) for grade in order}
    by_grade = {grade: some for grade, some in by_grade.items() if some}
    seen: set[frozenset[str]] = set()

    def new(some: Groups) -> bool:
        key = frozenset(group.id for group in some)
        fresh = bool(some) and key not in seen
        seen.add(key)
        return fresh

    few = sorted(
        {frozenset(p.id for p in bound.able(g)) for g in groups},
        key=lambda names: (len(names), sorted(names)),
    )
    few = [names for names in few if len(names) <= SCARCE]
    for grade, some in by_grade.items():
        parts = [tuple(g for g in some if {p.id for p in bound.able(g)} <= names) for names in few]
        yield from (((grade,), part) for part in (*parts, some) if new(part))
    for grades in islice(_unions(problem, bound, by_grade), MOST_UNIONS):
        union = _groups_of(groups, grades)
        if new(union):
            yield grades, union
    for names in few:
        part = tuple(g for g in groups if {p.id for p in bound.able(g)} <= names)
        if new(part):
            yield _grades_of(order, part), part
    if new(groups):
        yield tuple(by_grade), groups


def _unions(
    problem: Problem, bound: Bound, by_grade: dict[str, Groups]
) -> Iterator[tuple[str, ...]]:
    """Grades that share usable time, two and more, the smallest first."""
    times = {grade: _minutes(problem, bound, groups) for grade, groups in by_grade.items()}
    beside = {a: {b for b in times if b != a and times[a] & times[b]} for a in times}
    order = list(by_grade)
    level: set[tuple[str, ...]] = {(grade,) for grade in order}
    while level:
        level = {
            tuple(sorted({*grades, other}, key=order.index))
            for grades in sorted(level)[:MOST_UNIONS]
            for grade in grades
            for other in beside[grade] - set(grades)
        }
        yield from sorted(level, key=lambda grades: [order.index(grade) for grade in grades])


def _minutes(problem: Problem, bound: Bound, groups: Groups) -> set[tuple[str, int]]:
    """Every tick of the cycle in which one of the groups may be served."""
    return {
        (day, minute)
        for group in groups
        for day in problem.cycle
        for start, end in bound.spans(group, day)
        for minute in range(start, end, problem.grid)
    }


def _scarce(bound: Bound, groups: Groups, grades: tuple[str, ...], some: Groups) -> tuple[str, ...]:
    """The adults by whom a set was chosen; none where it is all the groups of its grades."""
    return (
        ()
        if len(_groups_of(groups, grades)) == len(some)
        else tuple(dict.fromkeys(p.id for group in some for p in bound.able(group)))
    )


def _grades(service: Service) -> tuple[str, ...]:
    return service.group.grades if service.group else ()


def _groups_of(groups: Groups, grades: Sequence[str]) -> Groups:
    """Those in which one of the grades takes part."""
    return tuple(group for group in groups if set(grades) & set(_grades(group)))


def _grades_of(order: Sequence[str], groups: Groups) -> tuple[str, ...]:
    return tuple(grade for grade in order if any(grade in _grades(group) for group in groups))


# -- in words --------------------------------------------------------------------------------------


def _sentence(
    problem: Problem,
    bound: Bound,
    grades: tuple[str, ...],
    groups: Groups,
    only: tuple[str, ...],
    owed: int,
    most: Most,
) -> str:
    words = Words(problem.data.district.locale)
    who, several = _who(problem, words, grades, groups, only)
    are, their = ("are", "their") if several else ("is", "its")
    asked = f"{who} {are} owed {_minutes_said(words, owed)}"
    missing = (
        f"At least {_minutes_said(words, owed - most.minutes)} cannot be given, however "
        "one schedules."
    )
    return f"{asked}; {_limit(problem, bound, words, groups, most, their)}. {missing}"


def _who(
    problem: Problem, words: Words, grades: tuple[str, ...], groups: Groups, only: tuple[str, ...]
) -> tuple[str, bool]:
    """Whom a shortage is about, and whether that is several."""
    school = problem.schools[groups[0].school].name
    every = tuple(
        group for group in problem.groups if group.school == groups[0].school and not group.dated
    )
    if len(groups) < len(_groups_of(every, grades)):
        place = f"grade {grades[0]} at {school}" if len(grades) == 1 else school
        by = (
            f"that only {listed([problem.person_of[p].name for p in only])} may serve"
            if only
            else "that nobody may serve"
        )
        said = (
            f"The group {groups[0].id}"
            if len(groups) == 1
            else f"The {words.count(len(groups), 'group')}"
        )
        return f"{said} of {place} {by}", len(groups) > 1
    if len(grades) > 1:
        all_grades = len(grades) == len(_grades_of(problem.data.district.grades, every))
        return (
            f"{'All grades' if all_grades else f'Grades {listed(grades)}'} together at {school}",
            True,
        )
    return f"Grade {grades[0]} at {school}", False


def _limit(
    problem: Problem, bound: Bound, words: Words, groups: Groups, most: Most, their: str
) -> str:
    """`its windows hold at most 300 minutes with the 2 adults who may serve it (Mon–Fri 60 a
    day)`.
    """
    amount = _minutes_said(words, most.minutes)
    names = [problem.person_of[person].name for person in most.adults]
    it = "it" if their == "its" else "them"
    if most.by == "groups":
        return _groups_limit(problem, bound, words, groups, most)
    if not most.adults:
        able = any(bound.able(group) for group in groups)
        return (
            f"nobody who may serve {it} can be there in {their} windows"
            if able
            else "no adult is qualified"
        )
    who = (
        f"{names[0]}, who alone may serve {it}"
        if len(names) == 1
        else f"the {len(names)} adults who may serve {it}"
    )
    if most.by == "adults":
        days = ", ".join(
            f"{person.name} {words.count(bound.work_days(person), 'day')}"
            for person in problem.people
            if person.id in most.adults and bound.work_days(person) < len(problem.cycle)
        )
        weeks = ", ".join(
            f"{person.name} {_minutes_said(words, person.role.max_contact_week)}"
            for person in problem.people
            if person.id in most.adults
            and person.role.max_contact_week is not None
            and bound.hard(contact_week.RULE)
        )
        contracts = [
            f"{limit} of their contracts" + (f" ({of})" if of else "")
            for limit, of in (("on the days", days), ("within the minutes a week", weeks))
            if of or limit == "on the days" and not weeks
        ]
        return f"{their} windows hold at most {amount} with {who}, {listed(contracts)}"
    limits = {day.by for day in most.days if day.by != "groups"}
    spaces = problem.schools[groups[0].school].spaces
    rooms = words.count(spaces or 0, "pull-out room")
    inside = "" if all(group.takes_room for group in groups) else " and in class"
    within = {"adults": f"with {who}", "rooms": f"in {rooms}{inside}"}
    how = " and ".join(text for name, text in within.items() if name in limits) or f"with {who}"
    return f"{their} windows hold at most {amount} {how} ({_by_day(words, most.days)})"


def _groups_limit(problem: Problem, bound: Bound, words: Words, groups: Groups, most: Most) -> str:
    """`elm-2-R3a can have 3 of 5 sessions (none on Thu and Fri)`, for those that cannot have all;
    minutes where sessions differ in length.
    """
    cut = [g for g in groups if g.longest * most.sessions[g.id] < g.owed]
    said = []
    for g in cut[:MOST_NAMED]:
        never = bound.never(g)
        days = f" (none on {listed(never)})" if 0 < len(never) < len(problem.cycle) else ""
        can = most.sessions[g.id] * (g.longest if g.varied else 1)
        number = words.number(can) if can else "none"
        owed = words.count(g.owed, "minute") if g.varied else words.count(g.sessions, "session")
        said.append(f"{g.id} can have {number} of {owed}{days}")
    more = (
        [f"{words.count(len(cut) - MOST_NAMED, 'other')} fewer than owed"]
        if len(cut) > MOST_NAMED
        else []
    )
    return f"{listed([*said, *more])} with the windows and adults there are"


def _by_day(words: Words, days: Sequence[DayMost]) -> str:
    """`Mon–Thu 60 a day, Fri 30`."""
    runs = [
        (minutes, [day.day for day in run])
        for minutes, run in groupby(days, key=lambda day: day.minutes)
    ]
    return ", ".join(
        f"{names[0]}–{names[-1]} {words.number(minutes)} a day"
        if len(names) > 1
        else f"{names[0]} {words.number(minutes)}"
        for minutes, names in runs
    )


def _minutes_said(words: Words, minutes: int) -> str:
    return words.count(minutes, "minute")
