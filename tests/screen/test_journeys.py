"""From the first page to the last download: what a principal, a director and HR come for, each on a store of their own."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, expect

from planner.access import Viewer
from planner.dataset import dataset_hash, load
from planner.desk import Desk
from planner.examples import example_path
from planner.plan import Plan
from planner.plan_file import plan_document
from planner.problem.problem import Problem
from planner.reports import money_sheets
from planner.result import Result, Status
from planner.store import datasets, plans
from planner.store.place import file_at
from planner.store.store import open_store
from tests.planner.access import made
from tests.screen.browser import PATIENCE, Person, served, visiting
from tests.screen.conftest import EXAMPLE, OFFICE, REGION, fill
from ui.screen.cost_chart import placed
from ui.screen.sheet_table import sheet_table
from ui.screen.table import Cell
from ui.screen.views.compare import meant
from ui.screen.views.history import did, of_data
from ui.screen.views.solve import as_list, time_spent


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
    newcomer.press("Save and make its plan")
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
    person.page.get_by_role("button", name="rules:").click()
    person.sees("Nothing yet.")
    person.press("Undo the last step")
    expect(changed).to_have_count(steps[2] - steps[1])
    person.choose("What happens", "A new position")
    expect(person.page.get_by_text("Less money")).to_have_count(0)


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


def test_hr_mends_a_cell_and_saves_a_new_version(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    newcomer.turn_to("Data")
    newcomer.choose("Sheet", "schools")
    grid = newcomer.page.get_by_test_id("stDataFrame").locator("canvas").first
    newcomer.page.wait_for_timeout(1500)
    box = grid.bounding_box()
    assert box is not None
    newcomer.page.mouse.dblclick(box["x"] + 250, box["y"] + 52)
    newcomer.page.wait_for_timeout(500)
    newcomer.page.keyboard.press("Control+A")
    newcomer.page.keyboard.type("Another Name", delay=60)
    newcomer.page.keyboard.press("Enter")
    newcomer.press("Take over these changes")
    newcomer.sees("What you changed")
    expect(newcomer.page.get_by_role("listitem").filter(has_text="Another Name")).to_be_visible()
    newcomer.press("Save as a new version")
    newcomer.sees("Version 2")


def test_names_in_the_chart_of_costs_stand_beside_one_another():
    dots = placed([("Everybody stays", 600.0, 100.0), ("Title I cut 8 %", 600.0, 102.0), ("Without a group", 120.0, 101.0)])
    assert [(dot.name, dot.left, dot.line) for dot in dots] == [
        ("1 Everybody stays", True, 123.0),
        ("3 Without a group", False, 105.0),
        ("2 Title I cut 8 %", True, 140.0),
    ]
    (long,) = placed([("A name of a scenario that somebody wrote without an end in sight", 650.0, 20.0)])
    assert long.said == "1 A name of a scenario that somebody wrote …"
    assert long.span[0] > 0


def test_plans_in_the_address_are_those_that_there_are():
    assert meant("2,1,2,99,x,³", [3, 2, 1]) == [2, 1]
    assert meant("5,4,3,2,1", [1, 2, 3, 4, 5]) == [5, 4, 3, 2]
    assert meant("", [1]) == []


def test_a_contradiction_is_a_list_of_sentences():
    message = "No plan can keep all of these at once: A works 8:00–9:00 on Mon, Tue.; B may be only in its windows: Mon 9; Tue 9."
    assert as_list(message) == (
        "No plan can keep all of these at once:\n\n- A works 8:00–9:00 on Mon, Tue\\.\n"
        "- B may be only in its windows: Mon 9; Tue 9\\.\n\nChange one of them and solve again\\."
    ).replace("8:00–9:00", "8\\:00–9\\:00").replace("windows: ", "windows\\: ")
    unknown = "No plan can keep all hard rules at once\\. Which of them contradict each other is not known\\."
    assert as_list("No plan can keep all of these at once: ") == unknown
    assert as_list("The time was over before a plan was found.") == "The time was over before a plan was found\\."


def test_the_time_of_a_run_is_never_more_than_it_has():
    assert time_spent(12.4, 30.0) == "12 of at most 30 s"
    assert time_spent(35.0, 30.0) == "The time is over: writing the plan …"


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


def test_an_ended_run_says_what_it_reached(newcomer: Person):
    open_example(newcomer, EXAMPLE)
    make_plan(newcomer)
    newcomer.page.get_by_text("What it reached").first.click()
    reached = newcomer.page.get_by_role("table", name="What each goal reached")
    expect(reached).to_contain_text("Tier 3 minutes")
    expect(reached).to_contain_text("Reached")
    expect(reached).not_to_contain_text("× priority")


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
        "hn-cal:60;sb-cal:40",
        "a;b",
        "diff@t1:50",
        *[None] * 3,
        1,
    )
    shown = ("position", "staff", "fte", "funding", "allowances", "allowance_funding", "total")
    drawn = str(sheet_table(money_sheets.POSITIONS, [first], problem, caption="x", shown=shown, picks="staff"))
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
    desk = Desk(store, OFFICE)
    older = load(example_path(EXAMPLE))
    desk.save(older, EXAMPLE)
    document = plan_document(Problem(older, ""), Result(Status.FEASIBLE, Plan()), scenario="", dataset_hash=dataset_hash(older))
    plan = plans.keep(store, document, {}, EXAMPLE, by="office")
    assert of_data(plan, datasets.saved(store)) == Cell("version 1")
    desk.save(older.model_copy(update={"groups": older.groups[1:]}), EXAMPLE)
    versions = datasets.saved(store)
    assert of_data(plan, versions) == Cell("version 1", under="version 2 is newer")
    of_scenario = replace(plan, dataset_hash="of a scenario")
    assert of_data(of_scenario, versions) == Cell("a scenario's", under="made before version 2")
    assert of_data(replace(of_scenario, saved_at=versions[0].saved_at), versions) == Cell("a scenario's")
    assert did({"action": "held", "subject": "dataset b11e5ffbdc33"}) == (
        "put aside for a run",
        Cell("a scenario's data", hover="dataset b11e5ffbdc33"),
    )


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


def test_the_chosen_plans_are_kept_from_page_to_page(person: Person):
    person.go("compare", dataset=EXAMPLE, plan=1, plans="2,1,99")
    person.sees("Who is served")
    expect(person.page.locator("table.comparison caption").first).to_contain_text("differences are from Without a group")
    expect(person.page.locator("table.comparison").first).to_contain_text("How far it came")
    person.turn_to("History")
    person.turn_to("Compare")
    expect(person.page.locator("table.comparison caption").first).to_contain_text("differences are from Without a group")
    assert "plans=2" in person.page.url


def test_a_principal_is_told_why_sums_are_missing(browser: Browser, tmp_path: Path):
    school = made.problem(REGION).data.schools[0].school
    store = open_store(file_at(tmp_path / "store.sqlite"))
    saved = Desk(store, OFFICE).save(made.problem(REGION).data, REGION)
    document = plan_document(made.problem(REGION), Result(Status.FEASIBLE, made.plan(REGION)), scenario="", dataset_hash=saved.hash)
    plans.keep(store, document, {}, REGION, by="office")
    Desk(store, OFFICE).adopt(1)
    opened = Desk(store, Viewer("principal", frozenset({"principal"}), frozenset({school}))).open(1)
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
