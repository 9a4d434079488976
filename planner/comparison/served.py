"""Who is served: the tables `schools` and `groups`, and the head of the summary."""

from collections.abc import Iterator, Sequence

from planner.comparison.document import GroupFigures, Owed, PlanDocument
from planner.comparison.row import ComparisonRow, ComparisonTable, Kind, Value, each
from planner.words.wording import grades

NOTHING = Owed()


def summary(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """Minutes by tier, the highest first; students; the worst-served school; subjects."""
    for tier in sorted(table.ids(lambda plan: plan.measures.minutes.tier), reverse=True):
        doses = [plan.measures.minutes.tier.get(tier) for plan in table.plans]
        yield _delivered(table, f"tier_{tier}_minutes", f"Tier {tier} minutes", doses)
    for tier in sorted(table.ids(lambda plan: plan.measures.students_by.tier), reverse=True):
        counts = [plan.measures.students_by.tier.get(tier) for plan in table.plans]
        yield _students(table, f"tier_{tier}_students", f"Tier {tier} students", counts)
    if table.ids(lambda plan: plan.measures.minutes.school):
        yield _students(
            table, "students", "Students served", [plan.measures.students for plan in table.plans]
        )
    if len(table.ids(lambda plan: plan.measures.minutes.school)) > 1:
        shares = [
            plan.measures.minutes.school.get(plan.measures.worst_school, NOTHING).share
            for plan in table.plans
        ]
        worst = [table.school(plan.measures.worst_school) for plan in table.plans]
        yield table.row(
            "worst_school",
            "Worst-served school",
            "share",
            shares,
            notes=worst,
            better="more",
            known=False,
            always=True,
        )
        spreads = [plan.measures.fairness.spread_of_schools for plan in table.plans]
        yield table.row(
            "spread_of_schools", "Best and worst school apart by", "share", spreads, better="less"
        )
    subjects = sorted(table.ids(lambda plan: plan.measures.minutes.subject))
    for subject in subjects if len(subjects) > 1 else ():
        doses = [plan.measures.minutes.subject.get(subject) for plan in table.plans]
        what = "Minutes of any subject" if subject == "any" else f"Minutes of {subject}"
        yield _delivered(table, f"subject_minutes:{subject}", what, doses, always=False)


def schools(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """For each school minutes, in all and by tier, and students; those first that lose most."""
    names = table.ids(lambda plan: plan.measures.minutes.school)
    by_school = [list(_school(table, school)) for school in names]
    by_school.sort(key=lambda rows: min(one or 0 for one in rows[0].differences))
    yield from (row for rows in by_school for row in rows)


def _school(table: ComparisonTable, school: str) -> Iterator[ComparisonRow]:
    of: tuple[Kind, str, str] = ("school", school, table.school(school))
    doses = [plan.measures.minutes.school.get(school) for plan in table.plans]
    yield table.row(
        "minutes", "minutes", "minutes", _got(doses), of=of, owed=_owed(doses), better="more"
    )
    yield table.row("minutes_owed", "minutes owed", "minutes", _owed(doses), of=of)
    yield table.row(
        "share",
        "of what is owed",
        "share",
        each(doses, lambda dose: dose.share),
        of=of,
        better="more",
        known=False,
    )
    for tier in sorted(
        table.ids(lambda plan: plan.measures.minutes.school_tier.get(school, ())), reverse=True
    ):
        doses = [
            plan.measures.minutes.school_tier.get(school, {}).get(tier) for plan in table.plans
        ]
        what = f"tier {tier} minutes"
        yield table.row(
            f"tier_{tier}_minutes",
            what,
            "minutes",
            _got(doses),
            of=of,
            owed=_owed(doses),
            better="more",
        )
    doses = [plan.measures.students_by.school.get(school) for plan in table.plans]
    yield table.row(
        "students", "students", "students", _got(doses), of=of, owed=_owed(doses), better="more"
    )


def groups(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """For each group sessions and minutes given and owed, and its students; those first that lose
    most.
    """
    by_id = [{group.service: group for group in plan.measures.groups} for plan in table.plans]
    names = table.ids(lambda plan: (group.service for group in plan.measures.groups))
    found = [list(_group(table, name, [groups.get(name) for groups in by_id])) for name in names]
    found.sort(key=lambda rows: min(one or 0 for one in rows[1].differences))
    yield from (row for rows in found for row in rows)


def _group(
    table: ComparisonTable, name: str, figures: list[GroupFigures | None]
) -> Iterator[ComparisonRow]:
    place, group = next((number, group) for number, group in enumerate(figures) if group)
    of: tuple[Kind, str, str] = ("group", name, _group_name(table, table.plans[place], group))
    sessions = [None if one is None else one.sessions for one in figures]
    yield table.row(
        "sessions",
        "sessions",
        "sessions",
        _got(sessions),
        of=of,
        owed=_owed(sessions),
        better="more",
    )
    minutes = [None if one is None else one.minutes for one in figures]
    yield table.row(
        "minutes", "minutes", "minutes", _got(minutes), of=of, owed=_owed(minutes), better="more"
    )
    yield table.row("sessions_owed", "sessions owed", "sessions", _owed(sessions), of=of)
    yield table.row("minutes_owed", "minutes owed", "minutes", _owed(minutes), of=of)
    yield table.row(
        "students", "students", "students", each(figures, lambda one: one.students), of=of
    )


def _group_name(table: ComparisonTable, plan: PlanDocument, group: GroupFigures) -> str:
    """`Gr 2 · reading · elm-2-read-a, Elm`."""
    order = plan.district.grades
    said = grades([grade for grade in group.grades if grade in order], order)
    return (
        " · ".join(part for part in (said, group.subject, group.service) if part)
        + f", {table.school(group.school)}"
    )


def _delivered(
    table: ComparisonTable,
    measure: str,
    what: str,
    doses: list[Owed | None],
    *,
    always: bool = True,
) -> ComparisonRow:
    return table.row(
        measure, what, "minutes", _got(doses), owed=_owed(doses), better="more", always=always
    )


def _students(
    table: ComparisonTable, measure: str, what: str, doses: Sequence[Owed | None]
) -> ComparisonRow:
    return table.row(
        measure,
        what,
        "students",
        _got(doses),
        owed=_owed(doses),
        better="more",
        always=measure == "students",
    )


def _got(doses: Sequence[Owed | None]) -> list[Value]:
    return each(doses, lambda dose: dose.delivered)


def _owed(doses: Sequence[Owed | None]) -> list[Value]:
    return each(doses, lambda dose: dose.owed)
