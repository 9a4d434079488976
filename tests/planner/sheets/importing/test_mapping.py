"""Mapping files: what may stand in them, and what is said of what may not."""

from pathlib import Path

import pytest

from planner.sheets.importing.mapping import read_mapping, sheet_named
from planner.sheets.importing.patterns import matches, translated
from planner.words.errors import DatasetError
from tests.planner.sheets.importing.imports import mapping_of


def refused(text: str, place: Path, sheet: str = "staff") -> list[str]:
    with pytest.raises(DatasetError) as caught:
        mapping_of(text, place, sheet)
    return [str(fault).removeprefix("mapping.yaml: dataset: ") for fault in caught.value.faults]


def test_words_stay_words(tmp_path: Path):
    mapping = mapping_of(
        "columns: {staff: 007, role: No}\ncodes: {role: {Y: yes, 01: 1, N: }}\n", tmp_path, "staff"
    )
    assert mapping.columns == {"staff": "007", "role": "No"}
    assert mapping.codes == {"role": {"Y": "yes", "01": "1", "N": ""}}


def test_every_fault_of_a_mapping_is_said_at_once(tmp_path: Path):
    text = """
sheet: groups
colums: {a: b}
columns: {rol: Title, staff: [a, b]}
codes: {role: para, name: {x: [y]}}
constants: [a]
skip: {Status: {a: b}}
dates: MM/YYYY
factors: {fte: ten, name: 2, week_minutes: 60}
pseudonyms: [fte]
heading_row: first
decimal_comma: perhaps
"""
    assert refused(text, tmp_path) == [
        "'colums': is no key of a mapping. Did you mean 'columns'?",
        "'sheet': is groups; the export is read as staff. Give --as groups, or another mapping.",
        "'columns.staff': must be one value. Write it like `staff: value`.",
        "'columns.rol': is no column of the sheet staff. Did you mean 'role'?",
        "'codes.role': must be names with values. Write each on a line of its own, like `name: "
        "value`.",
        "'codes.name.x': must be one value. Write it like `x: value`.",
        "'constants': must be names with values. Write each on a line of its own, like `name: "
        "value`.",
        "'skip.Status': must be a word or a list of words. Write it like `[Inactive, Retired]`.",
        "'dates': 'MM/YYYY' is no form of a date. Write it with YYYY, MM and DD, like MM/DD/YYYY "
        "or DD.MM.YYYY.",
        "'decimal_comma': 'perhaps' is neither yes nor no.",
        "'factors.fte': 'ten' is no number above 0.",
        "'factors.name': is no column of numbers, so nothing can be multiplied.",
        "'pseudonyms.fte': is a column of the kind FTE; only ids are replaced by keys.",
        "'heading_row': 'first' is no number of a row.",
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("columns: {staff: A, staff: B}", "'staff' is there twice"),
        ("columns: [", "cannot be read as YAML in line"),
        ("- a\n- b", "is no mapping"),
        ("", "is no mapping"),
        ("? [a, b]\n: c", "a key is a list"),
        ("a: !!python/object/apply:os.system [ls]", "is no key of a mapping"),
    ],
)
def test_a_file_that_is_no_mapping_is_named(tmp_path: Path, text: str, words: str):
    assert any(words in fault for fault in refused(text, tmp_path))


def test_a_mapping_that_is_not_there(tmp_path: Path):
    with pytest.raises(DatasetError, match="the mapping cannot be read"):
        read_mapping(tmp_path / "no.yaml", "staff")


def test_a_sheet_that_is_none_gets_the_nearest():
    assert sheet_named("staff") == "staff"
    with pytest.raises(DatasetError, match="Did you mean 'oneroster'?"):
        sheet_named("one-roster")


def test_students_are_always_keys(tmp_path: Path):
    assert mapping_of("columns: {student: A, group: B}", tmp_path, "members").keyed == ("student",)
    assert mapping_of(
        "columns: {student: A, group: B}\npseudonyms: []", tmp_path, "members"
    ).keyed == ("student",)


@pytest.mark.parametrize(
    ("text", "patterns", "found"),
    [
        ("Inactive", ["inactive"], True),
        (" In  Active ", ["in active"], True),
        ("Terminated - Retired", ["terminated*"], True),
        ("Tier 2 (Math)", ["*tier 2*"], True),
        ("Tier 22", ["tier ?2"], False),
        ("", ["*"], False),
        ("", [""], True),
    ],
)
def test_patterns(text: str, patterns: list[str], found: bool):
    assert matches(text, patterns) is found


def test_a_code_that_is_written_out_goes_before_a_pattern():
    codes = {"*": "other", "ELEM*": "elementary", "ELEM COACH": "coach"}
    assert translated("elem coach", codes) == "coach"
    assert translated("ELEM X", {"ELEM*": "elementary", "*": "other"}) == "elementary"
    assert translated("", codes) is None
