"""Serve the pages: `python -m ui.screen.server PORT ADDRESS browser|no-browser`.

All that they need is imported before the process listens, so that nobody waits for it.
"""

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Thread
from time import sleep

from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import cli_util, net_util
from streamlit.starlette import App
from streamlit.web.server.server_util import get_display_address, get_url

from ui.app.supervision import end_with_supervisor
from ui.screen.door import Door
from ui.screen.pages import PAGES
from ui.screen.style import THEME

APP = Path(__file__).parent / "app.py"
BRIEF = 0.0005
"""Seconds until another thread has its turn: who waits for a page does not wait for what is read
ahead.
"""
VIEWS = PAGES
"""What is imported before the server listens: each page brings its view, and all that it needs."""

MEGABYTES = 50
"""Of a workbook that is sent."""


class Pages(App):
    """The pages behind their door. It stands around all of Streamlit: what Streamlit takes as
    `middleware` does not see the answer to an error.
    """

    def __init__(self, port: int, address: str, *, browser: bool) -> None:
        super().__init__(APP, lifespan=self._announced)
        self._port, self._address, self._browser = port, get_display_address(address), browser
        self._door: ASGIApp = Door(super().__call__)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        await self._door(scope, receive, send)

    @asynccontextmanager
    async def _announced(self, _app: App) -> AsyncIterator[None]:
        """Says where the pages are once the port is theirs."""
        url = get_url(self._address)
        print(f"The pages are at {url}. Ctrl-C ends them.", flush=True)
        if self._browser:
            Thread(target=self._open, args=(url,), daemon=True).start()
        yield

    def _open(self, url: str) -> None:
        """Opens the pages in a browser, as soon as the server answers."""
        while True:
            try:
                socket.create_connection((self._address, self._port)).close()
                break
            except OSError:
                sleep(0.1)
        cli_util.open_browser(url)


def settings_of(port: int, address: str) -> dict[str, object]:
    """Streamlit's settings; nothing is sent anywhere, and nothing is asked of other machines."""
    return {
        "server.port": port,
        "server.address": address,
        "server.headless": True,
        "server.maxUploadSize": MEGABYTES,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": False,
        # Streamlit's own line asks a machine of others which address this one has.
        "logger.hideWelcomeMessage": True,
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": False,
        # Python looks through its memory by itself; after every click, through whole regions, it
        # would be most of the work.
        "runner.postScriptGC": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        **{f"theme.{name}": value for name, value in THEME.items()},
    }


def _this_machine() -> str:
    """The address of this machine, for Streamlit, which would ask machines of others for it
    whenever a page of another origin wants to be let in. Where a proxy gives the pages another
    name than they know, `server.corsAllowedOrigins` names it.
    """
    return "127.0.0.1"


if __name__ == "__main__":
    end_with_supervisor()
    sys.setswitchinterval(BRIEF)
    net_util.get_external_ip = net_util.get_internal_ip = _this_machine
    port, address, browser = sys.argv[1:]
    pages = Pages(int(port), address, browser=browser == "browser")
    pages.run(config=settings_of(int(port), address))
