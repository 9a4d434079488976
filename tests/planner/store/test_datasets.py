"""Datasets in the store: kept once, under the hash of what they say; versions of a name."""

import pytest
from sqlalchemy import func, select

from planner.facts.sheets import Dataset
from planner.sheets.dataset import dataset_hash, load
from planner.store import datasets
from planner.store.audit import entries
from planner.store.errors import NotThere, StoreError
from planner.store.store import Store
from planner.store.tables import DocumentRecord
from planner.store.verify import verify
from tests.planner.store.office import SCENARIOS, first_steps, refused, short_staffed


def renamed(dataset: Dataset, name: str) -> Dataset:
    return dataset.model_copy(
        update={"district": dataset.district.model_copy(update={"name": name})}
    )


def test_a_dataset_comes_back_as_it_was(store: Store):
    for dataset in (first_steps(), short_staffed()):
        kept = datasets.save(store, dataset, "ours", by="ann")
        assert datasets.load(store, kept.hash) == dataset
        assert kept.hash == dataset_hash(dataset)
    assert (kept.version, kept.saved_by, kept.people, kept.groups) == (2, "ann", 3, 40)
    assert (kept.schools, kept.students) == (tuple(s.school for s in dataset.schools), 130)


@pytest.mark.parametrize("name", ["tacoma-mtss", "lausd-region", "new-bridge"])
def test_every_example_comes_back(store: Store, name: str):
    dataset = load(SCENARIOS / name / "dataset")
    assert datasets.load(store, datasets.save(store, dataset, name, by="ann").hash) == dataset


def test_the_same_again_is_no_new_version(store: Store):
    first = datasets.save(store, first_steps(), "ours", by="ann")
    assert datasets.save(store, first_steps(), "ours", by="ben") == first
    assert [entry.by for entry in entries(store)] == ["ann"]


def test_a_name_goes_back_to_an_earlier_content_without_keeping_it_twice(store: Store):
    other = renamed(first_steps(), "Other")
    versions = [
        datasets.save(store, each, "ours", by="ann")
        for each in (first_steps(), other, first_steps())
    ]
    assert [kept.version for kept in versions] == [1, 2, 3]
    assert versions[0].hash == versions[2].hash == datasets.newest(store, "ours").hash
    assert [kept.version for kept in datasets.saved(store)] == [3, 2, 1]
    with store.reading() as session:
        assert session.scalar(select(func.count()).select_from(DocumentRecord)) == 2


def test_the_order_of_rows_is_no_difference(store: Store):
    first = datasets.save(store, short_staffed(), "ours", by="ann")
    turned = short_staffed().model_copy(update={"groups": short_staffed().groups[::-1]})
    assert datasets.save(store, turned, "ours", by="ann") == first
    assert datasets.save(store, turned, "theirs", by="ann").hash == first.hash
    assert datasets.load(store, first.hash) == short_staffed()
    assert verify(store).fault == ""


def test_one_content_may_have_two_names(store: Store):
    key = datasets.save(store, first_steps(), "ours", by="ann").hash
    assert datasets.save(store, first_steps(), "theirs", by="ann").hash == key
    assert datasets.name_of(store, key) == "theirs"


def test_what_is_not_there_is_told(store: Store):
    datasets.save(store, first_steps(), "first-steps", by="ann")
    with refused(
        NotThere,
        "'first-step': there is no dataset of that name in the store. Did you mean 'first-steps'?",
    ):
        datasets.newest(store, "first-step")
    said = (
        "'0123': there is no dataset with that hash in the store. Save it first (planner "
        "store save)."
    )
    with refused(NotThere, said):
        datasets.load(store, "0123")
    with refused(NotThere, said):
        datasets.name_of(store, "0123")


@pytest.mark.parametrize(
    ("name", "by", "said"),
    [
        (" ", "ann", "the name of the dataset is blank."),
        ("ours", "  ", "who does it is blank."),
        (
            "o\0urs",
            "ann",
            "'o<U+0000>urs': the name of the dataset holds characters that cannot be shown. Leave "
            "them out.",
        ),
        (
            "ours",
            "a" * 201,
            f"'{'a' * 59}…': who does it has 201 characters; at most 200 are kept. Shorten it.",
        ),
    ],
)
def test_names_that_cannot_be_kept(store: Store, name: str, by: str, said: str):
    with refused(StoreError, said):
        datasets.save(store, first_steps(), name, by=by)
    assert datasets.saved(store) == ()
    assert entries(store) == ()


def test_a_damaged_dataset_is_told(store: Store):
    key = datasets.save(store, first_steps(), "ours", by="ann").hash
    with store.writing() as session:
        session.get_one(DocumentRecord, 1).content = b"not what was stored"
    with refused(
        StoreError,
        "'document 1': is damaged: it is not what was stored. Restore a backup (planner restore).",
    ):
        datasets.load(store, key)
