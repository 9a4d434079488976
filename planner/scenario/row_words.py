"""Name rows and cells of a dataset as a planner does.

Names come first, ids where two could be meant.
"""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from planner.facts.assignments import Assignment
from planner.facts.cell_formats import clock
from planner.facts.cell_type import Frequency, Reading
from planner.facts.funds import Fund, Position
from planner.facts.row import SheetRow
from planner.facts.schools import Block
from planner.facts.sheets import SHEETS, Dataset, heading
from planner.facts.staff_rows import Staff
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.wording import Words, clock_range, grades, listed

NAMED = ("schools", "staff", "roles", "teachers")
"""Sheets whose rows have a name beside their id."""


class RowWords:
    """What the rows of one or two datasets are called; of a name that both hold, the later one
    counts.
    """

    def __init__(self, *datasets: Dataset) -> None:
        district = datasets[-1].district
        self.words = Words(district.locale)
        self.currency = district.currency
        self.reading: Reading = datasets[-1].reading
        self.schools = {row.school: row.name for data in datasets for row in data.schools}
        self.titles = {row.role: row.title for data in datasets for row in data.roles}
        self.staff = {row.staff: row.called for data in datasets for row in data.staff}
        self.funds = {row.fund: row for data in datasets for row in data.funds}

    def called(self, sheet: str, row: SheetRow) -> str:
        """`Title I's t1-jun`, `P-014 (Interventionist at Elm)`, `ESP 7`; a key where a row has no
        name.
        """
        if isinstance(row, Fund):
            return self.fund(row)
        if isinstance(row, Position):
            return self.position(row)
        if isinstance(row, Staff):
            return row.called
        if isinstance(row, Assignment):
            return f"{row.position}, {self.staff.get(row.staff, row.staff)}"
        if isinstance(row, Block):
            subject = f" ({row.subject})" if row.subject else ""
            return (
                f"{self.schools.get(row.school, row.school)}, "
                f"{grades(row.grades, self.reading.grades)} {row.kind}{subject}"
            )
        if sheet == "schools":
            return self.schools.get(str(getattr(row, "school", "")), "")
        if sheet == "roles":
            return self.titles.get(str(getattr(row, "role", "")), "")
        if sheet == "district":
            return "The district"
        names = [self.said(sheet, heading(name), getattr(row, name)) for name in SHEETS[sheet].KEY]
        school = getattr(row, "school", "")
        at = (
            f" at {self.schools.get(school, school)}"
            if sheet in ("groups", "duties") and school
            else ""
        )
        return f"{_singular(sheet)} {' '.join(name for name in names if name != 'blank')}{at}"

    def fund(self, row: Fund) -> str:
        """`title-1 at Juniper Wash Elementary`; with the fund's id where the program has several
        funds there.
        """
        where = f"at {self.schools.get(row.school, row.school)}" if row.school else "(pooled)"
        twins = [
            other
            for other in self.funds.values()
            if (other.program, other.school) == (row.program, row.school)
        ]
        return f"{row.program} {where}" + (
            f", fund {row.fund}" if len({other.fund for other in twins}) > 1 else ""
        )

    def position(self, row: Position) -> str:
        """`P-014 (Interventionist at Elm Elementary, EI-05)`."""
        where = (
            f" at {listed([self.schools.get(school, school) for school in row.school])}"
            if row.school
            else ""
        )
        holder = f", {self.staff.get(row.staff, row.staff)}" if row.staff else ""
        return f"{row.position} ({self.titles.get(row.role, row.role)}{where}{holder})"

    def said(self, sheet: str, column: str, value: Any) -> str:
        """A value of a cell."""
        described = columns_by_heading(sheet)[column][1]
        kind = described.cell.kind
        if value is None or value == () or (value == "" and kind != "text"):
            return (
                str(described.default)
                if isinstance(described.default, str) and described.default
                else "blank"
            )
        if kind == "money":
            return self.words.money(value, self.currency)
        if kind == "FTE":
            return f"{self.words.fte(value)} FTE"
        if kind == "percentage":
            return f"{self.words.exact(value)} %"
        if isinstance(value, bool):
            return "yes" if value else "no"
        if kind == "clock time":
            return clock(value)
        if isinstance(value, date):
            return self.words.day(value)
        if isinstance(value, Decimal):
            return self.words.exact(value)
        if kind in ("id", "ids"):
            return self._names(described.refers_to, (value,) if isinstance(value, str) else value)
        if kind == "sessions" and isinstance(value, Frequency):
            return str(value.times) if value.per == "cycle" else f"{value.times} a {value.per}"
        return str(described.cell.write(value, self.reading)) or "blank"

    def _names(self, targets: tuple[str, ...], ids: Iterable[str]) -> str:
        """Ids of schools, staff and roles by their names."""
        known = {"schools": self.schools, "staff": self.staff, "roles": self.titles}
        found = [
            next((known[sheet][name] for sheet in targets if name in known.get(sheet, ())), name)
            for name in ids
        ]
        return listed(found)

    def block_times(self, row: Block, *, every_day: bool = False) -> str:
        """`Mon-Thu 9:00–9:45`; that it is on all days is said where it matters (`every_day`)."""
        days = str(columns_by_heading("blocks")["days"][1].cell.write(row.days, self.reading))
        said = ("all days " if every_day else "") if days in ("", "all") else f"{days} "
        return said + clock_range(row.start, row.end)

    def percent(self, before: Decimal, after: Decimal) -> str:
        """`−8 %`: how much more or less, with one decimal where it is not whole."""
        share = round((after - before) / before * 100, 1)
        return (
            f"{self.words.signed(float(share), 0 if share == share.to_integral_value() else 1)} %"
        )


def _singular(sheet: str) -> str:
    if sheet in ("pay", "travel", "training", "calendar"):
        return sheet
    return {"duties": "duty"}.get(sheet, sheet.removesuffix("s"))
