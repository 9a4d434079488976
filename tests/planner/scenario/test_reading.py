"""Scenario files: what may stand in them, and what is said of what may not."""

from pathlib import Path

import pytest

from planner.scenario.marked_yaml import LARGEST
from planner.scenario.reading import MOST_CHANGES, read_scenario
from planner.scenario.scenario import SolveWishes
from planner.words.errors import DatasetError


def refused(place: Path, text: str | bytes) -> list[str]:
    path = place / "cut.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(DatasetError) as caught:
        read_scenario(path)
    return [str(fault).removeprefix("cut.yaml, ") for fault in caught.value.faults]


def test_what_a_scenario_says(tmp_path: Path):
    path = tmp_path / "cut.yaml"
    path.write_text(
        """
name: Title I cut 8 %
base: tacoma
changes:
  - scale: {sheet: funds, where: {program: [title-1, lap]}, column: amount, by: 0.92}
  - set:
      sheet: blocks
      where: {start: 08:30, pull_out: no}
      values: {end: 09:45, days: [Mon, Wed], subject: ~}
goals: [tier_3_minutes, cost]
solve: {seconds: 60, seed: 7, reproducible: yes}
stay_close_to: {plan: adopted, max_changes: 5}
""",
        encoding="utf-8",
    )
    found = read_scenario(path)
    assert (found.name, found.base, found.goals) == (
        "Title I cut 8 %",
        "tacoma",
        ("tier_3_minutes", "cost"),
    )
    assert found.solve == SolveWishes(60.0, None, 7, True)
    assert found.stay_close_to
    assert (found.stay_close_to.plan, found.stay_close_to.max_changes) == ("adopted", 5)
    scale, blocks = found.changes
    assert (scale.kind, scale.sheet, scale.where, scale.column, str(scale.by)) == (
        "scale",
        "funds",
        {"program": ("title-1", "lap")},
        "amount",
        "0.92",
    )
    # Words stay words: no clock time is a number of base 60, `no` is no.
    assert blocks.where == {"start": ("08:30",), "pull_out": ("no",)}
    assert blocks.values == {"end": "09:45", "days": "Mon;Wed", "subject": ""}
    assert (blocks.line, blocks.lines["values" if "values" in blocks.lines else "end"]) == (6, 9)


def test_a_file_without_a_name_is_called_as_it_is(tmp_path: Path):
    (tmp_path / "cut-8.yaml").write_text(
        "goals: cost, tier_1_minutes\nstay_close_to: plans/a\n", encoding="utf-8"
    )
    found = read_scenario(tmp_path / "cut-8.yaml")
    assert (found.name, found.base, found.changes, found.goals) == (
        "cut-8",
        "",
        (),
        ("cost", "tier_1_minutes"),
    )
    assert found.stay_close_to
    assert found.stay_close_to.plan == "plans/a"


def test_every_fault_is_said_at_once_with_its_line(tmp_path: Path):
    text = """name: A
bas: tacoma
changes:
  - scale: {sheet: fund, column: amount, by: 0.9}
  - scale: {sheet: funds, where: {programm: x}, column: expires, by: much}
  - sett: {sheet: funds}
  - set: {sheet: staff, where: {staff: A}}
  - drop: {sheet: staff, where: {}}
  - drop: {sheet: staff, where: {staff: {a: b}}, cascade: perhaps}
  - add: {sheet: staff, row: [a]}
  - {set: {}, drop: {}}
  - nonsense
goals: [tier_3_minute, cost, cost]
solve: {seconds: 0, seed: x, worker: 2}
stay_close_to: {max_changes: -1}
"""
    assert refused(tmp_path, text) == [
        "line 2: 'bas': is no key of a scenario. Did you mean 'base'?",
        "line 4: 'fund': is no sheet of a dataset. Did you mean 'funds'?",
        "line 5: 'programm': is no column of the sheet funds. Did you mean 'program'?",
        "line 5: 'expires': holds no numbers (date), so nothing can be multiplied. Use `set`.",
        "line 5: 'much': is no number from 0 on. Write 0.92 for 8 % less, 1.05 for 5 % more.",
        "line 6: 'sett': is no change. Did you mean 'set'?",
        "line 7: 'set': lacks `values`. Write it like `- set: {sheet: positions, where: "
        "{position: P-014}, values: {fte: 0.5}}`.",
        "line 8: 'drop': lacks `where`. Write it like `- drop: {sheet: staff, where: {staff: "
        "ESP-07}}`.",
        "line 9: 'staff': must be a value or a list of values. Write it like `staff: [a, b]`.",
        "line 9: 'perhaps': is neither yes nor no.",
        "line 10: 'row': must be columns with values. Write it like `row: {staff: …}`.",
        "line 11: a change is one of scale, set, add, drop. "
        "Write it like `- set: {sheet: positions, where: {position: P-014}, values: {fte: 0.5}}`.",
        "line 12: a change is one of scale, set, add, drop. "
        "Write it like `- set: {sheet: positions, where: {position: P-014}, values: {fte: 0.5}}`.",
        "line 13: 'tier_3_minute': is no goal. Did you mean 'tier_3_minutes'?",
        "line 13: 'cost': is there twice. Keep one of them.",
        "line 14: 'worker': is no key of solve. Did you mean 'workers'?",
        "line 14: '0': is no number above 0. Write it like `seconds: 60`.",
        "line 14: 'x': is no whole number from 0 to 2,147,483,647.",
        "line 15: 'stay_close_to': lacks `plan`. Write the plan's file, like `plan: "
        "plans/adopted/plan.json`.",
        "line 15: '-1': is no whole number from 0 to 1,000,000.",
    ]


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            BOMB,
            "line 2: the scenario cannot be read: *a stands for another place. Write it out "
            "instead.",
        ),
        (
            "name: !!python/object/apply:os.system [ls]",
            "line 1: 'python/object/apply:os.system': is a tag; values are plain text here. "
            "Delete it.",
        ),
        ("name: !secret x", "line 1: '!secret': is a tag; values are plain text here. Delete it."),
        ("name: A\nname: B", "line 2: 'name': is there twice. Keep one of them."),
        (
            "name: [A",
            "line 1: the scenario cannot be read as YAML: expected ',' or ']', but got '<stream "
            "end>'. Mend that line.",
        ),
        ("? [a, b]\n: c", "line 1: a key must be one word."),
        ("[" * 3000, "cut.yaml: dataset: the scenario is nested too deeply."),
        (
            "just words",
            "cut.yaml: dataset: the scenario holds no keys. Write it like `name: Title I cut 8 %`.",
        ),
        (
            "",
            "cut.yaml: dataset: the scenario holds no keys. Write it like `name: Title I cut 8 %`.",
        ),
        (b"name: \xff", "cut.yaml: dataset: the scenario is not UTF-8 text. Save it as UTF-8."),
        ("name: a\x00b", "line 1: the scenario holds a character that no text has. Delete it."),
        ("name: " + "x" * LARGEST, "cut.yaml: dataset: the scenario is larger than 500 kB."),
        (
            "changes: [" + "a," * (MOST_CHANGES + 1) + "]",
            "line 1: 'changes': holds 2,001; a scenario may have 2,000.",
        ),
    ],
    ids=[
        "bomb",
        "tag",
        "own tag",
        "twice",
        "broken",
        "list as key",
        "deep",
        "words",
        "empty",
        "letters",
        "null",
        "large",
        "many",
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, text: str | bytes, fault: str):
    assert refused(tmp_path, text)[:1] == [fault]


def test_a_file_that_is_not_there(tmp_path: Path):
    with pytest.raises(DatasetError, match="the scenario is not there"):
        read_scenario(tmp_path / "cut.yaml")
    with pytest.raises(DatasetError, match="the scenario is no file"):
        read_scenario(tmp_path)
