"""One figure for one question: what funds have, what positions are and cost, and what people are
contracted for is the same on every surface that shows it, for every example, as it stands and with
a plan of its positions.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.access import User, accounts_for
from planner.comparison.comparison import compare
from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.funding import money
from planner.funding.school_plan import school_plans
from planner.hr import hr
from planner.money.budgeted import Budgeted, planned
from planner.money.head_count import Headed, head_count
from planner.money.journal import JournalEntry, journal
from planner.money.ledger import ledger, ledger_of
from planner.money.number_format import NumberFormat
from planner.money.spending import SpendingLine
from planner.plan.plan import Plan
from planner.plan.positions import budgeted_as_they_stand, decimal_fte, funded, staffed_by
from planner.plan.result import Result, Status
from planner.render.csv_files import ExportScope, csv_files
from planner.render.print.pages import CONTROL, control_rows
from planner.render.workbook.canvas import Book
from planner.render.workbook.hr_sheets import PEOPLE, people_rows
from planner.render.workbook.money_sheets import (
    ACCOUNTS,
    FUNDS,
    POSITIONS,
    account_rows,
    fund_rows,
    fund_sums,
    position_rows,
)
from planner.render.workbook.plan_workbook import write_money
from planner.render.workbook.table import ReportColumn
from planner.sheets.examples import example_path
from tests.planner.hr.test_hr import example
from ui.screen.views.money import _spent as spent_on_screen
from ui.tables import funds_data, hr_data

EXAMPLES = (
    "first-steps",
    "short-staffed",
    "cannot-be",
    "new-bridge",
    "tacoma-mtss",
    "lausd-region",
)
WHAT = (
    "allocated",
    "held",
    "parents",
    "filled",
    "vacant",
    "proposed",
    "expenditures",
    "planned",
)
Figures = dict[tuple[str, ...], Decimal]
"""Figures by what they are of: `("fund", "t1-elm", "left")`."""


SPENT_ON: Mapping[str, Callable[[Problem, SpendingLine, str], str]] = {
    "paid by": lambda problem, line, fund: fund,
    "program": lambda problem, line, fund: problem.funds[fund].program if fund else "",
    "school": lambda problem, line, fund: line.school,
    "role": lambda problem, line, fund: line.role,
}


def as_it_stands(problem: Problem) -> Plan:
    return Plan()


def with_a_plan(problem: Problem) -> Plan:
    """A budget that gives up the first filled position, keeps what is vacant and takes the first
    that is proposed and has a fund.
    """
    proposed = [
        funded(problem, row)
        for row in problem.data.positions
        if row.status == "proposed" and row.funding
    ]
    return Plan(positions=(*budgeted_as_they_stand(problem)[1:], *proposed[:1]))


def with_everybody_cut(problem: Problem) -> Plan:
    return Plan(positions=())


CASES = [
    pytest.param(name, made, id=f"{name} {made.__name__}")
    for name in EXAMPLES
    for made in (as_it_stands, with_a_plan, with_everybody_cut)
    if (example_path(name) / "positions.csv").exists() or made is as_it_stands
]


@cache
def facts(name: str) -> Problem:
    return example(name)


@pytest.mark.parametrize(("name", "made"), CASES)
def test_every_surface_says_the_same(
    name: str, made: Callable[[Problem], Plan], tmp_path: Path
) -> None:
    problem = facts(name)
    plan = made(problem)
    truth = dict(_truth(problem, plan))
    for surface, figures in _surfaces(problem, plan, tmp_path):
        said = dict(figures)
        assert said.keys() <= truth.keys(), surface
        apart = {key: (value, truth[key]) for key, value in said.items() if value != truth[key]}
        assert not apart, surface


def _truth(problem: Problem, plan: Plan) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """The ledger, the head count, and the contracts."""
    budget = planned(problem, plan)
    book = ledger(problem, budget, plan)
    for account in book.accounts:
        for what in WHAT:
            yield ("fund", account.fund, what), getattr(account, what)
        yield ("fund", account.fund, "left"), account.left
    yield ("unfunded",), book.unfunded
    for line in book.lines:
        assert sum(line.funds.values()) == line.amount
    yield ("all", "", "expenditures"), sum((line.amount for line in book.lines), Decimal("0.00"))
    for by, of in SPENT_ON.items():
        spent: dict[str, Decimal] = {}
        for line in book.lines:
            for fund, amount in line.funds.items():
                id = of(problem, line, fund)
                spent[id] = spent.get(id, Decimal("0.00")) + amount
        for id, amount in spent.items():
            yield (by, id, "expenditures"), amount
    heads = head_count(problem, budget)
    for by, some in (
        ("all", (heads.total,)),
        ("school", heads.schools),
        ("role", heads.roles),
        ("paid by", heads.funds),
        ("program", heads.programs),
    ):
        for head in some:
            yield from _headed(by, head)
    for position in budget.positions:
        cost = budget.cost_of.get(position.position)
        yield ("position", position.position, "fte"), decimal_fte(position.fte)
        if cost:
            yield ("position", position.position, "cost"), cost.total
    people = staffed_by(problem, plan)
    for row in people.data.staff:
        person = people.person(row)
        share = Fraction(person.obligation, person.role.obligation_minutes * len(people.cycle))
        # A contract that says its FTE is meant as it is said, to the last decimal.
        yield ("person", row.staff, "fte"), _six(row.fte if row.week_minutes is None else share)


def _headed(by: str, head: Headed) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    yield (by, head.id, "positions"), Decimal(head.budgeted.positions)
    yield (by, head.id, "people"), Decimal(head.budgeted.people)
    yield (by, head.id, "fte"), decimal_fte(head.budgeted.fte)
    yield (by, head.id, "cost"), head.budgeted.amount


def _six(value: Decimal | Fraction | float) -> Decimal:
    return decimal_fte(Fraction(value) if not isinstance(value, float) else Fraction(str(value)))


def _surfaces(
    problem: Problem, plan: Plan, folder: Path
) -> Iterator[tuple[str, Iterator[tuple[tuple[str, ...], Decimal]]]]:
    people, spent, budget = hr(problem, plan), money(problem, plan), planned(problem, plan)
    yield "planner hr --json", _hr_json(hr_data.as_data(people, with_pay=True))
    yield "planner funds --json", _funds_json(funds_data.as_data(spent))
    own = staffed_by(problem, plan)
    if plan.positions is not None:
        result = Result(Status.FEASIBLE, plan)
        document = plan_document(own, result, scenario="x", dataset_hash="y")
        yield "plan.json", _document(document.as_data())
        yield "compare", _compared(document)
        read_by_rules = ledger_of(problem, plan)
        assert read_by_rules
        yield (
            "rules",
            ((("fund", one.fund, "planned"), one.planned) for one in read_by_rules.accounts),
        )
        book = Book(problem.data.district.locale)
        write_money(book, own, plan, None)
        book.save(folder / "plan.xlsx")
        yield "plan.xlsx", _workbook(problem, folder / "plan.xlsx")
    for monthly in (False, True):
        entries = journal(problem, budget, plan, monthly=monthly)
        yield f"journal{' by month' if monthly else ''}", _booked(entries)
    if not problem.data.positions:
        return
    saying = NumberFormat(problem.data.district)
    yield "hr.pdf, position control", _control(problem, control_rows(people))
    yield "hr, everybody", _people(people_rows(people, saying))
    yield "funds.pdf and the screen's workbook table", _funds(fund_rows(problem, spent))
    sums = _row(FUNDS, fund_sums(spent))
    assert sums["Left"] == sum(account.left for account in spent.accounts)
    yield "positions on the screen", _positions(position_rows(problem, budget))
    yield "positions.csv", _csv(problem, plan, budget)
    schools = [school for school in problem.schools if problem.schools[school].kind == "school"]
    pages = [account_rows(page) for page in school_plans(problem, plan, schools)]
    yield (
        "school's plan",
        (each for page in pages for row in page for each in _account(_row(ACCOUNTS, row))),
    )
    director = User("d", frozenset({"director"}))
    seen = accounts_for(director, problem, plan, spent)
    yield (
        "accounts on the screen",
        (
            (("fund", one.fund, what), figure)
            for one in seen
            for what, figure in (
                ("expenditures", one.expenditures),
                ("planned", one.planned),
                ("left", one.left),
            )
            if figure is not None
        ),
    )
    for one in (*spent.schools, *spent.roles):
        cells = spent_on_screen(one, one.id, saying.words, saying)
        assert cells[1:4] == [
            saying.words.fte(float(one.fte)),
            saying.money(one.cost),
            saying.money(one.expenditures),
        ]


def _booked(entries: Sequence[JournalEntry]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    debits: dict[str, Decimal] = {}
    for entry in entries:
        debits[entry.fund] = debits.get(entry.fund, Decimal("0.00")) + entry.debit
    for fund, amount in debits.items():
        yield ("fund", fund, "planned"), amount


@pytest.mark.parametrize(
    "day", ["2025-10-06", "2026-01-31", "2026-02-02", "2026-03-16", "2026-06-18"]
)
def test_every_surface_says_the_same_on_a_day(day: str) -> None:
    """Who holds what adds up to the head count of the day; the year's money does not depend on it."""
    problem, on = facts("tacoma-mtss"), date.fromisoformat(day)
    heads, found = head_count(problem, planned(problem, Plan()), on), hr(problem, Plan(), on)
    said = dict(_hr_json(hr_data.as_data(found, with_pay=True)))
    for by, some in (("all", (heads.total,)), ("school", heads.schools), ("role", heads.roles)):
        for head in some:
            told = {key: figure for key, figure in _headed(by, head) if key[2] != "people"}
            assert told.items() <= said.items() | {(key, Decimal(0)) for key in told}
    seats = [
        place
        for person in found.people
        for place in person.places
        if place.holding.seated and place.status == "filled"
    ]
    assert sum(place.position.fte for place in seats) == heads.total.filled.fte
    assert len({place.position.position for place in seats}) == heads.total.filled.positions
    assert heads.total.budgeted.amount == planned(problem, Plan()).costs.total


Row = Mapping[str, Any]


def _row(columns: tuple[ReportColumn, ...], values: Any) -> Row:
    return dict(zip([column.heading for column in columns], values, strict=True))


def _hr_json(said: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    control = said["position_control"]
    for by, name in (("school", "school"), ("role", "role"), ("fund", "paid by")):
        for id, counted in control[by].items():
            if any(counted["budgeted"][what] != none for what, none in NOTHING.items()):
                yield from _counted(name, id, counted["budgeted"])
    yield from _counted("all", "", control["all"]["budgeted"])
    for person in said["people"]:
        yield ("person", person["staff"], "fte"), Decimal(person["fte"])
    held = [place for person in said["people"] for place in person["positions"]]
    yield from _held((one["position"], one["fte"], one["total"]) for one in held)


def _held(
    places: Iterable[tuple[str, Any, Any]],
) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """What all who hold a position in the year cost together, and its FTE, which each of them has
    here: nobody shares one.
    """
    costs: dict[str, Decimal] = {}
    for position, fte, cost in places:
        yield ("position", position, "fte"), _six(Fraction(str(fte)))
        costs[position] = costs.get(position, Decimal(0)) + _money(cost)
    yield from ((("position", position, "cost"), cost) for position, cost in costs.items())


NOTHING = {"positions": 0, "fte": "0", "amount": "0.00"}


def _counted(by: str, id: str, counted: Row) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for what, key in (("positions", "positions"), ("fte", "fte"), ("cost", "amount")):
        yield (by, id, what), Decimal(counted[key])


def _funds_json(said: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for account in said["funds"]:
        for what in WHAT:
            yield ("fund", account["fund"], what), Decimal(account[what])
        yield ("fund", account["fund"], "left"), Decimal(account["left"])
    yield ("unfunded",), Decimal(said["unfunded"])
    parts = {"all": {"": said["all"]}, "paid by": said["fund"], "program": said["program"]}
    for by, some in (parts | {"school": said["school"], "role": said["role"]}).items():
        for id, one in some.items():
            if one["expenditures"] != "0.00":
                yield (by, id, "expenditures"), Decimal(one["expenditures"])
            if one["fte"] != "0" or one["cost"] != "0.00" or by == "all":
                yield (by, id, "fte"), Decimal(one["fte"])
                yield (by, id, "cost"), Decimal(one["cost"])
    by_fund: dict[str, Decimal] = {}
    for line in said["expenditures"]:
        for fund, amount in line["funds"].items():
            by_fund[fund] = by_fund.get(fund, Decimal("0.00")) + Decimal(amount)
    for fund, amount in by_fund.items():
        yield ("paid by", fund, "expenditures"), amount


def _document(document: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    measures = document["measures"]
    for role, one in measures["fte"].items():
        yield ("role", role, "people"), Decimal(one["people"])
        yield ("role", role, "fte"), _six(one["fte"])
    for staff, one in measures["people"].items():
        yield ("person", staff, "fte"), _six(one["fte"])
    cost = measures["cost"]
    yield ("all", "", "cost"), Decimal(cost["all"])
    for by, key in (("paid by", "fund"), ("role", "role"), ("school", "school")):
        for id, amount in cost[key].items():
            yield (by, id, "cost"), Decimal(amount)
    for fund, left in cost["fund_left"].items():
        yield ("fund", fund, "left"), Decimal(left)
    for fund, amount in cost["expenditures"].items():
        yield ("fund", fund, "expenditures"), Decimal(amount)
    for one in document["positions"]:
        yield ("position", one["position"], "fte"), Decimal(one["fte"])
        yield ("position", one["position"], "cost"), Decimal(one["total"])


def _compared(document: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """The plan beside itself."""
    kinds = {"": "all", "fund": "paid by", "staff": "person"}
    for row in compare([document, document], ["one", "other"]).rows:
        value, kind = row.values[0], kinds.get(row.kind, row.kind)
        if row.measure == "left" and value is not None:
            yield ("fund", row.id, "left"), Decimal(str(value))
        elif row.measure == "expenditures":
            yield ("fund", row.id, "expenditures"), Decimal(str(value))
        elif row.measure in ("fte", "cost") and value is not None:
            if (kind, row.measure) == ("paid by", "cost") and not value:
                continue  # a fund that pays nothing is in no head count
            figure = Decimal(str(value))
            yield (kind, row.id, row.measure), _six(figure) if row.measure == "fte" else figure


def _workbook(problem: Problem, path: Path) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    book = openpyxl.load_workbook(path)
    funds = [row for row in _sheet(book, "money by fund") if row["Program"] in problem.programs]
    for row in funds:
        yield from _account(row)
    beside: dict[str, Decimal] = {}
    for row in _sheet(book, "money by fund", "Formula"):
        beside[row["Fund"]] = beside.get(row["Fund"], Decimal("0.00")) + _money(row["Amount"])
    for fund, amount in beside.items():
        yield ("fund", fund, "expenditures"), amount
    for row in _sheet(book, "positions"):
        yield ("position", row["position"], "fte"), _six(Fraction(str(row["fte"])))
        yield ("position", row["position"], "cost"), _money(row["total"])
    yield from _held(
        (row["Position"], row["FTE"], row["Amount"])
        for row in _sheet(book, "hr")
        if row["Position"]
    )
    yield from _by_lines(_sheet(book, "cost lines"))
    for row in _sheet(book, "school budget", "Allocated"):
        yield from _account(row)


def _sheet(book: openpyxl.Workbook, name: str, heading: str = "") -> Iterator[Row]:
    """The rows of a sheet under its headings; of one with several tables, those that have this
    heading.
    """
    heads: list[str] = []
    for values in book[name].iter_rows(values_only=True):
        if (heading or not heads) and (heading in values or not (heading or heads)):
            heads = [str(value) for value in values]
        elif heads and values[0] is not None and values[1] is not None:
            yield dict(zip(heads, values, strict=False))
        elif heading:
            heads = []


def _account(row: Row) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    names = {
        "Allocated": "allocated",
        "Held back": "held",
        "Parents": "parents",
        "Filled": "filled",
        "Vacant": "vacant",
        "Proposed": "proposed",
        "Expenditures": "expenditures",
        "Planned": "planned",
        "Left": "left",
    }
    for heading, what in names.items():
        if heading in row:
            yield ("fund", row["Fund"], what), _money(row[heading])


def _money(value: Any) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def _control(problem: Problem, rows: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    schools = {row.name: school for school, row in problem.schools.items()}
    roles = {row.title: role for role, row in problem.roles.items()}
    for values in rows:
        row = _row(CONTROL, values)
        name = row["School, job class or fund"]
        by, id = (
            ("all", "")
            if name == "All"
            else ("school", schools[name])
            if name in schools
            else ("role", roles[name])
            if name in roles
            else ("paid by", name)
        )
        if (id in problem.funds or by != "paid by") and (row["Budgeted"] or row["Amount"]):
            yield (by, id, "positions"), Decimal(row["Budgeted"])
            yield (by, id, "fte"), row["Budgeted FTE"]
            yield (by, id, "cost"), row["Amount"]


def _people(rows: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    found = [_row(PEOPLE, values) for values in rows]
    yield from _held(
        (row["Position"], row["FTE"], row["Amount"]) for row in found if row["Position"]
    )


def _by_lines(rows: Iterable[Row]) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    """What positions cost, and what funds pay of them, line by line."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for row in rows:
        for key in (("position", row["Position"], "cost"), ("paid by", row["Fund"], "cost")):
            sums[key] = sums.get(key, Decimal(0)) + _money(row["The fund's part"])
    yield from ((key, sum_) for key, sum_ in sums.items() if key[1] != "no fund")


def _funds(rows: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for values in rows:
        row = _row(FUNDS, values)
        yield from _account(row)
        if row["FTE"] is not None:
            yield ("paid by", row["Fund"], "fte"), row["FTE"]


def _positions(rows: Any) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    for values in rows:
        row = _row(POSITIONS, values)
        yield ("position", row["position"], "fte"), row["fte"]
        if row["total"] is not None:
            yield ("position", row["position"], "cost"), row["total"]


def _csv(
    problem: Problem, plan: Plan, budget: Budgeted
) -> Iterator[tuple[tuple[str, ...], Decimal]]:
    own = staffed_by(problem, plan)
    scope = ExportScope([row.staff for row in own.data.staff], list(problem.schools))
    files = dict(csv_files(own, plan, budget, scope, with_pay=True))
    for row in csv.DictReader(io.StringIO(files["positions.csv"].decode("utf-8-sig"))):
        yield ("position", row["position"], "fte"), Decimal(row["fte"])
        yield ("position", row["position"], "cost"), Decimal(row["total"])
