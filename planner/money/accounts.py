"""The account that a line of money is booked on: the district's account_format, filled with codes
of the sheet `accounts`.

Of several codes for one segment the most particular holds: that of the allowance, employer cost or
kind of expenditure; then the job class's, the school's, the fund's, the program's, and that of all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.facts.cell_names import account_segments
from planner.facts.problem import Problem

UNKNOWN = "?"
"""What stands in an account for a segment without a code."""
EVERYTHING = "all"


@dataclass(frozen=True)
class AccountOf:
    """An account, and the segments of it that have no code."""

    account: str
    missing: tuple[str, ...]


class AccountBook:
    """Finds accounts; codes are looked up once for each kind of line."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._format = problem.data.district.account_format
        self._segments = account_segments(self._format)
        self._codes = {(row.applies_to, row.segment): row.code for row in problem.data.accounts}

    def of(self, fund: str, school: str, role: str, particular: Sequence[str]) -> AccountOf:
        """The account of some money.

        Args:
            fund: Who pays it.
            school: Where it is for; blank: the fund's.
            role: The job class that it is paid for; may be blank.
            particular: What it is (`oncost:fica`, `kind:materials`), the most particular first.
        """
        if not self._format:
            return AccountOf(fund, ())
        row = self._problem.funds[fund]
        place = school or row.school
        sources = (
            *particular,
            *((f"role:{role}",) if role else ()),
            *((f"school:{place}",) if place else ()),
            f"fund:{fund}",
            f"program:{row.program}",
            EVERYTHING,
        )
        codes = {segment: self._code(segment, sources) for segment in self._segments}
        return AccountOf(
            _filled(self._format, codes),
            tuple(segment for segment, code in codes.items() if code == UNKNOWN),
        )

    def _code(self, segment: str, sources: Sequence[str]) -> str:
        return next(
            (
                self._codes[source, segment]
                for source in sources
                if (source, segment) in self._codes
            ),
            UNKNOWN,
        )


def _filled(account_format: str, codes: Mapping[str, str]) -> str:
    for segment, code in codes.items():
        account_format = account_format.replace(f"{{{segment}}}", code)
    return account_format
