"""The audit trail: what was altered, removed or moved is found and named."""

import json
import re
from collections.abc import Callable

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from planner.store import adoption, datasets, plans, scenarios
from planner.store.audit import BEGINNING, entries, hash_of
from planner.store.store import Store
from planner.store.tables import (
    AuditHead,
    AuditRecord,
    DocumentRecord,
    ScenarioVersion,
    StoredAdoption,
    StoredDataset,
    StoredPlan,
)
from planner.store.verify import verify
from tests.planner.store.office import first_steps, plan


@pytest.fixture
def office(store: Store) -> Store:
    """A store with six entries: a dataset, a scenario twice, two plans, an adoption."""
    datasets.save(store, first_steps(), "ours", by="ann")
    for seen in (0, 1):
        scenarios.save(store, "cut", "ours", f"name: cut {seen}", seen=seen, by="ben")
    for minutes in (300, 310):
        plans.keep(store, plan(first_steps(), minutes), {}, "ours", by="ann")
    adoption.adopt(store, 1, note="Board of 12 May", by="dora")
    return store


def test_what_was_done_is_told_in_order(office: Store):
    found = entries(office)
    assert [(e.number, e.by, e.action, e.subject) for e in found] == [
        (1, "ann", "saved", "dataset ours"),
        (2, "ben", "saved", "scenario cut"),
        (3, "ben", "saved", "scenario cut"),
        (4, "ann", "kept", "plan 1"),
        (5, "ann", "kept", "plan 2"),
        (6, "dora", "adopted", "plan 1"),
    ]
    assert entries(office, 2) == found[-2:]
    assert found == tuple(sorted(found, key=lambda e: e.at))
    data = found[-1].as_data()
    assert (data["schools"], data["detail"]["note"]) == (["cedar"], "Board of 12 May")
    assert json.loads(json.dumps(data)) == data


def test_a_trail_that_nobody_touched_holds(store: Store, office: Store):
    verdict = verify(office)
    assert (verdict.count, verdict.head, verdict.fault) == (6, entries(office)[-1].hash, "")


def test_an_empty_store_holds(store: Store):
    assert vars(verify(store)) == {"count": 0, "head": BEGINNING, "fault": ""}


def entry(number: int):
    return AuditRecord.number == number


def rehashed(session: Session) -> None:
    """Alter an entry, and give it the hash that it must have."""
    row = session.get_one(AuditRecord, 3)
    row.by = "mallory"
    row.hash = hash_of(row)


def swapped(session: Session) -> None:
    for number, other in ((2, 99), (3, 2), (99, 3)):
        session.execute(update(AuditRecord).where(entry(number)).values(number=other))


def put_in(session: Session) -> None:
    """An entry more at the end, well chained, without the head."""
    last = session.get_one(AuditRecord, 6)
    row = AuditRecord(
        number=7,
        at=last.at,
        by="x",
        action="adopted",
        subject="plan 2",
        schools="[]",
        detail="{}",
        previous=last.hash,
    )
    row.hash = hash_of(row)
    session.add(row)


WHEN = r"2\d\d\d-\d\d-\d\d \d\d:\d\d"


@pytest.mark.parametrize(
    ("tamper", "said"),
    [
        *(
            (
                lambda s, c=column, v=value: s.execute(
                    update(AuditRecord).where(entry(3)).values({c: v})
                ),
                said,
            )
            for column, value, said in [
                (
                    "by",
                    "mallory",
                    rf"Entry 3 \({WHEN}, mallory: saved scenario cut\) was altered after it was written\.",
                ),
                (
                    "action",
                    "lost",
                    rf"Entry 3 \({WHEN}, ben: lost scenario cut\) was altered after it was written\.",
                ),
                (
                    "subject",
                    "plan 9",
                    rf"Entry 3 \({WHEN}, ben: saved plan 9\) was altered after it was written\.",
                ),
                (
                    "detail",
                    "{}",
                    rf"Entry 3 \({WHEN}, ben: saved scenario cut\) was altered after it was written\.",
                ),
                (
                    "schools",
                    '["elm"]',
                    rf"Entry 3 \({WHEN}, ben: saved scenario cut\) was altered after it was written\.",
                ),
                (
                    "previous",
                    BEGINNING,
                    rf"Entry 3 \({WHEN}, ben: saved scenario cut\) was altered after it was written\.",
                ),
                (
                    "hash",
                    BEGINNING,
                    rf"Entry 3 \({WHEN}, ben: saved scenario cut\) was altered after it was written\.",
                ),
            ]
        ),
        (
            rehashed,
            rf"Entry 3 or 4 \({WHEN}, ann: kept plan 1\) was replaced: they do not follow from each other\.",
        ),
        (
            swapped,
            rf"Entry 2 \({WHEN}, ben: saved scenario cut\) was written as entry 3: the order was changed\.",
        ),
        (
            lambda s: s.execute(delete(AuditRecord).where(entry(3))),
            r"Entry 3 is missing: after entry 2 comes entry 4\.",
        ),
        (
            lambda s: s.execute(delete(AuditRecord).where(entry(1))),
            r"Entry 1 is missing: after entry 0 comes entry 2\.",
        ),
        (
            lambda s: s.execute(delete(AuditRecord).where(entry(6))),
            r"Entry 6 is missing at the end\.",
        ),
        (
            lambda s: s.execute(delete(AuditRecord).where(AuditRecord.number > 3)),
            r"Entries 4 to 6 are missing at the end\.",
        ),
        (put_in, r"The head of the trail was altered: it tells of 6 entries, there are 7\."),
        (
            lambda s: s.execute(delete(AuditHead)),
            r"The head of the trail is missing, so that it cannot be seen whether entries at its end are\.",
        ),
        (
            lambda s: s.execute(update(AuditHead).values(hash=BEGINNING)),
            r"The head of the trail was altered: it tells of 6 entries, there are 6\.",
        ),
        (
            lambda s: s.execute(update(StoredPlan).values(cost="1.00")),
            r"Plan 1 row was altered: it is not what the audit trail tells\.",
        ),
        (
            lambda s: s.execute(update(StoredAdoption).values(plan_id=2)),
            r"Adoption 1 was altered: it is not what the audit trail tells\.",
        ),
        (
            lambda s: s.execute(delete(StoredAdoption)),
            r"Adoption 1 is missing; the audit trail tells that it was stored\.",
        ),
        (
            lambda s: s.execute(
                update(ScenarioVersion)
                .where(ScenarioVersion.number == 1)
                .values(text="name: other")
            ),
            r"Scenario cut version 1 was altered: it is not what the audit trail tells\.",
        ),
        (
            lambda s: s.execute(
                update(DocumentRecord).where(DocumentRecord.id == 2).values(content=b"")
            ),
            r"Plan 1 was altered: it is not what the audit trail tells\.",
        ),
        (
            lambda s: s.execute(update(StoredPlan).where(StoredPlan.id == 1).values(document_id=4)),
            r"Plan 1 was altered: it is not what the audit trail tells\.",
        ),
        (
            lambda s: s.execute(
                insert(StoredDataset).values(
                    id="0" * 64, document_id=1, schools=[], people=0, groups=0, students=0
                )
            ),
            rf"Dataset {'0' * 64} was put in past the audit trail\.",
        ),
    ],
)
def test_what_was_tampered_with_is_named(
    office: Store, tamper: Callable[[Session], object], said: str
):
    with office.writing() as session:
        tamper(session)
    fault = verify(office).fault
    assert re.fullmatch(said, fault), fault


def test_a_trail_made_anew_is_found_by_a_hash_that_was_noted(office: Store):
    noted = entries(office)[-1].hash
    with office.writing() as session:
        previous = BEGINNING
        for row in session.scalars(select(AuditRecord).order_by(AuditRecord.number)):
            row.by, row.previous = "mallory", previous
            previous = row.hash = hash_of(row)
        session.get_one(AuditHead, 1).hash = previous
    assert verify(office).fault == ""
    assert (
        verify(office, noted).fault
        == f"No entry has the hash {noted}: the trail was made anew since it was noted."
    )
    assert verify(office, previous).fault == ""


def test_what_raises_leaves_no_trace(office: Store):
    before = entries(office)
    for number in (1, 9):
        with pytest.raises(Exception, match="adopted already|not in the store"):
            adoption.adopt(office, number, by="ann")
    with pytest.raises(Exception, match="who does it is blank"):
        adoption.adopt(office, 2, by=" ")
    assert entries(office) == before
    assert adoption.current(office, "ours").plan == 1
