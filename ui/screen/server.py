"""Serve the pages.

All that they need is imported before the process listens, so that nobody waits for it.
"""

import sys
from pathlib import Path

from streamlit.web.cli import main

from ui.screen.pages import PAGES

APP = Path(__file__).parent / "app.py"
BRIEF = 0.0005
"""Seconds until another thread has its turn: who waits for a page does not wait for what is read
ahead.
"""
VIEWS = PAGES
"""What is imported before the server listens: each page brings its view, and all that it needs."""

if __name__ == "__main__":
    sys.setswitchinterval(BRIEF)
    main(["run", str(APP), *sys.argv[1:]])
