"""A PostgreSQL of the tests' own: in a folder that goes again, on a socket alone, without a care
for power cuts.
"""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import psycopg

PATIENCE = 60
"""Seconds after which a server that does not answer is given up."""


def programs() -> Path | None:
    """Where `initdb` and `postgres` are; None where there are none."""
    on_path = shutil.which("initdb")
    places = [Path(on_path).resolve().parent] if on_path else []
    debian = Path("/usr/lib/postgresql")
    places += sorted((place / "bin" for place in debian.glob("*")), reverse=True)
    return next(
        (
            place
            for place in places
            if (place / "initdb").exists() and (place / "postgres").exists()
        ),
        None,
    )


ACCOUNT = {"user": "nobody"} if os.geteuid() == 0 else {}
"""PostgreSQL refuses to be root: then it is nobody."""


class Server:
    """A server, running once it was begun. A database of it is made from a template in a few
    hundredths of a second.
    """

    def __init__(self, binaries: Path, socket: Path) -> None:
        self._binaries, self._socket = binaries, socket
        self._made = 0

    def begin(self) -> None:
        """Start it, or start it again, and wait until it answers."""
        # Commits wait for the log as ever: tests kill the server, and what was told to be kept must
        # be there. Without the disk's own wait (fsync) that costs next to nothing.
        careless = ("fsync", "full_page_writes", "autovacuum")
        settings = [word for name in careless for word in ("-c", f"{name}=off")]
        small = ["-c", "listen_addresses=", "-c", "shared_buffers=16MB", "-c", "max_connections=40"]
        data, log = self._socket / "data", self._socket / "log"
        with log.open("ab") as written:
            self._process = subprocess.Popen(
                [self._binaries / "postgres", "-D", data, "-k", self._socket, *settings, *small],
                stdout=written,
                stderr=written,
                cwd=self._socket,
                **ACCOUNT,
            )
        _wait(self, self._process, log)

    def end(self, sign: int = signal.SIGQUIT) -> None:
        """End it at once; all who are connected lose it."""
        self._process.send_signal(sign)
        self._process.wait(PATIENCE)

    def url(self, database: str) -> str:
        """The address of a database, as PLANNER_DATABASE_URL holds it."""
        return f"postgresql://planner@/{database}?host={self._socket}"

    def database(self, template: str = "template0") -> str:
        """A new database; its address."""
        self._made += 1
        name = f"store_{self._made}"
        self.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def execute(self, command: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def server(binaries: Path) -> Iterator[Server]:
    """A server while the block runs."""
    folder = Path(
        tempfile.mkdtemp(prefix="pg-", dir="/tmp")
    )  # a socket's path may have no more than 107 characters
    data = folder / "data"
    try:
        if ACCOUNT:
            shutil.chown(folder, "nobody")
        made = [
            binaries / "initdb",
            "-D",
            data,
            "-A",
            "trust",
            "-U",
            "planner",
            "-E",
            "UTF8",
            "--no-locale",
            "--no-sync",
        ]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **ACCOUNT)
        found = Server(binaries, folder)
        try:
            found.begin()
            yield found
        finally:
            found.end()  # at once: nothing in it is needed again
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _wait(found: Server, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the server answers. Raises RuntimeError where it ends instead."""
    until = monotonic() + PATIENCE
    while True:
        try:
            found.execute("SELECT 1")
            return
        except psycopg.OperationalError:
            if process.poll() is not None or monotonic() > until:
                raise RuntimeError(
                    f"PostgreSQL did not start: {log.read_text(errors='replace')}"
                ) from None
            sleep(0.05)
