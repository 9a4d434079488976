"""`planner init`: write a workbook to start from, or one of the examples.

The workbook is empty but for a worked row a sheet.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import typer

from planner.private_files import write_text
from planner.sheets.dataset import load, save
from planner.sheets.examples import example_names, example_path, example_scenarios
from planner.words.errors import WrongInput, sentence_of
from ui.cli.dataset_choice import chosen
from ui.cli.exits import Exit

WORKBOOK = ".xlsx"
OTHER_TABLES = (".csv", ".ods", ".xls", ".xlsm")


def run(place: Path | None, example: str | None, *, force: bool) -> Exit:
    """Write the workbook, and beside it an example's scenarios. Raises WrongInput where that cannot
    be.
    """
    if place is None:
        raise WrongInput(
            "Where to? Give a folder or the name of a workbook: planner init my-district.xlsx"
        )
    source = chosen(None, example)[0] if example is not None else None
    path = _workbook(place, example or "template")
    scenarios = dict(_scenarios(example, path)) if example is not None else {}
    for file in (path, *scenarios):
        if file.exists() and not force:
            raise WrongInput(
                f"{file} is there already. Give another name, or --force to replace it."
            )
    try:
        if source:
            save(load(source), path)
            for file, text in scenarios.items():
                write_text(file, text)
        else:
            from planner.sheets.workbook import template

            template(path)
    except OSError as error:
        raise WrongInput(
            f"{path} cannot be written ({sentence_of(error)}). Give another place."
        ) from None
    typer.echo("\n".join(f"Wrote {file}." for file in (path, *scenarios)))
    typer.echo(
        f'Next: planner solve "{path}"'
        if source
        else f'Fill it in, then: planner validate "{path}"'
    )
    return Exit.DONE


def _scenarios(example: str, workbook: Path) -> Iterator[tuple[Path, str]]:
    """The scenario files of an example as they stand beside its workbook, which may have another
    name.
    """
    for file in example_scenarios(example):
        text = file.read_text(encoding="utf-8")
        base = re.compile(rf"^base: {re.escape(example)}$", flags=re.MULTILINE)
        yield (
            workbook.with_name(file.name),
            base.sub(lambda _: f"base: {json.dumps(workbook.name, ensure_ascii=False)}", text),
        )


def _workbook(place: Path, name: str) -> Path:
    if place.suffix.lower() == WORKBOOK and not place.is_dir():
        return place
    if place.suffix.lower() in OTHER_TABLES:
        raise WrongInput(
            f"{place} is not a name for a workbook. Give one that ends in {WORKBOOK}, or a folder."
        )
    return place / f"{name}{WORKBOOK}"


def list_examples() -> Exit:
    """Name the examples, and say of each what its README begins with."""
    names = example_names()
    width = max(map(len, names), default=0)
    for name in names:
        typer.echo(f"{name.ljust(width)}  {_about(example_path(name).parent / 'README.md')}")
    if not names:
        typer.echo("No examples are installed.")
    return Exit.DONE


def _about(readme: Path) -> str:
    """The title of a README and the first sentence under it."""
    text = readme.read_text(encoding="utf-8") if readme.is_file() else ""
    title, *paragraphs = [" ".join(part.split()) for part in text.split("\n\n")] or [""]
    sentence = re.split(r"(?<=\.) ", paragraphs[0])[0] if paragraphs else ""
    return f"{title.lstrip('# ')}: {sentence}" if sentence else title.lstrip("# ")
