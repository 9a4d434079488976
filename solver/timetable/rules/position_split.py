"""Name the contradiction of positions that are split otherwise than the rule asks.

Positions are facts here: 0 = 1 is posted for each person whose positions are split otherwise, so
that the contradiction is named.
"""

from planner.plan.plan import Plan
from planner.rules.position_split import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Nothing where every split is allowed."""
    here = {person.id for person in timetable.people}
    for found in RULE.violations(timetable.problem, Plan()):
        if found.where[0] in here:
            timetable.posting.equal(RULE, found.where, 0, 1)
