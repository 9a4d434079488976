"""Every kind of constraint and cost function, on documents small enough to be judged by hand."""

from itertools import pairwise

import pytest
from hypothesis import given as chosen
from hypothesis import strategies as st

from tests.benchmarks.xhstt.archive import read_archive
from tests.benchmarks.xhstt.cost import COST_FUNCTIONS, KINDS, Cost, cost_of
from tests.benchmarks.xhstt.documents import (
    constraint,
    document,
    event,
    given,
    limits,
    many,
    reference,
    tagged,
)

PEOPLE = {"T1": "Teacher", "T2": "Teacher", "C1": "Class", "R1": "Room", "R2": "Room"}
EVENTS = [
    event("a", 3, {"Teacher:Teacher": "T1", "Class:Class": "C1"}),
    event("b", 2, {"Teacher:Teacher": "T2", "Class:Class": "C1"}),
    event("c", 2, {"Teacher:Teacher": None, "Room:Room": None}, workload=5),
]
"""Two days of four times; in c somebody and a room are wanted."""
GROUPS = tagged("EventGroups", reference("EventGroup", "all"))
DAY = limits(["Mo", "Tu"], 0, 1)


def judged(one: str, parts: list[str], events: list[str] = EVENTS) -> Cost:
    archive = read_archive(document(events, [one], [parts], resources=PEOPLE))
    (solution,) = archive.solutions
    return cost_of(archive.instances["small"], solution)


def charged(one: str, *parts: str) -> dict[str, int]:
    """What a constraint charges, by point."""
    return {charge.point: charge.cost for charge in judged(one, list(parts)).charges}


def between(first: str, second: str, **limits: int) -> str:
    inside = [reference("FirstEvent", first), reference("SecondEvent", second)]
    inside += [tagged(tag, limit) for tag, limit in limits.items()]
    return tagged("EventPairs", tagged("EventPair", *inside))


def on(*resources: str) -> str:
    return many("Resource", resources)


CASES = {
    "what has no time, and what is not in the solution": (
        constraint("AssignTime", GROUPS),
        [given("a", 2, "Mo_1"), given("a", 1), given("b", 1, "Mo_1")],
        {"a": 1, "b": 1, "c": 2},
    ),
    "a role that nobody has, in events with that role": (
        constraint("AssignResource", GROUPS, Role="Teacher", weight=3),
        [given("c", 1, "Mo_1", {"Teacher": "T1"}), given("c", 1, "Mo_2", {"Room": "R1"})],
        {"c": 3},
    ),
    "parts too long, and too few": (
        constraint(
            "SplitEvents",
            many("Event", ["a", "b"]),
            MinimumDuration=1,
            MaximumDuration=1,
            MinimumAmount=3,
            MaximumAmount=3,
        ),
        [given("a", 2, "Mo_1"), given("a", 1, "Tu_1"), given("b", 1), given("b", 1)],
        {"a": 2, "b": 1},
    ),
    "double lessons": (
        constraint("DistributeSplitEvents", GROUPS, Duration=2, Minimum=1, Maximum=1),
        [given("a", 1), given("a", 2), given("b", 1), given("b", 1), given("c", 2)],
        {"b": 1},
    ),
    "doubles where a day ends": (
        constraint(
            "PreferTimes", GROUPS, many("Time", ["Mo_1", "Mo_2", "Mo_3", "Tu_1"]), Duration=2
        ),
        [given("a", 2, "Mo_4"), given("a", 1, "Tu_4"), given("b", 2, "Tu_1"), given("c", 2)],
        {"a": 2},
    ),
    "times of a group": (
        constraint("PreferTimes", GROUPS, many("TimeGroup", ["late"])),
        [given("a", 2, "Mo_4"), given("a", 1, "Tu_1"), given("b", 2, "Mo_1")],
        {"a": 1, "b": 2},
    ),
    "another than those preferred": (
        constraint("PreferResources", GROUPS, on("R1"), Role="Room"),
        [given("c", 1, "Mo_1", {"Room": "R1"}), given("c", 1, "Mo_2", {"Room": "R2"})],
        {"c": 1},
    ),
    "two who share a role": (
        constraint("AvoidSplitAssignments", many("EventGroup", ["gr_c"]), Role="Teacher"),
        [given("c", 1, None, {"Teacher": "T1"}), given("c", 1, None, {"Teacher": "T2"})],
        {"gr_c": 1},
    ),
    "two parts on a day": (
        constraint("SpreadEvents", many("EventGroup", ["gr_a", "gr_b"]), DAY),
        [
            given("a", 1, "Mo_1"),
            given("a", 2, "Mo_3"),
            given("b", 1, "Mo_1"),
            given("b", 1, "Tu_1"),
        ],
        {"gr_a": 1},
    ),
    "too few starts in a group of times": (
        constraint("SpreadEvents", many("EventGroup", ["gr_b"]), limits(["Mo", "late"], 1, 9)),
        [given("b", 2, "Mo_3")],
        {"gr_b": 1},
    ),
    "times that linked events do not share": (
        constraint("LinkEvents", GROUPS),
        [
            given("a", 3, "Mo_1"),
            given("b", 2, "Mo_2"),
            given("c", 1, "Mo_2"),
            given("c", 1, "Tu_1"),
        ],
        {"all": 3},
    ),
    "a second event too soon": (
        constraint("OrderEvents", between("a", "b", MinSeparation=2)),
        [given("a", 2, "Mo_1"), given("a", 1, "Mo_3"), given("b", 2, "Tu_1")],
        {"a b": 1},
    ),
    "a second event before the first": (
        constraint("OrderEvents", between("a", "b")),
        [given("a", 3, "Mo_2"), given("b", 2, "Mo_1")],
        {"a b": 4},
    ),
    "a second event too late": (
        constraint("OrderEvents", between("a", "b", MaxSeparation=1)),
        [given("a", 3, "Mo_1"), given("b", 2, "Tu_2")],
        {"a b": 1},
    ),
    "a pair without all its times": (
        constraint("OrderEvents", between("a", "b", MinSeparation=9)),
        [given("a", 3, "Mo_1"), given("b", 1, "Mo_1")],
        {},
    ),
    "three parts at once": (
        constraint("AvoidClashes", many("ResourceGroup", ["Teacher", "Class"])),
        [
            given("a", 3, "Mo_1"),
            given("b", 2, "Mo_2"),
            given("c", 2, "Mo_3", {"Teacher": "T1", "Room": "R1"}),
        ],
        {"C1": 2, "T1": 1},
    ),
    "busy where it should not be, a clash counting once": (
        constraint("AvoidUnavailableTimes", on("C1"), many("Time", ["Mo_2", "Mo_3", "Tu_1"])),
        [given("a", 3, "Mo_1"), given("b", 2, "Mo_2")],
        {"C1": 2},
    ),
    "gaps of two days together": (
        constraint(
            "LimitIdleTimes", on("C1"), many("TimeGroup", ["Mo", "Tu"]), Minimum=0, Maximum=1
        ),
        [
            given("a", 2, "Mo_1"),
            given("a", 1, "Tu_1"),
            given("b", 1, "Mo_4"),
            given("b", 1, "Tu_4"),
        ],
        {"C1": 2},
    ),
    "days of work": (
        constraint(
            "ClusterBusyTimes",
            on("C1", "T2"),
            many("TimeGroup", ["Mo", "Tu"]),
            Minimum=2,
            Maximum=2,
        ),
        [given("a", 3, "Mo_1"), given("b", 2, "Tu_1")],
        {"T2": 1},
    ),
    "days too short, but for those off": (
        constraint(
            "LimitBusyTimes", on("T1", "T2"), many("TimeGroup", ["Mo", "Tu"]), Minimum=2, Maximum=2
        ),
        [given("a", 3, "Mo_1"), given("b", 1, "Mo_1"), given("b", 1, "Tu_1")],
        {"T1": 1, "T2": 2},
    ),
    "workload rounded up, with or without a time": (
        constraint("LimitWorkload", on("T1", "T2"), Minimum=0, Maximum=4),
        [given("c", 1, "Mo_1", {"Teacher": "T1"}), given("c", 1, None, {"Teacher": "T2"})],
        {"T1": 2, "T2": 1},
    ),
    "workload too small": (
        constraint("LimitWorkload", on("T1", "T2"), Minimum=3),
        [given("a", 3, "Mo_1")],
        {"T2": 1},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_constraint_charges_what_it_should(case: str):
    one, parts, costs = CASES[case]
    assert charged(one, *parts) == costs


def test_every_kind_has_a_case():
    assert {
        kind for kind in KINDS if any(f"<{kind}C" in one for one, _, _ in CASES.values())
    } == set(KINDS)
    assert len(KINDS) == 16


@pytest.mark.parametrize(
    ("function", "cost"),
    [
        *(("Linear", 4), ("Quadratic", 16), ("Step", 1)),
        *(("Sum", 4), ("SquareSum", 16), ("StepSum", 1), ("SumSquares", 10), ("SumSteps", 2)),
    ],
)
def test_a_cost_function_takes_the_deviations_of_a_point(function: str, cost: int):
    """Teacher T1 has days of 4 and 2 times where 1 is the most: deviations 3 and 1."""
    one = constraint(
        "LimitBusyTimes",
        on("T1"),
        many("TimeGroup", ["Mo", "Tu"]),
        function=function,
        weight=7,
        Minimum=0,
        Maximum=1,
    )
    parts = [given("a", 3, "Mo_2"), given("c", 1, "Mo_1", {"Teacher": "T1"})]
    long = [*EVENTS, event("d", 2, {"Teacher:Teacher": "T1"})]
    (charge,) = judged(one, [*parts, given("d", 2, "Tu_1")], long).charges
    assert charge.cost == 7 * cost


def test_hard_constraints_and_soft_ones_are_added_up_apart():
    soft = constraint("AssignTime", GROUPS, name="soft", hard=False, weight=5)
    hard = constraint("AssignTime", many("Event", ["a"]), name="hard")
    archive = read_archive(document(EVENTS, [soft, hard], [[]], resources=PEOPLE))
    cost = cost_of(archive.instances["small"], archive.solutions[0])
    assert (cost.infeasibility, cost.objective) == (3, 35)
    assert cost.of_kinds() == {"AssignTime": (3, 35)}
    assert str(cost) == "3/35"


def test_a_time_that_the_instance_settles_counts_without_a_word():
    settled = [event("a", 1, {"Teacher:Teacher": "T1"}, time="Tu_1")]
    assert judged(constraint("AssignTime", GROUPS), [], settled).charges == ()


def test_an_event_in_two_groups_is_one_point():
    twice = [event("a", 2, groups=["other"])]
    one = constraint("AssignTime", many("EventGroup", ["all", "other"]) + many("Event", ["a"]))
    assert [charge.cost for charge in judged(one, [], twice).charges] == [2]


def test_more_of_an_event_than_there_is_cannot_be_judged():
    with pytest.raises(ValueError, match="a is given for longer than it lasts"):
        judged(constraint("AssignTime", GROUPS), [given("a", 2, "Mo_1"), given("a", 2, "Tu_1")])


def test_somebody_unknown_cannot_be_judged():
    with pytest.raises(ValueError, match="c is given to T9"):
        judged(constraint("AssignTime", GROUPS), [given("c", 2, "Mo_1", {"Teacher": "T9"})])


@pytest.mark.parametrize("wrong", [{"function": "Cubic"}, {"kind": "LimitFun"}])
def test_a_constraint_that_the_format_lacks_cannot_be_judged(wrong: dict[str, str]):
    with pytest.raises(ValueError, match="Cubic|LimitFun"):
        judged(
            constraint(
                wrong.get("kind", "AssignTime"), GROUPS, function=wrong.get("function", "Sum")
            ),
            [],
        )


@chosen(st.randoms(use_true_random=False))
def test_the_order_of_a_solution_does_not_matter(random):
    times = [f"{day}_{number}" for day in ("Mo", "Tu") for number in range(1, 5)]
    parts = [
        given(name, 1, random.choice([*times, None]), {"Teacher": random.choice(["T1", "T2"])})
        for name in ("a", "a", "a", "b", "b", "c", "c")
    ]
    constraints = [one for one, _, _ in CASES.values()]
    shuffled = random.sample(parts, len(parts))
    archive = read_archive(document(EVENTS, constraints, [parts, shuffled], resources=PEOPLE))
    one, other = (cost_of(archive.instances["small"], solution) for solution in archive.solutions)
    assert one == other


@chosen(st.lists(st.integers(0, 9), max_size=6))
def test_cost_functions_grow_with_the_deviations(deviations: list[int]):
    for price in COST_FUNCTIONS.values():
        prices = [price(deviations[:upto]) for upto in range(len(deviations) + 1)]
        assert prices[0] == 0
        assert all(less <= more for less, more in pairwise(prices))
