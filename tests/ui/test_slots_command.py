"""`planner slots` and `planner rescue`: what they say for people and for machines."""

import json
from pathlib import Path

from tests.ui.command import planner

DISTRICT = "name,year_start,year_end,grades\nOne,2026-09-01,2027-06-18,1;2\n"
SCHOOLS = "school,name,open,close,spaces\nelm,Elm,08:00,15:30,2\n"
BLOCKS = "school,grades,start,end,kind,subject\nelm,1,08:30,09:00,core,reading\nelm,1,09:00,10:00,flex,\nelm,2,10:00,11:00,flex,\n"
STAFF = "staff,name,role,schools\nP1,Ann,para,elm\n"
ROLES = "role,title,obligation_minutes,contract_days\npara,Para,420,195\n"
GROUPS = """group,school,grades,subject,tier,students,minutes,sessions
out,elm,1,reading,2,,60,5
in,elm,1,reading,2,,30,5
more,elm,2,math,2,3,30,1
many,elm,2,math,2,5,30,2
big,elm,2,science,2,8,30,1
"""
MEMBERS = "student,group\ns1,out\ns2,out\ns3,in\n"
SHEETS = {
    "district": DISTRICT,
    "schools": SCHOOLS,
    "blocks": BLOCKS,
    "staff": STAFF,
    "roles": ROLES,
    "groups": GROUPS,
    "members": MEMBERS,
}
END = {"09:00": "09:30", "09:15": "09:45", "10:00": "10:30", "10:30": "11:00"}


def written(folder: Path) -> tuple[Path, Path]:
    """A dataset, and a plan that serves `in` on two days, `many` and `big` on one."""
    data = folder / "one"
    data.mkdir()
    for sheet, text in SHEETS.items():
        (data / f"{sheet}.csv").write_text(text)
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    sessions = [
        ("in", "Mon", "09:00"),
        ("in", "Tue", "09:15"),
        ("many", "Mon", "10:00"),
        ("big", "Mon", "10:30"),
    ]
    plan = {
        "placements": [
            {
                "staff": "P1",
                "day": d,
                "school": "elm",
                "half": "day",
                "shift_start": "08:00",
                "shift_end": "15:30",
            }
            for d in days
        ],
        "sessions": [
            {
                "service": g,
                "kind": "group",
                "school": "elm",
                "staff": ["P1"],
                "day": d,
                "start": t,
                "end": END[t],
            }
            for g, d, t in sessions
        ],
    }
    (folder / "plan.json").write_text(json.dumps(plan))
    return data, folder / "plan.json"


def test_the_table_without_a_plan(tmp_path: Path):
    data, _ = written(tmp_path)
    told = planner("slots", data)
    assert told.exit_code == 0
    assert told.stdout == (
        "one: open slots, minutes a week\n"
        "\n"
        "School  Grade  Usable  Owed  Short\n"
        "Elm     1         450   450    150\n"
        "Elm     2         300   120      –\n"
        "\n"
        "Short however one schedules\n"
        "  Grade 1 at Elm is owed 450 minutes; its windows hold at most 300 minutes with Ann, who "
        "alone may serve it"
        " (Mon–Fri 60 a day). At least 150 minutes cannot be given, however one schedules.\n"
    )


def test_the_table_and_the_map_with_a_plan(tmp_path: Path):
    data, plan = written(tmp_path)
    told = planner("slots", data, "--plan", plan, "--grade", "1").stdout
    assert (
        "School  Grade  Usable  Taken  Free  Owed  Delivered  Short\nElm     1         450     60 "
        "  390   450         60    150\n" in told
    )
    assert told.endswith(
        "Grade 1 at Elm\n"
        "       8:00        9:00\n"
        "  Mon  ······cccccc######oooooo\n"
        "  Tue  ······ccccccooo######ooo\n"
        "  Wed  ······ccccccoooooooooooo\n"
        "  Thu  ······ccccccoooooooooooo\n"
        "  Fri  ······ccccccoooooooooooo\n"
        "  o free, pull-out   c free, in class   # taken   · not usable   (a letter is 5 minutes)\n"
        "\n"
        "  Free for 20 minutes or more, and who is free\n"
        "  Mon      8:30–9:00  in class: Ann\n"
        "           9:30–10:00  pull-out, 2 rooms: Ann\n"
        "  Tue      8:30–9:00  in class: Ann\n"
        "  Wed–Fri  8:30–9:00  in class: Ann\n"
        "           9:00–10:00  pull-out, 2 rooms: Ann\n"
    )


def test_slots_for_machines(tmp_path: Path):
    data, plan = written(tmp_path)
    without = json.loads(planner("slots", data, "--json").stdout)
    assert not without["planned"]
    assert (
        without["grades"][0]["usable"],
        without["grades"][0]["taken"],
        without["grades"][0]["short"],
    ) == (450, None, 150)
    told = json.loads(planner("slots", data, "--plan", plan, "--grade", "1", "--json").stdout)
    (grade,) = told["grades"]
    assert (grade["taken"], grade["free"], grade["owed"], grade["delivered"]) == (60, 390, 450, 60)
    assert grade["days"]["Tue"] == {
        "pull_out": [["09:00", "10:00"]],
        "in_class": [["08:30", "09:00"]],
        "taken": [["09:15", "09:45"]],
    }
    assert grade["openings"][1] == {
        "day": "Mon",
        "start": "09:30",
        "end": "10:00",
        "way": "pull_out",
        "rooms": 2,
        "adults": [{"staff": "P1", "start": "09:30", "end": "10:00"}],
    }
    (short,) = told["shortages"]
    assert (short["owed"], short["at_most"], short["short"], short["by_day"]["Fri"]) == (
        450,
        300,
        150,
        60,
    )


def test_the_example_says_where_nobody_is_short():
    told = planner("slots", "--example", "first-steps", "--grade", "1").stdout
    assert (
        "No grade is short for certain: that a plan serves everybody is possible, not promised."
        in told
    )
    assert "  Mon–Fri  8:15–9:30  in class: Interventionist 1, ESP 1 and ESP 2\n" in told


def test_who_could_join(tmp_path: Path):
    data, plan = written(tmp_path)
    told = planner("rescue", plan, "--data", data)
    assert told.exit_code == 0
    assert told.stdout == (
        "Five students could join another group (proposals only: the plan is as it was)\n"
        "  3 students of more could join many (3 places, 30 min, all that they are owed), if no "
        "other group of theirs meets then:"
        " they have no keys\n"
        "  s1: from out to in, 60 min, 240 still owed\n"
        "  s2: from out to in, 60 min, 240 still owed\n"
        "\n"
        "Without a proposal\n"
        "  s3 of in, Elm: No other group of tier 2 reading for the same grade is served at Elm.\n"
        "  5 students of many, Elm: No other group of tier 2 math for the same grade is served at "
        "Elm.\n"
        "\n"
        "No group size is set for tier 2: no group is made larger than big, the largest of that "
        "tier that is served (8 students).\n"
    )


def test_proposals_for_machines(tmp_path: Path):
    data, plan = written(tmp_path)
    told = json.loads(planner("rescue", plan, "--data", data, "--json").stdout)
    first = {
        "student": "s1",
        "students": 1,
        "from_group": "out",
        "to_group": "in",
        "gives": 60,
        "remains": 240,
    }
    assert first in told["proposals"]
    assert len(told["staying"]) == 2
