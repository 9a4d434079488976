"""Rows taken away, and what becomes of the cells that name them.

With a cascade, an id is taken out of a list in which others remain; funding by a fund that goes is
left to the plan; where a blank cell would say nothing (a supervisor, a home school, the holder of a
position, which is vacant then) the cell is emptied. Every other row that names what goes is dropped
as well, because a blank would mean something else (`all`, `anyone`), and so on.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from planner.facts.cell_formats import Percents, Share
from planner.facts.sheets import SHEETS, heading
from planner.scenario.draft import RowOrigin, SheetDraft, column_of
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.wording import listed

Gone = set[tuple[str, str]]
"""Ids that are no longer there: (sheet, id)."""
Cell = tuple[str, int, str]
"""Sheet, row and column."""
MOST_NAMED = 8
SCOPES = {
    "role": "roles",
    "school": "schools",
    "staff": "staff",
    "group": "groups",
    "fund": "funds",
    "program": "programs",
    "allowance": "allowances",
    "oncost": "oncosts",
}


def drop_rows(
    draft: SheetDraft, sheet: str, rows: Iterable[int], origin: RowOrigin, *, cascade: bool
) -> str:
    """Drop rows, with a cascade all that goes with them. Without one, where others refer to them,
    nothing is dropped, and what refers is said: `positions P-014 (staff)`; else blank.
    """
    going: list[tuple[str, int]] = [(sheet, number) for number in rows]
    referring = list(_referring(draft, _ids(draft, going), set(going)))
    if referring and not cascade:
        return _said(draft, referring)
    held = _held(draft)
    while going:
        gone = _ids(draft, going)
        for where, number in going:
            draft.drop(where, number)
        going = []
        for where, number, column in list(_referring(draft, gone, set())):
            if (where, number) not in going and not _spared(
                draft, where, number, column, gone, origin
            ):
                going.append((where, number))
    _vacate(draft, held - _held(draft), origin)
    return ""


def _held(draft: SheetDraft) -> set[str]:
    """The positions that somebody holds, by their own row or by one of the sheet `assignments`."""
    own = {
        str(draft.value("positions", number, "position"))
        for number in draft.rows("positions")
        if draft.value("positions", number, "staff")
    }
    assigned = {
        str(draft.value("assignments", number, "position")) for number in draft.rows("assignments")
    }
    return own | assigned


def _vacate(draft: SheetDraft, positions: set[str], origin: RowOrigin) -> None:
    """Make filled positions vacant that nobody holds any longer."""
    for number in draft.rows("positions"):
        if str(draft.value("positions", number, "position")) in positions and (
            draft.value("positions", number, "status") == "filled"
        ):
            draft.write("positions", number, "status", "vacant", origin)


def _ids(draft: SheetDraft, going: Iterable[tuple[str, int]]) -> Gone:
    """The ids that no row says any longer once some are gone."""
    rows = set(going)
    found: Gone = set()
    for sheet in {sheet for sheet, _ in rows}:
        if not SHEETS[sheet].KEY:
            continue
        column = heading(SHEETS[sheet].KEY[0])
        lost = {draft.value(sheet, number, column) for where, number in rows if where == sheet}
        stays = {
            draft.value(sheet, number, column)
            for number in draft.rows(sheet)
            if (sheet, number) not in rows
        }
        found |= {(sheet, str(name)) for name in lost - stays}
    return found


@cache
def _columns() -> Mapping[str, tuple[str, ...]]:
    """By sheet, the columns that may name an id of another."""
    return {
        sheet: tuple(
            name
            for name, (_, column) in columns_by_heading(sheet).items()
            if column.refers_to or column.cell.kind in ("scope", "percentages")
        )
        for sheet in SHEETS
    }


def _referring(draft: SheetDraft, gone: Gone, but: set[tuple[str, int]]) -> Iterator[Cell]:
    """The cells that name what is gone, in the order of the sheets; without those of some rows."""
    if not gone:
        return
    for sheet, columns in _columns().items():
        for number in draft.rows(sheet):
            if (sheet, number) in but:
                continue
            for column in columns:
                if column in draft.rows(sheet)[number] and _names(
                    draft, sheet, number, column, gone
                ):
                    yield sheet, number, column


def _names(draft: SheetDraft, sheet: str, number: int, column: str, gone: Gone) -> list[object]:
    """The parts of a cell that name what is gone."""
    value = draft.value(sheet, number, column)
    parts = sorted(value, key=str) if isinstance(value, frozenset) else [value]
    targets = column_of(sheet, column).refers_to
    return [
        part
        for part in parts
        if any(
            name in gone and not _elsewhere(draft, name, targets) for name in _ids_in(part, targets)
        )
    ]


def _ids_in(part: object, targets: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What a part of a cell may name, by the sheet in which it would stand."""
    if isinstance(part, Share):
        yield "funds", part.fund
        yield "allowances", part.allowance
    elif isinstance(part, Percents):
        yield "roles", part.role
    elif isinstance(part, str):
        yield from ((target, part) for target in targets)
        scope, colon, name = part.partition(":")
        if colon and not targets:
            yield SCOPES.get(scope.strip(), ""), name.strip()


def _elsewhere(draft: SheetDraft, name: tuple[str, str], targets: tuple[str, ...]) -> bool:
    """Whether another sheet in which an id may stand holds it."""
    others = [sheet for sheet in targets if sheet != name[0]]
    return any(draft.find(sheet, {heading(SHEETS[sheet].KEY[0]): (name[1],)}) for sheet in others)


def _spared(
    draft: SheetDraft, sheet: str, number: int, column: str, gone: Gone, origin: RowOrigin
) -> bool:
    """Takes what is gone out of a cell, if its row can stay without it."""
    named = _names(draft, sheet, number, column, gone)
    if not named:
        return True
    described = column_of(sheet, column)
    kind = described.cell.kind
    if kind in ("shares", "percentages"):
        value = draft.value(sheet, number, column)
        lost_fund = any(isinstance(part, Share) and ("funds", part.fund) in gone for part in named)
        left = [] if lost_fund else [part for part in value if part not in named]
        draft.write(
            sheet,
            number,
            column,
            str(described.cell.write(sorted(left, key=str), draft.reading)),
            origin,
        )
        return True
    means_something = (
        described.required or isinstance(described.default, str) and bool(described.default)
    )
    if kind == "ids":
        left = [
            name
            for name in draft.rows(sheet)[number][column].split(";")
            if name.strip() and name.strip() not in named
        ]
        if not left and means_something:
            return False
        draft.write(sheet, number, column, ";".join(name.strip() for name in left), origin)
        return True
    if means_something:
        return False
    draft.write(sheet, number, column, "", origin)
    return True


def _said(draft: SheetDraft, referring: Iterable[Cell]) -> str:
    """`positions P-014 and P-015 (staff), 12 rows of members (group)`."""
    found: dict[tuple[str, str], list[str]] = {}
    for sheet, number, column in referring:
        found.setdefault((sheet, column), []).append(draft.called(sheet, number))
    told = []
    for (sheet, column), names in found.items():
        who = (
            f"{sheet} {listed(names)}"
            if len(names) <= MOST_NAMED
            else f"{len(names)} rows of {sheet}"
        )
        told.append(f"{who} ({column})")
    return listed(told)
