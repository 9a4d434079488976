"""Reads a CSV dataset folder into plain facts for the oracle, by the data contract alone."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from pathlib import Path

from tests.oracle_calendar import Calendar, entry_of
from tests.oracle_cells import (
    Row,
    Span,
    amount,
    cell,
    chosen,
    clock,
    day_of,
    listed,
    minute_of,
    named,
    number,
    rows_of,
    windows,
    yes,
)
from tests.oracle_facts import (
    Block,
    Dataset,
    Offering,
    Person,
    Role,
    School,
    Service,
    Teacher,
    Training,
)
from tests.oracle_rules import rules_of


def role_of(row: Row) -> Role:
    """One row of `roles`."""
    return Role(
        role=row["role"],
        certificated=yes(row, "certificated", False),
        obligation=amount(row, "obligation_minutes", 0),
        lunch=amount(row, "lunch_minutes", 30),
        lunch_from=minute_of(row, "lunch_from") or 0,
        lunch_to=minute_of(row, "lunch_to") or 1440,
        lunch_shift=amount(row, "lunch_shift", 0),
        preparation=amount(row, "prep_minutes", 0),
        max_contact=number(row, "max_contact_minutes"),
        max_contact_week=number(row, "max_contact_week"),
        max_days=number(row, "max_days"),
        max_consecutive=amount(row, "max_consecutive_minutes", 180),
        pause=amount(row, "break_minutes", 10),
        part_time=cell(row, "part_time", "hours"),  # Read: blank means every day, shorter
        tiers=frozenset(tier for tier in listed(cell(row, "tiers")) if tier != "all"),
        requires=listed(cell(row, "requires")),
        supervised=cell(row, "supervised", "no"),
        max_supervised=number(row, "max_supervised"),
        max_sites_per_day=amount(row, "max_sites_per_day", 1),
        max_sites=number(row, "max_sites"),
        hourly=cell(row, "pay_basis") == "hourly",
        contract_days=amount(row, "contract_days", 0),
        works_on=listed(cell(row, "works_on", "student_day;pd_day")),
    )


def credentials_of(text: str) -> dict[str, date | None]:
    """`name` or `name:expiry` entries."""
    found: dict[str, date | None] = {}
    for part in listed(text):
        name, _, expiry = part.partition(":")
        found[name.strip()] = date.fromisoformat(expiry.strip()) if expiry else None
    return found


def person_of(
    row: Row, roles: dict[str, Role], cycle: tuple[str, ...], grades: tuple[str, ...]
) -> Person:
    """One row of `staff`; a cycle of n days is read as n / 5 weeks for `week_minutes`."""
    role = roles[row["role"]]
    if cell(row, "week_minutes"):
        obligation = Fraction(row["week_minutes"]) * len(cycle) / 5
    else:
        obligation = Fraction(cell(row, "fte", "1")) * role.obligation * len(cycle)
    return Person(
        staff=row["staff"],
        role=role,
        obligation=obligation,
        full_time=role.obligation * len(cycle),
        days=frozenset(named(cell(row, "days"), cycle)),
        schools=chosen(cell(row, "schools")),
        credentials=credentials_of(cell(row, "credentials")),
        subjects=chosen(cell(row, "subjects")),
        grades=frozenset(named(cell(row, "grades"), grades)),
        start=minute_of(row, "start"),
        end=minute_of(row, "end"),
        shifts=windows(cell(row, "shifts"), cycle),
        hire=day_of(row, "hire_date"),
        leave=day_of(row, "end_date"),
        busy=windows(cell(row, "busy"), cycle),
        supervisor=cell(row, "supervisor"),
        max_days=number(row, "max_days"),
    )


def teacher_of(row: Row, cycle: tuple[str, ...], grades: tuple[str, ...]) -> Teacher:
    """One row of `teachers`."""
    taught = frozenset(named(row["grades"], grades)) if cell(row, "grades") else frozenset()
    return Teacher(
        row["school"], yes(row, "certificated", True), taught, windows(cell(row, "planning"), cycle)
    )


def school_of(row: Row, cycle: tuple[str, ...], grid: int) -> School:
    """One row of `schools`; `hours` replaces open and close, off-grid times round inward."""
    plain = (minute_of(row, "open") or 0, minute_of(row, "close") or 1440)
    by_day = windows(cell(row, "hours"), cycle)
    hours: dict[str, Span] = {}
    opens: dict[str, int] = {}
    for day in cycle:
        if by_day and day not in by_day:
            hours[day] = (
                0,
                0,
            )  # `hours` replaces open and close, so a day it does not name is closed
            continue
        start, end = by_day[day][0] if by_day else plain
        opens[day] = start
        hours[day] = (-(-start // grid) * grid, end // grid * grid)
    return School(
        row["school"], cell(row, "kind") == "off_site", hours, opens, number(row, "spaces")
    )


def block_of(row: Row, cycle: tuple[str, ...], grades: tuple[str, ...]) -> Block:
    """One row of `blocks`."""
    return Block(
        school=row["school"],
        grades=frozenset(named(cell(row, "grades"), grades)),
        days=frozenset(named(cell(row, "days"), cycle)),
        span=(clock(row["start"]), clock(row["end"])),
        kind=row["kind"],
        subject=cell(row, "subject"),
        pull_out=yes(row, "pull_out", row["kind"] == "flex"),
        push_in=yes(row, "push_in", row["kind"] == "core"),
    )


def sessions_of(text: str, calendar: Calendar) -> tuple[int, str, int]:
    """How many, per what (blank: a cycle), and the slots of a cycle that they take."""
    count, _, per = text.partition("/")
    how_many = int(float(count))
    return how_many, per.strip(), calendar.slots(how_many, per.strip()) if per else how_many


def service_of(
    row: Row, kind: str, calendar: Calendar, grades: tuple[str, ...], members: int
) -> Service:
    """One row of `groups` or of `duties`."""
    cycle = calendar.cycle
    count, per, most = sessions_of(cell(row, "sessions", "1"), calendar)
    lengths = frozenset(int(float(text)) for text in listed(cell(row, "lengths")))
    total, fewest = number(row, "total_minutes"), str(most)
    if total is not None:
        most, fewest = total // min(lengths), "1"
    return Service(
        service=row[kind],
        kind=kind,
        school=cell(row, "school"),
        minutes=amount(row, "minutes", 0),
        lengths=lengths or frozenset({amount(row, "minutes", 0)}),
        total=total,
        most=most,
        least=sessions_of(cell(row, "min_sessions", fewest), calendar)[2],
        grades=named(cell(row, "grades"), grades) if kind == "group" else (),
        subject="" if cell(row, "subject") == "any" else cell(row, "subject"),
        tier=cell(row, "tier"),
        mode=cell(row, "mode", "pull_out"),
        teacher=cell(row, "teacher"),
        together=cell(row, "together"),
        times_a_day=amount(row, "times_a_day", 1),
        roles=chosen(cell(row, "roles")),
        requires=listed(cell(row, "requires")),
        candidates=chosen(cell(row, "staff")),
        windows=windows(cell(row, "windows"), cycle),
        busy=windows(cell(row, "busy"), cycle),
        first=day_of(row, "from"),
        last=day_of(row, "to"),
        max_people=amount(row, "max_people", 1),
        adults=amount(row, "adults", 1),
        attending=listed(cell(row, "with")),
        duty_kind=cell(row, "kind"),
        time=cell(row, "time", "shift"),
        after=cell(row, "after"),
        required=yes(row, "required", False),
        students=amount(row, "students", members),
        count=count,
        per=per,
    )


def training_of(row: Row) -> Training:
    """One row of `training`; `a|b` and `a;b` both waive where one of them is held."""
    waived = [name.strip() for entry in listed(cell(row, "waived_by")) for name in entry.split("|")]
    return Training(
        training=row["training"],
        roles=chosen(cell(row, "roles")),
        hours=Fraction(cell(row, "hours", "0")),
        due=listed(cell(row, "due")),
        hired_from=day_of(row, "hired_from"),
        hired_to=day_of(row, "hired_to"),
        waived_by=tuple(waived),
    )


def offering_of(row: Row) -> Offering:
    """One row of `offerings`."""
    span = (clock(row["start"]), clock(row["end"]))
    return Offering(row["training"], date.fromisoformat(row["date"]), span, number(row, "seats"))


def travel_of(rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    """Minutes from school to school, both ways unless the reverse is given."""
    given = {(row["from"], row["to"]): int(float(row["minutes"])) for row in rows}
    return {(end, start): minutes for (start, end), minutes in given.items()} | given


def read(folder: str | Path) -> Dataset:
    """All facts of the folder."""
    folder = Path(folder)
    district = rows_of(folder, "district")[0]
    cycle = listed(cell(district, "cycle", "Mon;Tue;Wed;Thu;Fri"))
    grades = listed(cell(district, "grades", "K;1;2;3;4;5;6"))
    grid = amount(district, "grid_minutes", 5)
    year = date.fromisoformat(district["year_start"]), date.fromisoformat(district["year_end"])
    plan_date = day_of(district, "plan_date") or year[0]
    rules = rules_of(rows_of(folder, "rules"), cell(district, "jurisdiction"), plan_date)
    roles = {
        row["role"]: role_of(rules.replaced(row, [f"role:{row['role']}"]))
        for row in rows_of(folder, "roles")
    }
    people = [person_of(row, roles, cycle, grades) for row in rows_of(folder, "staff")]
    schools = {row["school"]: school_of(row, cycle, grid) for row in rows_of(folder, "schools")}
    calendar = Calendar(
        cycle,
        *year,
        tuple(entry_of(row) for row in rows_of(folder, "calendar")),
        tuple(schools),
        cell(district, "rotation"),
    )
    members: dict[str, set[str]] = defaultdict(set)
    for row in rows_of(folder, "members"):
        members[row["student"]].add(row["group"])
    sizes = Counter(group for groups in members.values() for group in groups)
    groups = [
        rules.replaced(row, [f"tier:{row['tier']}", f"school:{row['school']}"])
        for row in rows_of(folder, "groups")
    ]
    services = [service_of(row, "group", calendar, grades, sizes[row["group"]]) for row in groups]
    services += [service_of(row, "duty", calendar, grades, 0) for row in rows_of(folder, "duties")]
    return Dataset(
        cycle=cycle,
        grid=grid,
        plan_date=plan_date,
        calendar=calendar,
        rules=rules,
        roles=roles,
        people={person.staff: person for person in people},
        schools=schools,
        blocks=[block_of(row, cycle, grades) for row in rows_of(folder, "blocks")],
        services={(service.kind, service.service): service for service in services},
        members={student: frozenset(groups) for student, groups in members.items()},
        teachers={
            row["teacher"]: teacher_of(row, cycle, grades) for row in rows_of(folder, "teachers")
        },
        travel=travel_of(rows_of(folder, "travel")),
        trainings=[training_of(row) for row in rows_of(folder, "training")],
        offerings=[offering_of(row) for row in rows_of(folder, "offerings")],
        positions=rows_of(folder, "positions"),
        pins=rows_of(folder, "pins"),
    )
