"""What is to be said of a dataset before it is planned: every fault, or, where there is none, what
a timetable still lacks and what is hardly meant.
"""

from collections.abc import Mapping, Sequence

from planner.facts.problem import Problem
from planner.sheets.consistency.broken_rules import find_broken_rules
from planner.sheets.dataset import contract_sheets, parse
from planner.sheets.dataset_warnings import (
    beyond_the_calendar,
    hardly_said,
    hidden,
    never_served,
    without_a_way,
)
from planner.sheets.missing_sheets import further_needs, timetable_needs
from planner.sheets.raw_table import RawSheet
from planner.words.errors import DatasetError, Fault


def validated(tables: Mapping[str, RawSheet], name: str) -> tuple[Problem, list[Fault]]:
    """Read the problem that sheets of text pose.

    Returns:
        The problem, and the funds that are too small for their filled positions, as warnings.

    Raises:
        DatasetError: Something is wrong: every fault, the sheets that a timetable needs as well,
            and hidden rows.
    """
    overdrawn: list[Fault] = []
    try:
        return Problem(parse(tables, overdrawn), name), overdrawn
    except DatasetError as error:
        named, _ = contract_sheets(tables)
        raise DatasetError(
            [*error.faults, *further_needs(named, error.faults), *hidden(named)]
        ) from None


def remarks(
    problem: Problem, tables: Mapping[str, RawSheet], overdrawn: Sequence[Fault] = ()
) -> list[Fault]:
    """What is to be said of sheets that are in order: those that a timetable still needs, then
    warnings; `overdrawn` are those of funds.
    """
    named, _ = contract_sheets(tables)
    needed = list(timetable_needs(named))
    # Where nobody is there to serve yet, every group lacks them: the step says it once.
    unserved = () if needed else never_served(problem, named)
    return [
        *needed,
        *unserved,
        *overdrawn,
        *find_broken_rules(problem, named),
        *hardly_said(named, problem.data.reading),
        *beyond_the_calendar(problem, named),
        *without_a_way(problem, named),
        *hidden(named),
    ]
