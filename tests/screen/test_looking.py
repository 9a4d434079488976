"""What somebody finds who looks at plans: a week, a session, a school, a comparison; and what a
role does not get.
"""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect
from pypdf import PdfReader

from tests.screen.browser import Person, visiting
from tests.screen.conftest import EXAMPLE, REGION


def test_a_session_is_picked_and_a_decision_waits(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1)
    block = person.page.locator("button.block").first
    block.focus()
    person.page.keyboard.press("Enter")
    person.sees("Why then")
    expect(person.page.locator("button.block").first).to_have_attribute("aria-pressed", "true")
    person.press("Keep it here")
    person.turn_to("Scenarios")
    person.sees("Decisions from the timetable that wait")
    person.press("Take them into this scenario")
    person.sees("pinned: ")


def test_the_plan_is_taken_along(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1)
    book = load_workbook(BytesIO(person.saved("Workbook (.xlsx)")))
    assert "timetable people" in book.sheetnames
    assert len(PdfReader(BytesIO(person.saved("Weeks to print (.pdf)"))).pages) > 2
    names = ZipFile(BytesIO(person.saved("Calendars (.zip)"))).namelist()
    assert any(name.startswith("calendars/person-") for name in names)


@pytest.mark.slow
def test_a_school_of_the_region_leads_to_its_day(person: Person):
    person.go("region", dataset=EXAMPLE, plan=1)
    person.page.locator("table.figures button.link").first.click()
    expect(person.page.locator("h1").first).to_have_text("Timetable")
    person.settle()
    expect(person.page.locator(".week-head").first).to_be_visible()


def test_two_plans_are_compared_and_the_comparison_is_downloaded(person: Person):
    person.go("compare", dataset=EXAMPLE, plan=1)
    person.sees("Who is served")
    expect(person.page.locator("table.comparison").first).to_contain_text("Without a group")
    expect(person.page.locator("table.comparison .badge").first).to_have_text("adopted")
    book = load_workbook(BytesIO(person.saved("Download the comparison (.xlsx)")))
    assert "summary" in book.sheetnames


def test_money_is_shown_and_drawn_to_who_may_see_it_alone(browser: Browser, region: str):
    office, director, school = (visiting(browser, region) for _ in range(3))
    office.go("money", dataset=REGION, plan=1)
    office.sees("Cost in all")
    paid = office.page.locator(
        "table.figures", has=office.page.get_by_text("P-001", exact=True)
    ).first.inner_text()
    assert ",137.37" in paid or ".37" in paid
    office.go("compare", dataset=REGION, plan=1)
    office.sees("What it costs, and what it serves")
    director.go("money", dataset=REGION, plan=1, view="director")
    director.sees("Cost in all")
    assert not any("STEP0" in frame for frame in director.heard)
    school.go("money", dataset=REGION, plan=1, view="principal:bri")
    school.sees("This page shows a plan")
    for person in (office, director, school):
        person.page.context.close()


@pytest.mark.slow
def test_a_link_leads_back_to_the_same_place(person: Person, browser: Browser):
    person.go("timetable", dataset=EXAMPLE, plan=2, show="Groups")
    link = person.page.url
    assert "plan=2" in link
    other = visiting(browser, person.address)
    other.page.goto(link)
    other.settle()
    other.sees("Group (worst served first)")
    assert "plan=2" in other.page.url
    other.page.context.close()


def test_a_viewer_gets_no_page_of_hr_and_nothing_of_it(person: Person, browser: Browser):
    hr = visiting(browser, person.address)
    hr.go("hr", dataset=EXAMPLE, plan=1)
    hr.sees("Everybody")
    hr.page.context.close()
    person.go("timetable", dataset=EXAMPLE, plan=1, view="viewer")
    expect(person.page.get_by_test_id("stSidebarNav").get_by_role("link", name="HR")).to_have_count(
        0
    )
    person.go("hr", dataset=EXAMPLE, plan=1, view="viewer")
    assert any("Everybody" in frame for frame in hr.heard)
    assert not any("Everybody" in frame for frame in person.heard)
    person.go("data", dataset=EXAMPLE, view="viewer")
    assert not any("Take over these changes" in frame for frame in person.heard)


@pytest.mark.slow
def test_a_finding_leads_to_the_person_in_full(browser: Browser, region: str):
    person = visiting(browser, region)
    person.go("hr", dataset=REGION, plan=1, view="hr")
    found = person.page.get_by_role("table", name="What must be settled").locator("tbody tr").first
    name = found.locator("button.link").inner_text()
    assert name in found.locator("td").inner_text()
    person.answered(found.locator("button.link").click)
    about = person.page.get_by_role("dialog")
    expect(about).to_contain_text(name)
    expect(about).to_contain_text("contract days")
    person.page.context.close()


def pick(person: Person) -> str:
    """Pick the first session of the grid; what is said of it."""
    block = person.page.locator("button.block").first
    said = block.get_attribute("aria-label")
    person.answered(block.click)
    expect(person.page.locator(".st-key-panel")).to_be_in_viewport()
    return said or ""


@pytest.mark.slow
def test_a_decision_that_waits_stands_on_the_page_and_leads_to_scenarios(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1)
    pick(person)
    person.press("Keep it here")
    waits = person.page.locator(".st-key-waiting")
    expect(waits).to_contain_text("Decisions that wait")
    expect(waits).to_contain_text(" stays on ")
    waits.get_by_role("link", name="Take them into a scenario").click()
    expect(person.page.locator("h1").first).to_have_text("Scenarios")
    person.sees("Decisions from the timetable that wait")


@pytest.mark.slow
def test_a_newer_decision_replaces_the_older_one_and_a_move_forbids_the_old_time(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1, show="Groups", group="G2-READ-T2")
    pick(person)
    person.press("Keep it here")
    waits = person.page.locator(".st-key-waiting")
    expect(waits).to_contain_text(" stays on ")
    person.page.get_by_test_id("stPopover").get_by_role("button").click()
    person.press("Move it there")
    expect(waits.locator("li")).to_have_count(2)
    expect(waits.locator("li").nth(0)).to_contain_text(" moves from ")
    expect(waits.locator("li").nth(1)).to_contain_text(" any more")
    person.turn_to("Scenarios")
    person.press("Take them into this scenario")
    person.sees("pinned: ")
    person.sees("forbidden: ")


@pytest.mark.slow
def test_a_session_is_not_moved_to_where_its_group_has_another(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1, show="Groups", group="G2-READ-T2")
    first = pick(person)
    days = [
        said.split(",")[0]
        for said in person.page.locator("button.block").evaluate_all(
            "all => all.map(o => o.ariaLabel)"
        )
    ]
    assert first.startswith(days[0])
    person.page.get_by_test_id("stPopover").get_by_role("button").click()
    person.page.get_by_role("combobox", name="To").click()
    offered = person.page.get_by_role("option").all_inner_texts()
    assert offered
    assert {one.split()[0] for one in offered}.isdisjoint(days[1:])


@pytest.mark.slow
def test_a_panel_goes_when_its_session_is_not_in_the_week_that_is_drawn(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1, show="Groups", group="G2-READ-T2")
    pick(person)
    person.page.get_by_role("combobox", name="Group").first.click()
    person.answered(person.page.get_by_role("option").nth(1).click)
    expect(person.page.locator(".week-head").first).to_be_visible()
    expect(person.page.locator(".st-key-panel")).to_have_count(0)


@pytest.mark.slow
def test_the_address_holds_ids_and_leads_back(browser: Browser, region: str):
    person, other = visiting(browser, region), visiting(browser, region)
    person.go("region", dataset=REGION, plan=1)
    link = (
        person.page.get_by_role("table", name="How each school is served")
        .locator("button.link")
        .nth(1)
    )
    name = link.inner_text()
    person.answered(link.click)
    expect(person.page.locator("h2").first).to_contain_text(name)
    assert "school=" in person.page.url
    assert name.split()[0] not in person.page.url
    other.page.goto(person.page.url)
    other.settle()
    expect(other.page.locator("h2").first).to_contain_text(name)
    for view, label, key in (("Groups", "Group", "group"), ("People", "Person", "person")):
        person.go("timetable", dataset=REGION, plan=1, show=view)
        person.page.get_by_role("combobox", name=label).first.click()
        person.answered(person.page.get_by_role("option").nth(2).click)
        drawn = person.page.locator("h2").first.inner_text()
        assert f"{key}=" in person.page.url
        other.page.goto(person.page.url)
        other.settle()
        expect(other.page.locator("h2").first).to_have_text(drawn)
    for one in (person, other):
        one.page.context.close()


@pytest.mark.slow
def test_a_week_is_printed_on_one_sheet(person: Person):
    person.go("timetable", dataset=EXAMPLE, plan=1)
    pick(person)
    (sheet,) = PdfReader(BytesIO(person.page.pdf(prefer_css_page_size=True))).pages
    said = sheet.extract_text()
    assert "week of" in said
    assert "Contact" in said
    assert "Move it" not in said
    assert "Take it along" not in said


@pytest.mark.slow
def test_the_region_says_what_is_served_and_who_is_left_out(person: Person):
    person.go("region", dataset=EXAMPLE, plan=1)
    person.sees(" of the minutes owed in a week are served: ")
    left = person.page.get_by_role("table", name="Who is left out, and why")
    expect(left.locator("tbody tr").first).to_contain_text(" · tier ")
    expect(left.locator("tbody tr td").last).to_contain_text(".")
