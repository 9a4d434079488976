"""How far each plan's search came: the table `search`. A plan whose time was over first may be
better than its figures.
"""

from collections.abc import Iterator, Sequence

from planner.comparison.document import PlanDocument
from planner.comparison.row import ComparisonRow, ComparisonTable
from planner.plan.result import Status
from planner.rules.goals.goal_text import PROVED, UNKNOWN
from planner.words.wording import listed

STOPPED = {
    "deadline": "stopped by its time",
    "interrupt": "stopped by somebody",
    "": "not proved best",
}
OVER = {"deadline": "time was over first", "interrupt": "search was stopped first"}


def search(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """For each plan that it is proved best, or what stopped it and how much more is possible; no
    figures.
    """
    notes = [_came(plan) for plan in table.plans]
    yield table.row(
        "search", "How far it came", "", [None] * len(notes), notes=notes, known=False, always=True
    )


def unfinished(some: Sequence[tuple[str, PlanDocument]]) -> Iterator[str]:
    """Of some plans by name those whose search ended before they were proved best: a sentence for
    each end.
    """
    for stopped, why in OVER.items():
        names = [
            name for name, plan in some if plan.solver.stopped == stopped and not _is_proved(plan)
        ]
        if names:
            yield (
                f"{listed(names)} may be better than shown: "
                f"{'their' if len(names) > 1 else 'its'} {why}."
            )


def _came(plan: PlanDocument) -> str:
    """`stopped by its time: at most 0.8 % more (Tier 3 minutes)`: of the first goal that is not
    proved.
    """
    if _is_proved(plan):
        return PROVED
    said = STOPPED.get(plan.solver.stopped, STOPPED[""])
    first = next((goal for goal in plan.solver.goals if goal.bound != goal.value), None)
    return (
        f"{said}: {first.words.removesuffix(' is possible')} ({first.title})"
        if first and first.words not in ("", UNKNOWN)
        else said
    )


def _is_proved(plan: PlanDocument) -> bool:
    return plan.solver.status == Status.OPTIMAL.value
