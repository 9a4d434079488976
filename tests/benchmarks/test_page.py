"""docs/benchmarks.md says of the benchmarks what they say themselves."""

import re
import shlex
from pathlib import Path

import pytest

from tests.benchmarks import growth, peers
from tests.benchmarks.__main__ import PARTS, options
from tests.benchmarks.xhstt import table as xhstt
from tests.benchmarks.xhstt.best_known import BEST_KNOWN
from tests.benchmarks.xhstt.cost import KINDS

PAGE = (Path(__file__).parents[2] / "docs" / "benchmarks.md").read_text(encoding="utf-8")
OURS = re.findall(r"`(python -m tests\.benchmarks[^`]*)`", PAGE)
MAKE = re.findall(r"^make bench(.*?)(?:  +#.*)?$", PAGE, flags=re.MULTILINE)
README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The rows of the table that begins with a heading."""
    _, _, table = PAGE.partition(f"| {heading} |")
    assert table, heading
    lines = table.partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def test_each_part_takes_as_long_as_the_page_says():
    asked = options([])
    assert {
        name.strip("`"): minutes
        for name, _, minutes in rows("Part | What it measures | Takes at most")
    } == {name: f"{part.minutes(asked):.0f} minutes" for name, part in PARTS.items()}


@pytest.mark.parametrize("command", OURS)
def test_a_command_of_the_page_is_understood(command: str):
    options(shlex.split(command)[3:])


@pytest.mark.parametrize("words", [*MAKE, *re.findall(r"`make bench ([^`]*)`", README)])
def test_what_make_is_asked_for_is_there(words: str):
    asked = dict(word.split("=", 1) for word in shlex.split(words))
    assert set(asked) <= {"PARTS", "ASK"}
    assert set(asked.get("PARTS", "").split()) <= {*PARTS, "proofs"}
    options(shlex.split(asked.get("ASK", "")))


def test_the_page_has_commands():
    assert OURS
    assert MAKE


def test_the_page_says_of_every_kind_what_a_dataset_has_for_it():
    told = [kind for kinds, _ in rows("Constraint | In a dataset") for kind in kinds.split(", ")]
    assert sorted(told) == sorted(KINDS)


def test_best_known_costs_are_those_of_the_benchmark():
    assert {name: best for name, _, best, *_ in rows(" | ".join(xhstt.COLUMNS))} == {
        name: str(best) for name, best in BEST_KNOWN.items()
    }


@pytest.mark.parametrize("columns", [growth.SUMMARY, peers.COLUMNS, xhstt.COLUMNS])
def test_a_table_that_is_filled_in_has_the_columns_that_are_printed(columns: tuple[str, ...]):
    assert all(len(row) == len(columns) for row in rows(" | ".join(columns)))
