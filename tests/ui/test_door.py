"""What passes the door of the pages: files of those who may save datasets, and answers that say what
a browser must not do with them.
"""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send
from streamlit.auth_util import set_cookie_with_chunks
from streamlit.web.server.starlette.starlette_app_utils import create_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from planner.store.place import FILE
from tests.screen.browser import PATIENCE, ROOT
from ui.screen import door
from ui.screen.door import Door, headers, refusal_of

SECRET = "a secret of the tests' own that is long enough"
TABLE = """email,roles,schools
ana@x.org,director,
hal@x.org,hr,
kim@x.org,principal,elm
val@x.org,viewer,
gone@x.org,,
"""
UPLOAD = "/_stcore/upload_file/a-session/a-file"
HEADERS = {
    "content-security-policy",
    "x-frame-options",
    "x-content-type-options",
    "referrer-policy",
}
HOOK = """
import os, sys

def note(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname"):
        address = given[0] if event.startswith("socket.get") else given[1]
        with open(os.environ["NOTED"], "a") as file:
            file.write(repr(address[0] if isinstance(address, tuple) else address) + "\\n")

sys.addaudithook(note)
"""


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server on which people sign in."""
    (tmp_path / "roles.csv").write_text(TABLE)
    monkeypatch.setenv("PLANNER_SHARED", "1")
    monkeypatch.setenv("PLANNER_ROLES", str(tmp_path / "roles.csv"))
    monkeypatch.setattr(door, "get_cookie_secret", lambda: SECRET)


def cookies_of(email: str, *, secret: str = SECRET, **claims: object) -> dict[str, str]:
    """What a browser keeps of somebody who signed in, as Streamlit writes it."""
    told = {"is_logged_in": True, "email": email, "email_verified": True, "origin": "x", **claims}
    jar: dict[str, str] = {}

    def sign(name: str, value: str) -> bytes:
        return create_signed_value(secret, name, value)

    def keep(name: str, value: str) -> None:
        jar[name] = sign(name, value).decode()

    set_cookie_with_chunks(keep, sign, USER_COOKIE_NAME, told, cookie_attr_size=80)
    return jar


class Inside:
    """What stands behind the door: it reads all that it is sent."""

    def __init__(self) -> None:
        self.reached = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.reached = True
        while (await receive()).get("more_body"):
            pass
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})


def in_a_loop(answer: Coroutine[None, None, None]) -> None:
    """Run it in a thread of its own: this one may have the loop of a browser's tests."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, answer).result()


def asked(
    path: str, cookies: dict[str, str], method: str = "PUT"
) -> tuple[int, set[str], bool, int]:
    """The answer to a request: its status and headers, whether it came inside, and how many parts
    of its body were read.
    """
    inside, sent, read = Inside(), list[Message](), [0]

    async def receive() -> Message:
        read[0] += 1
        return {"type": "http.request", "body": b"pay" * 1000, "more_body": read[0] < 5}

    async def send(message: Message) -> None:
        sent.append(message)

    jar = "; ".join(f"{name}={value}" for name, value in cookies.items()).encode()
    scope = {
        "type": "http",
        "path": path,
        "method": method,
        "headers": [(b"cookie", jar)] if jar else [],
    }
    in_a_loop(Door(inside)(scope, receive, send))
    names = {name.decode() for name, _ in sent[0]["headers"]}
    return sent[0]["status"], names, inside.reached, read[0]


@pytest.mark.parametrize("email", ["ana@x.org", "hal@x.org", "ANA@x.org"])
@pytest.mark.usefixtures("shared")
def test_who_may_save_datasets_may_send_a_file(email: str):
    status, names, inside, _ = asked(UPLOAD, cookies_of(email))
    assert (status, inside) == (204, True)
    assert names >= HEADERS


@pytest.mark.parametrize(
    ("cookies", "said"),
    [
        ({}, "Nobody has signed in."),
        ({USER_COOKIE_NAME: "made up"}, "Nobody has signed in."),
        (cookies_of("ana@x.org", secret="of another server's, and long"), "Nobody has signed in."),
        (cookies_of("ana@x.org", is_logged_in=False), "Nobody has signed in."),
        (cookies_of("ana@x.org", email_verified=False), "ana@x.org has no role here yet"),
        (cookies_of("gone@x.org"), "gone@x.org has no role here yet"),
        (cookies_of("kim@x.org"), "Your role may not save datasets."),
        (cookies_of("val@x.org"), "Your role may not save datasets."),
    ],
    ids=["nobody", "forged", "elsewhere", "out", "unverified", "revoked", "principal", "viewer"],
)
@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE"])
@pytest.mark.usefixtures("shared")
def test_of_others_no_byte_of_a_file_is_read(cookies: dict[str, str], said: str, method: str):
    status, names, inside, read = asked(UPLOAD, cookies, method)
    assert (status, inside, read) == (403, False, 0)
    assert names >= HEADERS
    assert refusal_of(cookies).startswith(said)


@pytest.mark.usefixtures("shared")
def test_a_sign_in_too_large_for_one_cookie_counts():
    cookies = cookies_of("ana@x.org", groups=[sha256(b"%d" % n).hexdigest() for n in range(200)])
    assert len(cookies) > 3
    assert refusal_of(cookies) == ""
    del cookies[f"{USER_COOKIE_NAME}_2"]
    assert refusal_of(cookies) == "Nobody has signed in."


@pytest.mark.usefixtures("shared")
def test_a_revoked_role_ends_uploads_at_once(tmp_path: Path):
    cookies = cookies_of("ana@x.org")
    assert refusal_of(cookies) == ""
    (tmp_path / "roles.csv").write_text(TABLE.replace("director", "viewer"))
    assert refusal_of(cookies)
    (tmp_path / "roles.csv").write_text("nonsense")
    assert "cannot be read" in refusal_of(cookies)


@given(st.dictionaries(st.sampled_from([USER_COOKIE_NAME, f"{USER_COOKIE_NAME}_1"]), st.text()))
def test_no_made_up_cookie_opens_the_door(cookies: dict[str, str]):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANNER_SHARED", "1")
        patch.setattr(door, "get_cookie_secret", lambda: SECRET)
        assert refusal_of(cookies) == "Nobody has signed in."


@pytest.mark.parametrize("path", [f"/office{UPLOAD}", "/_stcore/upload_file//"])
@pytest.mark.usefixtures("shared")
def test_a_prefix_is_no_way_around(path: str):
    assert asked(path, {})[0] == 403


def test_on_a_machine_of_ones_own_nobody_signs_in(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("PLANNER_SHARED", raising=False)
    assert asked(UPLOAD, {})[0] == 204


@pytest.mark.usefixtures("shared")
def test_pages_are_seen_without_a_role():
    """Whoever has none is told so by the page."""
    assert asked("/", {}, "GET")[0] == 204


def test_no_script_but_this_servers_own_runs():
    policy = dict(part.split(" ", 1) for part in headers()["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert policy["script-src"].count("sha256-") == 1, "Streamlit's page has one script of its own"
    assert policy["frame-ancestors"] == "'none'"


@pytest.fixture
def listened(tmp_path: Path) -> Iterator[tuple[int, Path]]:
    """The server on every address of this machine, and where it notes whom it asks for what."""
    (tmp_path / "sitecustomize.py").write_text(HOOK)
    noted = tmp_path / "noted"
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        FILE: str(tmp_path / "store.sqlite"),
        "PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}",
        "NOTED": str(noted),
        "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
    }
    browser = tmp_path / "xdg-open"
    browser.write_text(f'#!/bin/sh\necho "$1" > "{tmp_path / "opened"}"\n')
    browser.chmod(0o700)
    command = [sys.executable, "-m", "ui.screen.server", str(port), "0.0.0.0", "browser"]
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, cwd=tmp_path, stdout=log, stderr=log)
    try:
        began = monotonic()
        while True:
            try:
                urlopen(f"http://localhost:{port}/_stcore/health", timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, (tmp_path / "log").read_text()
                assert monotonic() - began < PATIENCE
                sleep(0.1)
        yield port, noted
    finally:
        server.terminate()
        server.wait()


def raw(port: int, *lines: str) -> bytes:
    """The head of the answer to a request that is written by hand."""
    with socket.create_connection(("localhost", port), timeout=PATIENCE) as line:
        line.sendall("\r\n".join((*lines, "Host: localhost", "", "")).encode())
        return line.recv(65536)


def test_nothing_outside_is_asked_and_every_answer_is_guarded(
    listened: tuple[int, Path], tmp_path: Path
):
    port, noted = listened
    url = f"http://localhost:{port}"
    assert (tmp_path / "log").read_text().startswith(f"The pages are at {url}.")
    if sys.platform == "linux":
        began = monotonic()
        while not (tmp_path / "opened").exists() or not (tmp_path / "opened").read_text():
            assert monotonic() - began < PATIENCE, "no browser is opened"
            sleep(0.1)
        assert (tmp_path / "opened").read_text().strip() == url
    upgrade = (
        "GET /_stcore/stream HTTP/1.1",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        "Origin: http://elsewhere.example",
    )
    answers = {
        "a page": (200, raw(port, "GET / HTTP/1.1")),
        "no file": (404, raw(port, "GET /media/nothing.pdf HTTP/1.1")),
        "not for this": (405, raw(port, "DELETE /_stcore/health HTTP/1.1")),
        "no session": (403, raw(port, f"PUT {UPLOAD} HTTP/1.1", "Content-Length: 0")),
        "a page of another origin": (403, raw(port, *upgrade)),
    }
    for what, (status, answer) in answers.items():
        head = answer.partition(b"\r\n\r\n")[0].decode().lower()
        assert head.startswith(f"http/1.1 {status} "), (what, head)
        if what != "a page of another origin":
            assert all(f"\r\n{name}: " in head for name in HEADERS), (what, head)
    asked_for = set(noted.read_text().splitlines()) if noted.exists() else set()
    assert asked_for <= {"'0.0.0.0'", "'localhost'", "'127.0.0.1'", "'::1'", "None"}, asked_for


def test_an_error_of_ours_is_guarded_too():
    """The answer that Starlette gives to an error lies around its middleware."""
    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.routing import Route

    async def fails(_: Request) -> None:
        raise RuntimeError

    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {"type": "http", "path": "/", "method": "GET", "headers": [], "query_string": b""}
    with pytest.raises(RuntimeError):
        in_a_loop(Door(Starlette(routes=[Route("/", fails)]))(scope, receive, send))
    assert sent[0]["status"] == 500
    assert {name.decode() for name, _ in sent[0]["headers"]} >= HEADERS
