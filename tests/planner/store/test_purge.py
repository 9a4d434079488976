"""Students leave the store for good: no key of one is left anywhere, and plans still make sense."""

from zipfile import ZipFile

import pytest
from sqlalchemy import select

from planner.facts.group_rows import Member
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.sheets.dataset import dataset_hash
from planner.store import datasets, plans, runs, scenarios, work
from planner.store.audit import entries
from planner.store.backup import back_up
from planner.store.documents import text_in
from planner.store.purge import Keys, Purged, purge_students
from planner.store.restore import restore
from planner.store.store import Store
from planner.store.tables import DocumentRecord
from planner.store.verify import verify
from planner.store.worker import this_worker
from tests.planner.store.office import first_steps, plan, short_staffed

FINDING = {
    "rule": "no_student_twice",
    "subject": "S-7 · g2 · g1 · Mon",
    "message": "Student S-7 is in g1 and in g2 at 09:00 on Mon.",
}


def with_members(dataset: Dataset, *keys: str) -> Dataset:
    """The dataset with students in its first group, whose number is not typed."""
    first, *others = dataset.groups
    first = first.model_copy(update={"students": None})
    members = tuple(Member(student=key, group=first.group) for key in keys)
    return dataset.model_copy(update={"groups": (first, *others), "members": members})


def everything(store: Store) -> str:
    """All documents, scenarios and runs in one text."""
    with store.reading() as session:
        documents = [text_in(row) for row in session.scalars(select(DocumentRecord))]
    return "\n".join(
        [
            *documents,
            *(each.text for each in scenarios.saved(store)),
            *map(str, entries(store)),
            *map(str, runs.runs(store)),
        ]
    )


def test_no_student_is_left(store: Store, tmp_path):
    ours = with_members(first_steps(), "S-7", "S-70", "Ann Lee")
    key = datasets.save(store, ours, "ours", by="ann").hash
    datasets.save(store, short_staffed(), "theirs", by="ann")
    document = plan(
        ours,
        findings=[FINDING],
        unserved=[{"service": "S-7", "reason": "Ann Lee's group has S-700."}],
    )
    plans.keep(store, document, {}, "ours", by="ann")
    plans.keep(store, plan(first_steps() and ours, 310), {}, "ours", by="ann")
    runs.ask(store, "ours", key, settings={}, by="ann")
    claim = work.claim_next(store, this_worker())
    work.keep_best(store, claim, document)
    yaml = (
        "changes:\n - add: {sheet: members, row: {student: S-99, group: g}}\n - drop: {where: "
        "{student: [S-70, 'S-7']}}\n"
    )
    scenarios.save(store, "cut", "ours", yaml, seen=0, by="ann")

    gone = purge_students(store, by="hr")

    assert gone == Purged(students=3 + 130 + 1, datasets=2, plans=2, scenarios=1)
    said = everything(store)
    keys = {member.student for member in (*ours.members, *short_staffed().members)} | {"S-99"}
    assert [key for key in keys if f'"{key}"' in said.replace('"service":"S-7"', "")] == []
    assert "Ann Lee" not in said
    _, kept, _ = plans.load(store, 1)
    assert kept["findings"] == [
        FINDING
        | {
            "subject": "(a student) · g2 · g1 · Mon",
            "message": "Student (a student) is in g1 and in g2 at 09:00 on Mon.",
        }
    ]
    assert kept["unserved"][0]["reason"] == "(a student)'s group has S-700."
    assert kept["sessions"] == document["sessions"]
    assert runs.best(store, 1) == kept
    assert scenarios.load(store, "cut").text == (
        'changes:\n - add: {sheet: members, row: {student: "(a student)", group: g}}\n - drop: {where: {student: "(a student)"}}\n'
    )
    last = entries(store)[-1]
    assert (last.by, last.action, last.subject, last.detail["students"]) == (
        "hr",
        "purged",
        "students",
        134,
    )
    assert verify(store).fault == ""
    assert purge_students(store, by="hr") == Purged(0, 0, 0, 0)


def test_a_purged_dataset_keeps_its_hash_and_how_many_students_a_group_has(store: Store):
    before = short_staffed()
    key = datasets.save(store, before, "ours", by="ann").hash
    purge_students(store, by="hr")
    after = datasets.load(store, key)
    assert dataset_hash(before) == key != dataset_hash(after)
    assert after.members == ()
    sizes = {service.id: service.size for service in Problem(before).groups}
    assert {service.id: service.size for service in Problem(after).groups} == sizes
    kept = datasets.newest(store, "ours")
    assert (kept.hash, kept.purged_at is not None, kept.students) == (key, True, 130)


def test_a_dataset_without_students_is_not_marked(store: Store):
    datasets.save(store, first_steps(), "ours", by="ann")
    assert purge_students(store, by="hr") == Purged(0, 0, 0, 0)
    assert datasets.newest(store, "ours").purged_at is None


def test_who_saves_the_dataset_again_brings_the_students_back(store: Store):
    datasets.save(store, short_staffed(), "ours", by="ann")
    purge_students(store, by="hr")
    again = datasets.save(store, short_staffed(), "ours", by="ann")
    assert (again.version, again.purged_at) == (2, None)
    assert datasets.load(store, again.hash) == short_staffed()
    assert verify(store).fault == ""


def test_a_plan_that_was_kept_after_the_purge_is_purged_too(store: Store):
    ours = with_members(first_steps(), "S-7")
    datasets.save(store, ours, "ours", by="ann")
    purge_students(store, by="hr")
    plans.keep(store, plan(ours, findings=[FINDING]), {}, "ours", by="ann")
    assert purge_students(store, by="hr") == Purged(0, 0, 1, 0)
    assert "S-7" not in everything(store)
    assert purge_students(store, by="hr") == Purged(0, 0, 0, 0)


def test_a_purged_store_is_backed_up_and_restored(store: Store, tmp_path):
    datasets.save(store, short_staffed(), "ours", by="ann")
    purge_students(store, by="hr")
    back_up(store, tmp_path / "office.zip", by="ann")
    with ZipFile(tmp_path / "office.zip") as archive:
        content = b"".join(map(archive.read, archive.namelist())).decode()
    assert [m.student for m in short_staffed().members if f'"{m.student}' in content] == []
    restore(store, tmp_path / "office.zip", replace=True, by="ann")
    assert verify(store).fault == ""


def test_no_page_of_the_file_holds_what_was_replaced(store: Store, tmp_path):
    if store.shared:
        pytest.skip("a server's files are its own")
    key = datasets.save(store, short_staffed(), "ours", by="ann").hash
    with store.reading() as session:
        content = session.scalars(select(DocumentRecord.content)).one()
    piece = content[len(content) // 2 :][:24]
    store.engine.dispose()
    files = list(tmp_path.glob("store-*"))
    assert any(piece in file.read_bytes() for file in files)
    purge_students(store, by="hr")
    assert not any(piece in file.read_bytes() for file in tmp_path.glob("store-*"))
    assert datasets.load(store, key).members == ()


@pytest.mark.parametrize(
    ("keys", "text", "left"),
    [
        (["S-1"], "S-1, S-10, XS-1 and S-1.", "(a student), S-10, XS-1 and (a student)."),
        (
            ["12"],
            "Student 12 is in 12 and in g at 12:12.",
            "Student (a student) is in 12 and in g at 12:12.",
        ),
        (["12"], "12 · g2 · g1 · Mon", "(a student) · g2 · g1 · Mon"),
        (["a.b*"], "a.b* is not axb", "(a student) is not axb"),
        (["Ann", "Ann Lee"], "Ann Lee sits by Ann", "(a student) sits by (a student)"),
        (["é"], "é, née", "(a student), née"),
        ([], "S-1", "S-1"),
    ],
)
def test_keys_are_found_as_whole_words(keys: list[str], text: str, left: str):
    assert Keys(keys).out_of({"findings": [{"message": text}], "sessions": [text]}) == {
        "findings": [{"message": left}],
        "sessions": [text],
    }
