"""Keep plans: the whole `plan.json` and `run.json`.

Beside them stand the few figures that a list of them shows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.store.audit import LONGEST_NAME, person, plain, record
from planner.store.columns import now
from planner.store.datasets import schools_of
from planner.store.documents import Json, canonical, digest_of, packed, text_in, unpacked
from planner.store.errors import NotThere, StoreError
from planner.store.store import Store
from planner.store.tables import DocumentRecord, StoredAdoption, StoredDataset, StoredPlan


@dataclass(frozen=True)
class SavedPlan:
    """A plan as a list shows it. `name` is its dataset's, `tiers` minutes delivered and owed by
    tier, `cost` None without pay.
    """

    number: int
    name: str
    scenario: str
    dataset_hash: str
    run: int | None
    saved_at: datetime
    saved_by: str
    status: str
    tiers: Mapping[int, tuple[int, int]]
    delivered: int
    owed: int
    sessions: int
    unserved: int
    findings: int
    cost: Decimal | None
    adopted: bool

    @property
    def is_as_it_is(self) -> bool:
        """Whether it is of the dataset without a scenario: its document is called like it then, or
        bears no name.
        """
        return self.scenario in ("", self.name)


def keep(store: Store, document: Json, run_document: Json, name: str, *, by: str) -> SavedPlan:
    """Keep a plan of a dataset that is in the store; a plan that is there already is not kept
    twice.

    Raises StoreError where it is no plan, NotThere where its dataset is not in the store.
    """
    name = plain(name, "the name of the dataset", LONGEST_NAME)
    document_row, run_row = packed(document), packed(run_document)
    with store.writing() as session:
        same = (
            select(StoredPlan)
            .join(DocumentRecord, DocumentRecord.id == StoredPlan.document_id)
            .where(StoredPlan.name == name, DocumentRecord.digest == document_row.digest)
        )
        found = session.scalar(same)
        if found is None:
            found = add(session, document, document_row, run_row, name, None, by)
            kept(session, found, document_row, run_row, by)
        return _saved(found, adopted=_is_adopted(session, found.id))


def add(
    session: Session,
    document: Json,
    document_row: DocumentRecord,
    run_row: DocumentRecord,
    name: str,
    run: int | None,
    by: str,
) -> StoredPlan:
    """Add a plan to the store, in somebody else's transaction and without an entry. Raises
    StoreError as `keep` does.
    """
    key = dataset_of(session, document)
    session.add_all((document_row, run_row))
    session.flush()
    plan = StoredPlan(
        name=name,
        scenario=str(document.get("scenario") or ""),
        dataset_id=key,
        run_id=run,
        document_id=document_row.id,
        run_document_id=run_row.id,
        saved_at=now(),
        saved_by=person(by),
        **figures(document),
    )
    session.add(plan)
    session.flush()
    return plan


def dataset_of(session: Session, document: Json) -> str:
    """The hash of a plan's dataset. Raises StoreError where the document is no plan, NotThere where
    the store lacks its dataset.
    """
    key = document.get("dataset_hash")
    if not isinstance(document.get("sessions"), list) or not isinstance(key, str):
        raise StoreError("", "the document is no plan: it holds no sessions or no dataset_hash.")
    if session.get(StoredDataset, key) is None:
        raise NotThere(
            key,
            "the dataset of this plan is not in the store.",
            "Save it first (planner store save).",
        )
    return key


def kept(
    session: Session, plan: StoredPlan, document: DocumentRecord, run: DocumentRecord, by: str
) -> None:
    """Tell the audit trail of a plan that was added."""
    record(
        session,
        by,
        "kept",
        f"plan {plan.id}",
        schools=schools_of(session, plan.dataset_id),
        dataset=plan.name,
        scenario=plan.scenario,
        run=plan.run_id,
        digests=digests(plan, document, run),
    )


def digests(plan: StoredPlan, document: DocumentRecord, run: DocumentRecord) -> dict[str, str]:
    """What the audit trail says of a plan: its documents, and the row that lists show."""
    return {
        f"plan {plan.id}": document.digest,
        f"plan {plan.id} run": run.digest,
        f"plan {plan.id} row": row_digest(plan),
    }


def row_digest(plan: StoredPlan) -> str:
    """The SHA-256 of what a list shows of a plan."""
    said = [
        plan.name,
        plan.scenario,
        plan.dataset_id,
        plan.run_id,
        plan.saved_by,
        plan.status,
        plan.tiers,
    ]
    return digest_of(
        canonical(
            [
                *said,
                plan.owed,
                plan.delivered,
                plan.sessions,
                plan.unserved,
                plan.findings,
                plan.cost,
            ]
        )
    )


def figures(document: Json) -> dict[str, Any]:
    """The figures of a plan that a list shows; 0 and blank where the document has none. Raises
    StoreError where they are none.
    """
    try:
        return _figures(document)
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        raise StoreError(
            "", "the document is no plan: its measures, positions or findings cannot be read."
        ) from None


def _figures(document: Json) -> dict[str, Any]:
    minutes = document.get("measures", {}).get("minutes", {})
    whole = minutes.get("all", {})
    totals = [row.get("total") for row in document.get("positions") or []]
    return {
        "status": str(document.get("solver", {}).get("status", "")),
        "tiers": {
            str(int(tier)): [int(dose["delivered"]), int(dose["owed"])]
            for tier, dose in minutes.get("tier", {}).items()
        },
        "owed": int(whole.get("owed", 0)),
        "delivered": int(whole.get("delivered", 0)),
        "sessions": len(document["sessions"]),
        "unserved": len(document.get("unserved") or []),
        "findings": len([found["message"] for found in document.get("findings") or []]),
        "cost": str(sum(map(Decimal, totals))) if totals and None not in totals else "",
    }


def load(store: Store, number: int) -> tuple[SavedPlan, Json, Json]:
    """A plan with its `plan.json` and `run.json`. Raises NotThere, and StoreError where it is
    damaged.
    """
    with store.reading() as session:
        plan = found(session, number)
        document, run = (
            session.get_one(DocumentRecord, key) for key in (plan.document_id, plan.run_document_id)
        )
        return _saved(plan, adopted=_is_adopted(session, number)), unpacked(document), unpacked(run)


def content(store: Store, number: int) -> str:
    """The text of a plan's `plan.json`. Raises as `load` does."""
    with store.reading() as session:
        return text_in(session.get_one(DocumentRecord, found(session, number).document_id))


def found(session: Session, number: int) -> StoredPlan:
    """The plan with a number. Raises NotThere."""
    plan = session.get(StoredPlan, number)
    if plan is None:
        last = session.scalar(select(func.max(StoredPlan.id)))
        fix = (
            f"The newest is plan {last}; planner store lists them."
            if last
            else "There is no plan in it yet (planner store keep)."
        )
        raise NotThere(f"plan {number}", "is not in the store.", fix)
    return plan


def saved(store: Store) -> tuple[SavedPlan, ...]:
    """Every plan, the newest first; from the figures alone, without opening the documents."""
    with store.reading() as session:
        current = set(
            session.scalars(select(StoredAdoption.plan_id).where(StoredAdoption.ended_at.is_(None)))
        )
        rows = session.scalars(select(StoredPlan).order_by(StoredPlan.id.desc()))
        return tuple(_saved(plan, adopted=plan.id in current) for plan in rows)


def _is_adopted(session: Session, number: int) -> bool:
    current = select(StoredAdoption.id).where(
        StoredAdoption.plan_id == number, StoredAdoption.ended_at.is_(None)
    )
    return session.scalar(current) is not None


def _saved(plan: StoredPlan, *, adopted: bool) -> SavedPlan:
    return SavedPlan(
        plan.id,
        plan.name,
        plan.scenario,
        plan.dataset_id,
        plan.run_id,
        plan.saved_at,
        plan.saved_by,
        plan.status,
        {int(tier): (delivered, owed) for tier, (delivered, owed) in plan.tiers.items()},
        plan.delivered,
        plan.owed,
        plan.sessions,
        plan.unserved,
        plan.findings,
        Decimal(plan.cost) if plan.cost else None,
        adopted,
    )
