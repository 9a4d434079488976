"""How many people move, change hours, come and go; how many positions, groups and findings change:
counted from their rows.
"""

from collections.abc import Callable, Iterator, Sequence

from planner.comparison.row import ComparisonRow, ComparisonTable

Says = Callable[[ComparisonRow, int], bool]
ALWAYS = ("people_move", "people_change_hours", "groups_gain", "groups_lose")
"""What is said also where it is nothing."""


def affected(table: ComparisonTable, rows: Sequence[ComparisonRow]) -> Iterator[ComparisonRow]:
    """People, then positions, then groups."""
    appears, goes, changes = _signs(table)
    for measure, what, where, of, says in (
        (
            "people_move",
            "People who move",
            "people",
            ("days_elsewhere",),
            lambda r, p: bool(r.values[p]),
        ),
        ("people_change_hours", "People whose hours change", "people", ("fte", "hours"), changes),
        ("people_come", "People who come", "people", ("fte",), appears),
        ("people_go", "People who go", "people", ("fte",), goes),
        ("positions_appear", "Positions that appear", "positions", ("fte",), appears),
        ("positions_go", "Positions that go", "positions", ("fte",), goes),
        ("positions_change_fte", "Positions with other FTE", "positions", ("fte",), changes),
        (
            "positions_change_funding",
            "Positions paid otherwise",
            "positions",
            ("paid_by",),
            changes,
        ),
        (
            "groups_gain",
            "Groups that gain sessions",
            "groups",
            ("sessions",),
            lambda r, p: (r.differences[p] or 0) > 0,
        ),
        (
            "groups_lose",
            "Groups that lose sessions",
            "groups",
            ("sessions",),
            lambda r, p: (r.differences[p] or 0) < 0,
        ),
    ):
        some = [row for row in rows if row.table == where and row.measure.partition(":")[0] in of]
        if some:
            yield _count(table, measure, what, some, says)


def wrong(table: ComparisonTable, rows: Sequence[ComparisonRow]) -> Iterator[ComparisonRow]:
    """Findings that appear and go."""
    appears, goes, _ = _signs(table)
    some = [row for row in rows if row.table == "findings"]
    yield _count(table, "findings_appear", "Findings that appear", some, appears)
    yield _count(table, "findings_go", "Findings that go", some, goes)


def _signs(table: ComparisonTable) -> tuple[Says, Says, Says]:
    """Whether a thing appears, goes, or is in both plans with another figure."""
    base = table.base
    return (
        lambda row, plan: row.appears(plan, base),
        lambda row, plan: row.goes(plan, base),
        lambda row, plan: (
            None not in (row.values[plan], row.values[base]) and bool(row.differences[plan])
        ),
    )


def _count(
    table: ComparisonTable, measure: str, what: str, some: Sequence[ComparisonRow], says: Says
) -> ComparisonRow:
    """Of how many things some row says this, plan by plan."""
    values = [
        len({(row.id, row.label) for row in some if says(row, plan)})
        for plan in range(len(table.plans))
    ]
    return table.counted(measure, what, "changes", values, always=measure in ALWAYS)
