"""A position closes, opens or is handed over, at once or from a date, as changes of a scenario."""

from collections.abc import Iterator
from datetime import date

from planner.facts.assignments import HOLDS
from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.facts.stretches import DAY
from planner.plan.positions import kept_contract
from planner.scenario.leaving import leaves
from planner.scenario.wish_names import day_within, known, position_named, refuse
from planner.scenario.writing import ChangeMap


def closed(data: Dataset, position: str, on: str = "") -> list[ChangeMap]:
    """A position that is no longer budgeted, with the decisions about it; whoever held it and no
    other is gone with it, and whoever holds others as well keeps their part of the contract.

    With a last day it closes then, and who held it until then and holds no other leaves.
    """
    row = position_named(data, position)
    if on:
        return list(_closed_on(data, row, day_within(data, f"{position}={on}", on)))
    changes: list[ChangeMap] = [
        {"drop": {"sheet": "positions", "where": {"position": position}, "cascade": True}}
    ]
    for staff in holders(data, position):
        left = others(data, staff, position)
        changes += _keeps(data, staff, left) if left else leaves(data, staff)
    return changes


def opened(data: Dataset, position: str, on: str) -> list[ChangeMap]:
    """A vacant or proposed position that begins on a day."""
    row, said = position_named(data, position), f"{position}={on}"
    day = day_within(data, said, on)
    if row.status == "filled":
        refuse(said, "is filled.", "Hand it over (--hand-over), or close it (--close).")
    if row.end and row.end < day:
        refuse(said, f"is after it ends ({row.end.isoformat()}).")
    return [_set("positions", {"position": position}, {"start": day.isoformat()})]


def handed_over(data: Dataset, position: str, staff: str, on: str) -> list[ChangeMap]:
    """A position that somebody else holds from a day on; whoever holds it now does until the day
    before. A vacant one is filled from then.
    """
    row, said = position_named(data, position), f"{position}={staff}@{on}"
    known("person", staff, [person.staff for person in data.staff])
    day = day_within(data, said, on)
    if (row.start and day < row.start) or (row.end and row.end < day):
        refuse(said, "is outside the time of the position.")
    if row.status == "proposed":
        refuse(said, "is proposed: the plan says whether it is bought.", "Make it vacant first.")
    first = row.start or data.district.year_start
    changes = [*_until(data, row, day - DAY)]
    rows = [one for one in data.assignments if one.position == position and one.kind == HOLDS]
    if row.staff and not rows and first < day:
        changes.append(_add(position, row.staff, to=(day - DAY).isoformat()))
    if row.staff:
        changes.append(_set("positions", {"position": position}, {"staff": ""}))
    if row.status == "vacant":
        changes.append(_set("positions", {"position": position}, {"status": "filled"}))
    return [*changes, _add(position, staff, **{"from": day.isoformat()})]


def _closed_on(data: Dataset, row: Position, last: date) -> Iterator[ChangeMap]:
    """The changes by which a position ends on a day."""
    said = f"{row.position}={last.isoformat()}"
    if row.start and last < row.start:
        refuse(said, f"is before it begins ({row.start.isoformat()}).", "Close it wholly.")
    if row.end and row.end <= last:
        refuse(said, f"is not before it ends ({row.end.isoformat()}).")
    yield from _until(data, row, last)
    yield _set("positions", {"position": row.position}, {"end": last.isoformat()})
    for person in data.staff:
        there = person.end_date is None or person.end_date > last
        goes = there and _holds_after(data, row, person.staff, last)
        if goes and not others(data, person.staff, row.position):
            yield from leaves(data, person.staff, last.isoformat())


def _until(data: Dataset, row: Position, last: date) -> Iterator[ChangeMap]:
    """The rows of the sheet `assignments` of a position, none later than a day."""
    for said in data.assignments:
        if said.position != row.position:
            continue
        where = {
            "position": said.position,
            "staff": said.staff,
            "from": said.from_.isoformat() if said.from_ else "",
            "kind": said.kind,
        }
        if (said.from_ or row.start or data.district.year_start) > last:
            yield {"drop": {"sheet": "assignments", "where": where}}
        elif said.to is None or said.to > last:
            yield _set("assignments", where, {"to": last.isoformat()})


def _holds_after(data: Dataset, row: Position, staff: str, last: date) -> bool:
    """Whether somebody would hold a position, or fill it, on a later day."""
    rows = [one for one in data.assignments if one.position == row.position]
    if row.staff == staff and not any(one.kind == HOLDS for one in rows):
        return True
    return any(one.staff == staff and (one.to is None or one.to > last) for one in rows)


def holders(data: Dataset, position: str) -> list[str]:
    """Everybody who holds or fills a position at any time."""
    own = (row.staff for row in data.positions if row.position == position and row.staff)
    assigned = (row.staff for row in data.assignments if row.position == position)
    return list(dict.fromkeys((*own, *assigned)))


def others(data: Dataset, staff: str, position: str) -> list[Position]:
    """The other positions that somebody holds or fills at any time."""
    return [
        row
        for row in data.positions
        if row.position != position and staff in holders(data, row.position)
    ]


def _keeps(data: Dataset, staff: str, left: list[Position]) -> Iterator[ChangeMap]:
    """The contract of somebody who loses one of their positions, as the plan that cuts it has it.

    Nothing where it stays as it is: the others were held before or after this one.
    """
    person = next(one for one in data.staff if one.staff == staff)
    kept = [one for one in left if one.status == "filled"]
    after = kept_contract(Problem(data), person, kept)
    if after != person:
        cell = "fte" if after.week_minutes is None else "week_minutes"
        said = after.fte if after.week_minutes is None else after.week_minutes
        yield _set("staff", {"staff": staff}, {cell: str(said)})


def _set(sheet: str, where: dict[str, str], values: dict[str, str]) -> ChangeMap:
    return {"set": {"sheet": sheet, "where": where, "values": values}}


def _add(position: str, staff: str, **dates: str) -> ChangeMap:
    return {"add": {"sheet": "assignments", "row": {"position": position, "staff": staff, **dates}}}
