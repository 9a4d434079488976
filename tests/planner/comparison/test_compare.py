"""Two plans of a small district, every figure worked out on paper; what every kind of difference
looks like.
"""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from planner.comparison import Comparison, ComparisonRow, compare
from planner.comparison.comparison_text import ComparisonText
from planner.words.errors import DatasetError
from tests.planner.comparison.plans import (
    BREACH,
    CUT,
    Json,
    changed,
    document,
    now,
    then,
    with_positions,
)

UNFINISHED = "now and then may be better than shown: their time was over first."


@pytest.fixture(scope="module")
def both() -> Comparison:
    return compare([now(), then()])


def figures(comparison: Comparison, *tables: str) -> dict[tuple[str, str], tuple[object, ...]]:
    """Of the rows that differ: their values and the difference of the second plan."""
    rows = [row for row in comparison.rows if row.table in tables and row.differs]
    return {(row.id, row.measure): (*row.values, row.differences[1]) for row in rows}


def one(comparison: Comparison, table: str, measure: str, id: str = "") -> ComparisonRow:
    (row,) = (
        row for row in comparison.rows if (row.table, row.measure, row.id) == (table, measure, id)
    )
    return row


def test_who_is_served(both: Comparison):
    assert figures(both, "served") == {
        ("", "tier_2_minutes"): (90, 60, -30),
        ("", "spread_of_schools"): (Decimal("0.833333"), Decimal("0.666667"), Decimal("-0.166666")),
        ("", "subject_minutes:math"): (90, 60, -30),
    }
    tier = one(both, "served", "tier_2_minutes")
    assert (tier.owed, tier.better, tier.unit) == ((180, 180), "more", "minutes")
    worst = one(both, "served", "worst_school")
    assert (worst.values, worst.notes, worst.always) == ((0, 0), ("Oak", "Oak"), True)


def test_schools_and_groups_that_lose_come_first(both: Comparison):
    assert figures(both, "schools") == {
        ("elm", "minutes"): (150, 120, -30),
        ("elm", "share"): (Decimal("0.833333"), Decimal("0.666667"), Decimal("-0.166666")),
        ("elm", "tier_2_minutes"): (90, 60, -30),
    }
    assert figures(both, "groups") == {
        ("elm-1-math", "sessions"): (3, 2, -1),
        ("elm-1-math", "minutes"): (90, 60, -30),
    }
    assert [row.label for row in both.table("groups", everything=True)][::5] == [
        "Gr K–1 · math · elm-1-math, Elm",
        "Gr 2 · reading · elm-2-read, Elm",
        "Gr K · reading · oak-K-read, Oak",
    ]


def test_what_it_costs_to_the_cent(both: Comparison):
    assert figures(both, "costs") == {
        ("", "cost"): (Decimal(60000), Decimal(70000), Decimal(10000)),
        ("", "per_student_minute"): (Decimal("3.0030"), Decimal("4.6854"), Decimal("1.6824")),
    }
    assert figures(both, "cost") == {
        ("t1-elm", "cost"): (40000, 45000, 5000),
        ("t1-elm", "left"): (10000, 5000, -5000),
        ("t1-elm", "per_student_minute"): (Decimal("2.6774"), Decimal("3.0120"), Decimal("0.3346")),
        ("general", "cost"): (20000, 25000, 5000),
        ("general", "left"): (40000, 35000, -5000),
        ("para", "cost"): (60000, 70000, 10000),
        ("elm", "cost"): (20000, 10000, -10000),
        ("oak", "cost"): (0, 20000, 20000),
    }
    assert one(both, "cost", "per_student_minute", "general").differences == (0, None)
    assert one(both, "cost", "cost", "t1-elm").label == "t1-elm (title-1, Elm)"


def test_who_moves_and_whose_hours_change(both: Comparison):
    assert figures(both, "people") == {
        ("P1", "days_elsewhere"): (0, 1, 1),
        ("P2", "fte"): (Decimal("0.5"), Decimal("0.25"), Decimal("-0.25")),
        ("P2", "hours"): (1050, 525, -525),
        ("P2", "contact"): (30, 0, -30),
        ("P-3", "fte"): (None, Decimal("0.5"), Decimal("0.5")),
        ("P-3", "hours"): (None, 1050, 1050),
        ("P-3", "contact"): (None, 0, 0),
        ("P-3", "travel"): (None, 0, 0),
    }
    moves = one(both, "people", "days_elsewhere", "P1")
    assert moves.notes == ("Elm Tue", "Oak Tue")
    assert one(both, "people", "days_elsewhere", "P2").notes == ("Elm", "Elm")
    assert (
        one(compare([now(), now()]), "people", "days_elsewhere", "P1").notes[0]
        == "Elm Mon, Tue; Oak Mon"
    )
    assert moves.relative


def test_positions_that_appear_and_change(both: Comparison):
    assert figures(both, "positions") == {
        ("P-2", "fte"): (Decimal("0.5"), Decimal("0.25"), Decimal("-0.25")),
        ("P-2", "cost"): (20000, 10000, -10000),
        ("P-2", "paid_by:general"): (100, 50, -50),
        ("P-2", "paid_by:t1-elm"): (0, 50, 50),
        ("P-3", "fte"): (None, Decimal("0.5"), Decimal("0.5")),
        ("P-3", "cost"): (None, 20000, 20000),
        ("P-3", "paid_by:general"): (None, 100, 100),
    }
    assert one(both, "positions", "fte", "P-3").appears(1, 0)
    assert one(compare([then(), now()]), "positions", "fte", "P-3").goes(1, 0)


def test_a_position_elsewhere_and_held_by_another():
    def other(found: Json) -> None:
        found["positions"][1] |= {"school": ["oak"], "staff": "P9"}

    found = compare([now(), changed(now(), other)])
    assert figures(found, "positions") == {
        ("P-2", "schools"): (0, 1, 1),
        ("P-2", "staff"): (0, 1, 1),
    }
    assert one(found, "positions", "schools", "P-2").notes == ("Elm", "Oak")
    assert one(found, "positions", "staff", "P-2").notes == ("Para 2", "Para 9")


def test_findings_that_appear_and_grow(both: Comparison):
    assert figures(both, "findings") == {
        ("meet", "broken:dosage"): (None, 1, 1),
        ("P1 · Mon", "noted:preparation"): (10, 25, 15),
    }
    assert one(both, "findings", "broken:dosage", "meet").label == BREACH.message
    grown = one(both, "findings", "noted:preparation", "P1 · Mon")
    assert (grown.label, grown.notes) == (
        "Para 1 has 50 of 60 minutes on Mon.",
        ("", "Para 1 has 35 of 60 minutes on Mon."),
    )


def test_a_finding_of_no_amount_appears_too():
    nothing = {
        "rule": "vacancy",
        "severity": "noted",
        "subject": "P-3",
        "amount": 0,
        "unit": "workdays",
        "message": "P-3 is vacant.",
    }
    found = compare([now(), changed(now(), lambda plan: plan["findings"].append(nothing))])
    (row,) = found.table("findings")
    assert (row.values, row.differences, row.appears(1, 0)) == ((None, 0), (0, 0), True)
    assert one(found, "wrong", "findings_appear").values == (0, 1)


def test_several_findings_of_a_rule_and_subject_are_added():
    twice = changed(
        now(), lambda found: found["findings"].append(found["findings"][0] | {"amount": 5})
    )
    (row,) = compare([now(), twice]).table("findings")
    assert (row.values, row.notes) == (
        (10, 15),
        ("", "Para 1 has 50 of 60 minutes on Mon. (and 1 more like it)"),
    )


def test_everything_together_is_counted(both: Comparison):
    rows = [row for row in both.rows if row.table in ("affected", "wrong") and row.relative]
    assert {row.measure: row.values[1] for row in rows} == {
        "people_move": 1,
        "people_change_hours": 1,
        "people_come": 1,
        "people_go": 0,
        "positions_appear": 1,
        "positions_go": 0,
        "positions_change_fte": 1,
        "positions_change_funding": 1,
        "groups_gain": 0,
        "groups_lose": 1,
        "findings_appear": 1,
        "findings_go": 0,
    }
    assert one(both, "affected", "fte").values == (Decimal("1.5"), Decimal("1.75"))
    assert one(both, "affected", "fte", "para").differences == (0, Decimal("0.25"))
    assert one(both, "affected", "travel").values == (20, 20)
    assert one(both, "affected", "adults_a_group").values == (Decimal("1.5"), 1)


def test_what_does_not_differ_is_left_out_unless_it_is_always_said(both: Comparison):
    assert {row.id for row in both.table("schools")} == {"elm"}
    assert {row.id for row in both.table("schools", everything=True)} == {"elm", "oak"}
    assert "tier_3_minutes" in {row.measure for row in both.table("served")}


def test_pay_of_positions_is_left_out_on_request(both: Comparison):
    assert not [
        row for row in both.without_pay().rows if row.table == "positions" and row.measure == "cost"
    ]
    assert figures(both.without_pay(), "cost") == figures(both, "cost")


def test_another_base_and_four_plans():
    third = document(replace(with_positions("P-1", "P-3"), sessions=(), placements=()), "third")
    found = compare([now(), then(), third, now()], base=1)
    assert one(found, "costs", "cost").differences == (-10000, 0, -10000, -10000)
    assert one(found, "positions", "fte", "P-2").values == (
        Decimal("0.5"),
        Decimal("0.25"),
        None,
        Decimal("0.5"),
    )
    assert one(found, "affected", "people_go").values == (1, 0, 1, 1)
    assert [plan.label for plan in found.plans] == ["now", "then", "third", "now (2)"]
    assert found.base == 1


def test_what_is_not_known_has_no_difference():
    unpriced = changed(now(), lambda found: found["measures"].update(cost=None))
    found = compare([now(), unpriced])
    assert one(found, "costs", "cost").values == (Decimal(60000), None)
    assert one(found, "costs", "cost").differences == (0, None)
    assert found.remarks == ("What now (2) costs is not known: no positions with pay stand in it.",)


def test_what_somebody_may_see_of_plans_can_be_compared_too():
    def pruned(found: Json) -> None:
        del found["measures"]["cost"], found["names"]["funds"], found["changes"]
        for position in found["positions"]:
            for key in ("total", "salary", "oncosts", "funding"):
                del position[key]

    found = compare([changed(now(), pruned), changed(then(), pruned)])
    assert figures(found, "costs", "cost") == {}
    assert figures(found, "positions") == {
        ("P-2", "fte"): (Decimal("0.5"), Decimal("0.25"), Decimal("-0.25")),
        ("P-3", "fte"): (None, Decimal("0.5"), Decimal("0.5")),
    }
    assert figures(found, "groups") == figures(compare([now(), then()]), "groups")
    assert found.remarks == (UNFINISHED,)


def test_plans_without_money_or_groups_say_nothing_of_them():
    def bare(found: Json) -> None:
        found["positions"] = []
        measures = found["measures"]
        measures |= {
            "cost": None,
            "groups": [],
            "students_by": {"tier": {}, "school": {}},
            "worst_school": "",
        }
        measures["minutes"] |= {"tier": {}, "school": {}, "subject": {}, "school_tier": {}}

    found = compare([changed(now(), bare), changed(now(), bare)])
    assert {
        row.measure
        for row in found.rows
        if row.table in ("served", "costs", "cost", "positions", "groups", "schools")
    } == set()
    assert one(found, "affected", "people_move").values == (0, 0)


def said(*documents: Json, base: int = 0, labels: Sequence[str] = ()) -> list[str]:
    with pytest.raises(DatasetError) as raised:
        compare(documents, labels, base)
    return [
        f"{fault.sheet}/{fault.row}/{fault.column} {fault.file} {fault.what}".strip()
        for fault in raised.value.faults
    ]


def test_two_to_four_plans_are_compared():
    assert said(now()) == ["/0/  2 to 4 plans can be compared, not 1."]
    assert said(*[now()] * 5) == ["/0/  2 to 4 plans can be compared, not 5."]
    assert said(now(), then(), base=2) == ["/0/  There is no plan 3 among 2."]


def test_other_money_and_other_cycles_are_no_amounts_of_the_same():
    def abroad(found: Json) -> None:
        found["district"] |= {"currency": "GBP", "cycle": ["A", "B"]}

    assert said(now(), changed(then(), abroad)) == [
        "/0/  then is in GBP, now in USD: their money cannot be compared.",
        "/0/  then has a cycle of 2 days (A; B), now of 5 (Mon; Tue; Wed; Thu; Fri): their "
        "minutes cannot be compared.",
    ]


def test_another_district_is_remarked():
    found = compare([now(), changed(then(), lambda plan: plan["district"].update(name="Large"))])
    assert found.remarks == ("These are plans of 2 districts: Small and Large.", UNFINISHED)


def test_other_data_without_a_scenario_are_remarked():
    other = changed(then(), lambda plan: plan.update(dataset_hash="other"))
    said = "then was made from other data than now, and no scenario says what was changed."
    assert compare([now(), other]).remarks == (said, UNFINISHED)
    assert compare([now(), other | {"changes": [CUT]}]).remarks == (UNFINISHED,)
    untold = {key: value for key, value in other.items() if key != "changes"}
    assert compare([now(), untold]).remarks == (UNFINISHED,)


def test_how_far_each_search_came_is_said_first():
    best = changed(now(), lambda plan: plan["solver"].update(status="optimal", stopped=""))
    by_hand = changed(then(), lambda plan: plan["solver"].update(stopped="interrupt", goals=[]))
    found = compare([best, then(), by_hand])
    (row,) = found.table("search")
    assert found.rows[0] is row
    assert (row.values, row.differences, row.differs) == ((None,) * 3, (None,) * 3, False)
    assert [ComparisonText(found).value(row, plan) for plan in range(3)] == [
        "proved best",
        "stopped by its time: at most 33.3 % more (Tier 2 minutes)",
        "stopped by somebody",
    ]
    assert found.remarks == (
        "then may be better than shown: its time was over first.",
        "then (2) may be better than shown: its search was stopped first.",
    )
    assert compare([best, changed(best, lambda plan: plan.update(scenario="same"))]).remarks == ()


def test_one_school_is_not_the_worst_served_of_several():
    one = changed(now(), lambda plan: plan["measures"]["minutes"]["school"].pop("oak"))
    assert "worst_school" in {row.measure for row in compare([now(), one]).rows}
    assert "worst_school" not in {row.measure for row in compare([one, one]).rows}


def test_nobody_sees_adults_where_nobody_is_served():
    def unserved(plan: Json) -> None:
        plan["measures"]["continuity"] = {"groups": 0, "with_one_adult": 0, "adults_a_group": 0.0}

    row = one(compare([now(), changed(now(), unserved)]), "affected", "adults_a_group")
    assert (row.values, row.differences) == ((Decimal("1.5"), None), (0, None))


def test_damage_is_named_with_its_place():
    def damage(found: Json) -> None:
        found["measures"]["groups"][1]["students"] = "many"
        del found["positions"][0]["fte"]

    assert said(now(), changed(now(), damage), labels=["a", "b"]) == [
        "positions/1/fte b field required. The file is damaged.",
        "measures/0/groups.1.students b 'many': input should be a valid integer, unable to parse "
        "string as an integer. "
        "The file is damaged.",
    ]


def test_an_old_file_is_told_from_a_damaged_one():
    old = changed(now(), lambda found: found["measures"].pop("groups"))
    (fault,) = said(now(), old, labels=["new", "old"])
    assert fault == (
        "/0/ old lacks figures that a comparison needs: an older version wrote it. "
        "Write it again with planner solve, or give the dataset that it was made from with --data."
    )


def test_a_language_that_nobody_knows_is_a_fault():
    strange = changed(now(), lambda found: found["district"].update(locale="xx_YY"))
    assert said(now(), strange, labels=["a", "b"]) == [
        "district/0/locale b 'xx_YY': is no language that figures can be written in. The file is "
        "damaged."
    ]
