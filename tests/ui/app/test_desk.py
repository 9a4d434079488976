"""The desk: each role reads its part of the store and changes what it may, and nothing of it gets
past.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from planner.access import Denied, User
from planner.document.plan_file import plan_document
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.plan.result import Result, Status
from planner.scenario import wishes
from planner.scenario.writing import ChangeMap, scenario_text
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from planner.sheets.raw_table import RawSheet
from planner.store import plans
from planner.store.datasets import SavedDataset
from planner.store.errors import NotThere, SavedMeanwhile
from planner.store.place import file_at
from planner.store.runs import State
from planner.store.store import Store, open_store
from planner.words.errors import DatasetError
from tests.planner.access.made import plan, problem
from ui.app.solve_request import SolveOptions
from ui.app.workspace import Workspace
from ui.app.workspace.editing import rejoined

EXAMPLE = "lausd-region"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(file_at(tmp_path / "store.sqlite"))


def viewer(*roles: str, name: str = "somebody", schools: tuple[str, ...] = ()) -> User:
    return User(name, frozenset(roles), frozenset(schools))


@pytest.fixture
def office(store: Store) -> Workspace:
    """The one user of a machine."""
    return Workspace(store, viewer("director", "hr", name="office"))


@pytest.fixture
def saved(office: Workspace) -> SavedDataset:
    return office.save(problem(EXAMPLE).data, EXAMPLE)


def kept_plan(store: Store, saved: SavedDataset, by: str = "office") -> int:
    """A plan that names everybody, in the store."""
    whole = problem(EXAMPLE)
    document = plan_document(
        whole, Result(Status.FEASIBLE, plan(EXAMPLE)), scenario="", dataset_hash=saved.hash
    )
    return plans.keep(store, document.as_data(), {}, saved.name, by=by).number


def cut(name: str = "Title I cut 8 %") -> str:
    change = {
        "scale": {
            "sheet": "funds",
            "where": {"program": "title-1"},
            "column": "amount",
            "by": "0.92",
        }
    }
    return scenario_text(name, EXAMPLE, [change])


@pytest.mark.slow
def test_a_principal_opens_the_adopted_plan_alone_and_of_it_their_school(
    store: Store, office: Workspace, saved: SavedDataset
):
    number = kept_plan(store, saved)
    school = saved.schools[0]
    principal = Workspace(store, viewer("principal", name="principal", schools=(school,)))
    assert principal.plans() == ()
    with pytest.raises(NotThere, match="is not among the plans that you see"):
        principal.open(number)
    office.adopt(number, "for the board")
    (seen,) = principal.plans()
    assert (seen.number, seen.adopted, seen.cost) == (number, True, None)
    opened = principal.open(number)
    assert {session.school for session in opened.plan.sessions} <= {school, ""}
    assert set(opened.problem.schools) == {school}
    assert not opened.sees_pay
    assert opened.money is None
    assert opened.document.measures
    assert opened.document.measures.cost is None


def test_a_director_sees_sums_and_hr_what_single_people_are_paid(
    store: Store, office: Workspace, saved: SavedDataset
):
    number = kept_plan(store, saved)
    director, hr = (Workspace(store, viewer(role)).open(number) for role in ("director", "hr"))
    assert director.money is not None
    assert hr.money is not None
    assert director.money.total.cost == hr.money.total.cost
    assert director.money.budget.costs.positions == ()
    assert hr.money.budget.costs.positions
    assert not director.problem.data.pay
    assert hr.problem.data.pay


def test_whoever_only_looks_changes_nothing(store: Store, office: Workspace, saved: SavedDataset):
    number = kept_plan(store, saved)
    looking = Workspace(store, viewer("viewer"))
    for change in (
        lambda: looking.save(problem(EXAMPLE).data, EXAMPLE),
        lambda: looking.edited(saved.hash, {}),
        lambda: looking.save_scenario("s", EXAMPLE, cut(), seen=0),
        lambda: looking.applied(cut(), "s", saved),
        lambda: looking.ask(saved, SolveOptions()),
        lambda: looking.cancel(1),
        lambda: looking.adopt(number),
        lambda: looking.history(),
        lambda: looking.verify(),
    ):
        with pytest.raises(Denied):
            change()
    assert office.runs() == ()
    assert office.adoptions() == ()


def test_pay_that_a_director_does_not_see_goes_back_as_it_was(
    store: Store, office: Workspace, saved: SavedDataset
):
    director = Workspace(store, viewer("director", name="director"))
    shown = director.tables(saved.hash)["staff"]
    assert all("lane" not in cells and "step" not in cells for _, cells in shown.rows)
    rows = [
        (number, {**cells, "name": "Somebody Else"} if place == 0 else cells)
        for place, (number, cells) in enumerate(shown.rows)
    ]
    edited = director.edited(saved.hash, {"staff": rows})
    assert all(not row.lane and not row.step for row in edited.visible.staff)
    assert not edited.visible.pay
    after = office.dataset(director.save(edited, "edited").hash)
    before = problem(EXAMPLE).data
    assert after.staff[0].name == "Somebody Else"
    assert [(row.lane, row.step) for row in after.staff] == [
        (row.lane, row.step) for row in before.staff
    ]
    assert after.staff[1:] == before.staff[1:]
    assert after.pay == before.pay


@pytest.mark.slow
def test_rows_are_added_and_deleted(office: Workspace, saved: SavedDataset):
    shown = office.tables(saved.hash)["blocks"]
    _, first = shown.rows[0]
    after = office.edited(
        saved.hash,
        {"blocks": [*shown.rows[1:], (None, {**first, "start": "06:00", "end": "06:30"})]},
    ).visible
    assert len(after.blocks) == len(shown.rows)
    assert after.blocks[-1].start == 6 * 60


@pytest.mark.slow
def test_a_fault_of_an_edited_sheet_names_its_row(office: Workspace, saved: SavedDataset):
    shown = office.tables(saved.hash)["staff"]
    rows = [
        (number, {**cells, "fte": "2"} if place == 3 else cells)
        for place, (number, cells) in enumerate(shown.rows)
    ]
    with pytest.raises(DatasetError) as caught:
        office.edited(saved.hash, {"staff": rows})
    (fault,) = caught.value.faults
    assert (fault.sheet, fault.row, fault.column) == ("staff", shown.rows[3][0], "fte")


def test_a_column_that_is_hidden_cannot_be_written(
    store: Store, office: Workspace, saved: SavedDataset
):
    director = Workspace(store, viewer("director"))
    with pytest.raises(Denied, match="The column amount of pay is not yours to change. Ask HR."):
        director.edited(
            saved.hash,
            {"pay": [(None, {"schedule": "x", "step": "1", "amount": "1", "unit": "year"})]},
        )


def test_a_sheet_that_is_shown_in_part_is_not_replaced_by_its_part():
    whole, shown = (
        RawSheet(("a",), [(row, {"a": "x"}) for row in rows]) for rows in ((2, 3), (2,))
    )
    with pytest.raises(Denied, match="You do not see all rows of this sheet"):
        rejoined(whole, shown, [])


@pytest.mark.slow
def test_what_was_shown_of_a_scenario_is_what_will_be_solved(
    office: Workspace, saved: SavedDataset
):
    applied = office.applied(cut(), "cut", saved)
    run = office.ask(saved, SolveOptions(5.0), applied)
    assert run.state is State.QUEUED
    assert run.dataset_hash != saved.hash
    assert run.scenario == "Title I cut 8 %"
    assert [change["words"] for change in run.settings["changes"]] == [
        one.words for one in applied.differences
    ]
    assert office.dataset(run.dataset_hash).funds == applied.after.funds
    assert {one.name for one in office.datasets()} == {EXAMPLE}


@pytest.mark.slow
def test_scenarios_stand_on_one_another_and_not_on_themselves(
    office: Workspace, saved: SavedDataset
):
    office.save_scenario("first", EXAMPLE, cut("first"), seen=0)
    change = {
        "scale": {
            "sheet": "funds",
            "where": {"program": "title-1"},
            "column": "amount",
            "by": "0.5",
        }
    }
    both = office.applied(scenario_text("second", "first", [change]), "second", saved)
    before = {fund.fund: fund.amount for fund in saved_funds()}
    for fund in both.after.funds:
        if fund.program == "title-1":
            assert fund.amount == (before[fund.fund] * 92 / 100 / 2).quantize(fund.amount)
    office.save_scenario("first", EXAMPLE, scenario_text("first", "second", []), seen=1)
    office.save_scenario("second", EXAMPLE, scenario_text("second", "first", [change]), seen=0)
    with pytest.raises(DatasetError, match="stands on itself: first → second → first"):
        office.applied(scenario_text("first", "second", []), "first", saved)
    with pytest.raises(
        DatasetError, match="is neither the dataset lausd-region nor a scenario of the store"
    ):
        office.applied(scenario_text("third", "frist", []), "third", saved)


def saved_funds():
    return problem(EXAMPLE).data.funds


def test_the_second_of_two_editors_is_told(office: Workspace, saved: SavedDataset):
    office.save_scenario("cut", EXAMPLE, cut(), seen=0)
    office.save_scenario("cut", EXAMPLE, cut(), seen=1)
    with pytest.raises(SavedMeanwhile, match="office saved version 2"):
        office.save_scenario("cut", EXAMPLE, cut(), seen=1)


@pytest.mark.slow
def test_a_principal_changes_their_own_school_alone(
    store: Store, office: Workspace, saved: SavedDataset
):
    data = problem(EXAMPLE).data
    mine, other = (
        next(row for row in data.groups if row.school == school) for school in saved.schools[:2]
    )
    principal = Workspace(store, viewer("principal", name="principal", schools=(mine.school,)))

    def more_sessions(group: str) -> str:
        return scenario_text(
            "more",
            EXAMPLE,
            [{"set": {"sheet": "groups", "where": {"group": group}, "values": {"priority": "3"}}}],
        )

    found = principal.applied(more_sessions(mine.group), "more", saved)
    assert principal.ask(saved, SolveOptions(), found).asked_by == "principal"
    with pytest.raises(Denied, match="at the schools of others"):
        principal.applied(more_sessions(other.group), "more", saved)
    with pytest.raises(Denied, match="at the schools of others"):
        principal.applied(cut(), "cut", saved)


def asks(sheet: str, where: dict[str, str], **values: str) -> str:
    return scenario_text(
        "asks", EXAMPLE, [{"set": {"sheet": sheet, "where": where, "values": values}}]
    )


@pytest.mark.parametrize("also", [(), ("viewer",)])
def test_a_scenario_tells_a_principal_nothing_of_rows_that_are_hidden(
    store: Store, saved: SavedDataset, also: tuple[str, ...]
):
    """Whether a condition holds or a value is the same is no answer that they get."""
    data = problem(EXAMPLE).data
    theirs = next(row for row in data.funds if row.school)
    pooled = next(row for row in data.funds if not row.school)
    mine = next(school for school in saved.schools if school != theirs.school)
    desk = Workspace(store, viewer("principal", *also, name="principal", schools=(mine,)))
    told = set()
    for fund in (theirs, pooled):
        for amount in (f"{fund.amount}", "17"):
            for text in (
                asks("funds", {"fund": fund.fund, "amount": amount}, tiers="3"),
                asks("funds", {"amount": amount}, tiers="3"),
                asks("funds", {"fund": fund.fund}, amount=amount),
            ):
                with pytest.raises(Denied, match="at the schools of others") as refused:
                    desk.applied(text, "asks", saved)
                told.add(str(refused.value))
    assert len(told) == 1


def test_a_principal_asks_and_changes_what_is_their_own(store: Store, saved: SavedDataset):
    data = problem(EXAMPLE).data
    group = next(row for row in data.groups if row.school == saved.schools[0])
    desk = Workspace(store, viewer("principal", name="principal", schools=(group.school,)))
    where = {"school": group.school, "tier": f"{group.tier}", "minutes": f"{group.minutes}"}
    assert desk.applied(asks("groups", where, priority="3"), "asks", saved).differences
    with pytest.raises(DatasetError, match="matches no row of groups"):
        desk.applied(asks("groups", where | {"minutes": "7"}, priority="3"), "asks", saved)


def test_who_is_principal_and_may_look_elsewhere_changes_their_own_school_alone(
    store: Store, office: Workspace, saved: SavedDataset
):
    other = next(row for row in problem(EXAMPLE).data.groups if row.school == saved.schools[1])
    more = asks("groups", {"group": other.group}, priority="3")
    office.save_scenario("more", EXAMPLE, more, seen=0)
    number = office.ask(saved, SolveOptions()).number
    both = viewer("principal", "viewer", name="both", schools=saved.schools[:1])
    desk = Workspace(store, both)
    assert desk.run(number) is not None
    for act in (
        lambda: desk.applied(more, "more", saved),
        lambda: desk.cancel(number),
        lambda: desk.save_scenario("more", EXAMPLE, more, seen=1),
    ):
        with pytest.raises(Denied):
            act()
    run = office.run(number)
    assert run is not None
    assert run.state is State.QUEUED


def test_principals_read_their_own_scenarios_and_runs(
    store: Store, office: Workspace, saved: SavedDataset
):
    office.save_scenario("cut", EXAMPLE, cut(), seen=0)
    office.ask(saved, SolveOptions())
    principal = Workspace(store, viewer("principal", name="principal", schools=saved.schools[:1]))
    assert principal.scenarios() == ()
    assert principal.runs() == ()
    assert principal.run(1) is None
    assert principal.events(1) == ()
    assert [one.name for one in Workspace(store, viewer("director")).scenarios()] == ["cut"]


def test_scenarios_about_pay_are_shown_to_hr_alone(
    store: Store, office: Workspace, saved: SavedDataset
):
    raised = scenario_text(
        "raise",
        EXAMPLE,
        [{"scale": {"sheet": "pay", "where": {}, "column": "amount", "by": "1.03"}}],
    )
    office.save_scenario("raise", EXAMPLE, raised, seen=0)
    assert Workspace(store, viewer("director")).scenarios() == ()
    assert [one.name for one in Workspace(store, viewer("hr")).scenarios()] == ["raise"]


@pytest.mark.slow
def test_a_fund_that_a_scenario_overdraws_can_be_solved(office: Workspace):
    data = load(example_path(EXAMPLE))
    saved = office.save(data, "whole")
    much = scenario_text(
        "much",
        "whole",
        [
            {
                "scale": {
                    "sheet": "funds",
                    "where": {"program": "title-1"},
                    "column": "amount",
                    "by": "0.5",
                }
            }
        ],
    )
    applied = office.applied(much, "much", saved)
    assert applied.overdrawn
    run = office.ask(saved, SolveOptions(), applied)
    assert Problem(office.dataset(run.dataset_hash)).data.funds == applied.after.funds


def wishing(store: Store, school: str) -> Workspace:
    return Workspace(store, viewer("principal", name="principal", schools=(school,)))


@pytest.mark.slow
def test_a_principal_closes_a_position_of_their_own_and_loses_a_fund_of_their_own(
    store: Store, saved: SavedDataset
):
    data = problem(EXAMPLE).data
    position = next(row for row in data.positions if len(row.school) == 1 and row.staff)
    fund = next(row for row in data.funds if row.school)
    for school, act in (
        (position.school[0], lambda whole: wishes.closed(whole, position.position)),
        (fund.school, lambda whole: wishes.less(whole, fund.fund, "8%")),
    ):
        principal = wishing(store, school)
        text = scenario_text("mine", EXAMPLE, principal.wished(act, saved))
        assert principal.applied(text, "mine", saved).differences
        other = wishing(store, next(one.school for one in data.schools if one.school != school))
        with pytest.raises(Denied):
            other.applied(text, "theirs", saved)


@pytest.mark.parametrize(
    "act",
    [
        lambda whole: wishes.less(whole, "title-1", "8%"),
        lambda whole: wishes.ruled(whole, "preparation", "off"),
    ],
)
def test_a_principal_changes_nothing_that_all_schools_share(
    store: Store, saved: SavedDataset, act: Callable[[Dataset], Sequence[ChangeMap]]
):
    principal = wishing(store, saved.schools[0])
    with pytest.raises(Denied):
        principal.applied(scenario_text("all", EXAMPLE, principal.wished(act, saved)), "all", saved)


@pytest.mark.slow
@pytest.mark.parametrize("role", ["director", "hr", "principal"])
def test_everybody_may_wish_for_two_positions(store: Store, saved: SavedDataset, role: str):
    data = problem(EXAMPLE).data
    school, kind = saved.schools[0], data.positions[0].role
    desk = Workspace(
        store, viewer(role, name=role, schools=(school,) if role == "principal" else ())
    )
    changes: list[ChangeMap] = []
    after = None
    for _ in range(2):
        changes += desk.wished(lambda whole: wishes.added(whole, kind, school, "0.5"), saved, after)
        after = desk.applied(scenario_text("two more", EXAMPLE, changes), "two more", saved)
    assert after is not None
    assert len(after.after.positions) == len(after.before.positions) + 2
    rows = [change["add"]["row"] for change in changes]
    first = next(
        row
        for row in data.pay
        if row.schedule == (problem(EXAMPLE).roles[kind].pay_schedule or kind)
    )
    if role != "hr":
        assert {(row.get("lane", ""), row.get("step", "")) for row in rows} == {
            (first.lane, first.step)
        }
