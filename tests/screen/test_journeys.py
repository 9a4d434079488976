"""From the first page to the last download: what a principal, a director and HR come for, each on a store of their own."""

import re
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, expect

from tests.screen.browser import PATIENCE, Person, served, visiting
from tests.screen.conftest import EXAMPLE, fill


def open_example(person: Person, name: str) -> None:
    """An example, from the start."""
    person.go()
    person.choose("Example", name)
    person.press("Open the example")
    expect(person.page.locator("h1").first).to_have_text("Solve")
    person.settle()


def make_plan(person: Person) -> None:
    """A plan of what is chosen, waited for."""
    person.fill("Time, seconds", "10")
    before = person.page.get_by_role("button", name="Open the plan").count()
    person.press("Make a plan")
    expect(person.page.get_by_role("button", name="Open the plan")).to_have_count(before + 1, timeout=2 * PATIENCE * 1000)


def test_a_first_time_principal_compares_two_scenarios(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    make_plan(newcomer)
    newcomer.press("Open the plan")
    newcomer.sees("Take it along")
    newcomer.turn_to("Scenarios")
    newcomer.fill("Name", "One leaves")
    newcomer.choose("What happens", "Somebody leaves")
    newcomer.press("Add this change")
    newcomer.sees("Interventionist 1 leaves")
    newcomer.press("Save and go to Solve")
    expect(newcomer.page.locator("h1").first).to_have_text("Solve")
    make_plan(newcomer)
    newcomer.turn_to("Compare")
    newcomer.sees("Who is served")
    newcomer.sees("One leaves")
    assert "summary" in load_workbook(BytesIO(newcomer.saved("Download the comparison (.xlsx)"))).sheetnames


def test_a_director_adopts_a_plan_and_the_trail_tells(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    make_plan(newcomer)
    newcomer.turn_to("History")
    newcomer.page.get_by_label("Note on adopting plan 1").fill("for the board")
    newcomer.press("Adopt plan 1")
    newcomer.sees("for the board")
    newcomer.sees("nothing was altered")
    newcomer.sees("adopted")


def test_a_run_is_stopped_after_the_page_was_left(newcomer: Person):
    open_example(newcomer, "short-staffed")
    newcomer.fill("Time, seconds", "600")
    newcomer.press("Make a plan")
    newcomer.sees("Stop and keep this plan")
    link = newcomer.page.url
    newcomer.turn_to("History")
    newcomer.page.goto(link)
    newcomer.settle()
    newcomer.page.reload()
    newcomer.sees("Since the start")
    newcomer.press("Stop and keep this plan")
    expect(newcomer.page.get_by_role("button", name="Open the plan")).to_have_count(1, timeout=2 * PATIENCE * 1000)
    newcomer.sees("stopped")


def test_steps_of_a_scenario_are_undone(person: Person):
    person.go("scenarios", dataset=EXAMPLE)
    expect(person.page.get_by_role("button", name="Undo the last step")).to_have_count(0)
    changed = person.page.get_by_role("main").get_by_role("listitem")
    steps = [0]
    for what in ("Somebody leaves", "A rule"):
        person.choose("What happens", what)
        person.press("Add this change")
        steps.append(changed.count())
    assert steps == sorted(set(steps))
    person.press("Undo the last step")
    expect(changed).to_have_count(steps[1])
    expect(changed.first).to_contain_text("leaves")
    person.press("Undo the last step")
    person.sees("Nothing yet.")
    person.choose("What happens", "A rule")
    person.press("Add this change")
    person.page.get_by_role("button", name="Take a change out").click()
    person.page.get_by_role("button", name="A rule:").click()
    person.sees("Nothing yet.")
    person.press("Undo the last step")
    expect(changed).to_have_count(steps[2] - steps[1])
    person.choose("What happens", "A new position")
    expect(person.page.get_by_text("Less money")).to_have_count(0)


def test_every_choice_counts(person: Person):
    person.go("data", dataset=EXAMPLE)
    for plan in ("plan 2", "plan 1", "plan 2"):
        person.choose("Plan", plan)
        expect(person.page).to_have_url(re.compile(f"plan={plan[-1]}"))
    person.turn_to("Scenarios")
    for name in ("First", "Second", "Third"):
        person.fill("Name", name)
        person.page.get_by_text("The same as a file").click()
        expect(person.page.locator("code").first).to_contain_text(name)
        person.page.get_by_text("The same as a file").click()
    person.choose("Scenario", "Without a group")
    person.press("Copy it")
    expect(person.page.get_by_label("Name", exact=True)).to_have_value("Without a group (copy)")
    person.choose("Scenario", "Without a group")
    expect(person.page.get_by_label("Name", exact=True)).to_have_value("Without a group")


def test_a_plan_may_stay_close_to_the_adopted_one(person: Person):
    person.go("scenarios", dataset=EXAMPLE)
    person.choose("Its plan stays close to", "The adopted plan")
    person.fill("Changes at most", "4")
    person.page.get_by_text("The same as a file").click()
    text = person.page.locator("code").first
    expect(text).to_contain_text("plan: adopted")
    expect(text).to_contain_text("max_changes: 4")


def test_two_people_edit_one_scenario(browser: Browser, tmp_path: Path):
    fill(tmp_path / "store.sqlite")
    with served(tmp_path / "store.sqlite", workers=0) as address:
        first, second = (visiting(browser, address) for _ in range(2))
        for person in (first, second):
            person.go("scenarios", dataset=EXAMPLE)
            person.choose("Scenario", "Without a group")
            person.choose("What happens", "A rule")
            person.press("Add this change")
        first.press("Save")
        first.sees("Saved.")
        second.press("Save")
        second.sees("saved version 2")
        second.sees("Nothing was written")
        for person in (first, second):
            person.page.context.close()


def test_a_faulty_workbook_comes_back_with_its_cells_marked(newcomer: Person, tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "district"
    sheet.append(["name", "year_start", "year_end"])
    sheet.append(["<b>Elm & Oak</b>", "2026-09-01", "soon"])
    book.save(tmp_path / "faulty.xlsx")
    newcomer.go()
    newcomer.page.locator("input[type=file]").set_input_files(tmp_path / "faulty.xlsx")
    newcomer.settle()
    newcomer.sees("Nothing was saved")
    newcomer.sees("soon")
    marked = load_workbook(BytesIO(newcomer.saved("Download the workbook with these cells marked")))
    assert marked.sheetnames[0] == "to mend"
    assert marked["district"]["C2"].comment is not None
    assert newcomer.page.locator("b", has_text="Elm & Oak").count() == 0


def rename_school(person: Person, name: str) -> None:
    """Type into the cell with the name of the first school."""
    grid = person.page.get_by_test_id("stDataFrame").locator("canvas").first
    person.page.wait_for_timeout(1500)
    box = grid.bounding_box()
    assert box is not None
    person.page.mouse.dblclick(box["x"] + 250, box["y"] + 52)
    person.page.wait_for_timeout(500)
    person.page.keyboard.press("Control+A")
    person.page.keyboard.type(name, delay=60)
    person.page.keyboard.press("Enter")


def test_changes_of_a_sheet_that_is_left_are_not_lost(person: Person):
    person.go("data", dataset=EXAMPLE, sheet="schools")
    rename_school(person, "Kept Name")
    person.sees("Take over these changes")
    person.choose("Sheet", "groups")
    person.sees("What you changed")
    expect(person.page.get_by_role("listitem").filter(has_text="Kept Name")).to_be_visible()
    person.press("Undo the last step")
    expect(person.page.get_by_role("listitem").filter(has_text="Kept Name")).to_have_count(0)


def test_hr_mends_a_cell_and_saves_a_new_version(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    newcomer.turn_to("Data")
    newcomer.choose("Sheet", "schools")
    rename_school(newcomer, "Another Name")
    newcomer.press("Take over these changes")
    newcomer.sees("What you changed")
    expect(newcomer.page.get_by_role("listitem").filter(has_text="Another Name")).to_be_visible()
    newcomer.press("Save as a new version")
    newcomer.sees("version 2")


def test_a_huge_cell_is_told_in_short(newcomer: Person, tmp_path: Path):
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "district"
    sheet.append(["name", "year_start", "year_end"])
    sheet.append(["Elm", "x" * 30_000, "=HYPERLINK(1)"])
    book.save(tmp_path / "huge.xlsx")
    newcomer.go()
    newcomer.page.locator("input[type=file]").set_input_files(tmp_path / "huge.xlsx")
    newcomer.sees("Nothing was saved")
    told = newcomer.page.get_by_role("table", name="What must be mended").inner_text()
    assert "xxxx" in told
    assert len(told) < 5_000


def test_an_example_of_faults_shows_them(newcomer: Person):
    newcomer.go()
    newcomer.choose("Example", "misspelt")
    newcomer.press("Open the example")
    newcomer.sees("must be mended")
    expect(newcomer.page.get_by_text("Bring your own workbook")).to_be_visible()
    expect(newcomer.page.get_by_role("table", name="What must be mended").locator("tbody tr").first).to_be_visible()
