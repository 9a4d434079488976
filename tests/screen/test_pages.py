"""Every page, on a laptop and on a telephone: without an error, without a fault of accessibility,
and as a picture.
"""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.screen.browser import Person, visiting
from tests.screen.conftest import EXAMPLE, REGION
from tests.slow import quick_and_slow
from ui.screen.pages import PAGES, START

ADDRESSES = tuple("" if page.address == START else page.address for page in PAGES)
QUICK = ("", "solve", "timetable", "compare", "hr")
"""The pages that are always looked at."""
PICTURES = Path(__file__).parent / "pictures"
"""Where the pictures are put; they are looked at, not compared."""
LAPTOP, TELEPHONE = (1280, 900), (390, 844)
NOT_OURS = (
    "[data-testid=stDataFrame]",
    "[data-testid=stSidebarNav]",
    "[data-testid=stFileUploaderDropzone]",
)
"""Parts of Streamlit that a page cannot mend."""


@pytest.mark.parametrize(("width", "height"), quick_and_slow([TELEPHONE], [LAPTOP]))
@pytest.mark.parametrize("page", quick_and_slow(QUICK, [p for p in ADDRESSES if p not in QUICK]))
def test_a_page_of_a_school(browser: Browser, address: str, page: str, width: int, height: int):
    look(browser, address, EXAMPLE, page, (width, height))


@pytest.mark.parametrize(("width", "height"), quick_and_slow([LAPTOP], [TELEPHONE]))
@pytest.mark.parametrize(
    "page", quick_and_slow(["region", "money"], ["timetable", "hr", "compare"])
)
def test_a_page_of_a_region_with_money(
    browser: Browser, region: str, page: str, width: int, height: int
):
    look(browser, region, REGION, page, (width, height))


def faults(person: Person) -> list[str]:
    """What the page has that not everybody can read or use."""
    person.page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState !== 'running')"
    )
    found = Axe().run(
        person.page,
        context={"exclude": [[part] for part in NOT_OURS]},
        options={"resultTypes": ["violations"]},
    )
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:200]} {one['nodes'][0].get('failureSummary', '')}"
        for one in found.response["violations"]
    ]


def look(browser: Browser, address: str, dataset: str, page: str, size: tuple[int, int]) -> None:
    """Opens a page, takes its picture, and looks for faults."""
    width, height = size
    person = visiting(browser, address, width, height)
    person.go(page, dataset=dataset, plan=1)
    assert person.page.get_by_test_id("stException").count() == 0
    assert person.page.get_by_role("dialog").count() == 0
    person.page.wait_for_function(
        "() => document.getAnimations().every((one) => one.playState !== 'running')"
    )
    PICTURES.mkdir(exist_ok=True)
    person.page.screenshot(path=PICTURES / f"{dataset}-{page or 'start'}-{width}.png")
    told = faults(person)
    if told:
        # What the server sends anew by itself is pale for a moment: a fault is there again.
        person.settle()
        told = faults(person)
    assert told == []
    wide = person.page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert wide <= 0, "the page is wider than the screen"
    person.page.context.close()


@pytest.mark.slow
@pytest.mark.parametrize("page", ["region", "compare"])
def test_letters_of_a_drawing_can_be_read_on_a_telephone(browser: Browser, region: str, page: str):
    person = visiting(browser, region, *TELEPHONE)
    person.go(page, dataset=REGION, plan=1)
    person.page.locator(".map svg text").first.wait_for()
    heights = person.page.locator(".map svg text").evaluate_all(
        "all => all.map(text => text.getBoundingClientRect().height)"
    )
    assert min(heights) >= 10
    person.page.context.close()
