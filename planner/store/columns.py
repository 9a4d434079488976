"""Kinds of columns that SQLite and PostgreSQL hold alike.

Moments in UTC, small documents as JSON.
"""

from datetime import UTC, datetime

from sqlalchemy import JSON, DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A point in time with its zone; at rest without one, always UTC."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment as it is stored. Raises ValueError for one without a zone: nobody could say
        when it was.
        """
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        return None if value is None else value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The stored moment, in UTC."""
        return None if value is None else value.replace(tzinfo=UTC)


SmallJson = JSON().with_variant(JSONB(), "postgresql")
"""Settings and figures of a few hundred bytes; whole plans and datasets are documents."""


def now() -> datetime:
    """This moment, in UTC."""
    return datetime.now(UTC)
