"""Restore a backup into a store, of either kind.

It is looked through first; where anything in it is wrong, nothing changes.
"""

import json
import zlib
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from sqlalchemy import Table, delete, func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from planner.store.audit import record
from planner.store.backup import CONTENT, FORMAT, MANIFEST, SHAPE, TABLES, sha256_of
from planner.store.columns import Moment
from planner.store.documents import digest_of
from planner.store.errors import PlaceError
from planner.store.store import Store
from planner.store.tables import AuditHead, DocumentRecord
from planner.store.verify import verify_in

BATCH = 200
WHOLE = "Take another backup. Nothing was changed."
_BROKEN = (
    BadZipFile,
    zlib.error,
    ValueError,
    KeyError,
    TypeError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    IndexError,
)
"""What reading a damaged archive raises, besides OSError."""


def restore(store: Store, path: Path, *, replace: bool = False, by: str) -> dict[str, int]:
    """Put a backup into a store that is empty, or in the place of what it holds; how many rows of
    each table.

    Before anything is replaced, every sum, every reference, the audit trail and what it tells of
    the contents is verified.
    Raises StoreError where something is wrong; then the store is as it was.
    """
    manifest = _looked_through(path)
    with store.writing() as session:
        head = session.get_one(AuditHead, 1)
        before = {"entries": head.count, "newest": head.hash} if head.count else None
        if head.count and not replace:
            fix = (
                "Restore into an empty one (PLANNER_STORE names it), or replace it with --replace."
            )
            raise PlaceError(
                store.at, f"the store is not empty: its audit trail has {head.count} entries.", fix
            )
        session.expunge_all()
        try:
            _fill(session, path)
        except DBAPIError as error:
            said = " ".join(str(error.orig).split())
            raise PlaceError(
                str(path), f"the backup does not fit together ({said}).", WHOLE
            ) from None
        except (*_BROKEN, OSError):
            raise _damaged(path) from None
        verdict = verify_in(session)
        if verdict.fault:
            raise PlaceError(str(path), f"the backup was altered. {verdict.fault}", WHOLE)
        if store.shared:
            _count_on(session)
        record(
            session,
            by,
            "restored",
            "store",
            file=path.name,
            sha256=sha256_of(path),
            replaced=before,
        )
    return {name: kept["rows"] for name, kept in manifest["tables"].items()}


def _looked_through(path: Path) -> dict[str, Any]:
    """The manifest of a backup whose files are what it says. Raises StoreError."""
    try:
        with ZipFile(path) as archive:
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT or manifest["schema"] != SHAPE:
                what = (
                    f"was written by another planner (schema {manifest['schema']}; this one "
                    f"knows {SHAPE})."
                )
                raise PlaceError(str(path), what, "Restore it with that one.")
            for table in TABLES:
                rows, said = 0, sha256()
                with archive.open(f"{table.name}.jsonl") as lines:
                    for line in lines:
                        said.update(line)
                        rows += 1
                if manifest["tables"][table.name] != {"rows": rows, "sha256": said.hexdigest()}:
                    raise _damaged(path)
            return manifest
    except OSError as error:
        raise PlaceError(str(path), f"cannot be opened ({error.strerror or error}).") from None
    except _BROKEN:
        raise _damaged(path) from None


def _damaged(path: Path) -> PlaceError:
    return PlaceError(str(path), "is no backup of a store, or is damaged.", WHOLE)


def _fill(session: Session, path: Path) -> None:
    """Put the rows of a backup in the place of those in the store."""
    for table in reversed(TABLES):
        session.execute(delete(table))
    with ZipFile(path) as archive:
        for table in TABLES:
            batch: list[dict[str, Any]] = []
            for row in _rows(archive, table):
                batch.append(row)
                if len(batch) == BATCH or table.name == DocumentRecord.__tablename__:
                    session.execute(insert(table), batch)
                    batch = []
            if batch:
                session.execute(insert(table), batch)


def _rows(archive: ZipFile, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table as it takes them. Raises ValueError where one has other columns."""
    names = {column.name for column in table.columns}
    moments = [column.name for column in table.columns if isinstance(column.type, Moment)]
    with archive.open(f"{table.name}.jsonl") as lines:
        for line in lines:
            row = json.loads(line)
            if set(row) != names:
                raise ValueError("a row has other columns")
            if table.name == DocumentRecord.__tablename__:
                if digest_of(row[CONTENT]) != row["digest"]:
                    raise ValueError("a document is not what its digest says")
                row[CONTENT] = zlib.compress(row[CONTENT].encode(), 6)
            yield row | {
                name: datetime.fromisoformat(row[name]) for name in moments if row[name] is not None
            }


def _count_on(session: Session) -> None:
    """Lets PostgreSQL number new rows after the restored ones."""
    for table in TABLES:
        column = table.autoincrement_column
        if column is not None:
            last = session.scalar(select(func.max(column))) or 0
            session.execute(
                text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :last, :used)"),
                {"table": table.name, "last": max(last, 1), "used": last > 0},
            )
