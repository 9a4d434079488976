"""Classified jobs are split between positions only into the hours that the district allows."""

import re
from collections.abc import Iterator
from fractions import Fraction

from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.facts.stretches import on_day
from planner.plan.plan import Plan
from planner.plan.positions import share_of_full_time
from planner.rules.cells import Where, nowhere
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Parameter, Rule, Setting, Strength, Violation
from planner.rules.settings import written
from planner.rules.stops import Judges, Stops
from planner.words.wording import Words, listed

MINUTES_AN_HOUR = 60


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each person under contract who holds classified positions in another split. No plan
    can mend one.
    """
    allowed = written(problem, RULE, "allowed_hours")
    if not allowed:
        return
    ways = splits(allowed)
    words = Words(problem.data.district.locale)
    held: dict[str, list[Position]] = {}
    day = problem.data.district.day_planned
    for position in problem.data.positions:
        if not problem.roles[position.role].certificated:
            stretches = problem.stretches.get(position.position)
            for staff in {one.staff: None for one in on_day(position, stretches, day)}:
                held.setdefault(staff, []).append(position)
    for person in problem.people:
        positions = held.get(person.id, [])
        hours = [_hours_a_day(problem, position) for position in positions]
        if (
            len(positions) > 1
            and None not in hours
            and sorted(hour for hour in hours if hour) not in ways
        ):
            each = [
                f"{p.position} ({words.fte(float(hour or 0))} h)"
                for p, hour in zip(positions, hours, strict=True)
            ]
            named = listed(["+".join(words.fte(float(part)) for part in way) for way in ways], "or")
            message = (
                f"{person.name} holds {listed(each)}; a classified job is split as {named} "
                "hours a day alone."
            )
            yield Violation(RULE.key, (person.id,), 1, message)


def splits(text: str) -> list[list[Fraction]]:
    """`3+3; 3+5`: the ways of splitting a job, the fewest hours first. Raises ValueError."""
    ways = [part.strip() for part in text.split(";")]
    for way in ways:
        if not re.fullmatch(r"\d{1,2}(\.\d+)?(\s*\+\s*\d{1,2}(\.\d+)?)+", way):
            raise ValueError(
                f"'{way}' is no split of a job into hours a day. Write it like 3+3; 3+5; 4+4."
            )
    return [sorted(Fraction(hours.strip()) for hours in way.split("+")) for way in ways]


def _hours_a_day(problem: Problem, position: Position) -> Fraction | None:
    """Obligation a day; None where the position does not say how much it is."""
    role = problem.roles[position.role]
    share = share_of_full_time(position, role)
    return None if share is None else share * role.obligation_minutes / MINUTES_AN_HOUR


def _asked(problem: Problem, where: Where) -> str:
    return next(v.message for v in violations(problem, Plan()) if v.where == where)


RULE = Rule(
    key="position_split",
    title="Split of classified jobs",
    sentence="The classified positions of one person are split into hours a day as the district "
    "allows.",
    formula="for each person with several classified positions: hours a day ∈ allowed_hours",
    unit="people",
    violations=violations,
    readers=Readers.EVERYBODY,
    default=Setting(Strength.OFF),
    source="LAUSD Program and Budget Handbook 2022-23, p. 9 (preset us-ca-lausd); none where no "
    "jurisdiction or row says so",
    parameters={
        "allowed_hours": Parameter(
            "Hours a day of several classified positions of one person, like 3+3; 3+5; 4+4",
            "",
            splits,
        )
    },
    cells=nowhere,
    stops=Stops(Judges.NOTHING, because="it is about contracts"),
    asks=_asked,
    is_about_places=True,
    hr=HrSection.POSITIONS,
    needs_whole_person=True,
    remedy=Remedy(
        otherwise="Sheet positions: split the job into 3 + 3, 3 + 5 or 4 + 4 hours a "
        "day, or make it one position."
    ),
)
