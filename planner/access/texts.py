"""Sentences about a plan: whether they name anything that somebody may not see, and whether they
are about anything of theirs.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from babel.numbers import get_currency_symbol

from planner.access.dataset_view import Seen
from planner.access.table import seen
from planner.facts.row import SheetRow
from planner.facts.sheets import SHEETS
from planner.facts.who import HR, Level
from planner.words.errors import Fault

NOT_TOLD = "Not told here: the reason names people, places or money that you do not see."
A_SCENARIO = "a scenario"
"""What a scenario is called whose name names anything hidden."""
MORE = "More is not told here: it names people, places or money that you do not see."
WRONG = "something is wrong here that names people, places or money that you do not see."
NAMED = (
    "schools",
    "staff",
    "positions",
    "groups",
    "members",
    "teachers",
    "duties",
    "programs",
    "funds",
    "allowances",
    "oncosts",
    "expenditures",
)
"""Sheets whose ids, and names where rows have them, may stand in a sentence."""
PAID = ("staff", "positions")
"""Sheets whose rows are paid: beside a name of these, an amount may be somebody's pay."""
OF_A_SCHOOL = ("schools", "staff", "positions", "groups", "members", "teachers", "duties")


class Texts:
    """What sentences may say to somebody. A sentence that names anything hidden is not shown to
    them at all.
    """

    def __init__(self, seen: Seen) -> None:
        self._seen = seen

    def told(self, text: str) -> str:
        """A sentence in which students whose keys are hidden have no names."""
        return self._students.sub("a student", text)

    def may_show(self, *texts: str) -> bool:
        """Whether nothing hidden is named."""
        return not any(self._hidden.search(text) for text in texts)

    def is_own(self, *texts: str) -> bool:
        """Whether anything is named that belongs to the schools of a principal."""
        return any(self._own.search(text) for text in texts)

    def cut(self, text: str) -> str:
        """What is left of a message of one or several sentences (`What is wrong: a.; b.`) without
        those that name anything hidden.
        """
        text = self.told(text)
        if self._may_tell(text):
            return text
        head, colon, rest = text.partition(": ")
        parts = [part if part.endswith(".") else f"{part}." for part in rest.split(".; ") if part]
        if not colon or not self._may_tell(head):
            return NOT_TOLD
        return f"{head}: {'; '.join([*(part for part in parts if self._may_tell(part)), MORE])}"

    def fault(self, fault: Fault) -> Fault:
        """A fault as it may be told: where it names anything hidden, only that there is one, and
        its place.
        """
        viewer, known = self._seen.viewer, fault.sheet in SHEETS
        hidden = known and fault.column and not seen(viewer, f"{fault.sheet}.{fault.column}")
        told = replace(
            fault,
            value=self.told(fault.value),
            rule=self.told(fault.rule),
            fix=self.told(fault.fix),
        )
        if not hidden and all(map(self._may_tell, (told.value, told.rule, told.fix))):
            return told
        return Fault(fault.sheet, fault.row, "", "", WRONG, "Ask HR.", fault.file, kind=fault.kind)

    def _may_tell(self, text: str) -> bool:
        return self.may_show(text) and not self._tells_pay(text)

    def _tells_pay(self, text: str) -> bool:
        """Whether an amount in it may be what somebody is paid, or money that is not seen. Who sees
        every sum may read an amount that stands beside nobody.
        """
        viewer = self._seen.viewer
        if HR in viewer.roles or not self._amount.search(text):
            return False
        return seen(viewer, "funds.amount") is not Level.ALL or bool(self._paid.search(text))

    @cached_property
    def _amount(self) -> re.Pattern[str]:
        """An amount of money, as `Words` writes it."""
        district = self._seen.data.district
        signs = {district.currency, get_currency_symbol(district.currency, district.locale)}
        sign = "|".join(map(re.escape, sorted(signs | {"$", "£", "€"})))
        return re.compile(rf"(?:{sign})\s*\d|\d\s*(?:{sign})")

    @cached_property
    def _paid(self) -> re.Pattern[str]:
        data = self._seen.data
        paid = {name for s in PAID for row in data.rows(s) for name in _names(s, row)}
        return _any_of(paid | {row.expenditure for row in data.expenditures if row.is_pay})

    @cached_property
    def _students(self) -> re.Pattern[str]:
        shown = {id(row) for row in self._seen.originals["members"]}
        return _any_of({row.student for row in self._seen.data.members if id(row) not in shown})

    @cached_property
    def _hidden(self) -> re.Pattern[str]:
        shown = {sheet: {id(row) for row in self._seen.originals[sheet]} for sheet in NAMED}
        names = {
            name
            for s in NAMED
            for row in self._seen.data.rows(s)
            if id(row) not in shown[s]
            for name in _names(s, row)
        }
        return _any_of(
            names
            - {
                name
                for sheet in NAMED
                for row in self._seen.originals[sheet]
                for name in _names(sheet, row)
            }
        )

    @cached_property
    def _own(self) -> re.Pattern[str]:
        own = self._seen.own
        return _any_of(
            {
                n
                for s in OF_A_SCHOOL
                for row in self._seen.data.rows(s)
                if own.has(row)
                for n in _names(s, row)
            }
        )


def _names(sheet: str, row: SheetRow) -> Iterable[str]:
    """What a row is called: its id, and its name."""
    yield str(getattr(row, SHEETS[sheet].KEY[0]))
    name = getattr(row, "name", "")
    if name:
        yield str(name)


def _any_of(names: set[str]) -> re.Pattern[str]:
    """Any of some names as whole words, the longest first; one that nothing matches where there is
    none.
    """
    each = "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
    return re.compile(rf"(?<![\w-])(?:{each})(?![\w-])") if each else re.compile(r"(?!)")
