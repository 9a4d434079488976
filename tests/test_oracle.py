"""The oracle passes every planted plan, and names each of the ways in which a plan can be
broken.
"""

from __future__ import annotations

import copy
import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.oracle import check, delivered, owed
from tests.oracle_cells import clock, shown
from tests.oracle_read import read
from tests.planted import overloaded, planted, random_small

Plan = dict[str, Any]
SIZES = [
    (1, 4, 0.8, 5),
    (1, 9, 0.9, 5),
    (2, 12, 0.7, 5),
    (1, 40, 0.9, 5),
    (1, 40, 1.0, 5),
    (2, 20, 0.9, 10),
]


def load_of(folder: Path) -> float:
    """Minutes owed against what the staff could deliver."""
    capacity = 0.0
    for person in read(folder).people.values():
        role = person.role
        days = (
            person.obligation / role.obligation
            if role.part_time == "days"
            else len(read(folder).cycle)
        )
        left = person.obligation / days - role.preparation
        capacity += float(days * min(left, role.max_contact or left))
    return sum(owed(folder).values()) / capacity


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize(("schools", "groups", "load", "days"), SIZES)
@pytest.mark.parametrize("variety", [True, False])
def test_a_planted_plan_is_legal_and_serves_everything(
    tmp_path, schools, groups, load, days, seed, variety
):
    plan = planted(
        tmp_path,
        schools=schools,
        groups_per_school=groups,
        load=load,
        seed=seed,
        cycle_days=days,
        variety=variety,
    )
    assert check(tmp_path, plan) == []
    assert delivered(tmp_path, plan) == owed(tmp_path)
    assert len([key for key in read(tmp_path).services if key[0] == "group"]) == schools * groups
    assert load_of(tmp_path) == pytest.approx(load, abs=0.02 if groups >= 12 else 0.08)


def test_the_same_seed_plants_the_same_files(tmp_path):
    plans = [
        planted(tmp_path / name, schools=2, groups_per_school=12, load=0.9, seed=seed)
        for name, seed in (("one", 5), ("two", 5), ("three", 6))
    ]
    one, two, three = (
        {path.name: path.read_text() for path in (tmp_path / name).iterdir()}
        for name in ("one", "two", "three")
    )
    assert (one, plans[0]) == (two, plans[1])
    assert one["groups.csv"] != three["groups.csv"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_an_overloaded_plan_is_legal_but_serves_less(tmp_path, seed):
    plan = overloaded(tmp_path, seed=seed, groups_per_school=20)
    assert check(tmp_path, plan) == []
    assert sum(delivered(tmp_path, plan).values()) < sum(owed(tmp_path).values())
    assert load_of(tmp_path) > 1.02


def test_a_small_random_dataset_can_be_read(tmp_path):
    for seed in range(100):
        random_small(tmp_path / str(seed), seed=seed)
        data = read(tmp_path / str(seed))
        assert 1 <= len(data.schools) <= 2
        assert 2 <= len(data.people) <= 4
        assert 3 <= len([key for key in data.services if key[0] == "group"]) <= 8


# -- one break after the other


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def legal(folder: Path) -> Plan:
    return planted(folder, schools=1, groups_per_school=40, load=0.9, seed=2)


def rows(folder: Path, sheet: str) -> list[dict[str, str]]:
    with (folder / f"{sheet}.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def change(folder: Path, sheet: str, key: str, values: dict[str, str]) -> None:
    """Change cells of the row whose first-named id is `key` (all rows for a blank key)."""
    known = rows(folder, sheet)
    columns = list(dict.fromkeys([*known[0], *values]))
    with (folder / f"{sheet}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(row | (values if not key or key in row.values() else {}) for row in known)


def full_time(plan: Plan) -> dict[str, Any]:
    """The first day of the interventionist."""
    return next(row for row in plan["placements"] if row["staff"] == "S01-P1")


def contact_of(plan: Plan, staff: str = "S01-P1") -> list[dict[str, Any]]:
    """A person's group sessions on their first day, in order."""
    mine = [row for row in plan["sessions"] if row["staff"] == [staff] and row["kind"] == "group"]
    return sorted(
        (row for row in mine if row["day"] == mine[0]["day"]), key=lambda row: row["start"]
    )


def move(row: dict[str, Any], start: int) -> None:
    length = clock(row["end"]) - clock(row["start"])
    row |= {"start": shown(start), "end": shown(start + length)}


def move_out_of_window(plan: Plan) -> None:
    move(contact_of(plan)[0], clock("06:00"))


def move_off_the_grid(plan: Plan) -> None:
    row = contact_of(plan)[0]
    move(row, clock(row["start"]) + 2)


def lengthen(plan: Plan) -> None:
    row = contact_of(plan)[-1]
    row["end"] = shown(clock(row["end"]) + 5)


def add_a_second_adult(plan: Plan) -> None:
    contact_of(plan)[0]["staff"] = ["S01-P1", "S01-P2"]


def change_the_adult_of_one_session(plan: Plan) -> None:
    counts: dict[str, list[dict[str, Any]]] = {}
    for row in plan["sessions"]:
        counts.setdefault(row["service"], []).append(row)
    next(mine for mine in counts.values() if len(mine) == 5)[0]["staff"] = ["S01-P4"]


def drop_lunch(plan: Plan) -> None:
    full_time(plan).update(lunch_start=None, lunch_end=None)


def shorten_lunch(plan: Plan) -> None:
    row = full_time(plan)
    row["lunch_end"] = shown(clock(row["lunch_end"]) - 5)


def move_lunch_early(plan: Plan) -> None:
    full_time(plan).update(lunch_start="10:00", lunch_end="10:30")


def lay_lunch_over_a_session(plan: Plan) -> None:
    first = contact_of(plan)[0]
    row = next(r for r in plan["placements"] if r["staff"] == "S01-P1" and r["day"] == first["day"])
    row.update(lunch_start=first["start"], lunch_end=shown(clock(first["start"]) + 30))


def lay_two_sessions_over_each_other(plan: Plan) -> None:
    one, other = contact_of(plan)[:2]
    move(other, clock(one["start"]) + 5)


def put_two_sessions_on_a_day(plan: Plan) -> None:
    service = contact_of(plan)[0]["service"]
    one, other = [row for row in plan["sessions"] if row["service"] == service][:2]
    other["day"] = one["day"]


def drop_a_session(plan: Plan) -> None:
    plan["sessions"].remove(contact_of(plan)[0])


def add_a_session(plan: Plan) -> None:
    first = contact_of(plan)[0]
    plan["sessions"] += [first | {"day": day} for day in ("Mon", "Tue", "Wed", "Thu", "Fri")]


def shift_by_five_minutes(plan: Plan) -> None:
    row = full_time(plan)
    row["shift_end"] = shown(clock(row["shift_end"]) - 5)


def start_late(plan: Plan) -> None:
    row = full_time(plan)
    row |= {key: shown(clock(row[key]) + 5) for key in ("shift_start", "shift_end")}


def leave_a_day_out(plan: Plan) -> None:
    plan["placements"].remove(full_time(plan))


def shorten_preparation(plan: Plan) -> None:
    block = full_time(plan)["preparation"][0]
    block["end"] = shown(clock(block["start"]) + 15)


def drop_preparation(plan: Plan) -> None:
    full_time(plan)["preparation"] = []


def prepare_in_a_session(plan: Plan) -> None:
    first = contact_of(plan)[0]
    row = next(r for r in plan["placements"] if r["staff"] == "S01-P1" and r["day"] == first["day"])
    row["preparation"].append({"start": first["start"], "end": shown(clock(first["start"]) + 20)})


def drop_a_required_duty(plan: Plan) -> None:
    plan["sessions"] = [row for row in plan["sessions"] if row["kind"] != "duty"]


def send_away_who_attends(plan: Plan) -> None:
    meeting = next(row for row in plan["sessions"] if row["service"] == "S01-meeting")
    meeting["staff"] = ["S01-P1"]


def place_elsewhere(plan: Plan) -> None:
    full_time(plan)["school"] = "S99"


BROKEN: list[tuple[Callable[[Plan], None], str]] = [
    (move_out_of_window, "lies outside its windows"),
    (move_out_of_window, "outside the opening hours"),
    (move_out_of_window, "outside the shift of S01-P1"),
    (move_off_the_grid, "starts off the grid"),
    (lengthen, "minutes long"),
    (add_a_second_adult, "has 2 adults, 1 are due"),
    (change_the_adult_of_one_session, "has 2 people, at most 1"),
    (drop_lunch, "has 0 lunches"),
    (shorten_lunch, "is not 30 minutes long"),
    (move_lunch_early, "lies outside its window"),
    (lay_lunch_over_a_session, "is not free of group"),
    (lay_two_sessions_over_each_other, "is in two places at once"),
    (put_two_sessions_on_a_day, "two sessions on the same day"),
    (drop_a_session, "fewer than"),
    (add_a_session, "more than"),
    (shift_by_five_minutes, "shift of 415 minutes worked, obligation is 420"),
    (start_late, "does not start"),
    (leave_a_day_out, "works 1680 minutes a cycle, obligation is 2100"),
    (leave_a_day_out, "is not placed there that day"),
    (shorten_preparation, "is shorter than 20 minutes"),
    (drop_preparation, "has 0 minutes of preparation, 40 are due"),
    (prepare_in_a_session, "is not free of group"),
    (drop_a_required_duty, "is required and has 0 of"),
    (send_away_who_attends, "does not attend"),
    (place_elsewhere, "at unknown S99"),
]


@pytest.mark.parametrize(("break_it", "sentence"), BROKEN)
def test_a_broken_plan_is_caught(folder, legal, break_it: Callable[[Plan], None], sentence: str):
    broken = copy.deepcopy(legal)
    break_it(broken)
    assert any(sentence in found for found in check(folder, broken)), check(folder, broken)


TIGHTER: list[tuple[str, str, dict[str, str], str]] = [
    ("schools", "", {"spaces": "1"}, "pull-out groups for 1 spaces"),
    ("roles", "interventionist", {"max_contact_minutes": "100"}, "contact minutes, at most 100"),
    ("roles", "interventionist", {"max_consecutive_minutes": "30"}, "consecutive contact"),
    ("roles", "interventionist", {"requires": "flying"}, "not qualified (credential flying)"),
    ("roles", "interventionist", {"tiers": "9"}, "not qualified (tier"),
    ("roles", "interventionist", {"max_sites": "0"}, "more sites a cycle than 0"),
    (
        "staff",
        "S01-P1",
        {"credentials": "teaching:2027-06-17"},
        "not qualified (credential teaching)",
    ),
    ("staff", "S01-P1", {"schools": "S02"}, "not one of their schools"),
    ("staff", "S01-P1", {"busy": "all 08:00-15:00"}, "S01-P1 is busy"),
    ("staff", "S01-P1", {"days": "Mon-Wed"}, "on a day that is not permitted"),
    ("staff", "S01-P1", {"hire_date": "2026-10-06"}, "is not employed on"),
    ("staff", "S01-P1", {"subjects": "music"}, "not qualified (subject"),
    ("groups", "", {"requires": "flying|diving"}, "credential flying|diving"),
    ("groups", "", {"roles": "nobody"}, "not qualified (role"),
    ("groups", "", {"staff": "nobody"}, "not a candidate"),
    ("groups", "", {"busy": "all 08:00-15:00"}, "busy window of the group"),
    ("groups", "", {"windows": "all 08:00-08:05"}, "lies outside its windows"),
    ("groups", "", {"from": "2026-10-06"}, "outside the group's dates"),
    ("groups", "", {"mode": "pull_out", "windows": ""}, "lies outside its windows"),
    ("members", "", {"student": "everybody"}, "student everybody is in two groups at once"),
    ("duties", "", {"after": "S01-planning"}, "is given before S01-planning"),
    ("pins", "", {"kind": "session", "start": "06:00"}, "no session as pinned"),
    (
        "pins",
        "",
        {"kind": "forbid", "subject": "", "staff": "S01-P1", "day": ""},
        "is forbidden by",
    ),
]


@pytest.mark.parametrize(("sheet", "key", "values", "sentence"), TIGHTER)
def test_a_plan_that_meets_a_tighter_dataset_is_caught(folder, legal, sheet, key, values, sentence):
    change(folder, sheet, key, values)
    assert any(sentence in found for found in check(folder, legal)), check(folder, legal)


def test_supervised_people_need_a_certificated_adult(folder, legal):
    change(folder, "teachers", "", {"certificated": "no"})
    change(folder, "roles", "", {"certificated": "no"})
    found = check(folder, legal)
    assert any("has no certificated adult on the site" in sentence for sentence in found)
    assert any("supervised esp for 0 certificated adults" in sentence for sentence in found)


def test_reading_a_sheet_is_forgiving(folder: Path):
    planted(folder, schools=1, groups_per_school=4, load=0.8, seed=1)
    (folder / "staff.csv").write_bytes(
        b"\xef\xbb\xbfstaff,role,days,busy\r\np,esp, Mon ,Mon 09:00-09:30\r\n"
    )
    person = read(folder).people["p"]
    assert person.days == {"Mon"}
    assert person.busy == {"Mon": [(540, 570)]}
