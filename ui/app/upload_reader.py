"""Read one file that was sent: `python -m ui.app.upload_reader WORKBOOK RESULT`.

The process takes no more than its memory and its time, and ends. Use it through `ui.app.uploads`.
"""

import pickle
import sys
from collections.abc import Mapping
from pathlib import Path

from planner.sheets.dataset import parse, read_tables
from planner.sheets.raw_table import RawSheet
from planner.words.errors import DatasetError, Fault
from ui.app.uploads import LESS, SECONDS, TOO_LARGE, Upload

MEMORY = 1_000_000_000
"""Bytes beyond what the process has when it begins; the largest sheet that is allowed takes a
third of it.
"""


MOST_MARKED = 200_000
"""Cells of a workbook that is sent back with its faults marked: openpyxl takes 50 µs for each, and
ten times the memory that reading takes.
"""


def read(path: Path) -> Upload:
    """The dataset in a workbook, or all that is wrong with it."""
    tables: Mapping[str, RawSheet] = {}
    try:
        tables = read_tables(path)
        return Upload(parse(tables))
    except DatasetError as error:
        return Upload(None, error.faults, _marked(path, tables, error))
    except MemoryError:
        return Upload(None, (Fault("", 0, "", "", TOO_LARGE, LESS, path.name),))


def _marked(path: Path, tables: Mapping[str, RawSheet], error: DatasetError) -> bytes:
    """The workbook with its faults marked; nothing where it is too large, or openpyxl cannot open
    it: it stumbles over much that is read here.
    """
    cells = sum(len(cells) for table in tables.values() for _, cells in table.rows)
    if not tables or cells > MOST_MARKED or any(table.broken for table in tables.values()):
        return b""
    # Imported where it is needed: it brings openpyxl, which takes longer than the other imports.
    from planner.render.workbook.marked_workbook import marked_workbook

    try:
        return marked_workbook(path, error.faults)
    except Exception:  # of any kind: a convenience less, while the faults are known
        return b""


def limit_itself() -> None:
    """Take no more than the memory and the time that a file may; nothing on Windows, which has no
    such limits.
    """
    if sys.platform == "win32":
        return
    import resource

    taken = 0
    statistics = Path("/proc/self/statm")
    if statistics.exists():
        taken = int(statistics.read_text().split()[0]) * resource.getpagesize()
    for kind, most in (
        (resource.RLIMIT_AS, taken + MEMORY),
        (resource.RLIMIT_CPU, int(SECONDS) + 5),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(
            kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


if __name__ == "__main__":
    limit_itself()
    Path(sys.argv[2]).write_bytes(pickle.dumps(read(Path(sys.argv[1]))))
