"""Why something was left out, in sentences that a planner understands."""

from collections import Counter
from collections.abc import Iterable, Iterator

from planner.facts.person import Person
from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.service import Service
from planner.plan.plan import Placement, Plan, Session
from planner.plan.result import Unserved
from planner.rules import (
    consecutive_contact,
    contact_minutes,
    different_days,
    duty_free_lunch,
    fund_students,
    group_size,
    meal_period,
    minimum_days,
    no_student_twice,
    one_adult,
    one_place_at_once,
    opening_hours,
    order,
    pins,
    preparation,
    pull_out_spaces,
    qualification,
    rest_breaks,
    settings_of,
    shift,
    supervision,
    teacher_time,
    windows,
)
from planner.rules.rule import Rule, Strength, Violation
from planner.rules.settings import setting_of

BLOCKERS = (
    group_size.RULE,
    teacher_time.RULE,
    order.RULE,
    shift.RULE,
    no_student_twice.RULE,
    one_place_at_once.RULE,
    pull_out_spaces.RULE,
    contact_minutes.RULE,
    consecutive_contact.RULE,
    rest_breaks.RULE,
    supervision.RULE,
    minimum_days.RULE,
    pins.RULE,
    duty_free_lunch.RULE,
    meal_period.RULE,
    preparation.RULE,
)
"""What can stop one more session, in the order in which it is blamed."""
ABSENCES = (shift.RULE.key, teacher_time.RULE.key)
"""What is said only where nothing else stops it anywhere: that people are not there."""
MOST_TRIED = 120
"""Most ways of giving a session that are looked at for one service."""
FEWEST_TRIED = 15
"""Fewest of them, where much is left out."""
TRIED_IN_ALL = 4000
"""Ways that are looked at in all."""


def unserved(problem: Problem, plan: Plan) -> tuple[Unserved, ...]:
    """Everything that is not given all it is owed, the highest tier and priority first, with what
    stopped it.
    """
    short = [s for s in problem.services if len(plan.sessions_of.get(s.id, ())) < s.sessions]
    short.sort(key=lambda s: (-s.tier, -s.priority, s.id))
    tried = max(FEWEST_TRIED, min(MOST_TRIED, TRIED_IN_ALL // max(1, len(short))))
    return tuple(_unserved(problem, plan, service, tried) for service in short)


def left_out(problem: Problem, plan: Plan, named: tuple[Unserved, ...]) -> list[Unserved]:
    """What a plan gives less than it is owed, with the reason where one was found: nothing at all
    first, then by tier.
    """
    told = {left.service: left for left in named}
    given = {service.id: len(plan.sessions_of.get(service.id, ())) for service in problem.services}
    found = [
        told.get(
            service.id,
            Unserved(
                service.id, service.sessions, given[service.id], "", "No reason was recorded."
            ),
        )
        for service in problem.services
        if given[service.id] < service.sessions or service.id in told
    ]
    return sorted(
        found,
        key=lambda left: (
            left.sessions_given > 0,
            -problem.service_of[left.service].tier,
            left.service,
        ),
    )


def _unserved(problem: Problem, plan: Plan, service: Service, tried: int) -> Unserved:
    given = len(plan.sessions_of.get(service.id, ()))
    rule, reason = why(problem, plan, service, tried)
    return Unserved(service.id, service.sessions, given, rule, reason)


def why(problem: Problem, plan: Plan, service: Service, tried: int = MOST_TRIED) -> tuple[str, str]:
    """The rule that stops one more session of a service beside the rest of a plan, and a sentence
    that names the subject.
    """
    rule = never(problem, service)
    if rule:
        return rule, never_because(problem, service, rule)
    near = problem.people_at[service.school]
    able = (
        [person.id for person in near if not _unqualified(problem, person, service)]
        if service.adults
        else [""]
    )
    able = _still_able(problem, plan, service, able)
    given = {session.day for session in plan.sessions_of.get(service.id, ())}
    times = [(day, start) for day, start in _times(problem, service) if day not in given]
    if not times and _is_hard(problem, different_days.RULE, service):
        return (
            different_days.RULE.key,
            f"{service.id} has a session on every day of its windows already.",
        )
    blamed: dict[str, list[tuple[str, str]]] = {}
    free: dict[str, set[str]] = {}
    ways = [(person, day, start) for person in able for day, start in times]
    for person, day, start in ways[:: max(1, len(ways) // tried)]:
        rule, subject, who = _stopped_by(problem, plan, service, person, day, start)
        if rule:
            blamed.setdefault(rule, []).extend((name, subject) for name in who)
        else:
            free.setdefault(person, set()).add(day)
    return _verdict(problem, plan, service, blamed, free)


def _still_able(problem: Problem, plan: Plan, service: Service, able: list[str]) -> list[str]:
    """Those of the able who may serve beside the adults that a group has already."""
    adults = {name for session in plan.sessions_of.get(service.id, ()) for name in session.staff}
    full = (
        _is_hard(problem, one_adult.RULE, service)
        and service.most_people is not None
        and len(adults) >= service.most_people
    )
    return [name for name in able if name in adults] if full else able


def _is_hard(problem: Problem, rule: Rule, service: Service) -> bool:
    return setting_of(problem, rule).at(problem.scopes((service.id,))).strength is Strength.HARD


def never(problem: Problem, service: Service) -> str:
    """The rule that stops a service whatever else is planned, because nobody may serve it or no
    window holds it; or blank.
    """
    settings = settings_of(problem)
    is_hard = {
        rule.key: settings[rule.key].strength is Strength.HARD
        for rule in (qualification.RULE, windows.RULE)
    }
    near = problem.people_at[service.school]
    if service.adults and is_hard[qualification.RULE.key]:
        stopped = [_unqualified(problem, person, service) for person in near]
        if all(stopped):
            paid_wrongly = any(found[0].rule == fund_students.RULE.key for found in stopped)
            return fund_students.RULE.key if paid_wrongly else qualification.RULE.key
    if (
        is_hard[windows.RULE.key]
        and next(_times(problem, service, _earliest_starts(problem, service)), None) is None
    ):
        return windows.RULE.key
    return ""


def never_because(problem: Problem, service: Service, rule: str) -> str:
    """What `never` found, as a sentence."""
    return _no_window(problem, service) if rule == windows.RULE.key else _nobody(problem, service)


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
    problem: Problem,
    plan: Plan,
    service: Service,
    blamed: dict[str, list[tuple[str, str]]],
    free: dict[str, set[str]],
) -> tuple[str, str]:
    """What is said of the ways that were tried: where nobody is at work matters only if that is so
    everywhere.

    `free` holds the days on which nothing stops somebody, or (blank) everybody who is named.
    """
    given = len(plan.sessions_of.get(service.id, ()))
    needed = service.fewest - given if given < service.fewest else 1
    most = max((len(days) for days in free.values()), default=0)
    if free and most < needed:
        person = max(free, key=lambda name: (len(free[name]), name))
        wanted = f"{needed} sessions with one adult" if person else f"{needed} sessions"
        who = f"{problem.person_of[person].name} has" if person else "all who attend have"
        return (
            "dosage",
            f"{service.id} needs {wanted}; {who} time on {_days(free[person], problem)} alone.",
        )
    if not blamed:
        return (
            "",
            f"There seems to be room for another session of {service.id} beside this plan: a "
            "longer search may give it.",
        )
    telling = {rule: ways for rule, ways in blamed.items() if rule not in ABSENCES} or blamed
    rule = max(telling, key=lambda key: len(telling[key]))
    names = list(dict.fromkeys(name for name, _ in telling[rule]))
    return rule, _sentence(
        problem, service, rule, names, Counter(subject for _, subject in telling[rule] if subject)
    )


def _unqualified(problem: Problem, person: Person, service: Service) -> list[Violation]:
    """What keeps a person from serving a service at all: first what they lack, then the funds that
    pay them.
    """
    session = Session(
        service.id, problem.cycle[0], 0, service.minutes, (person.id,), service.school, service.kind
    )
    lacking = qualification.RULE.violations(problem, Plan((), (session,)))
    if setting_of(problem, fund_students.RULE).strength is not Strength.HARD:
        return [*lacking]
    return [*lacking, *fund_students.RULE.violations(problem, Plan((), (session,)))]


def _nobody(problem: Problem, service: Service) -> str:
    place = problem.schools[service.school].name if service.school else "the district"
    near = problem.people_at[service.school]
    reasons = [
        v.message.split(": ", 1)[-1].rstrip(".")
        for p in near
        for v in _unqualified(problem, p, service)[:1]
    ]
    common = "; ".join(f"{reason} ({count})" for reason, count in Counter(reasons).most_common(3))
    return f"Nobody at {place} may serve {service.id}" + (f": {common}." if common else ".")


def _times(
    problem: Problem, service: Service, starts: Iterable[int] | None = None
) -> Iterator[tuple[str, int]]:
    """Every day and start inside the service's windows; or of some starts alone."""
    last = MIDNIGHT - service.minutes
    starts = (
        range(0, last + 1, problem.grid)
        if starts is None
        else [start for start in starts if start <= last]
    )
    for day in problem.cycle:
        for start in starts:
            session = Session(
                service.id, day, start, start + service.minutes, (), service.school, service.kind
            )
            alone = Plan((), (session,))
            if not any(
                next(rule.violations(problem, alone), None)
                for rule in (opening_hours.RULE, windows.RULE)
            ):
                yield day, start


def _no_window(problem: Problem, service: Service) -> str:
    group = service.group
    if group is None or group.windows:
        return (
            f"No window given for {service.id} holds {service.minutes} minutes while the "
            "school is open."
        )
    grades = ", ".join(group.grades)
    return (
        f"No block of grade {grades} at {problem.schools[service.school].name} permits "
        f"{group.mode.replace('_', ' ')} for"
        f" {service.minutes} minutes"
        + (" in all these grades at once." if len(group.grades) > 1 else ".")
    )


def _stopped_by(
    problem: Problem, plan: Plan, service: Service, person: str, day: str, start: int
) -> tuple[str, str, tuple[str, ...]]:
    """The first rule that one more session would break, what else it is about, and for whom of
    those who take part: of the named ones, else the adult beside them; nothing where none would.
    """
    session = Session(
        service.id,
        day,
        start,
        start + service.minutes,
        tuple(sorted({*([person] if person else []), *service.attendees})),
        service.school,
        service.kind,
        service.place,
    )
    near = _near(problem, plan, session)
    around = [
        p
        for p in problem.people_at[service.school]
        if p.role.certificated and _is_there(plan, p, session)
    ]
    known = {p.id for p in around}
    people = [
        *around,
        *(
            problem.person_of[name]
            for name in session.staff
            if name in problem.person_of and name not in known
        ),
    ]
    services = {s.service: problem.service_of[s.service] for s in near} | {service.id: service}
    small = problem.part(people, services.values())
    names = {p.id for p in people}
    placements = tuple(p for p in plan.placements if p.day == day and p.staff in names)
    bare = tuple(_without_breaks(p, session.staff) for p in placements)
    settings = settings_of(problem)
    for rule in BLOCKERS:
        if Strength.HARD not in settings[rule.key].strengths:
            continue
        on_breaks = rule in (duty_free_lunch.RULE, meal_period.RULE, preparation.RULE)
        there = placements if on_breaks else bare
        before = {(v.where, v.amount) for v in rule.violations(small, Plan(there, near))}
        broken = {
            name
            for violation in rule.violations(small, Plan(there, (*near, session)))
            if (violation.where, violation.amount) not in before
            if settings[rule.key].at(problem.scopes(violation.where)).strength is Strength.HARD
            for name in violation.where
        }
        if broken:
            named = tuple(name for name in (*service.attendees, *service.guests) if name in broken)
            return (
                rule.key,
                _subject(rule.key, problem, near, session),
                named or ((person,) if person else service.attendees),
            )
    return "", "", ()


def _is_there(plan: Plan, person: Person, session: Session) -> bool:
    """Whether somebody is at a session's school on its day, and may supervise it."""
    return any(
        session.school in ("", placement.school)
        for placement in plan.placed.get((person.id, session.day), ())
    )


def _near(problem: Problem, plan: Plan, session: Session) -> tuple[Session, ...]:
    """The sessions that one more can clash with: of the same people, students or rooms, on the same
    day.
    """
    service = problem.service_of[session.service]
    students = service.students
    found = {
        o
        for o in plan.at_school.get((session.school, session.day), ())
        if o.start < session.end and session.start < o.end
    }
    found |= {
        other for person in session.staff for other in plan.day_of.get((person, session.day), ())
    }
    for student in students:
        for group in problem.students.get(student, ()):
            found |= {
                other for other in plan.sessions_of.get(group.id, ()) if other.day == session.day
            }
    if service.duty and service.duty.after:
        found |= {
            *plan.sessions_of.get(service.duty.after, ()),
            *plan.sessions_of.get(service.id, ()),
        }
    return tuple(sorted(found))


def _without_breaks(placement: Placement, staff: tuple[str, ...]) -> Placement:
    """A placement whose lunch and preparation may still move."""
    if placement.staff not in staff:
        return placement
    return Placement(
        placement.staff,
        placement.day,
        placement.start,
        placement.end,
        placement.school,
        placement.half,
    )


def _subject(rule: str, problem: Problem, near: tuple[Session, ...], session: Session) -> str:
    at_once = [o for o in near if o.start < session.end and session.start < o.end]
    if rule == no_student_twice.RULE.key:
        students = problem.service_of[session.service].students
        return next(
            (o.service for o in at_once if students & problem.service_of[o.service].students), ""
        )
    if rule == one_place_at_once.RULE.key:
        return next((o.service for o in at_once if set(o.staff) & set(session.staff)), "")
    return ""


def _sentence(
    problem: Problem, service: Service, rule: str, people: list[str], subjects: Counter[str]
) -> str:
    names = _listed(
        [problem.person_of[name].name if name in problem.person_of else name for name in people]
    )
    attend = all(name in (*service.attendees, *service.guests) for name in people)
    school = problem.schools[service.school].name if service.school else "work"
    common = _listed([subject for subject, _ in subjects.most_common(3)])
    several = len(people) > 1
    return {
        "shift": f"{names} {'are' if several else 'is'} not at {school} in {service.id}'s windows.",
        "one_place_at_once": f"{names}, who {'must attend' if attend else 'may serve'} "
        f"{service.id},"
        f" {'are' if several else 'is'} taken in its windows"
        + (f" (mostly by {common})." if common else "."),
        "no_student_twice": f"The students of {service.id} are in {common or 'other groups'} at "
        "the times that are left.",
        "pull_out_spaces": f"The pull-out rooms of {school} are full in {service.id}'s windows.",
        "contact_minutes": f"{names} already {'deliver' if several else 'delivers'} as many "
        "minutes a day as the job class allows.",
        "consecutive_contact": f"{names} would work too long without a pause in {service.id}'s "
        "windows.",
        "group_size": f"{service.id} has {service.size} students, more than a group of tier "
        f"{service.tier} may have.",
        "teacher_time": f"{_listed(list(service.guests))} cannot attend {service.id} at the times "
        "that are left.",
        "order": f"{service.id} must wait for {service.duty.after if service.duty else ''}, and "
        "no time is left after it.",
        "rest_breaks": f"{names} would have too little rest in {service.id}'s windows.",
        "meal_period": f"What is left of {service.id}'s windows is needed for the meal of {names}.",
        "supervision": f"Nobody who may supervise {names} is at {school} in {service.id}'s "
        "windows.",
        "minimum_days": f"{service.id} would end after {school} closes early on a minimum day at "
        "the times that are left.",
        "pins": f"A decision on the sheet pins forbids {service.id} at the times that are left.",
        "duty_free_lunch": f"What is left of {service.id}'s windows is needed for the lunch of "
        f"{names}.",
        "preparation": f"What is left of {service.id}'s windows is needed for the preparation of "
        f"{names}.",
    }[rule]


def _listed(names: list[str], most: int = 3) -> str:
    """Some names as a sentence says them; nothing for none."""
    if not names:
        return ""
    shown = names[:most] + ([f"{len(names) - most} more"] if len(names) > most else [])
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def _days(days: set[str], problem: Problem) -> str:
    return _listed([day for day in problem.cycle if day in days], most=10)
