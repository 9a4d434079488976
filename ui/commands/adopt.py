"""`planner adopt`: this plan is ours."""

import typer

from planner.store import adoption
from ui import store_lines
from ui.exits import Exit
from ui.store_choice import chosen_store, who
from ui.streams import print_json


def run(plan: int, note: str, by: str | None, *, as_json: bool) -> Exit:
    """Adopt and say so. Raises DatasetError."""
    with chosen_store() as store:
        adopted = adoption.adopt(store, plan, note=note, by=who(by))
    if as_json:
        print_json(store_lines.adoption_data(adopted))
    else:
        typer.echo(f"Adopted for {store_lines.adoption_line(adopted)}")
    return Exit.DONE
