"""Say when a group, or a grade, may be served at all.

Windows of groups, and the blocks of a grade's day by what they permit.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from planner.facts.group_rows import PULLED_OUT, Group
from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.schools import Block
from planner.facts.service import Service
from planner.rules.windows import permits
from planner.slots.intervals import Span, joined, meet, without


@dataclass(frozen=True)
class Usable:
    """The minutes of a grade's day in which somebody may be served: pulled out, or else in class
    alone.

    `in_class` holds no minute of `pull_out`; both are in order of time, and parts that touch are
    one.
    """

    pull_out: tuple[Span, ...] = ()
    in_class: tuple[Span, ...] = ()

    @property
    def spans(self) -> list[Span]:
        """All of them."""
        return joined((*self.pull_out, *self.in_class))


def group_spans(
    problem: Problem, service: Service, day: str, *, anywhere: bool = False
) -> list[Span]:
    """Stretches of a day of which one must hold each session of a group.

    Not yet rounded to the grid. `anywhere` is for a district that has turned the rule `windows`
    off.
    """
    group = service.group
    assert group
    if anywhere:
        return [(0, MIDNIGHT)]
    hours = problem.hours(service.school, day)
    if hours is None:
        return []
    if group.windows:
        found = [(w.start, w.end) for w in group.windows if w.day == day]
    else:
        found = [hours]
        for grade in group.grades:
            blocks = problem.blocks_of.get((group.school, grade), ())
            found = meet(
                found, [(b.start, b.end) for b in blocks if _on(b, day) and permits(b, group)]
            )
    return without(meet(found, [hours]), [(w.start, w.end) for w in group.busy if w.day == day])


def in_class(problem: Problem, service: Service, day: str, spans: list[Span]) -> list[Span]:
    """Those parts of some stretches of a day in which a group's teacher is with the class; all of
    them where it has no teacher, or nothing is known of their week.
    """
    times = problem.teacher_times.get(service.teacher)
    if times is None:
        return spans
    taught = times.teaching(day)
    there = spans if taught is None else meet(spans, taught)
    return without(there, times.planning(day) or [])


def grade_usable(
    problem: Problem, school: str, grade: str, day: str, *, anywhere: bool = False
) -> Usable:
    """When somebody of a grade may be served: in blocks that permit it, or in the windows given to
    one of its groups.
    """
    hours = problem.hours(school, day)
    if hours is None:
        return Usable()
    if anywhere:
        return Usable((hours,))
    blocks = [block for block in problem.blocks_of.get((school, grade), ()) if _on(block, day)]
    given = [g for g in groups_of(problem, school, grade) if g.windows]
    out = [(b.start, b.end) for b in blocks if b.allows_pull_out]
    out += [
        (w.start, w.end) for g in given if g.mode in PULLED_OUT for w in g.windows if w.day == day
    ]
    inside = [(b.start, b.end) for b in blocks if b.allows_push_in]
    inside += [
        (w.start, w.end)
        for g in given
        if g.mode not in PULLED_OUT
        for w in g.windows
        if w.day == day
    ]
    pulled = meet(joined(out), [hours])
    return Usable(tuple(pulled), tuple(without(meet(joined(inside), [hours]), pulled)))


def groups_of(problem: Problem, school: str, grade: str) -> Sequence[Group]:
    """The groups of a school in which a grade takes part."""
    return problem.groups_in.get((school, grade), ())


def _on(block: Block, day: str) -> bool:
    return not block.days or day in block.days
