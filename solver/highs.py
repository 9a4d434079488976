"""Hold what HiGHS asks of everybody who calls it.

One number of threads for the whole process; and a closed standard output, since it writes some
lines there whatever it is told, and the output may be read by machines.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

THREADS = 2
"""HiGHS keeps its first number for as long as the process lives; a search that asks for another one
fails.
"""

_ALONE = threading.Lock()
"""Two threads that close the output at the same time would never open it again."""


@contextmanager
def silent() -> Iterator[None]:
    """What is written to the standard output inside goes nowhere."""
    with _ALONE:
        sys.stdout.flush()
        kept, nowhere = os.dup(1), os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        try:
            yield
        finally:
            os.dup2(kept, 1)
            os.close(kept)
            os.close(nowhere)
