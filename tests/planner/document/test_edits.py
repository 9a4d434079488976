"""Two plans compared session by session, and the pins that make the differences stand."""

from dataclasses import replace
from datetime import date

import pytest

from planner.document.edits import changes, kept
from planner.document.plan_rows import PlanRead, PlanRow
from planner.facts.decisions import Pin
from planner.plan.plan import Attendance, Plan, Session
from planner.words.wording import Words
from tests.planner.planned import PLACEMENTS, PLAN, SESSIONS, at, problem, session
from tests.solver.tiny import staff, tiny, varied

WORDS = Words("en_US")
LETTERS = {"service": "A", "staff": "D", "day": "E", "start": "F"}


def edited(*sessions: Session) -> PlanRead:
    """The plan with other sessions; each session's row is its place from 2 on."""
    plan = Plan(PLACEMENTS, sessions)
    return PlanRead(
        plan,
        {one: PlanRow("sessions", row, LETTERS) for row, one in enumerate(sessions, start=2)},
        problem(),
    )


def test_a_plan_does_not_differ_from_itself():
    assert changes(PLAN, PLAN).in_words(WORDS) == ""
    assert kept(problem(), PlanRead(PLAN, {}, problem()), PLAN).edits == ()


def test_the_likest_sessions_are_taken_for_moved():
    mon, tue = SESSIONS[3], SESSIONS[4]
    later, elsewhere = replace(mon, start=at("9:10"), end=at("9:40")), replace(tue, day="Thu")
    found = changes(PLAN, Plan(PLACEMENTS, (*SESSIONS[:3], *SESSIONS[5:], elsewhere, later)))
    assert set(found.sessions) == {(mon, later), (tue, elsewhere)}
    assert found.in_words(WORDS) == "2 sessions moved"


def test_changes_are_counted_by_kind():
    given = replace(SESSIONS[0], staff=("P2",))
    added = session("elm-2-read", "Fri", "9:00", "9:30", "P1")
    placements = (replace(PLACEMENTS[0], end=at("11:10")), *PLACEMENTS[1:])
    found = changes(PLAN, Plan(placements, (given, *SESSIONS[1:5], SESSIONS[6], added)))
    assert (
        found.in_words(WORDS)
        == "1 session given to others, 1 added, 1 deleted, 1 day of staff changed"
    )
    assert found.counts() == {
        "moved": 0,
        "given_to_others": 1,
        "added": 1,
        "deleted": 1,
        "days_of_staff": 1,
        "rows_of_training": 0,
    }


def test_a_moved_session_is_pinned_where_it_is_now():
    moved = replace(SESSIONS[3], day="Thu", start=at("10:00"), end=at("10:30"))
    found = kept(problem(), edited(*SESSIONS[:3], moved, *SESSIONS[4:]), PLAN)
    assert [edit.pin for edit in found.edits] == [
        Pin(kind="session", subject="elm-2-read", staff="P1", day=("Thu",), start=at("10:00"))
    ]
    assert found.edits[0].sentence == (
        "You moved elm-2-read on Thu at 10:00 with Para 1, from Mon at 09:00 (sessions!E5, "
        "sessions!F5)."
    )
    assert found.in_words(WORDS) == "1 session"


def test_a_meeting_is_held_with_everybody_and_a_deleted_one_kept_away_whole():
    later = replace(SESSIONS[5], start=at("10:15"), end=at("11:00"))
    found = kept(problem(), edited(*SESSIONS[:5], later, SESSIONS[6]), PLAN)
    assert [(edit.pin.staff, edit.pin.start) for edit in found.edits] == [
        ("P1", at("10:15")),
        ("P2", at("10:15")),
    ]
    assert found.sessions == 1
    gone = kept(problem(), edited(*SESSIONS[:5], SESSIONS[6]), PLAN)
    assert [edit.pin for edit in gone.edits] == [
        Pin(kind="forbid", subject="meet", day=("Mon",), start=at("10:00"))
    ]
    assert (
        gone.edits[0].sentence
        == "You deleted meet on Mon at 10:00 with Para 1 and Para 2, so it is not to be there."
    )
    assert gone.in_words(WORDS) == "nothing; 1 deleted row stays away"


@pytest.mark.parametrize(
    ("change", "pin"),
    [
        ({"school": "oak"}, Pin(kind="placement", staff="P1", day=("Tue",), school="oak")),
        (
            {"start": at("8:10")},
            Pin(kind="placement", staff="P1", day=("Tue",), school="elm", start=at("8:10")),
        ),
        (
            {"lunch": (at("11:00"), at("11:30"))},
            Pin(kind="lunch", staff="P1", day=("Tue",), start=at("11:00")),
        ),
    ],
)
def test_what_was_changed_of_a_day_is_pinned(change: dict[str, object], pin: Pin):
    placements = (*PLACEMENTS[:2], replace(PLACEMENTS[2], **change), *PLACEMENTS[3:])
    found = kept(problem(), PlanRead(Plan(placements, SESSIONS), {}, problem()), PLAN)
    assert [edit.pin for edit in found.edits] == [pin]
    assert found.free == 0


def test_a_changed_end_or_preparation_is_said_to_be_planned_anew():
    placements = (
        *PLACEMENTS[:2],
        replace(PLACEMENTS[2], preparation=((at("8:00"), at("8:30")),)),
        *PLACEMENTS[3:],
    )
    found = kept(problem(), PlanRead(Plan(placements, SESSIONS), {}, problem()), PLAN)
    assert (found.edits, found.free) == ((), 1)


def test_a_deleted_day_is_kept_away():
    found = kept(
        problem(), PlanRead(Plan((*PLACEMENTS[:2], *PLACEMENTS[3:]), SESSIONS), {}, problem()), PLAN
    )
    assert [edit.pin for edit in found.edits] == [
        Pin(kind="forbid", staff="P1", day=("Tue",), school="elm")
    ]
    assert (
        found.edits[0].sentence
        == "You deleted Para 1's Tue at Elm, so it is not to be worked there."
    )


def test_rows_of_training_that_were_changed_are_said_not_to_be_held():
    first, second = (
        Attendance("P1", "fcs", date(2026, 10, day), at("9:00"), at("12:00")) for day in (6, 7)
    )
    moved = replace(first, date=date(2026, 10, 8))
    before = replace(PLAN, training=(first, second))
    for after, rows in (
        ((first, second), 0),
        ((second, moved), 1),
        ((second,), 1),
        ((first, second, moved), 1),
    ):
        read = PlanRead(replace(PLAN, training=after), {}, problem())
        assert changes(before, read.plan).in_words(WORDS) == (
            "1 row of training changed" if rows else ""
        )
        assert (kept(problem(), read, before).edits, kept(problem(), read, before).training) == (
            (),
            rows,
        )
        assert kept(problem(), read, before, everything=True).training == len(after)


def test_without_a_plan_to_compare_with_everything_stands():
    found = kept(problem(), edited(*SESSIONS), None)
    assert (found.sessions, found.placements, found.lunches, found.away) == (
        len(SESSIONS),
        len(PLACEMENTS),
        4,
        0,
    )
    assert (
        found.edits[0].sentence
        == "elm-1-math on Mon at 09:30 with Para 1 is to stand (sessions!A2)."
    )


def test_a_length_that_was_changed_by_hand_is_to_stand():
    facts = tiny(
        "Mon;Tue", staff=staff("Ana"), groups=varied("A", total=90, lengths="30;60", min_sessions=1)
    )
    before = Session("A", "Mon", 480, 510, ("Ana",), "elm", "group", "pull_out")
    after = replace(before, end=540)
    read = PlanRead(Plan((), (after,)), {after: PlanRow("sessions", 2, {"end": "G"})}, facts)
    held = kept(facts, read, Plan((), (before,)))
    assert [(edit.pin.start, edit.pin.minutes) for edit in held.edits] == [(480, 60)]
    assert held.edits[0].sentence == (
        "You changed the length of A on Mon at 08:00 with Ana: it is to take 60 minutes "
        "(sessions!G2)."
    )
