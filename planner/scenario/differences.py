"""What differs between two datasets, a sentence for each row, and whom it concerns."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from planner.facts.cell_formats import Percents, Share
from planner.facts.decisions import Pin, RuleRow
from planner.facts.funds import Fund, Position, Program
from planner.facts.group_rows import Member
from planner.facts.row import SheetRow
from planner.facts.schools import Block
from planner.facts.sheets import SHEETS, Dataset, heading
from planner.facts.staff_rows import Staff
from planner.rules.pins import in_words
from planner.scenario.row_words import RowWords
from planner.sheets.sheet_reading import columns_by_heading
from planner.words.wording import listed

Pair = tuple[SheetRow | None, SheetRow | None]
"""A row before and after; None where there is none."""
ALIKE: dict[str, tuple[str, ...]] = {
    "calendar": ("date", "kind"),
    "blocks": ("school", "grades", "kind", "subject"),
    "offerings": ("training",),
    "rules": ("rule", "parameter", "applies_to"),
    "preferences": ("who",),
    "pins": ("kind", "subject", "staff"),
    "assignments": ("position", "staff", "from_", "kind"),
}
"""By sheet without a key, the columns that a row keeps when it is changed."""
CONCERNED = (
    "funds",
    "positions",
    "staff",
    "schools",
    "groups",
    "duties",
    "teachers",
    "programs",
    "roles",
)
"""Sheets whose ids are subjects."""


@dataclass(frozen=True)
class Difference:
    """A row that was changed, added or dropped: in words, by sheet and key, with the ids of the
    funds, positions, people, schools and groups that it concerns.
    """

    words: str
    sheet: str
    key: str
    subjects: tuple[str, ...] = ()

    def as_data(self) -> dict[str, Any]:
        """The difference as `plan.json` holds it."""
        return {
            "words": self.words,
            "sheet": self.sheet,
            "key": self.key,
            "subjects": list(self.subjects),
        }


def differences(before: Dataset, after: Dataset) -> tuple[Difference, ...]:
    """Every row that differs, in the order of the sheets."""
    said = _Differences(before, after)
    return tuple(difference for sheet in SHEETS for difference in said.of(sheet))


class _Differences:
    """Says what differs between two datasets."""

    def __init__(self, before: Dataset, after: Dataset) -> None:
        self.before, self.after = before, after
        self.names = RowWords(before, after)
        self.pairs = {
            sheet: list(_pairs(sheet, before.rows(sheet), after.rows(sheet))) for sheet in SHEETS
        }

    def of(self, sheet: str) -> Iterator[Difference]:
        """The differences of one sheet; members are said by group."""
        if sheet == "members":
            yield from self._members()
            return
        for was, now in self.pairs[sheet]:
            row = now or was
            assert row is not None
            subjects = sorted(
                {name for each in (was, now) if each for name in self._concerned(sheet, each)}
            )
            yield Difference(
                self._words(sheet, was, now), sheet, _key(sheet, row, self.names), tuple(subjects)
            )

    def _members(self) -> Iterator[Difference]:
        joined = Counter(
            now.group
            for was, now in self.pairs["members"]
            if was is None and isinstance(now, Member)
        )
        left = Counter(
            was.group
            for was, now in self.pairs["members"]
            if now is None and isinstance(was, Member)
        )
        for group in dict.fromkeys([*left, *joined]):
            parts = []
            if left[group]:
                parts.append(f"{self.names.words.count(left[group], 'student')} out of it")
            if joined[group]:
                parts.append(f"{self.names.words.count(joined[group], 'student')} into it")
            yield Difference(f"group {group}: {', '.join(parts)}", "members", group, (group,))

    def _words(self, sheet: str, was: SheetRow | None, now: SheetRow | None) -> str:
        if isinstance(now or was, Pin):
            return self._pin(was, now)
        if isinstance(now or was, RuleRow):
            return self._rule(was, now)
        if was is None:
            assert now is not None
            return self._added(sheet, now)
        if now is None:
            return self._dropped(sheet, was)
        if (
            isinstance(was, Block)
            and isinstance(now, Block)
            and _fields(was, now) <= {"start", "end", "days"}
        ):
            before, after = (
                self.names.block_times(row, every_day=was.days != now.days) for row in (was, now)
            )
            return f"{self.names.called(sheet, now)}: {before} → {after}"
        changed = [
            self._cell(sheet, heading(field), was, now)
            for field in SHEETS[sheet].model_fields
            if field in _fields(was, now)
        ]
        return f"{self.names.called(sheet, was)}: {'; '.join(changed)}"

    def _cell(self, sheet: str, column: str, was: SheetRow, now: SheetRow) -> str:
        """What became of one cell of a row."""
        field = columns_by_heading(sheet)[column][0]
        before, after = getattr(was, field), getattr(now, field)
        said = self.names.said
        told = f"{said(sheet, column, before)} → {said(sheet, column, after)}"
        if isinstance(was, Fund) and column == "amount":
            return told + (f" ({self.names.percent(before, after)})" if before else "")
        if isinstance(was, Position) and column == "fte" and before and after:
            return f"{self.names.words.fte(before)} → {said(sheet, column, after)}"
        if isinstance(was, Position) and column == "school" and before and after:
            return f"moves from {said(sheet, column, before)} to {said(sheet, column, after)}"
        if isinstance(was, Position) and column == "status":
            return f"{before} → {after}"
        if isinstance(was, Staff) and column == "end_date" and after:
            return f"leaves on {said(sheet, column, after)}"
        if isinstance(was, Staff) and column == "hire_date" and after:
            return f"begins on {said(sheet, column, after)}"
        return f"{column.replace('_', ' ')} {told}"

    def _added(self, sheet: str, row: SheetRow) -> str:
        called = self.names.called(sheet, row)
        if isinstance(row, Fund):
            return f"new: {called}, {self.names.said(sheet, 'amount', row.amount)}"
        if isinstance(row, Position):
            fte = row.fte or row.max_fte
            upto = "" if row.fte or row.max_fte is None else "up to "
            return f"new: {called}, {row.status}" + (
                f", {upto}{self.names.said(sheet, 'fte', fte)}" if fte else ""
            )
        if isinstance(row, Block):
            return f"new: {called}, {self.names.block_times(row)}"
        if not SHEETS[sheet].KEY:
            return f"new in {sheet}: {self._cells(sheet, row)}"
        return f"new: {called}"

    def _dropped(self, sheet: str, row: SheetRow) -> str:
        called = self.names.called(sheet, row)
        if isinstance(row, Staff):
            return f"{called} leaves" + self._left_behind(row)
        if isinstance(row, Position):
            return f"{called} is closed"
        if isinstance(row, Block):
            return f"{called}: {self.names.block_times(row)} is dropped"
        if not SHEETS[sheet].KEY:
            return f"dropped from {sheet}: {self._cells(sheet, row)}"
        return f"{called} is dropped"

    def _cells(self, sheet: str, row: SheetRow) -> str:
        """The cells of a row that has no name, as they are said."""
        fields = SHEETS[sheet].model_fields
        filled = {
            heading(field): getattr(row, field)
            for field in fields
            if getattr(row, field) != fields[field].default
        }
        return ", ".join(
            f"{column} {self.names.said(sheet, column, value)}" for column, value in filled.items()
        )

    def _left_behind(self, gone: Staff) -> str:
        """What somebody's leaving does to positions, groups and duties, to those whom they
        supervise, and to decisions.
        """
        words, parts = self.names.words, []
        vacant = [
            now
            for was, now in self.pairs["positions"]
            if _lost(was, now, "staff", gone.staff) and now is not None
        ]
        if vacant:
            parts.append(f"{words.count(len(vacant), 'position')} without a holder")
        for sheet, fields in (("groups", ("staff",)), ("duties", ("staff", "with_"))):
            stay = [
                n
                for w, n in self.pairs[sheet]
                if n is not None and any(_lost(w, n, field, gone.staff) for field in fields)
            ]
            if stay:
                one = sheet.removesuffix("s") if sheet == "groups" else "duty"
                parts.append(f"{words.count(len(stay), one, sheet)} without them")
        led = [
            now
            for was, now in self.pairs["staff"]
            if now is not None and _lost(was, now, "supervisor", gone.staff)
        ]
        if led:
            parts.append(f"{words.count(len(led), 'person loses', 'people lose')} their supervisor")
        with_them = [
            was
            for sheet in SHEETS
            for was, now in self.pairs[sheet]
            if now is None and sheet != "staff" and _lost_row(was, gone)
        ]
        if with_them:
            parts.append(
                f"{words.count(len(with_them), 'row')} about them "
                f"{'is' if len(with_them) == 1 else 'are'} dropped"
            )
        return f"; {listed(parts)}" if parts else ""

    def _pin(self, was: SheetRow | None, now: SheetRow | None) -> str:
        told = []
        if isinstance(was, Pin):
            told.append(f"no longer {_kind(was)}: {_decision(was)}")
        if isinstance(now, Pin):
            told.append(f"{_kind(now)}: {_decision(now)}")
        return "; ".join(told)

    def _rule(self, was: SheetRow | None, now: SheetRow | None) -> str:
        row = now or was
        assert isinstance(row, RuleRow)
        limit = f", {row.parameter}" if row.parameter else ""
        title = f"rule {row.rule}{limit}" + (f" for {row.applies_to}" if row.applies_to else "")
        before = self._setting(was) if isinstance(was, RuleRow) else "as usual"
        after = self._setting(now) if isinstance(now, RuleRow) else "as usual"
        return f"{title}: {before} → {after}"

    def _setting(self, row: RuleRow) -> str:
        weight = f"weight {row.weight}" if row.weight is not None else ""
        strength = row.setting or ""
        since = f"from {self.names.words.day(row.from_)}" if row.from_ else ""
        until = f"to {self.names.words.day(row.to)}" if row.to else ""
        return ", ".join(filter(None, (row.value, strength, weight, since, until))) or "as usual"

    def _concerned(self, sheet: str, row: SheetRow) -> Iterator[str]:
        """The ids that a row is, or names."""
        if sheet in CONCERNED:
            yield str(getattr(row, SHEETS[sheet].KEY[0]))
        if isinstance(row, Program):
            yield from (
                fund.fund
                for data in (self.before, self.after)
                for fund in data.funds
                if fund.program == row.program
            )
        if isinstance(row, RuleRow):
            yield from filter(None, [row.applies_to.partition(":")[2].strip()])
        for field, column in columns_by_heading(sheet).values():
            value = getattr(row, field)
            for part in value if isinstance(value, tuple) else (value,):
                if isinstance(part, Share):
                    yield part.fund
                elif (
                    isinstance(part, str)
                    and part
                    and column.refers_to
                    and not isinstance(part, Percents)
                ):
                    yield part


def _pairs(sheet: str, before: Sequence[SheetRow], after: Sequence[SheetRow]) -> Iterator[Pair]:
    """The rows that differ, before and after."""
    if sheet == "district":
        if before != after:
            yield before[0], after[0]
        return
    names = SHEETS[sheet].KEY
    if names:
        was = {tuple(getattr(row, name) for name in names): row for row in before}
        now = {tuple(getattr(row, name) for name in names): row for row in after}
        yield from (
            (was.get(key), now.get(key))
            for key in dict.fromkeys([*was, *now])
            if was.get(key) != now.get(key)
        )
        return
    gone, new = _without(before, after), _without(after, before)
    alike = ALIKE[sheet]
    for row in gone:
        twin = next(
            (
                other
                for other in new
                if all(getattr(row, name) == getattr(other, name) for name in alike)
            ),
            None,
        )
        if twin is not None:
            new.remove(twin)
        yield row, twin
    yield from ((None, row) for row in new)


def _without(some: Iterable[SheetRow], others: Iterable[SheetRow]) -> list[SheetRow]:
    """The rows that are not among others, each as often as it is there more often."""
    left = Counter(others)
    found = []
    for row in some:
        if left[row] > 0:
            left[row] -= 1
        else:
            found.append(row)
    return found


def _fields(was: SheetRow, now: SheetRow) -> set[str]:
    return {field for field in type(was).model_fields if getattr(was, field) != getattr(now, field)}


def _lost(was: SheetRow | None, now: SheetRow | None, field: str, name: str) -> bool:
    """Whether a cell named somebody before, and does not now."""
    return (
        was is not None and now is not None and _in(was, field, name) and not _in(now, field, name)
    )


def _in(row: SheetRow, field: str, name: str) -> bool:
    value = getattr(row, field)
    return bool(name == value or (isinstance(value, tuple) and name in value))


def _lost_row(was: SheetRow | None, gone: Staff) -> bool:
    """Whether a row that was dropped named somebody."""
    return was is not None and any(
        _in(was, field, gone.staff)
        for field in ("staff", "with_")
        if field in type(was).model_fields
    )


def _kind(pin: Pin) -> str:
    return "forbidden" if pin.kind == "forbid" else "pinned"


def _decision(pin: Pin) -> str:
    if pin.kind != "position":
        return in_words(pin)
    parts = [
        f"with {pin.staff}" if pin.staff else "",
        f"at {pin.school}" if pin.school else "",
        f"at {pin.value} FTE" if pin.value else "",
    ]
    return " ".join([pin.subject, *filter(None, parts)])


def _key(sheet: str, row: SheetRow, names: RowWords) -> str:
    """A row's key as text; of a sheet without one, what its rows keep when they are changed."""
    fields = SHEETS[sheet].KEY or ALIKE[sheet]
    found = []
    for field in fields:
        value = getattr(row, field)
        described = columns_by_heading(sheet)[heading(field)][1]
        found.append(
            "" if value is None or value == () else str(described.cell.write(value, names.reading))
        )
    return " ".join(filter(None, found))
