"""Minutes usable, taken and free, and who is free, on the small district's plan made by hand."""

import pytest

from planner.plan.plan import Placement, Plan, Session
from planner.slots.open_slots import FreeAdult, FreeTime, GradeSlots, Opening, OpenSlots, open_slots
from planner.slots.windows import Usable, grade_usable
from tests.planner.planned import at
from tests.planner.slots.one_school import groups, school

BLOCKS = """school,grades,days,start,end,kind,subject,pull_out,push_in
elm,1,Mon-Fri,08:30,09:00,core,reading,,
elm,1,Mon-Fri,09:00,10:00,flex,,,
elm,1,Mon,10:00,10:30,specials,,yes,
elm,1,Mon-Fri,11:00,11:30,lunch,,,
elm,2,Mon-Fri,10:00,11:00,flex,,,
"""
ROOMS = "school,name,open,close,spaces\nelm,Elm,08:00,15:30,2\n"
GROUPS = groups("a,1,30,5", "b,1,20,2", "c,2,30,1")
PLAN = Plan(
    (
        Placement("P1", "Mon", at("8:00"), at("15:30"), "elm", lunch=(at("12:00"), at("12:30"))),
        Placement("P2", "Mon", at("8:00"), at("15:30"), "elm", lunch=(at("10:00"), at("10:30"))),
        Placement(
            "P2", "Tue", at("9:25"), at("15:30"), "elm", preparation=((at("9:25"), at("9:35")),)
        ),
    ),
    (
        Session("a", "Mon", at("9:00"), at("9:30"), ("P1",), "elm"),
        Session("b", "Mon", at("9:20"), at("9:40"), ("P2",), "elm"),
        Session("c", "Mon", at("10:00"), at("10:30"), ("P1",), "elm"),
    ),
)


def found(plan: Plan | None = PLAN, **changes: str | None) -> OpenSlots:
    return open_slots(
        school(**{"blocks": BLOCKS, "schools": ROOMS, "groups": GROUPS} | changes), plan
    )


def grade(slots: OpenSlots, name: str) -> GradeSlots:
    return next(each for each in slots.grades if each.grade == name)


def test_usable_is_pull_out_or_else_in_class():
    facts = school(blocks=BLOCKS, schools=ROOMS)
    assert grade_usable(facts, "elm", "1", "Mon") == Usable(
        ((at("9:00"), at("10:30")),), ((at("8:30"), at("9:00")),)
    )
    assert grade_usable(facts, "elm", "1", "Tue") == Usable(
        ((at("9:00"), at("10:00")),), ((at("8:30"), at("9:00")),)
    )
    assert grade_usable(facts, "elm", "3", "Tue") == Usable()


def test_windows_of_a_group_count_and_hours_close():
    given = groups("a,3,30,1,,,,,Mon 07:30-08:20", "b,3,30,1,push_in,,,,Mon 08:10-08:40")
    usable = grade_usable(school(blocks=BLOCKS, schools=ROOMS, groups=given), "elm", "3", "Mon")
    assert usable == Usable(((at("8:00"), at("8:20")),), ((at("8:20"), at("8:40")),))


def test_minutes_are_usable_taken_and_free():
    one = grade(found(), "1")
    assert (one.usable, one.taken, one.free) == (30 + 90 + 4 * 90, 40, 440)
    assert (one.owed, one.delivered, one.short) == (150 + 40, 50, 0)
    assert one.days["Mon"].free_pull_out == [(at("9:40"), at("10:30"))]
    assert [each.grade for each in found().grades] == ["1", "2"]


def test_without_a_plan_nothing_is_taken():
    one = grade(found(None), "1")
    assert (one.usable, one.taken, one.delivered) == (480, 0, 0)


def test_a_group_of_two_grades_counts_in_both():
    both = found(
        Plan(), groups="group,school,grades,tier,students,minutes,sessions\ng,elm,1;2,2,4,30,2\n"
    )
    assert [each.owed for each in both.grades] == [60, 60]


def openings(
    slots: OpenSlots, name: str, day: str, plan: Plan | None = PLAN, **changes: str | None
) -> list[Opening]:
    facts = school(**{"blocks": BLOCKS, "schools": ROOMS, "groups": GROUPS} | changes)
    return [
        opening
        for opening in FreeTime(facts, plan).openings(grade(slots, name))
        if opening.day == day
    ]


def test_who_is_free_in_the_open_stretches():
    monday = openings(found(), "1", "Mon")
    assert [(o.start, o.end, o.way, o.rooms, o.minutes) for o in monday] == [
        (at("8:30"), at("9:00"), "in_class", None, 30),
        (at("9:40"), at("10:30"), "pull_out", 1, 50),
    ]
    assert monday[0].adults == (
        FreeAdult("P1", at("8:30"), at("9:00")),
        FreeAdult("P2", at("8:30"), at("9:00")),
    )
    assert monday[1].adults == (
        FreeAdult("P1", at("9:40"), at("10:00")),
        FreeAdult("P2", at("9:40"), at("10:00")),
    )


def test_preparation_shift_and_days_off_count():
    tuesday = openings(found(), "1", "Tue")
    assert [o.adults for o in tuesday] == [(), (FreeAdult("P2", at("9:35"), at("10:00")),)]
    assert [o.adults for o in openings(found(), "1", "Wed")] == [(), ()]


def test_without_a_plan_whoever_may_be_there_is_named():
    wednesday = openings(found(None), "1", "Wed", None)
    assert [(o.way, o.rooms, [a.staff for a in o.adults]) for o in wednesday] == [
        ("in_class", None, ["P1", "P2"]),
        ("pull_out", 2, ["P1", "P2"]),
    ]


@pytest.mark.parametrize(
    ("roles", "staff", "free"),
    [
        ("", "staff,name,role,schools,grades\nP1,Ann,para,elm,2;3\nP2,Ben,para,elm,\n", ["P2"]),
        (
            "role,title,obligation_minutes,contract_days,max_contact_minutes\npara,Para,420,195,70\n",
            "",
            ["P2"],
        ),  # 60 and 20 given
    ],
)
def test_who_may_not_or_has_done_enough_is_not_free(roles: str, staff: str, free: list[str]):
    changes = {name: text for name, text in (("roles", roles), ("staff", staff)) if text}
    late = openings(found(**changes), "1", "Mon", **changes)[-1]
    assert [a.staff for a in late.adults] == free


def test_shortages_stand_beside_their_grade():
    slots = found(
        None,
        groups=groups(*(f"g{n},1,30,5" for n in range(7))),
        blocks="school,grades,start,end,kind\nelm,1,09:00,10:00,flex\n",
    )
    assert [(each.grade, each.short) for each in slots.grades] == [("1", 7 * 150 - 600)]
    assert len(slots.shortages) == 1
