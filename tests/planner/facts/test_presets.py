"""What a jurisdiction says of rules is as well-formed as what a district types into the sheet
`rules`.
"""

import csv
from importlib.resources import files

import pytest

from planner.facts.presets import preset
from tests.planner import small

PRESETS = {
    file.name: file.read_text(encoding="utf-8")
    for file in files("planner.facts.presets").iterdir()
    if file.name.endswith(".csv")
}


@pytest.mark.parametrize("name", sorted(PRESETS))
def test_a_preset_would_pass_as_a_districts_own_rules(name: str):
    rows = list(csv.reader(PRESETS[name].splitlines()))
    assert rows[0][-1] == "source"
    assert all(row[-1] for row in rows)
    assert small.faults(rules="\n".join(",".join(row[:-1]) for row in rows) + "\n") == []
    assert len(preset(name.removesuffix(".csv"))) == len(rows) - 1
