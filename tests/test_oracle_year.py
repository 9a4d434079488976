"""What the oracle says of dates: quarters, sessions on named dates, minimum days, contract days,
training.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.oracle_cases import BASE, DISTRICT, Plan, faults, given, placed, write
from tests.oracle_read import read
from tests.oracle_training import deadline

WEEK = DISTRICT.replace("Mon;Tue", "Mon;Tue;Wed;Thu;Fri")
FORTNIGHT = DISTRICT.replace("Mon;Tue", "MonA;TueA;WedA;ThuA;FriA;MonB;TueB;WedB;ThuB;FriB")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri")


def week(cycle: tuple[str, ...] = WEEKDAYS) -> list[Plan]:
    """A full week of p."""
    return [placed("p", day) for day in cycle]


def mondays(*numbers: int) -> str:
    """The Mondays of some weeks of the year, the first is 0."""
    return ";".join(str(date(2026, 8, 31) + timedelta(weeks=number)) for number in numbers)


def group(sessions: str, more: str = "", minutes: int = 60) -> str:
    """The one group with its sessions, and perhaps from and to."""
    head = BASE["groups"].split("\n")[0].replace("windows", "windows,from,to")
    return f"{head}\ng,A,K,2,{minutes},{sessions},all 00:00-24:00,{more or ','}"


# -- the year


def test_quarters_are_whole_weeks_and_the_first_get_the_odd_ones(tmp_path: Path):
    write(tmp_path, district=WEEK)
    calendar = read(tmp_path).calendar
    assert calendar.quarter_weeks == [11, 11, 10, 10]
    starts = [(str(period.first), str(period.last)) for period in calendar.periods("quarter")]
    assert starts == [
        ("2026-08-31", "2026-11-15"),
        ("2026-11-16", "2027-01-31"),
        ("2027-02-01", "2027-04-11"),
        ("2027-04-12", "2027-06-18"),
    ]
    months = calendar.periods("month")
    assert (len(months), str(months[0].last), str(months[-1].last)) == (
        11,
        "2026-08-31",
        "2027-06-18",
    )


@pytest.mark.parametrize(
    ("district", "sessions", "slots"),
    [
        (WEEK, "8/quarter", 1),
        (WEEK, "10/quarter", 1),
        (WEEK, "11/quarter", 2),
        (WEEK, "4/month", 1),
        (WEEK, "5/month", 2),
        (WEEK, "42/year", 1),
        (WEEK, "43/year", 2),
        (FORTNIGHT, "5/quarter", 1),
        (FORTNIGHT, "6/quarter", 2),
        (FORTNIGHT, "3/month", 2),
    ],
)
def test_slots_are_reserved_for_sessions_of_a_period(
    tmp_path: Path, district: str, sessions: str, slots: int
):
    write(tmp_path, district=district, groups=group(sessions))
    assert read(tmp_path).services["group", "g"].most == slots


@pytest.mark.parametrize(
    ("when", "day"),
    [
        ("2026-08-31", "MonA"),
        ("2026-09-07", "MonB"),
        ("2026-09-11", "FriB"),
        ("2026-09-14", "MonA"),
        ("2026-09-12", None),
    ],
)
def test_the_weeks_of_a_long_cycle_take_turns(tmp_path: Path, when: str, day: str | None):
    write(tmp_path, district=FORTNIGHT)
    assert read(tmp_path).calendar.cycle_day(date.fromisoformat(when)) == day


# -- sessions on named dates

ONCE = mondays(2, 12, 25, 35)


def dated(dates: str, span: str = "09:00-10:00", day: str = "Mon") -> Plan:
    """A session of the group on named dates."""
    return given("g", day, span, dates=dates)


BAD = "group g on Mon 09:00-10:00 cannot be given on {}: {}"
OWED = "group g has {} dates from {}, {} are due"
CALENDAR = "date,to,kind,close,schools\n"


@pytest.mark.parametrize(
    ("rows", "sheets", "found"),
    [
        ([dated(ONCE)], {}, []),
        ([dated("")], {}, 5),
        (
            [dated(ONCE.replace("2026-09-14", "2026-09-15"))],
            {},
            [BAD.format("2026-09-15", "it is no Mon of the year")],
        ),
        (
            [dated(mondays(2, 3, 25, 35))],
            {},
            [
                OWED.format(2, "2026-08-31 to 2026-11-15", 1),
                OWED.format(0, "2026-11-16 to 2027-01-31", 1),
            ],
        ),
        (
            [dated(ONCE)],
            {"calendar": CALENDAR + "2026-09-14,,holiday,,"},
            [BAD.format("2026-09-14", "there are no students")],
        ),
        (
            [dated(ONCE)],
            {"calendar": CALENDAR + "2026-09-10,2026-09-14,pd_day,,A"},
            [BAD.format("2026-09-14", "there are no students")],
        ),
        ([dated(ONCE)], {"calendar": CALENDAR + "2026-09-14,,holiday,,B"}, []),
        ([dated(ONCE)], {"calendar": CALENDAR + "2026-09-14,,minimum_day,10:00,"}, []),
        (
            [dated(ONCE)],
            {"calendar": CALENDAR + "2026-09-14,,minimum_day,09:55,"},
            [BAD.format("2026-09-14", "it ends after the early close")],
        ),
        (
            [dated(ONCE)],
            {"staff": "staff,role,start,end_date\np,r,08:00,2027-05-02"},
            [BAD.format("2027-05-03", "p is not employed")],
        ),
        ([dated(ONCE)], {"staff": "staff,role,start,end_date\np,r,08:00,2027-05-03"}, []),
        (
            [dated(ONCE)],
            {"groups": group("1/quarter", ",2027-05-02")},
            [
                BAD.format("2027-05-03", "outside the dates of the service"),
                OWED.format(1, "2027-04-12 to 2027-06-18", 0),
            ],
        ),
        ([dated(mondays(2, 12, 25))], {"groups": group("1/quarter", ",2027-05-02")}, []),
        (
            [dated(ONCE)],
            {"groups": group("1")},
            ["group g on Mon 09:00-10:00 names dates, and is due every cycle"],
        ),
    ],
)
def test_sessions_of_a_quarter_name_real_dates(
    tmp_path: Path, rows: list[Plan], sheets: dict[str, str], found: list[str] | int
):
    broken = faults(
        tmp_path, *week(), *rows, **({"district": WEEK, "groups": group("1/quarter")} | sheets)
    )
    assert (len(broken) if isinstance(found, int) else broken) == found


def test_a_closed_quarter_owes_as_many_as_there_are(tmp_path: Path):
    closed = CALENDAR + "2026-08-31,2026-11-08,holiday,,"
    sheets = {"district": WEEK, "groups": group("3/quarter"), "calendar": closed}
    dates = mondays(10, 11, 12, 13, 22, 23, 24, 32, 33, 34)
    assert faults(tmp_path, *week(), dated(dates), **sheets) == []
    fewer = dates.replace("2026-11-09;", "")
    assert faults(tmp_path, *week(), dated(fewer), **sheets) == [
        OWED.format(0, "2026-08-31 to 2026-11-15", 1)
    ]


def test_a_clipped_month_owes_its_share_of_school_days(tmp_path: Path):
    """August has one of 21 school days in the year, June 14 of 22: 2 x 1/21 = 0 and 2 x 14/22 =
    1.
    """
    found = []
    for month in (*range(9, 13), *range(1, 6)):
        first = date(2026 + (month < 9), month, 1)
        monday = first + timedelta(days=-first.weekday() % 7)
        found += [monday, monday + timedelta(weeks=1)]
    dates = ";".join(str(when) for when in [*found, date(2027, 6, 7)])
    sheets = {"district": WEEK, "groups": group("2/month")}
    assert faults(tmp_path, *week(), dated(dates), **sheets) == []
    broken = faults(tmp_path, *week(), dated(dates + ";2027-06-14"), **sheets)
    assert broken == [OWED.format(2, "2027-06-01 to 2027-06-18", 1)]
    assert faults(tmp_path, *week(), dated(dates + ";2026-08-31"), **sheets) == [
        OWED.format(1, "2026-08-31 to 2026-08-31", 0)
    ]


def test_the_dates_of_two_slots_are_counted_together(tmp_path: Path):
    sheets = {"district": WEEK, "groups": group("43/year")}
    tuesday = dated("2026-09-01", day="Tue")
    assert faults(tmp_path, *week(), dated(mondays(*range(42))), tuesday, **sheets) == []
    assert faults(tmp_path, *week(), dated(mondays(*range(41))), tuesday, **sheets) == [
        OWED.format(42, "2026-08-31 to 2027-06-18", 43)
    ]


TWO = (
    BASE["groups"].split("\n")[0]
    + "\ng,A,K,2,60,1/year,all 00:00-24:00\nh,A,K,2,60,1/year,all 00:00-24:00"
)


@pytest.mark.parametrize(
    ("dates", "more", "found"),
    [
        (("2026-09-14", "2026-09-21"), {}, []),
        (("2026-09-14", "2026-09-14"), {}, ["p is in two places at once: {} and {}"]),
        (
            ("2026-09-14", "2026-09-21"),
            {"members": "student,group\ns,g\ns,h"},
            ["student s is in two groups at once: {} and {}"],
        ),
        (
            ("2026-09-14", "2026-09-21"),
            {"schools": "school,name,spaces\nA,A,1"},
            ["A has 2 pull-out groups for 1 spaces at 540 on Mon"],
        ),
    ],
)
def test_only_an_adult_may_share_a_time_on_other_dates(
    tmp_path: Path, dates: tuple[str, str], more: dict[str, str], found: list[str]
):
    rows = [
        given(name, "Mon", "09:00-10:00", dates=when)
        for name, when in zip("gh", dates, strict=True)
    ]
    broken = faults(tmp_path, *week(), *rows, **({"district": WEEK, "groups": TWO} | more))
    assert broken == [
        sentence.format("group g on Mon 09:00-10:00", "group h on Mon 09:00-10:00")
        for sentence in found
    ]


def test_credentials_last_until_the_last_named_date(tmp_path: Path):
    groups = (
        group("1/quarter").replace("windows,", "windows,requires,").replace("24:00,", "24:00,fly,")
    )
    sheets = {"district": WEEK, "groups": groups}
    staff = "staff,role,start,credentials\np,r,08:00,fly:"
    assert faults(tmp_path, *week(), dated(ONCE), **sheets, staff=staff + "2027-05-03") == []
    assert faults(tmp_path, *week(), dated(ONCE), **sheets, staff=staff + "2027-05-02") == [
        "group g on Mon 09:00-10:00: p is not qualified (credential fly)"
    ]


def test_a_planning_duty_prepares_on_its_dates_only(tmp_path: Path):
    roles = (
        BASE["roles"]
        .replace("lunch_minutes", "prep_minutes,lunch_minutes")
        .replace("420,30", "420,30,30")
    )
    sheets = {"district": DISTRICT.replace("Mon;Tue", "Mon"), "roles": roles}
    duty = given("d", "Mon", "09:00-09:30", kind="duty", dates="2026-09-14")
    head = "duty,kind,school,minutes,sessions\nd,planning,A,30,"
    assert faults(tmp_path, placed("p", "Mon"), duty, **sheets, duties=head + "1/year") == [
        "p on Mon has 0 minutes of preparation, 30 are due"
    ]
    assert (
        faults(tmp_path, placed("p", "Mon"), duty | {"dates": []}, **sheets, duties=head + "1")
        == []
    )


# -- minimum days


@pytest.mark.parametrize(
    ("calendar", "setting", "found"),
    [
        ("2026-09-14,,minimum_day,09:55,", "hard", 1),
        ("2026-09-14,,minimum_day,10:00,", "hard", 0),
        ("2026-09-15,,minimum_day,09:55,", "hard", 0),
        ("2026-09-14,,minimum_day,09:55,B", "hard", 0),
        ("2026-09-14,,minimum_day,09:55,\n2026-09-14,,holiday,,", "hard", 0),
        ("2026-09-14,,minimum_day,09:55,", "soft", 0),
        ("2026-09-14,,minimum_day,09:55,", "", 0),
    ],
)
def test_sessions_end_before_the_early_close(
    tmp_path: Path, calendar: str, setting: str, found: int
):
    sheets = {
        "district": WEEK,
        "calendar": CALENDAR + calendar,
        "rules": f"rule,setting\nminimum_days,{setting}",
    }
    sentence = (
        "group g on Mon 09:00-10:00 ends after the early close on 1 dates, first on 2026-09-14"
    )
    broken = faults(
        tmp_path,
        *week(),
        given("g", "Mon", "09:00-10:00"),
        **sheets,
        roles=BASE["roles"].replace("190", "210"),
    )
    assert broken == [sentence] * found


# -- contract days: two of three permitted days; in 42 weeks a day has 42 dates but for what the
# calendar takes

DAYS = "role,title,obligation_minutes,lunch_minutes,part_time,works_on,contract_days\nr,R,420,30,days,,{}"
THREE = "staff,role,start,fte,days{0}\np,r,08:00,0.4,Mon;Tue;Wed{1}"
NO_MONDAYS = CALENDAR + "2026-09-07,,holiday,,\n2026-09-14,,holiday,,"


def worked(
    tmp_path: Path, days: tuple[str, ...], contract: int, calendar: str = NO_MONDAYS, **sheets: str
) -> list[str]:
    rows = [placed("p", day) for day in days]
    extra = [row for row in (sheets.pop("attended", None),) if row]
    attended = [
        {"staff": "p", "training": "t", "date": when, "start": "16:00", "end": "18:00"}
        for when in extra
    ]
    given_sheets = {
        "district": WEEK,
        "roles": DAYS.format(contract),
        "staff": THREE.format("", ""),
        "calendar": calendar,
    } | sheets
    return faults(tmp_path, *rows, *attended, **given_sheets)


TOO_MANY = "p works {} dates, the contract has {} and the best choice of days {}"


@pytest.mark.parametrize(
    ("days", "contract", "found"),
    [
        (("Mon", "Tue"), 200, []),  # 40 + 42 dates, 200 x 0.4 = 80, and nobody can choose better
        (("Tue", "Wed"), 200, [TOO_MANY.format(84, 80, 82)]),
        (("Tue", "Wed"), 210, []),
        (("Tue", "Wed"), 208, [TOO_MANY.format(84, 83, 82)]),
    ],
)
def test_days_are_chosen_within_the_contract(
    tmp_path: Path, days: tuple[str, ...], contract: int, found: list[str]
):
    assert worked(tmp_path, days, contract) == found


def test_contract_days_need_a_calendar_and_a_hard_rule(tmp_path: Path):
    assert worked(tmp_path, ("Tue", "Wed"), 200, "date,kind") == []
    assert worked(tmp_path, ("Tue", "Wed"), 200, rules="rule,setting\ncontract_days,off") == []
    student_days = CALENDAR + "2026-09-07,,holiday,,\n2026-09-14,,pd_day,,"
    only = DAYS.format(200).replace("days,,", "days,student_day,")
    assert worked(tmp_path, ("Tue", "Wed"), 200, student_days) == [TOO_MANY.format(84, 80, 83)]
    assert worked(tmp_path, ("Tue", "Wed"), 200, student_days, roles=only) == [
        TOO_MANY.format(84, 80, 82)
    ]


def test_nobody_can_choose_a_day_on_which_the_school_is_closed(tmp_path: Path):
    closed = "school,name,hours\nA,A,Tue-Fri 08:00-16:00"
    assert worked(tmp_path, ("Tue", "Wed"), 200, schools=closed) == []
    assert worked(tmp_path, ("Tue", "Wed"), 200, schools=closed + "\nB,B,") == [
        TOO_MANY.format(84, 80, 82)
    ]


def test_whoever_leaves_early_has_a_part_of_the_contract(tmp_path: Path):
    """Employed on 6 of 42 weeks: 28 of 208 dates, 200 x 0.4 x 28 / 208 = 10.8, so 11 of the 12
    dates on Tuesday and Wednesday.
    """
    staff = THREE.format(",end_date", ",2026-10-09")
    assert worked(tmp_path, ("Tue", "Wed"), 200, staff=staff) == [TOO_MANY.format(12, 11, 10)]
    assert worked(tmp_path, ("Mon", "Tue"), 200, staff=staff) == []


def test_a_training_date_counts_once(tmp_path: Path):
    sheets = {"training": "training,roles,hours\nt,r,2", "offerings": "training,date,start,end"}
    sheets["offerings"] += "".join(
        f"\nt,{when},16:00,18:00" for when in ("2026-09-15", "2026-09-17")
    )
    assert worked(tmp_path, ("Tue", "Wed"), 210, attended="2026-09-15", **sheets) == []
    assert worked(tmp_path, ("Tue", "Wed"), 210, attended="2026-09-17", **sheets) == [
        TOO_MANY.format(85, 84, 83)
    ]


# -- training

TRAINING = (
    "training,roles,hours,due,hired_from,hired_to,waived_by\nt,r,14,hire+4 months;09-01 "
    "next year,2025-09-01,,fcs"
)
OFFERINGS = "training,date,start,end,seats" + "".join(
    f"\nt,2026-{when},08:00,15:00,1" for when in ("10-10", "10-17", "12-15", "12-16")
)
OFFERINGS += "\nu,2026-10-10,14:00,16:00,"
HIRED = "staff,role,start,hire_date,credentials\np,r,08:00,2026-08-15,{}"
STRICT = "rule,setting\ntraining,hard"


def attends(
    *dates: str, staff: str = "p", training: str = "t", span: str = "08:00-15:00"
) -> list[Plan]:
    """Offerings that a person attends."""
    start, end = span.split("-")
    return [
        {"staff": staff, "training": training, "date": f"2026-{when}", "start": start, "end": end}
        for when in dates
    ]


@pytest.mark.parametrize(
    ("rows", "sheets", "found"),
    [
        (attends("10-10", "10-17"), {}, []),
        (attends("10-10", "12-15"), {}, []),
        (attends("10-10", "12-16"), {}, ["p has 7 of 14 hours of t by 2026-12-15"]),
        ([], {}, ["p has 0 of 14 hours of t by 2026-12-15"]),
        ([], {"rules": "rule,setting"}, []),
        ([], {"staff": HIRED.format("fcs")}, []),
        ([], {"staff": HIRED.format("").replace("2026-08-15", "2025-08-31")}, []),
        ([], {"training": TRAINING.replace("t,r", "t,other")}, []),
        (attends("10-10", "10-17", "10-18"), {}, ["t is not offered on 2026-10-18 08:00-15:00"]),
        (
            attends("10-10", "10-17") + attends("10-10", training="u", span="14:00-16:00"),
            {},
            ["p attends t and u at once on 2026-10-10"],
        ),
        (
            attends("10-10", "10-17"),
            {
                "staff": HIRED.format("")
                .replace("hire_date", "hire_date,end_date")
                .replace("-15,", "-15,2026-10-16,")
            },
            ["p attends t on 2026-10-17, and is not employed then"],
        ),
    ],
)
def test_training_is_attended_in_time(
    tmp_path: Path, rows: list[Plan], sheets: dict[str, str], found: list[str]
):
    base = {
        "district": WEEK,
        "training": TRAINING,
        "offerings": OFFERINGS,
        "staff": HIRED.format(""),
        "rules": STRICT,
    }
    assert faults(tmp_path, *week(), *rows, **(base | sheets)) == found


def test_seats_are_respected(tmp_path: Path):
    base = {
        "district": WEEK,
        "training": TRAINING,
        "offerings": OFFERINGS,
        "staff": HIRED.format("") + "\nq,r,08:00,,",
    }
    both = [*week(), *[placed("q", day) for day in WEEKDAYS]]
    assert faults(tmp_path, *both, *attends("10-10"), *attends("10-17", staff="q"), **base) == []
    assert faults(tmp_path, *both, *attends("10-10"), *attends("10-10", staff="q"), **base) == [
        "t on 2026-10-10 has 2 people for 1 seats"
    ]


@pytest.mark.parametrize(
    ("term", "hire", "found"),
    [
        ("hire+4 months", "2025-12-15", "2026-04-15"),
        ("hire+6 months", "2025-12-15", "2026-06-15"),
        ("hire+6 months", "2025-08-31", "2026-02-28"),
        ("hire+12 months", "2025-12-15", "2026-12-15"),
        ("hire+30 days", "2025-12-15", "2026-01-14"),
        ("09-01 next year", "2025-12-15", "2026-09-01"),
        ("2026-03-01", "2025-12-15", "2026-03-01"),
    ],
)
def test_deadlines(term: str, hire: str, found: str):
    assert str(deadline(term, date.fromisoformat(hire))) == found


def test_a_cycle_without_names_of_weekdays_goes_from_one_school_day_to_the_next(tmp_path: Path):
    write(tmp_path, district=DISTRICT.replace("Mon;Tue", "D1;D2;D3;D4;D5;D6;D7;D8;D9;D10"))
    calendar = read(tmp_path).calendar
    days = [
        calendar.cycle_day(date(2026, 8, 31) + timedelta(days=number))
        for number in (0, 4, 5, 7, 11, 14)
    ]
    assert days == ["D1", "D5", None, "D6", "D10", "D1"]  # without a day off, as by weeks
