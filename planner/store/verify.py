"""Check that the store is what was written: the trail holds, and everything is as it tells."""

import json
from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.store.adoption import digest as adoption_digest
from planner.store.audit import Verdict, chain
from planner.store.documents import digest_of, text_in
from planner.store.errors import StoreError
from planner.store.plans import row_digest
from planner.store.store import Store
from planner.store.tables import (
    AuditRecord,
    DocumentRecord,
    ScenarioRecord,
    ScenarioVersion,
    StoredAdoption,
    StoredDataset,
    StoredPlan,
)

DAMAGED = "damaged"


def verify(store: Store, known: str = "") -> Verdict:
    """Whether trail and contents hold; the first fault in words. `known` is a hash of the trail
    that was noted earlier.
    """
    with store.reading() as session:
        return verify_in(session, known)


def verify_in(session: Session, known: str = "") -> Verdict:
    """The same in somebody's transaction."""
    verdict = chain(session, known)
    return verdict if verdict.fault else replace(verdict, fault=next(_content_faults(session), ""))


def _content_faults(session: Session) -> Iterator[str]:
    """What is there in another form than the trail tells, is missing, or was put in beside it."""
    # A later entry goes before an earlier one: a purge changes what is stored, and tells the new
    # digests.
    told: dict[str, str] = {}
    for detail in session.scalars(select(AuditRecord.detail).order_by(AuditRecord.number)):
        told |= json.loads(detail).get("digests", {})
    stored = dict(_digests(session))
    for subject, digest in told.items():
        if subject not in stored:
            yield f"{_named(subject)} is missing; the audit trail tells that it was stored."
        elif stored[subject] != digest:
            yield f"{_named(subject)} was altered: it is not what the audit trail tells."
    for subject in stored.keys() - told.keys():
        yield f"{_named(subject)} was put in past the audit trail."


def _named(subject: str) -> str:
    return subject[:1].upper() + subject[1:]


def _digests(session: Session) -> Iterator[tuple[str, str]]:
    """What is stored, and its SHA-256 as it is now, one document after the other."""
    for key, number in session.execute(select(StoredDataset.id, StoredDataset.document_id)):
        yield f"dataset {key}", _digest(session, number)
    for plan in session.scalars(select(StoredPlan)):
        yield f"plan {plan.id}", _digest(session, plan.document_id)
        yield f"plan {plan.id} run", _digest(session, plan.run_document_id)
        yield f"plan {plan.id} row", row_digest(plan)
    for adoption in session.scalars(select(StoredAdoption)):
        yield f"adoption {adoption.id}", adoption_digest(adoption)
    versions = select(ScenarioRecord.name, ScenarioVersion).join(
        ScenarioVersion, ScenarioVersion.scenario_id == ScenarioRecord.id
    )
    for name, row in session.execute(versions):
        yield f"scenario {name} version {row.number}", digest_of(row.text)


def _digest(session: Session, number: int) -> str:
    row = session.get(DocumentRecord, number)
    if row is None:
        return DAMAGED
    try:
        return digest_of(text_in(row))
    except StoreError:
        return DAMAGED
    finally:
        session.expunge(row)  # plans are large: one at a time
