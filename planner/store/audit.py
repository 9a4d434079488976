"""Keep the audit trail: who did what when, each entry chained to the one before.

It is only ever added to; each entry's hash is of the one before and of itself. Whoever alters,
removes or moves an entry breaks the chain from there on, and `verify` names the place. The head
stands in a row of its own, so that a cut tail shows too. What cannot be seen: that somebody who may
write to the database made the whole chain anew from some entry on, head included. Against that,
note the newest hash elsewhere now and then (`planner history` shows it) and ask for it: it must
still be in the chain.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.store.columns import now
from planner.store.documents import canonical, digest_of
from planner.store.errors import StoreError
from planner.store.store import Store
from planner.store.tables import AuditHead, AuditRecord

BEGINNING = "0" * 64
"""What stands before the first entry."""
LONGEST_NAME = 200


@dataclass(frozen=True)
class AuditEntry:
    """What was done: `subject` is to what (`plan 3`), `schools` the ids concerned (none: nothing of
    a single school).
    """

    number: int
    at: datetime
    by: str
    action: str
    subject: str
    schools: tuple[str, ...]
    detail: Mapping[str, Any]
    hash: str

    def as_data(self) -> dict[str, Any]:
        """The entry for machines, and for whoever decides who may see it."""
        return asdict(self) | {
            "at": self.at.isoformat(),
            "schools": list(self.schools),
            "detail": dict(self.detail),
        }


@dataclass(frozen=True)
class Verdict:
    """How far the trail holds: so many entries, the hash of the last, and what is wrong first;
    blank where nothing is.
    """

    count: int
    head: str
    fault: str = ""


def record(
    session: Session,
    by: str,
    action: str,
    subject: str,
    *,
    schools: Iterable[str] = (),
    digests: Mapping[str, str] | None = None,
    **detail: Any,
) -> None:
    """Add an entry, in the transaction of what it tells. `digests` are the SHA-256 of what is
    stored from now on.

    Raises StoreError where nobody is named.
    """
    # The head is locked until the transaction ends: two writers would else chain their entries to
    # the same one before.
    head = session.get_one(AuditHead, 1, with_for_update=True)
    if digests:
        detail["digests"] = dict(digests)
    entry = AuditRecord(
        number=head.count + 1,
        at=now(),
        by=person(by),
        action=action,
        subject=subject,
        schools=canonical(sorted(schools)),
        detail=canonical(detail),
        previous=head.hash,
    )
    entry.hash = hash_of(entry)
    session.add(entry)
    head.count, head.hash = entry.number, entry.hash


def person(by: str) -> str:
    """Who does it, as it is kept. Raises StoreError where nobody is named."""
    return plain(by, "who does it", LONGEST_NAME)


def plain(text: str, what: str, longest: int) -> str:
    """A name or note as it is kept: on one line. Raises StoreError for a blank one, and for what no
    database can hold.
    """
    kept = " ".join(text.split())
    if not kept:
        raise StoreError("", f"{what} is blank.")
    if len(kept) > longest:
        raise StoreError(
            kept, f"{what} has {len(kept)} characters; at most {longest} are kept.", "Shorten it."
        )
    if not kept.isprintable():
        raise StoreError(kept, f"{what} holds characters that cannot be shown.", "Leave them out.")
    return kept


def hash_of(entry: AuditRecord, number: int | None = None) -> str:
    """The hash that an entry must have (if it stood at another number).

    The moment goes in as text in UTC, to the microsecond, whatever a database gives back: the trail
    must hold after a backup of one kind of database was restored into the other.
    """
    hashed = {
        "number": entry.number if number is None else number,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "by": entry.by,
        "action": entry.action,
        "subject": entry.subject,
        "schools": entry.schools,
        "detail": entry.detail,
    }
    return digest_of(entry.previous + canonical(hashed))


def entries(store: Store, last: int | None = None) -> tuple[AuditEntry, ...]:
    """The trail, oldest first; with `last`, only so many of the newest."""
    with store.reading() as session:
        newest = session.scalars(
            select(AuditRecord).order_by(AuditRecord.number.desc()).limit(last)
        ).all()
        return tuple(_entry(row) for row in reversed(newest))


def _entry(row: AuditRecord) -> AuditEntry:
    schools, detail = json.loads(row.schools), json.loads(row.detail)
    return AuditEntry(
        row.number, row.at, row.by, row.action, row.subject, tuple(schools), detail, row.hash
    )


def chain(session: Session, known: str = "") -> Verdict:
    """Whether the chain holds from the first entry to its head. `known` is a hash that was noted
    earlier.
    """
    rows = session.scalars(select(AuditRecord).order_by(AuditRecord.number)).all()
    head = session.get(AuditHead, 1)
    fault = next(chain_faults(rows, (head.count, head.hash) if head else None), "")
    last = rows[-1].hash if rows else BEGINNING
    if not fault and known and known not in {row.hash for row in rows}:
        fault = f"No entry has the hash {known}: the trail was made anew since it was noted."
    return Verdict(len(rows), last, fault)


def chain_faults(rows: Sequence[AuditRecord], head: tuple[int, str] | None) -> Iterator[str]:
    """What is wrong with the trail, the first first."""
    previous = BEGINNING
    for number, row in enumerate(rows, start=1):
        if row.number != number:
            yield (f"Entry {number} is missing: after entry {number - 1} comes entry {row.number}.")
            return
        if hash_of(row) != row.hash or row.previous != previous:
            yield _altered(rows, row, previous)
            return
        previous = row.hash
    if head is None:
        yield (
            "The head of the trail is missing, so that it cannot be seen whether entries at "
            "its end are."
        )
    elif head[0] > len(rows):
        gone = (
            f"Entry {head[0]} is"
            if head[0] == len(rows) + 1
            else f"Entries {len(rows) + 1} to {head[0]} are"
        )
        yield f"{gone} missing at the end."
    elif head != (len(rows), previous):
        yield (
            f"The head of the trail was altered: it tells of {head[0]} entries, there are "
            f"{len(rows)}."
        )


def _altered(rows: Sequence[AuditRecord], row: AuditRecord, previous: str) -> str:
    """How an entry that does not fit differs from what was written."""
    when = f"{row.at:%Y-%m-%d %H:%M}, {row.by}: {row.action} {row.subject}"
    moved = next(
        (n for n in range(1, len(rows) + 1) if n != row.number and hash_of(row, n) == row.hash),
        None,
    )
    if moved is not None:
        return f"Entry {row.number} ({when}) was written as entry {moved}: the order was changed."
    if hash_of(row) == row.hash and row.number > 1:
        return (
            f"Entry {row.number - 1} or {row.number} ({when}) was replaced: they do not "
            "follow from each other."
        )
    return f"Entry {row.number} ({when}) was altered after it was written."
