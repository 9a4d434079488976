"""Hand-made datasets and plans of a few rows, in which one rule can be seen at a time."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.oracle import check

Plan = dict[str, Any]
DISTRICT = "name,year_start,year_end,cycle,jurisdiction\nD,2026-08-31,2027-06-18,Mon;Tue,"
BASE = {
    "district": DISTRICT,
    "schools": "school,name\nA,A\nB,B",
    "roles": "role,title,obligation_minutes,lunch_minutes,contract_days\nr,R,420,30,190",
    "staff": "staff,role,start\np,r,08:00",
    "groups": "group,school,grades,tier,minutes,sessions,windows\ng,A,K,2,60,1,all 00:00-24:00",
}


def write(folder: Path, **sheets: str) -> None:
    """Write the base sheets, or those given in their place; sheets of an earlier call go."""
    for path in folder.glob("*.csv"):
        path.unlink()
    for sheet, text in (BASE | sheets).items():
        (folder / f"{sheet}.csv").write_text(text + "\n")


def halves(span: str) -> tuple[str, str]:
    """Start and end of `HH:MM-HH:MM`."""
    start, end = span.split("-")
    return start, end


def placed(
    staff: str,
    day: str,
    school: str = "A",
    shift: str = "08:00-15:30",
    lunch: str = "11:30-12:00",
    **more: Any,
) -> Plan:
    """A placement; `half` and `preparation` (spans) may be given."""
    row: Plan = {"staff": staff, "day": day, "school": school, "half": more.get("half", "day")}
    row |= dict(zip(("shift_start", "shift_end"), halves(shift), strict=True))
    row |= dict(
        zip(("lunch_start", "lunch_end"), halves(lunch) if lunch else (None, None), strict=True)
    )
    blocks = [
        dict(zip(("start", "end"), halves(span), strict=True))
        for span in more.get("preparation", ())
    ]
    return row | {"preparation": blocks}


def given(
    service: str,
    day: str,
    span: str,
    staff: str = "p",
    school: str = "A",
    kind: str = "group",
    dates: str = "",
) -> Plan:
    """A session; staff and dates are `;` lists."""
    start, end = halves(span)
    row: Plan = {
        "service": service,
        "kind": kind,
        "school": school,
        "staff": staff.split(";"),
        "day": day,
    }
    return row | {"start": start, "end": end, "dates": [when for when in dates.split(";") if when]}


def plan(*rows: Plan, weekly: bool = True) -> Plan:
    """A plan of placements, sessions and attended offerings; `weekly` places p on both days where
    nothing else is said.
    """
    found: Plan = {"placements": [], "sessions": [], "training": []}
    for row in rows:
        kind = "training" if "training" in row else "sessions" if "service" in row else "placements"
        found[kind].append(row)
    if weekly and not found["placements"]:
        found["placements"] = [placed("p", "Mon"), placed("p", "Tue")]
    return found


def faults(folder: Path, *rows: Plan, **sheets: str) -> list[str]:
    """What the oracle finds in a plan of these rows."""
    write(folder, **sheets)
    return check(folder, plan(*rows))
