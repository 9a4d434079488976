"""Who is affected: the table `people`, and what the summary says of everybody together."""

from collections.abc import Iterator, Mapping
from decimal import Decimal

from planner.comparison.document import PersonFigures, PlanDocument
from planner.comparison.row import ComparisonRow, ComparisonTable, Kind, each

Week = Mapping[str, frozenset[str]]
"""The schools at which somebody is on each day."""


def people(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """For each person the days at other schools, FTE, hours, contact and travel, by name."""
    weeks = [_weeks(plan) for plan in table.plans]
    figures = [plan.measures.people for plan in table.plans]
    for person in sorted(
        table.ids(lambda plan: plan.measures.people), key=lambda id: (table.person(id), id)
    ):
        yield from _person(
            table,
            person,
            [week.get(person, {}) for week in weeks],
            [found.get(person) for found in figures],
        )


def _person(
    table: ComparisonTable, person: str, weeks: list[Week], figures: list[PersonFigures | None]
) -> Iterator[ComparisonRow]:
    of: tuple[Kind, str, str] = ("staff", person, table.person(person))
    base = weeks[table.base]
    both = [figures[table.base] is not None and one is not None for one in figures]
    moved = [
        elsewhere(base, week) if there else frozenset()
        for week, there in zip(weeks, both, strict=True)
    ]
    some = frozenset[str]().union(*moved)
    places = [
        _places(table, plan, week, some) for plan, week in zip(table.plans, weeks, strict=True)
    ]
    yield table.counted("days_elsewhere", "where", "days", map(len, moved), of=of, notes=places)
    yield table.row("fte", "FTE", "fte", each(figures, lambda one: one.fte), of=of)
    yield table.row("hours", "hours", "minutes", each(figures, lambda one: one.obligation), of=of)
    yield table.row("contact", "contact", "minutes", each(figures, lambda one: one.contact), of=of)
    yield table.row(
        "travel", "travel", "minutes", each(figures, lambda one: one.travel), of=of, better="less"
    )


def _weeks(plan: PlanDocument) -> dict[str, dict[str, frozenset[str]]]:
    found: dict[str, dict[str, frozenset[str]]] = {}
    for placement in plan.placements:
        days = found.setdefault(placement.staff, {})
        days[placement.day] = days.get(placement.day, frozenset()) | {placement.school}
    return found


def elsewhere(before: Week, after: Week) -> frozenset[str]:
    """The days on which somebody is at other schools, the same from both sides.

    A day counts where they work in both plans and the schools differ, and where they work in one
    alone, at a school at which they are on no day of the other. (Another day at the same school is
    no other school.)
    """
    known = [frozenset[str]().union(*week.values()) for week in (before, after)]
    days = before.keys() | after.keys()
    return frozenset(
        day for day in days if _differs(before.get(day), after.get(day), known[0] & known[1])
    )


def _differs(
    one: frozenset[str] | None, other: frozenset[str] | None, of_both: frozenset[str]
) -> bool:
    if one is None or other is None:
        return bool((one or other or frozenset()) - of_both)
    return one != other


def _places(table: ComparisonTable, plan: PlanDocument, week: Week, moved: frozenset[str]) -> str:
    """`Elm Mon, Tue; Oak Wed`: where somebody is on the days on which some plan has them elsewhere;
    where no plan has, on all days (`Elm`, where that is the only school).
    """
    days: dict[str, list[str]] = {}
    for day in plan.district.cycle:
        for school in sorted(week.get(day, ())) if not moved or day in moved else ():
            days.setdefault(school, []).append(day)
    if not moved and len(days) == 1:
        return table.school(next(iter(days)))
    return "; ".join(f"{table.school(school)} {', '.join(on)}" for school, on in days.items())


def fte(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """FTE in all and by job class."""
    totals = [
        sum((role.fte for role in plan.measures.fte.values()), Decimal(0)) for plan in table.plans
    ]
    yield table.row("fte", "FTE", "fte", totals, always=True)
    for role in table.ids(lambda plan: plan.measures.fte):
        found = [plan.measures.fte.get(role) for plan in table.plans]
        of: tuple[Kind, str, str] = ("role", role, table.role(role))
        yield table.row("fte", "FTE", "fte", each(found, lambda one: one.fte), of=of)


def weeks_of_everybody(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """Travel, utilisation and how many adults a served group sees."""
    yield table.row(
        "travel",
        "Travel",
        "minutes",
        (plan.measures.travel for plan in table.plans),
        better="less",
        always=True,
    )
    shares = (plan.measures.utilisation for plan in table.plans)
    yield table.row("utilisation", "Contact of all hours", "share", shares, always=True)
    seen = (plan.measures.continuity for plan in table.plans)
    adults = [continuity.adults_a_group if continuity.groups else None for continuity in seen]
    if any(each is not None for each in adults):
        yield table.row(
            "adults_a_group",
            "Adults a served group sees",
            "adults",
            adults,
            better="less",
            known=False,
            always=True,
        )
    met = [plan.measures.training_deadlines for plan in table.plans]
    if any(dose.owed for dose in met):
        counts = [dose.delivered for dose in met]
        yield table.row(
            "training",
            "Training deadlines met",
            "deadlines",
            counts,
            owed=[d.owed for d in met],
            better="more",
        )
