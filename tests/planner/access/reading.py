"""Everything that somebody can read, as text; and what they must not find in it, worked out from
the dataset alone.
"""

import json
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from html import unescape
from pathlib import Path
from zipfile import ZipFile

from planner.access import (
    User,
    accounts_for,
    dataset_for,
    document_for,
    money_for,
    plan_for,
    tables_for,
    view_for,
)
from planner.facts.problem import Problem
from planner.funding import money
from planner.hr import hr
from planner.money import costs
from planner.render.workbook.plan_workbook import shown_to, write_plan_workbook
from tests.planner.access import made
from ui.tables import funds_data, hr_data


def viewer(*roles: str, schools: Iterable[str] = ()) -> User:
    return User("somebody", frozenset(roles), frozenset(schools))


def texts(who: User, example: str) -> Iterator[tuple[str, str]]:
    """What they can read, and what it is called."""
    data, plan = made.marked(example), made.plan(example)
    whole = Problem(data, example)
    yield (
        "document",
        json.dumps(document_for(who, made.document(example), data).as_data(), ensure_ascii=False),
    )
    for name, some in (("without a plan", None), ("with the plan", plan)):
        # The name of a CSV file and the headings are the contract's.
        tables = tables_for(who, data, some)
        yield (
            f"tables {name}",
            json.dumps(
                [[dict(cells) for _, cells in table.rows] for table in tables.values()],
                ensure_ascii=False,
            ),
        )
        yield f"dataset {name}", repr(dataset_for(who, data, some))
    problem, mine = plan_for(who, made.problem(example), plan)
    yield "problem", repr(problem.data) + repr(problem.origin)
    yield "plan", repr(mine)
    yield "hr", json.dumps(hr_data.as_data(hr(problem, mine), with_pay=True), ensure_ascii=False)
    every = money(whole, plan)
    found = money_for(who, whole, every)
    yield (
        "money",
        json.dumps(funds_data.as_data(found), ensure_ascii=False) + repr(found.budget)
        if found
        else "",
    )
    yield "accounts", repr(accounts_for(who, whole, plan, every))


def workbook(who: User, example: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Everything in the file of their plan.xlsx, and the names of its sheets."""
    data, plan = made.marked(example), made.plan(example)
    whole = Problem(data, example)
    view = view_for(who, made.document(example), data)
    write_plan_workbook(
        folder / "plan.xlsx",
        view.problem,
        view.result,
        view.document,
        shown_to(who, whole, plan, money(whole, plan)),
    )
    with ZipFile(folder / "plan.xlsx") as parts:
        told = (name for name in parts.namelist() if not name.startswith(("xl/theme", "xl/styles")))
        yield from ((name, unescape(parts.read(name).decode("utf-8"))) for name in told)


def pay_of(example: str) -> set[str]:
    """What tells what somebody is paid: steps and lanes, the amounts of every position's lines and
    sums.
    """
    data, plan = made.marked(example), made.plan(example)
    found = costs(Problem(data, example), plan.positions)
    amounts = {line.amount for one in found.positions for line in one.lines} | {
        one.total for one in found.positions
    }
    amounts |= {one.of(kind) for one in found.positions for kind in ("pay", "allowance", "oncost")}
    amounts |= {
        part for one in found.positions for line in one.lines for part in line.funds.values()
    }
    amounts |= {row.amount for row in data.pay} | {
        row.leave_days for row in data.staff if row.leave_days
    }
    return {
        "LANE",
        *(row.step for row in data.pay),
        *_written(amount for amount in amounts if amount > 100),
    }


def sums_of(example: str) -> set[str]:
    """What funds, programs, schools and job classes pay in all, also where that is one position's
    money.
    """
    found = money(Problem(made.marked(example), example), made.plan(example))
    every = (*found.funds, *found.programs, *found.schools, *found.roles, found.total)
    sums = (
        {one.cost for one in every}
        | {
            amount
            for account in found.accounts
            for amount in (account.filled, account.vacant, account.proposed, account.planned)
        }
        | {account.left for account in found.accounts}
    )
    parts = ("filled", "vacant", "proposed")
    sums |= {sum((getattr(one, part) for one in found.accounts), Decimal(0)) for part in parts}
    return set(_written(sums))


def _written(amounts: Iterable[Decimal]) -> Iterator[str]:
    for amount in amounts:
        yield from (str(amount), str(float(amount)), f"{amount:,.2f}")


def students_of(example: str) -> set[str]:
    return {member.student for member in made.marked(example).members}


def money_of(example: str) -> set[str]:
    """Funds, and what they have."""
    data = made.marked(example)
    return {fund.fund for fund in data.funds} | set(_written(fund.amount for fund in data.funds))


def others_of(example: str, schools: frozenset[str]) -> set[str]:
    """What belongs to other schools alone: their people, groups, students, money, names."""
    data, plan = made.marked(example), made.plan(example)
    own_funds = {fund.fund for fund in data.funds if fund.school in schools}
    here = {
        row.staff for row in data.staff if row.home_school in schools or schools & set(row.schools)
    }
    here |= {placed.staff for placed in plan.placements if placed.school in schools}
    here |= {
        name for session in plan.sessions if session.school in schools for name in session.staff
    }
    here |= {name for duty in data.duties if duty.school in schools for name in duty.with_}
    positions = {
        row.position
        for row in data.positions
        if schools & set(row.school)
        or (not row.school and any(share.fund in own_funds for share in row.funding))
    }
    here |= {position.staff for position in plan.positions if position.position in positions}
    own_groups = {group.group for group in data.groups if group.school in schools}
    own_students = {member.student for member in data.members if member.group in own_groups}
    found = {row.staff for row in data.staff} | {position.staff for position in plan.positions}
    found = (found - here) | {row.name for row in data.staff if row.staff not in here}
    found |= {group.group for group in data.groups} - own_groups
    found |= {member.student for member in data.members} - own_students
    found |= {row.position for row in data.positions} - positions - here
    found |= {row.name for row in data.schools if row.school not in schools}
    found |= {row.school for row in data.schools} - schools
    found |= {row.teacher for row in data.teachers if row.school not in schools}
    found |= {row.duty for row in data.duties if row.school not in {"", *schools}}
    found |= {fund.fund for fund in data.funds if fund.school not in {"", *schools}}
    own_amounts = {fund.amount for fund in data.funds if fund.fund in own_funds}
    return found | set(_written({fund.amount for fund in data.funds} - own_amounts))


def hidden_from(who: User, example: str) -> set[str]:
    """What somebody must not see: what is hidden from each of their roles."""
    pay, students = pay_of(example), students_of(example)
    by_role = {
        "hr": students,
        "director": pay - sums_of(example),
        "viewer": pay | students | money_of(example),
        "principal": pay | others_of(example, who.schools),
    }
    return set.intersection(*(by_role[role] for role in who.roles))


def leaks(text: str, hidden: set[str]) -> list[str]:
    """The hidden words that stand in a text, each as a whole word or number."""
    words = set(re.findall(r"\d[\d,]*\.\d+|[\w-]+", text))
    phrases = {phrase for phrase in hidden if not re.fullmatch(r"[\d.,]+|[\w-]+", phrase)}
    return sorted((hidden & words) | {phrase for phrase in phrases if phrase in text})
