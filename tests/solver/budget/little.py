"""Little random districts with money: a few candidate positions, two schools, three funds, so that
every package can be listed.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, product
from random import Random

from planner.facts.cell_formats import Share
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, follow, funded
from planner.rules import RULE_OF
from planner.rules.checker import violations
from planner.rules.rule import Strength
from tests.solver.tiny import TWO_SCHOOLS, Rows, groups, tiny

DAY = "Mon 08:00-10:00"
STEP = 50
"""Every fund pays half of a full-time position or all of it: so that a grid of halves holds every
legal split.
"""


def little(seed: int) -> Problem:
    """A district that is drawn, with a filled position, one that is vacant and two that are
    proposed.
    """
    rng = Random(seed)
    chance = rng.random
    programs: Rows = [
        {
            "program": "t1",
            "source": "federal",
            "percents": "*=50;100",
            "supplement_only": "yes" if chance() < 0.3 else "",
        },
        {
            "program": "gen",
            "source": "unrestricted",
            "percents": rng.choice(["*=50;100", "para=50;100"]),
        },
        {
            "program": "t3",
            "source": "federal",
            "percents": "*=50;100",
            "tiers": rng.choice(["", "3"]),
        },
    ]
    if chance() < 0.3:
        programs[0] |= {"hold_percent": 3, "parent_percent": 10, "parent_threshold": 900}
    if chance() < 0.3:
        programs[rng.choice([0, 2])] |= {rng.choice(["roles", "blocked_roles"]): "lead"}
    funds: Rows = [
        {
            "fund": "f1",
            "program": "t1",
            "school": rng.choice(["", "elm"]),
            "amount": rng.choice([600, 1000, 1500, 2100]),
        },
        {"fund": "f2", "program": "gen", "amount": rng.choice([1000, 1800, 2500])},
        {
            "fund": "f3",
            "program": rng.choice(["gen", "t3"]),
            "school": rng.choice(["", "oak"]),
            "amount": rng.choice([500, 1200]),
        },
    ]
    if chance() < 0.2:
        funds[2] |= {"expires": "2027-01-31"}
    positions: Rows = [
        {
            "position": "P0",
            "role": "para",
            "school": "elm",
            "status": "filled",
            "staff": "Ana",
            "fte": 1,
            "funding": "f2:100",
        },
        {
            "position": "P1",
            "role": rng.choice(["para", "lead"]),
            "school": "oak",
            "status": "vacant",
            "fte": 1,
        },
        {
            "position": "P2",
            "role": "para",
            "school": rng.choice(["elm", "oak"]),
            "status": "proposed",
            "max_fte": 1,
        },
        {
            "position": "P3",
            "role": "lead",
            "school": "elm",
            "status": "proposed",
            "min_fte": 0.5,
            "max_fte": 1,
        },
    ]
    for row in positions:
        row |= {"step": "1", "base_program": "yes" if chance() < 0.2 else ""}
    if chance() < 0.4:
        positions[2] |= {"funding": rng.choice(["f1:100", "f1:50;f2:50", "f1:50;f3:50"])}
    return tiny(
        grid=15,
        schools=TWO_SCHOOLS,
        roles=[
            {"role": "para", "pay_schedule": "s"},
            {
                "role": "lead",
                "pay_schedule": "s",
                "fte_step": 0.5,
                "max_contact_minutes": rng.choice(["", 60]),
            },
        ],
        pay=[{"schedule": "s", "step": 1, "amount": 1000, "unit": "year", "from": "2026-07-01"}],
        staff=[{"staff": "Ana"}],
        programs=programs,
        funds=funds,
        positions=positions,
        rules=[
            {"rule": "federal_mix", "setting": rng.choice(["hard", "off"])},
            {"rule": "unlisted_percents", "setting": "hard"},
        ],
        pins=[{"kind": rng.choice(["forbid", "position"]), "subject": "P3"}]
        if chance() < 0.2
        else [],
        groups=[
            *groups("E2", "E2b", tier=2, sessions=1, priority=2, windows=DAY),
            *groups("E3", tier=3, minutes=45, windows=DAY),
            *groups("O2", "O2b", school="oak", tier=2, minutes=45, windows=DAY),
            *groups("O3", school="oak", tier=3, windows=DAY),
            *groups("E1", tier=1, minutes=60, windows=DAY),
        ],
    )


def packages(problem: Problem) -> list[tuple[FundedPosition, ...]]:
    """What can be budgeted at all, in halves: positions that stand, and every choice of the others
    with FTE and funds.
    """
    of_position = [
        [None, *_ways(problem, name)]
        for name, row in problem.positions.items()
        if row.status != "filled"
    ]
    stands = as_they_stand(problem)
    return [
        stands + tuple(position for position in chosen if position)
        for chosen in product(*of_position)
    ]


def legal(problem: Problem, positions: tuple[FundedPosition, ...]) -> bool:
    """Whether the checker finds no broken rule on money."""
    found = violations(problem, Plan(positions=positions), strength=Strength.HARD)
    return not any(RULE_OF[violation.rule].part == "budget" for violation in found)


def _ways(problem: Problem, name: str) -> list[FundedPosition]:
    row = problem.positions[name]
    role = problem.roles[row.role]
    ftes = [one for one in ("0.5", "1") if row.fte is None and role.fte_step] or ["1"]
    found = []
    for fte in ftes:
        position = funded(problem, row, fte=Fraction(fte))
        if row.funding:
            found.append(position)
            continue
        names = [fund.fund for fund in problem.data.funds]
        splits = [(Share(fund, Decimal(100)),) for fund in names]
        splits += [
            (Share(one, Decimal(STEP)), Share(other, Decimal(STEP)))
            for one, other in combinations(names, 2)
        ]
        found += [_paid(position, split) for split in splits]
    return found


def _paid(position: FundedPosition, split: tuple[Share, ...]) -> FundedPosition:
    return replace(position, funding=split, allowance_funding=follow(position.allowances, split))
