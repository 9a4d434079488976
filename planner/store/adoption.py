"""Adopt a plan: this plan is ours.

A dataset's name has one adopted plan at a time, and the trail of those before it.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Select, select

from planner.store.audit import person, plain, record
from planner.store.columns import now
from planner.store.datasets import schools_of
from planner.store.documents import canonical, digest_of
from planner.store.errors import StoreError
from planner.store.plans import found
from planner.store.store import Store
from planner.store.tables import StoredAdoption

LONGEST_NOTE = 2000


@dataclass(frozen=True)
class Adoption:
    """A plan that is, or was until `ended_at`, the plan of a dataset's name; `replaces` is the plan
    before it.
    """

    name: str
    plan: int
    adopted_at: datetime
    adopted_by: str
    note: str
    replaces: int | None
    ended_at: datetime | None


def adopt(store: Store, plan: int, *, note: str = "", by: str) -> Adoption:
    """Make a plan the one of its dataset's name. Raises NotThere, and StoreError where it is that
    already.
    """
    note = plain(note, "the note", LONGEST_NOTE) if note.strip() else ""
    with store.writing() as session:
        chosen = found(session, plan)
        before = session.scalar(_current(chosen.name))
        if before and before.plan_id == plan:
            raise StoreError(
                f"plan {plan}",
                f"is adopted already: by {before.adopted_by}, {before.adopted_at:%Y-%m-%d %H:%M} "
                "UTC.",
            )
        moment = now()
        if before:
            before.ended_at = moment
            session.flush()  # the index lets only one be current
        row = StoredAdoption(
            name=chosen.name,
            plan_id=plan,
            replaces_id=before.plan_id if before else None,
            adopted_at=moment,
            adopted_by=person(by),
            note=note,
        )
        session.add(row)
        session.flush()
        record(
            session,
            by,
            "adopted",
            f"plan {plan}",
            schools=schools_of(session, chosen.dataset_id),
            dataset=chosen.name,
            note=note,
            replaces=row.replaces_id,
            digests={f"adoption {row.id}": digest(row)},
        )
        return _adoption(row)


def digest(row: StoredAdoption) -> str:
    """The SHA-256 of what was decided; when it ended is not part of it."""
    said = [
        row.name,
        row.plan_id,
        row.replaces_id,
        row.adopted_at.astimezone(UTC).isoformat(),
        row.adopted_by,
        row.note,
    ]
    return digest_of(canonical(said))


def current(store: Store, name: str) -> Adoption | None:
    """The plan that is adopted under a name, where one is."""
    with store.reading() as session:
        row = session.scalar(_current(name))
        return _adoption(row) if row else None


def adoptions(store: Store) -> tuple[Adoption, ...]:
    """Every adoption, by name, the newest first."""
    with store.reading() as session:
        rows = session.scalars(
            select(StoredAdoption).order_by(StoredAdoption.name, StoredAdoption.id.desc())
        )
        return tuple(map(_adoption, rows))


def _current(name: str) -> Select[StoredAdoption]:
    return select(StoredAdoption).where(
        StoredAdoption.name == name, StoredAdoption.ended_at.is_(None)
    )


def _adoption(row: StoredAdoption) -> Adoption:
    return Adoption(
        row.name,
        row.plan_id,
        row.adopted_at,
        row.adopted_by,
        row.note,
        row.replaces_id,
        row.ended_at,
    )
