"""Money laid over a planted region: everybody's position paid by its school's federal fund and a
pooled one, and proposed ones.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

from tests.oracle_cells import rows_of
from tests.planted_sheets import Row, Sheets, write

SALARY = 100_000
POOLED = 20
"""Pooled funds beside those of the schools."""


def add_money(folder: Path, *, proposed: int, seed: int = 0) -> None:
    """Adds pay, programs, funds and positions: the filled ones can be paid, and money for about a
    third of the proposed ones.
    """
    rng = Random(seed)
    schools = [row["school"] for row in rows_of(folder, "schools")]
    staff = rows_of(folder, "staff")
    positions: list[Row] = []
    spent: dict[str, int] = {}
    for number, person in enumerate(staff):
        school = person["schools"].split(";")[0]
        shares = rng.choice(
            [{f"t1-{school}": 100}, {f"t1-{school}": 50, f"pool-{number % POOLED}": 50}]
        )
        for fund, percent in shares.items():
            spent[fund] = spent.get(fund, 0) + SALARY * percent // 100
        funding = ";".join(f"{fund}:{percent}" for fund, percent in shares.items())
        positions.append(
            _position(f"P{number}", person["role"], school, "filled", person["staff"], funding)
        )
    for number in range(proposed):
        positions.append(
            _position(
                f"N{number}", staff[0]["role"], schools[number % len(schools)], "proposed", "", ""
            )
        )
    funds: list[Row] = [_fund(f"t1-{school}", "title-1", school, spent, rng) for school in schools]
    funds += [
        _fund(f"pool-{number}", f"local-{number % 2}", "", spent, rng) for number in range(POOLED)
    ]
    sheets: Sheets = {
        "pay": [{"schedule": staff[0]["role"], "step": "1", "amount": str(SALARY), "unit": "year"}],
        "programs": [
            {
                "program": "title-1",
                "source": "federal",
                "supplement_only": "yes",
                "percents": "*=50;100",
                "hold_percent": "3",
            },
            {"program": "local-0", "source": "unrestricted"},
            {"program": "local-1", "source": "local"},
        ],
        "funds": funds,
        "positions": positions,
    }
    write(folder, sheets)


def _position(name: str, role: str, school: str, status: str, staff: str, funding: str) -> Row:
    row: Row = {
        "position": name,
        "role": role,
        "school": school,
        "status": status,
        "staff": staff,
        "step": "1",
    }
    return row | {
        "fte": "" if status == "proposed" else "1",
        "min_fte": "",
        "max_fte": "1",
        "funding": funding,
    }


def _fund(name: str, program: str, school: str, spent: dict[str, int], rng: Random) -> Row:
    extra = rng.choice([0, 0, SALARY // 2, SALARY])
    return {
        "fund": name,
        "program": program,
        "school": school,
        "amount": str(round(spent.get(name, 0) / 0.97) + 1 + extra),
    }
