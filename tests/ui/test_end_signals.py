"""A process that is told to end does so, whatever it is doing at that moment."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from threading import Event, Lock

import pytest

from tests.ui.command import ROOT
from ui.cli.end_signals import on_end_signals

PATIENCE = 30
TURNS = 5000
"""An Event that the handler itself sets hangs within 2,000."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)


@pytest.fixture
def handlers() -> Iterator[None]:
    """The handlers of this process as they were, afterwards."""
    before = [signal.getsignal(sign) for sign in SIGNALS]
    yield
    for sign, handler in zip(SIGNALS, before, strict=True):
        signal.signal(sign, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("sign", SIGNALS)
def test_a_signal_waits_for_no_lock_that_the_main_thread_holds(sign: signal.Signals):
    held, ended = Lock(), Event()

    def end() -> None:
        with held:
            ended.set()

    on_end_signals(end)
    with held:
        os.kill(os.getpid(), sign)
    assert ended.wait(PATIENCE)


@pytest.mark.slow
def test_who_waits_all_the_time_ends_each_time():
    """Most of the time the lock of an Event is held by who waits for it in short turns."""
    script = (
        "import threading\n"
        "from ui.cli.end_signals import on_end_signals\n"
        f"for turn in range({TURNS}):\n"
        "    quit_ = threading.Event()\n"
        "    on_end_signals(quit_.set)\n"
        "    print('waits', flush=True)\n"
        "    while not quit_.wait(1e-6):\n"
        "        pass\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as waits:
        assert waits.stdout
        for _ in waits.stdout:
            waits.terminate()
        assert waits.wait(PATIENCE) == 0
