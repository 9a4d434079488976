"""Decisions on positions stand.

Their FTE, who holds them and where, and what is not to be funded.
"""

from collections.abc import Iterator

from planner.facts.decisions import Pin
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition, Plan
from planner.plan.position_choices import no_choice, pinned_fte
from planner.plan.positions import decimal_fte
from planner.rules.funding import exactly
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.rule import Rule, Violation
from planner.words.wording import Words, listed


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each decision on a position that does not stand."""
    words = Words(problem.data.district.locale)
    budgeted = {position.position: position for position in plan.budgeted}
    for number, pin in enumerate(problem.pins, start=1):
        if pin.subject in problem.positions and plan.positions is not None:
            position = budgeted.get(pin.subject)
            where = (f"pin {number}", pin.subject, pin.staff)
            if pin.kind == "forbid" and position is not None and _meets(pin, position):
                message = (
                    f"{pin.subject} is budgeted; {in_words(problem, pin)} is forbidden "
                    f"(pin {number})."
                )
                yield Violation(RULE.key, where, 1, message)
            elif (
                pin.kind == "position"
                and not _stands(pin, position)
                and not no_choice(problem, pin)
            ):
                has = f"{exactly(words, position.fte)} FTE" if position else "not budgeted"
                message = (
                    f"{in_words(problem, pin)} was decided (pin {number}); it is "
                    f"{has}{_elsewhere(problem, pin, position)}."
                )
                yield Violation(RULE.key, where, 1, message)


def notes(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each decision that is not taken, because the position cannot be so."""
    for number, pin in enumerate(problem.pins, start=1):
        reason = no_choice(problem, pin)
        if reason and plan.positions is not None:
            message = (
                f"{in_words(problem, pin)} was decided (pin {number}) and cannot be: {reason}. The "
                "decision is not taken."
            )
            yield Violation(RULE.key, (f"pin {number}", pin.subject, pin.staff), 1, message)


def _stands(pin: Pin, position: FundedPosition | None) -> bool:
    wanted = pinned_fte(pin)
    if position is None:
        return wanted == 0
    return _meets(pin, position) and (
        wanted is None or decimal_fte(position.fte) == decimal_fte(wanted)
    )


def _meets(pin: Pin, position: FundedPosition) -> bool:
    """Whether a position is at the pin's school and of its person, as far as it names them."""
    return pin.staff in ("", position.staff) and (not pin.school or pin.school in position.school)


def in_words(problem: Problem, pin: Pin) -> str:
    """What a pin says of its position."""
    words = Words(problem.data.district.locale)
    wanted = pinned_fte(pin) if pin.kind == "position" else None
    parts = [f"with {exactly(words, wanted)} FTE"] if wanted is not None else []
    parts += [f"at {problem.schools[pin.school].name}"] if pin.school else []
    parts += [f"held by {pin.staff}"] if pin.staff else []
    return " ".join((pin.subject, *parts))


def _elsewhere(problem: Problem, pin: Pin, position: FundedPosition | None) -> str:
    """Where a position is and who holds it, as far as the pin speaks of that."""
    if position is None:
        return ""
    places = listed([problem.schools[school].name for school in position.school]) or "any school"
    return (f" at {places}" if pin.school else "") + (
        f" held by {position.staff}" if pin.staff else ""
    )


RULE = Rule(
    key="position_pins",
    title="Pinned positions",
    sentence="A pinned position is budgeted with the FTE, at the school and for the person that "
    "its pin names; one that is"
    " forbidden is not budgeted so. What the position cannot be is not taken, and noted.",
    formula="for each pin of position x: fte(x) = value, school ∈ schools(x), staff(x) = staff; "
    "forbidden x is not budgeted",
    unit="decisions",
    violations=violations,
    readers=Readers.EVERYBODY,
    part="budget",
    notes=notes,
    hr=HrSection.POSITIONS,
    remedy=Remedy(
        otherwise="Sheet pins: take the pin away, or let the position have what it says."
    ),
)
