"""Sentences about a plan: whether they name anything that somebody may not see, and whether they
are about anything of theirs.
"""

import re
from collections.abc import Iterable
from functools import cached_property

from planner.access.dataset_view import Seen
from planner.facts.row import SheetRow
from planner.facts.sheets import SHEETS

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
)
"""Sheets whose ids, and names where rows have them, may stand in a sentence."""
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
