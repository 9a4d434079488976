"""The model of training: how many people of each class attend each course.

People who need the same hours and may attend the same courses are one class k of size(k) people.
complete[k] of them meet the deadline; whole[k, c] of these attend course c, and part[k, c] of the
others:

    whole:  whole[k, c] ≤ complete[k],
            Σ minutes(c) × whole[k, c] ≥ minutes(k) × complete[k], rounded up to whole courses
    part:   part[k, c] ≤ size(k) − complete[k]
    hours:  hours[k] ≤ Σ minutes(c) × part[k, c],  hours[k] ≤ minutes(k) × (size(k) − complete[k])
    seats:  Σ over k: whole[k, c] + part[k, c] ≤ seats(c)

Counts are enough: dealt out in turn, no course goes twice to one person, and all get equally many,
which are equal hours where the courses are equally long. Where they are not, or where courses
overlap, a class is one person, and whole + part of courses that overlap ≤ 1.

A variable for each person and course was tried first: a thousand people who share seats took
minutes, alike as they are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import combinations

from ortools.sat.python import cp_model

from planner.facts.training import Course, TrainingRequirement
from planner.plan.plan import Attendance


@dataclass(frozen=True)
class Class:
    """People who need the same minutes of a training, and the courses that serve all of them, in
    order of time.

    `whole` are the minutes of as many courses as complete the training, where these are equally
    long.
    """

    needs: tuple[TrainingRequirement, ...]
    courses: tuple[Course, ...]
    minutes: int
    whole: int

    @property
    def size(self) -> int:
        """How many people they are."""
        return len(self.needs)


def classes_of(needs: Iterable[TrainingRequirement], courses: Iterable[Course]) -> list[Class]:
    """The classes, by the need that comes first."""
    by_training: defaultdict[str, list[Course]] = defaultdict(list)
    for course in courses:
        by_training[course.training].append(course)
    uneven = {
        training
        for training, given in by_training.items()
        if len({course.minutes for course in given}) > 1
    }
    for one, other in _overlaps(by_training):
        uneven |= {one.training, other.training}
    alike: dict[tuple[str, int, tuple[Course, ...], str], list[TrainingRequirement]] = {}
    for need in needs:
        serving = tuple(filter(need.serves, by_training[need.training]))
        if serving:
            who = need.person.staff if need.training in uneven else ""
            alike.setdefault((need.training, need.minutes, serving, who), []).append(need)
    found = []
    for (training, minutes, serving, _), same in alike.items():
        length = 1 if training in uneven else serving[0].minutes
        same.sort(key=lambda need: (need.due or date.max, need.person.staff))
        found.append(Class(tuple(same), serving, minutes, -(-minutes // length) * length))
    return found


def _overlaps(by_training: dict[str, list[Course]]) -> Iterator[tuple[Course, Course]]:
    on: defaultdict[date, list[Course]] = defaultdict(list)
    for course in (course for given in by_training.values() for course in given):
        on[course.date].append(course)
    for same_day in on.values():
        yield from ((one, other) for one, other in combinations(same_day, 2) if one.overlaps(other))


class TrainingModel:
    """The classes, the courses with their seats, and what the model decides."""

    def __init__(self, classes: list[Class], seats: dict[Course, int | None]) -> None:
        self.classes = classes
        self.model = cp_model.CpModel()
        self.complete = [
            self.model.new_int_var(0, k.size, f"complete {n}") for n, k in enumerate(classes)
        ]
        self.whole = [
            {c: self.model.new_int_var(0, k.size, f"whole {n} {c}") for c in k.courses}
            for n, k in enumerate(classes)
        ]
        self.part = [
            {c: self.model.new_int_var(0, k.size, f"part {n} {c}") for c in k.courses}
            for n, k in enumerate(classes)
        ]
        for number in range(len(classes)):
            self._class(number)
        self._seats(seats)
        self._one_at_a_time()

    def _class(self, number: int) -> None:
        k, complete, whole, part = (
            self.classes[number],
            self.complete[number],
            self.whole[number],
            self.part[number],
        )
        for course in k.courses:
            self.model.add(whole[course] <= complete)
            self.model.add(part[course] <= k.size - complete)
        self.model.add(
            sum(course.minutes * whole[course] for course in k.courses) >= k.whole * complete
        )

    def _seats(self, seats: dict[Course, int | None]) -> None:
        there: defaultdict[Course, list[int]] = defaultdict(list)
        for number, k in enumerate(self.classes):
            for course in k.courses:
                there[course].append(number)
        for course, numbers in there.items():
            limit = seats[course]
            if limit is not None and sum(self.classes[n].size for n in numbers) > limit:
                self.model.add(
                    sum(self.whole[n][course] + self.part[n][course] for n in numbers) <= limit
                )

    def _one_at_a_time(self) -> None:
        mine: defaultdict[str, list[tuple[int, Course]]] = defaultdict(list)
        for number, k in enumerate(self.classes):
            if k.size == 1:
                mine[k.needs[0].person.staff] += [(number, course) for course in k.courses]
        for open_to in mine.values():
            for (one, course), (other, later) in combinations(open_to, 2):
                if course.overlaps(later):
                    both = (
                        self.whole[one][course],
                        self.part[one][course],
                        self.whole[other][later],
                        self.part[other][later],
                    )
                    self.model.add(sum(both) <= 1)

    @cached_property
    def aims(self) -> tuple[cp_model.LinearExprT, ...]:
        """What is made as large as possible, one after the other: deadlines met, minutes had in
        time, how early they are.
        """
        minutes: list[cp_model.LinearExprT] = []
        late: list[cp_model.LinearExprT] = []
        first = min((course.date for k in self.classes for course in k.courses), default=None)
        for k, complete, whole, part in zip(
            self.classes, self.complete, self.whole, self.part, strict=True
        ):
            had = self.model.new_int_var(0, k.minutes * k.size, "minutes")
            self.model.add(had <= sum(course.minutes * part[course] for course in k.courses))
            self.model.add(had <= k.minutes * (k.size - complete))
            minutes.append(had + k.minutes * complete)
            # Each day counts from 1, so that nobody attends more than helps.
            late += [
                ((course.date - first).days + 1) * (whole[course] + part[course])
                for course in k.courses
                if first
            ]
        return sum(self.complete), sum(minutes), -1 * sum(late)

    def extract(self, solver: cp_model.CpSolver) -> Iterator[Attendance]:
        """What a solution has everybody attend: each course goes to the next in turn."""
        for number, k in enumerate(self.classes):
            complete = solver.value(self.complete[number])
            yield from _dealt(
                k.needs[:complete],
                {c: solver.value(count) for c, count in self.whole[number].items()},
            )
            yield from _dealt(
                k.needs[complete:],
                {c: solver.value(count) for c, count in self.part[number].items()},
            )


def _dealt(
    needs: tuple[TrainingRequirement, ...], counts: dict[Course, int]
) -> Iterator[Attendance]:
    turn = 0
    for course, count in counts.items():
        for _ in range(count):
            need = needs[turn % len(needs)]
            yield Attendance(
                need.person.staff, course.training, course.date, course.start, course.end
            )
            turn += 1
