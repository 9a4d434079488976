"""`planner purge`: students out of the store, for good."""

import typer

from planner.store.purge import purge_students
from planner.words.errors import WrongInput
from planner.words.wording import Words
from ui.cli.exits import Exit
from ui.cli.store_choice import chosen_store, who
from ui.cli.streams import print_json


def run(by: str | None, *, students: bool, as_json: bool) -> Exit:
    """Purge and say what went. Raises WrongInput or DatasetError."""
    if not students:
        raise WrongInput(
            "What is to go? planner purge --students takes all students out of the store, for good."
        )
    with chosen_store() as store:
        gone = purge_students(store, by=who(by))
    if as_json:
        print_json(vars(gone))
        return Exit.DONE
    words = Words()
    places = [
        words.count(count, what)
        for count, what in (
            (gone.datasets, "dataset"),
            (gone.plans, "plan"),
            (gone.scenarios, "scenario"),
        )
    ]
    typer.echo(
        f"{words.count(gone.students, 'student')} gone for good, out of {', '.join(places)}. How "
        "many each group has stays.\n"
        "Backups that were made before still hold them, and so do the files from which the "
        "datasets came."
    )
    return Exit.DONE
