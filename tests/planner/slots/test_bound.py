"""What some groups can get at most, worked out on paper."""

import pytest

from planner.slots.bound import Bound, Most
from planner.slots.intervals import fills, fitting, joined, meet, without
from tests.planner.slots.one_school import groups, school

TEN = groups(*(f"g{number},1,30,5" for number in range(10)))
ROLE = "role,title,obligation_minutes,contract_days,lunch_minutes,lunch_from,lunch_to,prep_minutes,max_contact_minutes,part_time\n"


def most(**changes: str | None) -> Most:
    facts = school(**changes)
    return Bound(facts).most(facts.groups)


def per_day(found: Most) -> list[int]:
    return [day.minutes for day in found.days]


def test_stretches():
    assert meet([(0, 30), (40, 60)], [(20, 50)]) == [(20, 30), (40, 50)]
    assert without([(0, 60)], [(10, 20), (50, 90)]) == [(0, 10), (20, 50)]
    assert without([(0, 60)], [(20, 20)]) == [(0, 60)]
    assert joined([(0, 30), (30, 60)]) == [(0, 60)]
    assert joined([(0, 30), (30, 60)], touching=False) == [(0, 30), (30, 60)]
    assert fitting([(3, 35), (3, 34)], 30, 5) == [(5, 35)]


@pytest.mark.parametrize(
    ("room", "lengths", "again", "full"),
    [
        (60, [30, 30], False, 60),
        (60, [45, 30], False, 45),
        (60, [45, 30], True, 60),
        (20, [30], True, 0),
        (65, [20, 45], False, 65),
    ],
)
def test_what_fills_a_stretch(room: int, lengths: list[int], again: bool, full: int):
    assert fills(room, lengths, again=again) == full


def test_two_adults_fill_one_hour_a_day_each():
    found = most(groups=TEN)
    assert (found.minutes, found.by, per_day(found)) == (600, "days", [120] * 5)
    assert {day.by for day in found.days} == {"adults"}
    assert found.adults == ("P1", "P2")


def test_a_window_of_an_hour_holds_one_session_of_45_minutes():
    assert per_day(most(groups=groups("a,1,45,5", "b,1,45,5", "c,1,45,5"))) == [90] * 5


def test_rooms_are_counted_and_class_needs_none():
    rooms = "school,name,open,close,spaces\nelm,Elm,08:00,15:30,1\n"
    found = most(schools=rooms, groups=TEN)
    assert (found.minutes, {day.by for day in found.days}) == (300, {"rooms"})
    blocks = "school,grades,start,end,kind,pull_out,push_in\nelm,1,09:00,10:00,flex,yes,yes\n"
    assert (
        most(schools=rooms, blocks=blocks, groups=TEN + "h,elm,1,2,20,30,5,push_in,,,,\n").minutes
        == 300 + 150
    )


def test_a_group_of_two_adults_has_the_days_on_which_two_are_there():
    head = "group,school,grades,tier,students,minutes,sessions,min_sessions,adults\n"
    staff = "staff,name,role,schools,fte,days\nP1,Ann,para,elm,1,\nP2,Ben,para,elm,0.4,Mon-Tue\n"
    two = head + "g1,elm,1,2,4,30,5,1,2\n"
    assert most(groups=two, staff=staff).minutes == 60
    assert most(groups=two.replace(",1,2\n", ",1,3\n"), staff=staff).minutes == 0


def test_one_room_too_many_is_no_limit():
    assert (
        most(schools="school,name,open,close,spaces\nelm,Elm,08:00,15:30,3\n", groups=TEN).minutes
        == 600
    )


@pytest.mark.parametrize(
    ("role", "a_day"),
    [
        ("para,Para,420,195,30,,,0,45,hours", 90),  # 45 minutes of contact each
        (
            "para,Para,420,195,30,09:00,09:40,0,,hours",
            60,
        ),  # lunch must lie in the hour: 30 minutes are left
        ("para,Para,420,195,30,09:50,10:30,0,,hours", 120),  # lunch finds room after the hour
        ("para,Para,420,195,30,,,380,,hours", 80),  # 420 less 380 of preparation: 40 each
        ("para,Para,60,195,0,,,0,,hours", 0),  # at work 8:00-9:00 alone
    ],
)
def test_limits_of_a_job_class(role: str, a_day: int):
    assert per_day(most(roles=ROLE + role + "\n", groups=TEN)) == [a_day] * 5


def test_a_limit_that_is_off_is_no_limit():
    off = "rule,setting\ncontact_minutes,soft\nduty_free_lunch,off\n"
    assert (
        most(
            roles=ROLE + "para,Para,420,195,30,09:00,09:40,0,45,hours\n", rules=off, groups=TEN
        ).minutes
        == 600
    )


def test_busy_people_and_closed_schools():
    head = "staff,name,role,schools,start,busy\n"
    staff = head + "P1,Ann,para,elm,08:00,Mon 09:00-10:00\nP2,Ben,para,elm,08:00,Tue 09:20-09:40\n"
    schools = "school,name,hours\nelm,Elm,Mon-Thu 08:00-15:30\n"
    assert per_day(most(staff=staff, schools=schools, groups=TEN))[:2] == [60, 60]
    assert per_day(most(staff=staff, schools=schools, groups=TEN))[4] == 0


def test_a_required_meeting_at_a_fixed_time_takes_everyone_who_attends():
    duty = "duty,kind,school,with,minutes,windows,required\nmeet,meeting,elm,P1;P2,60,{0},{1}\n"
    assert per_day(most(groups=TEN, duties=duty.format("Wed 09:00-10:00", "yes"))) == [
        120,
        120,
        0,
        120,
        120,
    ]
    assert per_day(most(groups=TEN, duties=duty.format("Wed 09:00-10:10", "yes"))) == [
        120,
        120,
        0,
        120,
        120,
    ]  # 9:10-10:00 for certain
    assert per_day(most(groups=TEN, duties=duty.format("Wed 09:00-11:00", "yes"))) == [120] * 5
    assert per_day(most(groups=TEN, duties=duty.format("Wed 09:00-10:00", "no"))) == [120] * 5
    assert (
        per_day(most(groups=TEN, duties=duty.format("Wed 09:00-10:00; Thu 09:00-10:00", "yes")))
        == [120] * 5
    )


def test_part_time_in_full_days_is_counted_over_the_cycle():
    staff = "staff,name,role,fte,schools\nP1,Ann,para,0.6,elm\n"
    found = most(
        roles=ROLE + "para,Para,420,195,30,,,0,,days\n",
        staff=staff,
        groups=TEN.replace(",30,5,", ",30,3,"),
    )
    assert (found.minutes, found.by, per_day(found)) == (180, "adults", [60] * 5)


def test_a_group_keeps_its_adult_and_gets_no_less_than_is_worth_giving():
    staff = "staff,name,role,schools,days,fte\nP1,Ann,para,elm,Mon-Wed,0.6\nP2,Ben,para,elm,Thu-Fri,0.4\n"
    found = most(staff=staff, groups=groups("a,1,30,5,,,,3", "b,1,30,5"))
    assert (found.minutes, found.by, found.sessions) == (90, "groups", {"a": 3, "b": 0})
    shared = most(
        staff=staff, groups=groups("a,1,30,5,,,,3"), rules="rule,setting\none_adult,off\n"
    )
    assert (shared.minutes, shared.sessions) == (150, {"a": 5})


def test_nobody_may_serve_it():
    found = most(groups=groups("a,1,30,5,,,dyslexia"))
    assert (found.minutes, found.adults) == (0, ())
    assert (
        most(
            groups=groups("a,1,30,5,,,dyslexia"), rules="rule,setting\nqualification,off\n"
        ).minutes
        == 150
    )


def test_two_grades_whose_windows_overlap_share_the_adult():
    staff = "staff,name,role,schools\nP1,Ann,para,elm\n"
    found = most(staff=staff, groups=groups("a,2,30,5", "b,2,30,5", "c,3,30,5", "d,3,30,5"))
    assert per_day(found) == [90] * 5  # 10:00-11:30


def test_somebody_who_may_be_at_two_schools_a_day_may_be_there_in_any_shift():
    roles = "role,title,obligation_minutes,contract_days,max_sites_per_day\npara,Para,120,195,2\n"
    schools = "school,name,open,close\nelm,Elm,08:00,15:30\noak,Oak,09:00,15:30\n"
    staff = "staff,name,role,schools\nP1,Ann,para,elm;oak\n"
    assert (
        most(
            roles=roles, schools=schools, staff=staff, groups=groups("a,2,30,5", "b,2,30,5")
        ).minutes
        == 300
    )
    assert (
        most(
            roles=roles.replace(",2\n", ",1\n"),
            schools=schools,
            staff=staff,
            groups=groups("a,2,30,5"),
        ).minutes
        == 150
    )
