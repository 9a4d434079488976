"""Three small districts with pay, by the hour, by the year and in term time, and what is asked of
their costs.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.money import CostLine, Costs, costs
from planner.plan.plan import FundedPosition
from planner.plan.positions import funded
from tests.planner.small import dataset

TACOMA = "name,jurisdiction,year_start,year_end\nTacoma,us-wa,2025-09-03,2026-06-18\n"
ESP = "role,title,obligation_minutes,contract_days,pay_basis,pay_schedule\nesp,ESP,480,195,hourly,PA4\n"
PA4 = """schedule,lane,step,amount,unit,from,to
PA4,72 credits,1,26.81,hour,2025-09-01,2026-08-31
PA4,BA,10,33.76,hour,2025-09-01,2026-08-31
"""
WA_COSTS = """oncost,rate_percent,flat,unit,min_hours_year
sers,7.07,,,
fica,7.65,,,
sebb,,1100,month,630
"""
LAUSD = "name,year_start,year_end\nRegion,2026-08-12,2027-06-10\n"
COACH = "role,title,obligation_minutes,contract_days,pay_basis,budget_item\ncoach,Coach,420,183,annual,18034\n"
SALARY = "schedule,step,amount,unit,from\ncoach,1,100000,year,2026-07-01\n"
DIFF = "allowance,amount,unit,periods,budget_item,match\ndiff,150,period,12,15266,same_percent\n"
NEW_BRIDGE = (
    "name,currency,locale,year_start,year_end\nNew Bridge,GBP,en_GB,2026-09-01,2027-07-21\n"
)
WORKER = """role,title,obligation_minutes,contract_days,pay_basis,pay_schedule,leave_days,bank_holidays
worker,Worker,444,190,term_time,NJC,24,8
worker-36,Worker on 36 h 15,435,190,term_time,NJC,24,8
"""
NJC = "schedule,step,amount,unit,from\nNJC,18,24982,year,2020-04-01\nNJC,22,27041,year,2020-04-01\n"
SEN = "allowance,amount,unit,match\nsen,1324,year,prorated\n"
NI = "oncost,rate_percent,threshold\nni,15,5000\n"


def district(**sheets: str | None) -> Problem:
    """The hourly district, some sheets replaced by other text."""
    own: dict[str, str | None] = {
        "district": TACOMA,
        "roles": ESP,
        "pay": PA4,
        "oncosts": WA_COSTS,
        "staff": None,
        "positions": None,
        "allowances": None,
    }
    return Problem(dataset(**own | sheets), "cost")


def salaried(**sheets: str | None) -> Problem:
    """The district that pays by the year."""
    own: dict[str, str | None] = {
        "district": LAUSD,
        "roles": COACH,
        "pay": SALARY,
        "allowances": DIFF,
        "oncosts": None,
    }
    return district(**own | sheets)


def term_time(**sheets: str | None) -> Problem:
    """The district that pays in term time."""
    own: dict[str, str | None] = {
        "district": NEW_BRIDGE,
        "roles": WORKER,
        "pay": NJC,
        "allowances": SEN,
        "oncosts": NI,
    }
    return district(**own | sheets)


def esp(
    position: str = "P-1", staff: str = "A", fte: str = "0.875", **more: object
) -> FundedPosition:
    return replace(
        FundedPosition(position, "esp", ("elm",), staff, Fraction(fte), "72 credits", "1"), **more
    )  # type: ignore[arg-type]


def coach(
    position: str = "P-1", staff: str = "A", fte: str = "1", **more: object
) -> FundedPosition:
    return replace(
        FundedPosition(position, "coach", ("elm",), staff, Fraction(fte), "", "1"), **more
    )  # type: ignore[arg-type]


def worker(
    step: str = "18", minutes: int = 1975, full: int = 2220, **more: object
) -> FundedPosition:
    role = "worker" if full == 2220 else "worker-36"
    return replace(
        FundedPosition("P-1", role, ("elm",), "A", Fraction(minutes, full), "", step), **more
    )  # type: ignore[arg-type]


def as_funded(problem: Problem) -> Costs:
    """What all the rows of the sheet cost."""
    return costs(problem, [funded(problem, row) for row in problem.data.positions])


def funding(*shares: str) -> tuple[Share, ...]:
    """`t1-elm:50`, or `diff@t1-elm:50`."""
    found = []
    for share in shares:
        name, _, percent = share.rpartition(":")
        allowance, _, fund = name.rpartition("@")
        found.append(Share(fund, Decimal(percent), allowance))
    return tuple(found)


def line(found: Costs, name: str, position: int = 0) -> CostLine:
    """The one line of that name."""
    (one,) = (line for line in found.positions[position].lines if line.name == name)
    return one


def amounts(found: Costs, name: str) -> list[str]:
    """What a line comes to, position by position, where they have it."""
    return [str(line.amount) for line in _lines(found) if line.name == name]


def pay(found: Costs) -> list[str]:
    """The pay of each position."""
    return [str(line.amount) for line in _lines(found) if line.kind == "pay"]


def formulas(found: Costs) -> list[str]:
    return [line.formula for line in _lines(found)]


def _lines(found: Costs) -> Iterable[CostLine]:
    return (line for position in found.positions for line in position.lines)
