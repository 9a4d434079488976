"""`planner schema`: every sheet and column of the data contract, as text or as data; and the keys
of a `plan.json`.
"""

import typer

from planner.document.plan_schema import plan_schema
from planner.facts.cell_formats import nearest
from planner.facts.sheets import SHEETS
from planner.sheets.schema import schema_json, schema_text
from planner.words.errors import WrongInput
from ui.cli.exits import Exit
from ui.cli.streams import print_json


def run(sheet: str | None, *, of_plan: bool, as_json: bool) -> Exit:
    """Print the contract, or one sheet of it, or the JSON Schema of `plan.json`, which has one form
    alone. Raises WrongInput for a sheet that the contract does not have.
    """
    if of_plan:
        if sheet is not None:
            raise WrongInput(f"--plan prints the schema of plan.json: leave out {sheet}.")
        print_json(plan_schema())
        return Exit.DONE
    if sheet is not None and sheet not in SHEETS:
        fix = nearest(sheet, SHEETS) or f"There are {', '.join(SHEETS)}."
        raise WrongInput(f"There is no sheet '{sheet}'. {fix}")
    if as_json:
        print_json({sheet: schema_json()[sheet]} if sheet else schema_json())
    else:
        by_sheet = dict(zip(SHEETS, schema_text().rstrip().split("\n\n"), strict=True))
        typer.echo(by_sheet[sheet] if sheet else "\n\n".join(by_sheet.values()))
    return Exit.DONE
