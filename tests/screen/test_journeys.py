"""From the first page to the last download: what a principal, a director and HR come for, each on a
store of their own.
"""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, expect

from planner.access import User
from planner.document.plan_file import plan_document
from planner.facts.cell_type import Share
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.result import Result, Status
from planner.render.workbook import money_sheets
from planner.sheets.dataset import dataset_hash, load
from planner.sheets.examples import example_path
from planner.store import datasets, plans
from planner.store.place import file_at
from planner.store.store import open_store
from tests.planner.access import made
from tests.screen.browser import PATIENCE, Person, served, visiting
from tests.screen.conftest import EXAMPLE, OFFICE, REGION, fill
from ui.app.workspace import Workspace
from ui.screen.sheet_table import sheet_table
from ui.screen.table import HtmlCell
from ui.screen.views.history import did, of_data


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
    expect(person.page.get_by_role("button", name="Open the plan")).to_have_count(
        before + 1, timeout=2 * PATIENCE * 1000
    )


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
    assert (
        "summary"
        in load_workbook(BytesIO(newcomer.saved("Download the comparison (.xlsx)"))).sheetnames
    )


@pytest.mark.slow
def test_a_director_adopts_a_plan_and_the_trail_tells(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    make_plan(newcomer)
    newcomer.turn_to("History")
    newcomer.page.get_by_label("Note on adopting plan 1").fill("for the board")
    newcomer.press("Adopt plan 1")
    newcomer.sees("for the board")
    newcomer.sees("nothing was altered")
    newcomer.sees("adopted")


@pytest.mark.slow
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
    expect(newcomer.page.get_by_role("button", name="Open the plan")).to_have_count(
        1, timeout=2 * PATIENCE * 1000
    )
    newcomer.sees("stopped")


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_plan_may_stay_close_to_the_adopted_one(person: Person):
    person.go("scenarios", dataset=EXAMPLE)
    person.choose("Its plan stays close to", "The adopted plan")
    person.fill("Changes at most", "4")
    person.page.get_by_text("The same as a file").click()
    text = person.page.locator("code").first
    expect(text).to_contain_text("plan: adopted")
    expect(text).to_contain_text("max_changes: 4")


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_changes_of_a_sheet_that_is_left_are_not_lost(person: Person):
    person.go("data", dataset=EXAMPLE, sheet="schools")
    rename_school(person, "Kept Name")
    person.sees("Take over these changes")
    person.choose("Sheet", "groups")
    person.sees("What you changed")
    expect(person.page.get_by_role("listitem").filter(has_text="Kept Name")).to_be_visible()
    person.press("Undo the last step")
    expect(person.page.get_by_role("listitem").filter(has_text="Kept Name")).to_have_count(0)


@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
def test_an_example_of_faults_shows_them(newcomer: Person):
    newcomer.go()
    newcomer.choose("Example", "misspelt")
    newcomer.press("Open the example")
    newcomer.sees("must be mended")
    expect(newcomer.page.get_by_text("Bring your own workbook")).to_be_visible()
    expect(
        newcomer.page.get_by_role("table", name="What must be mended").locator("tbody tr").first
    ).to_be_visible()


@pytest.mark.slow
def test_a_run_that_waits_is_taken_out_of_the_queue(browser: Browser, tmp_path: Path):
    fill(tmp_path / "store.sqlite")
    with served(tmp_path / "store.sqlite", workers=0) as address:
        person = visiting(browser, address)
        person.go("solve", dataset=EXAMPLE)
        person.press("Make a plan")
        person.sees("waits for its turn")
        expect(person.page.get_by_role("button", name="Stop and keep this plan")).to_have_count(0)
        person.press("Take out of the queue")
        expect(person.page.get_by_text("while it waited")).to_have_count(2)
        person.page.context.close()


@pytest.mark.slow
def test_an_ended_run_says_what_it_reached(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    make_plan(newcomer)
    newcomer.page.get_by_text("What it reached").first.click()
    reached = newcomer.page.get_by_role("table", name="What each goal reached")
    expect(reached).to_contain_text("Tier 3 minutes")
    expect(reached).to_contain_text("Reached")
    expect(reached).not_to_contain_text("× priority")


@pytest.mark.slow
def test_a_principal_is_not_offered_other_money(browser: Browser, region: str):
    office, school = visiting(browser, region), visiting(browser, region)
    office.go("solve", dataset=REGION)
    office.sees("What more or less money buys")
    school.go("solve", dataset=REGION, view="principal:bri")
    school.sees("Make a plan")
    expect(school.page.get_by_text("What more or less money buys")).to_have_count(0)
    for person in (office, school):
        person.page.context.close()


def test_a_sheet_on_the_screen_is_in_planners_words():
    problem = made.problem(REGION)
    first = (
        "P-1",
        "aide",
        None,
        "EI-03",
        Decimal("0.88964"),
        None,
        None,
        (Share("hn-cal", Decimal(60)), Share("sb-cal", Decimal(40))),
        "a;b",
        (Share("t1", Decimal(50), "diff"),),
        *[None] * 3,
        1,
    )
    shown = ("position", "staff", "fte", "funding", "allowances", "allowance_funding", "total")
    drawn = str(
        sheet_table(
            money_sheets.POSITIONS, [first], problem, caption="x", shown=shown, picks="staff"
        )
    )
    for said in (
        "FTE</th>",
        ">0.89<",
        "hn-cal 60 %, sb-cal 40 %",
        "a, b",
        "diff@t1 50 %",
        "Allowance funding",
        "Total <small>USD a year",
    ):
        assert said in drawn, said
    assert '<button type="button" class="link" data-pick="EI-03">P-1</button>' in drawn


def test_a_plan_says_of_which_data_it_was_made(tmp_path: Path):
    store = open_store(file_at(tmp_path / "store.sqlite"))
    desk = Workspace(store, OFFICE)
    older = load(example_path(EXAMPLE))
    desk.save(older, EXAMPLE)
    document = plan_document(
        Problem(older, ""),
        Result(Status.FEASIBLE, Plan()),
        scenario="",
        dataset_hash=dataset_hash(older),
    )
    plan = plans.keep(store, document.as_data(), {}, EXAMPLE, by="office")
    assert of_data(plan, datasets.saved(store)) == HtmlCell("version 1")
    desk.save(older.model_copy(update={"groups": older.groups[1:]}), EXAMPLE)
    versions = datasets.saved(store)
    assert of_data(plan, versions) == HtmlCell("version 1", under="version 2 is newer")
    of_scenario = replace(plan, dataset_hash="of a scenario")
    assert of_data(of_scenario, versions) == HtmlCell("a scenario's", under="made before version 2")
    assert of_data(replace(of_scenario, saved_at=versions[0].saved_at), versions) == HtmlCell(
        "a scenario's"
    )
    assert did({"action": "held", "subject": "dataset b11e5ffbdc33"}) == (
        "put aside for a run",
        HtmlCell("a scenario's data", hover="dataset b11e5ffbdc33"),
    )


@pytest.mark.slow
def test_everybody_s_name_leads_to_the_person_in_full(browser: Browser, region: str):
    person = visiting(browser, region)
    person.go("hr", dataset=REGION, plan=1, view="hr")
    link = person.page.get_by_role("table", name="Everybody").locator("tbody button.link").nth(2)
    name = link.inner_text()
    person.answered(link.click)
    about = person.page.get_by_role("dialog")
    expect(about).to_contain_text(name)
    expect(about).to_contain_text("contract days")
    person.page.context.close()


@pytest.mark.slow
def test_the_chosen_plans_are_kept_from_page_to_page(person: Person):
    person.go("compare", dataset=EXAMPLE, plan=1, plans="2,1,99")
    person.sees("Who is served")
    expect(person.page.locator("table.comparison caption").first).to_contain_text(
        "differences are from Without a group"
    )
    expect(person.page.locator("table.comparison").first).to_contain_text("How far it came")
    person.turn_to("History")
    person.turn_to("Compare")
    expect(person.page.locator("table.comparison caption").first).to_contain_text(
        "differences are from Without a group"
    )
    assert "plans=2" in person.page.url


@pytest.mark.slow
def test_a_principal_is_told_why_sums_are_missing(browser: Browser, tmp_path: Path):
    school = made.problem(REGION).data.schools[0].school
    store = open_store(file_at(tmp_path / "store.sqlite"))
    saved = Workspace(store, OFFICE).save(made.problem(REGION).data, REGION)
    document = plan_document(
        made.problem(REGION),
        Result(Status.FEASIBLE, made.plan(REGION)),
        scenario="",
        dataset_hash=saved.hash,
    )
    plans.keep(store, document.as_data(), {}, REGION, by="office")
    Workspace(store, OFFICE).adopt(1)
    opened = Workspace(
        store, User("principal", frozenset({"principal"}), frozenset({school}))
    ).open(1)
    shared = next(record.name for record in opened.hr.people if record.elsewhere)
    store.close()
    with served(tmp_path / "store.sqlite", workers=0) as address:
        person = visiting(browser, address)
        person.go("money", dataset=REGION, plan=1, view=f"principal:{school}")
        person.sees("fewer than 3 people")
        person.go("hr", dataset=REGION, plan=1, view=f"principal:{school}")
        person.answered(person.page.get_by_role("button", name=shared).first.click)
        person.sees("Also at other schools")
        person.sees("other schools have the rest")
        person.page.context.close()
