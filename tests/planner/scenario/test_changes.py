"""Every kind of change: what it does to the dataset, how it is said, and what is said of one that
cannot be made.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from planner.sheets.dataset import dataset_hash
from tests.planner import small
from tests.planner.scenario.small_scenarios import SUPERVISED, put, refused, said


def changes(*lines: str) -> str:
    return "changes:\n" + "".join(f"  - {line}\n" for line in lines)


# -- scale


MONEY = {
    "district": "name,year_start,year_end,account_format\nSmall,2026-09-01,2027-06-18,{fund}\n",
    "expenditures": "expenditure,fund,kind,amount,staff\n"
    "X1,general,materials,1000.05,\nX2,t1-elm,stipend,300.00,ESP-01\n",
    "accounts": "applies_to,segment,code\nfund:t1-elm,fund,01\nall,fund,02\n",
}


def test_expenditures_are_scaled_and_set_like_all_money(tmp_path: Path):
    text = changes(
        "scale: {sheet: expenditures, where: {kind: materials}, column: amount, by: 0.5}",
        "set: {sheet: expenditures, where: {expenditure: X2}, values: {status: committed}}",
    )
    found = put(tmp_path, text, **MONEY)
    assert [(row.amount, row.status) for row in found.after.expenditures] == [
        (Decimal("500.03"), "planned"),
        (Decimal(300), "committed"),
    ]


def test_a_cascade_takes_a_funds_expenditures_and_accounts_with_it(tmp_path: Path):
    text = changes("drop: {sheet: funds, where: {fund: t1-elm}, cascade: true}")
    after = put(tmp_path, text, **MONEY).after
    assert [row.expenditure for row in after.expenditures] == ["X1"]
    assert [row.applies_to for row in after.accounts] == ["all"]


def test_money_is_scaled_to_the_cent_half_up(tmp_path: Path):
    text = changes("scale: {sheet: funds, where: {program: title-1}, column: amount, by: 0.335}")
    found = put(
        tmp_path, text, funds="fund,program,amount\nt1-elm,title-1,1000.05\ngeneral,title-1,3.00\n"
    )
    assert [fund.amount for fund in found.after.funds] == [Decimal("335.02"), Decimal("1.01")]
    assert said(found) == [
        "title-1 (pooled), fund t1-elm: $1,000.05 → $335.02 (−66.5 %)",
        "title-1 (pooled), fund general: $3.00 → $1.01 (−66.3 %)",
    ]
    assert found.differences[0].subjects == ("t1-elm", "title-1")


def test_a_percentage_may_be_written_as_one(tmp_path: Path):
    found = put(tmp_path, changes("scale: {sheet: funds, column: amount, by: 92 %}"))
    assert [fund.amount for fund in found.after.funds] == [Decimal(920), Decimal(920)]


def test_whole_numbers_are_rounded_half_up_and_that_is_said(tmp_path: Path):
    found = put(tmp_path, changes("scale: {sheet: groups, column: students, by: 1.125}"))
    assert [group.students for group in found.after.groups] == [5]
    assert found.remarks == (
        "students of groups are whole numbers, rounded half up: elm-read 4.5 to 5.",
    )


def test_a_blank_number_is_scaled_from_its_default(tmp_path: Path):
    found = put(tmp_path, changes("scale: {sheet: staff, column: fte, by: 0.5}"))
    assert found.after.staff[0].fte == Decimal("0.5")
    assert said(found) == ["ESP-01: fte 1 FTE → 0.5 FTE"]


def test_a_blank_number_without_a_default_cannot_be_scaled(tmp_path: Path):
    assert refused(tmp_path, changes("scale: {sheet: positions, column: max_fte, by: 0.5}")) == [
        "cut.yaml, line 3: 'positions max_fte': is blank for P-001 and has no default, so there "
        "is nothing to multiply. "
        "Use `set`, or let `where` name the others alone."
    ]


# -- set


def test_cells_are_set_also_in_columns_that_the_sheet_lacks(tmp_path: Path):
    text = changes(
        "set: {sheet: staff, where: {staff: ESP-01}, values: {fte: 0.5, days: [Mon, Wed], name: "
        "Ada}}"
    )
    person = put(tmp_path, text).after.staff[0]
    assert (person.fte, person.days, person.name) == (Decimal("0.5"), ("Mon", "Wed"), "Ada")


def test_a_blank_value_clears_a_cell(tmp_path: Path):
    found = put(tmp_path, changes("set: {sheet: positions, values: {funding: }}"))
    assert found.after.positions[0].funding == ()


@pytest.mark.parametrize(
    "where",
    [
        "{grades: 'K;1;2'}",
        "{grades: K-2}",
        "{start: '9:00'}",
        "{days: Mon-Fri}",
        "{days: all}",
        "{days: [Mon, all]}",
        "{school: [oak, elm], kind: FLEX}",
        "{subject: }",
    ],
)
def test_rows_are_found_by_what_their_cells_mean(tmp_path: Path, where: str):
    found = put(
        tmp_path, changes(f"set: {{sheet: blocks, where: {where}, values: {{end: '09:45'}}}}")
    )
    assert found.after.blocks[0].end == 9 * 60 + 45
    assert said(found) == ["Elm, Gr K–2 flex: 9:00–10:00 → 9:00–9:45"]


def test_numbers_are_equal_however_they_are_written(tmp_path: Path):
    text = changes("set: {sheet: positions, where: {fte: 0.80}, values: {fte: 0.5}}")
    found = put(tmp_path, text, **SUPERVISED)
    assert said(found) == ["P-002 (Paraeducator at Elm, Bea): 0.8 → 0.5 FTE"]


def test_the_district_is_set_without_where(tmp_path: Path):
    found = put(
        tmp_path, changes("set: {sheet: district, values: {plan_date: 2026-10-05, name: Smaller}}")
    )
    assert said(found) == [
        "The district: name Small → Smaller; plan date year_start → October 5, 2026"
    ]


def test_a_changed_cell_is_checked_as_a_typed_one(tmp_path: Path):
    text = changes(
        "set: {sheet: staff, where: {staff: ESP-01}, values: {fte: 2, days: Sun}}",
        "set: {sheet: positions, values: {role: par}}",
    )
    assert refused(tmp_path, text) == [
        "cut.yaml, line 3: 'staff ESP-01, fte 2': must be at most 1.",
        "cut.yaml, line 3: 'staff ESP-01, days Sun': 'Sun' is no day of the cycle. The cycle's "
        "days are Mon, Tue, Wed, Thu, Fri.",
        "cut.yaml, line 4: 'positions P-001, role par': is not in the sheet roles. Did you mean "
        "'para'?",
    ]


def test_a_cell_that_only_the_changes_make_wrong_is_named_where_it_stands(tmp_path: Path):
    text = changes("set: {sheet: funds, where: {fund: general}, values: {fund: other}}")
    assert refused(tmp_path, text) == [
        "positions.csv: sheet positions, row 2, column funding (positions!E2): 'general': is not "
        "in the sheet funds. "
        "So it is after the changes of cut.yaml; without them the dataset is in order. "
        "Add it to funds, or write a name that is there."
    ]


# -- add


def test_a_row_is_added(tmp_path: Path):
    text = changes(
        "add: {sheet: positions, row: {position: P-090, role: para, school: oak, status: "
        "proposed, max_fte: 0.875}}"
    )
    found = put(tmp_path, text)
    assert said(found) == ["new: P-090 (Paraeducator at Oak), proposed, up to 0.875 FTE"]
    assert found.differences[0].subjects == ("P-090", "oak", "para")
    assert (found.differences[0].sheet, found.differences[0].key) == ("positions", "P-090")


def test_a_sheet_that_is_not_there_is_begun(tmp_path: Path):
    found = put(
        tmp_path,
        changes(
            "add: {sheet: pins, row: {kind: session, subject: elm-read, day: Mon, start: '09:00'}}"
        ),
    )
    assert said(found) == ["pinned: elm-read on Mon at 09:00"]


def test_what_is_there_cannot_be_added(tmp_path: Path):
    text = changes(
        "add: {sheet: staff, row: {staff: ESP-01, role: para}}",
        "add: {sheet: district, row: {name: Two}}",
    )
    assert refused(tmp_path, text) == [
        "cut.yaml, line 3: 'ESP-01': is there already in the sheet staff (the same staff). "
        "Use `set` to change it, or give the new row another id.",
        "cut.yaml, line 4: 'district': there is one district; it cannot be added. Use `set`.",
    ]


# -- drop


def test_dropping_what_others_refer_to_lists_them(tmp_path: Path):
    assert refused(
        tmp_path, changes("drop: {sheet: staff, where: {staff: ESP-02}}"), **SUPERVISED
    ) == [
        "cut.yaml, line 3: 'staff ESP-02': cannot be dropped: staff ESP-01 and ESP-03 "
        "(supervisor), positions P-002 (staff), "
        "groups elm-read and elm-math (staff), duties meeting-1 (with) and pins row 2 (staff) "
        "refer to it. "
        "Add `cascade: true` to drop them as well, or change them first."
    ]


def test_a_cascade_takes_with_it_what_cannot_stay(tmp_path: Path):
    text = changes("drop: {sheet: staff, where: {staff: ESP-02}, cascade: true}")
    found = put(tmp_path, text, **SUPERVISED)
    after = found.after
    assert [(row.staff, row.supervisor) for row in after.staff] == [("ESP-01", ""), ("ESP-03", "")]
    assert [(row.position, row.status, row.staff) for row in after.positions][1] == (
        "P-002",
        "vacant",
        "",
    )
    # A group that nobody else may serve would be anybody's with a blank cell, so it goes, and with
    # it its members and pins.
    assert [(row.group, row.staff) for row in after.groups] == [("elm-read", ("ESP-01",))]
    assert (after.members, after.pins, after.duties[0].with_) == ((), (), ("ESP-01",))
    assert said(found)[:3] == [
        "Ada: supervisor Bea → blank",
        "Bea leaves; 1 position without a holder, 1 group without them, 1 duty without them, 2 "
        "people lose their supervisor "
        "and 2 rows about them are dropped",
        "Cy: supervisor Bea → blank",
    ]
    assert "group elm-math: 3 students out of it" in said(found)


def test_what_only_dropped_rows_refer_to_may_go(tmp_path: Path):
    text = changes(
        "set: {sheet: positions, values: {funding: 't1-elm:100'}}",
        "drop: {sheet: funds, where: {fund: general}}",
    )
    assert [fund.fund for fund in put(tmp_path, text).after.funds] == ["t1-elm"]


def test_who_pays_is_left_to_the_plan_where_a_fund_is_dropped(tmp_path: Path):
    text = changes("drop: {sheet: funds, where: {fund: t1-elm}, cascade: yes}")
    after = put(tmp_path, text, **SUPERVISED).after
    assert [[share.fund for share in row.funding] for row in after.positions] == [
        [],
        ["general"],
        [],
    ]


def test_a_school_takes_with_it_all_that_is_there_alone(tmp_path: Path):
    after = put(
        tmp_path,
        changes("drop: {sheet: schools, where: {school: elm}, cascade: true}"),
        **SUPERVISED,
    ).after
    assert [row.school for row in after.schools] == ["oak"]
    assert [(row.staff, row.schools) for row in after.staff] == [
        ("ESP-02", ("oak",)),
        ("ESP-03", ("oak",)),
    ]
    assert (after.blocks, after.groups, after.members) == ((), (), ())
    assert [row.position for row in after.positions] == ["P-003"]


def test_all_rows_of_a_sheet_may_go(tmp_path: Path):
    assert (
        put(tmp_path, changes("drop: {sheet: duties, where: {kind: meeting}}")).after.duties == ()
    )


# -- matching nothing


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            "scale: {sheet: funds, where: {program: titel-1}, column: amount, by: 2}",
            "'scale': matches no row of funds: none says 'titel-1' in program. Did you mean "
            "'title-1'?",
        ),
        (
            "drop: {sheet: funds, where: {fund: [general, t1-elm], amount: 7}}",
            "'drop': matches no row of funds: none says '7' in amount.",
        ),
        (
            "set: {sheet: blocks, where: {school: oak}, values: {end: '10:00'}}",
            "'set': matches no row of blocks: none says 'oak' in school.",
        ),
        (
            "set: {sheet: pins, where: {kind: session}, values: {day: Mon}}",
            "'pins': set matches no row: the sheet has none.",
        ),
        (
            "set: {sheet: blocks, where: {start: nine}, values: {end: '10:00'}}",
            "'nine': as start of blocks: is not a clock time. Write it like 08:30.",
        ),
    ],
)
def test_a_change_that_matches_no_row_names_the_nearest(tmp_path: Path, change: str, fault: str):
    assert refused(tmp_path, changes(change)) == [f"cut.yaml, line 3: {fault}"]


def test_columns_that_hold_together_nowhere_are_named_together(tmp_path: Path):
    text = changes("set: {sheet: groups, where: {group: elm-read, tier: 3}, values: {priority: 2}}")
    assert refused(tmp_path, text, **SUPERVISED) == [
        "cut.yaml, line 3: 'set': matches no row of groups: none has group elm-read and tier 3 at "
        "once."
    ]


def test_all_changes_that_cannot_be_made_are_said(tmp_path: Path):
    text = changes(
        "drop: {sheet: staff, where: {staff: X}}",
        "scale: {sheet: funds, column: amount, by: 2}",
        "drop: {sheet: duties, where: {duty: Y}}",
    )
    assert [fault.split(":")[0] for fault in refused(tmp_path, text)] == [
        "cut.yaml, line 3",
        "cut.yaml, line 5",
    ]


# -- money


def test_a_fund_that_is_cut_below_its_positions_is_a_warning(tmp_path: Path):
    pay = "schedule,step,amount,unit\npara,1,1500,year\n"
    positions = (
        "position,role,status,staff,step,funding\nP-001,para,filled,ESP-01,1,t1-elm:50;general:50\n"
    )
    found = put(
        tmp_path,
        changes("scale: {sheet: funds, column: amount, by: 0.7}"),
        pay=pay,
        positions=positions,
    )
    assert [(fault.kind, fault.sheet, fault.cell) for fault in found.overdrawn] == [
        ("warning", "funds", "C2"),
        ("warning", "funds", "C3"),
    ]
    assert found.overdrawn[0].what.startswith(
        "'700': does not pay the filled positions on it, which cost $750.00."
    )


def test_a_position_without_pay_stays_a_fault(tmp_path: Path):
    pay = "schedule,step,amount,unit\npara,1,1500,year\n"
    positions = (
        "position,role,status,staff,step,funding\nP-001,para,filled,ESP-01,1,t1-elm:50;general:50\n"
    )
    text = changes("set: {sheet: positions, values: {step: 9}}")
    assert refused(tmp_path, text, pay=pay, positions=positions) == [
        "cut.yaml, line 3: 'positions P-001, step 9': is no step of the schedule 'para'. It has 1."
    ]


def test_a_scenario_without_changes_changes_nothing(tmp_path: Path):
    found = put(tmp_path, "name: As it is\n")
    assert dataset_hash(found.after) == dataset_hash(small.dataset())
    assert found.differences == ()
