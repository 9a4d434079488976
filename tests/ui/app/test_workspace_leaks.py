"""Nothing that a role must not see comes out of any method of the workspace: not in what it gives,
not in what it refuses.

The public methods are walked: a new one fails here until it says how it is called.
"""

import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from planner.access import Denied, User
from planner.document.plan_file import plan_document
from planner.plan.result import Result, Status
from planner.scenario import wishes
from planner.scenario.writing import scenario_text
from planner.store import plans, runs, scenarios, work
from planner.store.datasets import SavedDataset
from planner.store.errors import NotThere
from planner.store.place import file_at
from planner.store.runs import State
from planner.store.store import Store, open_store
from planner.store.worker import Worker
from planner.words.errors import DatasetError, PlannerError
from tests.planner.access import made
from tests.planner.access.reading import hidden_from, leaks
from tests.slow import quick_and_slow
from ui.app.solve_request import SolveOptions
from ui.app.workspace import EditedDataset, VisiblePlan, VisibleScenario, Workspace

EXAMPLE = "new-bridge"
OFFICE = User("office", frozenset({"director", "hr"}))
OTHER = User("other", frozenset({"principal"}), frozenset({"cal"}))
ROLES = {
    "hr": User("hr", frozenset({"hr"})),
    "director": User("director", frozenset({"director"})),
    "viewer": User("viewer", frozenset({"viewer"})),
    "principal": User("principal", frozenset({"principal"}), frozenset({"mos"})),
}


@dataclass(frozen=True)
class Office:
    """A store full of what each role must not see."""

    store: Store
    saved: SavedDataset
    plan: int
    draft: int
    failed: int
    queued: int
    waits: int
    held: str


def told(text: str) -> str:
    """A message that names a bit of everything that is hidden from somebody."""
    data = made.marked(EXAMPLE)
    parts = [
        f"{row.name} ({row.staff}) is needed at {school.name}"
        for row, school in zip(data.staff, data.schools * len(data.staff), strict=False)
    ]
    parts += [f"Student {member.student} is in {member.group}" for member in data.members[:40]]
    parts += [f"Fund {fund.fund} has £{fund.amount:,.2f}" for fund in data.funds]
    parts += [
        f"Position {row.position} costs £{cell.amount:,.2f}"
        for row, cell in zip(data.positions, data.pay, strict=True)
    ]
    return f"{text}: {'; '.join(f'{part}.' for part in parts)}"


def fill(store: Store) -> Office:
    office = Workspace(store, OFFICE)
    data = made.marked(EXAMPLE)
    saved = office.save(data, EXAMPLE)
    whole = made.problem(EXAMPLE)
    document = plan_document(
        whole, Result(Status.FEASIBLE, made.plan(EXAMPLE)), scenario="", dataset_hash=saved.hash
    ).as_data()
    secret = f"Close {data.positions[0].position} of {data.staff[0].name} at {data.schools[1].name}"
    plan = plans.keep(store, document | {"scenario": secret}, {}, EXAMPLE, by="office").number
    draft = plans.keep(store, document | {"scenario": "draft"}, {}, EXAMPLE, by="office").number
    office.adopt(plan, told("Adopted because of the pay")[:2000])
    raised = {"scale": {"sheet": "pay", "where": {}, "column": "amount", "by": "1.03"}}
    office.save_scenario("A raise", EXAMPLE, scenario_text("A raise", EXAMPLE, [raised]), seen=0)
    theirs = next(group for group in data.groups if group.school == "cal")
    later = {
        "set": {"sheet": "groups", "where": {"group": theirs.group}, "values": {"priority": "3"}}
    }
    Workspace(store, OTHER).save_scenario(
        "Ours first", EXAMPLE, scenario_text("Ours first", EXAMPLE, [later]), seen=0
    )
    changed = office.applied(scenario_text("Secret", EXAMPLE, [raised, later]), "Secret", saved)
    failed = office.ask(saved, SolveOptions(5.0), changed).number
    claim = work.claim_next(store, Worker("machine", 1))
    assert claim is not None
    held = claim.dataset_hash
    values = [
        {"goal": goal, "value": 123_456_789, "bound": 9} for goal in ("cost", "tier_3_minutes")
    ]
    event = {"goals": values, "now": "cost", "where": "cal", "limit": 5, "seconds": 1.0}
    work.tell_progress(store, claim, event | {"message": told("On the way")})
    work.stop(store, claim, message=told("No plan can keep all of these at once"), failed=True)
    # A run of each, so that what is theirs is looked through, too.
    for user in ROLES.values():
        if user.name != "viewer":
            Workspace(store, user).ask(saved, SolveOptions(5.0))
            mine = work.claim_next(store, Worker("machine", 1))
            assert mine is not None
            work.tell_progress(store, mine, event)
            message = told("No plan can keep all of these at once")
            work.stop(store, mine, message=message, failed=True)
    queued = office.ask(saved, SolveOptions(5.0)).number
    waits = office.ask(saved, SolveOptions(5.0)).number
    return Office(store, saved, plan, draft, failed, queued, waits, held)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Office:
    return fill(open_store(file_at(tmp_path_factory.mktemp("leaks") / "store.sqlite")))


def scenario(desk: Workspace, here: Office, *changes: Mapping[str, Any]) -> VisibleScenario:
    return desk.applied(scenario_text("asked", EXAMPLE, changes), "asked", here.saved)


def each(*calls: Callable[[], Any]) -> Iterator[Any]:
    """What each call gives, or how it is refused."""
    for call in calls:
        try:
            yield call()
        except PlannerError as error:
            yield str(error)
            yield [vars(fault) for fault in getattr(error, "faults", ())]


DROP = {"drop": {"sheet": "staff", "where": {"staff": "nobody-here"}, "cascade": True}}
FUNDS = {"scale": {"sheet": "funds", "where": {}, "column": "amount", "by": "0.01"}}
STEP: dict[str, Any] = {"set": {"sheet": "positions", "where": {}, "values": {"step": "STEP000"}}}
STUDENT = {"drop": {"sheet": "members", "where": {"group": "nothing"}}}


def wrong_rows(desk: Workspace, here: Office, sheet: str) -> Any:
    """A sheet in which the second row stands twice."""
    shown = desk.tables(here.saved.hash).get(sheet)
    rows: list[tuple[int | None, dict[str, str]]] = [(None, {"staff": "somebody else"})]
    if shown and len(shown.rows) > 1:
        rows = [(number, dict(cells)) for number, cells in shown.rows]
        rows[0][1].update(rows[1][1])
    return desk.edited(here.saved.hash, {sheet: rows})


def edited(desk: Workspace, here: Office) -> Iterator[Any]:
    sheets = ("staff", "positions", "groups", "funds", "pay", "schools")
    yield from each(
        lambda: desk.edited(here.saved.hash, {}),
        *(lambda sheet=sheet: wrong_rows(desk, here, sheet) for sheet in sheets),
        *(lambda sheet=sheet: desk.edited(here.saved.hash, {sheet: []}) for sheet in sheets),
    )


def applied(desk: Workspace, here: Office) -> Iterator[Any]:
    mine = made.marked(EXAMPLE).groups
    ours = next(group for group in mine if group.school == "mos")
    more = {"set": {"sheet": "groups", "where": {"group": ours.group}, "values": {"priority": "3"}}}
    dropped = {"drop": {"sheet": "groups", "where": {"group": ours.group}, "cascade": True}}
    changes = (more, dropped, DROP, FUNDS, STEP, STUDENT)
    yield from each(*(lambda change=change: scenario(desk, here, change) for change in changes))
    for base in ("A raise", "Ours first", "A rise"):
        text = scenario_text("asked", base, [more])
        yield from each(lambda text=text: desk.applied(text, "asked", here.saved))


def wished(desk: Workspace, here: Office) -> Iterator[Any]:
    data = made.marked(EXAMPLE)
    kind, school = data.positions[0].role, "mos"
    acts: tuple[Callable[[Any], Any], ...] = (
        lambda some: wishes.added(some, kind, school, "0.5"),
        lambda some: wishes.leaves(some, "Person Number001"),
        lambda some: wishes.closed(some, "P-0000"),
        lambda some: wishes.less(some, "g", "8%"),
    )
    yield from each(*(lambda act=act: desk.wished(act, here.saved) for act in acts))


def asked(desk: Workspace, here: Office) -> Iterator[Any]:
    yield from each(lambda: desk.ask(here.saved, SolveOptions(5.0)))
    for close in ("plan 99", f"plan {here.draft}"):
        text = scenario_text("near", EXAMPLE, [], stay_close_to={"plan": close})
        yield from each(
            lambda text=text: desk.ask(
                here.saved, SolveOptions(5.0), desk.applied(text, "near", here.saved)
            )
        )


def over(desk: Workspace, here: Office) -> Iterator[Any]:
    for name in ("A raise", "Ours first"):
        for version in (0, 1):
            yield from each(
                lambda name=name, version=version: desk.save_scenario(
                    name, EXAMPLE, "x", seen=version
                )
            )


CALLS: Mapping[str, Callable[[Workspace, Office], Iterator[Any]]] = {
    "datasets": lambda desk, here: each(desk.datasets),
    "versions": lambda desk, here: each(lambda: desk.versions(EXAMPLE)),
    "dataset": lambda desk, here: each(
        lambda: desk.dataset(here.saved.hash), lambda: desk.dataset(here.held)
    ),
    "tables": lambda desk, here: each(
        # The headings are the contract's.
        lambda: [
            [dict(cells) for _, cells in table.rows]
            for table in desk.tables(here.saved.hash).values()
        ],
        lambda: desk.tables(here.held) if desk.viewer.name == "principal" else None,
    ),
    "remarks": lambda desk, here: each(
        lambda: desk.remarks(here.saved.hash),
        lambda: desk.remarks(here.held) if desk.viewer.name == "principal" else None,
    ),
    "edited": edited,
    "save": lambda desk, here: each(
        lambda: desk.save(desk.edited(here.saved.hash, {}), f"of {desk.viewer.name}")
    ),
    "scenarios": lambda desk, here: each(desk.scenarios),
    "save_scenario": over,
    "applied": applied,
    "wishes_of": lambda desk, here: each(
        *(
            lambda base=base: desk.wishes_of(scenario_text("x", base, []), "x", here.saved)
            for base in (EXAMPLE, "A raise", "Ours first", "A rise")
        )
    ),
    "wished": wished,
    "ask": asked,
    "runs": lambda desk, here: each(desk.runs),
    "run": lambda desk, here: each(
        *(lambda number=number: desk.run(number) for number in range(here.queued + 1))
    ),
    "events": lambda desk, here: each(
        *(lambda number=number: desk.events(number) for number in range(here.queued + 1))
    ),
    "cancel": lambda desk, here: each(
        *(lambda number=number: desk.cancel(number) for number in (*range(here.queued + 1), 99))
    ),
    "plans": lambda desk, here: each(desk.plans),
    "open": lambda desk, here: each(
        *(lambda number=number: desk.open(number) for number in (here.plan, here.draft, 99))
    ),
    "adopted_before": lambda desk, here: each(
        *(lambda number=number: desk.adopted_before(number) for number in (here.plan, here.draft))
    ),
    "has_workers": lambda desk, here: each(desk.has_workers),
    "adopt": lambda desk, here: each(lambda: desk.adopt(here.plan), lambda: desk.adopt(99)),
    "adoptions": lambda desk, here: each(desk.adoptions),
    "history": lambda desk, here: each(desk.history),
    "verify": lambda desk, here: each(desk.verify),
}
OURS = (VisiblePlan, VisibleScenario, EditedDataset)


def words_in(value: Any) -> Iterator[str]:
    """Every text and number that a page could read off what a method gives."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from words_in(name)
            yield from words_in(inner)
    elif isinstance(value, list | tuple | set | frozenset):
        for inner in value:
            yield from words_in(inner)
    elif isinstance(value, BaseModel):
        yield from words_in({name: getattr(value, name) for name in type(value).model_fields})
    elif isinstance(value, OURS):
        names = (name for name, _ in inspect.getmembers(type(value)) if not name.startswith("_"))
        for name in {*names, *(one.name for one in fields(value))}:
            inner = getattr(value, name)
            if not name.startswith("_") and not callable(inner):
                yield from words_in(inner)
    elif is_dataclass(value):
        named = (one.name for one in fields(value) if not one.name.startswith("_"))
        yield from words_in([getattr(value, name) for name in named])
    elif isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, int | float | Decimal):
        yield str(value)
        yield f"{value:,.2f}"
    elif value is not None:
        yield str(value)
        data = getattr(value, "data", None)  # the problem of a plan
        if isinstance(data, BaseModel):
            yield from words_in(data)


def read_by(user: User, here: Office, method: str) -> str:
    return "\n".join(words_in(list(CALLS[method](Workspace(here.store, user), here))))


def test_every_public_method_is_looked_through():
    names = {
        name
        for name, _ in inspect.getmembers(Workspace, inspect.isfunction)
        if not name.startswith("_")
    }
    assert names == set(CALLS), "say in CALLS how a new method is called"


@pytest.mark.parametrize("role", quick_and_slow(["principal"], ["director", "hr", "viewer"]))
@pytest.mark.parametrize("method", CALLS)
def test_nothing_hidden_leaves_the_workspace(filled: Office, method: str, role: str):
    who = ROLES[role]
    text = read_by(who, filled, method)
    # A wish for a position names where a pay schedule begins, which is nobody's pay.
    begins = {"LANE"} if method == "wished" else set[str]()
    assert leaks(text, hidden_from(who, EXAMPLE) - {STEP["set"]["values"]["step"]} - begins) == []


def test_the_office_reads_what_is_hidden_from_the_others(filled: Office):
    text = "\n".join(
        read_by(OFFICE, filled, name) for name in ("runs", "dataset", "open", "adoptions")
    )
    for who in ROLES.values():
        assert len(leaks(text, hidden_from(who, EXAMPLE))) > 60, who


def test_what_is_not_seen_is_not_changed(filled: Office):
    desk, office = (Workspace(filled.store, user) for user in (ROLES["principal"], OFFICE))
    with pytest.raises(NotThere, match="is not among the runs that you see"):
        desk.cancel(filled.waits)
    run = office.run(filled.waits)
    assert run is not None
    assert (run.state, run.cancel_asked_by) == (State.QUEUED, "")
    for name in ("A raise", "Ours first", " Ours  first "):
        with pytest.raises(Denied, match="that you do not see"):
            desk.save_scenario(name, EXAMPLE, scenario_text(name, EXAMPLE, []), seen=1)
    assert not any(saved.saved_by == "principal" for saved in scenarios.saved(filled.store))
    for key in (filled.held, "0" * 64):
        with pytest.raises(NotThere, match="is not among the datasets that you see"):
            desk.dataset(key)
        with pytest.raises(NotThere):
            desk.tables(key)
    with pytest.raises(NotThere):
        desk.open(filled.draft)
    with pytest.raises(DatasetError, match="nor a scenario of the store"):
        desk.wishes_of(scenario_text("x", "A raise", []), "x", filled.saved)


def test_pay_is_not_read_off_by_a_scenario(filled: Office):
    desk = Workspace(filled.store, ROLES["director"])
    for change in (STEP, {"scale": {"sheet": "pay", "where": {}, "column": "amount", "by": "2"}}):
        with pytest.raises(Denied, match="is not yours to change. Ask HR."):
            scenario(desk, filled, change)


def test_a_principal_sees_nothing_of_a_dataset_without_their_school(tmp_path: Path):
    store = open_store(file_at(tmp_path / "store.sqlite"))
    saved = Workspace(store, OFFICE).save(made.marked(EXAMPLE), EXAMPLE)
    desk = Workspace(store, User("principal", frozenset({"principal"}), frozenset({"MOS"})))
    assert desk.datasets() == ()
    with pytest.raises(NotThere):
        desk.dataset(saved.hash)


def test_messages_keep_what_may_be_told(filled: Office):
    desk = Workspace(filled.store, ROLES["principal"])
    (mine,) = [run for run in desk.runs() if run.asked_by == "principal" and run.message]
    assert mine.message.startswith("No plan can keep all of these at once: ")
    assert mine.message.endswith(
        "More is not told here: it names people, places or money that you do not see."
    )
    assert re.search(r"; |More", mine.message)
    assert runs.runs(filled.store)[-1].message.startswith("No plan can keep")
