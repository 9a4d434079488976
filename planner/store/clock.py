"""What time it is in the store."""

from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.store.columns import now


def moment(session: Session) -> datetime:
    """This moment by the clock that all who use the store share: PostgreSQL's own, or, for a file,
    that of its machine.

    Heartbeats are written and judged by it. By each machine's own clock, one that is a minute ahead
    takes every run of the others for lost.
    """
    if session.get_bind().dialect.name != "postgresql":
        return now()
    found = session.scalar(select(func.clock_timestamp()))
    assert isinstance(found, datetime)
    return found.astimezone(UTC)
