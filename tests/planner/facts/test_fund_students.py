"""Whose money may serve which students, as the sheet has it and as a plan of positions has it."""

from dataclasses import replace
from decimal import Decimal

import pytest

from planner.facts.cell_type import Share
from planner.facts.fund_students import funds_allow
from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.plan.positions import as_they_stand, funded, staffed
from planner.rules import fund_students
from tests.solver.tiny import FUNDED, groups, tiny

VACANT = {"position": "P6", "role": "para", "status": "vacant", "fte": "1", "funding": "swd:100"}


def problem(**wanted: str | int) -> Problem:
    return tiny(
        **FUNDED | {"positions": [*FUNDED["positions"], VACANT]}, groups=groups("A", **wanted)
    )


@pytest.mark.parametrize(
    ("wanted", "may"),
    [
        ({"tags": "el"}, ["Ana", "Ben", "Cy", "Di"]),
        ({"tags": "swd;sed"}, ["Ana", "Cy", "Di"]),
        ({"tags": "el", "tier": 3}, ["Ben", "Cy", "Di"]),
        ({"tier": 1, "tags": "el"}, ["Cy", "Di"]),
        ({}, ["Cy", "Di"]),
    ],
)
def test_some_fund_of_a_person_may_serve_the_group(wanted: dict[str, str | int], may: list[str]):
    facts = problem(**wanted)
    assert [
        person.id for person in facts.people if funds_allow(facts, person.id, facts.service_of["A"])
    ] == may
    plan = Plan((), (Session("A", "Mon", 480, 510, ("Ana", "Ben", "Cy", "Di"), "elm"),))
    assert [found.where[1] for found in fund_students.RULE.violations(facts, plan)] == [
        name for name in ("Ana", "Ben", "Cy", "Di") if name not in may
    ]


def test_the_sentence_names_the_funds():
    facts = problem()
    (found,) = fund_students.RULE.violations(
        facts, Plan((), (Session("A", "Mon", 480, 510, ("Ana",), "elm"),))
    )
    assert found.message == (
        "Ana may not serve A: none of the funds that pay them (el-2 and swd) may serve its tier "
        "and students."
    )


def test_a_hired_person_serves_what_their_position_is_paid_for():
    facts = problem(tags="el")
    hired = funded(facts, facts.positions["P6"])
    group = facts.service_of["A"]
    assert not funds_allow(staffed(facts, (*as_they_stand(facts), hired)), hired.staff, group)
    other = replace(hired, funding=(Share("el", Decimal(100)),))
    assert funds_allow(staffed(facts, (*as_they_stand(facts), other)), hired.staff, group)


def test_a_position_that_is_not_in_the_plan_pays_nobody():
    facts = problem(tier=1)
    kept = tuple(p for p in as_they_stand(facts) if p.position != "P4")
    cy = replace(funded(facts, facts.positions["P6"]), staff="Cy")
    assert funds_allow(facts, "Cy", facts.service_of["A"])
    assert not funds_allow(staffed(facts, (*kept, cy)), "Cy", facts.service_of["A"])
