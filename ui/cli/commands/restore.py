"""`planner restore`: the store as a backup has it."""

from pathlib import Path

import typer

from planner.store import restore
from ui.cli.commands.backup import held
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store, who
from ui.cli.streams import print_json


def run(file: Path, by: str | None, *, replace: bool, as_json: bool) -> Exit:
    """Restore and say what was. Raises DatasetError where the store is as it was before."""
    with chosen_store(make=True) as store:
        counts = restore.restore(store, file, replace=replace, by=who(by))
    if as_json:
        print_json({"file": str(file), "store": store.at, "rows": counts})
    else:
        typer.echo(f"Restored into {store.at}: {held(counts)}; all of it verified.")
    return Exit.DONE
