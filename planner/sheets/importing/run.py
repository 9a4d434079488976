"""One export into one sheet of a dataset, from reading to what is said about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from planner.facts.cell_formats import Reading
from planner.sheets.importing.export_file import Export, read_export
from planner.sheets.importing.incoming import Incoming
from planner.sheets.importing.mapping import SheetMapping, read_mapping
from planner.sheets.importing.merge import Merged, merge
from planner.sheets.importing.proposal import same_headings
from planner.sheets.importing.pseudonyms import Secret
from planner.sheets.importing.target import Target, find_what_is_missing, write
from planner.sheets.importing.translation import translate
from planner.sheets.raw_table import RawSheet
from planner.sheets.sheet_reading import folded
from planner.words.errors import DatasetError, Fault


@dataclass(frozen=True)
class Imported:
    """What an import did: the sheets that it wrote, notes in words, and what still keeps the
    dataset from being in order.
    """

    sheets: tuple[Merged, ...]
    notes: tuple[str, ...]
    missing: tuple[Fault, ...]


def mapped_export(
    path: Path, sheet: str, mapping_file: Path | None, sheet_of_export: str | None
) -> tuple[Export, SheetMapping]:
    """The export, and the saved mapping or that of equal headings. Raises DatasetError where one
    cannot be read.
    """
    if mapping_file is None:
        export = read_export(path, sheet_of_export)
        return export, same_headings(sheet, export.table)
    mapping = read_mapping(mapping_file, sheet)
    return read_export(path, sheet_of_export, mapping.heading_row), mapping


def import_sheet(
    export: Export, mapping: SheetMapping, target: Target, secret: Secret | None, *, replace: bool
) -> Imported:
    """Read, merge and write one sheet. Raises DatasetError with every fault before anything is
    written, and OSError.
    """
    incoming = translate(export.table, mapping, secret)
    notes = (
        [f"Read as {export.encoding}, separated by {export.separator}."] if export.encoding else []
    )
    if unused := _unused(export, mapping):
        notes.append(f"Headings of the export that are not used: {', '.join(unused)}.")
    return import_rows([incoming], target, secret, target.reading, notes, replace=replace)


def _unused(export: Export, mapping: SheetMapping) -> list[str]:
    used = {folded(name) for name in (*mapping.columns.values(), *mapping.skip, *mapping.only)}
    return [heading for heading in export.table.headings if folded(heading) not in used]


def import_rows(
    incoming: Sequence[Incoming],
    target: Target,
    secret: Secret | None,
    reading: Reading,
    notes: Sequence[str],
    *,
    replace: bool,
) -> Imported:
    """Merge and write the rows of some sheets. Raises DatasetError with every fault before anything
    is written, and OSError.
    """
    faults: list[Fault] = []
    merged = []
    for one in incoming:
        there = _kept(target, one, faults)
        try:
            ready = one.read(reading)
        except DatasetError as error:
            faults += error.faults
            continue
        if replace and there.rows and not ready.cells:
            rule = "no row of the export is left, so --replace would drop every row that is there."
            fix = "Look at skip and only in the mapping, or import without --replace."
            faults.append(Fault(one.sheet, 0, "", "", rule, fix, one.file))
        merged.append(merge(there, ready, reading, replace=replace))
    if faults:
        raise DatasetError(faults)
    said = list(notes)
    if secret is not None and secret.new:
        said.append(
            f"Made the key file {secret.path}: keep it, and to yourself. With another one the "
            "same people get other keys."
        )
    elif secret is not None and secret.is_open:
        said.append(f"Others on this computer may read {secret.path}: chmod 600 it.")
    if secret is None:
        write(target, merged)
    else:
        with secret.kept():
            write(target, merged)
    return Imported(tuple(merged), tuple(said), find_what_is_missing(target.path))


def _kept(target: Target, one: Incoming, faults: list[Fault]) -> RawSheet:
    """The sheet as it stands; where it cannot be kept so, that is among the faults."""
    try:
        return target.sheet(one.sheet)
    except DatasetError as error:
        faults += error.faults
        return RawSheet()
