"""Apply one change to sheets of text.

What cannot be applied is a fault at its line; nothing of it is applied then.
"""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from planner.facts.cell_formats import nearest
from planner.facts.sheets import SHEETS, heading
from planner.scenario.draft import UNREADABLE, RowOrigin, SheetDraft, column_of
from planner.scenario.dropping import drop_rows
from planner.scenario.scenario import Change
from planner.sheets.dataset import text_of
from planner.words.errors import Fault, PlannerError, shortened
from planner.words.wording import listed

DECIMALS = {"money": 2, "percentage": 4, "FTE": 6, "number": 6, "whole number": 0}
"""To how many decimals a number of each kind is rounded, half up, when it is scaled."""
MOST_NAMED = 5


class CannotChange(PlannerError):
    """A change that cannot be applied; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(str(fault))


def change(draft: SheetDraft, what: Change, file: str) -> str:
    """Apply one change; what is to be said of it beside the difference that it makes, blank where
    nothing is.

    Raises CannotChange where it matches no row, adds what is there, or drops what others refer to.
    """
    if what.kind == "add":
        _add(draft, what, file)
        return ""
    rows = _matched(draft, what, file)
    if what.kind == "scale":
        return _scale(draft, what, rows, file)
    if what.kind == "set":
        for number in rows:
            for column, text in what.values.items():
                draft.write(
                    what.sheet,
                    number,
                    column,
                    text,
                    RowOrigin(file, what.lines.get(column, what.line)),
                )
        if what.sheet == "district":
            draft.reread()
        return ""
    refused = drop_rows(draft, what.sheet, rows, RowOrigin(file, what.line), cascade=what.cascade)
    if refused:
        names = [draft.called(what.sheet, number) for number in rows]
        fix = "Add `cascade: true` to drop them as well, or change them first."
        raise CannotChange(
            _fault(
                what,
                file,
                f"{what.sheet} {_shorten_list(names)}",
                f"cannot be dropped: {refused} refer to it.",
                fix,
            )
        )
    return ""


def _fault(
    what: Change, file: str, value: str, rule: str, fix: str = "", column: str = ""
) -> Fault:
    return Fault("", what.lines.get(column, what.line), "", value, rule, fix, file)


def _matched(draft: SheetDraft, what: Change, file: str) -> list[int]:
    """The rows that a change is about. Raises CannotChange where there are none, naming the
    nearest.
    """
    for column, texts in what.where.items():
        for text in texts:
            try:
                draft.read(what.sheet, column, text)
            except ValueError as error:
                raise CannotChange(
                    _fault(what, file, text, f"as {column} of {what.sheet}: {error}", column=column)
                ) from None
    found = draft.find(what.sheet, what.where)
    if found:
        return found
    if not draft.rows(what.sheet):
        raise CannotChange(
            _fault(what, file, what.sheet, f"{what.kind} matches no row: the sheet has none.")
        )
    for column, texts in what.where.items():
        if not draft.find(what.sheet, {column: texts}):
            said = listed([f"'{text}'" for text in texts], "or") if any(texts) else "nothing"
            near = next(
                filter(
                    None,
                    (nearest(text, _texts(draft, what.sheet, column)) for text in texts if text),
                ),
                "",
            )
            rule = f"matches no row of {what.sheet}: none says {said} in {column}."
            raise CannotChange(_fault(what, file, what.kind, rule, near, column))
    told = listed([f"{column} {listed(list(texts), 'or')}" for column, texts in what.where.items()])
    raise CannotChange(
        _fault(what, file, what.kind, f"matches no row of {what.sheet}: none has {told} at once.")
    )


def _texts(draft: SheetDraft, sheet: str, column: str) -> Iterable[str]:
    return dict.fromkeys(cells[column] for cells in draft.rows(sheet).values() if column in cells)


def _scale(draft: SheetDraft, what: Change, rows: list[int], file: str) -> str:
    """Multiply the numbers of a column. A whole number is rounded half up, and that is said."""
    kind = column_of(what.sheet, what.column).cell.kind
    values = {number: draft.value(what.sheet, number, what.column) for number in rows}
    blank = [
        draft.called(what.sheet, number)
        for number, value in values.items()
        if not _is_number(value)
    ]
    if blank:
        names = _shorten_list(blank)
        rule = f"is blank for {names} and has no default, so there is nothing to multiply."
        fix = "Use `set`, or let `where` name the others alone."
        raise CannotChange(_fault(what, file, f"{what.sheet} {what.column}", rule, fix, "column"))
    rounded = []
    for number, value in values.items():
        exact = Decimal(value) * what.by
        scaled = exact.quantize(Decimal(1).scaleb(-DECIMALS[kind]), ROUND_HALF_UP)
        if kind == "whole number" and scaled != exact:
            rounded.append(
                f"{draft.called(what.sheet, number)} {exact.normalize():f} to {text_of(scaled)}"
            )
        draft.write(what.sheet, number, what.column, text_of(scaled), RowOrigin(file, what.line))
    if not rounded:
        return ""
    changes = _shorten_list(rounded)
    return f"{what.column} of {what.sheet} are whole numbers, rounded half up: {changes}."


def _is_number(value: Any) -> bool:
    return isinstance(value, int | Decimal) and value is not UNREADABLE


def _add(draft: SheetDraft, what: Change, file: str) -> None:
    """Add a row. Raises CannotChange where its key is there already."""
    key = [heading(name) for name in SHEETS[what.sheet].KEY]
    if what.sheet == "district":
        raise CannotChange(
            _fault(
                what, file, "district", "there is one district; it cannot be added.", "Use `set`."
            )
        )
    if key:
        wanted = {name: (what.values.get(name, ""),) for name in key}
        there = draft.find(what.sheet, wanted)
        if there:
            rule = f"is there already in the sheet {what.sheet} (the same {', '.join(key)})."
            fix = "Use `set` to change it, or give the new row another id."
            raise CannotChange(
                _fault(what, file, draft.called(what.sheet, there[0]), rule, fix, key[0])
            )
    cells = {column: text for column, text in what.values.items() if text}
    draft.add(what.sheet, cells, RowOrigin(file, what.line))


def _shorten_list(names: list[str]) -> str:
    """`a, b and c`; of many, the first and how many more."""
    if len(names) > MOST_NAMED:
        return f"{', '.join(names[: MOST_NAMED - 1])} and {len(names) - MOST_NAMED + 1} more"
    return shortened(listed(names), 400)
