"""List the pages: their addresses, their places in the navigation, and who has them.

This list is the only one. The frame draws the navigation from it, the server imports every view
through it before it listens, and the tests visit each of its addresses.
"""

from collections.abc import Callable
from dataclasses import dataclass

from planner.access import User, seen
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


@dataclass(frozen=True)
class PageSpec:
    """A page. `show` draws it; with `needs_plan` it is given the plan that is open.

    `group` is the heading above it in the navigation, `icon` a Material symbol. Where `sheet` is
    named, only those have the page who see such a sheet of a plan's workbook. The start has no
    address of its own.
    """

    address: str
    title: str
    icon: str
    group: str
    show: Callable[..., None]
    needs_plan: bool = False
    sheet: str = ""


START = "start"
PAGES = (
    PageSpec(START, "Start", "home", "", start.show),
    PageSpec("data", "Data", "table", "Prepare", data.show),
    PageSpec("scenarios", "Scenarios", "alt_route", "Prepare", scenarios.show),
    PageSpec("solve", "Solve", "play_circle", "Prepare", solve.show),
    PageSpec(
        "timetable", "Timetable", "calendar_view_week", "Look", timetable.show, needs_plan=True
    ),
    PageSpec("region", "Region", "map", "Look", region.show, needs_plan=True),
    PageSpec(
        "money", "Money", "payments", "Look", money.show, needs_plan=True, sheet="money by fund"
    ),
    PageSpec("hr", "HR", "badge", "Look", hr.show, needs_plan=True, sheet="hr"),
    PageSpec("compare", "Compare", "balance", "Decide", compare.show),
    PageSpec("history", "History", "history", "Decide", history.show),
)


def pages_for(viewer: User) -> dict[str, PageSpec]:
    """The pages that somebody has, by address, in the order of the navigation."""
    return {
        page.address: page
        for page in PAGES
        if not page.sheet or seen(viewer, f"sheet:{page.sheet}")
    }
