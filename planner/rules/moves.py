"""When a session may be moved to, by every hard rule."""

from dataclasses import replace

from planner.facts.problem import Problem
from planner.plan.plan import Plan, Session
from planner.rules.obstacles import Moment, Obstacles
from planner.rules.pins import decided, still_decided
from planner.rules.trial import without_breaks


def moments(problem: Problem, plan: Plan, session: Session) -> list[Moment]:
    """Find every other day and start at which a session could be.

    What stands there makes way when the week is planned again: sessions that no decision holds,
    lunch and preparation. What does not make way are the service's other sessions, what was
    decided, what the service waits for, and where people work; beside these no hard rule may be
    broken that was kept before, for at least one adult who may serve the session.

    Args:
        session: A session of the plan.

    Returns:
        Days and starts in the order of the cycle, without the session's own, without those at
        which it would lie over another session of its service, and without those at which a
        decision that holds the session would no longer stand.
    """
    service = problem.service_of[session.service]
    others = tuple(o for o in plan.sessions_of.get(service.id, ()) if o != session)
    obstacles = Obstacles(problem, _what_stays(problem, plan, session), session.minutes)
    present = tuple(name for name in session.staff if name not in service.attendees)
    able = obstacles.able(service)
    adults: list[tuple[str, ...]] = [
        (name,) for name in sorted(able, key=lambda name: name not in present)
    ]
    if len(present) > 1 and {*present} <= {*able}:
        adults.insert(0, present)
    times, _ = obstacles.still_open(service, obstacles.times(service), others)
    return [
        (day, start)
        for day, start in times
        if (day, start) != (session.day, session.start)
        and still_decided(
            problem, session, replace(session, day=day, start=start, end=start + session.minutes)
        )
        and not any(
            o.day == day and o.start < start + session.minutes and start < o.end for o in others
        )
        and any(obstacles.stop(service, who, (day, start)) is None for who in adults)
    ]


def other_adults(problem: Problem, session: Session) -> list[str]:
    """Find the adults beside those of a session whom no hard rule keeps from serving it, and who
    may be at its school on its day.
    """
    service = problem.service_of[session.service]
    able = Obstacles(problem, Plan()).able(service) if service.adults else []
    return [
        name
        for name in able
        if name not in session.staff
        and any(
            shift.day == session.day and shift.school == session.school
            for shift in problem.person_of[name].shifts
        )
    ]


def _what_stays(problem: Problem, plan: Plan, session: Session) -> Plan:
    """What of a plan does not make way for a session of it."""
    service = problem.service_of[session.service]
    kept = {service.id, service.duty.after if service.duty else ""}
    return Plan(
        tuple(without_breaks(placement) for placement in plan.placements),
        tuple(
            other
            for other in plan.sessions
            if other != session and (other.service in kept or decided(problem, other))
        ),
        plan.training,
        plan.positions,
        plan.elsewhere,
    )
