"""Why something was left out, in sentences that a planner understands."""

from collections import Counter
from collections.abc import Callable, Sequence

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.facts.session_lengths import numbers_that_sum
from planner.plan.plan import Plan
from planner.plan.result import Unserved
from planner.rules import RULE_OF
from planner.rules.obstacles import Moment, Obstacle, Obstacles
from planner.rules.rule import Rule
from planner.rules.stops import Stopped, shortened

MOST_TRIED = 120
"""Most ways of giving a session that are looked at for one service."""
FEWEST_TRIED = 15
"""Fewest of them, where much is left out."""
TRIED_IN_ALL = 4000
"""Ways that are looked at in all."""
NOT_LOOKED_AT = (
    "",
    "The time was over before a reason was looked for. planner check looks for one.",
)
"""What is said, and no rule named, where there was no time to find out."""


def unserved(
    problem: Problem, plan: Plan, is_over: Callable[[], bool] = lambda: False
) -> tuple[Unserved, ...]:
    """Everything that is not given all it is owed, the highest tier and priority first, with what
    stopped it; once the time is over (asked before each), that nobody looked.
    """
    lacking = _lacking(problem, plan)
    short = [s for s in problem.services if lacking[s.id]]
    short.sort(key=lambda s: (-s.tier, -s.priority, s.id))
    tried = max(FEWEST_TRIED, min(MOST_TRIED, TRIED_IN_ALL // max(1, len(short))))
    obstacles = Obstacles(problem, plan)
    reasons = {
        service.id: NOT_LOOKED_AT if is_over() else _why(obstacles, service, tried)
        for service in short
    }
    return tuple(
        Unserved(s.id, given + lacking[s.id], given, *reasons[s.id])
        for s in short
        for given in [len(plan.sessions_of.get(s.id, ()))]
    )


def left_out(problem: Problem, plan: Plan, named: tuple[Unserved, ...]) -> list[Unserved]:
    """What a plan gives less than it is owed, with the reason where one was found: nothing at all
    first, then by tier.
    """
    told = {left.service: left for left in named}
    given = {service.id: len(plan.sessions_of.get(service.id, ())) for service in problem.services}
    lacking = _lacking(problem, plan)
    found = [
        told.get(
            service.id,
            Unserved(
                service.id,
                given[service.id] + lacking[service.id],
                given[service.id],
                "",
                "No reason was recorded.",
            ),
        )
        for service in problem.services
        if lacking[service.id] or service.id in told
    ]
    return sorted(
        found,
        key=lambda left: (
            left.sessions_given > 0,
            -problem.service_of[left.service].tier,
            left.service,
        ),
    )


def _lacking(problem: Problem, plan: Plan) -> dict[str, int]:
    """How many sessions each service lacks."""
    return {
        service.id: service.lacking(plan.minutes_of(service.id)) for service in problem.services
    }


def why(problem: Problem, plan: Plan, service: Service, tried: int = MOST_TRIED) -> tuple[str, str]:
    """The rule that stops one more session of a service beside the rest of a plan, and a sentence
    that names the subject.
    """
    return _why(Obstacles(problem, plan), service, tried)


def _why(obstacles: Obstacles, service: Service, tried: int) -> tuple[str, str]:
    given = sum(session.minutes for session in obstacles.own(service))
    rest = service.owed - given
    if service.varied and given and not numbers_that_sum(service.lengths, rest):
        return (
            "dosage",
            f"The sessions that {service.id} gets come to {given} of {service.owed} minutes, and "
            f"none of {service.lengths_said} minutes make up the other {rest}.",
        )
    qualified = obstacles.able(service)
    rule = _never(obstacles, service, qualified)
    if rule is not None:
        return rule.key, _never_because(obstacles, service, rule)
    able, keeping = obstacles.still_able(service, qualified)
    if keeping is not None and not able:
        adults = {name for session in obstacles.own(service) for name in session.staff}
        return keeping.key, _sentence(obstacles, service, keeping, sorted(adults))
    times, closing = obstacles.still_open(service, obstacles.times(service), obstacles.own(service))
    if closing is not None and not times:
        return closing.key, _sentence(obstacles, service, closing)
    if service.adults > 1:
        return _why_several(obstacles, service, able, times, tried)
    stops: list[Obstacle] = []
    free: dict[str, set[str]] = {}
    ways = [(person, moment) for person in able for moment in times]
    for person, moment in ways[:: max(1, len(ways) // tried)]:
        stop = obstacles.stop(service, (person,), moment)
        if stop:
            stops.append(stop)
        else:
            free.setdefault(person, set()).add(moment[0])
    return _verdict(obstacles, service, stops, free)


def _why_several(
    obstacles: Obstacles, service: Service, able: list[str], times: Sequence[Moment], tried: int
) -> tuple[str, str]:
    """The same of a service that several adults serve at once."""
    stops: list[Obstacle] = []
    days: set[str] = set()
    few = False
    for moment in times[:: max(1, len(times) * len(able) // tried)]:
        of_each = {person: obstacles.stop(service, (person,), moment) for person in able}
        stops += [stop for stop in of_each.values() if stop]
        open_to = [person for person, stop in of_each.items() if stop is None]
        few = few or 0 < len(open_to) < service.adults
        if len(open_to) >= service.adults:
            stop = obstacles.stop(service, tuple(open_to[: service.adults]), moment)
            if stop:
                stops.append(stop)
            else:
                days.add(moment[0])
    if few and not days:
        rule = RULE_OF["attendance"]
        return rule.key, _sentence(obstacles, service, rule)
    return _verdict(obstacles, service, stops, {"": days} if days else {})


def never(problem: Problem, service: Service) -> str:
    """The rule that stops a service whatever else is planned, because nobody may serve it or no
    window holds it; or blank.
    """
    obstacles = Obstacles(problem, Plan())
    rule = _never(obstacles, service, obstacles.able(service))
    return rule.key if rule else ""


def never_because(problem: Problem, service: Service, rule: str) -> str:
    """What `never` found, as a sentence."""
    return _never_because(Obstacles(problem, Plan()), service, RULE_OF[rule])


def _never(obstacles: Obstacles, service: Service, able: list[str]) -> Rule | None:
    if not able:
        near = obstacles.problem.people_at[service.school]
        lacking = [RULE_OF[obstacles.unfit(service, person)[0].rule] for person in near]
        return max(lacking, key=lambda rule: rule.stops.rank, default=RULE_OF["qualification"])
    if len(able) < service.adults:
        return RULE_OF["attendance"]
    earliest = _earliest_starts(obstacles.problem, service)
    if next(obstacles.times(service, earliest), None) or next(obstacles.times(service), None):
        return None
    return obstacles.closing(service)


def _never_because(obstacles: Obstacles, service: Service, rule: Rule) -> str:
    """Nobody may serve it, each for some reason, or else no time is open."""
    able = obstacles.able(service)
    if able:
        few = able if len(able) < service.adults else []
        return _sentence(obstacles, service, rule, few)
    problem = obstacles.problem
    place = problem.schools[service.school].name if service.school else "the district"
    reasons = Counter(
        violation.message.split(": ", 1)[-1].rstrip(".")
        for person in problem.people_at[service.school]
        for violation in obstacles.unfit(service, person)[:1]
    )
    common = "; ".join(f"{reason} ({count})" for reason, count in reasons.most_common(3))
    return f"Nobody at {place} may serve {service.id}" + (f": {common}." if common else ".")


def _earliest_starts(problem: Problem, service: Service) -> list[int]:
    """The starts that a session could not be moved before: where a window, block or day begins, or
    a busy time ends.

    If none of them will do, no start will.
    """
    row = service.group or service.duty
    begins = {0, *(window.start for window in row.windows)} if row else {0}
    if service.school:
        hours = (problem.hours(service.school, day) for day in problem.cycle)
        begins |= {open_[0] for open_ in hours if open_}
    if service.group:
        begins |= {window.end for window in service.group.busy}
        begins |= {
            b.start
            for grade in service.group.grades
            for b in problem.blocks_of.get((service.school, grade), ())
        }
    return sorted({-(-begin // problem.grid) * problem.grid for begin in begins})


def _verdict(
    obstacles: Obstacles, service: Service, stops: list[Obstacle], free: dict[str, set[str]]
) -> tuple[str, str]:
    """What is said of the ways that were tried: where nobody is at work matters only if that is so
    everywhere.

    `free` holds the days on which nothing stops somebody, or (blank) everybody who is named.
    """
    problem = obstacles.problem
    given = len(obstacles.own(service))
    needed = service.fewest - given if given < service.fewest else 1
    most = max((len(days) for days in free.values()), default=0)
    if free and most < needed:
        person = max(free, key=lambda name: (len(free[name]), name))
        wanted = f"{needed} sessions with one adult" if person else f"{needed} sessions"
        who = f"{problem.person_of[person].name} has" if person else "all who attend have"
        days = shortened([day for day in problem.cycle if day in free[person]], most=10)
        return ("dosage", f"{service.id} needs {wanted}; {who} time on {days} alone.")
    if free or not stops:
        return (
            "",
            f"There seems to be room for another session of {service.id} beside this plan: a "
            "longer search may give it.",
        )
    ways: dict[str, list[tuple[str, str]]] = {}
    for stop in stops:
        named = ((name, stop.subject) for name in stop.people)
        ways.setdefault(stop.rule.key, []).extend(named)
    present = {key: found for key, found in ways.items() if not RULE_OF[key].stops.is_absence}
    telling = present or ways
    key = max(telling, key=lambda key: len(telling[key]))
    people = list(dict.fromkeys(name for name, _ in telling[key]))
    subjects = Counter(subject for _, subject in telling[key] if subject)
    return key, _sentence(obstacles, service, RULE_OF[key], people, subjects)


def _sentence(
    obstacles: Obstacles,
    service: Service,
    rule: Rule,
    people: list[str] | None = None,
    subjects: Counter[str] | None = None,
) -> str:
    return rule.stops.words(
        Stopped(
            rule.title,
            rule.sentence,
            obstacles.problem,
            service,
            tuple(people or ()),
            subjects or Counter(),
        )
    )
