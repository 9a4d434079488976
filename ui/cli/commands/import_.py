"""`planner import`: import an export of another system, by a saved mapping.

First, it writes a mapping to start from.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from planner.private_files import write_text
from planner.sheets.dataset_name import FOLDER
from planner.sheets.importing.export_file import read_below_title
from planner.sheets.importing.mapping import SheetMapping, sheet_named
from planner.sheets.importing.merge import Merged
from planner.sheets.importing.oneroster import ONEROSTER, import_oneroster, propose_oneroster
from planner.sheets.importing.proposal import proposal_text, propose
from planner.sheets.importing.pseudonyms import ALWAYS, Secret, secret_in
from planner.sheets.importing.run import Imported, import_sheet, mapped_export
from planner.sheets.importing.target import Target, target_at
from planner.words.errors import DatasetError, WrongInput, sentence_of
from planner.words.wording import Words, listed, plural, shorten_list
from ui.cli.exits import Exit
from ui.cli.fault_list import as_data, as_text
from ui.cli.streams import print_json

MOST_NAMED = 8
"""Rows named one by one; of more, the rest are counted."""


@dataclass(frozen=True)
class ImportOptions:
    """What the command line asks for."""

    export: Path
    sheet: str
    output: Path | None = None
    mapping: Path | None = None
    save_mapping: Path | None = None
    key: Path | None = None
    sheet_of_export: str | None = None
    replace: bool = False


def run(asked: ImportOptions, *, as_json: bool) -> Exit:
    """Import, or write a first mapping. Raises WrongInput or DatasetError before anything is
    written.
    """
    if asked.sheet != ONEROSTER:
        sheet_named(asked.sheet)
    if asked.save_mapping is not None:
        return _save_mapping(asked)
    if asked.output is None:
        raise WrongInput(
            "Into which dataset? Give -o with a folder of CSV files or a workbook; it may be new."
        )
    target = target_at(_place(asked.output))
    secret = _secret(asked.key, target)
    try:
        imported = _imported(asked, target, secret)
    except OSError as error:
        place = error.filename or target.path
        raise WrongInput(
            f"{place} cannot be written ({sentence_of(error)}). Give another place."
        ) from None
    if as_json:
        print_json(_as_data(imported))
    else:
        typer.echo("\n".join(_lines(imported, target)))
    return Exit.DONE


def _place(output: Path) -> Path:
    return output / FOLDER if (output / FOLDER).is_dir() else output


def _secret(key: Path | None, target: Target) -> Secret | None:
    if key is None:
        return None
    if not target.is_workbook and key.resolve().is_relative_to(target.path.resolve()):
        raise WrongInput(
            f"{key} lies in the dataset, whose keys it opens. Keep it elsewhere, where only you "
            "can read it."
        )
    return secret_in(key)


def _imported(asked: ImportOptions, target: Target, secret: Secret | None) -> Imported:
    if asked.sheet == ONEROSTER:
        if asked.sheet_of_export is not None:
            raise WrongInput("An OneRoster export has no sheets. Leave out --sheet.")
        return import_oneroster(asked.export, asked.mapping, target, secret, replace=asked.replace)
    _need_key(asked.sheet, ALWAYS.get(asked.sheet, ()), secret)
    export, mapping = mapped_export(asked.export, asked.sheet, asked.mapping, asked.sheet_of_export)
    _need_key(asked.sheet, mapping.keyed, secret)
    try:
        return import_sheet(
            export, mapping, target, secret if mapping.keyed else None, replace=asked.replace
        )
    except DatasetError as error:
        if asked.mapping is not None or not _is_about_headings(error, mapping):
            raise
        typer.echo(
            f"Without --mapping only headings that are our own are read. {_first_mapping(asked)}",
            err=True,
        )
        raise


def _need_key(sheet: str, columns: Sequence[str], secret: Secret | None) -> None:
    if columns and secret is None:
        what = f"{sheet}.{columns[0]}"
        raise WrongInput(
            f"{what} is kept as keys only, never as names or numbers. Give --key FILE: the secret "
            "that makes the same keys in "
            "every import (it is made if it is not there)."
        )


def _is_about_headings(error: DatasetError, mapping: SheetMapping) -> bool:
    return any(fault.column not in mapping.columns.values() for fault in error.faults)


def _first_mapping(asked: ImportOptions) -> str:
    return (
        f'Write a first mapping: planner import "{asked.export}" --as {asked.sheet} '
        f"--save-mapping {asked.sheet}-mapping.yaml"
    )


def _save_mapping(asked: ImportOptions) -> Exit:
    """Write a first mapping to look through. Raises WrongInput where it cannot be written or is
    there already.
    """
    path = asked.save_mapping
    assert path is not None
    if asked.mapping is not None:
        raise WrongInput(
            "Give --mapping to use a mapping, or --save-mapping to write a first one, not both."
        )
    if path.exists():
        raise WrongInput(f"{path} is there already, and may have been edited. Give another name.")
    command = f'planner import "{asked.export}" --as {asked.sheet} --mapping "{path}"'
    command += f" -o {asked.output or 'DATASET'}"
    command += f" --key {asked.key or 'KEYFILE'}" if asked.sheet in (*ALWAYS, ONEROSTER) else ""
    if asked.sheet == ONEROSTER:
        text = propose_oneroster(asked.export, command)
    else:
        target = target_at(_place(asked.output)) if asked.output else Target(Path())
        export = read_below_title(asked.export, asked.sheet_of_export)
        proposal = propose(asked.sheet, export.table, target.reading, target.ids())
        text = proposal_text(proposal, asked.export.name, command)
    try:
        write_text(path, text)
    except OSError as error:
        raise WrongInput(
            f"{path} cannot be written ({sentence_of(error)}). Give another place."
        ) from None
    typer.echo(text.rstrip())
    typer.echo("")
    typer.echo(f"Wrote {path}. Nothing was imported yet: look it through, then: {command}")
    return Exit.DONE


def _lines(imported: Imported, target: Target) -> Iterator[str]:
    words = Words()
    yield f"Imported into {target.path}."
    yield ""
    for merged in imported.sheets:
        yield f"  {merged.sheet}: {_counts(merged, words)}"
        yield from (f"    {line}" for line in _named(merged))
    yield from imported.notes
    yield ""
    if imported.missing:
        yield (
            "Before it can be planned, this is still to be mended (planner validate says it again):"
        )
        yield as_text(imported.missing)
    else:
        yield "The dataset is in order."


def _counts(merged: Merged, words: Words) -> str:
    parts = [
        f"{words.number(len(merged.added))} added",
        f"{words.number(len(merged.changed))} changed",
        f"{words.number(merged.unchanged)} unchanged",
    ]
    if merged.skipped:
        parts.append(f"{words.number(merged.skipped)} left out by the mapping")
    if merged.repeated:
        parts.append(f"{words.number(merged.repeated)} repeated")
    return listed(parts) + "."


def _named(merged: Merged) -> Iterator[str]:
    if merged.changed:
        yield f"changed: {shorten_list(merged.changed, MOST_NAMED)}"
    if merged.gone:
        count = f"{len(merged.gone)} {plural(len(merged.gone), 'row')} not in the export"
        done = "dropped" if merged.dropped else "kept (--replace drops them)"
        yield f"{count}, {done}: {shorten_list(merged.gone, MOST_NAMED)}"


def _as_data(imported: Imported) -> dict[str, Any]:
    return {
        "sheets": {
            merged.sheet: {
                "added": merged.added,
                "changed": merged.changed,
                "unchanged": merged.unchanged,
                "not_in_export": merged.gone,
                "dropped": merged.dropped,
                "skipped": merged.skipped,
                "repeated": merged.repeated,
            }
            for merged in imported.sheets
        },
        "notes": list(imported.notes),
        "missing": [as_data(fault) for fault in imported.missing],
    }
