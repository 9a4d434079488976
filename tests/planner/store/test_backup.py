"""Backups: of either kind of store, into either kind; a damaged one changes nothing."""

import json
import random
import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from threading import Event, Thread
from zipfile import ZipFile

import pytest

from planner.store import adoption, datasets, plans, runs, scenarios, work
from planner.store.audit import entries
from planner.store.backup import back_up
from planner.store.errors import PlaceError
from planner.store.restore import restore
from planner.store.store import Store, open_store
from planner.store.verify import verify
from planner.store.worker import this_worker
from tests.planner.store.office import first_steps, plan, refused, short_staffed

KINDS = ("sqlite", "postgresql")
WHOLE = "Take another backup. Nothing was changed."


def fill(store: Store) -> None:
    """Something of everything, with characters of many kinds and figures that JSON writes in
    several ways.
    """
    datasets.save(store, first_steps(), "naïve – école 中", by="ann")
    key = datasets.save(store, short_staffed(), "theirs", by="ann").hash
    scenarios.save(store, "cut", "ours", "name: cut\n# \u2028 end", seen=0, by="ben")
    plans.keep(
        store, plan(first_steps(), share=0.1, large=10**15), {"seconds": 1.0}, "ours", by="ann"
    )
    adoption.adopt(store, 1, note="so be it", by="dora")
    for _ in range(3):
        runs.ask(store, "theirs", key, settings={"seconds": 60, "share": 0.5}, by="ann")
    work.finish(store, work.claim_next(store, this_worker()), plan(short_staffed()), {})
    claim = work.claim_next(store, this_worker())
    work.tell_progress(store, claim, {"value": 1.5})
    work.keep_best(store, claim, plan(short_staffed(), 310))


def held(store: Store) -> object:
    """All that a store gives."""
    found = plans.saved(store)
    return (
        datasets.saved(store),
        [datasets.load(store, each.hash) for each in datasets.saved(store)],
        scenarios.saved(store),
        runs.runs(store),
        [runs.events(store, run.number) for run in runs.runs(store)],
        [runs.best(store, run.number) for run in runs.runs(store)],
        [plans.load(store, each.number) for each in found],
        adoption.adoptions(store),
    )


@pytest.fixture
def new_store(new_place: Callable[[str], object]) -> Iterator[Callable[[str], Store]]:
    with ExitStack() as stack:

        def new(kind: str) -> Store:
            store = open_store(new_place(kind))
            stack.callback(store.close)
            return store

        yield new


@pytest.fixture
def backup(store: Store, tmp_path: Path) -> Path:
    fill(store)
    back_up(store, tmp_path / "office.zip", by="ann")
    return tmp_path / "office.zip"


@pytest.mark.parametrize("into", KINDS)
def test_what_is_restored_is_what_was(store: Store, backup: Path, new_store, into: str):
    other = new_store(into)
    rows = restore(other, backup, by="ben")
    assert (rows["datasets"], rows["plans"], rows["runs"], rows["adoptions"]) == (2, 2, 3, 1)
    assert held(other) == held(store)
    assert entries(other)[:-1] == entries(store)[:-1]
    assert verify(other).fault == verify(store).fault == ""
    last = entries(other)[-1]
    assert (last.by, last.action, last.subject, last.detail["replaced"]) == (
        "ben",
        "restored",
        "store",
        None,
    )
    assert plans.keep(other, plan(first_steps(), 500), {}, "ours", by="ann").number == 3, (
        "numbers go on"
    )
    assert (
        runs.ask(
            other, "theirs", datasets.newest(other, "theirs").hash, settings={}, by="ann"
        ).number
        == 4
    )
    assert scenarios.save(other, "new", "ours", "name: new", seen=0, by="ann").version == 1
    assert verify(other).fault == ""


def test_a_backup_is_private_whole_and_audited(store: Store, backup: Path):
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert [
        path.name for path in backup.parent.iterdir() if path.name.startswith(".unfinished")
    ] == []
    last = entries(store)[-1]
    assert (last.action, last.subject, last.detail["file"]) == ("backed up", "store", "office.zip")
    with refused(
        PlaceError, f"{backup}: is there already. Choose another name, or replace it with --force."
    ):
        back_up(store, backup, by="ann")
    assert back_up(store, backup, replace=True, by="ann")["audit"] == last.number
    missing = backup.parent / "nowhere" / "office.zip"
    with refused(
        PlaceError,
        f"{missing}: lies in a folder that is not there. Make it first.",
    ):
        back_up(store, missing, by="ann")


def test_a_store_that_is_not_empty_is_replaced_only_on_request(store: Store, backup: Path):
    count = len(entries(store))
    fix = "Restore into an empty one (PLANNER_STORE names it), or replace it with --replace."
    with refused(
        PlaceError,
        f"{store.at}: the store is not empty: its audit trail has {count} entries. {fix}",
    ):
        restore(store, backup, by="ann")
    newest = entries(store)[-1].hash
    plans.keep(store, plan(first_steps(), 500), {}, "ours", by="ann")
    restore(store, backup, replace=True, by="ann")
    assert [each.number for each in plans.saved(store)] == [2, 1]
    assert entries(store)[-1].detail["replaced"]["entries"] == count + 1
    assert newest not in {entry.hash for entry in entries(store)}
    assert verify(store).fault == ""


@pytest.mark.slow
def test_a_backup_of_a_store_in_use_fits_together(store: Store, tmp_path: Path, new_store):
    """What is written while a backup reads is in it whole or not at all."""
    fill(store)
    over, wrote = Event(), []

    def write() -> None:
        while not over.is_set():
            number = plans.keep(
                store, plan(first_steps(), 1000 + len(wrote)), {}, "ours", by="ben"
            ).number
            adoption.adopt(store, number, by="ben")
            wrote.append(number)

    writer = Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            back_up(store, tmp_path / f"{number}.zip", by="ann")
    finally:
        over.set()
        writer.join()
    assert wrote
    for number in range(3):
        restore(new_store("sqlite"), tmp_path / f"{number}.zip", by="ann")


def changed(path: Path, name: str, change: Callable[[str], str], *, sums: bool = True) -> None:
    """Alter one file of a backup; with `sums`, cover it up in the manifest."""
    with ZipFile(path) as archive:
        files = {each: archive.read(each).decode() for each in archive.namelist()}
    files[name] = change(files[name])
    if sums and name != "manifest.json":
        manifest = json.loads(files["manifest.json"])
        said = files[name].encode()
        manifest["tables"][name.removesuffix(".jsonl")] = {
            "rows": said.count(b"\n"),
            "sha256": sha256(said).hexdigest(),
        }
        files["manifest.json"] = json.dumps(manifest)
    with ZipFile(path, "w") as archive:
        for each, content in files.items():
            archive.writestr(each, content)


DAMAGED = f"is no backup of a store, or is damaged. {WHOLE}"


@pytest.mark.parametrize(
    ("name", "change", "sums", "said"),
    [
        ("plans.jsonl", lambda text: text.replace("100.75", "100.76"), False, DAMAGED),
        (
            "plans.jsonl",
            lambda text: text.replace("100.75", "100.76"),
            True,
            "the backup was altered. Plan 1 row was altered: ",
        ),
        (
            "audit.jsonl",
            lambda text: text.replace("dora", "mallory"),
            True,
            "the backup was altered. Entry 5 (",
        ),
        (
            "audit.jsonl",
            lambda text: text[: text.rindex("\n", 0, -1) + 1],
            True,
            "the backup was altered. Entry 12 is",
        ),
        ("documents.jsonl", lambda text: text.replace("09:00", "10:00"), True, DAMAGED),
        (
            "scenario_versions.jsonl",
            lambda text: text.replace("name: cut", "name: cup"),
            True,
            "the backup was altered. Scenario cut",
        ),
        ("datasets.jsonl", lambda text: "", True, "the backup does not fit together ("),
        ("runs.jsonl", lambda text: text.replace('"host"', '"ghost"'), True, DAMAGED),
        (
            "runs.jsonl",
            lambda text: text.replace('"attempt":1', '"attempt":null'),
            True,
            "the backup does not fit together (",
        ),
        ("runs.jsonl", lambda text: text[:100], True, DAMAGED),
        ("manifest.json", lambda text: "{", True, DAMAGED),
        ("manifest.json", lambda text: "[]", True, DAMAGED),
        (
            "manifest.json",
            lambda text: text.replace('"schema": "0001"', '"schema": "0007"'),
            True,
            "was written by another planner (schema 0007; this one knows 0001). Restore it with "
            "that one.",
        ),
    ],
)
def test_a_backup_that_was_altered_changes_nothing(
    store: Store, backup: Path, name: str, change, sums: bool, said: str
):
    before = held(store), entries(store)
    changed(backup, name, change, sums=sums)
    with pytest.raises(PlaceError) as caught:
        restore(store, backup, replace=True, by="mallory")
    assert caught.value.faults[0].what.startswith(said), str(caught.value)
    assert (held(store), entries(store)) == before


@pytest.mark.slow
def test_bytes_that_rot_change_nothing(store: Store, backup: Path):
    """A hundred times one byte of the file is another: it is refused, or (in what a zip never
    reads) makes no difference.
    """
    whole, chance = backup.read_bytes(), random.Random(1)
    before = held(store)
    refusals = 0
    for _ in range(100):
        place = chance.randrange(len(whole))
        backup.write_bytes(
            whole[:place] + bytes([whole[place] ^ (1 << chance.randrange(8))]) + whole[place + 1 :]
        )
        try:
            restore(store, backup, replace=True, by="ann")
        except PlaceError:
            refusals += 1
        assert verify(store).fault == ""
    assert held(store) == before
    assert refusals > 60


@pytest.mark.parametrize("content", [b"", b"PK", b"name,year\n", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_backup_is_told(store: Store, tmp_path: Path, content: bytes):
    path = tmp_path / "notes.zip"
    path.write_bytes(content)
    with refused(PlaceError, f"{path}: {DAMAGED}"):
        restore(store, path, by="ann")
    with refused(
        PlaceError, f"{tmp_path / 'none.zip'}: cannot be opened (No such file or directory)."
    ):
        restore(store, tmp_path / "none.zip", by="ann")
