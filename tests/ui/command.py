"""Ways to run the `planner` command in a test: in this process, or as its users do, in one of its
own.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from typer.testing import CliRunner, Result

from ui.cli.main import app

ROOT = Path(__file__).parent.parent.parent
FIRST_STEPS = ROOT / "scenarios" / "first-steps" / "dataset"
LONGEST = 120
"""Seconds after which a test gives up on a command."""


def planner(*words: object) -> Result:
    """Run the command here; faster, and counted as covered."""
    return CliRunner().invoke(app, [str(word) for word in words])


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}


def run(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "ui.cli.main", *map(str, words)]
    return subprocess.run(
        command,
        cwd=cwd,
        env=_environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
    )


@contextmanager
def running(script: str, *words: object, cwd: Path) -> Iterator[subprocess.Popen[str]]:
    """The command in a process of its own while it runs; `script` is what that process does
    first.
    """
    code = f"{script}\nfrom ui.cli.main import main\nmain()"
    with subprocess.Popen(
        [sys.executable, "-c", code, *map(str, words)],
        cwd=cwd,
        env=_environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def interrupt_after(process: subprocess.Popen[str], words: str) -> None:
    """Press Ctrl-C as soon as the command says these words on stderr."""
    assert process.stderr
    for line in process.stderr:
        if words in line:
            process.send_signal(signal.SIGINT)
            return
    raise AssertionError(f"the command ended without saying {words!r}")
