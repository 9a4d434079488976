"""Warnings of `planner validate`: what can never be served is told, and keeps nothing else from
being planned.
"""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from planner.facts.problem import Problem
from planner.rules.explanations import never
from planner.sheets import dataset_warnings
from planner.sheets.dataset_warnings import hardly_said, never_served
from tests.planner import small
from tests.ui.command import planner

GROUP = "group,school,grades,tier,minutes,sessions,students"


def warned(**changes: str) -> list[tuple[str, int, str]]:
    tables = small.tables(**changes)
    return [
        (fault.sheet, fault.row, fault.rule)
        for fault in never_served(Problem(small.dataset(**changes)), tables)
    ]


def test_the_small_dataset_gives_no_warning():
    assert warned() == []


@pytest.mark.parametrize(
    ("changes", "sheet", "row", "words"),
    [
        (
            {"groups": f"{GROUP}\nfine,elm,1,2,30,4,4\n\nlong,elm,1,2,75,4,4\n"},
            "groups",
            4,
            "No block of grade 1 at Elm permits pull out for 75 minutes.",
        ),
        (
            {"groups": f"{GROUP}\nfar,oak,1,2,30,4,4\n"},
            "groups",
            2,
            "Nobody at Oak may serve far",
        ),
        (
            {"groups": f"{GROUP},busy\nfull,elm,1,2,30,4,4,Mon-Fri 9:25-9:35\n"},
            "groups",
            2,
            "No block of grade 1 at Elm permits pull out for 30 minutes.",
        ),
        (
            {"groups": f"{GROUP},windows\nlate,elm,1,2,30,4,4,Mon-Fri 15:15-15:45\n"},
            "groups",
            2,
            "No window given for late holds 30 minutes while the school is open.",
        ),
        (
            {"duties": "duty,kind,minutes,school,windows\nm,meeting,60,elm,Mon 15:00-16:00\n"},
            "duties",
            2,
            "No window given for m holds 60 minutes while the school is open.",
        ),
    ],
)
def test_what_can_never_be_served_is_told(
    changes: dict[str, str], sheet: str, row: int, words: str
):
    ((found_sheet, found_row, rule),) = warned(**changes)
    assert (found_sheet, found_row) == (sheet, row)
    assert words in rule


def test_a_session_that_just_fits_is_not_warned_of():
    assert (
        warned(
            groups=f"{GROUP},busy\na,elm,1,2,30,4,4,Mon-Fri 9:30-10:00\nb,elm,1,2,60,4,4,Mon-Thu "
            "9:00-10:00\n"
        )
        == []
    )


def test_a_rule_that_is_off_stops_nothing():
    changes = {"groups": f"{GROUP}\nlong,elm,1,2,75,4,4\n", "rules": "rule,setting\nwindows,off\n"}
    problem = Problem(small.dataset(**changes))
    assert never(problem, problem.services[0]) == ""


def doubted(**changes: str) -> list[tuple[str, str, str]]:
    faults = list(hardly_said(small.tables(**changes), small.dataset(**changes).reading))
    assert {fault.kind for fault in faults} <= {"warning"}
    return [(f"{fault.sheet}!{fault.row}", fault.value, fault.rule) for fault in faults]


def test_nothing_is_hardly_meant_in_the_small_dataset():
    assert doubted() == []


@pytest.mark.parametrize("jurisdiction", ["none", "us-ca-lausd", "us-wa", "uk-njc"])
def test_a_jurisdiction_without_rules_says_so(jurisdiction: str):
    district = (
        f"name,year_start,year_end,jurisdiction\nSmall,2026-09-01,2027-06-18,{jurisdiction}\n"
    )
    known = (
        jurisdiction == "none" or (files("planner.facts.presets") / f"{jurisdiction}.csv").is_file()
    )
    assert doubted(district=district) == (
        [] if known else [("district!2", jurisdiction, "brings no rules of its own yet.")]
    )


BOTH = "on {} {} has students and {} has none at the same school; this row holds, being the later."


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        (
            ["2026-11-25,,holiday,,", "2026-11-25,,minimum_day,12:00,"],
            {3: ("2026-11-25", "this row", "row 2")},
        ),
        (
            ["2026-11-25,,minimum_day,12:00,elm", "2026-11-23,2026-11-27,holiday,,"],
            {3: ("2026-11-25", "row 2", "this row")},
        ),
        (
            ["2026-11-23,2026-11-27,pd_day,,elm;oak", "2026-11-27,,minimum_day,12:00,oak"],
            {3: ("2026-11-27", "this row", "row 2")},
        ),
        (["2026-11-25,,holiday,,elm", "2026-11-25,,minimum_day,12:00,oak"], {}),
        (["2026-11-25,,holiday,,", "2026-11-25,,pd_day,,elm"], {}),
        (["2026-11-25,,minimum_day,12:00,", "2026-11-25,,minimum_day,11:00,elm"], {}),
        (["2026-11-27,2026-11-28,minimum_day,12:00,", "2026-11-28,2026-11-29,holiday,,"], {}),
        (["2026-11-25,2026-11-26,holiday,,", "2026-11-27,,minimum_day,12:00,"], {}),
        (["2025-11-25,,holiday,,", "2025-11-25,,minimum_day,12:00,"], {}),
    ],
)
def test_of_rows_that_contradict_each_other_on_students_both_are_named(
    rows: list[str], told: dict[int, tuple[str, str, str]]
):
    calendar = "\n".join(["date,to,kind,close,schools", *rows, ""])
    found = {row: BOTH.format(*words) for row, words in told.items()}
    assert {
        int(place.removeprefix("calendar!")): rule
        for place, _, rule in doubted(calendar=calendar)
        if "has students" in rule
    } == found


@pytest.mark.parametrize("most", [2, 3])
def test_more_than_two_schools_a_day_are_allowed_and_never_planned(most: int):
    roles = f"role,title,obligation_minutes,contract_days,max_sites_per_day\npara,Paraeducator,420,195,{most}\n"
    rules = f"rule,parameter,value,applies_to\nsites,max_sites_per_day,{most},role:para\nsites,max_sites,3,\n"
    rule = "nobody is planned at more than two schools a day."
    assert doubted(roles=roles, rules=rules) == (
        [("roles!2", "3", rule), ("rules!2", "3", rule)] if most > 2 else []
    )


def test_the_command_warns_and_the_others_are_planned(tmp_path: Path):
    groups = f"{GROUP}\nfine,elm,1,2,30,4,4\n" + "".join(
        f"long-{n},elm,2,2,75,4,4\n" for n in range(3)
    )
    data = small.folder(tmp_path / "data", groups=groups, duties=None)
    told = planner("validate", data)
    assert told.exit_code == 0
    assert told.stdout.endswith(
        "Allowed, but look at it:\n"
        "  Sheet groups, rows 3-5: No block of grade 2 at Elm permits pull out for 75 minutes. It "
        "will be left out of the plan.\n"
    )
    listed = json.loads(planner("validate", data, "--json").stdout)
    assert [(entry["kind"], entry["row"]) for entry in listed] == [
        ("warning", 3),
        ("warning", 4),
        ("warning", 5),
    ]
    solved = planner("solve", data, "-o", tmp_path / "plan", "--seconds", 5, "--workers", 1)
    assert solved.exit_code == 0, solved.stderr
    plan = json.loads((tmp_path / "plan" / "plan.json").read_text())
    assert {session["service"] for session in plan["sessions"]} == {"fine"}


@pytest.mark.slow
def test_groups_that_differ_in_nothing_that_matters_are_looked_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Of 2,000 groups there are 100 kinds: at each of 50 schools, of one grade, 30 or 50 minutes
    long. And there is a duty.
    """
    count = range(50)
    data = small.folder(
        tmp_path / "data",
        schools="school,name,open,close\n" + "".join(f"s{n},S,08:00,15:30\n" for n in count),
        blocks="school,grades,start,end,kind\n"
        + "".join(f"s{n},{g},{9 + g}:00,{9 + g}:45,flex\n" for n in count for g in (1, 2)),
        staff="staff,role,schools\n" + "".join(f"p{n},para,s{n % 50}\n" for n in range(350)),
        groups=f"{GROUP}\n"
        + "".join(f"g{n},s{n % 50},{1 + n % 2},2,{50 if n % 3 else 30},4,4\n" for n in range(2000)),
        members="student,group\n" + "".join(f"k{n},g{n % 2000}\n" for n in range(2500)),
        positions=None,
    )
    looked_at: list[str] = []
    monkeypatch.setattr(
        dataset_warnings,
        "never",
        lambda problem, service: looked_at.append(service.id) or never(problem, service),
    )
    told = planner("validate", data, "--json")
    assert len(json.loads(told.stdout)) == 1333
    assert len(looked_at) == 101
