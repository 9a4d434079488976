"""Who could join which group: small cases on paper, and random ones against every possible
choice.
"""

from dataclasses import replace
from itertools import product
from random import Random

import pytest

from planner.facts.decisions import RuleRow
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.slots.rescue import JoinProposal, Rescue, cap, rescue
from tests.planner.planned import at
from tests.planner.slots.one_school import school

HEAD = "group,school,grades,subject,tier,students,minutes,sessions,mode,requires,busy,priority\n"


def problem(
    *rows: str, members: str = "", rules: tuple[RuleRow, ...] = (), **changes: str | None
) -> Problem:
    """Rows of the sheet groups, and members as `group: student student; …`."""
    lines = HEAD + "".join(",".join([*row.split(","), *[""] * 12][:12]) + "\n" for row in rows)
    pairs = [
        (group.strip(), names.split())
        for group, _, names in (part.partition(":") for part in members.split(";") if part)
    ]
    sheet = "student,group\n" + "".join(
        f"{student},{group}\n" for group, names in pairs for student in names
    )
    made = school(groups=lines, members=sheet if members else None, **changes)
    return replace(made, data=made.data.model_copy(update={"rules": rules}))


def plan(**sessions: str) -> Plan:
    """`group="P1 Mon 9:00, P1 Tue 9:00"`: sessions of 30 minutes."""
    found = []
    for group, text in sessions.items():
        for who, day, start in (part.split() for part in text.split(",")):
            found.append(Session(group, day, at(start), at(start) + 30, (who,), "elm"))
    return Plan((), tuple(sorted(found)))


def size(value: int, applies_to: str = "", parameter: str = "max_students") -> RuleRow:
    return RuleRow(rule="group_size", parameter=parameter, value=str(value), applies_to=applies_to)


def moves(found: Rescue) -> list[tuple[str, int, str, str]]:
    return [(p.student, p.students, p.from_group, p.to_group) for p in found.proposals]


def reasons(found: Rescue) -> list[tuple[str, str]]:
    return [(s.student, s.reason) for s in found.staying]


OUT, IN = "out,elm,1,reading,2,,30,4", "in,elm,1,reading,2,,30,4"
SERVED = "P1 Mon 9:00,P1 Tue 9:00,P1 Wed 9:00"


def test_a_student_joins_a_group_with_a_place():
    facts = problem(OUT, IN, members="out: s1 s2; in: s3 s4 s5", rules=(size(4),))
    found = rescue(facts, plan(**{"in": SERVED}))
    assert found.proposals == (JoinProposal("s1", 1, "out", "in", 90, 30),)
    assert reasons(found) == [
        *(
            (name, "No other group of tier 2 reading for the same grade is served at Elm.")
            for name in ("s3", "s4", "s5")
        ),
        ("s2", "The places in in go to other students."),
    ]
    assert found.caps == ("Groups of tier 2 may have 4 students (rule group_size).",)
    assert found.placed == 1


def test_without_a_size_the_largest_served_group_of_the_tier_is_the_limit():
    rows = (OUT, IN, "big,elm,2,math,2,6,30,1", "left,elm,2,math,2,9,30,1")
    found = rescue(
        problem(*rows, members="out: s1 s2; in: s3 s4 s5"),
        plan(**{"in": SERVED, "big": "P2 Mon 10:00"}),
    )
    assert moves(found)[:2] == [("s1", 1, "out", "in"), ("s2", 1, "out", "in")]
    assert found.caps == (
        "No group size is set for tier 2: no group is made larger than big, the largest of that "
        "tier that is served (6 students).",
    )


def test_the_size_of_the_tier_goes_before_that_of_the_district():
    facts = problem(
        *(OUT, "three,elm,1,reading,3,,30,4"),
        members="out: s1; three: s2",
        rules=(size(5), size(4, "tier:2"), size(3, "tier: 3"), size(2, "school:oak")),
    )
    assert [cap(facts, facts.service_of[name]) for name in ("out", "three")] == [4, 3]
    assert cap(problem(OUT, IN, members="out: s1; in: s2"), facts.service_of["out"]) is None


@pytest.mark.parametrize(
    "other",
    [
        "in,elm,1,math,2,,30,4",  # another subject
        "in,elm,1,reading,3,,30,4",  # another tier
        "in,elm,2,reading,2,,30,4",  # another grade
        "in,oak,1,reading,2,,30,4",  # another school
    ],
)
def test_only_like_groups_are_joined(other: str):
    schools = "school,name,open,close\nelm,Elm,08:00,15:30\noak,Oak,08:00,15:30\n"
    facts = problem(OUT, other, members="out: s1; in: s2", rules=(size(9),), schools=schools)
    found = rescue(facts, plan(**{"in": SERVED}))
    assert found.proposals == ()
    assert (
        "s1",
        "No other group of tier 2 reading for the same grade is served at Elm.",
    ) in reasons(found)


def test_a_group_of_two_grades_takes_a_student_of_one():
    facts = problem(OUT, "in,elm,1;2,reading,2,,30,3", members="out: s1; in: s2", rules=(size(2),))
    assert moves(rescue(facts, plan(**{"in": SERVED}))) == [("s1", 1, "out", "in")]


def test_a_grade_that_is_not_known_is_not_guessed():
    rows = ("out,elm,1;2,reading,2,,30,4", "in,elm,1,reading,2,,30,3", "known,elm,1,math,2,,30,1")
    facts = problem(*rows, members="out: s1 s2; in: s3; known: s2", rules=(size(9),))
    found = rescue(facts, plan(**{"in": SERVED, "known": "P2 Thu 9:00"}))
    assert moves(found) == [("s2", 1, "out", "in")]


@pytest.mark.parametrize(("start", "joins"), [("9:00", False), ("9:25", False), ("9:30", True)])
def test_nobody_is_in_two_groups_at_once(start: str, joins: bool):
    facts = problem(
        OUT,
        "in,elm,1,reading,2,,30,3",
        "m,elm,1,math,2,,30,1",
        members="out: s1; in: s2; m: s1",
        rules=(size(9),),
    )
    found = rescue(facts, plan(**{"in": SERVED, "m": f"P2 Tue {start}"}))
    assert moves(found) == ([("s1", 1, "out", "in")] if joins else [])
    if not joins:
        assert reasons(found) == [
            ("s1", "in would meet when the student is in another group or busy.")
        ]


def test_busy_times_of_the_groups_are_kept():
    facts = problem(
        OUT + ",,,Tue 09:20-09:40",
        "in,elm,1,reading,2,,30,3",
        members="out: s1; in: s2",
        rules=(size(9),),
    )
    assert reasons(rescue(facts, plan(**{"in": SERVED}))) == [
        ("s1", "in would meet when the student is in another group or busy.")
    ]


def test_the_adult_must_hold_what_the_group_asks_for():
    staff = "staff,name,role,schools,credentials\nP1,Ann,para,elm,\nP2,Ben,para,elm,dyslexia\n"
    facts = problem(
        OUT + ",,dyslexia",
        "in,elm,1,reading,2,,30,3",
        members="out: s1; in: s2",
        rules=(size(9),),
        staff=staff,
    )
    assert reasons(rescue(facts, plan(**{"in": SERVED}))) == [
        ("s1", "Nobody who serves in holds the credential that out asks for.")
    ]
    assert moves(rescue(facts, plan(**{"in": SERVED.replace("P1", "P2")}))) == [
        ("s1", 1, "out", "in")
    ]


def test_classes_are_not_joined_and_what_gives_no_more_is_not_proposed():
    blocks = "school,grades,start,end,kind\nelm,1,09:00,10:00,flex\n"
    rows = ("c,elm,1,reading,1,20,30,1,push_in", "d,elm,1,reading,1,20,30,1,push_in", OUT, IN)
    facts = problem(*rows, members="out: s1; in: s2", rules=(size(30),), blocks=blocks)
    found = rescue(
        facts, plan(d="P1 Mon 9:00", out="P1 Tue 9:00,P1 Wed 9:00", **{"in": "P2 Tue 9:00"})
    )
    assert moves(found) == [("s2", 1, "in", "out")]
    assert reasons(found) == [
        ("s1", "in would give no more than out gives."),
        ("", "It is served in class, and a class is not joined."),
    ]


def test_students_without_keys_are_counted():
    rows = ("out,elm,1,reading,2,5,30,3", "a,elm,1,reading,2,4,30,3", "b,elm,1,reading,2,3,30,3")
    found = rescue(problem(*rows, rules=(size(5),)), plan(a=SERVED, b=SERVED.replace("P1", "P2")))
    assert {(p.students, p.to_group, p.gives) for p in found.proposals} == {
        (2, "b", 90),
        (1, "a", 90),
    }
    assert [(s.students, s.reason) for s in found.staying] == [
        (2, "The places in b and a go to other students.")
    ]


def test_one_moves_on_so_that_another_finds_a_place():
    rows = (
        "out,elm,1,reading,2,,30,3",
        "a,elm,1,reading,2,,30,3",
        "b,elm,1,reading,2,,30,3",
        "m,elm,1,math,2,,30,1",
    )
    facts = problem(*rows, members="out: s1 s2; a: s3; b: s4; m: s2", rules=(size(2),))
    found = rescue(facts, plan(a=SERVED, b=SERVED.replace("9:00", "9:30"), m="P2 Mon 9:30"))
    assert moves(found) == [("s1", 1, "out", "b"), ("s2", 1, "out", "a")]


def test_a_student_left_over_twice_joins_no_two_groups_at_once():
    rows = (
        "o1,elm,1,reading,2,,30,3",
        "a,elm,1,reading,2,,30,3",
        "o2,elm,1,math,2,,30,3",
        "b,elm,1,math,2,,30,3",
    )
    facts = problem(*rows, members="o1: s1; a: s2; o2: s1; b: s3", rules=(size(4),))
    together = rescue(facts, plan(a=SERVED, b=SERVED.replace("P1", "P2")))
    assert moves(together) == [("s1", 1, "o1", "a")]
    apart = rescue(facts, plan(a=SERVED, b=SERVED.replace("P1", "P2").replace("9:00", "9:30")))
    assert moves(apart) == [("s1", 1, "o1", "a"), ("s1", 1, "o2", "b")]


# -- random cases ----------------------------------------------------------------------------------


def random_case(rng: Random) -> tuple[Problem, Plan]:
    """Left out and served groups of two subjects, students in one or two groups, and sessions at
    random times.
    """
    rows, members, sessions = [], [], {}
    students = [f"s{number}" for number in range(12)]
    for number in range(rng.randint(4, 7)):
        name = f"g{number}"
        rows.append(f"{name},elm,1,{rng.choice(['reading', 'reading', 'math'])},2,,30,2")
        members.append(f"{name}: {' '.join(rng.sample(students, rng.randint(1, 3)))}")
        if rng.random() < 0.6:
            days = rng.sample(["Mon", "Tue", "Wed"], rng.randint(1, 2))
            sessions[name] = ",".join(
                f"P1 {day} 9:{rng.choice(['00', '15', '30'])}" for day in days
            )
    return problem(*rows, members=";".join(members), rules=(size(rng.randint(2, 4)),)), plan(
        **sessions
    )


def faults(facts: Problem, made: Plan, found: Rescue) -> list[str]:
    """What is wrong with proposals, by their own words alone."""
    said = []
    sizes = {g.id: len(g.students) for g in facts.groups}
    joins: dict[str, list[str]] = {}
    for p in found.proposals:
        joins.setdefault(p.student, []).append(p.to_group)
        sizes[p.to_group] += 1
        leaves, to = facts.service_of[p.from_group].group, facts.service_of[p.to_group].group
        assert leaves
        assert to
        if leaves.subject != to.subject or p.student in facts.service_of[p.to_group].students:
            said.append(f"{p} is no like group")
    joined = {p.to_group for p in found.proposals}
    said += [
        f"{g.id} is over its cap"
        for g in facts.groups
        if g.id in joined and sizes[g.id] > (cap(facts, g) or 0)
    ]
    for student, targets in joins.items():
        left = {p.from_group for p in found.proposals if p.student == student}
        stays = [g.id for g in facts.groups if student in g.students and g.id not in left]
        meets = [s for name in (*stays, *targets) for s in made.sessions_of.get(name, ())]
        for index, one in enumerate(meets):
            for other in meets[:index]:
                both_old = one.service in stays and other.service in stays
                if (
                    not both_old
                    and one.day == other.day
                    and one.start < other.end
                    and other.start < one.end
                ):
                    said.append(f"{student} is in {one.service} and {other.service} at once")
    return said


@pytest.mark.parametrize("seed", range(60))
def test_proposals_never_collide_and_never_fill_a_group_over_its_cap(seed: int):
    facts, made = random_case(Random(seed))
    assert faults(facts, made, rescue(facts, made)) == []


def most_by_trying(places: dict[str, int], ways: list[list[str]]) -> int:
    """How many can have a place, by trying everything."""
    choices = product(*[["", *way] for way in ways])
    return max(
        sum(map(bool, one))
        for one in choices
        if all(one.count(name) <= places[name] for name in places)
    )


@pytest.mark.parametrize("seed", range(40))
def test_as_many_as_possible_are_placed(seed: int):
    rng = Random(seed)
    rows, members, sessions = ["out,elm,1,reading,2,,30,3"], ["out: s0 s1 s2 s3 s4"], {}
    places: dict[str, int] = {}
    times = {}
    for name in ("a", "b", "c"):
        inside = rng.randint(1, 3)
        places[name] = 3 - inside
        rows.append(f"{name},elm,1,reading,2,,30,3")
        members.append(f"{name}: " + " ".join(f"{name}{number}" for number in range(inside)))
        times[name] = rng.choice(["9:00", "9:30"])
        sessions[name] = ",".join(f"P1 {day} {times[name]}" for day in ("Mon", "Tue", "Wed"))
    busy = {f"s{number}": rng.choice(["9:00", "9:30", "8:00"]) for number in range(5)}
    for time in ("9:00", "9:30", "8:00"):
        name = f"m{time[0]}{time[2]}"
        rows.append(f"{name},elm,1,math,2,9,30,1")
        inside_then = [student for student, then in busy.items() if then == time] or ["nobody"]
        members.append(f"{name}: {' '.join(inside_then)}")
        sessions[name] = f"P2 Mon {time}"
    facts = problem(*rows, members=";".join(members), rules=(size(3),))
    found = rescue(facts, plan(**sessions))
    placed = [p for p in found.proposals if p.from_group == "out"]
    ways = [[name for name in places if times[name] != busy[f"s{number}"]] for number in range(5)]
    assert len(placed) == most_by_trying(places, ways)
