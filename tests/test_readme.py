"""The README holds the tables that `planner rules --markdown` prints, between the same markers."""

import re
from pathlib import Path

import pytest

from planner.rules import RULES
from planner.rules.goals import GOALS
from ui.render import rules_table

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def blocks(name: str, text: str) -> list[str]:
    """What stands between a pair of markers, the markers included."""
    return re.findall(f"<!-- {name} -->.*?<!-- /{name} -->", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", ["rules", "parameters", "goals"])
def test_the_readme_holds_exactly_the_generated_table(name: str):
    assert blocks(name, README) == blocks(name, rules_table.markdown())


def test_the_tables_have_a_row_for_each_rule_and_each_goal():
    (rules,) = blocks("rules", rules_table.markdown())
    (goals,) = blocks("goals", rules_table.markdown())
    assert re.findall(r"^\| `(\w+)` \|", rules, flags=re.MULTILINE) == [rule.key for rule in RULES]
    assert re.findall(r"^\| `(\w+)` \|", goals, flags=re.MULTILINE) == [goal.key for goal in GOALS]
    (parameters,) = blocks("parameters", rules_table.markdown())
    named = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in parameters.splitlines()[3:-1]]
    assert sorted(key for keys in named for key in keys) == sorted(rule.key for rule in RULES)
    for limit in (limit for rule in RULES for limit in (*rule.columns, *rule.parameters)):
        assert parameters.count(f"`{limit}`: ") == 1
    assert {len(re.split(r"(?<!\\)\|", line)) for line in rules.splitlines()[1:-1]} == {8}
