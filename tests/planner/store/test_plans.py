"""Plans in the store, and which of them is ours."""

from decimal import Decimal

import pytest
from sqlalchemy import event, insert

from planner.store import adoption, datasets, plans
from planner.store.audit import entries
from planner.store.errors import NotThere, StoreError
from planner.store.store import Store
from planner.store.tables import StoredPlan
from tests.planner.store.office import first_steps, plan, refused, short_staffed


@pytest.fixture
def office(store: Store) -> Store:
    datasets.save(store, first_steps(), "ours", by="ann")
    return store


def test_a_plan_comes_back_as_it_was(office: Store):
    document, run = plan(first_steps()), {"seconds": 1.5, "seed": 1}
    kept = plans.keep(office, document, run, "ours", by="ann")
    assert plans.load(office, kept.number) == (kept, document, run)
    assert (kept.number, kept.name, kept.scenario, kept.status, kept.run) == (
        1,
        "ours",
        "autumn",
        "feasible",
        None,
    )
    assert (kept.tiers, kept.delivered, kept.owed, kept.sessions) == ({2: (300, 600)}, 300, 600, 1)
    assert (kept.cost, kept.adopted) == (Decimal("100.75"), False)


def test_a_plan_without_pay_has_no_cost(office: Store):
    unpaid = plan(first_steps(), positions=[{"position": "P-1", "total": None}])
    assert plans.keep(office, unpaid, {}, "ours", by="ann").cost is None
    assert plans.keep(office, plan(first_steps(), positions=[]), {}, "ours", by="ann").cost is None


def test_the_same_plan_is_kept_once(office: Store):
    first = plans.keep(office, plan(first_steps()), {"seed": 1}, "ours", by="ann")
    assert plans.keep(office, plan(first_steps()), {"seed": 2}, "ours", by="ben") == first
    assert plans.keep(office, plan(first_steps(), 310), {}, "ours", by="ben").number == 2
    assert [kept.number for kept in plans.saved(office)] == [2, 1]


def test_a_plan_needs_its_dataset(office: Store):
    with pytest.raises(NotThere) as caught:
        plans.keep(office, plan(short_staffed()), {}, "ours", by="ann")
    assert caught.value.faults[0].rule == "the dataset of this plan is not in the store."
    with refused(StoreError, "the document is no plan: it holds no sessions or no dataset_hash."):
        plans.keep(office, {"sessions": []}, {}, "ours", by="ann")
    assert plans.saved(office) == ()
    assert len(entries(office)) == 1


@pytest.mark.parametrize(
    "more",
    [
        {"measures": []},
        {"measures": {"minutes": {"all": {"owed": "many"}}}},
        {"measures": {"minutes": {"tier": {"two": {"owed": 1, "delivered": 1}}}}},
        {"positions": [{"total": "much"}]},
        {"positions": 7},
        {"findings": ["wrong"]},
        {"unserved": 3},
        {"solver": None},
    ],
)
def test_a_document_with_figures_that_are_none_is_told(office: Store, more: dict[str, object]):
    with refused(
        StoreError, "the document is no plan: its measures, positions or findings cannot be read."
    ):
        plans.keep(office, plan(first_steps(), **more), {}, "ours", by="ann")
    assert len(entries(office)) == 1


def test_an_adopted_plan_takes_the_place_of_the_one_before(office: Store):
    for minutes in (300, 310):
        plans.keep(office, plan(first_steps(), minutes), {}, "ours", by="ann")
    first = adoption.adopt(office, 1, note="Board of 12 May", by="ann")
    second = adoption.adopt(office, 2, by="ben")
    assert adoption.current(office, "ours") == second
    assert (second.replaces, second.adopted_by, second.note, second.ended_at) == (
        1,
        "ben",
        "",
        None,
    )
    assert [(each.plan, each.ended_at) for each in adoption.adoptions(office)] == [
        (2, None),
        (1, second.adopted_at),
    ]
    assert (first.note, first.replaces) == ("Board of 12 May", None)
    assert [(each.number, each.adopted) for each in plans.saved(office)] == [(2, True), (1, False)]
    assert adoption.adopt(office, 1, by="ann").replaces == 2
    last = entries(office)[-1]
    assert (last.by, last.action, last.subject, last.detail["replaces"], last.schools) == (
        "ann",
        "adopted",
        "plan 1",
        2,
        ("cedar",),
    )


def test_two_datasets_have_a_plan_each(office: Store):
    datasets.save(office, short_staffed(), "theirs", by="ann")
    plans.keep(office, plan(first_steps()), {}, "ours", by="ann")
    plans.keep(office, plan(short_staffed()), {}, "theirs", by="ann")
    adoption.adopt(office, 1, by="ann")
    adoption.adopt(office, 2, by="ann")
    assert [(each.name, each.plan) for each in adoption.adoptions(office)] == [
        ("ours", 1),
        ("theirs", 2),
    ]
    assert adoption.current(office, "nobody's") is None


def test_what_cannot_be_adopted_is_told(office: Store):
    with refused(
        NotThere, "'plan 1': is not in the store. There is no plan in it yet (planner store keep)."
    ):
        adoption.adopt(office, 1, by="ann")
    plans.keep(office, plan(first_steps()), {}, "ours", by="ann")
    with refused(
        NotThere, "'plan 9': is not in the store. The newest is plan 1; planner store lists them."
    ):
        adoption.adopt(office, 9, by="ann")
    adopted = adoption.adopt(office, 1, by="ann")
    with refused(
        StoreError,
        f"'plan 1': is adopted already: by ann, {adopted.adopted_at:%Y-%m-%d %H:%M} UTC.",
    ):
        adoption.adopt(office, 1, by="ben")


def test_a_list_of_plans_opens_no_document(office: Store):
    """Two hundred plans are listed from their figures: the statements that are sent name no
    document's content.
    """
    plans.keep(office, plan(first_steps()), {}, "ours", by="ann")
    with office.writing() as session:
        row = {
            c.name: getattr(session.get_one(StoredPlan, 1), c.name)
            for c in StoredPlan.__table__.columns
        }
        session.execute(insert(StoredPlan), [row | {"id": number} for number in range(2, 201)])
    said: list[str] = []
    event.listen(
        office.engine, "before_cursor_execute", lambda _c, _k, statement, *_: said.append(statement)
    )
    assert len(plans.saved(office)) == 200
    assert len([statement for statement in said if statement.startswith("SELECT")]) == 2
    assert not any("documents" in statement for statement in said)
