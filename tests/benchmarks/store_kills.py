"""Processes that write to the store are killed at random moments: nothing may be corrupt, and no
finished plan lost.

`python -m tests.benchmarks.store_kills 50` kills 50 on SQLite; the benchmark kills 500, and as many
on PostgreSQL where there is one. What a process says after a call returned must be in the
store afterwards; what it was about when it died must be there whole or not at all.
"""

import os
import random
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from typing import Any

from sqlalchemy import URL, text

from planner.sheets.dataset import load
from planner.store import adoption, datasets, plans, runs, scenarios, work, workers
from planner.store.backup import back_up
from planner.store.errors import StoreError
from planner.store.place import DATABASE, file_at, place_of
from planner.store.restore import restore
from planner.store.runs import State
from planner.store.store import Store, open_store
from planner.store.verify import verify
from planner.store.worker import this_worker
from tests.planner.store.office import SCENARIOS, plan
from tests.postgres import programs, server

LONGEST_LIFE = 0.5
"""Seconds that a process lives at most."""
KILLS = 500
PER_KILL = 1.7
"""Seconds for a kill on both stores, measured with 1,000 of each."""
WHOLE_CHECK = 50
"""After so many kills the whole store is verified, not only what is new."""


@dataclass
class Counts:
    """What happened."""

    kills: int = 0
    plans: int = 0
    orphans: int = 0
    taken_up: int = 0


class Writer:
    """What a process does until it is killed: runs from queue to plan or handed on, edits of
    datasets and scenarios, adoptions, backups, new stores.
    """

    def __init__(
        self, place: URL, folder: Path, key: str, chance: random.Random, say: Callable[[str], None]
    ) -> None:
        self.store, self.folder, self.key, self.chance, self.say = (
            open_store(place),
            folder,
            key,
            chance,
            say,
        )

    def run(self) -> None:
        acts = [self.solve] * 6 + [
            self.save,
            self.edit,
            self.adopt,
            self.ask,
            self.back_up,
            self.new_store,
        ]
        while True:
            with suppress(StoreError):  # refused, as by a plan that is adopted already
                self.chance.choice(acts)()

    def ask(self) -> int:
        return runs.ask(self.store, "ours", self.key, settings={}, by="ann").number

    def solve(self) -> None:
        workers.beat(self.store, this_worker())
        runs.mark_orphans(self.store, by=str(this_worker()))
        claim = work.take_up(self.store, this_worker())
        if claim:
            self.say("taken up")
            if best := work.best_left(self.store, claim):
                assert len(best["sessions"]) == 1
        claim = claim or work.claim_next(self.store, this_worker())
        if claim is None:
            self.ask()
            return
        for _ in range(self.chance.randrange(4)):
            work.keep_best(self.store, claim, self.document())
            self.say(f"best {claim.run}")
            work.tell_progress(self.store, claim, {"value": 1})
            work.beat(self.store, claim)
        if not self.chance.randrange(8):
            work.hand_on(self.store, claim)
            self.say(f"handed on {claim.run}")
            return
        number = work.finish(self.store, claim, self.document(), {})
        self.say(f"plan {number}")

    def document(self) -> dict[str, Any]:
        padding = [f"{self.chance.random()}" for _ in range(self.chance.randrange(2000))]
        return plan(DATASET, self.chance.randrange(10**6), padding=padding)

    def save(self) -> None:
        name = f"scenario {self.chance.randrange(5)}"
        try:
            seen = scenarios.load(self.store, name).version
        except StoreError:
            seen = 0
        kept = scenarios.save(
            self.store, name, "ours", f"name: {self.chance.random()}", seen=seen, by="ben"
        )
        self.say(f"scenario {kept.version} {name}")

    def edit(self) -> None:
        """A sheet that was edited on the screen."""
        name = f"{self.chance.random()}"
        district = DATASET.district.model_copy(update={"name": name})
        edited = DATASET.model_copy(update={"district": district})
        kept = datasets.save(self.store, edited, "edited", by="cleo")
        self.say(f"edit {name} {kept.hash}")

    def adopt(self) -> None:
        newest = plans.saved(self.store)[:1]
        if newest:
            adoption.adopt(self.store, newest[0].number, by="dora")
            self.say(f"adopted {newest[0].number}")

    def back_up(self) -> None:
        """A backup, and restoring it into a store of its own, again and again."""
        file = self.folder / f"{os.getpid()}.zip"
        back_up(self.store, file, replace=True, by="ann")
        other = open_store(file_at(self.folder / "restored.sqlite"))
        restore(other, file, replace=True, by="ann")
        file.unlink()
        other.close()

    def new_store(self) -> None:
        open_store(file_at(self.folder / f"new-{os.getpid()}.sqlite")).close()


DATASET = load(SCENARIOS / "first-steps" / "dataset")


def one_life(place: URL, folder: Path, key: str, seed: int) -> list[str]:
    """What a process said before it was killed."""
    chance = random.Random(seed)
    ears, mouth = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(ears)
        try:
            Writer(
                place,
                folder,
                key,
                chance,
                lambda said: (os.write(mouth, f"{said}\n".encode()), None)[1],
            ).run()
        except (
            BaseException
        ) as error:  # whatever it is, the parent is told, and this copy of it ends here
            os.write(mouth, f"error {error!r}\n".encode())
        finally:
            os._exit(1)
    os.close(mouth)
    sleep(chance.random() * LONGEST_LIFE)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(ears, "rb") as pipe:
        said = pipe.read().decode().split("\n")
    assert not [line for line in said if line.startswith("error")], said
    return said[:-1]


def find_lost(store: Store, said: list[str], numbers: set[int]) -> None:
    """Raises AssertionError where something that was said is not there."""
    states = {run.number: run for run in runs.runs(store)}
    for line in said:
        what, _, rest = line.partition(" ")
        if what == "plan":
            numbers.add(int(rest))
            kept, document, _ = plans.load(store, int(rest))
            assert kept.run is not None
            assert len(document["sessions"]) == 1
            assert states[kept.run].state is State.DONE
        elif what == "best":
            run = states[int(rest)]
            assert run.has_best or run.plan is not None
            assert runs.best(store, run.number) or run.plan
        elif what == "scenario":
            version, _, name = rest.partition(" ")
            assert scenarios.load(store, name, int(version)).saved_by == "ben"
        elif what == "edit":
            name, _, key = rest.partition(" ")
            assert datasets.load(store, key).district.name == name
        elif what == "handed":
            assert states[int(line.rpartition(" ")[2])].state is not State.QUEUED
        elif what == "adopted":
            assert int(rest) in {each.plan for each in adoption.adoptions(store)}
    assert numbers <= {kept.number for kept in plans.saved(store)}
    if not store.shared:
        with store.reading() as session:
            assert session.execute(text("PRAGMA quick_check")).scalar() == "ok"


def kill(place: URL, folder: Path, kills: int, seed: int = 1) -> Counts:
    """Kill so many processes, one after the other, and look after each what is there."""
    store = open_store(place)
    key = datasets.save(store, DATASET, "ours", by="ann").hash
    store.close()
    counts, numbers = Counts(), set[int]()
    for number in range(kills):
        said = one_life(place, folder, key, seed * 1_000_000 + number)
        store = open_store(place)
        find_lost(store, said, numbers)
        counts.taken_up += said.count("taken up")
        counts.orphans += len(runs.mark_orphans(store, by="ann"))
        assert not [run for run in runs.runs(store) if run.state is State.RUNNING]
        if number % WHOLE_CHECK == WHOLE_CHECK - 1 or number == kills - 1:
            assert verify(store).fault == ""
            find_whole(folder)
        store.close()
    counts.kills, counts.plans = kills, len(numbers)
    return counts


def find_whole(folder: Path) -> None:
    """Every store that somebody was making, and the one into which backups were restored, opens and
    holds; all goes then.
    """
    for path in folder.glob("*.sqlite"):
        if path.name.startswith(("new-", "restored")):
            store = open_store(file_at(path))
            assert verify(store).fault == ""
            store.close()
    for path in [*folder.glob("new-*"), *folder.glob("*.zip")]:
        path.unlink()


def main(kills: int = KILLS) -> None:
    """Kill on SQLite and, where it is installed, on PostgreSQL; a line for each."""
    print("| store | kills | plans finished, none lost | runs orphaned | taken up again | in all |")
    print("|---|---|---|---|---|---|")
    with TemporaryDirectory() as folder:
        _print("SQLite", file_at(Path(folder) / "store.sqlite"), Path(folder), kills)
    binaries = programs()
    if binaries:
        with TemporaryDirectory() as folder, server(binaries) as found:
            _print("PostgreSQL", place_of({DATABASE: found.database()}), Path(folder), kills)


def _print(name: str, place: URL, folder: Path, kills: int) -> None:
    began = monotonic()
    found = kill(place, folder, kills)
    line = (
        f"| {name} | {found.kills:,} | {found.plans:,} | {found.orphans:,} | "
        f"{found.taken_up:,} | {monotonic() - began:.0f} s |"
    )
    print(line, flush=True)


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        counted = kill(file_at(Path(place) / "store.sqlite"), Path(place), int(sys.argv[1]))
    print(f"{counted.kills} kills, {counted.plans} plans, {counted.orphans} orphans")
