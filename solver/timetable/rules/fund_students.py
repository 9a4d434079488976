"""given[g, p, d, t] exists only where some fund of p may serve g."""

from planner.facts.fund_students import funds_allow
from planner.rules.fund_students import RULE
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """Filters when variables are made; in diagnosis, forbids what the filter would have left
    out.
    """
    if not timetable.posting.diagnose:
        return
    for (service, person, *_), literal in timetable.given.items():
        if not funds_allow(timetable.problem, person, timetable.service(service)):
            timetable.posting.never(RULE, (service,), literal)
