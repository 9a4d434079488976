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
        for line in _lines(jurisdiction)
    )


@cache
def sources_of(rule: str) -> tuple[tuple[str, str], ...]:
    """List the jurisdictions that set a rule, with what they take it from, each once."""
    names = sorted(
        file.name.removesuffix(".csv")
        for file in files(__package__).iterdir()
        if file.name.endswith(".csv")
    )
    return tuple(
        dict.fromkeys(
            (name, line["source"])
            for name in names
            for line in _lines(name)
            if line["rule"] == rule and line["source"]
        )
    )


def _lines(jurisdiction: str) -> list[dict[str, str]]:
    file = files(__package__).joinpath(f"{jurisdiction}.csv")
    if not file.is_file():
        return []
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
