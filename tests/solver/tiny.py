"""Tiny problems, at least one for each rule, so small that every plan can be listed.

Each is a day or two of two hours on a coarse grid. The defaults leave every rule but the one in
question without work.
"""

from typing import Any

from planner.facts.cell_formats import Reading
from planner.facts.problem import Problem
from planner.facts.sheets import SHEETS, Dataset

Rows = list[dict[str, Any]]
DEFAULTS: dict[str, dict[str, Any]] = {
    "roles": {"title": "Para", "obligation_minutes": 120, "contract_days": 190, "lunch_minutes": 0},
    "schools": {"name": "Elm", "open": "08:00", "close": "10:00"},
    "staff": {"role": "para", "schools": "elm", "start": "08:00"},
    "groups": {
        "school": "elm",
        "grades": "1",
        "tier": 2,
        "minutes": 30,
        "sessions": 1,
        "max_people": 9,
    },
    "duties": {"kind": "meeting", "school": "elm", "minutes": 30},
    "blocks": {"school": "elm", "grades": "1", "kind": "flex"},
    "teachers": {"school": "elm"},
}


def tiny(cycle: str = "Mon", grid: int = 30, **sheets: Rows) -> Problem:
    """A problem of these rows; cells are written as in a sheet, and `para` at `elm` is there where
    nothing else is said.
    """
    reading = Reading(tuple(cycle.split(";")), ("K", "1", "2"))
    row: dict[str, Any] = {
        "name": "Tiny",
        "year_start": "2026-09-01",
        "year_end": "2027-06-18",
        "cycle": cycle,
    }
    row |= {"grades": "K;1;2", "grid_minutes": grid}
    sheets = {
        "district": [row],
        "roles": [{"role": "para"}],
        "schools": [{"school": "elm"}],
    } | sheets
    read: dict[str, Any] = {
        sheet: tuple(_row(sheet, one, reading) for one in rows) for sheet, rows in sheets.items()
    }
    return Problem(Dataset(**read | {"district": read["district"][0]}), "tiny")


def _row(sheet: str, cells: dict[str, Any], reading: Reading) -> Any:
    whole = DEFAULTS.get(sheet, {}) | cells
    fields = {"from": "from_", "with": "with_"}
    written = {
        fields.get(name, name): str(value)
        for name, value in whole.items()
        if value not in ("", None)
    }
    return SHEETS[sheet].model_validate(written, context=reading)


def staff(*names: str, **cells: Any) -> Rows:
    """People with these names."""
    return [{"staff": name} | cells for name in names]


def groups(*names: str, **cells: Any) -> Rows:
    """Groups with these names."""
    return [{"group": name} | cells for name in names]


def varied(*names: str, total: int, lengths: str, **cells: Any) -> Rows:
    """Groups with these names whose sessions may have several lengths."""
    owed = {"minutes": "", "sessions": "", "total_minutes": total, "lengths": lengths}
    return groups(*names, **owed, **cells)


def members(**of: str) -> Rows:
    """Students with the groups they are in."""
    return [
        {"student": student, "group": group}
        for student, names in of.items()
        for group in names.split(";")
    ]


TWO_SCHOOLS: Rows = [{"school": "elm"}, {"school": "oak", "name": "Oak"}]

QUALIFIED: dict[str, Rows] = {
    "roles": [
        {"role": "para", "obligation_minutes": 30, "tiers": "2", "requires": "licence"},
        {"role": "lead", "obligation_minutes": 30},
    ],
    "schools": TWO_SCHOOLS,
    "staff": [
        {
            "staff": "Ana",
            "credentials": "licence:2027-06-18;ell",
            "grades": "1",
            "subjects": "math",
        },
        {"staff": "Ben", "credentials": "licence:2027-06-17;sped"},
        {"staff": "Cy", "role": "lead", "credentials": "sped:2027-01-15", "end_date": "2027-01-31"},
        {
            "staff": "Di",
            "role": "lead",
            "schools": "",
            "end_date": "2027-01-15",
            "credentials": "sped:2027-01-15",
        },
    ],
}
"""Four people who differ in what they may do; Ben's licence ends a day before the year does."""

FUNDED: dict[str, Rows] = {
    "roles": [{"role": "para", "obligation_minutes": 30}],
    "programs": [
        {"program": "el", "source": "federal", "tags": "el", "tiers": "2;3"},
        {"program": "any", "source": "unrestricted"},
    ],
    "funds": [
        {"fund": "el", "program": "el", "amount": 1},
        {"fund": "el-2", "program": "el", "amount": 1, "tiers": "2"},
        {"fund": "swd", "program": "el", "amount": 1, "tags": "swd"},
        {"fund": "any", "program": "any", "amount": 1},
    ],
    "staff": [{"staff": name} for name in ("Ana", "Ben", "Cy", "Di")],
    "positions": [
        {
            "position": "P1",
            "role": "para",
            "status": "filled",
            "staff": "Ana",
            "fte": "1",
            "funding": "el-2:50;swd:50",
        },
        {
            "position": "P2",
            "role": "para",
            "status": "filled",
            "staff": "Ben",
            "fte": "0.5",
            "funding": "el:100",
        },
        {
            "position": "P3",
            "role": "para",
            "status": "filled",
            "staff": "Ben",
            "fte": "0.5",
            "funding": "any:100",
        }
        | {"start": "2027-01-01"},
        {
            "position": "P4",
            "role": "para",
            "status": "filled",
            "staff": "Cy",
            "fte": "1",
            "funding": "any:10;el:90",
        },
        {"position": "P5", "role": "para", "status": "filled", "staff": "Di", "fte": "1"},
    ],
}
"""Ana's funds serve different students, Ben's second one comes later, one of Cy's serves everybody,
and Di has none.
"""

IN_WINDOWS: Rows = [{"rule": "windows", "setting": "hard"}]
"""For duties outside the shift, which could otherwise be at any time of the day."""

EATS: Rows = [{"rule": "duty_free_lunch", "setting": "hard"}]
RESTS: Rows = [
    {"rule": "rest_breaks", "parameter": "rest_per", "value": "45"},
    {"rule": "rest_breaks", "parameter": "work_without_rest", "value": "60"},
]
"""Ten minutes of rest for every 45, and no stretch of work longer than an hour."""

TINY: dict[str, tuple[Problem, ...]] = {
    "one_place_at_once": (
        tiny(
            grid=15,
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=[{"staff": "Ana", "busy": "Mon 08:00-08:10"}],
            groups=[*groups("A", minutes=45), *groups("B", minutes=20)],
        ),
        # A meeting takes the time of those who attend, and a paid duty elsewhere takes the way
        # there.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            schools=[{"school": "elm"}, {"school": "oak", "name": "Oak", "open": "07:00"}],
            travel=[{"from": "elm", "to": "oak", "minutes": 30}],
            staff=staff("Ana", schools="elm;oak", shifts="Mon 08:00-09:00"),
            groups=groups("A", windows="Mon 08:00-10:00"),
            duties=[
                {"duty": "meet", "adults": 0, "with": "Ana"},
                {
                    "duty": "evening",
                    "school": "oak",
                    "time": "paid",
                    "staff": "Ana",
                    "windows": "Mon 07:30-09:30",
                },
            ],
            rules=IN_WINDOWS,
        ),
        # Where nothing says how long the way takes, the two schools cannot be combined on a day.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            schools=TWO_SCHOOLS,
            staff=staff("Ana", schools="elm;oak", shifts="Mon 08:00-09:00"),
            groups=groups("A", windows="Mon 08:00-10:00"),
            duties=[
                {"duty": "evening", "school": "oak", "time": "paid", "windows": "Mon 07:30-09:30"}
            ],
            rules=IN_WINDOWS,
        ),
        # A teacher, who is not planned, cannot attend two meetings at once either.
        tiny(
            staff=staff("Ana", "Ben"),
            teachers=[{"teacher": "Teo"}],
            duties=[
                {"duty": "one", "staff": "Ana", "with": "Teo", "minutes": 45},
                {"duty": "two", "staff": "Ben", "with": "Teo"},
            ],
        ),
    ),
    "no_student_twice": (
        tiny(
            grid=15,
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=staff("Ana", "Ben"),
            groups=[
                *groups("A", minutes=45),
                *groups("B", staff="Ana"),
                *groups("C", minutes=15, staff="Ben"),
            ],
            members=members(s1="A;B", s2="A;B", s3="B;C"),
        ),
        tiny(
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=staff("Ana", "Ben"),
            groups=[
                *groups("A", minutes=60, sessions=2, min_sessions=1),
                *groups("B", staff="Ana"),
            ],
            members=members(s1="A;B"),
        ),
        # A group's own sessions, one long and one short; and beside another group.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 120}],
            staff=staff("Ana", "Ben"),
            groups=[
                *varied("A", total=90, lengths="30;60", times_a_day=2),
                *groups("B", windows="Mon 08:30-09:00", staff="Ben"),
            ],
            members=members(s1="A;B"),
        ),
    ),
    "opening_hours": (
        # A group and a duty in the shift keep to the school's off-grid hours; one outside it, or
        # tied to no school, need not.
        tiny(
            grid=15,
            schools=[{"school": "elm", "hours": "Mon 08:20-09:30", "open": None, "close": None}],
            staff=staff("Ana"),
            groups=groups("A"),
            duties=[{"duty": "in-shift"}, {"duty": "anywhere", "school": ""}],
        ),
        tiny(
            cycle="Mon;Tue",
            schools=[{"school": "elm", "hours": "Mon 08:30-09:30", "open": None, "close": None}],
            staff=staff("Ana", shifts="Mon 08:00-10:00; Tue 08:00-10:00"),
            groups=groups("A", windows="Mon-Tue 08:00-09:00"),
        ),
        # What is longer ends too late.
        tiny(
            schools=[{"school": "elm", "open": "08:30", "close": "09:20"}],
            staff=staff("Ana"),
            groups=varied("A", total=70, lengths="20;30;50"),
        ),
    ),
    "windows": (
        # Push-in for two grades: in the subject's block or one without a subject, in one block,
        # within the off-grid hours.
        tiny(
            grid=15,
            schools=[{"school": "elm", "open": "08:10", "close": "10:05"}],
            blocks=[
                {"kind": "core", "subject": "math", "start": "08:00", "end": "09:00"},
                {"kind": "core", "start": "09:00", "end": "09:30"},
                {"kind": "core", "subject": "reading", "start": "09:30", "end": "10:00"},
                {
                    "grades": "2",
                    "kind": "core",
                    "subject": "math",
                    "start": "08:15",
                    "end": "09:20",
                },
                {"grades": "2", "kind": "flex", "start": "09:20", "end": "10:00"},
            ],
            staff=staff("Ana", start="08:15"),
            groups=[
                *groups("A", mode="push_in", subject="math", grades="1-2"),
                *groups("B", mode="pull_out", grades="2", busy="Mon 09:40-09:50", minutes=15),
                *groups("C", mode="co_teach", subject="reading", minutes=15),
            ],
        ),
        # Windows that are given replace the blocks, not the hours; blocks of some days; a block
        # that says yes or no itself.
        tiny(
            cycle="Mon;Tue",
            schools=[
                {
                    "school": "elm",
                    "hours": "Mon 08:00-09:30; Tue 08:30-10:00",
                    "open": None,
                    "close": None,
                }
            ],
            blocks=[
                {
                    "kind": "specials",
                    "pull_out": "yes",
                    "days": "Mon",
                    "start": "08:30",
                    "end": "09:00",
                },
                {"kind": "flex", "pull_out": "no", "start": "08:00", "end": "10:00"},
            ],
            staff=staff("Ana", shifts="Mon 08:00-10:00; Tue 08:00-10:00"),
            groups=[*groups("A", windows="Mon-Tue 08:00-09:00; Mon 09:30-10:00"), *groups("B")],
        ),
        # A window that holds the short sessions alone, and one that holds all; a busy time.
        tiny(
            cycle="Mon;Tue",
            staff=staff("Ana", shifts="Mon 08:00-10:00; Tue 08:00-10:00"),
            groups=varied(
                "A",
                total=90,
                lengths="30;60",
                windows="Mon 08:00-08:30; Tue 08:30-10:00",
                busy="Tue 09:00-09:10",
            ),
        ),
        # A duty in the shift keeps to the school's hours, a paid one need not; and one that is tied
        # to no school.
        tiny(
            schools=[{"school": "elm", "open": "08:30", "close": "09:30"}],
            staff=staff("Ana"),
            duties=[
                {"duty": "in-shift"},
                {"duty": "early", "windows": "Mon 08:00-09:30"},
                {"duty": "evening", "time": "toil", "windows": "Mon 09:00-10:30"},
                {"duty": "anywhere", "school": ""},
            ],
        ),
    ),
    "teacher_time": (
        # A debrief in what is given as planning, an observation in class; a duty of another kind at
        # any time.
        tiny(
            staff=staff("Ana"),
            blocks=[
                {"start": "08:00", "end": "09:00"},
                {"kind": "lunch", "start": "09:00", "end": "10:00"},
            ],
            teachers=[{"teacher": "Teo", "grades": "1", "planning": "Mon 08:30-09:30"}],
            duties=[
                {"duty": "debrief", "kind": "debrief", "with": "Teo"},
                {"duty": "watch", "kind": "observation", "with": "Teo"},
                {"duty": "meet", "with": "Teo"},
            ],
        ),
        # Planning with two teachers: the specials of either grade, and nothing is known of the
        # second.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            blocks=[
                {
                    "grades": "1-2",
                    "kind": "specials",
                    "start": "08:00",
                    "end": "08:30",
                    "days": "Tue",
                }
            ],
            teachers=[{"teacher": "Teo", "grades": "1"}, {"teacher": "Una", "school": "elm"}],
            duties=[
                {"duty": "plan", "kind": "planning", "with": "Teo;Una"},
                {"duty": "coach", "kind": "coaching", "with": "Una"},
            ],
        ),
        # Groups in the class of a teacher, whose planning time cuts into it, and of one of whom
        # nothing is known.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 120}],
            staff=staff("Ana"),
            blocks=[
                {"kind": "core", "start": "08:00", "end": "09:30"},
                {"kind": "other", "start": "09:30", "end": "10:00", "push_in": "yes"},
            ],
            teachers=[
                {"teacher": "Teo", "grades": "1", "planning": "Mon 08:00-08:10;Tue 08:00-10:00"},
                {"teacher": "Una"},
            ],
            groups=[
                *groups("A", mode="push_in", teacher="Teo"),
                *groups("B", mode="co_teach", teacher="Una", windows="Mon 09:30-10:00"),
            ],
        ),
    ),
    "order": (
        tiny(
            cycle="Mon;Tue",
            grid=60,
            staff=staff("Ana"),
            duties=[
                {"duty": "watch", "kind": "observation", "minutes": 60, "sessions": 2},
                {
                    "duty": "debrief",
                    "kind": "debrief",
                    "minutes": 60,
                    "sessions": 2,
                    "after": "watch",
                },
            ],
        ),
        tiny(
            staff=staff("Ana", "Ben"),
            duties=[
                {"duty": "one", "minutes": 45},
                {"duty": "two", "after": "one", "adults": 0, "with": "Ana"},
            ],
        ),
    ),
    "minimum_days": (
        # Closes at 09:00 on one of Elm's Mondays and at 08:30 on two; of those, one is after the
        # group's last date.
        tiny(
            cycle="Mon;Tue",
            calendar=[
                {"date": "2026-10-05", "kind": "minimum_day", "close": "09:00"},
                {
                    "date": "2026-10-12",
                    "kind": "minimum_day",
                    "close": "08:30",
                    "schools": "elm;oak",
                },
                {"date": "2027-03-01", "kind": "minimum_day", "close": "08:30"},
                {"date": "2026-10-06", "kind": "minimum_day", "close": "09:00", "schools": "oak"},
                {"date": "2026-10-13", "kind": "minimum_day"},
            ],
            schools=[{"school": "elm"}, {"school": "oak", "name": "Oak"}],
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=staff("Ana"),
            groups=groups("A", to="2027-01-31"),
            duties=[{"duty": "meet", "adults": 0, "with": "Ana", "windows": "Mon 08:00-09:30"}],
        ),
        # What is given on named dates is not counted, nor a duty.
        tiny(
            calendar=[{"date": "2026-10-05", "kind": "minimum_day", "close": "08:30"}],
            staff=staff("Ana"),
            groups=[*groups("A"), *groups("B", sessions="2/quarter")],
            duties=[{"duty": "late", "time": "paid", "windows": "Mon 08:00-10:00"}],
            rules=IN_WINDOWS,
        ),
    ),
    "dosage": (
        tiny(
            cycle="Mon;Tue",
            grid=60,
            staff=staff("Ana"),
            groups=[*groups("A", sessions=2), *groups("B", sessions=3, min_sessions=2)],
        ),
        tiny(
            staff=staff("Ana"),
            groups=[*groups("C", sessions="4/quarter"), *groups("D", sessions=5, min_sessions=2)],
        ),
        # Lengths that sum to the total in two ways, or to less; and two sessions at least.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            groups=[
                *varied("A", total=60, lengths="20;30;60"),
                *varied(
                    "B", total=90, lengths="30;60", min_sessions=2, windows="Mon-Tue 8:30-9:30"
                ),
            ],
        ),
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            duties=[
                {"duty": "d", "sessions": 3, "minutes": 60},
                {"duty": "e", "adults": 0, "with": "Ana", "sessions": 2},
            ],
        ),
    ),
    "different_days": (
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=groups("A", sessions=2, min_sessions=1),
            duties=[{"duty": "d", "adults": 2, "sessions": 2}],
        ),
        # Two a day, of three in two days, one after the other.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=staff("Ana"),
            groups=groups("A", sessions=3, min_sessions=2, times_a_day=2, max_people=1),
        ),
    ),
    "together": (
        # As many sessions: the same times, or one of them alone.
        tiny(
            cycle="Mon;Tue",
            grid=60,
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=staff("Ana", "Ben"),
            groups=[*groups("A", together="x", sessions=2, min_sessions=1)]
            + groups("B", together="x", sessions=2),
        ),
        # Fewer sessions: at some of the times; by another name at any.
        tiny(
            grid=60,
            roles=[{"role": "para", "obligation_minutes": 120}],
            staff=staff("Ana", "Ben"),
            groups=[
                *groups("A", together="x", sessions=2, times_a_day=2),
                *groups("B", together="x", minutes=20),
                *groups("C", together="y"),
            ],
        ),
        # Of the same lengths, as long; of others, at the same start.
        tiny(
            cycle="Mon;Tue",
            grid=60,
            roles=[{"role": "para", "obligation_minutes": 120}],
            staff=staff("Ana", "Ben"),
            groups=[
                *varied("A", together="x", total=90, lengths="30;60"),
                *varied("B", together="x", total=60, lengths="30;60", min_sessions=2),
            ],
        ),
        tiny(
            cycle="Mon;Tue",
            grid=60,
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=[
                *varied("A", together="x", total=60, lengths="20;40"),
                *groups("B", together="x", sessions=2, min_sessions=1),
            ],
        ),
    ),
    "named_dates": (
        # Ten or eleven Mondays a quarter: two groups of four dates may share a time, a third may
        # not; nor a weekly one.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            groups=[
                *groups("A", "B", "C", sessions="4/quarter"),
                *groups("D", windows="Mon 08:00-09:00"),
            ],
        ),
        # Three and a half a quarter on two slots; a duty a month; who leaves has no dates
        # afterwards.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana", end_date="2026-12-31"),
            groups=groups("A", sessions="30/year"),
            duties=[
                {"duty": "visit", "sessions": "1/month"},
                {"duty": "home", "sessions": "2/month"},
            ],
        ),
        # From a Tuesday to a Thursday there is no Monday.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana"),
            groups=groups("A", **{"from": "2026-09-01", "to": "2026-09-03"}, sessions="2/quarter"),
        ),
        # Lengths that overlap in part.
        tiny(
            grid=15,
            roles=[{"role": "para", "obligation_minutes": 45}],
            staff=staff("Ana"),
            groups=[
                *groups("B", "C", sessions="5/quarter", minutes=15),
                *groups("D", sessions="6/quarter", minutes=30),
            ],
        ),
    ),
    "one_adult": (
        tiny(
            cycle="Mon;Tue;Wed",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana", "Ben", "Cy"),
            groups=groups("A", sessions=3, min_sessions=2, max_people=2),
        ),
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana", "Ben"),
            groups=[
                *groups("A", sessions=2, max_people=1),
                *groups("B", sessions=2, min_sessions=1, max_people=1),
            ],
        ),
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=groups("A", sessions=3, min_sessions=1, max_people=1),
        ),
        # Two at once are two over the cycle, whatever is said of that.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana", "Ben", "Cy"),
            groups=groups("A", adults=2, sessions=2, max_people=1),
        ),
        # Whatever the length of its sessions, a group keeps its adult.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=varied("A", total=90, lengths="30;60", min_sessions=2, max_people=1),
        ),
    ),
    "attendance": (
        tiny(
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana", "Ben", "Cy"),
            teachers=[{"teacher": "Teo"}],
            groups=groups("A"),
            duties=[
                {"duty": "two", "adults": 2},
                {"duty": "meet", "adults": 1, "with": "Ana;Teo", "staff": "Ben;Cy"},
            ],
        ),
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            duties=[
                {"duty": "with", "adults": 2, "with": "Ana"},
                {"duty": "none", "adults": 0, "with": "Ana;Ben"},
            ],
        ),
        # Two adults for a group, and one for another.
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=[*staff("Ana", "Ben"), *staff("Cy", days="Mon")],
            groups=[*groups("A", adults=2, sessions=2, min_sessions=1), *groups("B")],
        ),
        # Two adults for sessions of two lengths.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=varied("A", total=60, lengths="30;60", adults=2),
        ),
    ),
    "qualification": (
        *(
            tiny(**QUALIFIED, groups=groups("A", **wanted))
            for wanted in (
                {"requires": "sped|ell"},
                {"requires": "sped;ell|sped", "to": "2027-01-15"},
                {"requires": "sped"},
                {"tier": 3},
                {"grades": "1-2"},
                {"subject": "reading"},
                {"roles": "lead"},
                {"staff": "Ana;Ben"},
                {"school": "oak"},
            )
        ),
        *(
            tiny(**QUALIFIED, duties=[{"duty": "d"} | wanted])
            for wanted in (
                {},
                {"subject": "reading"},
                {"roles": "para", "with": "Cy"},
                {"staff": "Ben;Di", "school": ""},
                {"adults": 0, "with": "Ben"},
            )
        ),
    ),
    "fund_students": (
        *(
            tiny(**FUNDED, groups=groups("A", **wanted))
            for wanted in ({}, {"tags": "el;swd"}, {"tier": 3}, {"tier": 3, "tags": "swd"})
        ),
        tiny(**FUNDED, duties=[{"duty": "d", "adults": 1}]),
    ),
    "shift": (
        # One and a half days of three: a full one and a shorter one; which, is open.
        tiny(
            cycle="Mon;Tue;Wed",
            roles=[{"role": "para", "obligation_minutes": 60, "part_time": "days"}],
            staff=staff("Ana", fte="0.5"),
            groups=groups("A"),
        ),
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "part_time": "hours", "obligation_minutes": 60}],
            staff=[{"staff": "Ana", "week_minutes": 91}],
            groups=groups("A", windows="Mon-Tue 08:00-10:00"),
            rules=IN_WINDOWS,
            duties=[
                {"duty": "toil", "time": "toil", "windows": "Mon 08:30-10:00"},
                {"duty": "meet", "adults": 0, "with": "Ana"},
            ],
        ),
        # Two schools that open at different hours, one shift a day, at one of them or first at one
        # and then at the other.
        tiny(
            schools=[
                {"school": "elm"},
                {"school": "oak", "name": "Oak", "open": "08:30", "close": "10:00"},
            ],
            roles=[{"role": "para", "obligation_minutes": 90, "max_sites_per_day": 2}],
            staff=[{"staff": "Ana", "schools": "elm;oak", "start": None}],
            travel=[{"from": "elm", "to": "oak", "minutes": 30}],
            groups=[*groups("A"), *groups("B", school="oak")],
            duties=[{"duty": "anywhere", "school": ""}],
        ),
        # The same hours on two of three days; a minute that is left over is on one of them.
        tiny(
            cycle="Mon;Tue;Wed",
            roles=[{"role": "para", "part_time": "hours", "obligation_minutes": 60}],
            staff=[{"staff": "Ana", "week_minutes": 121, "max_days": 2}],
            groups=groups("A", windows="Mon 08:00-10:00"),
        ),
        # By-day shifts of different lengths.
        tiny(
            cycle="Mon;Tue",
            staff=staff("Ana", shifts="Mon 08:00-09:00; Tue 09:00-09:30", fte="0.375"),
            groups=groups("A"),
        ),
        # Only the end is given: the shift is counted back from it.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=[{"staff": "Ana", "start": None, "end": "09:30"}],
        ),
    ),
    "contract_days": (
        # One day of three: 42 Tuesdays or Wednesdays are more than 117 ÷ 3 = 39, and Mondays
        # without two holidays are 39.
        tiny(
            cycle="Mon;Tue;Wed",
            calendar=[
                {"date": "2026-09-07", "kind": "holiday"},
                {"date": "2026-10-12", "kind": "holiday"},
            ],
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "contract_days": 117,
                    "part_time": "days",
                }
            ],
            staff=staff("Ana", fte="0.333333"),
            groups=groups("A"),
        ),
        # A day and a half of three: no choice comes to so few dates, and only the best is left;
        # leaves in March.
        tiny(
            cycle="Mon;Tue;Wed",
            calendar=[
                {"date": "2027-01-01", "to": "2027-01-31", "kind": "holiday", "schools": "oak"},
                {"date": "2027-02-02", "kind": "pd_day"},
                {"date": "2027-02-03", "kind": "non_student", "schools": "elm"},
                {"date": "2027-03-03", "kind": "bank_holiday", "schools": "elm"},
            ],
            schools=TWO_SCHOOLS,
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "contract_days": 120,
                    "part_time": "days",
                }
            ],
            staff=staff("Ana", fte="0.5", schools="elm;oak", end_date="2027-03-31"),
            groups=groups("A"),
        ),
        # Days that rotate, 69, 69 and 68 of them: the PD day is everybody's, whichever days they
        # work.
        tiny(
            cycle="One;Two;Six",
            calendar=[
                {"date": "2026-10-08", "kind": "holiday"},
                {"date": "2026-10-05", "kind": "pd_day"},
                {"date": "2026-10-06", "kind": "holiday", "schools": "elm"},
            ],
            schools=TWO_SCHOOLS,
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "contract_days": 207,
                    "part_time": "days",
                }
            ],
            staff=staff("Ana", fte="0.666667"),
            groups=groups("A"),
        ),
    ),
    "sites": (
        tiny(
            cycle="Mon;Tue",
            schools=[*TWO_SCHOOLS, {"school": "fir", "name": "Fir"}],
            roles=[{"role": "para", "obligation_minutes": 30, "max_sites": 1}],
            staff=staff("Ana", schools="elm;oak;fir"),
            groups=[*groups("A"), *groups("B", school="oak")],
        ),
        tiny(
            cycle="Mon;Tue;Wed",
            schools=[*TWO_SCHOOLS, {"school": "fir", "name": "Fir"}],
            roles=[{"role": "para", "obligation_minutes": 30, "max_sites": 2}],
            staff=staff("Ana", schools="elm;oak;fir"),
            groups=groups("A", sessions=2),
        ),
        # Two schools a day of three in all, two of which nothing connects.
        tiny(
            schools=[*TWO_SCHOOLS, {"school": "fir", "name": "Fir"}],
            roles=[
                {"role": "para", "obligation_minutes": 90, "max_sites": 1, "max_sites_per_day": 2}
            ],
            staff=staff("Ana", schools="elm;oak;fir"),
            travel=[
                {"from": "elm", "to": "oak", "minutes": 15},
                {"from": "oak", "to": "fir", "minutes": 30},
            ],
            groups=[*groups("A"), *groups("B", school="oak")],
        ),
        # One school a day and a cycle, and an office beside it.
        tiny(
            cycle="Mon;Tue",
            schools=[*TWO_SCHOOLS, {"school": "off", "name": "Office", "kind": "off_site"}],
            roles=[{"role": "para", "obligation_minutes": 60, "max_sites": 1}],
            staff=staff("Ana", schools="elm;oak;off"),
            travel=[
                {"from": "elm", "to": "oak", "minutes": 30},
                {"from": "elm", "to": "off", "minutes": 30},
                {"from": "off", "to": "oak", "minutes": 0},
            ],
            groups=groups("A"),
        ),
    ),
    "duty_free_lunch": (
        # Lunch at the first school or at the second, not on the way.
        tiny(
            schools=TWO_SCHOOLS,
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 90,
                    "lunch_minutes": 30,
                    "max_sites_per_day": 2,
                }
            ],
            staff=staff("Ana", schools="elm;oak"),
            travel=[{"from": "elm", "to": "oak", "minutes": 20}],
            groups=groups("A", school="oak"),
        ),
        tiny(
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 90,
                    "lunch_minutes": 30,
                    "lunch_from": "08:30",
                    "lunch_to": "09:30",
                }
            ],
            staff=[{"staff": "Ana", "busy": "Mon 08:00-08:40"}, {"staff": "Ben"}],
            groups=groups("A", minutes=60),
            duties=[{"duty": "meet", "adults": 0, "with": "Ben"}],
        ),
        # The full day has a lunch, the shorter one has none.
        tiny(
            cycle="Mon;Tue",
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "lunch_minutes": 15,
                    "lunch_shift": 75,
                    "part_time": "days",
                },
            ],
            grid=15,
            staff=[{"staff": "Ana", "fte": "0.75", "start": "08:00"}],
            groups=groups("A"),
        ),
        # A day off has no lunch; a short day's window may leave none.
        tiny(
            cycle="Mon;Tue",
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "lunch_minutes": 15,
                    "lunch_from": "08:30",
                    "part_time": "days",
                },
            ],
            grid=15,
            staff=[{"staff": "Ana", "fte": "0.75", "start": "08:00"}],
            groups=groups("A"),
        ),
    ),
    "preparation": (
        tiny(
            grid=10,
            roles=[{"role": "para", "obligation_minutes": 90, "prep_minutes": 30}],
            staff=[{"staff": "Ana", "busy": "Mon 08:00-08:05"}],
            groups=groups("A", "B", minutes=20),
        ),
        tiny(
            cycle="Mon;Tue",
            grid=15,
            roles=[
                {"role": "para", "obligation_minutes": 60, "prep_minutes": 45, "part_time": "days"}
            ],
            staff=staff("Ana", fte="0.5"),
            groups=groups("A", minutes=15),
            duties=[
                {"duty": "plan", "kind": "planning", "minutes": 30},
                {"duty": "joint", "kind": "planning", "adults": 0, "with": "Ana", "minutes": 15},
            ],
        ),
        # A planning duty outside the shift is not preparation in it.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60, "prep_minutes": 40}],
            staff=staff("Ana"),
            groups=groups("A", windows="Mon 08:00-10:00"),
            rules=IN_WINDOWS,
            duties=[
                {
                    "duty": "evening",
                    "kind": "planning",
                    "time": "toil",
                    "windows": "Mon 08:00-09:30",
                }
            ],
        ),
        # Lunch disturbs preparation, whether or not the rule on lunch is looked at.
        tiny(
            roles=[
                {"role": "para", "obligation_minutes": 90, "lunch_minutes": 30, "prep_minutes": 60}
            ],
            staff=staff("Ana"),
            groups=groups("A"),
        ),
    ),
    "contact_minutes": (
        tiny(
            roles=[{"role": "para", "obligation_minutes": 90, "max_contact_minutes": 50}],
            staff=staff("Ana"),
            groups=[*groups("A", "B"), *groups("C", minutes=20)],
            duties=[{"duty": "d"}],
        ),
        tiny(
            roles=[{"role": "para", "obligation_minutes": 90, "max_contact_minutes": 50}],
            staff=staff("Ana"),
            groups=[*varied("A", total=60, lengths="20;40"), *groups("B")],
        ),
    ),
    "contact_week": (
        tiny(
            "Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60, "max_contact_week": 60}],
            staff=staff("Ana"),
            groups=[*groups("A", sessions=2), *groups("C", minutes=20, windows="Tue 08:00-10:00")],
            duties=[{"duty": "d", "windows": "Mon 08:00-10:00"}],
        ),
        # Each week of a cycle of two has a limit of its own.
        tiny(
            "MonA;MonB",
            roles=[{"role": "para", "obligation_minutes": 60, "max_contact_week": 30}],
            staff=staff("Ana", "Ben", start="08:30"),
            groups=[*groups("A", sessions=2), *groups("B", windows="MonA 08:00-10:00")],
        ),
        # One group is longer than what a week leaves.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60, "max_contact_week": 40}],
            staff=staff("Ana"),
            groups=[*groups("A", minutes=45), *groups("B")],
        ),
        tiny(
            "Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60, "max_contact_week": 50}],
            staff=staff("Ana"),
            groups=varied("A", total=60, lengths="20;40"),
        ),
    ),
    "consecutive_contact": (
        tiny(
            grid=15,
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 105,
                    "max_consecutive_minutes": 45,
                    "break_minutes": 15,
                }
            ],
            staff=staff("Ana"),
            groups=[*groups("A", "B", minutes=30), *groups("C", minutes=15)],
        ),
        # A pause that is longer than a tick, sessions that end off the grid, and a duty, which is
        # no contact.
        tiny(
            grid=15,
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 105,
                    "max_consecutive_minutes": 40,
                    "break_minutes": 20,
                }
            ],
            staff=staff("Ana"),
            groups=[*groups("A", minutes=20), *groups("B", minutes=25)],
            duties=[{"duty": "d", "minutes": 15}],
        ),
        # A session that is itself too long.
        tiny(
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 90,
                    "max_consecutive_minutes": 45,
                    "break_minutes": 30,
                }
            ],
            staff=staff("Ana"),
            groups=[*groups("A", minutes=60), *groups("B", minutes=30)],
        ),
    ),
    "meal_period": (
        # Four hours and a half from eight; the meal lasts half an hour.
        tiny(
            schools=[{"school": "elm", "close": "14:00"}],
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 330,
                    "lunch_minutes": 30,
                    "pay_basis": "hourly",
                }
            ],
            staff=staff("Ana"),
            groups=groups("A", minutes=60, windows="Mon 10:00-12:00"),
            rules=EATS,
        ),
        # A shorter day needs no meal; limits that are set; and somebody who is not paid by the
        # hour.
        tiny(
            cycle="Mon;Tue",
            grid=15,
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "lunch_minutes": 30,
                    "pay_basis": "hourly",
                    "part_time": "days",
                },
                {"role": "lead", "obligation_minutes": 75, "lunch_minutes": 15},
            ],
            staff=[
                {"staff": "Ana", "fte": "0.75"},
                {"staff": "Lea", "role": "lead", "days": "Mon", "fte": "0.5"},
            ],
            rules=[
                *EATS,
                {"rule": "meal_period", "parameter": "meal_after", "value": "60"},
                {"rule": "meal_period", "parameter": "meal_from", "value": "15"},
                {
                    "rule": "meal_period",
                    "parameter": "meal_to",
                    "value": "45",
                    "applies_to": "role:para",
                },
            ],
        ),
    ),
    "rest_breaks": (
        # Twenty minutes of rest in ninety; no stretch longer than an hour.
        tiny(
            grid=15,
            roles=[{"role": "para", "obligation_minutes": 90, "pay_basis": "hourly"}],
            staff=staff("Ana"),
            groups=[*groups("A"), *groups("B", minutes=20)],
            duties=[{"duty": "meet", "adults": 0, "with": "Ana"}],
            rules=RESTS,
        ),
        # What is outside the shift is no work in it; somebody with a salary has no such rest.
        tiny(
            roles=[
                {"role": "para", "obligation_minutes": 60, "pay_basis": "hourly"},
                {"role": "lead", "obligation_minutes": 60},
            ],
            staff=[{"staff": "Ana", "start": "08:30"}, {"staff": "Lea", "role": "lead"}],
            groups=groups("A", windows="Mon 08:00-10:00"),
            duties=[{"duty": "toil", "minutes": 45, "time": "toil", "windows": "Mon 08:00-09:45"}],
            rules=[*IN_WINDOWS, *RESTS],
        ),
    ),
    "pull_out_spaces": (
        tiny(
            schools=[{"school": "elm", "spaces": 1}],
            roles=[{"role": "para", "obligation_minutes": 90}],
            staff=staff("Ana", "Ben"),
            groups=[
                *groups("A", minutes=60, staff="Ana"),
                *groups("B"),
                *groups("C", mode="push_in", staff="Ben"),
            ],
        ),
        # Two adults with a group take one room.
        tiny(
            schools=[{"school": "elm", "spaces": 1}],
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben", "Cy"),
            groups=[*groups("A", adults=2), *groups("B")],
        ),
        tiny(
            schools=[{"school": "elm", "spaces": 0}],
            staff=staff("Ana"),
            groups=[*groups("A"), *groups("B", mode="off_site")],
            duties=[{"duty": "d"}],
        ),
        tiny(
            schools=[{"school": "elm", "spaces": 1}],
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=groups("A", sessions=2, min_sessions=1, minutes=60, windows="Mon 08:00-09:00"),
        ),
    ),
    "group_size": (
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 30}],
            staff=staff("Ana", "Ben"),
            groups=[
                *groups("A", students=5, sessions=2, min_sessions=1),
                *groups("B", students=4, tier=3),
                *groups("C", students=9, tier=1),
            ],
            rules=[
                {
                    "rule": "group_size",
                    "parameter": "max_students",
                    "value": "4",
                    "applies_to": "tier:2",
                },
                {
                    "rule": "group_size",
                    "parameter": "max_students",
                    "value": "2",
                    "applies_to": "tier:3",
                },
            ],
        ),
    ),
    "supervision": (
        # No teacher on the site: a certificated person, who leaves earlier, is the only supervisor.
        tiny(
            roles=[
                {"role": "para", "obligation_minutes": 90, "supervised": "on_site"},
                {"role": "lead", "obligation_minutes": 60, "certificated": "yes"},
            ],
            staff=[{"staff": "Ana"}, {"staff": "Lea", "role": "lead", "start": "08:30"}],
            groups=groups("A", "B"),
            duties=[{"duty": "d", "staff": "Ana"}],
        ),
        # One teacher, who may supervise one; a certificated person, who is there on some day, may
        # take another.
        tiny(
            cycle="Mon;Tue",
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 30,
                    "supervised": "on_site",
                    "max_supervised": 1,
                },
                {
                    "role": "lead",
                    "obligation_minutes": 30,
                    "certificated": "yes",
                    "part_time": "days",
                },
            ],
            schools=TWO_SCHOOLS,
            teachers=[
                {"teacher": "Teo"},
                {"teacher": "Tea", "certificated": "no"},
                {"teacher": "Tim", "school": "oak"},
            ],
            staff=[*staff("Ana", "Ben"), {"staff": "Lea", "role": "lead", "fte": "0.5"}],
            groups=groups("A", "B"),
        ),
        tiny(
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 30,
                    "supervised": "same_block",
                    "max_supervised": 1,
                }
            ],
            staff=staff("Ana"),
            groups=groups("A"),
        ),
        # In the same block: a teacher of the grade, or a certificated adult with a group or in a
        # meeting at that time.
        tiny(
            roles=[
                {"role": "para", "obligation_minutes": 60, "supervised": "same_block"},
                {"role": "lead", "obligation_minutes": 90, "certificated": "yes"},
            ],
            staff=[{"staff": "Ana"}, {"staff": "Lea", "role": "lead"}],
            teachers=[
                {"teacher": "Teo", "grades": "2"},
                {"teacher": "Tia", "grades": "1", "certificated": "no"},
            ],
            groups=[
                *groups("A"),
                *groups("B", grades="1-2", staff="Ana"),
                *groups("C", staff="Lea"),
            ],
            duties=[{"duty": "meet", "adults": 0, "with": "Lea"}],
        ),
        # A supervisor of two schools, who leaves the one and comes to the other.
        tiny(
            schools=TWO_SCHOOLS,
            travel=[{"from": "elm", "to": "oak", "minutes": 30}],
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 90,
                    "supervised": "on_site",
                    "max_supervised": 1,
                },
                {
                    "role": "lead",
                    "obligation_minutes": 90,
                    "certificated": "yes",
                    "max_sites_per_day": 2,
                },
            ],
            staff=[{"staff": "Ana"}, {"staff": "Lea", "role": "lead", "schools": "elm;oak"}],
            groups=groups("A", roles="para"),
        ),
        # By name: somebody who is there later, a teacher of the school, and nobody.
        tiny(
            roles=[
                {
                    "role": "para",
                    "obligation_minutes": 60,
                    "supervised": "named",
                    "max_supervised": 1,
                },
                {"role": "lead", "obligation_minutes": 60, "certificated": "yes"},
            ],
            staff=[
                {"staff": "Ana", "supervisor": "Lea"},
                {"staff": "Ben", "supervisor": "Lea"},
                {"staff": "Cy", "supervisor": "Teo"},
                {"staff": "Di"},
                {"staff": "Lea", "role": "lead", "start": "08:30"},
            ],
            teachers=[{"teacher": "Teo"}],
            groups=groups("A", "B", minutes=30, windows="Mon 08:00-09:30", roles="para"),
        ),
    ),
    "required_duties": (
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            duties=[
                {"duty": "must", "required": "yes", "sessions": 2},
                {"duty": "may", "minutes": 60},
            ],
        ),
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            teachers=[{"teacher": "Teo"}],
            duties=[
                {"duty": "meet", "required": "yes", "adults": 0, "with": "Ana;Teo"},
                {"duty": "must", "required": "yes"},
            ],
        ),
    ),
    "pins": (
        tiny(
            schools=TWO_SCHOOLS,
            travel=[{"from": "elm", "to": "oak", "minutes": 30}],
            roles=[{"role": "para", "obligation_minutes": 90, "max_sites_per_day": 2}],
            staff=staff("Ana", schools="elm;oak"),
            pins=[{"kind": "placement", "staff": "Ana", "school": "oak", "day": "Mon"}],
        ),
        tiny(
            cycle="Mon;Tue",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=groups("A", sessions=2, min_sessions=1, minutes=60),
            pins=[
                {"kind": "session", "subject": "A", "staff": "Ana", "day": "Tue", "start": "08:00"}
            ],
        ),
        # One on each of the days.
        tiny(
            cycle="Mon;Tue;Wed",
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana"),
            groups=groups("A", sessions=3, min_sessions=1),
            pins=[
                {"kind": "session", "subject": "A", "day": "Mon;Wed"},
                {"kind": "forbid", "subject": "A", "start": "08:30"},
            ],
        ),
        # A forbid without a subject; a meeting that must stand with somebody who attends.
        tiny(
            roles=[{"role": "para", "obligation_minutes": 60}],
            staff=staff("Ana", "Ben"),
            groups=groups("A"),
            duties=[{"duty": "meet", "adults": 1, "with": "Ana", "staff": "Ben"}],
            pins=[
                {"kind": "forbid", "staff": "Ben", "start": "08:30"},
                {"kind": "session", "subject": "meet", "staff": "Ana"},
            ],
        ),
        tiny(
            cycle="Mon;Tue",
            schools=TWO_SCHOOLS,
            roles=[{"role": "para", "obligation_minutes": 30, "part_time": "days"}],
            staff=staff("Ana", "Ben", schools="elm;oak", fte="0.5"),
            groups=groups("A"),
            pins=[
                {"kind": "placement", "staff": "Ana", "day": "Tue", "school": "oak"},
                {"kind": "placement", "staff": "Ben", "school": "elm"},
            ],
        ),
        # Who must not be at a school, or at work on a day, is not placed there either.
        tiny(
            cycle="Mon;Tue",
            schools=TWO_SCHOOLS,
            roles=[{"role": "para", "obligation_minutes": 30, "part_time": "days"}],
            staff=staff("Ana", "Ben", schools="elm;oak", fte="0.5"),
            groups=groups("A"),
            pins=[
                {"kind": "forbid", "staff": "Ana", "school": "oak"},
                {"kind": "forbid", "staff": "Ben", "day": "Mon"},
                {"kind": "forbid", "school": "oak", "day": "Tue"},
            ],
        ),
        tiny(
            cycle="Mon;Tue",
            staff=staff("Ana", shifts="Mon 08:00-09:00", fte="0.25"),
            groups=groups("A"),
            pins=[
                {"kind": "placement", "staff": "Ana", "day": "Tue"},
                {"kind": "session", "subject": "B"},
            ],
        ),
        # A day that must begin at a time, which only one of the schools allows.
        tiny(
            cycle="Mon;Tue",
            schools=[{"school": "elm"}, {"school": "oak", "name": "Oak", "open": "08:30"}],
            roles=[{"role": "para", "obligation_minutes": 60, "part_time": "days"}],
            staff=staff("Ana", schools="elm;oak", start="", fte="0.5"),
            groups=groups("A"),
            pins=[{"kind": "placement", "staff": "Ana", "start": "08:30"}],
        ),
        # A lunch on a day, and on every day that is worked.
        tiny(
            cycle="Mon;Tue",
            roles=[
                {"role": "para", "obligation_minutes": 60, "lunch_minutes": 30, "part_time": "days"}
            ],
            staff=staff("Ana", "Ben", fte="0.5"),
            groups=groups("A", staff="Ana"),
            pins=[
                {"kind": "lunch", "staff": "Ana", "day": "Tue", "start": "08:30"},
                {"kind": "lunch", "staff": "Ben", "start": "09:00"},
            ],
            rules=[{"rule": "duty_free_lunch", "setting": "hard"}],
        ),
    ),
    "position_split": tuple(
        tiny(
            roles=[
                {"role": "para", "obligation_minutes": 60},
                {"role": "lead", "obligation_minutes": 480},
            ],
            staff=staff("Ana"),
            groups=groups("A"),
            positions=[
                {"position": f"P{n}", "role": "lead", "staff": "Ana", "fte": f, "status": "filled"}
                for n, f in enumerate(split)
            ],
            rules=[{"rule": "position_split", "parameter": "allowed_hours", "value": "3+5; 4+4"}],
        )
        for split in (("0.375", "0.625"), ("0.5", "0.25"))
    ),
}
