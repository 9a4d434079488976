"""`planner backup`: the whole store in one file."""

from pathlib import Path

import typer

from planner.store.backup import back_up
from planner.words.wording import Words
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store, who
from ui.cli.streams import print_json


def run(file: Path, by: str | None, *, force: bool, as_json: bool) -> Exit:
    """Write it and say what is in it. Raises DatasetError."""
    with chosen_store() as store:
        counts = back_up(store, file, replace=force, by=who(by))
    if as_json:
        print_json({"file": str(file), "rows": counts})
    else:
        typer.echo(
            f"Written to {file}: {held(counts)}. It holds pay and students where the datasets do."
        )
    return Exit.DONE


def held(counts: dict[str, int]) -> str:
    """What a backup holds, in words."""
    words = Words()
    named = (
        ("datasets", "dataset", ""),
        ("plans", "plan", ""),
        ("audit", "entry of the trail", "entries of the trail"),
    )
    return ", ".join(words.count(counts[table], one, many) for table, one, many in named)
