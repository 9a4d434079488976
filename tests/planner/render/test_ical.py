"""Calendars: their dates against a year counted in the test, their UIDs when a plan changes, and
what never stands in them.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from planner.facts.problem import Problem
from planner.plan.contract_year import dates_worked
from planner.plan.plan import Attendance, Plan, Session
from planner.render.calendar.calendar_events import EXTRAS, Event, person_events, school_events
from planner.render.calendar.cancelled import with_cancelled
from planner.render.calendar.ical import ical
from planner.render.calendar.year_dates import YearDates
from tests.planner.hr.test_hr import example
from tests.planner.planned import PLACEMENTS, PLAN, SESSIONS, at, problem, session
from tests.planner.render.calendar_text import Read, read_events

STAMP = datetime(2026, 9, 1, 7, 30, tzinfo=UTC)
CALENDAR = """date,to,kind,close,schools
2026-10-12,,holiday,,
2026-10-19,,minimum_day,09:45,elm
2026-10-26,,minimum_day,10:30,elm
2026-11-09,,pd_day,,
2026-12-21,2027-01-01,holiday,,
"""
MONDAYS_OFF = {date(2026, 10, 12), date(2026, 11, 9), date(2026, 12, 21), date(2026, 12, 28)}


def days(weekday: int, first: date = date(2026, 9, 1), last: date = date(2027, 6, 18)) -> set[date]:
    every = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return {day for day in every if day.weekday() == weekday}


def person(
    facts: Problem, plan: Plan, who: str, extras: tuple[str, ...] = (), zone: str = ""
) -> list[Read]:
    return read_events(content(facts, plan, who, extras, zone))


def content(
    facts: Problem,
    plan: Plan,
    who: str,
    extras: tuple[str, ...] = (),
    zone: str = "",
    stamp: datetime = STAMP,
) -> bytes:
    events = person_events(YearDates(facts, plan), who, extras)
    return ical(facts.data.district, facts.person_of[who].name, events, stamp, zone)


def on(events: list[Read], summary: str) -> list[datetime]:
    return sorted(
        moment
        for event in events
        if event.text("SUMMARY").startswith(summary)
        for moment in event.starts
    )


def test_a_group_is_given_on_school_days_and_not_where_its_school_closes_before():
    events = person(problem(calendar=CALENDAR), PLAN, "P1")
    mondays = days(0) - MONDAYS_OFF - {date(2026, 10, 19)}
    read = {moment.date() for moment in on(events, "Gr K–1 · math") if moment.weekday() == 0}
    assert read == mondays
    reading = {moment.date() for moment in on(events, "Gr 2 · reading") if moment.weekday() == 0}
    assert reading == mondays | {date(2026, 10, 19)}, (
        "it ends at 9:30, before the school closes at 9:45"
    )


def test_a_duty_needs_no_students_to_stay():
    events = person(problem(calendar=CALENDAR), PLAN, "P1")
    assert {moment.date() for moment in on(events, "Meeting")} == days(0) - MONDAYS_OFF


def test_what_an_event_says():
    facts = problem(calendar=CALENDAR)
    math, meet = (
        next(e for e in person(facts, PLAN, "P1") if e.text("SUMMARY").startswith(name))
        for name in ("Gr K–1", "Meeting")
    )
    assert math.text("SUMMARY") == "Gr K–1 · math · elm-1-math"
    assert (math.text("LOCATION"), math.text("CATEGORIES")) == ("Elm", "Tier 2")
    assert math.text("DESCRIPTION") == "Tier 2 · in class · 4 students"
    assert meet.text("DESCRIPTION") == "Meeting · with Para 2"
    assert math.length == timedelta(minutes=30)
    assert [moment.time().isoformat("minutes") for moment in math.starts[:1]] == ["09:30"]


def test_lunch_preparation_and_travel_are_there_on_request():
    facts = problem(calendar=CALENDAR)
    plain, full = person(facts, PLAN, "P1"), person(facts, PLAN, "P1", EXTRAS)
    assert not on(plain, "Duty-free lunch")
    mondays = days(0) - MONDAYS_OFF
    assert {moment for moment in on(full, "Duty-free lunch") if moment.weekday() == 0} == {
        datetime(day.year, day.month, day.day, 12) for day in mondays
    }
    assert {moment.date() for moment in on(full, "Travel to Oak")} == mondays
    assert len(on(full, "Preparation")) == 2 * len(mondays)


def test_every_date_worked_stands_in_the_calendar_and_no_other():
    facts = problem(calendar=CALENDAR)
    for person_ in facts.people:
        events = person(facts, PLAN, person_.id, EXTRAS)
        assert {moment.date() for event in events for moment in event.starts} == dates_worked(
            facts, PLAN, person_
        )
    at_elm = next(
        event for event in person(facts, PLAN, "P2", EXTRAS) if event.text("SUMMARY") == "At Elm"
    )
    assert (at_elm.text("TRANSP"), at_elm.length, at_elm.text("CATEGORIES")) == (
        "TRANSPARENT",
        timedelta(hours=4),
        "Shift",
    )


def test_pd_days_and_training_stand_in_a_persons_calendar():
    facts = problem(calendar=CALENDAR)
    attended = Attendance("P1", "first-aid", date(2026, 10, 10), at("9:00"), at("12:00"))
    events = person(facts, replace(PLAN, training=(attended,)), "P1")
    assert on(events, "PD day, no students") == [datetime(2026, 11, 9)]
    assert on(events, "Training: first-aid") == [datetime(2026, 10, 10, 9)]


def test_nobody_works_before_being_hired_or_after_leaving():
    staff = (
        "staff,name,role,fte,schools,home_school,hire_date,end_date\nP1,Para "
        "1,para,1,elm;oak,elm,2026-09-15,2026-11-30\n"
    )
    staff += "P2,Para 2,para,0.5,elm,elm,,\nP9,Para 9,para,1,oak,oak,2027-01-05,\n"
    facts = problem(calendar=CALENDAR, staff=staff)
    read = {moment.date() for moment in on(person(facts, PLAN, "P1"), "Meeting")}
    assert read == days(0, date(2026, 9, 15), date(2026, 11, 30)) - MONDAYS_OFF
    school = read_events(
        ical(facts.data.district, "Elm", school_events(YearDates(facts, PLAN), "elm"), STAMP)
    )
    assert {moment.date() for moment in on(school, "Meeting")} == days(0) - MONDAYS_OFF, (
        "Para 2 still meets"
    )
    assert {moment.date() for moment in on(school, "Gr 2 · reading") if moment.weekday() == 0} == {
        day for day in days(0, date(2026, 9, 15), date(2026, 11, 30)) - MONDAYS_OFF
    }


def test_a_school_says_who_and_which_days_differ():
    facts = problem(calendar=CALENDAR)
    events = read_events(
        ical(facts.data.district, "Elm", school_events(YearDates(facts, PLAN), "elm"), STAMP)
    )
    assert "Gr K–1 · math · elm-1-math · Para 2" in {event.text("SUMMARY") for event in events}
    assert on(events, "Minimum day, closes at 9:45") == [datetime(2026, 10, 19)]
    assert len(on(events, "Holiday")) == 11


def test_a_group_with_dates_of_its_own_ends_with_them():
    heads = "group,school,grades,subject,tier,students,minutes,sessions,from,to"
    groups = f"{heads}\nelm-2-read,elm,2,reading,3,2,30,2,2026-10-01,2026-10-31\n"
    facts = problem(calendar=CALENDAR, groups=groups, members=None)
    plan = Plan(PLACEMENTS, (session("elm-2-read", "Mon", "9:00", "9:30", "P1"),))
    read = {moment.date() for moment in on(person(facts, plan, "P1"), "Gr 2")}
    assert read == days(0, date(2026, 10, 1), date(2026, 10, 31)) - MONDAYS_OFF


def test_a_cycle_of_six_days_is_said_date_by_date():
    district = "name,year_start,year_end,plan_date,cycle\nSmall,2026-09-01,2027-06-18,2026-10-05,A;B;C;D;E;F\n"
    blocks = "school,grades,days,start,end,kind\nelm,K-2,all,09:00,10:00,flex\n"
    facts = problem(
        district=district,
        blocks=blocks,
        duties=None,
        calendar="date,to,kind\n2026-09-07,,holiday\n",
    )
    plan = Plan((), (session("elm-2-read", "B", "9:00", "9:30", "P1"),))
    read = [moment.date() for moment in on(person(facts, plan, "P1"), "Gr 2")]
    school_days = [
        day
        for day in (date(2026, 9, 1) + timedelta(days=number) for number in range(291))
        if day.weekday() < 5 and day != date(2026, 9, 7)
    ]
    assert read == school_days[1::6]


@pytest.mark.parametrize("name", ["new-bridge", "lausd-region", "tacoma-mtss"])
def test_examples_in_full_give_the_planners_own_dates(name: str):
    """A session of every group of the example on some day, also with named dates: each date by each
    calendar exactly once.
    """
    facts = example(name)
    worker = facts.people[0].id
    sessions = []
    for number, group in enumerate(facts.groups[:25]):
        day = facts.cycle[number % len(facts.cycle)]
        dates = tuple(facts.calendar.dates_of(day, group.school)[::3]) if group.dated else ()
        sessions.append(
            Session(group.id, day, 540, 540 + group.shortest, (worker,), group.school, dates=dates)
        )
    events = person(facts, Plan((), tuple(sessions)), worker)
    for one in sessions:
        group = facts.service_of[one.service]
        expected = list(one.dates) or [
            day
            for day in (
                facts.data.district.year_start + timedelta(days=n)
                for n in range(
                    (facts.data.district.year_end - facts.data.district.year_start).days + 1
                )
            )
            if facts.calendar.cycle_day(day) == one.day
            and facts.calendar.kind(day, one.school) in ("student_day", "minimum_day")
            and (facts.calendar.close(day, one.school) or one.end) >= one.end
            and group.runs_on(day)
        ]
        read = [
            moment.date()
            for event in events
            if event.text("SUMMARY").endswith(f" {one.service}")
            for moment in event.starts
        ]
        assert sorted(read) == [day for day in expected if facts.person_of[worker].employed(day)]


def test_equal_plans_are_equal_files():
    facts = problem(calendar=CALENDAR)
    again = Plan(tuple(reversed(PLACEMENTS)), tuple(reversed(SESSIONS)))
    assert content(facts, PLAN, "P1", EXTRAS) == content(
        problem(calendar=CALENDAR), again, "P1", EXTRAS
    )


def test_an_update_moves_an_event_and_doubles_none():
    facts = problem(calendar=CALENDAR)
    moved = tuple(
        replace(s, day="Wed", start=s.start + 60, end=s.end + 60)
        if s.service == "elm-2-read" and s.day == "Tue"
        else s
        for s in SESSIONS
    )
    before = read_events(content(facts, PLAN, "P1"))
    after = read_events(
        content(facts, replace(PLAN, sessions=moved), "P1", stamp=STAMP + timedelta(minutes=1))
    )
    by_uid = {event.text("UID"): event for event in before}
    assert len(by_uid) == len(before)
    assert {event.text("UID") for event in after} == set(by_uid)
    (changed,) = [e for e in after if e.starts != by_uid[e.text("UID")].starts]
    assert changed.starts[0] == datetime(2026, 9, 2, 10)
    assert by_uid[changed.text("UID")].starts[0] == datetime(2026, 9, 1, 9)
    for event in after:
        old = by_uid[event.text("UID")]
        assert int(event.text("SEQUENCE")) > int(old.text("SEQUENCE"))
        assert event.text("LAST-MODIFIED") > old.text("LAST-MODIFIED")


def test_what_is_gone_is_cancelled_and_what_comes_back_stands_again():
    facts = problem(calendar=CALENDAR)
    district = facts.data.district
    fewer = replace(PLAN, sessions=tuple(s for s in SESSIONS if s.service != "meet"))
    before, later = content(facts, PLAN, "P1"), STAMP + timedelta(hours=1)
    now = with_cancelled(content(facts, fewer, "P1", stamp=later), before, district, later)
    (gone,) = [event for event in read_events(now) if event.text("STATUS")]
    (old,) = [event for event in read_events(before) if event.text("SUMMARY").startswith("Meeting")]
    assert (gone.text("UID"), gone.text("STATUS"), gone.text("TRANSP")) == (
        old.text("UID"),
        "CANCELLED",
        "TRANSPARENT",
    )
    assert gone.text("SUMMARY") == "Cancelled: Meeting · meet"
    assert gone.starts == old.starts[:1]
    assert int(gone.text("SEQUENCE")) > int(old.text("SEQUENCE"))
    assert with_cancelled(content(facts, fewer, "P1", stamp=later), now, district, later) == now, (
        "it stays as it is"
    )
    again = with_cancelled(content(facts, PLAN, "P1", stamp=later), now, district, later)
    assert again == content(facts, PLAN, "P1", stamp=later)


def test_last_years_calendar_is_left_alone_and_so_is_a_file_that_is_none():
    facts = problem(calendar=CALENDAR)
    next_year = problem(district="name,year_start,year_end\nSmall,2027-09-01,2028-06-18\n")
    now = content(next_year, PLAN, "P1")
    for before in (
        content(facts, PLAN, "P1"),
        b"",
        b"no calendar",
        b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n",
        *(
            f"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n{line}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n".encode()
            for line in (
                "UID:x\r\nDTSTART;VALUE=PERIOD:20270901T090000Z/PT1H",
                "UID:x\r\nDTSTART:20270901T090000\r\nDTSTART:20270901T090000",
            )
        ),
    ):
        assert with_cancelled(now, before, next_year.data.district, STAMP) == now


def test_uids_of_people_schools_and_years_are_apart():
    facts = problem(calendar=CALENDAR)
    next_year = problem(
        calendar=CALENDAR, district="name,year_start,year_end\nSmall,2027-09-01,2028-06-18\n"
    )
    some = [content(facts, PLAN, "P1"), content(facts, PLAN, "P2"), content(next_year, PLAN, "P1")]
    some.append(
        ical(facts.data.district, "Elm", school_events(YearDates(facts, PLAN), "elm"), STAMP)
    )
    uids = [event.text("UID") for each in some for event in read_events(each)]
    assert len(set(uids)) == len(uids)


def test_students_keys_and_pay_never_stand_in_a_calendar():
    facts = problem(members="student,group\nSECRET-KEY,elm-2-read\nSECRET-KEY,oak-K-read\n")
    dates = YearDates(facts, PLAN)
    everything = content(facts, PLAN, "P1", EXTRAS) + ical(
        facts.data.district, "Elm", school_events(dates, "elm"), STAMP
    )
    assert b"SECRET" not in everything.replace(b"\r\n ", b"")


def test_a_uid_hangs_on_the_id_of_the_dataset_and_on_no_name():
    def uids(district: str) -> set[str]:
        facts = problem(district=district, calendar=CALENDAR)
        return {event.text("UID") for event in person(facts, PLAN, "P1")}

    heads = "name,year_start,year_end,dataset_id\n"
    one = uids(f"{heads}Small,2026-09-01,2027-06-18,d-1\n")
    assert uids(f"{heads}Renamed,2026-08-31,2027-06-17,d-1\n") == one
    assert not uids(f"{heads}Small,2026-09-01,2027-06-18,d-2\n") & one


@given(st.text(max_size=40))
def test_any_name_makes_a_calendar_that_is_read_again(name: str):
    """Names as a plan may hold them that was not read from sheets."""
    event = Event(("person", "P1"), name, (date(2026, 10, 5),), (540, 570), name, name, "Tier 2")
    written = ical(problem().data.district, name, [event], STAMP)
    (read,) = Calendar.from_ical(written).walk("VEVENT")
    assert (
        str(read["summary"]).split()
        == "".join(" " if category(sign) in ("Cc", "Zl", "Zp") else sign for sign in name).split()
    )
    assert len(read_events(written)) == 1


def test_text_is_escaped():
    schools = 'school,name,open,close,spaces\nelm,"Elm; north, side\\n",08:00,15:30,1\noak,Oak,08:00,15:30,\n'
    facts = problem(schools=schools)
    events = person(facts, PLAN, "P1")
    assert {event.text("LOCATION") for event in events} == {"Elm; north, side\\n"}


def test_a_time_zone_keeps_clock_times_over_the_change_of_clocks():
    facts = problem(calendar=CALENDAR)
    text = content(facts, PLAN, "P1", zone="America/Los_Angeles").decode().replace("\r\n ", "")
    assert "BEGIN:VTIMEZONE\r\nTZID:America/Los_Angeles" in text
    assert "DTSTART;TZID=America/Los_Angeles:20260907T093000" in text
    assert {
        moment.time()
        for moment in on(person(facts, PLAN, "P1", zone="America/Los_Angeles"), "Gr K–1")
    } == {datetime(2026, 9, 7, 9, 30).time()}
    assert "TZID" not in content(facts, PLAN, "P1").decode()
