"""What contradicts what: each member of a contradiction as a sentence of its own."""

from planner.facts.cell_formats import clock, write_days, write_windows
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan import contract_year
from planner.plan.plan import Plan
from planner.rules import (
    RULE_OF,
    contract_days,
    duty_free_lunch,
    one_place_at_once,
    opening_hours,
    pins,
    position_split,
    preparation,
    qualification,
    shift,
    windows,
)


def contradiction(problem: Problem, rule: str, where: tuple[str, ...]) -> str:
    """One member of a contradiction, as a sentence of its own: what this rule asks of this
    subject.
    """
    subject = where[0] if where else ""
    day = f" on {where[1]}" if len(where) > 1 and where[1] in problem.cycle else ""
    person = problem.person_of.get(subject)
    service = problem.service_of.get(subject)
    if rule == pins.RULE.key:
        number = int(subject.removeprefix("pin "))
        by_hand = number - len(problem.data.pins)
        if by_hand > 0:
            return problem.edits[by_hand - 1].sentence
        pin = problem.pins[number - 1]
        return f"Pin {number} ({pin.kind}): {pins.in_words(pin)}."
    if rule == position_split.RULE.key:
        return next(
            v.message for v in position_split.RULE.violations(problem, Plan()) if v.where == where
        )
    if rule == contract_days.RULE.key and person:
        days = contract_year.contract_days(problem, person)
        return (
            f"{person.name}'s contract has {days} days: days of the cycle with too many dates "
            "on the calendar cannot be chosen."
        )
    if rule == "required_duties" and service:
        return (
            f"The duty {service.id} is required: {service.sessions} × {service.minutes} "
            "minutes a cycle."
        )
    if rule == windows.RULE.key and service:
        return f"{service.id} may be only in its windows: {_windows(problem, service)}."
    if rule == opening_hours.RULE.key and service:
        return (
            f"{service.id} starts on multiples of {problem.grid} "
            f"minutes{_opening(problem, service, problem.cycle[0])}."
        )
    if rule == shift.RULE.key and person:
        return f"{person.name} works {_shifts(problem, person)}."
    if rule == duty_free_lunch.RULE.key and person:
        begin, end = person.role.lunch_from, person.role.lunch_to
        window = (
            f" between {clock(begin)} and {clock(end)}"
            if begin is not None and end is not None
            else ""
        )
        busy = [w for w in person.row.busy if len(where) > 1 and w.day == where[1]]
        also = f", and is busy {write_windows(busy, problem.data.reading)}" if busy else ""
        return (
            f"{person.name} has {person.lunch_minutes} minutes of duty-free "
            f"lunch{window}{day}{also}."
        )
    if rule == preparation.RULE.key and person:
        return (
            f"{person.name} has {person.role.prep_minutes} minutes of preparation{day}, in "
            "blocks of 20 or more."
        )
    if rule == one_place_at_once.RULE.key and person:
        busy = [w for w in person.row.busy if len(where) < 2 or w.day == where[1]]
        also = (
            f" and is busy {write_windows(busy, problem.data.reading)}"
            if busy and len(where) > 2
            else ""
        )
        return f"{person.name} can be in one place at a time{day}{also}."
    if rule == "attendance" and service:
        return f"{service.id} needs {_adults(service)}{day}."
    if rule == qualification.RULE.key and service:
        return f"Whoever serves {service.id} must be qualified for it."
    name = (
        person.name
        if person
        else problem.schools[subject].name
        if subject in problem.schools
        else subject
    )
    return f"{RULE_OF[rule].title} ({name}{day}): {RULE_OF[rule].sentence}"


def _windows(problem: Problem, service: Service) -> str:
    """A service's windows as they are typed: those given for it, or the blocks that permit it,
    grade by grade.
    """
    row = service.group or service.duty
    if row and row.windows:
        return write_windows(row.windows, problem.data.reading) + _opening(
            problem, service, row.windows[0].day
        )
    if service.group is None:
        return "while the school is open"
    said = []
    for grade in service.group.grades:
        blocks = [
            b
            for b in problem.blocks_of.get((service.school, grade), ())
            if windows.permits(b, service.group)
        ]
        times = [
            f"{write_days(b.days or problem.cycle, problem.data.reading)} "
            f"{clock(b.start)}-{clock(b.end)}"
            for b in blocks
        ]
        said.append(f"grade {grade}: {'; '.join(times) or 'no block'}")
    return ", and ".join(said)


def _opening(problem: Problem, service: Service, day: str) -> str:
    hours = problem.hours(service.school, day) if service.school else None
    return (
        f" (and {problem.schools[service.school].name} is open {clock(hours[0])}–{clock(hours[1])})"
        if hours
        else ""
    )


def _adults(service: Service) -> str:
    parts = [f"{service.adults} adult{'s' if service.adults > 1 else ''}"] if service.adults else []
    return " and ".join(parts + ([", ".join(service.attendees)] if service.attendees else []))


def _shifts(problem: Problem, person: Person) -> str:
    spans = {(s.start, s.end) for s in person.shifts}
    if len(spans) == 1:
        begin, end = next(iter(spans))
        days = [day for day in problem.cycle if problem.shifts_of(person, day)]
        span = f"{clock(begin)}–{clock(end)}"
        worked = person.obligation / max(1, person.shifts[0].obligation)
        some_of = f"{worked:g} of " if worked < len(days) else ""
        return f"{span} on {some_of}{', '.join(days)}"
    return f"{person.obligation} minutes a cycle, in the shifts of the contract"
