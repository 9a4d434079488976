"""The moments that are offered for a session, and the adults who could serve it instead."""

from dataclasses import replace

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules.moves import moments, other_adults
from planner.rules.pins import still_decided
from tests.solver.tiny import Rows, groups, staff, tiny

OPEN: Rows = [{"days": "Mon;Tue", "start": "08:00", "end": "10:00"}]


def at(service: str, day: str, start: int, *adults: str, kind: str = "group") -> Session:
    place = "pull_out" if kind == "group" else ""
    return Session(service, day, start, start + 30, adults or ("Ana",), "elm", kind, place)


def at_work(*names: str, days: tuple[str, ...] = ("Mon", "Tue")) -> tuple[Placement, ...]:
    return tuple(Placement(name, day, 480, 600, "elm") for name in names for day in days)


def district(**sheets: Rows) -> Problem:
    """Two days of two hours at Elm with Ana, who serves A twice a cycle and B once."""
    return tiny(
        cycle="Mon;Tue",
        **{"staff": staff("Ana"), "blocks": OPEN}
        | {"groups": groups("A", sessions=2) + groups("B")}
        | sheets,
    )


HELD = (at("A", "Mon", 480), at("A", "Tue", 480), at("B", "Mon", 510))
REST_OF_MONDAY = [("Mon", 510), ("Mon", 540), ("Mon", 570)]


def offered(problem: Problem, placements: tuple[Placement, ...] | None = None) -> list[object]:
    return [*moments(problem, Plan(placements or at_work("Ana"), HELD), HELD[0])]


def test_what_stands_there_makes_way_and_another_session_of_the_service_does_not():
    assert offered(district()) == REST_OF_MONDAY


def test_a_rule_that_is_off_is_not_asked():
    anywhere = district(rules=[{"rule": "different_days", "setting": "off"}])
    rest_of_tuesday = [("Tue", 510), ("Tue", 540), ("Tue", 570)]
    assert offered(anywhere) == REST_OF_MONDAY + rest_of_tuesday


@pytest.mark.parametrize(
    ("pin", "left"),
    [
        ({"kind": "session", "subject": "B", "staff": "Ana", "day": "Mon", "start": "08:30"}, 510),
        ({"kind": "forbid", "subject": "A", "day": "Mon", "start": "09:00"}, 540),
    ],
)
def test_what_was_decided_does_not_make_way(pin: dict[str, str], left: int):
    assert offered(district(pins=[pin])) == [m for m in REST_OF_MONDAY if m[1] != left]


@pytest.mark.parametrize(
    ("held", "left"),
    [
        ({"day": "Mon", "start": "08:00"}, []),
        ({"start": "08:00"}, []),
        ({"day": "Mon"}, REST_OF_MONDAY),
        ({}, REST_OF_MONDAY),
    ],
)
def test_a_session_is_not_offered_what_breaks_the_decision_that_holds_it(
    held: dict[str, str], left: list[tuple[str, int]]
):
    pin = {"kind": "session", "subject": "A", "staff": "Ana"} | held
    assert offered(district(pins=[pin])) == left


def test_who_was_decided_on_is_not_taken_from_a_session():
    nobody = replace(HELD[0], staff=())
    pins = [{"kind": "session", "subject": "A", "day": "Mon"}]
    assert still_decided(district(pins=pins), HELD[0], nobody)
    pins = [pins[0] | {"staff": "Ana"}]
    assert not still_decided(district(pins=pins), HELD[0], nobody)


def test_nobody_is_asked_to_be_where_they_are_not_or_when_they_are_busy():
    assert offered(district(), at_work("Ana", days=("Tue",))) == []
    busy = district(staff=staff("Ana", busy="Mon 09:00-09:30"))
    assert offered(busy) == [("Mon", 510), ("Mon", 570)]


def test_one_adult_who_may_is_enough():
    busy = staff("Ana", busy="Mon 09:00-09:30") + staff("Ben")
    assert offered(district(staff=busy), at_work("Ana", "Ben")) == REST_OF_MONDAY


def test_a_place_is_left_for_lunch():
    role = {"role": "para", "obligation_minutes": 90, "lunch_minutes": 30}
    roles = [role | {"lunch_from": "09:00", "lunch_to": "09:30"}]
    lunch = tuple(
        Placement("Ana", day, 480, 600, "elm", lunch=(540, 570)) for day in ("Mon", "Tue")
    )
    assert offered(district(roles=roles), lunch) == [("Mon", 510), ("Mon", 570)]
    roles = [role | {"lunch_from": "08:30", "lunch_to": "09:30"}]
    assert offered(district(roles=roles), lunch) == REST_OF_MONDAY


def test_who_else_could_is_asked_of_every_rule_on_adults():
    people = staff("Ana", "Ben", "Cy")
    named = district(staff=people, groups=groups("A", sessions=2, staff="Ana;Cy") + groups("B"))
    assert other_adults(named, HELD[0]) == ["Cy"]
    assert other_adults(named, HELD[2]) == ["Ben", "Cy"]
    off = district(
        staff=people,
        groups=groups("A", sessions=2, staff="Ana;Cy") + groups("B"),
        rules=[{"rule": "qualification", "setting": "off"}],
    )
    assert other_adults(off, HELD[0]) == ["Ben", "Cy"]
