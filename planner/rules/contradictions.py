"""What contradicts what: each member of a contradiction as a sentence of its own."""

from planner.facts.problem import Problem
from planner.rules import RULE_OF


def contradiction(problem: Problem, key: str, where: tuple[str, ...]) -> str:
    """One member of a contradiction, as a sentence of its own: what this rule asks of this
    subject, in the rule's words, or else its title and sentence.
    """
    rule = RULE_OF[key]
    asked = rule.asks(problem, where) if where else ""
    if asked:
        return asked
    subject = where[0] if where else ""
    day = f" on {where[1]}" if len(where) > 1 and where[1] in problem.cycle else ""
    person = problem.person_of.get(subject)
    school = problem.schools.get(subject)
    name = person.name if person else school.name if school else subject
    return f"{rule.title} ({name}{day}): {rule.sentence}"
