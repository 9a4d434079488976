"""Who is cut and who is paid otherwise, as a terminal says it first."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.hr.cuts import cut_headline, cut_reason, paid_otherwise
from planner.plan.plan import Plan
from ui.render.left_out_lines import MOST_SHOWN


def cut_lines(problem: Problem, plan: Plan) -> Iterator[str]:
    """Before all else of a plan: who loses a position, and why, and who is paid otherwise."""
    yield from filter(None, (cut_headline(problem, plan), cut_reason(problem, plan)))
    changed = list(paid_otherwise(problem, plan))
    yield from changed[:MOST_SHOWN]
    if len(changed) > MOST_SHOWN:
        yield f"… and {len(changed) - MOST_SHOWN} more are paid otherwise."
