"""An instance becomes a dataset that says the same, a plan of it a solution, and what is lost is told."""

from pathlib import Path
from random import Random

import pytest

from planner.document.timetable_rows import SessionRow
from planner.facts.problem import Problem
from planner.sheets.dataset import load
from tests.benchmarks.xhstt.answer import answer
from tests.benchmarks.xhstt.archive import Instance, read_archive
from tests.benchmarks.xhstt.clock import HOUR, OPENING
from tests.benchmarks.xhstt.conversion import Conversion
from tests.benchmarks.xhstt.cost import cost_of
from tests.benchmarks.xhstt.dataset import converted
from tests.benchmarks.xhstt.documents import (
    DAYS,
    constraint,
    document,
    event,
    limits,
    many,
    reference,
    tagged,
)
from tests.benchmarks.xhstt.solving import solved
from tests.planted_sheets import told, write

PEOPLE = {"Ann": "Teacher", "Ben": "Teacher", "Cleo": "Teacher", "1A": "Class", "1B": "Class"}
ALL = tagged("EventGroups", reference("EventGroup", "all"))
EVERY_DAY = many("TimeGroup", DAYS)
MUST = [
    constraint("AssignTime", ALL),
    constraint("SplitEvents", ALL, MinimumDuration=1, MaximumDuration=1),
    constraint("AvoidClashes", many("ResourceGroup", ["Teacher", "Class"])),
]
APART = constraint(
    "SpreadEvents",
    many("EventGroup", [f"gr_{teacher}-{room}" for teacher in "ABC" for room in ("1A", "1B")]),
    limits(DAYS, 0, 1),
)


def lesson(teacher: str, room: str, duration: int, **more: object) -> str:
    places = {"Teacher:Teacher": teacher, "Class:Class": room}
    return event(f"{teacher[0]}-{room}", duration, places, **more)


LESSONS = [
    lesson(teacher, room, duration)
    for teacher, duration in (("Ann", 4), ("Ben", 3), ("Cleo", 2))
    for room in ("1A", "1B")
]


def instance(
    constraints: list[str], events: list[str] = LESSONS, people: dict[str, str] = PEOPLE
) -> Instance:
    text = document(events, constraints, resources=people, days=DAYS, a_day=4)
    return read_archive(text).instances["small"]


def rows(conversion: Conversion, sheet: str, **where: object) -> list[dict[str, object]]:
    return [
        row
        for row in conversion.sheets[sheet]
        if all(row.get(column) == value for column, value in where.items())
    ]


def problem_of(conversion: Conversion, folder: Path) -> Problem:
    write(folder, conversion.sheets)
    return Problem(load(folder))


def test_a_small_school_is_solved_without_cost(tmp_path: Path):
    """Nothing of it is lost, so the format's own judge finds nothing either."""
    idle = constraint("LimitIdleTimes", many("ResourceGroup", ["Teacher"]), EVERY_DAY, Maximum=0)
    away = constraint("AvoidUnavailableTimes", many("Resource", ["Ann"]), many("TimeGroup", ["We"]))
    found = solved(tmp_path, instance([*MUST, APART, idle, away]), 60)
    assert found.conversion.left == {}
    assert (found.unplaced, found.faults) == (0, 0)
    assert str(found.cost) == "0/0"


def test_what_cannot_be_placed_is_counted_by_the_judge_too(tmp_path: Path):
    """Ann has one hour a week, and owes four in each class."""
    away = constraint(
        "AvoidUnavailableTimes", many("Resource", ["Ann"]), many("TimeGroup", DAYS[1:]),
        many("Time", ["Mo_1", "Mo_2", "Mo_3"]),
    )  # fmt: skip
    found = solved(tmp_path, instance([*MUST, APART, away], LESSONS[:2]), 5)
    assert found.unplaced == 8
    assert found.cost.of_kinds() == {"AssignTime": (8, 0)}


def test_a_dataset_says_who_gives_what_to_whom_and_how_often(tmp_path: Path):
    conversion = converted(instance([*MUST, APART]))
    problem = problem_of(conversion, tmp_path)
    assert [person.name for person in problem.people] == ["Ann", "Ben", "Cleo"]
    owed = {conversion.event_of[group.id]: group.owed for group in problem.groups}
    assert owed == {one.id: HOUR * one.duration for one in conversion.instance.events.values()}
    (group,) = rows(conversion, "groups", group="E1")
    assert conversion.person_of[str(group["staff"])] == "Ann"
    students = {
        room: {row["group"] for row in rows(conversion, "members", student=student)}
        for room, student in (("1A", "S4"), ("1B", "S5"))
    }
    assert students == {"1A": {"E1", "E3", "E5"}, "1B": {"E2", "E4", "E6"}}


def test_a_plan_and_its_solution_are_the_same_sessions():
    """Random sessions are read back as they stand: their event, length, time and teacher."""
    conversion = converted(instance([*MUST, APART]))
    random = Random(1)
    sessions, expected = [], set()
    for group, name in conversion.event_of.items():
        for day in random.sample(range(5), 2):
            number = random.randrange(4)
            start = OPENING + HOUR * number
            sessions.append(
                SessionRow(
                    service=group, day=f"D{day + 1}", start=told(start), end=told(start + HOUR)
                )
            )
            expected.add((name, 1, f"{DAYS[day]}_{number + 1}"))
    solution = answer(conversion, sessions)
    placed = [part for part in solution.events if part.time is not None]
    assert {(part.event, part.duration, part.time) for part in placed} == expected
    owed = sum(one.duration for one in conversion.instance.events.values())
    missing = cost_of(conversion.instance, solution).of_kinds()["AssignTime"]
    assert missing == (owed - len(sessions), 0)


def test_a_teacher_who_is_wanted_is_chosen_among_those_preferred(tmp_path: Path):
    wanted = [event("open", 2, {"Teacher:Teacher": None, "Class:Class": "1A"})]
    preferred = constraint(
        "PreferResources", ALL, many("Resource", ["Ben", "Cleo"]), Role="Teacher"
    )
    assigned = constraint("AssignResource", ALL, Role="Teacher")
    found = solved(tmp_path, instance([*MUST, assigned, preferred], wanted), 5)
    assert rows(found.conversion, "groups")[0]["staff"] == "T2;T3"
    assert str(found.cost) == "0/0"


def test_an_event_at_a_settled_time_stays_there(tmp_path: Path):
    fixed = [lesson("Ann", "1A", 1, time="We_3"), *LESSONS[2:]]
    found = solved(tmp_path, instance(MUST, fixed), 5)
    assert rows(found.conversion, "groups")[0]["windows"] == "D3 10:00-11:00"
    assert str(found.cost) == "0/0"


def test_an_event_without_a_teacher_gets_an_adult_of_its_own(tmp_path: Path):
    found = solved(tmp_path, instance(MUST, [event("assembly", 2, {"Class:Class": "1A"})]), 5)
    assert [row["staff"] for row in rows(found.conversion, "staff")][-1] not in (
        found.conversion.person_of
    )
    assert str(found.cost) == "0/0"


def test_days_of_work_are_a_contract_of_so_many_days(tmp_path: Path):
    """Cleo owes two hours in each class, which two days hold; Ben owes three on different days."""
    two_days = constraint(
        "ClusterBusyTimes", many("Resource", ["Ben", "Cleo"]), EVERY_DAY, Maximum=2, hard=False
    )
    found = solved(tmp_path, instance([*MUST, APART, two_days]), 60)
    fte = {row["name"]: row.get("fte") for row in rows(found.conversion, "staff")}
    assert fte == {"Ann": None, "Ben": "0.600000", "Cleo": "0.400000"}
    assert found.conversion.left == {
        "ClusterBusyTimes": ["days of work are a hard limit", "as many days as lessons need"]
    }
    assert found.cost.of_kinds() == {"ClusterBusyTimes": (0, 1)}


def test_where_limited_days_hold_not_everything_days_are_free(tmp_path: Path):
    """Cleo has two free times on each of two days, and owes three."""
    away = constraint(
        "AvoidUnavailableTimes", many("Resource", ["Cleo"]), many("TimeGroup", DAYS[2:])
    )
    lessons = event("x", 3, {"Teacher:Teacher": "Cleo"})
    one_day = constraint(
        "ClusterBusyTimes", many("Resource", ["Cleo"]), EVERY_DAY, Maximum=1, hard=False
    )
    apart = constraint("SpreadEvents", many("EventGroup", ["gr_x"]), limits(DAYS, 0, 9))
    wall = constraint("AvoidUnavailableTimes", many("Resource", ["Cleo"]), many("Time", [
        "Mo_1", "Mo_2", "Tu_1", "Tu_2",
    ]))  # fmt: skip
    found = solved(tmp_path, instance([*MUST, away, wall, apart, one_day], [lessons]), 8)
    assert found.cost.of_kinds() == {"ClusterBusyTimes": (0, 1)}
    assert found.conversion.left["ClusterBusyTimes"] == ["days of work"]


def test_linked_events_take_place_together(tmp_path: Path):
    linked = [
        lesson("Ann", "1A", 2, groups=["link"]),
        lesson("Ben", "1B", 2, groups=["link"]),
        lesson("Cleo", "1A", 3),
    ]
    link = constraint("LinkEvents", many("EventGroup", ["link"]))
    found = solved(tmp_path, instance([*MUST, link], linked), 5)
    assert found.conversion.left == {}
    assert str(found.cost) == "0/0"


def test_events_may_take_place_twice_a_day(tmp_path: Path):
    """Seven times do not fit into five days otherwise."""
    twice = constraint("SpreadEvents", many("EventGroup", ["gr_A-1A"]), limits(DAYS, 0, 2))
    found = solved(tmp_path, instance([*MUST, twice], [lesson("Ann", "1A", 7)]), 5)
    assert found.conversion.left == {}
    assert str(found.cost) == "0/0"


def test_two_teachers_give_an_event_together(tmp_path: Path):
    places = {"First:Teacher": "Ann", "Second:Teacher": "Ben", "Class:Class": "1A"}
    found = solved(tmp_path, instance(MUST, [event("both", 2, places), *LESSONS[2:4]]), 5)
    assert found.conversion.left == {}
    assert str(found.cost) == "0/0"


def test_an_event_is_split_into_lengths_that_sum_to_it(tmp_path: Path):
    may = [MUST[0], MUST[2], APART]
    may.append(constraint("SplitEvents", ALL, MinimumDuration=1, MaximumDuration=2))
    found = solved(tmp_path, instance(may, [lesson("Ann", "1A", 7), *LESSONS[1:]]), 5)
    assert found.conversion.left == {}
    assert str(found.cost) == "0/0"


def test_a_workload_is_contact_of_a_week(tmp_path: Path):
    most = constraint("LimitWorkload", many("Resource", ["Ann"]), Maximum=5)
    wanted = [
        event(f"open-{room}", 4, {"Teacher:Teacher": None, "Class:Class": room})
        for room in ("1A", "1B")
    ]
    assigned = constraint("AssignResource", ALL, Role="Teacher")
    two = constraint("PreferResources", ALL, many("Resource", ["Ann", "Ben"]), Role="Teacher")
    found = solved(tmp_path, instance([*MUST, assigned, two, most], wanted), 5)
    assert found.conversion.left == {}
    assert str(found.cost) == "0/0"


def test_soft_times_are_wishes():
    soft = constraint(
        "AvoidUnavailableTimes",
        many("Resource", ["Ann", "1B"]),
        many("Time", ["Mo_1", "Mo_2", "Tu_4"]),
        hard=False,
        weight=100,
    )
    conversion = converted(instance([*MUST, soft]))
    who = ["staff:T1", "group:E2", "group:E4", "group:E6"]
    for name in who:
        told_ = [
            (row["days"], row["from"], row["to"])
            for row in rows(conversion, "preferences", who=name)
        ]
        assert told_ == [("D1", "08:00", "10:00"), ("D2", "11:00", "12:00")]
    assert {row["weight"] for row in rows(conversion, "preferences")} == {-10}


def test_hours_of_a_day_are_contact_minutes(tmp_path: Path):
    few = constraint(
        "LimitBusyTimes", many("Resource", ["Ann"]), EVERY_DAY, hard=False, Minimum=0, Maximum=2
    )
    conversion = converted(instance([*MUST, few]))
    ann, ben, _ = problem_of(conversion, tmp_path).people
    assert (ann.role.max_contact_minutes, ben.role.max_contact_minutes) == (2 * HOUR, None)
    (rule,) = rows(conversion, "rules", rule="contact_minutes")
    assert rule["setting"] == "soft"
    assert conversion.left == {}


@pytest.mark.parametrize(
    ("one", "kind"),
    [
        (
            constraint("ClusterBusyTimes", many("Resource", ["Ann"]), EVERY_DAY, Minimum=3),
            "ClusterBusyTimes",
        ),
        (constraint("LimitWorkload", many("Resource", ["Ann"]), Minimum=9), "LimitWorkload"),
        (
            constraint("LimitBusyTimes", many("Resource", ["1A"]), EVERY_DAY, Minimum=2),
            "LimitBusyTimes",
        ),
        (
            constraint("LimitIdleTimes", many("Resource", ["1A"]), EVERY_DAY, Maximum=0),
            "LimitIdleTimes",
        ),
        (
            constraint("SpreadEvents", many("EventGroup", ["all"]), limits(DAYS, 0, 4)),
            "SpreadEvents",
        ),
        (
            constraint(
                "OrderEvents",
                tagged(
                    "EventPairs",
                    tagged(
                        "EventPair",
                        reference("FirstEvent", "A-1A"),
                        reference("SecondEvent", "B-1A"),
                    ),
                ),
            ),
            "OrderEvents",
        ),
        (
            constraint("PreferTimes", ALL, many("TimeGroup", ["Mo", "Tu"]), hard=False),
            "PreferTimes",
        ),
    ],
)
def test_what_is_lost_is_told(one: str, kind: str):
    assert list(converted(instance([*MUST, APART, one])).left) == [kind]


def test_rooms_that_are_wanted_are_told_and_cost(tmp_path: Path):
    places = {"Teacher:Teacher": "Ann", "Room:Room": None}
    found = solved(
        tmp_path,
        instance(
            [*MUST, constraint("AssignResource", ALL, Role="Room")],
            [event("lab", 2, places)],
            {**PEOPLE, "R1": "Room"},
        ),
        5,
    )
    assert found.conversion.left == {"AssignResource": ["rooms are not chosen"]}
    assert found.cost.of_kinds() == {"AssignResource": (2, 0)}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            ('<ResourceType Reference="Teacher"/>', '<ResourceType Reference="Docent"/>'),
            "no teachers",
        ),
        ((reference("Day", "Tu"), ""), "not in one day each"),
    ],
)
def test_a_week_or_people_that_a_dataset_lacks_are_refused(change: tuple[str, str], said: str):
    text = document([], MUST[:0], resources=PEOPLE, days=DAYS)
    text = text.replace(
        '<ResourceType Reference="Teacher"></ResourceType>', '<ResourceType Reference="Teacher"/>'
    )
    assert change[0] in text
    changed = read_archive(text.replace(*change)).instances["small"]
    with pytest.raises(ValueError, match=said):
        converted(changed)
