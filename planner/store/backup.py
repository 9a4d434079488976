"""Write a backup that a store of either kind can be restored from.

It is one file, written while others go on working.

It is a zip of JSON lines, a file a table, with the SHA-256 of each in `manifest.json`. All tables
are read in one transaction, so that they fit one another.
"""

import json
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from planner.private_files import replacing
from planner.store.audit import chain, record
from planner.store.columns import Moment, now
from planner.store.documents import canonical, text_in
from planner.store.errors import PlaceError
from planner.store.store import Store
from planner.store.tables import Base, DocumentRecord, WorkerRecord

FORMAT = 1
SHAPE = "0001"
"""The last migration that changed what a backup holds: those made since fit one another."""
MANIFEST = "manifest.json"
TABLES: tuple[Table, ...] = tuple(
    table for table in Base.metadata.sorted_tables if table.name != WorkerRecord.__tablename__
)
"""Every table that is kept, those first to which others refer. Which workers live is true at one
moment only.
"""
CONTENT = "content"
"""The column of documents that a backup holds as the JSON that it is."""


def back_up(store: Store, path: Path, *, replace: bool = False, by: str) -> dict[str, int]:
    """Write a backup; how many rows of each table. It appears whole or not at all, and only its
    owner may read it.

    Raises StoreError where it cannot be written, a file is there already, or something in the store
    is damaged.
    """
    if path.exists() and not replace:
        raise PlaceError(
            str(path), "is there already.", "Choose another name, or replace it with --force."
        )
    if not path.parent.is_dir():
        # Made here, it would lie where the disk for backups is to be mounted.
        raise PlaceError(str(path), "lies in a folder that is not there.", "Make it first.")
    try:
        with replacing(path) as unfinished, store.reading() as session:
            counts = _write(session, unfinished)
    except OSError as error:
        raise PlaceError(
            str(path), f"the backup cannot be written ({error.strerror}).", "Choose another place."
        ) from None
    with store.writing() as session:
        record(session, by, "backed up", "store", file=path.name, sha256=sha256_of(path))
    return counts


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _write(session: Session, file: Path) -> dict[str, int]:
    tables: dict[str, dict[str, Any]] = {}
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for table in TABLES:
            said, rows = sha256(), 0
            with archive.open(f"{table.name}.jsonl", "w", force_zip64=True) as lines:
                for row in _rows(session, table):
                    line = (canonical(row) + "\n").encode()
                    said.update(line)
                    lines.write(line)
                    rows += 1
            tables[table.name] = {"rows": rows, "sha256": said.hexdigest()}
        verdict = chain(session)
        manifest = {
            "format": FORMAT,
            "schema": SHAPE,
            "made": now().isoformat(),
            "head": verdict.head,
            "tables": tables,
        }
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, sort_keys=True))
    return {name: kept["rows"] for name, kept in tables.items()}


def _rows(session: Session, table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table as JSON can hold them, in the order of their keys."""
    if table.name == DocumentRecord.__tablename__:
        for number in session.scalars(select(DocumentRecord.id).order_by(DocumentRecord.id)).all():
            document = session.get_one(DocumentRecord, number)
            yield {"id": document.id, "digest": document.digest, CONTENT: text_in(document)}
            session.expunge(document)
        return
    moments = [column.name for column in table.columns if isinstance(column.type, Moment)]
    for found in session.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        row = dict(found)
        yield row | {name: row[name].isoformat() for name in moments if row[name] is not None}
