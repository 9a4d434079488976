"""When adults who are not planned have planning time, and when they teach.

Facts for observations and debriefs, and for groups that are served in a teacher's class.
"""

from collections.abc import Mapping

from planner.facts.schools import Block, Teacher

Spans = list[tuple[int, int]]
TAUGHT = ("core", "flex")
"""Kinds of block in which a teacher is with the class."""


class TeacherTimes:
    """One teacher's week. Where nothing at all is known of it, any time will do."""

    def __init__(
        self, teacher: Teacher, blocks_of: Mapping[tuple[str, str], tuple[Block, ...]]
    ) -> None:
        self._teacher = teacher
        self._blocks = [
            block
            for grade in teacher.grades
            for block in blocks_of.get((teacher.school, grade), ())
        ]

    def planning(self, day: str) -> Spans | None:
        """Their planning time on a day: what is given, else the specials of their grades; None
        where neither is known.
        """
        given = self._teacher.planning
        if given:
            return [(window.start, window.end) for window in given if window.day == day]
        return self._in(("specials",), day)

    def teaching(self, day: str) -> Spans | None:
        """When they are with a class on a day: core and flex of their grades; None where no such
        block is known.
        """
        return self._in(TAUGHT, day)

    def _in(self, kinds: tuple[str, ...], day: str) -> Spans | None:
        blocks = [block for block in self._blocks if block.kind in kinds]
        if not blocks:
            return None
        return sorted(
            (block.start, block.end) for block in blocks if not block.days or day in block.days
        )
