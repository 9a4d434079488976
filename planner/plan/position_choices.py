"""What a plan may budget of a position: with which FTE, where and for whom; and the decisions on
positions that ask for something else.
"""

from collections.abc import Callable, Iterator
from fractions import Fraction

from planner.facts.cell_numbers import fte
from planner.facts.decisions import Pin
from planner.facts.funds import Position
from planner.facts.problem import Problem
from planner.plan.plan import FundedPosition
from planner.plan.positions import before_budget, decimal_fte, funded
from planner.words.wording import Words, listed


def choices(problem: Problem, row: Position) -> Iterator[FundedPosition]:
    """Everything that a plan may budget of a position, largest first.

    A filled position as it stands, or not at all; another one at each FTE that it may have, and
    where it names no school and no fund, at each school as well.
    """
    if row.status == "filled":
        yield funded(problem, row)
        return
    schools: list[tuple[str, ...]] = [row.school]
    if not row.school and not row.funding:
        schools += [(school.school,) for school in problem.data.schools if school.kind == "school"]
    for share in _shares(problem, row):
        for school in schools:
            yield funded(problem, row, fte=share, school=school)


def _shares(problem: Problem, row: Position) -> tuple[Fraction, ...]:
    """The FTE that a position may have, largest first: its own; else from its least to its largest
    in the job class's steps.
    """
    role = problem.roles[row.role]
    if row.fte is not None or row.week_minutes is not None:
        return (funded(problem, row).fte,)
    least = max(Fraction(row.min_fte or 0), Fraction(role.min_fte or 0))
    most = Fraction(row.max_fte or 1)
    if role.fte_step is None:
        return tuple(sorted({fte for fte in (least, most) if fte}, reverse=True))
    step = Fraction(role.fte_step)
    first = -(-least // step) or 1
    return tuple(step * number for number in range(int(most // step), int(first) - 1, -1))


def pinned_fte(pin: Pin) -> Fraction | None:
    """The FTE that a position is pinned to; None where the pin speaks of none. Raises
    ValueError.
    """
    return Fraction(fte(pin.value)) if pin.value else None


def no_choice(problem: Problem, pin: Pin) -> str:
    """Why a decision on a position asks for what the position cannot be, in words; blank where it
    can, or where the pin is no such decision. It is then a choice that is not taken: what was
    decided by mistake on one position must not leave a district without a plan.
    """
    if pin.kind != "position" or pin.subject not in problem.positions or pinned_fte(pin) == 0:
        return ""
    problem = before_budget(problem)
    left = list(choices(problem, problem.positions[pin.subject]))
    for how, is_met, named in _asked(problem, pin):
        met = [choice for choice in left if is_met(choice)]
        if not met:
            possible = list(dict.fromkeys(named(choice) for choice in left))
            return f"{pin.subject} can only be {how} {listed(possible, 'or') or 'nothing'}"
        left = met
    return ""


Asked = tuple[str, Callable[[FundedPosition], bool], Callable[[FundedPosition], str]]


def _asked(problem: Problem, pin: Pin) -> Iterator[Asked]:
    """What a pin asks of a position: the words before what it may be, whether a choice meets it,
    and what a choice has.
    """
    words, wanted = Words(problem.data.district.locale), pinned_fte(pin)
    if wanted is not None:
        pinned = decimal_fte(wanted)
        yield (
            "budgeted with",
            lambda choice: decimal_fte(choice.fte) == pinned,
            lambda choice: f"{words.exact(decimal_fte(choice.fte))} FTE",
        )
    if pin.school:
        yield (
            "at",
            lambda choice: pin.school in choice.school,
            lambda choice: (
                listed([problem.schools[school].name for school in choice.school])
                or "the schools that the plan finds for it"
            ),
        )
    if pin.staff:
        yield "held by", lambda choice: choice.staff == pin.staff, lambda choice: choice.staff
