"""Everybody who works a day has one lunch of the set length, in its window, free of any work."""

from collections.abc import Iterable, Iterator

from planner.facts.cell_formats import clock, write_windows
from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.rules.cells import Where, lunch_cells
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.rule import Rule, Violation
from planner.rules.stops import Attempt, Judges, Stopped, Stops


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """One for each day whose lunch is missing, short, misplaced or disturbed."""
    for person in problem.people:
        for day in problem.cycle:
            if plan.placed.get((person.id, day)) and person.lunch_minutes:
                reason = _reason(plan, person, day)
                if reason:
                    yield Violation(
                        RULE.key, (person.id, day), 1, f"{person.name} on {day}: {reason}."
                    )


def _reason(plan: Plan, person: Person, day: str) -> str:
    lunches, placements = plan.lunches(person.id, day), plan.placed[person.id, day]
    begins, ends = placements[0].start, placements[-1].end
    if not person.lunch_within(begins, ends):
        return f"a shift of {ends - begins} minutes has no lunch" if lunches else ""
    if len(lunches) != 1:
        return "there is no duty-free lunch" if not lunches else f"there are {len(lunches)} lunches"
    start, end = lunches[0]
    earliest, latest = person.lunch_window(begins, ends)
    if end - start != person.lunch_minutes:
        return f"lunch lasts {end - start} minutes instead of {person.lunch_minutes}"
    if start < earliest or end > latest:
        return f"lunch at {clock(start)} is outside {clock(earliest)}–{clock(latest)}"
    for session in plan.day_of.get((person.id, day), ()):
        if session.start < end and start < session.end:
            return f"{session.service} cuts into lunch at {clock(start)}"
    if any(begin < end and start < finish for begin, finish in person.busy_on(day)):
        return f"lunch at {clock(start)} is in a time when they are busy elsewhere"
    return ""


def _takes_lunch(attempt: Attempt) -> frozenset[str]:
    """Whose lunch a session takes: it lies in it, or lunch may still move and fits nowhere else."""
    disturbed = attempt.new_violations()
    if disturbed:
        return disturbed
    problem, after = attempt.after
    day = attempt.session.day
    return frozenset(
        name
        for name in attempt.session.staff
        if (name, day) in after.placed
        and not after.lunches(name, day)
        and attempt.is_hard((name, day))
        and not _fits(problem.person_of[name], after, day)
        and _fits(problem.person_of[name], attempt.before.plan, day)
    )


def _fits(person: Person, plan: Plan, day: str) -> bool:
    """Whether what is planned leaves a stretch for somebody's lunch, where the day has one."""
    placements = plan.placed[person.id, day]
    taken = [(s.start, s.end) for s in plan.day_of.get((person.id, day), ())]
    return has_room(person, day, placements[0].start, placements[-1].end, taken)


def has_room(
    person: Person, day: str, begins: int, ends: int, taken: Iterable[tuple[int, int]] = ()
) -> bool:
    """Whether a day from `begins` to `ends` has a stretch for somebody's lunch beside what is
    `taken` and what keeps them busy; also where so short a day has no lunch.
    """
    minutes = person.lunch_within(begins, ends)
    if not minutes:
        return True
    free_from, latest = person.lunch_window(begins, ends)
    for start, end in sorted([*taken, *person.busy_on(day), (latest, latest)]):
        if min(start, latest) - free_from >= minutes:
            return True
        free_from = max(free_from, end)
    return False


def _stopped(ways: Stopped) -> str:
    return f"What is left of {ways.service.id}'s windows is needed for the lunch of {ways.names}."


def _asked(problem: Problem, where: Where) -> str:
    person = problem.person_of.get(where[0])
    if person is None:
        return ""
    begin, end = person.role.lunch_from, person.role.lunch_to
    window = (
        f" between {clock(begin)} and {clock(end)}" if begin is not None and end is not None else ""
    )
    day = f" on {where[1]}" if len(where) > 1 and where[1] in problem.cycle else ""
    busy = [w for w in person.row.busy if len(where) > 1 and w.day == where[1]]
    also = f", and is busy {write_windows(busy, problem.data.reading)}" if busy else ""
    return (
        f"{person.name} has {person.lunch_minutes} minutes of duty-free lunch{window}{day}{also}."
    )


RULE = Rule(
    key="duty_free_lunch",
    title="Duty-free lunch",
    sentence="Everybody who works a day has one lunch of the set length, in its window, free of "
    "work and travel; a shift shorter than lunch_shift has none.",
    formula="one lunch a worked day with shift.end − shift.start ≥ lunch_shift: "
    "lunch_from ≤ start, start + lunch_minutes ≤ lunch_to, and nothing else meanwhile",
    unit="days",
    violations=violations,
    readers=Readers.EVERYBODY,
    scopes=frozenset({"role"}),
    columns=("lunch_from", "lunch_to", "lunch_shift"),
    cells=lunch_cells,
    stops=Stops(Judges.NEAR, rank=14, words=_stopped, find=_takes_lunch, keeps_breaks=True),
    asks=_asked,
    is_final=True,
    hr=HrSection.WEEK,
    needs_whole_person=True,
)
