"""How fast pages answer with a plan of forty schools: for one person alone, and for twenty at once
while that region is planned.

`python -m tests.benchmarks --parts screen`. A click counts until the page stands still again, as a
person sees it in a real browser that runs on the same machine as the server.
"""

import random
from asyncio import gather, run
from asyncio import sleep as pause
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from planner.access import User
from planner.document.document_reading import rows_in
from planner.document.plan_file import plan_document, read_document
from planner.facts.problem import Problem
from planner.plan.plan import Plan
from planner.plan.positions import funded
from planner.plan.result import GoalResult, Result, Status
from planner.rules.goals import GOALS
from planner.sheets.dataset import dataset_hash, load
from planner.store import plans
from planner.store.place import file_at
from planner.store.store import open_store
from tests.planted_money import add_money
from tests.planted_region import planted_region
from tests.screen.browser import Person, browsing, served, visiting
from ui.app.solve_request import SolveOptions
from ui.app.workspace import Workspace

SCHOOLS, LOAD, SEED = 40, 0.7, 1
PEOPLE, SECONDS, THINKING = 20, 300.0, (2.0, 8.0)
"""How many are there at once, for how long, and how long each looks at a page before the next
click.
"""
LOOKING = 2.0
"""Seconds for which one person alone looks at a page."""
OFFICE = User("office", frozenset({"director", "hr"}))
PAGES = (
    "Start",
    "Data",
    "Scenarios",
    "Solve",
    "Timetable",
    "Region",
    "Money",
    "HR",
    "Compare",
    "History",
)
HIDDEN = {"principal": {"HR"}, "viewer": {"Money", "HR"}}
"""Pages that stand in no menu of a role."""
EYES = (
    "",
    "director",
    "hr",
    "viewer",
    "principal:S001",
    "principal:S017",
    "",
    "director",
    "hr",
    "principal:S033",
)
Times = dict[str, list[float]]


def main() -> None:
    """A line for each click: how long it took one person, and then one of many; the others have
    browsers elsewhere.
    """
    with (
        TemporaryDirectory() as folder,
        filled(Path(folder)) as file,
        served(file, workers=1) as address,
    ):
        print(
            f"| a click, {SCHOOLS} schools | times | median | 95 of 100 | longest "
            "|\n|---|---|---|---|---|"
        )
        tell(alone(address), "alone")
        plan_region(file)
        with ProcessPoolExecutor(1, get_context("spawn")) as pool:
            others = pool.submit(crowd, address)
            tell(busy(address), f"in a browser, one of {PEOPLE}")
            tell(others.result(), f"elsewhere, {PEOPLE - 1} of {PEOPLE}")
        print(
            f"errors in the server's log: {file.with_suffix('.log').read_text().count('Traceback')}"
        )


@contextmanager
def filled(folder: Path) -> Iterator[Path]:
    """A store with a region and two plans of it: one that serves everybody, and one without the
    last school's sessions.
    """
    made = planted_region(folder / "region", schools=SCHOOLS, load=LOAD, seed=SEED)
    add_money(folder / "region", proposed=SCHOOLS, seed=SEED)
    data = load(folder / "region")
    problem = Problem(data)
    # What was planted leaves open in which place of a school, and on which position.
    made["sessions"] = [row | {"place": ""} for row in made["sessions"]]
    made["placements"] = [row | {"position": ""} for row in made["placements"]]
    whole = read_document(rows_in(made, "planted"), problem).plan
    positions = tuple(funded(problem, row) for row in data.positions if row.status == "filled")
    last = problem.data.schools[-1].school
    file = folder / "store.sqlite"
    store = open_store(file_at(file))
    Workspace(store, OFFICE).save(data, "Region")
    for scenario, sessions in (
        ("", whole.sessions),
        ("Without a school", [s for s in whole.sessions if s.school != last]),
    ):
        plan = Plan(whole.placements, tuple(sessions), (), positions)
        goals = tuple(GoalResult(goal.key, goal.value(problem, plan), None) for goal in GOALS)
        document = plan_document(
            problem,
            Result(Status.FEASIBLE, plan, goals),
            scenario=scenario,
            dataset_hash=dataset_hash(data),
        )
        plans.keep(store, document.as_data(), {}, "Region", by="office")
    store.close()
    yield file


def plan_region(file: Path) -> None:
    """Ask for a plan of the region, which is not done before everybody has gone."""
    store = open_store(file_at(file))
    desk = Workspace(store, OFFICE)
    desk.ask(desk.datasets()[0], SolveOptions(2 * SECONDS))
    store.close()


def alone(address: str) -> Times:
    """One person opens the first page, goes through all pages twice, and filters."""
    times: Times = defaultdict(list)
    with browsing() as browser:
        person = visiting(browser, address)
        took(times, "first page", person.go)
        for again in ("", ", again"):
            for page in PAGES[1:]:
                sleep(LOOKING)
                took(times, f"to {page}{again}", lambda page=page: person.turn_to(page))
        person.turn_to("Timetable")
        took(times, "schools' days", lambda: press(person, "Schools"))
        for school in ("S017", "S033"):
            took(times, "another school", lambda school=school: pick(person, "School", school))
        took(times, "another day", lambda: press(person, "Wed"))
        took(times, "open slots", lambda: press(person, "Open slots"))
        took(times, "another school's slots", lambda: pick(person, "School", "S009"))
        took(times, "another grade's slots", lambda: press(person, "3"))
    return times


def busy(address: str) -> Times:
    """Somebody who goes from page to page, thinks, and filters; any trouble in the page ends it
    with an error.
    """
    chance, times, began, at = random.Random(SEED), defaultdict(list), monotonic(), "Start"
    with browsing() as browser:
        person = visiting(browser, address)
        took(times, "first page", person.go)
        while monotonic() - began < SECONDS:
            sleep(chance.uniform(*THINKING))
            if at == "Timetable" and chance.random() < 0.5:
                took(times, "another person", lambda: next_of(person, "Person"))
                continue
            at = chance.choice([page for page in PAGES if page != at])
            took(times, "to a page", lambda at=at: person.turn_to(at))
            assert not person.page.get_by_test_id("stException").count(), (
                f"{at}: {person.page.inner_text('body')}"
            )
    return dict(times)


def crowd(address: str) -> Times:
    """What all but one of them do; their browsers draw on machines of their own, so that here they
    only ask and read.
    """

    async def everybody() -> Times:
        found: Times = defaultdict(list)
        for times in await gather(*(visit(address, number) for number in range(1, PEOPLE))):
            for click, some in times.items():
                found[click] += some
        return found

    return run(everybody())


async def visit(address: str, number: int) -> Times:
    """Somebody in a role who asks for pages, persons and schools; an exception on a page ends it
    with an error.
    """
    chance, times, began = random.Random(SEED + number), defaultdict(list), monotonic()
    eyes = EYES[number % len(EYES)]
    pages = [
        "" if page == "Start" else page.lower()
        for page in PAGES
        if page not in HIDDEN.get(eyes.partition(":")[0], ())
    ]
    async with connect(
        address.replace("http", "ws") + "/_stcore/stream", subprotocols=["streamlit"], max_size=None
    ) as line:
        at, click = "", "first page"
        while True:
            place = (
                f"S{chance.randrange(SCHOOLS) + 1:03d}"
                if "principal" not in eyes
                else eyes.partition(":")[2]
            )
            query = {"view": eyes, "dataset": "Region"} | (
                {"show": "Schools", "school": place} if at == "timetable" else {}
            )
            asked = monotonic()
            await line.send(
                BackMsg(
                    rerun_script=ClientState(page_name=at, query_string=urlencode(query))
                ).SerializeToString()
            )
            await answer(line, at)
            times[click].append(monotonic() - asked)
            if monotonic() - began > SECONDS:
                return times
            await pause(chance.uniform(*THINKING))
            at, click = (
                chance.choice([page for page in pages if page != at or page == "timetable"]),
                "to a page",
            )


async def answer(line: ClientConnection, at: str) -> None:
    """Reads all that the server says of a page. Raises AssertionError where that is an exception,
    or no page.
    """
    said = ForwardMsg()
    elements = 0
    while said.WhichOneof("type") != "script_finished":
        said = ForwardMsg.FromString(await line.recv())
        element = said.delta.new_element
        elements += said.HasField("delta")
        assert element.WhichOneof("type") != "exception", f"{at}: {element.exception.message}"
        assert said.WhichOneof("type") != "page_not_found", at
    assert said.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY, at
    assert elements, at


def took(times: Times, click: str, act: Callable[[], object]) -> None:
    """Does something and keeps how long it took."""
    began = monotonic()
    act()
    times[click].append(monotonic() - began)


def press(person: Person, name: str) -> None:
    """One of a row of buttons."""
    person.answered(person.page.get_by_role("radio", name=name, exact=True).first.click)


def pick(person: Person, label: str, option: str) -> None:
    """One of a long list, by typing."""
    box = person.page.get_by_role("combobox", name=label).first
    box.fill(option)
    person.answered(lambda: box.press("Enter"))


def next_of(person: Person, label: str) -> None:
    """The next of a list."""
    box = person.page.get_by_role("combobox", name=label).first
    box.press("ArrowDown")
    box.press("ArrowDown")
    person.answered(lambda: box.press("Enter"))


def tell(times: Times, who: str) -> None:
    """A line for each click."""
    for click, some in times.items():
        ordered = sorted(some)
        late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        print(
            f"| {click} ({who}) | {len(some)} | {median(some):.2f} s | {late:.2f} s | "
            f"{ordered[-1]:.2f} s |",
            flush=True,
        )


if __name__ == "__main__":
    main()
