"""The process that serves the pages. All that they need is imported before it listens, so that
nobody waits for it.
"""

import sys
from pathlib import Path

from streamlit.web.cli import main

from ui.screen.views import (
    compare,
    data,
    history,
    hr,
    money,
    region,
    scenarios,
    solve,
    start,
    timetable,
)

APP = Path(__file__).parent / "app.py"
BRIEF = 0.0005
"""Seconds until another thread has its turn: who waits for a page does not wait for what is read
ahead.
"""
VIEWS = (start, data, scenarios, solve, timetable, region, money, hr, compare, history)

if __name__ == "__main__":
    sys.setswitchinterval(BRIEF)
    main(["run", str(APP), *sys.argv[1:]])
