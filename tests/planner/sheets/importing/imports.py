"""Ways to import in a test, without the command line."""

import csv
import io
from pathlib import Path

from planner.sheets.dataset import read_tables
from planner.sheets.importing.export_file import Export, export_of
from planner.sheets.importing.mapping import SheetMapping, read_mapping
from planner.sheets.importing.pseudonyms import Secret, secret_in
from planner.sheets.importing.run import Imported, import_sheet
from planner.sheets.importing.target import target_at
from planner.words.errors import DatasetError, Fault

EXPORTS = Path(__file__).parent / "exports"


def export(text: str | bytes, name: str = "hr.csv") -> Export:
    return export_of(text.encode() if isinstance(text, str) else text, name)


def imported(
    text: str | bytes,
    mapping: SheetMapping,
    place: Path,
    key: Path | None = None,
    *,
    replace: bool = False,
) -> Imported:
    """Import an export's text into a dataset."""
    secret: Secret | None = secret_in(key) if key else None
    return import_sheet(export(text), mapping, target_at(place), secret, replace=replace)


def faults(
    text: str | bytes, mapping: SheetMapping, place: Path, key: Path | None = None
) -> list[Fault]:
    """What is wrong with an import that must fail, and that must leave the place as it was."""
    before = {path: path.read_bytes() for path in place.rglob("*")} if place.is_dir() else None
    try:
        imported(text, mapping, place, key)
    except DatasetError as error:
        assert (
            {path: path.read_bytes() for path in place.rglob("*")} if place.is_dir() else None
        ) == before
        assert key is None or not key.exists()
        return list(error.faults)
    raise AssertionError("the import did not fail")


def mapping_of(text: str, place: Path, sheet: str) -> SheetMapping:
    """A mapping written as a planner writes it."""
    place.mkdir(parents=True, exist_ok=True)
    (place / "mapping.yaml").write_text(text, encoding="utf-8")
    return read_mapping(place / "mapping.yaml", sheet)


def rows(place: Path, sheet: str) -> list[dict[str, str]]:
    """The rows of a sheet of a dataset as text."""
    return [dict(cells) for _, cells in read_tables(place)[sheet].rows]


def csv_text(lines: list[list[str]], separator: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=separator).writerows(lines)
    return file.getvalue()
