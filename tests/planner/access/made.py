"""Rich datasets with a plan that nobody would follow, and that names everybody everywhere: much to
leak.
"""

from decimal import Decimal
from functools import cache
from pathlib import Path

from planner.document.plan_document import PlanDocument
from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.plan.plan import Attendance, Placement, Plan, Session
from planner.plan.positions import funded, staffed
from planner.plan.result import GoalResult, Result, Status, Unserved
from planner.rules.checker import findings
from planner.rules.goals import GOALS
from planner.sheets.dataset import dataset_hash, load

SCENARIOS = Path(__file__).parent.parent.parent.parent / "scenarios"
PAY_FROM = 18_000


@cache
def marked(example: str) -> Dataset:
    """An example in which every position has a step and a pay of its own, every person a name and a
    shift that is nobody else's.
    """
    data = load(SCENARIOS / example / "dataset")
    unit = {row.schedule: row.unit for row in data.pay}
    roles = {row.role: row for row in data.roles}
    pay, positions, steps = [], [], {}
    for number, row in enumerate(data.positions):
        schedule = roles[row.role].pay_schedule or row.role
        step = f"STEP{number:03d}"
        amount = Decimal(PAY_FROM + number * 137) + Decimal("0.37")
        first = next(cell for cell in data.pay if cell.schedule == schedule)
        pay.append(
            first.model_copy(
                update={"lane": "LANE", "step": step, "amount": amount, "unit": unit[schedule]}
            )
        )
        positions.append(row.model_copy(update={"lane": "LANE", "step": step}))
        steps.setdefault(row.staff, step)
    staff = [
        row.model_copy(
            update={
                "name": f"Person Number{number:03d}",
                "lane": "LANE",
                "step": steps.get(row.staff, "STEP000"),
                "leave_days": Decimal(f"{number}.0625"),
            }
        )
        for number, row in enumerate(data.staff)
    ]
    return data.model_copy(
        update={"pay": tuple(pay), "positions": tuple(positions), "staff": tuple(staff)}
    )


@cache
def problem(example: str) -> Problem:
    """The marked dataset with everybody whom all its positions pay."""
    whole = Problem(marked(example), example)
    return staffed(whole, plan(example).positions)


@cache
def plan(example: str) -> Plan:
    """Everybody goes round their schools, every service is given by those who may, every position
    is budgeted.
    """
    data = marked(example)
    whole = Problem(data, example)
    positions = tuple(funded(whole, row) for row in data.positions)
    people = staffed(whole, positions)
    schools = [row.school for row in data.schools]
    placements, sessions = [], []
    at: dict[tuple[str, str], str] = {}
    for number, person in enumerate(people.people):
        may = person.row.schools or tuple(
            schools[number % len(schools) :] + schools[: number % len(schools)]
        )
        for index, day in enumerate(people.cycle):
            at[person.id, day] = may[index % len(may)]
            position = next((p.position for p in positions if p.staff == person.id), "")
            placements.append(
                Placement(
                    person.id,
                    day,
                    480,
                    900,
                    may[index % len(may)],
                    "day",
                    position,
                    (720, 750),
                    ((480, 510),),
                )
            )
    for number, service in enumerate(people.services):
        day = people.cycle[number % len(people.cycle)]
        named = (
            (service.duty.with_ or service.duty.staff)
            if service.duty
            else service.group.staff
            if service.group
            else ()
        )
        here = [
            person
            for person, on in at
            if on == day and at[person, on] == service.school and person in people.person_of
        ]
        able = [name for name in named if name in people.person_of] or here[:1]
        if able:
            kind = "group" if service.group else "duty"
            sessions.append(
                Session(
                    service.id,
                    day,
                    540,
                    540 + service.longest,
                    tuple(sorted(able)),
                    service.school,
                    kind,
                    service.place,
                )
            )
    courses = [
        Attendance(person.id, offer.training, offer.date, offer.start, offer.end)
        for offer in data.offerings[:1]
        for person in people.people
    ]
    return Plan(tuple(placements), tuple(sessions), tuple(courses), positions)


@cache
def document(example: str) -> PlanDocument:
    """The plan's document: all that the check finds of it, and reasons that name people of other
    schools.
    """
    whole, made = problem(example), plan(example)
    names = [person.name for person in whole.people]
    left = [
        Unserved(
            s.id,
            s.sessions,
            0,
            "shift",
            f"{names[i % len(names)]} and {names[(i * 7 + 3) % len(names)]} are not there.",
        )
        for i, s in enumerate(whole.services)
    ]
    goals = tuple(
        GoalResult(goal.key, 123_456_789 if goal.key == "cost" else 1000, None) for goal in GOALS
    )
    result = Result(
        Status.FEASIBLE, made, goals, tuple(left), findings(whole, made), stopped="deadline"
    )
    return plan_document(
        whole, result, scenario=example, dataset_hash=dataset_hash(marked(example))
    )
