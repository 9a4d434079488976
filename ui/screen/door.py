"""What every request passes before Streamlit answers it, and every answer after.

Streamlit takes a file from any browser that has opened a page, signed in or not, and holds it in
memory until the page is closed.
"""

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.auth_util import get_cookie_with_chunks
from streamlit.file_util import get_static_dir
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from planner.access import may
from ui.screen.sign_in_roles import Unknown, shared, user_of

UPLOADS = "/upload_file/"
"""In the address of whatever is sent to the server or taken back, below any prefix."""
ENOUGH = "edit_dataset"
"""What somebody must be allowed to do to send a file: what comes of it is saved as a dataset."""
_INLINE = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Door:
    """Takes files from those alone who may save a dataset, and puts what a browser must not do with
    a page beside every answer, refusals and errors too.
    """

    def __init__(self, inside: ASGIApp) -> None:
        self._inside = inside
        self._headers = headers()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; of a refused one nothing but the head is read."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        if scope["type"] == "http" and UPLOADS in scope["path"]:
            refusal = refusal_of(HTTPConnection(scope).cookies)
            if refusal:
                answer = PlainTextResponse(refusal, status_code=403)
                await answer(scope, receive, send_with_headers)
                return
        await self._inside(scope, receive, send_with_headers)


def refusal_of(cookies: Mapping[str, str]) -> str:
    """Why no file is taken from a browser with these cookies; nothing where one is."""
    if not shared():
        return ""
    try:
        user = user_of(_claims(cookies))
    except Unknown as error:
        return str(error)
    return "" if may(user, ENOUGH) else "Your role may not save datasets."


def _claims(cookies: Mapping[str, str]) -> Mapping[str, Any]:
    """What the sign-in keeps in a browser, as Streamlit signs it; nothing where it is not signed
    by this server, or too long ago.
    """
    secret = get_cookie_secret()

    def signed(name: str) -> bytes | None:
        value = cookies.get(name)
        return decode_signed_value(secret, name, value.encode("latin-1")) if value else None

    try:
        found = get_cookie_with_chunks(signed, USER_COOKIE_NAME)
        claims = json.loads(found) if found else {}
    except ValueError:  # a cookie that is no text of such a kind
        return {}
    return claims if isinstance(claims, dict) else {}


def headers() -> Mapping[str, str]:
    """What every answer bears.

    Scripts come from this server alone; `blob:` is how Streamlit loads those of its components,
    from texts that it was sent. Styles may stand in the page: Streamlit writes its own there.
    """
    scripts = " ".join(("'self'", "blob:", *_inline_scripts(Path(get_static_dir()) / "index.html")))
    policy = {
        "default-src": "'self'",
        "script-src": scripts,
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "worker-src": "'self' blob:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {of}" for name, of in policy.items()),
        "X-Frame-Options": "DENY",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
    }


def _inline_scripts(page: Path) -> tuple[str, ...]:
    """The scripts that stand in Streamlit's page itself, each by its hash: no other may."""
    return tuple(
        f"'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'"
        for script in _INLINE.findall(page.read_text(encoding="utf-8"))
    )
