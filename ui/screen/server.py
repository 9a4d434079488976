"""Serve the pages: `python -m ui.screen.server PORT ADDRESS browser|no-browser`.

All that they need is imported before the process listens, so that nobody waits for it.
"""

import sys
from pathlib import Path

from streamlit.web.cli import main

from ui.app.supervision import end_with_supervisor
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


def settings_of(port: int, address: str, *, browser: bool) -> list[str]:
    """Streamlit's settings; nothing is sent anywhere."""
    settings = {
        "server.port": port,
        "server.address": address,
        "server.headless": str(not browser).lower(),
        "server.maxUploadSize": MEGABYTES,
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": "false",
        # Python looks through its memory by itself; after every click, through whole regions, it
        # would be most of the work.
        "runner.postScriptGC": "false",
        "client.showErrorDetails": "none",
        "client.showErrorLinks": "false",
        **{f"theme.{name}": value for name, value in THEME.items()},
    }
    return [f"--{name}={value}" for name, value in settings.items()]


if __name__ == "__main__":
    end_with_supervisor()
    sys.setswitchinterval(BRIEF)
    port, address, browser = sys.argv[1:]
    main(["run", str(APP), *settings_of(int(port), address, browser=browser == "browser")])
