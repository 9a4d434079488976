"""That nothing breaks the commands: random districts with every unusual feature, and damaged files.

`python -m tests.benchmarks --parts damage`. A command may say that a dataset is wrong, that a plan
breaks a rule or that there is none; it may not end in a traceback, hang, or take longer than the
time that it was given.
"""

import json
import random
import re
import resource
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import openpyxl

from planner.sheets.dataset import load, save
from planner.sheets.examples import example_path
from tests.planner.sheets.test_bad_input_fuzz import NASTY
from tests.planted_small import random_small
from tests.planted_unusual import ALL
from tests.ui.command import planner

DISTRICTS, FILES, PROCESSES = 300, 500, 2
SECONDS = 2.0
"""For each solve. 5 seconds more are allowed, for all that is not the search."""
QUICK = 10.0
"""Seconds for any other command."""
KNOWN = {
    "validate": (0, 2),
    "slots": (0, 2),
    "hr": (0, 1, 2),
    "funds": (0, 1, 2),
    "solve": (0, 2, 3, 4),
    "check": (0, 1),
    "export": (0,),
}
"""The exit codes of each command by which a planner knows what to do."""
BOOKS = ("first-steps", "tacoma-mtss", "short-staffed")


@dataclass
class Seen:
    """What commands did."""

    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    """What must not be: the input, the command, and what it did."""
    slowest: float = 0.0
    places: Counter[str] = field(default_factory=Counter)
    """How exactly each fault says where it is."""
    megabytes: float = 0.0

    def add(self, other: "Seen") -> None:
        """Takes in what others saw."""
        self.ends += other.ends
        self.wrong += other.wrong
        self.slowest = max(self.slowest, other.slowest)
        self.places += other.places
        self.megabytes = max(self.megabytes, other.megabytes)

    def ran(self, of: str, command: str, *words: object, seconds: float = QUICK) -> tuple[int, str]:
        """Runs a command and keeps how it ended; its exit code and what it printed."""
        began = monotonic()
        done = planner(command, *words)
        took = monotonic() - began
        self.slowest = max(self.slowest, took)
        self.ends[f"{command} {done.exit_code}"] += 1
        if done.exception is not None and not isinstance(done.exception, SystemExit):
            self.wrong.append(f"{of}: {command}: {done.exception!r}")
        elif done.exit_code not in KNOWN[command]:
            self.wrong.append(f"{of}: {command}: exit {done.exit_code}: {done.output[-200:]}")
        elif took > seconds:
            self.wrong.append(f"{of}: {command}: {took:.1f} s")
        return done.exit_code, done.stdout


def try_district(seed: int) -> Seen:
    """Every command on a random district."""
    seen = Seen()
    with TemporaryDirectory() as place:
        data, plan = Path(place) / "data", Path(place) / "plan"
        data.mkdir()
        random_small(data, seed=seed, features=ALL)
        of = f"district {seed}"
        if seed % 2:
            save(load(data), Path(place) / "data.xlsx")
            data = Path(place) / "data.xlsx"
        for command in ("validate", "slots", "hr", "funds"):
            seen.ran(of, command, data)
        code, _ = seen.ran(of, "solve", data, "-o", plan, "--seconds", SECONDS, seconds=SECONDS + 5)
        if code == 0:
            seen.ran(of, "check", plan / "plan.xlsx", "--data", data)
            seen.ran(of, "export", plan / "plan.json", "--data", data, "-o", Path(place) / "out")
    return seen


def try_file(seed: int) -> Seen:
    """A workbook that was damaged at random."""
    seen = Seen()
    rng = random.Random(f"file/{seed}")
    with TemporaryDirectory() as place:
        path = Path(place) / "book.xlsx"
        kind = rng.choice(list(DAMAGES))
        path.write_bytes(DAMAGES[kind](rng, whole_book(rng.choice(BOOKS))))
        code, told = seen.ran(f"file {seed} ({kind})", "validate", path, "--json")
        faults = json.loads(told) if told.startswith("[") else []
        for fault in faults if code == 2 else ():
            how = "file" if not fault["sheet"] else "sheet" if not fault["row"] else "row"
            seen.places["cell" if how == "row" and fault["column"] else how] += 1
            if not (fault["sheet"] or fault.get("file")) or not fault["rule"]:
                seen.wrong.append(f"file {seed} ({kind}): a fault without a place: {fault}")
        if code == 2 and not faults:
            seen.wrong.append(f"file {seed} ({kind}): refused without a fault")
    seen.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return seen


@cache
def whole_book(name: str) -> bytes:
    """An example as a workbook."""
    with TemporaryDirectory() as place:
        path = Path(place) / "whole.xlsx"
        save(load(example_path(name)), path)
        return path.read_bytes()


# -- damages: what is left of a workbook's bytes


def bytes_changed(rng: random.Random, content: bytes) -> bytes:
    """Some bytes are other ones, as on a bad disk."""
    changed = bytearray(content)
    for _ in range(rng.choice([1, 3, 20, 200])):
        changed[rng.randrange(len(changed))] = rng.randrange(256)
    return bytes(changed)


def cut_short(rng: random.Random, content: bytes) -> bytes:
    """The end is missing, as of a copy that was broken off."""
    return content[: rng.randrange(len(content))]


def xml_changed(rng: random.Random, content: bytes) -> bytes:
    """A part says something else: pieces of its XML are missing, doubled, in other places."""
    source = BytesIO(content)
    made = BytesIO()
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(made, "w") as changed:
        names = whole.namelist()
        damaged = rng.sample(names, k=rng.choice([1, 1, 2]))
        for name in names:
            text = whole.read(name)
            changed.writestr(name, _rewritten(rng, text) if name in damaged else text)
    return made.getvalue()


def _rewritten(rng: random.Random, xml: bytes) -> bytes:
    tags = [match.span() for match in re.finditer(rb"<[^<>]*>", xml)]
    if not tags:
        return xml
    (begin, end), (other, last) = rng.choice(tags), rng.choice(tags)
    act = rng.randrange(6)
    if act == 0:
        return xml[:begin] + xml[end:]
    if act == 1:
        return xml[:end] + xml[begin:end] + xml[end:]
    if act == 2:
        return xml[:end] + xml[other:last] + xml[end:]
    if act == 3:
        numbers = list(re.finditer(rb"\d+", xml))
        at = rng.choice(numbers) if numbers else None
        new = rng.choice([b"0", b"-1", b"99999999999", b"1e400", b"16385", b"1048577"])
        return xml[: at.start()] + new + xml[at.end() :] if at else xml
    if act == 4:
        names = list(re.finditer(rb' (\w+)="', xml))
        at = rng.choice(names) if names else None
        return xml[: at.start(1)] + b"zz" + xml[at.end(1) :] if at else xml
    return xml[: min(begin, other)] + xml[max(begin, other) :]


def cells_changed(rng: random.Random, content: bytes) -> bytes:
    """Cells hold what nobody would type."""
    book = openpyxl.load_workbook(BytesIO(content))
    for _ in range(rng.choice([1, 3, 10])):
        sheet = book[rng.choice(book.sheetnames)]
        row = rng.randint(1, max(sheet.max_row, 1))
        cell = sheet.cell(row, rng.randint(1, max(sheet.max_column, 1)))
        text = rng.choice([value for value in NASTY if value.isprintable()])
        cell.value = rng.choice([text, text, rng.random() * 10 ** rng.randint(-9, 18), True, None])
    made = BytesIO()
    book.save(made)
    return made.getvalue()


def sheets_changed(rng: random.Random, content: bytes) -> bytes:
    """Sheets are missing, doubled or called otherwise; rows and columns are gone."""
    book = openpyxl.load_workbook(BytesIO(content))
    for _ in range(rng.choice([1, 2])):
        sheet = book[rng.choice(book.sheetnames)]
        act = rng.randrange(5)
        if act == 0 and len(book.sheetnames) > 1:
            book.remove(sheet)
        elif act == 1:
            book.copy_worksheet(sheet)
        elif act == 2:
            sheet.title = rng.choice(["Sheet1", "schools ", "STAFF_", "x" * 31])
        elif act == 3:
            sheet.delete_cols(rng.randint(1, max(sheet.max_column, 1)))
        else:
            sheet.delete_rows(rng.randint(1, max(sheet.max_row, 1)))
    made = BytesIO()
    book.save(made)
    return made.getvalue()


DAMAGES: dict[str, Callable[[random.Random, bytes], bytes]] = {
    "bytes": bytes_changed,
    "cut short": cut_short,
    "XML": xml_changed,
    "cells": cells_changed,
    "sheets": sheets_changed,
}


def together(act: Callable[[int], Seen], seeds: Iterable[int], processes: int) -> Seen:
    """What was seen with all seeds, in several processes. Raises BrokenExecutor where one of them
    was ended by what it tried.
    """
    seen = Seen()
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        for one in pool.map(act, seeds, chunksize=5):
            seen.add(one)
    return seen


def told(name: str, count: int, seen: Seen, seconds: float) -> Sequence[str]:
    """The figures, a line each, and all that must not be."""
    return [
        f"{name}: {count} in {seconds:.0f} s; the slowest command took {seen.slowest:.1f} s",
        "  " + ", ".join(f"{how}: {often}" for how, often in sorted(seen.ends.items())),
        *(
            [f"  faults by place: {dict(seen.places)}; {seen.megabytes:.0f} MB at most"]
            * bool(seen.places)
        ),
        f"  {len(seen.wrong)} that must not be",
        *(f"    {line}" for line in seen.wrong[:40]),
    ]


def expected_seconds(districts: int, files: int) -> float:
    """Seconds that so many take: a district is solved and then checked, a file only read."""
    return (districts * 2 * SECONDS + files) / PROCESSES


def main(districts: int = DISTRICTS, files: int = FILES, processes: int = PROCESSES) -> None:
    """Tries all, and says what was seen."""
    for name, act, count in (("districts", try_district, districts), ("files", try_file, files)):
        began = monotonic()
        seen = together(act, range(count), processes)
        print("\n".join(told(name, count, seen, monotonic() - began)), flush=True)


if __name__ == "__main__":
    main()
