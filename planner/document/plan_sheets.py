"""The sheets of a plan's workbook made into the rows of its document: headings are checked, lists
are taken apart; what the cells name is checked later, as that of a `plan.json` is.
"""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeVar, get_args

from planner.document.plan_rows import COLUMNS, POSITIONS, Placed, PlacedRows, PlanRow
from planner.document.position_rows import AllowanceRow, FundShare, PositionRow
from planner.document.timetable_rows import AttendanceRow, PlacementRow, SessionRow, Stretch
from planner.facts.cell_formats import CellType, Share, Shares, nearest
from planner.facts.cell_numbers import fte
from planner.facts.problem import Problem
from planner.plan.positions import decimal_fte, funded
from planner.sheets.raw_table import RawSheet, column_letters
from planner.sheets.sheet_reading import folded, is_remark
from planner.words.errors import Fault

REQUIRED = {
    "sessions": ("service", "staff", "day", "start"),
    "placements": ("staff", "day", "school", "shift_start", "shift_end"),
    "training": COLUMNS["training"],
}
MAY_BE_MISSING = ("training",)
"""Sheets that a plan need not have: where nobody needs training, there is none."""
_SHARES: CellType = get_args(Shares)[1]

R = TypeVar("R")
Cells = Mapping[str, str]


def sheet_rows(tables: Mapping[str, RawSheet], problem: Problem) -> tuple[PlacedRows, list[Fault]]:
    """The rows of the tables `sessions`, `placements`, `training` and `positions`; and every fault
    of their form.
    """
    faults: list[Fault] = []
    return PlacedRows(
        positions=_positions(tables.get(POSITIONS), problem, faults),
        sessions=_rows("sessions", tables.get("sessions"), _session, faults),
        placements=_rows("placements", tables.get("placements"), _placement, faults),
        training=_rows("training", tables.get("training"), _attendance, faults),
    ), faults


def _rows(
    sheet: str, table: RawSheet | None, row_of: Callable[[Cells], R], faults: list[Fault]
) -> tuple[Placed[R], ...]:
    if table is None:
        if sheet not in MAY_BE_MISSING:
            fix = "A plan has the sheets sessions and placements."
            faults.append(Fault(sheet, 0, "", "", "is missing.", fix))
        return ()
    if table.broken:
        faults.append(Fault(sheet, table.broken_row, "", "", *table.broken, table.file))
        return ()
    names = _headings(sheet, table, faults)
    if not set(REQUIRED[sheet]) <= set(names.values()):
        return ()
    letters = {
        name: column_letters(table.columns[written])
        for written, name in names.items()
        if written in table.columns
    }
    unreadable = _find_unreadable(sheet, table, names, faults)
    return tuple(
        Placed(
            row_of({names[name]: text.strip() for name, text in cells.items() if name in names}),
            PlanRow(sheet, number, letters),
            table.file,
        )
        for number, cells in table.rows
        if number not in unreadable and any(name in names for name in cells)
    )


def _find_unreadable(
    sheet: str, table: RawSheet, names: Mapping[str, str], faults: list[Fault]
) -> set[int]:
    """The rows with a cell that has no value to read; a fault for each, and for each cell under no
    heading.
    """
    for (number, written), words in sorted(table.unreadable.items()):
        if written in names:
            cell = table.cell(written, number)
            faults.append(Fault(sheet, number, names[written], "", *words, table.file, cell))
    for number, cells in table.rows:
        if "" in cells:
            rule, fix = (
                "stands under no heading.",
                "Give its column a name that begins with _, or delete it.",
            )
            faults.append(
                Fault(sheet, number, "", cells[""], rule, fix, table.file, table.cell("", number))
            )
    return {number for number, written in table.unreadable if written in names}


def _headings(sheet: str, table: RawSheet, faults: list[Fault]) -> dict[str, str]:
    """The contract's column for each heading of a table; a fault for each that is unknown or
    missing.
    """
    by_fold = {folded(name).replace("_", " "): name for name in COLUMNS[sheet]}
    names: dict[str, str] = {}
    unknown = []
    row = table.heading_row

    def fault(written: str, rule: str, fix: str, cell: str) -> None:
        faults.append(Fault(sheet, row, written, "", rule, fix, table.file, cell))

    for written in table.headings:
        name = by_fold.get(folded(written).replace("_", " "))
        if name and name not in names.values():
            names[written] = name
        elif name:
            fault(written, "is there twice.", "Keep one of the columns.", table.cell(written, row))
        elif not is_remark(written):
            unknown.append(written)
    if not names:
        fault(
            "",
            "holds no headings: the row with the names of the columns is missing.",
            f"Write into it: {', '.join(COLUMNS[sheet])}.",
            f"A{row}" if table.columns else "",
        )
        return {}
    missing = [name for name in REQUIRED[sheet] if name not in names.values()]
    for written in unknown:
        # A required column that is missing is the likeliest to be misspelt.
        fix = (
            nearest(written, missing)
            or nearest(written, COLUMNS[sheet])
            or "Begin its name with _ to keep it as a remark."
        )
        fault(written, "is no column of this sheet.", fix, table.cell(written, row))
    for name in missing:
        blank = table.cell("", row) if len(missing) == 1 else ""
        fix = f"Write {name} into {blank}." if blank else ""
        fault(name, "is a required column and is missing.", fix, blank)
    return names


def _session(cells: Cells) -> SessionRow:
    return SessionRow(
        service=cells.get("service", ""),
        kind=cells.get("kind", ""),
        school=cells.get("school", ""),
        staff=_listed(cells, "staff"),
        day=cells.get("day", ""),
        start=cells.get("start", ""),
        end=cells.get("end", ""),
        place=cells.get("place", ""),
        dates=_listed(cells, "dates"),
    )


def _placement(cells: Cells) -> PlacementRow:
    return PlacementRow(
        staff=cells.get("staff", ""),
        position=cells.get("position", ""),
        day=cells.get("day", ""),
        half=cells.get("half", ""),
        school=cells.get("school", ""),
        shift_start=cells.get("shift_start", ""),
        shift_end=cells.get("shift_end", ""),
        lunch_start=cells.get("lunch_start"),
        lunch_end=cells.get("lunch_end"),
        preparation=tuple(map(_stretch, _listed(cells, "preparation"))),
    )


def _attendance(cells: Cells) -> AttendanceRow:
    return AttendanceRow(
        staff=cells.get("staff", ""),
        training=cells.get("training", ""),
        date=cells.get("date", ""),
        start=cells.get("start", ""),
        end=cells.get("end", ""),
    )


def _listed(cells: Cells, column: str) -> tuple[str, ...]:
    return tuple(piece.strip() for piece in cells.get(column, "").split(";") if piece.strip())


def _stretch(text: str) -> Stretch:
    """`10:40-11:20`; what is none is kept as it is written, to be said later."""
    start, _, end = text.replace("–", "-").partition("-")
    return Stretch(start=start.strip(), end=end.strip())


def _positions(
    table: RawSheet | None, problem: Problem, faults: list[Fault]
) -> tuple[Placed[PositionRow], ...] | None:
    """The positions; None where a plan has no such sheet, for a timetable alone needs none."""
    if table is None:
        return None
    placed = []
    for number, written in table.rows:
        cells = {folded(name).replace(" ", "_"): text.strip() for name, text in written.items()}
        place, file = PlanRow(POSITIONS, number, {}), table.file
        before = len(faults)
        row = _PositionCells(place, file, cells, problem, faults).row()
        if len(faults) == before:
            placed.append(Placed(row, place, file))
    return tuple(placed)


class _PositionCells:
    """The cells of a position, made into its row."""

    def __init__(
        self, place: PlanRow, file: str, cells: Cells, problem: Problem, faults: list[Fault]
    ) -> None:
        self.place, self.file, self.cells = place, file, cells
        self.problem, self.faults = problem, faults

    def row(self) -> PositionRow:
        """The row; what is wrong with a cell is noted."""
        cells = self.cells
        extra = self._shares("allowance_funding")
        allowances = _listed(cells, "allowances")
        for share in extra:
            if share.allowance not in allowances:
                self._fault(
                    "allowance_funding", share.allowance, "is no allowance of this position."
                )
        pay = {name: cells[name] for name in ("lane", "step") if name in cells}
        return PositionRow(
            position=cells.get("position", ""),
            role=cells.get("role", ""),
            school=_listed(cells, "school"),
            staff=cells.get("staff", ""),
            fte=self._fte(),
            funding=tuple(map(_fund_share, self._shares("funding"))),
            allowances=tuple(
                AllowanceRow(
                    allowance=name,
                    funding=tuple(_fund_share(share) for share in extra if share.allowance == name),
                )
                for name in allowances
            ),
        ).model_copy(update=pay)

    def _fte(self) -> Decimal:
        """The FTE written; a blank cell holds what the dataset says."""
        text = self.cells.get("fte", "")
        try:
            if text:
                return fte(text)
        except ValueError as error:
            self._fault("fte", text, str(error))
        row = self.problem.positions.get(self.cells.get("position", ""))
        return decimal_fte(funded(self.problem, row).fte) if row else Decimal(0)

    def _shares(self, column: str) -> tuple[Share, ...]:
        text = self.cells.get(column, "")
        try:
            shares: tuple[Share, ...] = _SHARES.parse(text, self.problem.data.reading)
        except ValueError as error:
            self._fault(column, text, str(error))
            return ()
        return shares

    def _fault(self, column: str, value: str, rule: str) -> None:
        place = self.place
        self.faults.append(Fault(place.sheet, place.number, column, value, rule, "", self.file))


def _fund_share(share: Share) -> FundShare:
    return FundShare(fund=share.fund, percent=share.percent)
