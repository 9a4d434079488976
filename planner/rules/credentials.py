"""People who lack a credential that their job class asks for: a broken rule, with a timetable or
without one.
"""

from collections.abc import Iterator
from datetime import date

from planner.facts.problem import Problem
from planner.facts.roles import Role
from planner.facts.staff_rows import Staff
from planner.rules import settings_of
from planner.rules.qualification import RULE
from planner.rules.rule import Strength, Violation
from planner.words.wording import Words, listed


def missing_credentials(problem: Problem) -> Iterator[Violation]:
    """One for each person of the problem, with what they lack on the planned day, or on their first
    day where that is later; what they held until a date is said with the date.

    What ends later is no breach yet: it stands among the credentials that end.
    """
    words = Words(problem.data.district.locale)
    day, rule = problem.data.district.day_planned, settings_of(problem)[RULE.key]
    for person in problem.data.staff:
        if person.end_date is None or person.end_date >= day:
            asked_on = max(day, person.hire_date or day)
            role = problem.roles[person.role]
            lacking = list(_lacking(person, role, asked_on, words))
            hard = rule.at(problem.scopes((person.staff, person.role))).strength is Strength.HARD
            if lacking and hard:
                message = f"{person.called} lacks {listed(lacking)}, which {role.title} asks for."
                yield Violation(RULE.key, (person.staff, person.role), len(lacking), message)


def _lacking(person: Staff, role: Role, day: date, words: Words) -> Iterator[str]:
    for either in role.requires:
        held = [credential for credential in person.credentials if credential.name in either]
        ends = [credential.expires for credential in held if credential.expires]
        if len(ends) < len(held) or any(end >= day for end in ends):
            continue
        name = " or ".join(either)
        yield f"{name} (ended on {words.day(max(ends))})" if ends else name
