"""`planner adopt`: this plan is ours."""

import typer

from planner.store import adoption
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store, who
from ui.cli.streams import print_json
from ui.render import store_lines


def run(plan: int, note: str, by: str | None, *, as_json: bool) -> Exit:
    """Adopt and say so. Raises DatasetError."""
    with chosen_store() as store:
        adopted = adoption.adopt(store, plan, note=note, by=who(by))
    if as_json:
        print_json(store_lines.adoption_data(adopted))
    else:
        typer.echo(f"Adopted for {store_lines.adoption_line(adopted)}")
    return Exit.DONE
