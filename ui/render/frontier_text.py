"""A sweep as a planner reads it in a terminal, and the same as data."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from planner.scenario.variation import Case
from planner.words.wording import Words, listed, shorten_list
from solver.frontier import Outcome
from ui.render.columns import columns
from ui.tables.frontier_files import NOT_BEGUN, TIERS, Frontier, document

ABOUT = {
    ".csv": "the table, for a spreadsheet",
    ".json": "the same with every goal and position",
    ".svg": "cost against hours, a picture",
}
MOST_NAMED = 4


def line_of(case: Case, outcome: Outcome) -> str:
    """A case that is done, in a line of progress."""
    if outcome.plan is None:
        return f"{case.scenario.name}: {outcome.why}"
    told = ", ".join(
        f"tier {tier} {outcome.minutes[tier]} min" for tier in TIERS if tier in outcome.minutes
    )
    return f"{case.scenario.name}: {told}"


def as_text(frontier: Frontier, files: Sequence[Path]) -> str:
    """The table, what is to be said of single cases, and where the files are."""
    words = Words(frontier.dataset.district.locale)
    names = [one.name for one in frontier.varied]
    tiers = [tier for tier in TIERS if any(tier in one.owed for one in frontier.outcomes.values())]
    headings = [
        *names,
        "Cost",
        *(f"Tier {tier}" for tier in tiers),
        "Worst school",
        "Gained",
        "Lost",
    ]
    table = [_row(frontier, words, tiers, *step) for step in frontier.steps()]
    parts = [
        [f"{frontier.name}: {listed(names)} varied, {words.count(len(frontier.cases), 'case')}"],
        list(columns(headings, table, left=("Worst school", "Gained", "Lost"))),
        list(_remarks(frontier, words)),
        [
            f"{str(path).ljust(max(len(str(file)) for file in files))}  {ABOUT[path.suffix]}"
            for path in files
        ],
    ]
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _row(
    frontier: Frontier,
    words: Words,
    tiers: Sequence[int],
    number: int,
    case: Case,
    outcome: Outcome | None,
    gained: tuple[str, ...],
    lost: tuple[str, ...],
) -> list[str]:
    values = [
        f"+{value}" if value.figure > 0 and one.money else str(value)
        for one, value in zip(frontier.varied, case.values, strict=True)
    ]
    values = [value.replace("-", "−") for value in values]
    if outcome is None or outcome.plan is None:
        return [
            *values,
            NOT_BEGUN if outcome is None else "no plan",
            *("–" for _ in tiers),
            "–",
            "",
            "",
        ]
    cost = words.money(Decimal(outcome.cost) / 100, frontier.dataset.district.currency)
    doses = [words.minutes(outcome.minutes.get(tier, 0)) for tier in tiers]
    schools = {row.school: row.name for row in frontier.dataset.schools}
    worst = (
        f"{schools.get(outcome.worst_school, '–')}, {words.percent(outcome.worst_share)}"
        if outcome.worst_school
        else "–"
    )
    mark = "*" if outcome.taken_from is not None else ""
    return [
        *values,
        cost + mark,
        *doses,
        worst,
        shorten_list(gained, MOST_NAMED),
        shorten_list(lost, MOST_NAMED),
    ]


def _remarks(frontier: Frontier, words: Words) -> Iterator[str]:
    found = frontier.outcomes.items()
    yield from (
        f"{frontier.cases[number].scenario.name}: {one.why}."
        for number, one in found
        if one.plan is None
    )
    if any(one.taken_from is not None for _, one in found):
        yield (
            "* The plan of a neighbouring case is legal here and better than what was found "
            "here in its time; it is shown."
        )
    if len(frontier.outcomes) < len(frontier.cases):
        missing = words.count(len(frontier.cases) - len(frontier.outcomes), "case")
        yield f"Stopped on your request: {missing} without an answer."


def as_data(frontier: Frontier, files: Sequence[Path]) -> dict[str, Any]:
    """The same for machines."""
    return document(frontier) | {"files": [str(path) for path in files]}
