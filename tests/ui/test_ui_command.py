"""`planner ui` begins its pages and workers, and ends them."""

import os
import signal
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.benchmarks.machine import descendants
from tests.screen.browser import serving


def test_told_to_end_it_leaves_nothing_behind(tmp_path: Path):
    with serving(tmp_path / "store.sqlite") as (server, address):
        below = descendants(server.pid)
        assert len(below) >= 2, "the pages and a worker"
        server.send_signal(signal.SIGTERM)
        assert server.wait(timeout=40) == 0
        with pytest.raises(URLError):
            urlopen(address, timeout=2)
        for process in below:
            with pytest.raises(ProcessLookupError):
                os.kill(process, 0)
