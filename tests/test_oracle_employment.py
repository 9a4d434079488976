"""Random employment histories: successors, job shares, steps and fundings in turn, paid and unpaid
leave, substitutes, gaps. Two pricings that share nothing but the data contract agree to the cent.
"""

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from planner.facts.problem import Problem
from planner.money import Employments, costs
from planner.money.budgeted import Budgeted
from planner.money.head_count import head_count
from planner.money.months import by_month
from planner.plan.positions import budgeted_as_they_stand
from tests.oracle_employment import Oracle
from tests.planner.small import dataset

FEW, HISTORIES = 40, 500
STEPS = ("1", "2", "3")
HEADS = {
    "assignments": "position,staff,from,to,fte,step,funding,kind,paid",
    "positions": "position,role,school,status,staff,fte,step,funding,allowances,start,end",
    "staff": "staff,role,schools,fte,step",
    "oncosts": "oncost,rate_percent,flat,per,unit,threshold,threshold_unit,cap,min_hours_year,annualised",
    "pay": "schedule,step,amount,unit,from,to",
    "allowances": "allowance,amount,unit,periods,match",
    "roles": "role,title,obligation_minutes,contract_days,pay_basis,leave_days,bank_holidays",
    "district": "name,year_start,year_end",
}
Texts = dict[str, str]


def sheet(name: str, rows: Sequence[Sequence[object]]) -> str:
    return "\n".join([HEADS[name], *(",".join(map(str, row)) for row in rows)]) + "\n"


def history(random: Random) -> Texts:
    """A district of one job class, with up to three positions and who held them."""
    start = date(2026, 9, random.choice((1, 2, 7)))
    end = date(2027, random.choice((6, 7)), random.choice((11, 18, 21)))
    basis = random.choice(("hourly", "annual", "term_time"))
    unit = "hour" if basis == "hourly" else "year"
    award = date(2027, random.choice((1, 4)), 1)
    amounts = {step: random.randint(2000, 4000) * (1 if unit == "hour" else 1000) for step in STEPS}
    pay = []
    for step, amount in amounts.items():
        if random.random() < 0.4:
            pay.append(("w", step, _money(amount), unit, "", award - timedelta(days=1)))
            pay.append(("w", step, _money(amount * 103 // 100), unit, award, ""))
        else:
            pay.append(("w", step, _money(amount), unit, "", ""))
    people = [
        (f"A{n}", "w", "elm", random.choice(("0.5", "0.75", "1")), random.choice(STEPS))
        for n in range(random.randint(2, 4))
    ]
    names = [row[0] for row in people]
    positions: list[tuple[object, ...]] = []
    rows: list[tuple[object, ...]] = []
    for number in range(random.randint(1, 3)):
        name, fte = f"P{number}", random.choice(("0.25", "0.5", "0.875", "1"))
        opens = start + timedelta(days=random.randint(0, 60)) if random.random() < 0.2 else None
        closes = end - timedelta(days=random.randint(0, 60)) if random.random() < 0.2 else None
        own = random.random() < 0.35
        holder = random.choice(names)
        some = _held(random, name, names, opens or start, closes or end, holder if own else "")
        rows += some
        positions.append(
            (
                *(name, "w", "elm", "filled", holder if own or not some else "", fte),
                *(random.choice(STEPS), random.choice(FUNDINGS), random.choice(EXTRA)),
                *(opens or "", closes or ""),
            )
        )
    costs_of_employers = [
        ("pension", "7.07", "", "", "", "", "", "", "", ""),
        ("ni", "15", "", "", "", *random.choice((("416.67", "month"), ("5000", ""))), "", "", ""),
        ("cap", "6.2", "", "", "", "", "", random.choice(("9000", "20000.50")), "", ""),
        ("sebb", "", "1100", "person", "month", "", "", "", "400", random.choice(("yes", ""))),
        ("phone", "", "333.33", "fte", "year", "", "", "", "", ""),
    ]
    days = random.choice((180, 190, 195))
    return {
        "district": sheet("district", [("Any", start, end)]),
        "roles": sheet(
            "roles", [("w", "Worker", random.choice((420, 444, 480)), days, basis, 24, 8)]
        ),
        "pay": sheet("pay", pay),
        "allowances": sheet(
            "allowances",
            [
                ("lead", "1324", "year", "", "prorated"),
                ("once", "500.55", "year", "", "flat"),
                ("part", "2.5", "percent", "", "prorated"),
            ],
        ),
        "oncosts": sheet("oncosts", random.sample(costs_of_employers, 4)),
        "staff": sheet("staff", people),
        "positions": sheet("positions", positions),
        "assignments": sheet("assignments", rows),
    }


FUNDINGS = ("t1-elm:100", "t1-elm:50;general:50", "t1-elm:40;general:60", "t1-elm:70")
EXTRA = ("", "lead", "once", "lead;once;part")


def _money(cents: int) -> str:
    return f"{Decimal(cents) / 100:.2f}"


def _held(
    random: Random, name: str, names: list[str], first: date, last: date, own: str
) -> list[tuple[object, ...]]:
    """Rows of a position: who holds it in turn, sometimes two at once, with gaps; their leave, and
    who fills it meanwhile.
    """
    rows: list[tuple[object, ...]] = []
    length = (last - first).days
    cuts = sorted(random.sample(range(1, length), random.randint(0, 3)))
    for since, until in zip((0, *cuts), (*cuts, length + 1), strict=True):
        begins, ends = first + timedelta(days=since), first + timedelta(days=until - 1)
        staff = own or random.choice(names)
        for _ in range(1 if random.random() < 0.8 else 2):
            if not own and random.random() < 0.9:
                terms = (
                    random.choice(("", "", "0.5")),
                    random.choice(("", *STEPS)),
                    random.choice(("", "", *FUNDINGS)),
                )
                shown = begins if since else random.choice((begins, ""))
                over = ends if until <= length else random.choice((ends, ""))
                rows.append((name, staff, shown, over, *terms, "", ""))
        if random.random() < 0.4:
            away = begins + timedelta(days=random.randint(0, (ends - begins).days))
            back = away + timedelta(days=random.randint(0, (ends - away).days))
            paid = random.choice(("yes", "no", ""))
            rows.append((name, staff, away, back, "", "", "", "leave", paid))
            if random.random() < 0.7:
                other = random.choice(names)
                rows.append(
                    (name, other, away, back, "", random.choice(("", "2")), "", "substitute", "")
                )
    return rows


def test_two_pricings_of_random_histories_agree():
    _all_agree(range(FEW))


@pytest.mark.slow
def test_two_pricings_of_many_random_histories_agree():
    _all_agree(range(FEW, HISTORIES))


def _all_agree(seeds: range) -> None:
    for seed in seeds:
        random = Random(seed)
        texts = history(random)
        problem = Problem(dataset(**texts, groups=None, duties=None, blocks=None))
        read = {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}
        _agree(seed, problem, Oracle(read), random)


def _agree(seed: int, problem: Problem, oracle: Oracle, random: Random) -> None:
    positions = budgeted_as_they_stand(problem)
    found = costs(problem, positions)
    parts = [part for cost in found.positions for part in cost.parts]
    theirs = {
        (part.holding.of.position, part.holding.staff, part.holding.kind, part.holding.start): {
            line.name: line.amount for line in part.lines if line.kind != "oncost"
        }
        for part in parts
    }
    assert len(theirs) == len(parts) or len(oracle.times) == len(parts), seed
    ours = {(t.position, t.staff, t.kind, t.first): _lines(oracle, t) for t in oracle.times}
    assert {key: _named(lines) for key, lines in theirs.items()} == ours, seed
    by_person: dict[str, dict[str, Decimal]] = {}
    for part in parts:
        for line in part.lines:
            if line.kind == "oncost" and line.amount:
                mine = by_person.setdefault(part.holding.staff, {})
                mine[line.name] = mine.get(line.name, Decimal(0)) + line.amount
    people = {time.staff for time in oracle.paid}
    assert by_person == {p: due for p in people if (due := oracle.oncosts(p))}, seed
    _adds_up(seed, problem, found.positions)
    for _ in range(3):
        _seats(seed, problem, Budgeted(positions, found, ()), oracle, random.choice(oracle.days))


def _named(lines: dict[str, Decimal]) -> dict[str, Decimal]:
    """The lines of pay under one name."""
    return {("pay" if name.startswith("w ") else name): amount for name, amount in lines.items()}


def _lines(oracle: Oracle, time) -> dict[str, Decimal]:  # type: ignore[no-untyped-def]
    return {"pay": oracle.pay(time)} | oracle.allowances(time) if time.paid else {}


def _adds_up(seed: int, problem: Problem, found) -> None:  # type: ignore[no-untyped-def]
    """Lines add to positions, positions to assignments, to months, to funds, to the cent; two equal
    shares of all that a position costs differ by a cent at most.
    """
    for cost in found:
        assert cost.total == sum((part.total for part in cost.parts), Decimal(0)), seed
        assert cost.total == sum((line.amount for line in cost.lines), Decimal(0)), seed
        assert cost.total == sum(cost.funds.values(), Decimal(0)), seed
        months: dict[str, Decimal] = {}
        held = Employments(problem).held(cost.position)
        for employment, part in zip(held, cost.parts, strict=True):
            for paid in by_month(problem.data.district, employment, part).values():
                for fund, amount in paid.items():
                    months[fund] = months.get(fund, Decimal(0)) + amount
        assert {fund: amount for fund, amount in cost.funds.items() if amount} == {
            fund: amount for fund, amount in months.items() if amount
        }, seed
        shares = [[one.percent for one in part.holding.held.funding] for part in cost.parts]
        if cost.lines and all(percents == [50, 50] for percents in shares):
            assert abs(cost.funds["t1-elm"] - cost.funds["general"]) <= Decimal("0.01"), seed


def _seats(seed: int, problem: Problem, budget: Budgeted, oracle: Oracle, day: date) -> None:
    """Of each position what somebody has is filled, the rest of it vacant, and no more than it."""
    total = head_count(problem, budget, day).total
    filled = vacant = Fraction(0)
    for row in oracle.sheets["positions"]:
        there = (row["start"] or "0") <= day.isoformat() <= (row["end"] or "9")
        fte, held = Fraction(row["fte"]), Fraction(oracle.seats(row["position"], day))
        filled += min(fte, held)
        vacant += max(Fraction(0), fte - held) if there else 0
    assert (total.filled.fte, total.vacant.fte) == (filled, vacant), (seed, day)
