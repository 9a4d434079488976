"""What planners ask for, as changes: each is right for the dataset, and what cannot be is refused
with the nearest name.
"""

from pathlib import Path

import pytest

from planner.facts.sheets import Dataset
from planner.scenario import wishes
from planner.scenario.applying import applied
from planner.scenario.writing import ChangeMap, scenario_text
from planner.words.errors import DatasetError
from tests.planner import budgeted, small
from tests.planner.scenario.small_scenarios import SUPERVISED, said, scenario

FUNDS = "fund,program,amount\nt1-elm,title-1,1000\ngeneral,title-1,500.01\n"


@pytest.fixture
def data() -> Dataset:
    return small.dataset(**SUPERVISED | {"funds": FUNDS})


def told(place: Path, changes: list[ChangeMap]) -> list[str]:
    """What changes do when they are written, read and applied."""
    return said(
        applied(
            scenario(
                place, scenario_text("wish", "small", changes), **SUPERVISED | {"funds": FUNDS}
            )
        )
    )


def test_a_program_is_cut_by_a_percentage_and_a_fund_raised_by_an_amount(
    data: Dataset, tmp_path: Path
):
    changes = [*wishes.less(data, "title-1", "8 %"), *wishes.more(data, "general", "5000")]
    assert changes[0] == {
        "scale": {
            "sheet": "funds",
            "where": {"program": "title-1"},
            "column": "amount",
            "by": "0.92",
        }
    }
    assert told(tmp_path, changes) == [
        "title-1 (pooled), fund t1-elm: $1,000.00 → $920.00 (−8 %)",
        "title-1 (pooled), fund general: $500.01 → $5,500.01 (+1,000 %)",
    ]


def test_an_amount_is_shared_among_a_programs_funds_to_the_cent(data: Dataset):
    amounts = [change["set"]["values"]["amount"] for change in wishes.less(data, "title-1", "100")]
    assert amounts == ["933.33", "466.68"]
    assert round(sum(map(float, amounts)), 2) == 1400.01


def test_a_position_is_closed_with_whoever_holds_no_other(data: Dataset, tmp_path: Path):
    assert told(tmp_path, wishes.closed(data, "P-001")) == [
        "Ada leaves; 1 group without them, 1 duty without them and 1 row about them is dropped",
        "P-001 (Paraeducator at Elm, Ada) is closed",
        "group elm-read at Elm: staff Ada and Bea → Bea",
        "duty meeting-1: with Ada and Bea → Bea",
    ]
    assert wishes.closed(data, "P-003") == [
        {"drop": {"sheet": "positions", "where": {"position": "P-003"}, "cascade": True}}
    ]


def test_a_position_has_another_fte_and_its_holder_with_it():
    staff = "staff,role,schools,fte\nA1,aide,elm,0.8\n"
    positions = """position,role,school,status,staff,step,fte
P1,aide,elm,filled,A1,1,0.5
P2,aide,elm,filled,A1,1,0.3
P3,aide,elm,vacant,,1,0.5
"""
    data = budgeted.problem(
        positions, staff=staff, pay="schedule,step,amount,unit\naide,1,40000,year\n"
    ).data
    assert wishes.resized(data, "P1", "0.7") == [
        {"set": {"sheet": "positions", "where": {"position": "P1"}, "values": {"fte": "0.7"}}},
        {"set": {"sheet": "staff", "where": {"staff": "A1"}, "values": {"fte": "1"}}},
    ]
    assert wishes.resized(data, "P3", "1") == [
        {"set": {"sheet": "positions", "where": {"position": "P3"}, "values": {"fte": "1"}}}
    ]
    for wrong in ("0", "1.2", "half", "NaN"):
        with pytest.raises(DatasetError, match="is no FTE above 0 and up to 1"):
            wishes.resized(data, "P1", wrong)


def test_a_position_moves_with_whoever_holds_it(data: Dataset, tmp_path: Path):
    assert told(tmp_path, wishes.moved(data, "P-001", "oak")) == [
        "Ada: schools Elm → Oak; home school blank → Oak",
        "P-001 (Paraeducator at Elm, Ada): moves from Elm to Oak",
    ]
    assert told(tmp_path, wishes.moved(data, "P-003", "elm;oak")) == [
        "P-003 (Paraeducator at Oak): moves from Oak to Elm and Oak"
    ]


def test_a_position_is_added_under_the_next_id(data: Dataset, tmp_path: Path):
    first = wishes.added(data, "para", "oak", "0.5", "general")
    second = wishes.added(data, "para", "", "1", besides=["P-004"])
    assert told(tmp_path, [*first, *second]) == [
        "new: P-004 (Paraeducator at Oak), proposed, 0.5 FTE",
        "new: P-005 (Paraeducator), proposed, 1 FTE",
    ]


def test_somebody_leaves_and_their_groups_are_still_owed_their_minutes(
    data: Dataset, tmp_path: Path
):
    assert told(tmp_path, wishes.leaves(data, "ESP-03", "2027-01-29")) == [
        "Cy: leaves on January 29, 2027"
    ]
    gone = told(tmp_path, wishes.leaves(data, "ESP-02"))
    assert "group elm-math at Elm: staff Bea → anyone qualified" in gone
    assert "P-002 (Paraeducator at Elm, Bea): filled → vacant; staff Bea → blank" in gone


def test_blocks_are_at_another_time(data: Dataset, tmp_path: Path):
    moved = wishes.rescheduled(data, "elm/K-2 09:00-10:00=9:30-10:30")
    assert told(tmp_path, moved) == ["Elm, Gr K–2 flex: 9:00–10:00 → 9:30–10:30"]


def test_a_rule_is_set(data: Dataset, tmp_path: Path):
    assert told(tmp_path, wishes.ruled(data, "preparation", "soft:5")) == [
        "rule preparation: as usual → soft, weight 5"
    ]
    own = small.dataset(rules="rule,setting\npreparation,hard\n")
    assert wishes.ruled(own, "preparation", "off")[0]["set"]["values"] == {"setting": "off"}


def test_decisions_are_pinned_by_what_they_are_about(data: Dataset, tmp_path: Path):
    changes = [
        *wishes.pinned(data, "subject=elm-read, day=Mon, start=09:00"),
        *wishes.pinned(data, "subject=P-003,value=0.5"),
        *wishes.pinned(data, "staff=ESP-02,day=Mon,school=oak"),
        *wishes.pinned(data, "staff=ESP-01,day=Fri", forbidden=True),
    ]
    assert told(tmp_path, changes) == [
        "pinned: elm-read on Mon at 09:00",
        "pinned: P-003 at 0.5 FTE",
        "pinned: ESP-02 on Mon at oak",
        "forbidden: anything with ESP-01 on Fri",
    ]


@pytest.mark.parametrize(
    ("wish", "words", "fault"),
    [
        (
            wishes.less,
            ("titel-1", "8%"),
            "'titel-1': is no program or fund of this dataset. Did you mean 'title-1'?",
        ),
        (
            wishes.less,
            ("title-1", "much"),
            "'title-1=much': is no percentage and no amount above 0.",
        ),
        (wishes.less, ("title-1", "101%"), "'title-1=101%': is more than all of it."),
        (wishes.less, ("general", "1000"), "'general=1000': cannot be taken from 500.01."),
        (wishes.closed, ("P-01",), "'P-01': is no position of this dataset. Did you mean 'P-001'?"),
        (
            wishes.moved,
            ("P-001", "elmo"),
            "'elmo': is no school of this dataset. Did you mean 'elm'?",
        ),
        (
            wishes.added,
            ("par", "elm", "1"),
            "'par': is no role of this dataset. Did you mean 'para'?",
        ),
        (
            wishes.leaves,
            ("X",),
            "'X': is no person of this dataset. There are ESP-01, ESP-02, ESP-03.",
        ),
        (
            wishes.rescheduled,
            ("elm at nine",),
            "'elm at nine': does not say which blocks move where.",
        ),
        (
            wishes.ruled,
            ("preparatio", "off"),
            "'preparatio': is no rule. Did you mean 'preparation'?",
        ),
        (
            wishes.ruled,
            ("windows", "soft"),
            "'windows=soft': makes no sense for the rule windows. It may be hard, off.",
        ),
        (
            wishes.pinned,
            ("subject=elm-rea",),
            "'elm-rea': is no group, duty or position of this dataset. Did you mean 'elm-read'?",
        ),
        (wishes.pinned, ("who=me",), "'who': is no column of pins."),
    ],
)
def test_what_cannot_be_is_refused(data: Dataset, wish, words: tuple[str, ...], fault: str):
    with pytest.raises(DatasetError) as caught:
        wish(data, *words)
    assert caught.value.faults[0].what.startswith(fault)


def test_goals_are_named_in_order():
    assert wishes.goals_named("cost, tier_3_minutes") == ("cost", "tier_3_minutes")
    with pytest.raises(DatasetError, match="Did you mean 'tier_3_minutes'"):
        wishes.goals_named("tier_3_minute")


HELD = {
    "staff": "staff,role,schools,fte\nA1,aide,elm,0.5\nA2,aide,elm,0.5\nA3,aide,elm,0.5\n",
    "positions": "position,role,school,status,staff,step,fte\n"
    "P1,aide,elm,filled,A1,1,0.5\nP2,aide,elm,vacant,,1,0.5\nP3,aide,elm,filled,,1,0.5\n",
    "assignments": "position,staff,from,to,kind\nP3,A2,,2027-01-31,\nP3,A3,2027-02-01,,\n",
}


def held() -> Dataset:
    return budgeted.problem(
        HELD["positions"], staff=HELD["staff"], assignments=HELD["assignments"]
    ).data


def told_of_held(place: Path, changes: list[ChangeMap]) -> list[str]:
    sheets = {
        "roles": budgeted.ROLES,
        "programs": budgeted.PROGRAMS,
        "funds": budgeted.FUNDS,
        "allowances": budgeted.ALLOWANCES,
        "groups": None,
        "duties": None,
        "blocks": None,
    }
    return said(applied(scenario(place, scenario_text("wish", "small", changes), **sheets | HELD)))


def test_a_position_closes_after_a_last_day_and_its_holder_leaves_then(tmp_path: Path):
    changes = wishes.closed(held(), "P1", "2027-01-31")
    assert told_of_held(tmp_path, changes) == [
        "A1: leaves on January 31, 2027",
        "P1 (Aide at Elm, A1): end year_end → January 31, 2027",
    ]


def test_a_position_of_several_holders_closes_for_those_who_are_still_there(tmp_path: Path):
    changes = wishes.closed(held(), "P3", "2027-03-31")
    assert told_of_held(tmp_path, changes) == [
        "A3: leaves on March 31, 2027",
        "P3 (Aide at Elm): end year_end → March 31, 2027",
        "P3, A3: to the position's end, else the last day of employment → March 31, 2027",
    ]


def test_a_position_of_several_holders_closes_wholly_with_all_of_them(tmp_path: Path):
    assert told_of_held(tmp_path, wishes.closed(held(), "P3")) == [
        "A2 leaves; 1 row about them is dropped",
        "A3 leaves; 1 row about them is dropped",
        "P3 (Aide at Elm) is closed",
        "dropped from assignments: position P3, staff A2, to January 31, 2027",
        "dropped from assignments: position P3, staff A3, from February 1, 2027",
    ]


def test_a_position_is_handed_over_and_a_vacant_one_filled_from_a_day(tmp_path: Path):
    changes = wishes.handed_over(held(), "P1", "A2", "2027-02-01")
    assert told_of_held(tmp_path / "filled", changes) == [
        "P1 (Aide at Elm, A1): staff A1 → blank",
        "new in assignments: position P1, staff A1, to January 31, 2027",
        "new in assignments: position P1, staff A2, from February 1, 2027",
    ]
    changes = wishes.handed_over(held(), "P2", "A2", "2027-02-01")
    assert told_of_held(tmp_path / "vacant", changes) == [
        "P2 (Aide at Elm): vacant → filled",
        "new in assignments: position P2, staff A2, from February 1, 2027",
    ]
    changes = wishes.handed_over(held(), "P3", "A1", "2027-02-01")
    assert told_of_held(tmp_path / "again", changes) == [
        "dropped from assignments: position P3, staff A3, from February 1, 2027",
        "new in assignments: position P3, staff A1, from February 1, 2027",
    ]


def test_a_vacant_position_opens_on_a_day(tmp_path: Path):
    assert told_of_held(tmp_path, wishes.opened(held(), "P2", "2027-02-01")) == [
        "P2 (Aide at Elm): start year_start → February 1, 2027"
    ]


def test_somebody_who_holds_for_a_part_of_the_year_leaves_in_a_scenario(tmp_path: Path):
    """The seat is vacant when nobody is left who holds it, and filled while somebody is."""
    assert told_of_held(tmp_path / "one", wishes.leaves(held(), "A3")) == [
        "A3 leaves; 1 row about them is dropped",
        "dropped from assignments: position P3, staff A3, from February 1, 2027",
    ]
    both = [*wishes.leaves(held(), "A2"), *wishes.leaves(held(), "A3")]
    assert "P3 (Aide at Elm): filled → vacant" in told_of_held(tmp_path / "both", both)


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (lambda data: wishes.closed(data, "P1", "2027-13-01"), "names no date"),
        (lambda data: wishes.closed(data, "P1", "2029-01-31"), "outside the school year"),
        (lambda data: wishes.opened(data, "P1", "2027-02-01"), "is filled"),
        (lambda data: wishes.handed_over(data, "P1", "A9", "2027-02-01"), "is no person"),
    ],
)
def test_what_cannot_be_on_a_day_is_refused(wish, reason: str):  # type: ignore[no-untyped-def]
    with pytest.raises(DatasetError, match=reason):
        wish(held())
