"""What a plan leaves out, as lines of a terminal."""

from collections.abc import Iterator, Sequence

from planner.problem.problem import Problem
from planner.reports.blocks import service_name
from planner.result import Unserved
from planner.words import Words

MOST_SHOWN = 10


def left_out_lines(title: str, problem: Problem, found: Sequence[Unserved], words: Words, more: str) -> Iterator[str]:
    """Under a title, each service that gets less than it is owed, what it gets, and what stopped the rest; nothing where there
    is none. `more` says where those are that are too many to show.
    """
    if not found:
        return
    yield title
    for left in found[:MOST_SHOWN]:
        service = problem.service_of[left.service]
        place = f", {problem.schools[service.school].name}" if service.school else ""
        given = words.number(left.sessions_given) if left.sessions_given else "none"
        amount = f"{given} of {words.count(left.sessions_owed, 'session')}"
        yield f"  {service_name(problem, service)}{place}: {amount}. {left.reason}".rstrip()
    if len(found) > MOST_SHOWN:
        yield f"  … and {words.number(len(found) - MOST_SHOWN)} more; {more}."
