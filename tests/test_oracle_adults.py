"""What the oracle says of hand-made plans: supervision, duties in their order, teachers' time,
settings of rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle_cases import BASE, DISTRICT, Plan, faults, given, placed

# -- supervision: a and b are aides, c is certificated

STAFF = "staff,role,start,supervisor\na,aide,08:00,{0}\nb,aide,08:00,{0}\nc,teacher,08:00,"


def crew(how: str, most: str = "", supervisor: str = "", teachers: str = "") -> dict[str, str]:
    """Two aides who need supervision in such a way, and a colleague."""
    roles = "role,title,certificated,obligation_minutes,lunch_minutes,contract_days,supervised,max_supervised"
    names = {
        "staff": STAFF.format(supervisor),
        "roles": f"{roles}\naide,R,no,420,30,190,{how},{most}\nteacher,R,yes,420,30,190,,",
    }
    groups = BASE["groups"].split("\n")[0] + "".join(
        f"\n{name},A,K,2,60,1,all 00:00-24:00" for name in "ghi"
    )
    day = {"district": DISTRICT.replace("Mon;Tue", "Mon"), "groups": groups}
    return (
        names
        | day
        | ({"teachers": "teacher,school,grades,certificated" + teachers} if teachers else {})
    )


def everybody(at: str = "A", shift: str = "08:00-15:30") -> list[Plan]:
    """The three at work; the colleague at a school of their own."""
    return [placed("a", "Mon"), placed("b", "Mon"), placed("c", "Mon", at, shift)]


def delivering(*sessions: tuple[str, str, str]) -> list[Plan]:
    """Sessions of group, person and span."""
    return [given(group, "Mon", span, staff) for group, staff, span in sessions]


NEAR = ("h", "c", "09:30-10:30")
BESIDE = [("g", "a", "09:00-10:00"), NEAR]
AFTER = [("g", "a", "09:00-10:00"), ("h", "c", "10:00-11:00")]
SAME_BLOCK = "group g on Mon 09:00-10:00: a has no certificated adult in the same block"


@pytest.mark.parametrize(
    ("teachers", "sessions", "found"),
    [
        ("", BESIDE, []),
        ("", AFTER, [SAME_BLOCK]),
        ("", [("g", "a", "09:00-10:00"), ("h", "b", "09:00-10:00")], 2),
        ("\nT,A,K,yes", AFTER, []),
        ("\nT,A,,yes", AFTER, []),
        ("\nT,A,1,yes", AFTER, [SAME_BLOCK]),
        ("\nT,A,K,no", AFTER, [SAME_BLOCK]),
        ("\nT,B,K,yes", AFTER, [SAME_BLOCK]),
    ],
)
def test_supervision_in_the_same_block(
    tmp_path: Path, teachers: str, sessions: list[tuple[str, str, str]], found: list[str] | int
):
    broken = faults(
        tmp_path, *everybody(), *delivering(*sessions), **crew("same_block", teachers=teachers)
    )
    assert (len(broken) if isinstance(found, int) else broken) == found


NAMED = "group g on Mon 09:00-10:00: a has no supervisor {} there"


@pytest.mark.parametrize(
    ("supervisor", "teachers", "rows", "found"),
    [
        ("c", "", everybody(), []),
        ("c", "", everybody("B"), [NAMED.format("c")]),
        ("c", "", everybody("A", "09:30-17:00"), [NAMED.format("c"), "start"]),
        ("", "", everybody(), [NAMED.format("(none is named)")]),
        ("T", "\nT,A,1,yes", everybody(), []),
        ("T", "\nT,A,K,no", everybody(), [NAMED.format("T")]),
        ("T", "\nT,B,K,yes", everybody(), [NAMED.format("T")]),
    ],
)
def test_supervision_by_a_named_person(
    tmp_path: Path, supervisor: str, teachers: str, rows: list[Plan], found: list[str]
):
    crew_sheets = crew("named", supervisor=supervisor, teachers=teachers)
    broken = faults(tmp_path, *rows, *delivering(("g", "a", "09:00-10:00")), **crew_sheets)
    assert len(broken) == len(found)
    assert all(word in sentence for word, sentence in zip(found, broken, strict=True))


BOTH = [("g", "a", "09:00-10:00"), ("i", "b", "09:00-10:00"), NEAR]


@pytest.mark.parametrize(
    ("how", "most", "supervisor", "found"),
    [
        ("on_site", "2", "", []),
        ("on_site", "1", "", ["A on Mon: 2 supervised aide for 1 certificated adults"]),
        ("same_block", "1", "", ["A on Mon: 2 supervised aide for 1 certificated adults"]),
        ("named", "2", "c", []),
        ("named", "1", "c", ["c on Mon supervises 2 aide, at most 1"]),
        ("no", "1", "", []),
    ],
)
def test_one_adult_supervises_so_many(
    tmp_path: Path, how: str, most: str, supervisor: str, found: list[str]
):
    sheets = crew(how, most, supervisor)
    assert faults(tmp_path, *everybody(), *delivering(*BOTH), **sheets) == found
    assert (
        faults(
            tmp_path,
            *everybody(),
            *delivering(*BOTH),
            **sheets,
            rules="rule,setting\nsupervision,off",
        )
        == []
    )
    scoped = "rule,setting,applies_to\nsupervision,soft,role:aide"
    assert faults(tmp_path, *everybody(), *delivering(*BOTH), **sheets, rules=scoped) == []


# -- duties, one after the other

DUTIES = "duty,kind,school,minutes,sessions,after,with\nwatch,{0},A,30,{1},,{3}\ntalk,debrief,A,30,{2},watch,{3}"


def duties(*sessions: tuple[str, str, str]) -> list[Plan]:
    """Sessions of duty, day and span."""
    return [given(duty, day, span, kind="duty") for duty, day, span in sessions]


@pytest.mark.parametrize(
    ("numbers", "sessions", "found"),
    [
        ((1, 1), [("watch", "Mon", "09:00-09:30"), ("talk", "Mon", "09:30-10:00")], []),
        (
            (1, 1),
            [("watch", "Mon", "09:00-09:30"), ("talk", "Mon", "08:30-09:00")],
            ["duty talk on Mon 08:30-09:00 is given before watch"],
        ),
        (
            (1, 1),
            [("watch", "Tue", "09:00-09:30"), ("talk", "Mon", "10:00-10:30")],
            ["duty talk on Mon 10:00-10:30 is given before watch"],
        ),
        (
            (2, 2),
            [("watch", "Mon", "09:00-09:30"), ("watch", "Tue", "12:00-12:30")]
            + [("talk", "Mon", "10:00-10:30"), ("talk", "Tue", "13:00-13:30")],
            [],
        ),
        (
            (2, 2),
            [("watch", "Mon", "09:00-09:30"), ("watch", "Tue", "12:00-12:30")]
            + [("talk", "Mon", "10:00-10:30"), ("talk", "Tue", "09:00-09:30")],
            ["duty talk on Tue 09:00-09:30 is given before watch"],
        ),
        (
            (1, 2),
            [
                ("watch", "Mon", "09:00-09:30"),
                ("talk", "Mon", "10:00-10:30"),
                ("talk", "Tue", "09:00-09:30"),
            ],
            [],
        ),
        ((1, 1), [("talk", "Mon", "10:00-10:30")], []),
    ],
)
def test_the_second_duty_comes_after_the_first(
    tmp_path: Path, numbers: tuple[int, int], sessions: list, found: list[str]
):
    sheets = {"duties": DUTIES.format("observation", *numbers, "")}
    assert faults(tmp_path, *duties(*sessions), **sheets) == found
    assert faults(tmp_path, *duties(*sessions), **sheets, rules="rule,setting\norder,off") == []


BLOCKS = "school,grades,days,start,end,kind" + "".join(
    f"\nA,{row}"
    for row in (
        "K,Mon,09:00,10:00,specials",
        "1,Mon,13:00,14:00,specials",
        "K,all,10:00,11:00,core",
        "1,all,11:00,11:30,flex",
    )
)


@pytest.mark.parametrize(
    ("teacher", "kind", "span", "free"),
    [
        ("T,A,K,", "debrief", "Mon 09:00-09:30", True),
        ("T,A,K,", "debrief", "Mon 09:35-10:05", False),
        ("T,A,K,", "debrief", "Mon 13:00-13:30", False),
        ("T,A,K;1,", "debrief", "Mon 13:00-13:30", True),
        ("T,A,K,", "debrief", "Tue 09:00-09:30", False),
        ("T,A,K,Tue 14:00-15:00", "debrief", "Tue 14:30-15:00", True),
        ("T,A,K,Tue 14:00-15:00", "planning", "Mon 09:00-09:30", False),
        ("T,A,,", "debrief", "Mon 14:00-14:30", True),
        ("T,B,K,", "debrief", "Mon 14:00-14:30", True),
        ("T,A,K,", "observation", "Tue 10:30-11:00", True),
        ("T,A,K,", "observation", "Tue 10:35-11:05", False),
        ("T,A,K,", "coaching", "Tue 11:00-11:30", False),
        ("T,A,K-1,", "coaching", "Tue 11:00-11:30", True),
        ("T,A,2,", "coaching", "Tue 14:00-14:30", True),
        ("T,A,K,", "meeting", "Mon 14:00-14:30", True),
    ],
)
def test_teachers_have_time_for_duties(
    tmp_path: Path, teacher: str, kind: str, span: str, free: bool
):
    district = DISTRICT.replace("cycle,", "grades,cycle,").replace("Mon;Tue,", "K;1;2,Mon;Tue,")
    sheets = {
        "duties": f"duty,kind,school,minutes,with\nd,{kind},A,30,T",
        "blocks": BLOCKS,
        "district": district,
    }
    day, time = span.split()
    what = "planning time" if kind in ("debrief", "planning") else "classes"
    session = given("d", day, time, kind="duty")
    sheets |= {"teachers": f"teacher,school,grades,planning\n{teacher}"}
    found = [] if free else [f"duty d on {day} {time} lies outside the {what} of T"]
    assert faults(tmp_path, session, **sheets) == found
    assert faults(tmp_path, session, **sheets, rules="rule,setting\nteacher_time,off") == []


# -- settings

GROUP = given("g", "Mon", "09:00-10:00")


def sized(students: str) -> str:
    """The group with so many students."""
    return BASE["groups"].replace("windows", "windows,students") + f",{students}"


@pytest.mark.parametrize(
    ("students", "rules", "found"),
    [
        ("5", "group_size,hard,max_students,5,tier:2", []),
        (
            "6",
            "group_size,hard,max_students,5,tier:2",
            ["group g has 6 students, at most 5 in tier 2"],
        ),
        ("6", "group_size,hard,max_students,5,", ["group g has 6 students, at most 5 in tier 2"]),
        ("6", "group_size,hard,max_students,5,tier:3", []),
        ("6", "group_size,,max_students,5,tier:2", []),
        ("6", "group_size,soft,max_students,5,tier:2", []),
        ("6", "group_size,hard,,,", []),
        (
            "6",
            "group_size,hard,,,\ngroup_size,,max_students,5,tier:2",
            ["group g has 6 students, at most 5 in tier 2"],
        ),
        ("6", "group_size,hard,max_students,5,\ngroup_size,,max_students,6,school:A", []),
        ("6", "group_size,hard,max_students,5,\ngroup_size,soft,,,tier:2", []),
    ],
)
def test_a_group_above_a_hard_cap_is_not_served(
    tmp_path: Path, students: str, rules: str, found: list[str]
):
    rules = "rule,setting,parameter,value,applies_to\n" + rules
    assert faults(tmp_path, GROUP, groups=sized(students), rules=rules) == found
    assert faults(tmp_path, groups=sized(students), rules=rules) == []


def test_blank_students_are_counted_by_members(tmp_path: Path):
    members = "student,group" + "".join(f"\ns{number},g" for number in range(4))
    rules = "rule,setting,parameter,value\ngroup_size,hard,max_students,3"
    assert faults(tmp_path, GROUP, members=members, rules=rules) == [
        "group g has 4 students, at most 3 in tier 2"
    ]


STRICT = "role,title,obligation_minutes,contract_days,lunch_from,lunch_to,prep_minutes,max_contact_minutes,max_consecutive_minutes"
TWICE = BASE["groups"].replace("60,1", "60,2")


@pytest.mark.parametrize(
    ("rule", "sheets", "rows"),
    [
        ("windows", {"groups": BASE["groups"].replace("00:00-24:00", "12:00-13:00")}, [GROUP]),
        (
            "windows",
            {"groups": BASE["groups"].replace("windows", "windows,busy") + ",Mon 09:00-09:30"},
            [GROUP],
        ),
        (
            "qualification",
            {"groups": BASE["groups"].replace("windows", "windows,roles") + ",other"},
            [GROUP],
        ),
        ("different_days", {"groups": TWICE}, [GROUP, given("g", "Mon", "10:00-11:00")]),
        ("duty_free_lunch", {"roles": f"{STRICT}\nr,R,420,190,12:00,13:00,,,"}, []),
        ("preparation", {"roles": f"{STRICT}\nr,R,420,190,,,20,,"}, []),
        ("contact_minutes", {"roles": f"{STRICT}\nr,R,420,190,,,,50,"}, [GROUP]),
        ("consecutive_contact", {"roles": f"{STRICT}\nr,R,420,190,,,,,50"}, [GROUP]),
        ("required_duties", {"duties": "duty,kind,school,minutes,required\nd,data,A,30,yes"}, []),
        ("pins", {"pins": "kind,subject,day\nforbid,g,Mon"}, [GROUP]),
        ("pull_out_spaces", {"schools": "school,name,spaces\nA,A,0"}, [GROUP]),
    ],
)
@pytest.mark.parametrize("setting", ["off", "soft"])
def test_a_rule_that_is_not_hard_breaks_no_plan(
    tmp_path: Path, rule: str, sheets: dict[str, str], rows: list[Plan], setting: str
):
    assert faults(tmp_path, *rows, **sheets) != []
    assert faults(tmp_path, *rows, **sheets, rules=f"rule,setting\n{rule},{setting}") == []
    assert (
        faults(tmp_path, *rows, **sheets, rules=f"rule,setting,from\n{rule},{setting},2026-09-01")
        != []
    )


LIMITS = f"{STRICT}\nr,R,420,190,,,,50,180"


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("contact_minutes,max_contact_minutes,60,", 0),
        ("contact_minutes,max_contact_minutes,60,role:r", 0),
        ("contact_minutes,max_contact_minutes,60,school:A", 0),
        ("contact_minutes,max_contact_minutes,60,role:other", 1),
        ("contact_minutes,max_contact_minutes,60,school:B", 1),
        (
            "contact_minutes,max_contact_minutes,60,role:r\ncontact_minutes,max_contact_minutes,55,school:A",
            1,
        ),
        (
            "contact_minutes,max_contact_minutes,60,role:r\ncontact_minutes,max_contact_minutes,55,",
            0,
        ),
        ("contact_minutes,max_contact_minutes,60,\npreparation,prep_minutes,20,role:r", 2),
        (
            "contact_minutes,max_contact_minutes,60,\nconsecutive_contact,max_consecutive_minutes,55,",
            1,
        ),
        ("contact_minutes,max_contact_minutes,60,\nduty_free_lunch,lunch_from,12:00,", 2),
        ("contact_minutes,max_contact_minutes,60,\ndosage,minutes,55,tier:2", 1),
        ("contact_minutes,max_contact_minutes,60,\ndosage,minutes,55,tier:3", 0),
    ],
)
def test_a_parameter_replaces_a_column(tmp_path: Path, rule: str, found: int):
    rules = "rule,parameter,value,applies_to\n" + rule
    broken = faults(tmp_path, GROUP, roles=LIMITS, rules=rules)
    assert len(broken) == found, broken
