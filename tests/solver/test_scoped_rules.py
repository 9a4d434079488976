"""Rules that are set apart for a part of the district: the model's solutions are the plans that the
check accepts.
"""

import pytest

from planner.facts.problem import Problem
from planner.rules import RULES, duty_free_lunch, settings_of
from planner.rules.checker import violations
from planner.rules.rule import Setting, Strength
from solver.timetable.model import build
from tests.solver.every_plan import every_plan, every_solution, visible, with_preparation, within
from tests.solver.tiny import groups, staff, tiny

OFF = [{"rule": rule.key, "setting": "off"} for rule in RULES if Strength.OFF in rule.strengths]

CASES: dict[str, Problem] = {
    "different_days": tiny(
        cycle="Mon;Tue",
        grid=60,
        staff=staff("Ana"),
        groups=[*groups("A", minutes=60, sessions=2), *groups("B", minutes=60, sessions=2, tier=3)],
        rules=[*OFF, {"rule": "different_days", "setting": "hard", "applies_to": "tier:3"}],
    ),
    "contact_minutes": tiny(
        roles=[
            {"role": "para", "max_contact_minutes": 30},
            {"role": "lead", "max_contact_minutes": 30},
        ],
        staff=staff("Ana") + staff("Ben", role="lead"),
        groups=groups("A", "B"),
        rules=[*OFF, {"rule": "contact_minutes", "setting": "hard", "applies_to": "role:lead"}],
    ),
    "windows": tiny(
        blocks=[
            {"start": "08:30", "end": "09:30"},
            {"school": "oak", "start": "09:00", "end": "09:30"},
        ],
        schools=[{"school": "elm"}, {"school": "oak", "name": "Oak"}],
        staff=staff("Ana") + staff("Ben", schools="oak"),
        groups=[*groups("A", minutes=60), *groups("B", school="oak")],
        rules=[*OFF, {"rule": "windows", "setting": "hard", "applies_to": "school:elm"}],
    ),
    "lunch": tiny(
        roles=[
            {
                "role": "para",
                "obligation_minutes": 90,
                "lunch_minutes": 30,
                "lunch_from": "08:30",
                "lunch_to": "09:30",
            }
        ]
        + [{"role": "lead", "obligation_minutes": 90, "lunch_minutes": 30}],
        staff=staff("Ana") + staff("Ben", role="lead"),
        groups=groups("A", staff="Ben"),
        rules=[*OFF, {"rule": "duty_free_lunch", "setting": "hard", "applies_to": "role:para"}],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_model_and_check_agree_on_a_part(name):
    problem = CASES[name]
    lunch = any(
        row.rule == duty_free_lunch.RULE.key and row.applies_to for row in problem.data.rules
    )
    expected = {
        visible(plan)
        for plan in every_plan(problem, lunch=lunch)
        if not violations(problem, with_preparation(problem, plan), strength=Strength.HARD)
        and not (lunch and any(p.lunch for p in plan.placements if p.staff == "Ben"))
    }
    found = {
        plan
        for plan in every_solution(build(problem, settings_of(problem)))
        if within(problem, plan)
    }
    assert (found - expected, expected - found) == (set(), set())
    everything = build(
        problem, {rule.key: settings_of(problem)[rule.key] for rule in RULES} | _off(name)
    )
    assert found != every_solution(everything)


def _off(name: str) -> dict[str, Setting]:
    rule = duty_free_lunch.RULE.key if name == "lunch" else name
    return {rule: Setting(Strength.OFF)}
