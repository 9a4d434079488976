"""Take students out of the store: the sheet `members` and every key of a student, everywhere.

Datasets, plans, runs (also how they ended) and scenarios are searched. How many students a group
has stays, so that plans still make sense. A dataset keeps the hash of what it was as its id and
bears the moment of the purge. What people typed into notes of adoptions is not searched, and
neither are backups that were made before.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from planner.store.audit import record
from planner.store.columns import now
from planner.store.documents import Json, digest_of, pack_into, unpacked
from planner.store.store import Store, told
from planner.store.tables import (
    AuditHead,
    AuditRecord,
    DocumentRecord,
    RunRecord,
    ScenarioRecord,
    ScenarioVersion,
    StoredDataset,
    StoredPlan,
)

PURGED = "purged"
"""What the trail calls it."""
GONE = "(a student)"
"""What stands where a student's key stood."""
STRUCTURE = frozenset(
    {
        "sessions",
        "placements",
        "positions",
        "training",
        "measures",
        "solver",
        "service",
        "rule",
        "dataset_hash",
        "schema_version",
    }
)
"""What of a plan names services, people and figures, never a student; all else is searched."""
_IN_YAML = re.compile(
    r"""(\bstudent['"]?\s*:\s*)(\[[^\]]*\]|"[^"\n]*"|'[^'\n]*'|[^\s,}\]\[#{][^,}\]\n#]*)"""
)
_PIECE = re.compile(r"\w+")


@dataclass(frozen=True)
class Purged:
    """What a purge took out: students' keys, and from how many datasets, plans (also those of runs)
    and scenarios.
    """

    students: int
    datasets: int
    plans: int
    scenarios: int


class Keys:
    """The keys of students, to be found in text as whole words."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._pieces = {key: frozenset(_PIECE.findall(key)) for key in keys if key}

    def __len__(self) -> int:
        return len(self._pieces)

    def and_of(self, plan: Json) -> "Keys":
        """These and those that a plan's findings name: its dataset may have been purged before it
        was kept.
        """
        findings = [
            found
            for found in plan.get("findings") or []
            if str(found.get("message")).startswith("Student ")
        ]
        named = {str(found.get("subject")).split(" · ")[0] for found in findings} - {GONE}
        return Keys((*self._pieces, *named)) if named else self

    def out_of(self, value: Any) -> Any:
        """A text, list or document without them."""
        # A district has thousands of students, and a document names few: one pattern of all keys
        # would be tried at every letter. Longer keys go first, since one may begin another.
        words = {piece for text_ in _texts(value) for piece in _PIECE.findall(text_)}
        named = sorted(
            (key for key, pieces in self._pieces.items() if pieces <= words), key=len, reverse=True
        )
        return _replaced(value, re.compile("|".join(map(_pattern, named)))) if named else value


def _pattern(key: str) -> str:
    """Where a key stands. One that is a bare number would be found in every clock time: it counts
    only where a student is said.
    """
    escaped = re.escape(key)
    return (
        rf"(?<=[Ss]tudent ){escaped}(?!\w)|^{escaped}(?= · |$)"
        if key.isdigit()
        else rf"(?<!\w){escaped}(?!\w)"
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name not in STRUCTURE:
                yield from _texts(each)


def _replaced(value: Any, found: re.Pattern[str]) -> Any:
    if isinstance(value, str):
        return found.sub(GONE, value)
    if isinstance(value, list):
        return [_replaced(each, found) for each in value]
    if isinstance(value, dict):
        return {
            name: each if name in STRUCTURE else _replaced(each, found)
            for name, each in value.items()
        }
    return value


def purge_students(store: Store, *, by: str) -> Purged:
    """Take all students out of the store, in one step. Old pages are overwritten, not only let
    go.
    """
    with store.writing() as session:
        keys = Keys(_keys(session))
        digests: dict[str, str] = {}
        for kept in session.scalars(select(StoredDataset)):
            digests |= _purge_dataset(session, kept, keys)
        datasets = len(digests)
        plans = sum(
            _purge_plan(session, plan, keys, digests)
            for plan in session.scalars(select(StoredPlan))
        )
        for run in session.scalars(select(RunRecord)):
            run.message, run.settings = keys.out_of(run.message), keys.out_of(run.settings)
            if run.best_id:
                plans += _purge_document(session.get_one(DocumentRecord, run.best_id), keys)
        scenarios = sum(
            _purge_scenario(name, row, keys, digests) for name, row in session.execute(_scenarios())
        )
        purged = Purged(len(keys), datasets, plans, scenarios)
        record(session, by, PURGED, "students", digests=digests, **vars(purged))
    # After the transaction: only then has the database let go of the old rows.
    _overwrite(store)
    return purged


class PurgeWatch:
    """Whether students were taken out of a store since something was read from it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._looked_at = self._last = 0

    def epoch(self) -> int:
        """The number of the newest purge in the trail, 0 before the first: what was read in another
        epoch may hold students that are gone.

        Only entries that are new are looked at, as every click asks.
        """
        with self._store.reading() as session:
            count = session.scalar(select(AuditHead.count)) or 0
            if count > self._looked_at:
                newest = session.scalar(
                    select(func.max(AuditRecord.number)).where(
                        AuditRecord.number > self._looked_at, AuditRecord.action == PURGED
                    )
                )
                self._last, self._looked_at = newest or self._last, count
        return self._last


def _keys(session: Session) -> Iterator[str]:
    """The key of every student in the store."""
    for number in session.scalars(select(StoredDataset.document_id)).all():
        row = session.get_one(DocumentRecord, number)
        yield from (
            member["student"] for member in unpacked(row).get("members", {}).get("rows", [])
        )
    for _, version in session.execute(_scenarios()):
        for match in _IN_YAML.finditer(version.text):
            yield from (
                part.strip(" '\"")
                for part in match[2].strip("[]").split(",")
                if part.strip(" '\"") != GONE
            )


def _purge_dataset(session: Session, kept: StoredDataset, keys: Keys) -> dict[str, str]:
    row = session.get_one(DocumentRecord, kept.document_id)
    before = unpacked(row)
    after = without_students(before, keys)
    if after == before:
        return {}
    pack_into(row, after)
    kept.purged_at = now()
    return {f"dataset {kept.id}": row.digest}


def without_students(document: Json, keys: Keys) -> Json:
    """A stored dataset without the sheet `members`; groups that had no number of students get the
    members' count.
    """
    kept = {sheet: table for sheet, table in document.items() if sheet != "members"}
    counts: dict[str, int] = {}
    for member in document.get("members", {}).get("rows", []):
        counts[member["group"]] = counts.get(member["group"], 0) + 1
    if "groups" in kept and counts:
        headings = kept["groups"]["headings"]
        rows = [_counted(row, counts.get(row["group"], 0)) for row in kept["groups"]["rows"]]
        kept["groups"] = {
            "headings": headings if "students" in headings else [*headings, "students"],
            "rows": rows,
        }
    for sheet, table in kept.items():
        rows = [
            row | {"note": keys.out_of(row["note"])} if "note" in row else row
            for row in table["rows"]
        ]
        kept[sheet] = table | {"rows": rows}
    return kept


def _counted(row: Json, members: int) -> Json:
    return row if row.get("students") or not members else row | {"students": str(members)}


def _purge_plan(session: Session, plan: StoredPlan, keys: Keys, digests: dict[str, str]) -> bool:
    row = session.get_one(DocumentRecord, plan.document_id)
    changed = _purge_document(row, keys)
    if changed:
        digests[f"plan {plan.id}"] = row.digest
    return changed


def _purge_document(row: DocumentRecord, keys: Keys) -> bool:
    """Whether the document held a student."""
    before = unpacked(row)
    after = keys.and_of(before).out_of(before)
    if after != before:
        pack_into(row, after)
    return bool(after != before)


def _purge_scenario(name: str, row: ScenarioVersion, keys: Keys, digests: dict[str, str]) -> bool:
    before = row.text
    row.text = keys.out_of(_IN_YAML.sub(rf'\1"{GONE}"', before))
    if row.text != before:
        digests[f"scenario {name} version {row.number}"] = digest_of(row.text)
    return row.text != before


def _scenarios() -> Any:
    return select(ScenarioRecord.name, ScenarioVersion).join(
        ScenarioVersion, ScenarioVersion.scenario_id == ScenarioRecord.id
    )


def _overwrite(store: Store) -> None:
    """Rewrites what the database still holds of rows that were changed: SQLite overwrites its pages
    itself, but not its log.
    """
    if store.shared:
        with (
            told(store.at),
            store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection,
        ):
            connection.execute(text("VACUUM FULL documents, scenario_versions"))
        return
    beyond_transactions = store.engine.raw_connection()
    try:
        beyond_transactions.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        beyond_transactions.close()
