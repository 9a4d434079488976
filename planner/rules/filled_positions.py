"""Filled positions stay: nobody's job is cut where another way does."""

from collections.abc import Iterator
from fractions import Fraction

from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.positions import as_they_stand, before_budget
from planner.rules.cells import Where
from planner.rules.funding import SCOPES, WHOLE, about, exactly, hundredths, paid_by
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Setting, Strength, Violation
from planner.rules.settings import setting_of
from planner.words.wording import Words, listed


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """What is cut of each filled position, or the whole of one that is no longer budgeted."""
    words = Words(problem.data.district.locale)
    budgeted = {position.position: position.fte for position in plan.budgeted}
    called = {person.staff: person.called for person in before_budget(problem).data.staff}
    for position in as_they_stand(problem) if plan.positions is not None else ():
        before, after = position.fte, budgeted.get(position.position, Fraction(0))
        if after < before:
            cut = (
                f"from {exactly(words, before)} to {exactly(words, after)} FTE"
                if after
                else f"wholly ({exactly(words, before)} FTE)"
            )
            message = (
                f"{position.position}, which {called.get(position.staff, position.staff)} "
                f"holds, is cut {cut}."
            )
            yield Violation(
                RULE.key, about(position, position.staff), hundredths(before - after), message
            )
    yield from _paid_otherwise(problem, plan)


def _paid_otherwise(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The part of a position's FTE that moves to other funds, where filled positions must stay:
    one whose money is taken elsewhere does not stay as it was decided.
    """
    problem = before_budget(problem)
    setting, stand = setting_of(problem, RULE), {p.position: p for p in as_they_stand(problem)}
    for after in plan.budgeted:
        before = stand.get(after.position)
        if before is None or not before.funding:
            continue
        where = about(before, before.staff)
        was, now = paid_by(before.funding), paid_by(after.funding)
        moved = sum(
            (
                max(Fraction(0), percent - now.get(fund, Fraction(0)))
                for fund, percent in was.items()
            ),
            Fraction(0),
        )
        if moved and setting.at(problem.scopes(where)).strength is Strength.HARD:
            message = (
                f"{before.position} is filled and paid by {listed(list(was))}; it must stay so, "
                f"and is paid by {listed(list(now)) or 'no fund'}."
            )
            yield Violation(RULE.key, where, hundredths(before.fte * moved / WHOLE), message)


def _remedy(problem: Problem, position: FundedPosition, where: Where) -> str:
    return "pin it (sheet pins, kind position) if it must stay, or write the smaller FTE in fte."


RULE = Rule(
    key="filled_positions",
    title="Filled positions",
    sentence="Filled positions keep the FTE that they have; where they must (hard), also the "
    "funds that their rows name.",
    formula="for each filled position x: fte(x) ≥ fte(x) as it stands; hard, for each fund f in "
    "its row: percent(x, f) as it stands",
    unit="hundredths of FTE",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    default=Setting(Strength.SOFT),
    scopes=SCOPES,
    part="budget",
    hr=HrSection.POSITIONS,
    remedy=Remedy(_remedy),
)
