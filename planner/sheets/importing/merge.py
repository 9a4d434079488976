"""Merge an import into a sheet.

Rows with a key that is there already are changed, new ones added, others kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from planner.facts.cell_formats import Reading
from planner.sheets.dataset import cells_of
from planner.sheets.importing.incoming import Ready, key_of
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import columns_by_heading, folded, read_sheet


@dataclass(frozen=True)
class Merged:
    """A sheet after an import: `rows` with the number of the existing row that each was (None: a
    new one), under `headings`.

    `added`, `changed` and `gone` are keys; `gone` are rows that the export no longer has, `dropped`
    says whether they went.
    """

    sheet: str
    headings: tuple[str, ...]
    rows: list[tuple[int | None, dict[str, str]]]
    added: list[str]
    changed: list[str]
    unchanged: int
    gone: list[str]
    dropped: bool
    skipped: int
    repeated: int


def merge(existing: RawSheet, ready: Ready, reading: Reading, *, replace: bool) -> Merged:
    """The existing rows of a sheet, as written, with those of an export.

    Only the columns that the export fills are changed; with `replace`, rows that it does not have
    are dropped.
    """
    columns = columns_by_heading(ready.sheet)
    written = {_ours(heading, columns): heading for heading in reversed(existing.headings)}
    canonical = _canonical(existing, ready.sheet, reading)
    incoming = {key_of(ready.sheet, cells, ready.columns): cells for _, cells in ready.cells}
    used = {name for _, cells in ready.cells for name in cells}
    used |= {name for name in ready.columns if columns[name][1].required}
    headings = (
        *existing.headings,
        *(name for name in columns if name in used and name not in written),
    )
    rows: list[tuple[int | None, dict[str, str]]] = []
    changed: list[str] = []
    gone: list[str] = []
    left = dict(incoming)
    for number, row in existing.rows:
        cells = canonical.get(number) or {
            _ours(heading, columns): text for heading, text in row.items()
        }
        key = key_of(ready.sheet, cells, ready.columns)
        if key not in left:
            if key not in incoming:
                gone.append(_shown(key, ready.sheet))
            if not replace:
                rows.append((number, dict(row)))
            continue
        theirs = left.pop(key)
        differing = {name for name in ready.columns if cells.get(name, "") != theirs.get(name, "")}
        if number not in canonical:
            differing = set(ready.columns)
        if differing:
            changed.append(_shown(key, ready.sheet))
        rows.append((number, _updated(row, theirs, differing, written)))
    rows += [
        (None, {written.get(name, name): text for name, text in theirs.items()})
        for theirs in left.values()
    ]
    return Merged(
        ready.sheet,
        headings,
        rows,
        added=[_shown(key, ready.sheet) for key in left],
        changed=changed,
        unchanged=len(incoming) - len(left) - len(changed),
        gone=gone,
        dropped=replace,
        skipped=ready.skipped,
        repeated=ready.repeated,
    )


def _ours(heading: str, columns: Mapping[str, object]) -> str:
    """The column that a heading of a dataset means; a remark keeps its own name."""
    fold = folded(heading)
    return (
        fold
        if fold in columns
        else fold.replace(" ", "_")
        if fold.replace(" ", "_") in columns
        else heading
    )


def _canonical(existing: RawSheet, sheet: str, reading: Reading) -> dict[int, dict[str, str]]:
    """The existing rows that can be read, in the contract's own writing, by number."""
    return {
        found.number: cells_of(found.row, sheet, reading)
        for found in read_sheet(sheet, existing, reading).rows
    }


def _updated(
    row: Mapping[str, str],
    theirs: Mapping[str, str],
    differing: set[str],
    written: Mapping[str, str],
) -> dict[str, str]:
    """A row as it was, but for the cells in which the export differs."""
    found = dict(row)
    for name in differing:
        heading = written.get(name, name)
        found.pop(heading, None)
        if name in theirs:
            found[heading] = theirs[name]
    return found


def _shown(key: tuple[str, ...], sheet: str) -> str:
    return " ".join(part for part in key if part) or sheet
