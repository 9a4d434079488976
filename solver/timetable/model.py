"""The model on one screen: variables, every rule that is on, then what nobody can do at once."""

from collections.abc import Iterable, Mapping
from math import inf
from operator import itemgetter
from time import monotonic

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Attendance
from planner.rules import RULES
from planner.rules.rule import TIMETABLE, Rule, Setting
from solver.posting import Literal
from solver.timetable import two_school_days, variables
from solver.timetable.rules import builder
from solver.timetable.rules.named_dates import shared
from solver.timetable.surroundings import Surroundings
from solver.timetable.timetable import Timetable


def build(
    problem: Problem,
    settings: Mapping[str, Setting],
    *,
    services: Iterable[Service] | None = None,
    people: Iterable[Person] | None = None,
    training: Iterable[Attendance] = (),
    diagnose: bool = False,
    until: float = inf,
    around: Surroundings | None = None,
) -> Timetable:
    """The timetable of some services and people (by default all), with every rule that is not off
    posted to it.

    Raises TimeoutError where that is not done by then (of the monotonic clock; asked before each
    rule).
    """
    timetable = Timetable(
        problem,
        settings,
        services=services,
        people=people,
        training=training,
        diagnose=diagnose,
        around=around,
    )
    variables.create(timetable)
    two_school_days.build(timetable)
    for rule in RULES:
        if monotonic() >= until:
            raise TimeoutError
        kept_here = rule.part == TIMETABLE and not rule.checked_alone
        if kept_here and timetable.posting.is_on_somewhere(rule):
            builder(rule)(timetable)
    _nobody_twice(timetable)
    return timetable


def _nobody_twice(timetable: Timetable) -> None:
    """For each person and tick: Σ of what takes their time ≤ 1, as cliques at the ticks at which
    something starts.

    One clique for sessions, lunch, preparation and travel together is what makes the relaxation
    count a day's minutes. In diagnosis each rule is posted apart, so that it can be blamed for what
    it brings.
    """
    for (person, day), taken in timetable.taken.items():
        waiting = sorted(taken, key=itemgetter(1), reverse=True)
        open_now: list[tuple[Rule, int, int, Literal]] = []
        while waiting:
            tick = waiting[-1][1]
            open_now = [entry for entry in open_now if entry[2] > tick]
            while waiting and waiting[-1][1] == tick:
                open_now.append(waiting.pop())
            covering = [(rule, literal) for rule, _, _, literal in open_now]
            if timetable.sharing:
                covering = shared(timetable, (person, day), covering)
            if timetable.posting.diagnose:
                _blamed_apart(timetable, (person, day), covering)
            elif len(covering) > 1:
                timetable.model.add_at_most_one(literal for _, literal in covering)


def _blamed_apart(
    timetable: Timetable, where: tuple[str, str], covering: list[tuple[Rule, Literal]]
) -> None:
    """A rule's own literals: at most one; with those of earlier rules: earlier + M × own ≤ M, M the
    number of the earlier.
    """
    earlier: list[Literal] = []
    for rule in RULES:
        own = [literal for entered_by, literal in covering if entered_by is rule]
        timetable.posting.at_most_one(rule, where, own)
        if own and earlier:
            most = len(earlier)
            timetable.posting.at_most(rule, where, sum(earlier) + most * sum(own), most)
        earlier += own
