"""A real browser on real pages: a server and a worker of the tests' own, and a person who
clicks.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlsplit
from urllib.request import urlopen

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from planner.store.place import FILE

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60
"""Seconds for what a page does; a busy machine is slow."""
START = 120
"""Seconds until pages must be served: a server imports all of them first."""
OPENING = 4_000
"""Milliseconds in which a list has opened."""
STAND_STILL = """
    document.addEventListener("DOMContentLoaded", () => {
        const style = document.createElement("style");
        style.textContent =
            "*, ::before, ::after { animation: none !important; transition: none !important; }";
        document.head.append(style);
    });
"""
"""What waits moves, and to draw that takes a third of a page's time where there is no graphics
card.
"""
SENDING = 100
"""Milliseconds in which what was done has reached the server."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium() -> str | None:
    """Where the browser is; None where there is none."""
    return (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )


@contextmanager
def served(store: Path, workers: int = 1, **environment: str) -> Iterator[str]:
    """`planner ui` on a free port; its address."""
    with serving(store, workers, **environment) as (_, address):
        yield address


@contextmanager
def serving(
    store: Path, workers: int = 1, **environment: str
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The same with its process."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    log = store.with_suffix(".log").open("ab")
    command = [
        sys.executable,
        "-m",
        "ui.cli.main",
        "ui",
        "--port",
        str(port),
        "--no-browser",
        "--workers",
        str(workers),
    ]
    server = subprocess.Popen(
        command,
        env={**os.environ, FILE: str(store), "PYTHONPATH": str(ROOT), **environment},
        cwd=store.parent,
        stdout=log,
        stderr=log,
        start_new_session=True,
    )
    try:
        address = f"http://localhost:{port}"
        began = monotonic()
        while True:
            try:
                urlopen(f"{address}/_stcore/health", timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, store.with_suffix(".log").read_text()
                assert monotonic() - began < START, "the pages are not served"
                sleep(0.2)
        yield server, address
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()
        log.close()


@contextmanager
def browsing() -> Iterator[Browser]:
    """A browser without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Person:
    """Somebody at the screen. `heard` is everything that the server sent them, `troubles` what went
    wrong in the page or was asked of another machine, `answers` how often the server was done with
    one.
    """

    page: Page
    address: str
    heard: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)
    answers: int = 0

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE * 1000)
        expect.set_options(timeout=PATIENCE * 1000)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        self.page.on("console", self._read)
        self.page.on("request", self._watch)
        self.page.on("response", self._listen)
        self.page.on("websocket", lambda opened: opened.on("framereceived", self._hear))

    def _hear(self, frame: str | bytes) -> None:
        self.heard.append(frame if isinstance(frame, str) else frame.decode("utf-8", "replace"))
        if isinstance(frame, bytes):
            self.answers += ForwardMsg.FromString(frame).HasField("script_finished")

    def _read(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            self.troubles.append(message.text)

    def _watch(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in ("localhost", None):
            self.troubles.append(f"something is asked of {request.url}")

    def _listen(self, response: Response) -> None:
        if "/media/" in response.url:
            self.heard.append(response.url)

    def go(self, page: str = "", **at: str | int) -> None:
        """Open a page by its address."""
        query = "&".join(f"{name}={value}" for name, value in at.items())
        self.page.goto(f"{self.address}/{page}?{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the page says what it has to say."""
        self.page.wait_for_timeout(SENDING)
        self._stand_still()

    def _stand_still(self) -> None:
        expect(self.page.locator("h1").first).to_be_visible()
        self.page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
        self.page.wait_for_function("() => !document.querySelector('[data-stale=true]')")
        assert not self.troubles

    def answered(self, act: Callable[[], object]) -> None:
        """Do something to which the server answers, and wait for the answer."""
        before = self.answers
        act()
        began = monotonic()
        while self.answers == before:
            assert monotonic() - began < PATIENCE, "the server does not answer"
            self.page.wait_for_timeout(10)
        self._stand_still()

    def press(self, name: str) -> None:
        """Press a button."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose from a list."""
        box, found = (
            self.page.get_by_role(role, name=name).first
            for role, name in (("combobox", label), ("option", option))
        )
        box.click()
        with suppress(
            PlaywrightTimeout
        ):  # a page that is drawn anew at this moment closes the list
            found.wait_for(timeout=OPENING)
        if not found.is_visible():
            box.click()
        found.click()
        self.settle()

    def fill(self, label: str, text: str) -> None:
        """Type into a field."""
        place = self.page.get_by_label(label, exact=True).first
        place.fill(text)
        place.press("Enter")
        self.settle()

    def turn_to(self, page: str) -> None:
        """Go to a page by the menu."""
        self.answered(self.page.get_by_test_id("stSidebarNav").get_by_role("link", name=page).click)
        expect(self.page.locator("h1").first).to_have_text(page)

    def sees(self, text: str) -> Locator:
        """Some text that stands on the page."""
        found = self.page.get_by_text(text, exact=False).first
        expect(found).to_be_visible()
        return found

    def saved(self, name: str) -> bytes:
        """What a download button gives."""
        with self.page.expect_download(timeout=PATIENCE * 1000) as download:
            self.page.get_by_role("button", name=name).first.click()
        return Path(download.value.path()).read_bytes()


def visiting(browser: Browser, address: str, width: int = 1280, height: int = 900) -> Person:
    """Somebody with a screen of their own."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, accept_downloads=True, reduced_motion="reduce"
    )
    context.add_init_script(STAND_STILL)
    return Person(context.new_page(), address)
