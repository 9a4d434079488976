"""`planner slots`: show which minutes of each grade are usable, taken and free.

And which grade is short however one schedules.
"""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import typer

from planner.facts.cell_formats import clock, nearest
from planner.slots.intervals import Span
from planner.slots.open_slots import FreeTime, GradeSlots, Opening, OpenSlots, open_slots
from planner.slots.shortage import Shortage
from planner.words.errors import WrongInput
from ui.cli.dataset_choice import opened
from ui.cli.exits import Exit
from ui.cli.plan_choice import read_chosen
from ui.cli.streams import print_json
from ui.render import slots_text


def run(
    data: Path | None,
    example: str | None,
    plan: Path | None,
    school: str | None,
    grade: str | None,
    *,
    scenario: Path | None = None,
    as_json: bool,
) -> Exit:
    """Work out and say. Raises WrongInput or DatasetError where dataset or plan cannot be read, or
    a name is unknown.
    """
    problem = opened(data, example, scenario)
    schools = {school} if school else set(problem.schools)
    if school:
        _known("school", school, problem.schools)
    if grade:
        _known("grade", grade, problem.data.district.grades)
    read = read_chosen(plan, problem) if plan else None
    made, problem = (read.plan, read.problem) if read else (None, problem)
    slots = open_slots(problem, made, schools)
    chosen = tuple(g for g in slots.grades if grade in (None, g.grade))
    if not chosen:
        where = f" at {school}" if grade and school else ""
        raise WrongInput(
            f"{f'Grade {grade}' if grade else school or 'The district'} has neither blocks nor "
            f"groups{where}."
        )
    short = tuple(s for s in slots.shortages if grade is None or grade in s.grades)
    slots = replace(slots, grades=chosen, shortages=short)
    free = FreeTime(problem, made)
    if as_json:
        print_json(_as_data(slots, free, planned=made is not None))
    else:
        typer.echo(
            slots_text.as_text(problem, slots, free if grade else None, planned=made is not None)
        )
    return Exit.DONE


def _known(what: str, name: str, names: Iterable[str]) -> None:
    known = list(names)
    if name not in known:
        fix = nearest(name, known) or f"There are {', '.join(known)}."
        raise WrongInput(f"There is no {what} '{name}'. {fix}")


def _as_data(slots: OpenSlots, free: FreeTime, *, planned: bool) -> dict[str, Any]:
    return {
        "planned": planned,
        "grades": [
            _grade(found, list(free.openings(found)), planned=planned) for found in slots.grades
        ],
        "shortages": [_shortage(found) for found in slots.shortages],
    }


def _grade(found: GradeSlots, openings: list[Opening], *, planned: bool) -> dict[str, Any]:
    """A grade; what only a plan can say is null without one."""
    return {
        "school": found.school,
        "grade": found.grade,
        "usable": found.usable,
        "taken": found.taken if planned else None,
        "free": found.free if planned else None,
        "owed": found.owed,
        "delivered": found.delivered if planned else None,
        "short": found.short,
        "days": {
            day: {
                "pull_out": _spans(each.usable.pull_out),
                "in_class": _spans(each.usable.in_class),
                "taken": _spans(each.taken) if planned else None,
            }
            for day, each in found.days.items()
        },
        "openings": [
            {
                "day": opening.day,
                "start": clock(opening.start),
                "end": clock(opening.end),
                "way": opening.way,
                "rooms": opening.rooms,
                "adults": [
                    {"staff": a.staff, "start": clock(a.start), "end": clock(a.end)}
                    for a in opening.adults
                ],
            }
            for opening in openings
        ],
    }


def _shortage(found: Shortage) -> dict[str, Any]:
    return {
        "school": found.school,
        "grades": list(found.grades),
        "groups": list(found.groups),
        "only": list(found.only),
        "owed": found.owed,
        "at_most": found.most.minutes,
        "short": found.minutes,
        "by_day": {day.day: day.minutes for day in found.most.days},
        "sentence": found.sentence,
    }


def _spans(spans: Iterable[Span]) -> list[list[str]]:
    return [[clock(start), clock(end)] for start, end in spans]
