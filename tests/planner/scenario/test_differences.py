"""What a scenario says it changes: a sentence a row, and the ids that it concerns."""

from pathlib import Path

import pytest

from tests.planner.scenario.small_scenarios import SUPERVISED, put


@pytest.mark.parametrize(
    ("change", "sheet", "key", "words", "subjects"),
    [
        (
            "set: {sheet: positions, where: {position: P-002}, values: {school: oak, fte: 0.5}}",
            "positions",
            "P-002",
            "P-002 (Paraeducator at Elm, Bea): moves from Elm to Oak; 0.8 → 0.5 FTE",
            ("ESP-02", "P-002", "elm", "general", "oak", "para"),
        ),
        (
            "drop: {sheet: positions, where: {position: P-003}}",
            "positions",
            "P-003",
            "P-003 (Paraeducator at Oak) is closed",
            ("P-003", "oak", "para"),
        ),
        (
            "set: {sheet: staff, where: {staff: ESP-01}, values: {end_date: 2027-01-29}}",
            "staff",
            "ESP-01",
            "Ada: leaves on January 29, 2027",
            ("ESP-01", "ESP-02", "elm", "para"),
        ),
        (
            "set: {sheet: blocks, where: {school: elm}, values: {start: '09:15', days: Mon-Thu}}",
            "blocks",
            "elm K;1;2 flex",
            "Elm, Gr K–2 flex: all days 9:00–10:00 → Mon-Thu 9:15–10:00",
            ("elm",),
        ),
        (
            "set: {sheet: programs, where: {program: title-1}, values: {hold_percent: 3, tiers: "
            "[2, 3]}}",
            "programs",
            "title-1",
            "program title-1: tiers all → 2;3; hold percent 0 % → 3 %",
            ("general", "t1-elm", "title-1"),
        ),
        (
            "add: {sheet: rules, row: {rule: preparation, setting: soft, weight: 3, applies_to: "
            "'role:para'}}",
            "rules",
            "preparation role:para",
            "rule preparation for role:para: as usual → soft, weight 3",
            ("para",),
        ),
        (
            "add: {sheet: pins, row: {kind: forbid, staff: ESP-01, day: Mon}}",
            "pins",
            "forbid ESP-01",
            "forbidden: anything with ESP-01 on Mon",
            ("ESP-01",),
        ),
        (
            "set: {sheet: pins, where: {kind: session}, values: {day: Tue}}",
            "pins",
            "session elm-math ESP-02",
            "no longer pinned: elm-math with ESP-02 on Mon at 09:00; pinned: elm-math with ESP-02 "
            "on Tue at 09:00",
            ("ESP-02", "elm-math"),
        ),
        (
            "set: {sheet: groups, where: {group: elm-math}, values: {sessions: 8/quarter, "
            "min_sessions: 1}}",
            "groups",
            "elm-math",
            "group elm-math at Elm: sessions 5 → 8 a quarter; min sessions sessions; "
            "1 where total_minutes are owed → 1",
            ("ESP-02", "elm", "elm-math"),
        ),
        (
            "add: {sheet: calendar, row: {date: 2026-11-26, to: 2026-11-27, kind: holiday}}",
            "calendar",
            "2026-11-26 holiday",
            "new in calendar: date November 26, 2026, to November 27, 2026, kind holiday",
            (),
        ),
        (
            "set: {sheet: roles, where: {role: para}, values: {obligation_minutes: 390}}",
            "roles",
            "para",
            "Paraeducator: obligation minutes 420 → 390",
            ("para",),
        ),
        (
            "add: {sheet: funds, row: {fund: t1-oak, program: title-1, school: oak, amount: 500}}",
            "funds",
            "t1-oak",
            "new: title-1 at Oak, $500.00",
            ("oak", "t1-oak", "title-1"),
        ),
        (
            "drop: {sheet: members, where: {student: S1}}",
            "members",
            "elm-math",
            "group elm-math: 1 student out of it",
            ("elm-math",),
        ),
    ],
    ids=lambda value: value.split(":")[0] if isinstance(value, str) and ":" in value else "",
)
def test_a_row_in_words(
    tmp_path: Path, change: str, sheet: str, key: str, words: str, subjects: tuple[str, ...]
):
    (difference,) = put(tmp_path, f"changes:\n  - {change}\n", **SUPERVISED).differences
    assert difference.as_data() == {
        "words": words,
        "sheet": sheet,
        "key": key,
        "subjects": list(subjects),
    }
