"""What the oracle says of hand-made days: meals, rests, two schools in a day."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.oracle_cases import BASE, DISTRICT, Plan, faults, given, placed

ROLES = "role,title,obligation_minutes,lunch_minutes,contract_days,pay_basis"
HOURLY = {
    "district": DISTRICT.replace("Mon;Tue,", "Mon,us-wa"),
    "roles": f"{ROLES}\nr,R,420,30,190,hourly",
}


def meal(tmp_path: Path, lunch: str, **sheets: str) -> list[str]:
    """A day from 08:00 to 15:30 with its lunch."""
    return faults(tmp_path, placed("p", "Mon", lunch=lunch), **(HOURLY | sheets))


@pytest.mark.parametrize(
    ("lunch", "found"),
    [
        ("10:00-10:30", []),
        ("13:00-13:30", []),
        (
            "13:05-13:35",
            ["p on Mon: the meal begins 305 minutes into the shift, 120 to 300 are allowed"],
        ),
        (
            "09:55-10:25",
            [
                "p on Mon: the meal begins 115 minutes into the shift, 120 to 300 are allowed",
                "p on Mon: 305 minutes follow the meal, at most 300 are allowed",
            ],
        ),
    ],
)
def test_a_meal_begins_two_to_five_hours_into_the_shift(
    tmp_path: Path, lunch: str, found: list[str]
):
    assert meal(tmp_path, lunch) == found


@pytest.mark.parametrize(
    ("sheets", "found"),
    [
        ({"district": DISTRICT.replace("Mon;Tue", "Mon")}, 0),
        ({"roles": HOURLY["roles"].replace("hourly", "annual")}, 0),
        ({"rules": "rule,setting\nmeal_period,off"}, 0),
        ({"rules": "rule,setting,weight\nmeal_period,soft,2"}, 0),
        ({"rules": "rule,parameter,value\nmeal_period,meal_to,330"}, 0),
        ({"rules": "rule,parameter,value,applies_to\nmeal_period,meal_to,330,role:r"}, 0),
        ({"rules": "rule,parameter,value,applies_to\nmeal_period,meal_to,330,role:other"}, 1),
        (
            {
                "rules": "rule,parameter,value,applies_to\nmeal_period,meal_to,330,role:r\nmeal_period,meal_to,300,"
            },
            0,
        ),
        ({"rules": "rule,setting,to\nmeal_period,off,2026-08-30"}, 1),
        ({"rules": "rule,setting,from\nmeal_period,off,2026-08-31"}, 0),
        ({"rules": "rule,setting\nmeal_period,off\nmeal_period,hard"}, 1),
        ({"rules": "rule,setting,applies_to\nmeal_period,off,school:A\nmeal_period,hard,"}, 0),
    ],
)
def test_settings_say_for_whom_the_meal_rule_holds(
    tmp_path: Path, sheets: dict[str, str], found: int
):
    assert len(meal(tmp_path, "13:05-13:35", **sheets)) == found


def test_a_short_shift_needs_no_meal_and_a_long_one_without_lunch_breaks_the_rule(tmp_path: Path):
    roles = f"{ROLES}\nr,R,{{}},0,190,hourly"
    assert (
        faults(
            tmp_path,
            placed("p", "Mon", shift="08:00-13:00", lunch=""),
            **(HOURLY | {"roles": roles.format(300)}),
        )
        == []
    )
    found = faults(
        tmp_path,
        placed("p", "Mon", shift="08:00-13:05", lunch=""),
        **(HOURLY | {"roles": roles.format(305)}),
    )
    assert found == ["p on Mon: no meal in a shift of 305 minutes"]


# -- rests

REST_GROUPS = BASE["groups"].split("\n")[0] + "".join(
    f"\n{name},A,K,2,{minutes},1,all 00:00-24:00"
    for name, minutes in (("g", 180), ("h", 185), ("i", 60), ("j", 175))
)


@pytest.mark.parametrize(
    ("sessions", "found"),
    [
        ([given("g", "Mon", "08:00-11:00")], []),
        (
            [given("h", "Mon", "08:00-11:05")],
            ["p on Mon works 08:00-11:05 without a rest, at most 180 minutes are allowed"],
        ),
        ([given("i", "Mon", "08:00-09:00"), given("j", "Mon", "09:10-12:05")], []),
        (
            [given("i", "Mon", "08:00-09:00"), given("j", "Mon", "09:05-12:00")],
            ["p on Mon works 08:00-12:00 without a rest, at most 180 minutes are allowed"],
        ),
    ],
)
def test_no_work_above_three_hours_without_a_rest(
    tmp_path: Path, sessions: list[Plan], found: list[str]
):
    roles = (
        HOURLY["roles"]
        .replace("contract_days", "max_consecutive_minutes,contract_days")
        .replace("30,190", "30,300,190")
    )
    day = placed("p", "Mon", lunch="12:30-13:00")
    assert (
        faults(tmp_path, day, *sessions, **(HOURLY | {"roles": roles, "groups": REST_GROUPS}))
        == found
    )


@pytest.mark.parametrize(
    ("preparation", "rules", "found"),
    [
        (["09:00-11:00", "12:00-15:20"], "", []),
        (["09:00-11:00", "12:00-15:25"], "", ["p on Mon has 5 minutes of rest, 10 are due"]),
        (
            ["09:00-11:00", "12:00-15:20"],
            "rest_minutes,15",
            ["p on Mon has 10 minutes of rest, 15 are due"],
        ),
        (
            ["09:00-11:00", "12:00-15:20"],
            "rest_per,210",
            ["p on Mon has 10 minutes of rest, 20 are due"],
        ),
        (["09:00-11:00", "12:00-15:25"], "rest_per,480", []),
    ],
)
def test_ten_minutes_of_rest_for_four_hours(
    tmp_path: Path, preparation: list[str], rules: str, found: list[str]
):
    groups = REST_GROUPS + "\nk,A,K,2,30,1,all 00:00-24:00"
    day = placed("p", "Mon", lunch="11:30-12:00", preparation=preparation)
    sessions = [given("i", "Mon", "08:00-09:00"), given("k", "Mon", "11:00-11:30")]
    sheets = {
        "groups": groups,
        "rules": "rule,parameter,value\n" + (f"rest_breaks,{rules}" if rules else ""),
    }
    assert faults(tmp_path, day, *sessions, **(HOURLY | sheets)) == found


# -- split positions


@pytest.mark.parametrize(
    ("hours", "found"),
    [
        ((180, 180), []),
        ((300, 180), []),
        ((240, 240), []),
        ((180, 240), ["p has positions of 3 + 4 hours"]),
        ((180, 180, 180), ["p has positions of 3 + 3 + 3 hours"]),
        ((420,), []),
    ],
)
def test_classified_jobs_are_split_in_known_pairs(
    tmp_path: Path, hours: tuple[int, ...], found: list[str]
):
    rows = "".join(f"\nP{number},r,filled,p,{minutes * 5}" for number, minutes in enumerate(hours))
    sheets = {
        "positions": "position,role,status,staff,week_minutes" + rows,
        "district": DISTRICT + "us-ca-lausd",
    }
    days = [placed("p", "Mon"), placed("p", "Tue")]
    assert faults(tmp_path, *days, **sheets) == found
    assert faults(tmp_path, *days, **(sheets | {"district": DISTRICT})) == []
    certificated = BASE["roles"].replace("title", "title,certificated").replace("r,R", "r,R,yes")
    assert faults(tmp_path, *days, **(sheets | {"roles": certificated})) == []


# -- two schools in a day

TWO_SITES = {
    "district": DISTRICT.replace("Mon;Tue", "Mon"),
    "roles": "role,title,obligation_minutes,max_sites_per_day,lunch_from,lunch_to\nr,R,240,2,11:00,13:30",
    "travel": "from,to,minutes\nA,B,20",
    "staff": "staff,role,start\np,r,09:00",
    "groups": BASE["groups"].split("\n")[0]
    + "".join(f"\n{x},{x.upper()},K,2,60,1,all 08:00-14:00" for x in "abc"),
}


def two_sites(
    change_at: str, *sessions: Plan, lunch: str = "11:30-12:00", preparation: tuple[str, ...] = ()
) -> list[Plan]:
    """A day from 09:00 to 13:30, at A and then at B."""
    am = placed("p", "Mon", "A", f"09:00-{change_at}", lunch, half="am", preparation=preparation)
    return [am, placed("p", "Mon", "B", f"{change_at}-13:30", lunch, half="pm"), *sessions]


AT_A = given("a", "Mon", "09:00-10:00")


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        (two_sites("10:00", AT_A, given("b", "Mon", "10:20-11:20", school="B")), []),
        (
            two_sites("10:00", AT_A, given("b", "Mon", "10:15-11:15", school="B")),
            [
                "group b on Mon 10:15-11:15: outside the shift of p",
                "p on Mon: the way 10:00-10:20 is not free of group b on Mon 10:15-11:15",
                "p on Mon has no 20 minutes to travel from A to B before 10:15-11:15",
            ],
        ),
        (
            two_sites(
                "12:00",
                given("a", "Mon", "10:30-11:30"),
                given("b", "Mon", "12:20-13:20", school="B"),
            ),
            [],
        ),
        (
            two_sites(
                "12:00",
                given("a", "Mon", "10:30-11:30"),
                given("b", "Mon", "12:15-13:15", school="B"),
            ),
            [
                "group b on Mon 12:15-13:15: outside the shift of p",
                "p on Mon: the way 12:00-12:20 is not free of group b on Mon 12:15-13:15",
                "p on Mon has no 20 minutes to travel from A to B before 12:15-13:15",
            ],
        ),
        (
            two_sites(
                "11:10",
                given("a", "Mon", "10:10-11:10"),
                given("b", "Mon", "12:00-13:00", school="B"),
            ),
            [],
        ),
        (
            two_sites("11:20", AT_A, given("b", "Mon", "12:00-13:00", school="B")),
            ["p on Mon: the way 11:20-11:40 is not free of lunch"],
        ),
        (
            two_sites(
                "10:00",
                AT_A,
                given("b", "Mon", "12:00-13:00", school="B"),
                preparation=("10:00-10:30",),
            ),
            ["p on Mon: the way 10:00-10:20 is not free of preparation"],
        ),
        (
            two_sites("09:30", AT_A, given("b", "Mon", "12:00-13:00", school="B")),
            [
                "group a on Mon 09:00-10:00: outside the shift of p",
                "p on Mon: the way 09:30-09:50 is not free of group a on Mon 09:00-10:00",
            ],
        ),
    ],
)
def test_the_way_lies_in_the_beginning_of_the_second_placement(
    tmp_path: Path, rows: list[Plan], found: list[str]
):
    assert faults(tmp_path, *rows, **TWO_SITES) == found


def test_placements_of_a_day_follow_each_other(tmp_path: Path):
    am, pm = two_sites("10:00")
    assert faults(tmp_path, am, pm | {"shift_start": "10:30"}, **TWO_SITES) == [
        "p on Mon ends at A 10:00 and begins at B 10:30"
    ]
    assert faults(tmp_path, am | {"half": "day"}, pm, **TWO_SITES) == [
        "p on Mon is placed twice, as day pm"
    ]
    assert faults(tmp_path, am, pm, **(TWO_SITES | {"travel": "from,to,minutes"})) == [
        "p on Mon goes from A to B, and nothing says how long the way takes"
    ]
    once = TWO_SITES | {"roles": TWO_SITES["roles"].replace("240,2", "240,1")}
    assert faults(tmp_path, am, pm, **once) == ["p on Mon has more sites a day than 1"]
    assert faults(tmp_path, am, pm, **(once | {"rules": "rule,setting\nsites,off"})) == []


@pytest.mark.parametrize("place", ["A", "B"])
def test_a_place_off_site_is_no_site(tmp_path: Path, place: str):
    rows, once = (
        two_sites("10:00"),
        TWO_SITES["roles"].replace("per_day", "per_day,max_sites").replace("240,2", "240,1,1"),
    )
    assert faults(tmp_path, *rows, **(TWO_SITES | {"roles": once})) == [
        "p on Mon has more sites a day than 1",
        "p has more sites a cycle than 1",
    ]
    schools = "school,name,kind\nA,A,\nB,B,".replace(
        f"{place},{place},", f"{place},{place},off_site"
    )
    assert faults(tmp_path, *rows, **(TWO_SITES | {"roles": once, "schools": schools})) == []


@pytest.mark.parametrize(
    ("dates", "clash"), [("2026-09-07", True), ("2026-09-14", False), ("", True)]
)
def test_sessions_on_other_dates_may_share_a_time(tmp_path: Path, dates: str, clash: bool):
    one = given("b", "Mon", "12:00-13:00", school="B", dates="2026-09-07")
    other = given("c", "Mon", "12:00-13:00", school="B", dates=dates)
    found = faults(tmp_path, *two_sites("10:00", one, other), **TWO_SITES)
    assert any("two places at once" in sentence for sentence in found) is clash


def test_a_placement_is_longer_than_the_way_to_it(tmp_path: Path):
    am, pm = two_sites("13:15", lunch="12:00-12:30")
    assert faults(tmp_path, am, pm, **TWO_SITES) == [
        "p on Mon: the way from A to B ends after the work at B"
    ]
    assert faults(tmp_path, am, pm | {"school": "A"}, **TWO_SITES) == [
        "p on Mon is placed twice at A"
    ]


# -- contracts and shifts

DAYS = {"roles": BASE["roles"].replace("title", "title,part_time").replace("r,R", "r,R,days")}


@pytest.mark.parametrize(
    ("staff", "days", "found"),
    [
        ("start,fte\np,r,08:00,0.5", [placed("p", "Tue")], []),
        (
            "start,fte\np,r,08:00,0.5",
            [placed("p", "Mon", shift="08:00-12:00"), placed("p", "Tue", shift="08:00-12:00")],
            ["p works shorter shifts than a full day on Mon, Tue"],
        ),
        (
            "start,fte\np,r,08:00,0.5",
            [placed("p", "Mon", shift="08:00-15:35")],
            [
                "p works 425 minutes a cycle, obligation is 420",
                "p on Mon has a shift of 425 minutes worked, obligation is 420",
            ],
        ),
        (
            "shifts\np,r,Mon-Tue 09:00-16:30",
            [placed("p", "Mon", shift="09:00-16:30"), placed("p", "Tue", shift="09:00-16:30")],
            [],
        ),
        (
            "shifts\np,r,Mon-Tue 09:00-16:30",
            [placed("p", "Mon"), placed("p", "Tue", shift="09:00-16:30")],
            ["p on Mon: shift 08:00-15:30 is not the given 09:00-16:30"],
        ),
        (
            "end\np,r,15:30",
            [placed("p", "Mon"), placed("p", "Tue", shift="08:05-15:35")],
            ["p on Tue: shift 08:05-15:35 does not end at the given time"],
        ),
        (
            "days\np,r,",
            [placed("p", "Mon"), placed("p", "Tue", shift="08:05-15:35")],
            ["p on Tue: shift 08:05-15:35 does not start when A opens"],
        ),
    ],
)
def test_days_are_worked_as_the_contract_says(
    tmp_path: Path, staff: str, days: list[Plan], found: list[str]
):
    schools = "school,name,open,close\nA,A,08:00,16:30"
    assert faults(tmp_path, *days, **DAYS, schools=schools, staff="staff,role," + staff) == found


def test_positions_may_be_told_by_their_share(tmp_path: Path):
    sheets = {"district": DISTRICT + "us-ca-lausd", "roles": BASE["roles"].replace("420", "480")}
    positions = "position,role,status,staff,fte,end\nP1,r,filled,p,0.5,\nP2,r,filled,p,{},{}\nP3,r,vacant,,0.5,"
    days = [placed("p", day, shift="08:00-16:30") for day in ("Mon", "Tue")]
    assert faults(tmp_path, *days, **sheets, positions=positions.format("0.5", "")) == []
    assert faults(tmp_path, *days, **sheets, positions=positions.format("0.25", "")) == [
        "p has positions of 2 + 4 hours"
    ]
    assert faults(tmp_path, *days, **sheets, positions=positions.format("0.25", "2026-08-30")) == []


# -- what the dataset does not hold


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([given("x", "Mon", "09:00-10:00")], "session of an unknown group x"),
        ([given("g", "Sun", "09:00-10:00")], "g: session on unknown day Sun"),
        ([given("g", "Mon", "09:00-10:00", school="X")], "g: session at unknown school X"),
        ([given("g", "Mon", "09:00-10:00", staff="x")], "g: session by unknown person x"),
        ([placed("x", "Mon")], "placement of unknown person x"),
        ([placed("p", "Mon") | {"shift_start": None}], "placement of p on Mon has no shift"),
        (
            [
                {
                    "staff": "x",
                    "training": "t",
                    "date": "2026-10-10",
                    "start": "08:00",
                    "end": "09:00",
                }
            ],
            "training of unknown person x",
        ),
    ],
)
def test_unknown_names_are_told_first(tmp_path: Path, rows: list[Plan], found: str):
    assert faults(tmp_path, *rows) == [found]


@pytest.mark.parametrize(
    ("lunch_shift", "lunch", "found"),
    [
        ("450", "11:30-12:00", []),
        ("450", "", ["p on Mon has 0 lunches"]),
        ("451", "", []),
        ("451", "11:30-12:00", ["p on Mon is too short for a lunch and has one"]),
    ],
)
def test_a_shift_shorter_than_the_shortest_with_a_lunch_has_none(
    tmp_path: Path, lunch_shift: str, lunch: str, found: list[str]
):
    """450 minutes from 08:00: duty and lunch, or duty alone."""
    duty = 420 if lunch_shift == "450" else 450
    sheets = {
        "district": DISTRICT.replace("Mon;Tue", "Mon"),
        "roles": f"{ROLES}\nr,R,{duty},30,190,annual",
        "rules": f"rule,parameter,value\nduty_free_lunch,lunch_shift,{lunch_shift}",
    }
    assert faults(tmp_path, placed("p", "Mon", lunch=lunch), **sheets) == found
