"""`planner store`: what is kept."""

import typer

from planner.store import adoption, datasets, plans, runs, scenarios
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store
from ui.cli.streams import print_json
from ui.render import store_lines


def run(*, as_json: bool) -> Exit:
    """Say what is in the store. Raises DatasetError where there is none."""
    with chosen_store() as store:
        held = store_lines.StoreContents(
            store.at,
            datasets.saved(store),
            scenarios.saved(store),
            runs.runs(store),
            plans.saved(store),
            adoption.adoptions(store),
        )
    if as_json:
        print_json(store_lines.as_data(held))
    else:
        typer.echo("\n".join(store_lines.as_lines(held)))
    return Exit.DONE
