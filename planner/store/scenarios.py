"""Keep scenarios; every version stays.

Who saves over a version that they have not seen is told whose it is.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from planner.facts.cell_formats import nearest
from planner.store.audit import LONGEST_NAME, person, plain, record
from planner.store.columns import now
from planner.store.documents import digest_of
from planner.store.errors import NotThere, SavedMeanwhile, StoreError
from planner.store.store import Store
from planner.store.tables import ScenarioRecord, ScenarioVersion

LARGEST = 1_000_000
"""Characters of a scenario's text."""


@dataclass(frozen=True)
class SavedScenario:
    """A version of a scenario; `base` is the dataset or scenario on which it stands, `text` its
    YAML.
    """

    name: str
    version: int
    base: str
    text: str
    saved_at: datetime
    saved_by: str


def save(store: Store, name: str, base: str, text: str, *, seen: int, by: str) -> SavedScenario:
    """Keep a scenario as its next version. `seen` is the version on which the change was made, 0
    for a new scenario.

    Raises SavedMeanwhile where somebody saved since: their version stands, and says who they are
    and when it was.
    """
    name = plain(name, "the name of the scenario", LONGEST_NAME)
    base = plain(base, "what the scenario stands on", LONGEST_NAME) if base.strip() else ""
    _find_unwritable(text)
    try:
        with store.writing() as session:
            return _save(session, name, base, text, seen, by)
    except StaleDataError:  # somebody was faster who did not ask this store
        with store.reading() as session:
            raise _meanwhile(session, name, seen) from None


def _save(session: Session, name: str, base: str, text: str, seen: int, by: str) -> SavedScenario:
    head = session.scalar(select(ScenarioRecord).where(ScenarioRecord.name == name))
    if (head.version if head else 0) != seen:
        raise _meanwhile(session, name, seen)
    if head is None:
        head = ScenarioRecord(name=name, version=1)
        session.add(head)
    else:
        head.version = seen + 1
    session.flush()
    row = ScenarioVersion(
        scenario_id=head.id,
        number=head.version,
        base=base,
        text=text,
        saved_at=now(),
        saved_by=person(by),
    )
    session.add(row)
    subject = f"scenario {name}"
    record(
        session,
        by,
        "saved",
        subject,
        version=row.number,
        digests={f"{subject} version {row.number}": digest_of(text)},
    )
    return _saved(name, row)


def load(store: Store, name: str, version: int | None = None) -> SavedScenario:
    """A version of a scenario, the newest where none is named. Raises NotThere."""
    with store.reading() as session:
        found = session.execute(_versions().where(ScenarioRecord.name == name)).all()
        if not found:
            names = session.scalars(select(ScenarioRecord.name)).all()
            raise NotThere(
                name, "there is no scenario of that name in the store.", nearest(name, names)
            )
        for head, row in found:
            if row.number == (head.version if version is None else version):
                return _saved(name, row)
        raise NotThere(name, f"there is no version {version} of it; there are {len(found)}.")


def saved(store: Store) -> tuple[SavedScenario, ...]:
    """Every version of every scenario, by name, the newest first."""
    with store.reading() as session:
        return tuple(_saved(head.name, row) for head, row in session.execute(_versions()))


def _versions() -> Any:
    return (
        select(ScenarioRecord, ScenarioVersion)
        .join(ScenarioVersion, ScenarioVersion.scenario_id == ScenarioRecord.id)
        .order_by(ScenarioRecord.name, ScenarioVersion.number.desc())
    )


def _meanwhile(session: Session, name: str, seen: int) -> StoreError:
    """What to say to whoever saves second."""
    last = session.execute(_versions().where(ScenarioRecord.name == name)).first()
    if last is None:
        return NotThere(
            name,
            f"there is no version {seen} of this scenario in the store.",
            "Save it as a new one.",
        )
    row: ScenarioVersion = last[1]
    if not seen:
        what = (
            f"there is a scenario of that name: {row.saved_by} saved version {row.number} at "
            f"{row.saved_at:%Y-%m-%d %H:%M} UTC."
        )
        return SavedMeanwhile(
            name, what, "Nothing was written. Choose another name, or open that one and change it."
        )
    what = (
        f"{row.saved_by} saved version {row.number} at {row.saved_at:%Y-%m-%d %H:%M} UTC, "
        f"after you opened version {seen}."
    )
    return SavedMeanwhile(
        name, what, "Nothing was written. Look at that version, then save yours again on it."
    )


def _find_unwritable(text: str) -> None:
    """Raises StoreError for text that no database can hold."""
    if len(text) > LARGEST:
        raise StoreError(
            "", f"the scenario has {len(text):,} characters; at most {LARGEST:,} are kept."
        )
    if "\0" in text or text.encode("utf-8", "replace").decode() != text:
        raise StoreError(
            "", "the scenario holds characters that no text has.", "Write it anew as UTF-8."
        )


def _saved(name: str, row: ScenarioVersion) -> SavedScenario:
    return SavedScenario(name, row.number, row.base, row.text, row.saved_at, row.saved_by)
