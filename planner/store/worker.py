"""Name who works at runs: a process of a machine, which may have died without saying so."""

import os
import socket
from dataclasses import dataclass
from datetime import datetime, timedelta

PATIENCE = timedelta(seconds=60)
"""How old a heartbeat may be before its worker counts as dead. Workers beat far more often; this is
for machines that are busy, and for those of whose processes nothing can be known from here.
"""


@dataclass(frozen=True)
class Worker:
    """A process that takes runs."""

    host: str
    pid: int

    def __str__(self) -> str:
        return f"worker {self.pid} on {self.host}"


def this_worker() -> Worker:
    """This process."""
    return Worker(socket.gethostname(), os.getpid())


def is_gone(worker: Worker) -> bool:
    """Whether a process of this machine is known to have ended; of another machine, nothing is
    known.

    On Windows nothing is known either: there, asking by a signal would end the process.
    """
    if worker.host != socket.gethostname() or os.name == "nt":
        return False
    try:
        os.kill(worker.pid, 0)
    except ProcessLookupError:
        return True
    except OSError:  # it runs for somebody else
        return False
    return False


def is_lost(
    worker: Worker, heartbeat: datetime | None, at: datetime, patience: timedelta | None
) -> bool:
    """Whether a worker is taken for dead: its process is known to have ended, or its last word is
    older than `patience`; None where nothing is concluded from silence. Both moments are of the
    store's clock.
    """
    if patience is not None and (heartbeat is None or at - heartbeat > patience):
        return True
    return is_gone(worker)
