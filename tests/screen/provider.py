"""An identity provider of the tests' own (OpenID Connect, authorization code): whoever asks is who
they say they are.
"""

import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "planner-tests"


class Provider(ThreadingHTTPServer):
    """The provider; `users` are the addresses that may sign in."""

    def __init__(self, users: tuple[str, ...]) -> None:
        super().__init__(("localhost", 0), _Handler)
        self.users = users
        self.key = RSAKey.generate_key(2048, {"kid": "tests"}, auto_kid=False)
        self.codes: dict[str, tuple[str, str]] = {}

    @property
    def issuer(self) -> str:
        """Its address."""
        return f"http://localhost:{self.server_port}"

    def token(self, code: str) -> dict[str, Any]:
        """What a code is good for, once."""
        email, nonce = self.codes.pop(code)
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": email,
            "email": email,
            "email_verified": True,
            "iat": int(time()),
            "exp": int(time()) + 600,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "tests"}, claims | {"nonce": nonce}, self.key)
        return {
            "access_token": secrets.token_hex(8),
            "token_type": "Bearer",
            "expires_in": 600,
            "id_token": signed,
        }


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        """The configuration, the keys, and the page on which one says who one is."""
        asked = urlsplit(self.path)
        given = {name: values[0] for name, values in parse_qs(asked.query).items()}
        issuer = self.server.issuer
        if asked.path == "/.well-known/openid-configuration":
            self._json(
                {
                    "issuer": issuer,
                    "authorization_endpoint": f"{issuer}/authorize",
                    "token_endpoint": f"{issuer}/token",
                    "jwks_uri": f"{issuer}/jwks",
                    "response_types_supported": ["code"],
                    "subject_types_supported": ["public"],
                    "id_token_signing_alg_values_supported": ["RS256"],
                }
            )
        elif asked.path == "/jwks":
            self._json(
                {
                    "keys": [
                        {
                            **self.server.key.as_dict(private=False),
                            "kid": "tests",
                            "use": "sig",
                            "alg": "RS256",
                        }
                    ]
                }
            )
        elif asked.path == "/authorize":
            links = [
                f'<a href="/chosen?{urlencode({**given, "user": user})}">{user}</a>'
                for user in self.server.users
            ]
            self._send(200, "text/html", "<h1>Who are you?</h1>" + " ".join(links))
        elif asked.path == "/chosen":
            code = secrets.token_hex(8)
            self.server.codes[code] = (given["user"], given.get("nonce", ""))
            back = urlencode({"code": code, "state": given["state"]})
            self.send_response(302)
            self.send_header("Location", f"{given['redirect_uri']}?{back}")
            self.end_headers()

    def do_POST(self) -> None:
        """A token for a code."""
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self._json(self.server.token(body["code"][0]))

    def _json(self, document: dict[str, Any]) -> None:
        self._send(200, "application/json", json.dumps(document))

    def _send(self, status: int, kind: str, text: str) -> None:
        content = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Says nothing."""


@contextmanager
def provider(*users: str) -> Iterator[Provider]:
    """A running provider."""
    with Provider(users) as found:
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        try:
            yield found
        finally:
            found.shutdown()
            thread.join()
