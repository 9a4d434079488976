"""Processes that write are killed: what they had finished is there, and what they had begun is
there whole or not at all.
"""

import re
import subprocess
import sys

import pytest

from tests.ui.command import ROOT

KILLS = 50


@pytest.mark.slow
def test_nothing_is_lost_or_broken_by_kills():
    """In a process of its own, which may copy itself: this one has threads."""
    command = [sys.executable, "-m", "tests.benchmarks.store_kills", str(KILLS)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found = re.fullmatch(r"50 kills, (\d+) plans, (\d+) orphans\n", done.stdout)
    assert found
    assert int(found[1]) > 0
    assert int(found[2]) > 0
