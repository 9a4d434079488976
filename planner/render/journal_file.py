"""The journal as a CSV file that finance systems import: account, description, debit; then the
period and the fund, to check it by.
"""

from collections.abc import Iterable

from planner.money.journal import JournalEntry
from planner.render.csv_files import csv_file

HEADINGS = ("account", "description", "debit", "period", "fund")


def journal_file(entries: Iterable[JournalEntry]) -> bytes:
    """A row an entry."""
    return csv_file(
        HEADINGS,
        ((one.account, one.description, one.debit, one.period, one.fund) for one in entries),
    )
