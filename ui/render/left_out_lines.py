"""What a plan leaves out, as lines of a terminal."""

from collections.abc import Iterator, Sequence

from planner.facts.problem import Problem
from planner.plan.result import Unserved
from planner.render.blocks import service_name
from planner.words.wording import Words

MOST_SHOWN = 10


def left_out_lines(
    title: str, problem: Problem, found: Sequence[Unserved], words: Words, more: str
) -> Iterator[str]:
    """Under a title, each service that gets less than it is owed, what it gets, and what stopped
    the rest, together where that is the same; nothing where there is none. `more` says where those
    are that are too many to show.
    """
    if not found:
        return
    yield title
    alike: dict[str, list[str]] = {}
    alone: dict[str, str] = {}
    for left in found[:MOST_SHOWN]:
        service = problem.service_of[left.service]
        place = f", {problem.schools[service.school].name}" if service.school else ""
        given = words.number(left.sessions_given) if left.sessions_given else "none"
        amount = f"{given} of {words.count(left.sessions_owed, 'session')}"
        of_each = left.reason.replace(f"session of {left.service} ", "session of each ")
        alike.setdefault(of_each, []).append(f"{service_name(problem, service)}{place}: {amount}")
        alone[of_each] = left.reason
    for of_each, told in alike.items():
        yield f"  {'; '.join(told)}. {alone[of_each] if len(told) == 1 else of_each}".rstrip()
    if len(found) > MOST_SHOWN:
        yield f"  … and {words.number(len(found) - MOST_SHOWN)} more; {more}."
