"""Who moves up a step, where the schedule has one."""

from collections.abc import Mapping

from planner.facts.sheets import Dataset
from planner.rollover.notes import CHANGED, LOOK, Note

Cells = Mapping[tuple[str, str], frozenset[str]]
"""The steps of each schedule and lane."""


def next_step(
    notes: list[Note],
    sheet: str,
    place: int,
    key: str,
    steps: Cells,
    schedule: str,
    lane: str,
    step: str,
) -> str:
    """The next step where the schedule has it; else the same, which is said where the schedule has
    several.
    """
    known = steps.get((schedule, lane), frozenset())
    if not step or known <= {step}:
        return step
    following = str(int(step) + 1) if step.isdecimal() else ""
    if following in known:
        notes.append(Note(CHANGED, sheet, place, key, f"step {step} → {following}"))
        return following
    of_lane = f"{schedule} {lane}".strip()
    why = (
        f"{of_lane} has no step {following}"
        if following
        else f"the steps of {of_lane} are not numbered"
    )
    notes.append(Note(LOOK, sheet, place, key, f"step {step} as before: {why}."))
    return step


def steps_of(data: Dataset) -> Cells:
    """The steps of each schedule and lane."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in data.pay:
        found.setdefault((row.schedule, row.lane), set()).add(row.step)
    return {key: frozenset(steps) for key, steps in found.items()}


def schedules_of(data: Dataset) -> dict[str, str]:
    """The schedule by which each job class is paid."""
    return {role.role: role.pay_schedule or role.role for role in data.roles}
