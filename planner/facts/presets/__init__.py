"""What the law or a contract says of rules in a jurisdiction.

Dated rows of the sheet `rules`, as CSV files beside this one.

A district's own rows go before them.
"""

import csv
from functools import cache
from importlib.resources import files

from planner.facts.cell_formats import Reading
from planner.facts.decisions import RuleRow


@cache
def preset(jurisdiction: str) -> tuple[RuleRow, ...]:
    """The rows of a jurisdiction, all years; none where it has no file."""
    found = files(__package__).joinpath(f"{jurisdiction}.csv")
    if not found.is_file():
        return ()
    lines = csv.DictReader(found.read_text(encoding="utf-8").splitlines())
    fields = {"from": "from_"}
    return tuple(
        RuleRow.model_validate(
            {
                fields.get(name, name): text
                for name, text in line.items()
                if text and name != "source"
            },
            context=Reading(),
        )
        for line in lines
    )
