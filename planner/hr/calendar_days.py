"""Job classes whose contracts have more days than the calendar holds for them."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.plan.contract_year import days_held
from planner.plan.plan import Plan
from planner.rules.contract_days import RULE
from planner.rules.rule import Violation


def beyond_the_calendar(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each job class that somebody is in, as long as no timetable says on which dates each
    of them works: then the rule itself notes the days that are not used.
    """
    used = {person.role for person in problem.data.staff}
    used |= {position.role for position in problem.data.positions}
    for role in problem.roles.values() if not plan.placements else ():
        held = days_held(problem, role)
        if role.role in used and held is not None and held < role.contract_days:
            yield Violation(
                RULE.key,
                (role.title,),
                role.contract_days - held,
                f"{role.title}: the contract says {role.contract_days} days; the calendar holds "
                f"{held} that are worked.",
            )
