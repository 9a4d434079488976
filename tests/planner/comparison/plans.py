"""The small district of tests/planner/planned.py with money, and plans of it made by hand: every
figure can be worked out on paper.

Two paraeducators at 40,000 a year: P-1 is P1's, whole, on Title I; P-2 is P2's, half, from the
general fund. P-3 is vacant. A year has 36 full weeks or so; what a session gives in it is taken
from the calendar as `planner funds` does.
"""

import copy
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

from planner.document.plan_file import plan_document
from planner.facts.cell_formats import Share
from planner.plan.plan import Plan
from planner.plan.positions import funded, staffed
from planner.plan.result import Finding
from tests.planner import planned

SHEETS = {
    "roles": (
        "role,title,obligation_minutes,contract_days,max_sites_per_day,pay_basis\npara,Paraeducator,420,195,2,annual\n"
    ),
    "pay": "schedule,step,amount,unit\npara,1,40000,year\n",
    "programs": "program,source\ntitle-1,federal\ngeneral,unrestricted\n",
    "funds": "fund,program,school,amount\nt1-elm,title-1,elm,50000\ngeneral,general,,60000\n",
    "positions": (
        "position,role,school,status,staff,fte,max_fte,step,funding\n"
        "P-1,para,elm;oak,filled,P1,1,,1,t1-elm:100\n"
        "P-2,para,elm,filled,P2,0.5,,1,general:100\n"
        "P-3,para,oak,vacant,,0.5,,1,general:100\n"
    ),
}
Json = dict[str, Any]


def document(
    plan: Plan, scenario: str, findings: Iterable[Finding] = (), changes: Iterable[Json] = ()
) -> Json:
    """A plan's file."""
    facts = staffed(planned.problem(**SHEETS), plan.positions)
    result = replace(planned.RESULT, plan=plan, findings=tuple(findings))
    return plan_document(facts, result, scenario=scenario, dataset_hash="abc") | {
        "changes": list(changes)
    }


def with_positions(*names: str, **changes: Callable[[Any], Any]) -> Plan:
    """The plan with some positions of the sheet; `changes` of one of them by its name with `_` for
    `-`.
    """
    facts = planned.problem(**SHEETS)
    rows = [funded(facts, facts.positions[name]) for name in names]
    some = tuple(changes.get(row.position.replace("-", "_"), lambda row: row)(row) for row in rows)
    return replace(planned.PLAN, positions=some)


NOTE = Finding(
    "preparation", "noted", "P1 · Mon", 10, "minutes short", "Para 1 has 50 of 60 minutes on Mon."
)
BREACH = Finding("dosage", "broken", "meet", 1, "sessions", "meet is not what it was.")
CUT = {
    "words": "Title I at Elm: $50,000.00 → $40,000.00",
    "sheet": "funds",
    "key": "t1-elm",
    "subjects": ["t1-elm"],
}
HIRE = {"words": "P-3 is filled", "sheet": "positions", "key": "P-3", "subjects": ["P-3"]}


def now(**more: Any) -> Json:
    """Two positions; one note."""
    return document(with_positions("P-1", "P-2"), "now", [NOTE], **more)


def then(**more: Any) -> Json:
    """P-2 at half of its FTE, half on Title I; P-3 hired; P1 at Oak on Tuesday; one math session
    less; another finding.
    """
    mixed = (Share("t1-elm", 50), Share("general", 50))
    plan = with_positions(
        "P-1", "P-2", "P-3", P_2=lambda row: replace(row, fte=Fraction(1, 4), funding=mixed)
    )
    placements = tuple(
        replace(placement, school="oak")
        if (placement.staff, placement.day) == ("P1", "Tue")
        else placement
        for placement in plan.placements
    )
    sessions = tuple(s for s in plan.sessions if (s.service, s.day) != ("elm-1-math", "Wed"))
    longer = replace(NOTE, amount=25, message="Para 1 has 35 of 60 minutes on Mon.")
    return document(
        replace(plan, placements=placements, sessions=sessions), "then", [longer, BREACH], **more
    )


def changed(base: Json, change: Callable[[Json], None]) -> Json:
    """A copy of a plan's file with something changed in it."""
    found = copy.deepcopy(base)
    change(found)
    return found
