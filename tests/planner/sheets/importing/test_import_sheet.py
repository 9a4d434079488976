"""Exports of a personnel and a student-information system, read into the sheets of a dataset."""

from pathlib import Path

import pytest

from planner.sheets.dataset import load
from planner.sheets.importing.export_file import read_export
from planner.sheets.importing.mapping import SheetMapping, read_mapping
from planner.sheets.importing.pseudonyms import secret_in
from planner.sheets.importing.run import Imported, import_sheet
from planner.sheets.importing.target import target_at
from planner.words.errors import DatasetError, Fault
from tests.planner import small
from tests.planner.sheets.importing.imports import EXPORTS, faults, imported, mapping_of, rows

STAFF = "Emp,Title,Start Work,Bldg\nE-1,PARA 1,08/14/2019,ELM\nESP-01,PARA 1,9/2/2025,OAK\n"
MAPPING = """
columns: {staff: Emp, role: Title, hire_date: Start Work, schools: Bldg}
codes:
  role: {PARA 1: para}
  schools: {ELM: elm, OAK: oak}
dates: MM/DD/YYYY
"""


@pytest.fixture
def mapping(tmp_path: Path) -> SheetMapping:
    return mapping_of(MAPPING, tmp_path / "mappings", "staff")


def from_file(name: str, sheet: str, place: Path, key: Path | None = None) -> Imported:
    mapping = read_mapping(EXPORTS / f"{name}.yaml", sheet)
    export = read_export(EXPORTS / f"{name}.csv", None, mapping.heading_row)
    return import_sheet(
        export, mapping, target_at(place), secret_in(key) if key else None, replace=False
    )


# ---- Two exports as they come


def test_employees_of_a_personnel_system(tmp_path: Path):
    done = from_file("hr-employees", "staff", tmp_path / "new")
    assert rows(tmp_path / "new", "staff") == [
        {
            "staff": "00010023",
            "role": "elementary-interventionist",
            "days": "all",
            "schools": "lincoln",
            "home_school": "lincoln",
            "credentials": "SL;ELL",
            "hire_date": "2019-08-14",
        },
        {
            "staff": "00010031",
            "role": "mtss-esp",
            "week_minutes": "2100",
            "days": "all",
            "schools": "washington",
            "home_school": "washington",
            "hire_date": "2025-01-06",
        },
        {
            "staff": "00010052",
            "role": "mtss-esp",
            "fte": "0.875",
            "days": "all",
            "schools": "lincoln",
            "home_school": "lincoln",
            "hire_date": "2025-09-02",
            "end_date": "2027-06-18",
        },
    ]
    assert done.sheets[0].skipped == 3
    assert done.notes == (
        "Read as Latin-1, separated by commas.",
        "Headings of the export that are not used: Last Name, First Name.",
    )
    assert {fault.sheet for fault in done.missing} == {
        "district",
        "roles",
        "schools",
        "blocks",
        "groups",
    }
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["staff.csv"]


def test_students_of_an_information_system_become_keys(tmp_path: Path):
    done = from_file("sis-interventions", "members", tmp_path / "new", tmp_path / "secret")
    written = rows(tmp_path / "new", "members")
    assert [row["group"] for row in written] == [
        "LINC-2-READ-A",
        "LINC-2-READ-A",
        "LINC-2-READ-A",
        "LINC-2-MATH-B",
        "LINC-3-READ-A",
    ]
    assert len({row["student"] for row in written}) == 4
    assert written[2]["student"] == written[3]["student"]
    assert (done.sheets[0].skipped, done.sheets[0].repeated) == (1, 1)
    text = (tmp_path / "new" / "members.csv").read_text()
    for told in ("8001", "Almeida", "Zoë", "Dube"):
        assert told not in text
    again = from_file("sis-interventions", "members", tmp_path / "new", tmp_path / "secret")
    assert (again.sheets[0].added, again.sheets[0].changed, again.sheets[0].unchanged) == (
        [],
        [],
        5,
    )


# ---- Merging


def test_rows_are_changed_added_and_kept(tmp_path: Path, mapping: SheetMapping):
    there = small.folder(
        tmp_path / "data",
        staff="staff,role,schools,supervisor,_note\nESP-01,para,elm,ESP-02,mine\nESP-02,para,elm,,\n",
    )
    others = {path.name: path.read_bytes() for path in there.iterdir() if path.name != "staff.csv"}
    done = imported(STAFF, mapping, there).sheets[0]
    assert (done.added, done.changed, done.unchanged, done.gone, done.dropped) == (
        ["E-1"],
        ["ESP-01"],
        0,
        ["ESP-02"],
        False,
    )
    assert (there / "staff.csv").read_text() == (
        "staff,role,schools,supervisor,_note,hire_date\n"
        "ESP-01,para,oak,ESP-02,mine,2025-09-02\n"
        "ESP-02,para,elm,,,\n"
        "E-1,para,elm,,,2019-08-14\n"
    )
    assert {
        path.name: path.read_bytes() for path in there.iterdir() if path.name != "staff.csv"
    } == others
    assert len(load(there).staff) == 3
    again = imported(STAFF, mapping, there)
    assert (again.sheets[0].added, again.sheets[0].changed, again.sheets[0].unchanged) == (
        [],
        [],
        2,
    )
    assert again.missing == ()


def test_a_cell_that_the_export_left_blank_is_cleared(tmp_path: Path, mapping: SheetMapping):
    there = small.folder(tmp_path / "data")
    imported(STAFF, mapping, there)
    imported("Emp,Title,Start Work,Bldg\nE-1,PARA 1,,ELM\n", mapping, there)
    assert [row.get("hire_date") for row in rows(there, "staff")] == ["2025-09-02", None]


def test_replace_drops_what_the_export_no_longer_has(tmp_path: Path, mapping: SheetMapping):
    there = small.folder(
        tmp_path / "data", staff="staff,role,name\nESP-02,para,Two\nESP-01,para,One\n"
    )
    done = imported(STAFF, mapping, there, replace=True).sheets[0]
    assert (done.gone, done.dropped) == (["ESP-02"], True)
    assert [(row["staff"], row.get("name")) for row in rows(there, "staff")] == [
        ("ESP-01", "One"),
        ("E-1", None),
    ]


def test_an_export_without_rows_does_not_empty_a_sheet(tmp_path: Path, mapping: SheetMapping):
    there = small.folder(tmp_path / "data")
    with pytest.raises(DatasetError) as caught:
        imported("Emp,Title,Start Work,Bldg\n", mapping, there, replace=True)
    assert str(caught.value) == (
        "hr.csv: sheet staff: no row of the export is left, so --replace would drop every row "
        "that is there. "
        "Look at skip and only in the mapping, or import without --replace."
    )
    assert imported("Emp,Title,Start Work,Bldg\n", mapping, there).sheets[0].gone == ["ESP-01"]


def test_faults_of_the_sheet_and_of_the_export_are_said_together(
    tmp_path: Path, mapping: SheetMapping
):
    there = small.folder(tmp_path / "data", staff="staff,role\nESP-01,para,stray\n")
    found = faults(STAFF.replace("8/14", "8/41"), mapping, there)
    assert [(fault.file, fault.row) for fault in found] == [("staff.csv", 2), ("hr.csv", 2)]


def test_rows_without_a_key_are_the_same_when_they_say_the_same(tmp_path: Path):
    there = small.folder(
        tmp_path / "data",
        calendar="date,kind,note\n2026-11-26,holiday,Thanks\n2026-12-24,holiday,mine\n",
    )
    mapping = SheetMapping(
        "calendar",
        {"date": "Day", "kind": "Type"},
        codes={"kind": {"HOL": "holiday"}},
        dates="MM/DD/YYYY",
    )
    done = imported("Day,Type\n11/26/2026,HOL\n01/01/2027,HOL\n", mapping, there).sheets[0]
    assert (done.added, done.unchanged, done.gone) == (
        ["2027-01-01 holiday"],
        1,
        ["2026-12-24 holiday"],
    )
    assert rows(there, "calendar")[0] == {"date": "2026-11-26", "kind": "holiday", "note": "Thanks"}


def test_the_one_district_is_changed_whatever_it_is_called(tmp_path: Path):
    there = small.folder(tmp_path / "data")
    mapping = SheetMapping("district", {"name": "LEA", "year_start": "From", "year_end": "To"})
    imported("LEA,From,To\nSmall Unified,2026-09-08,2027-06-11\n", mapping, there)
    assert rows(there, "district") == [
        {"name": "Small Unified", "year_start": "2026-09-08", "year_end": "2027-06-11"}
    ]


def test_a_sheet_that_would_lose_something_is_left_alone(tmp_path: Path, mapping: SheetMapping):
    there = small.folder(tmp_path / "data", staff="staff,role\nESP-01,para,stray\n")
    (found,) = faults(STAFF, mapping, there)
    assert (
        str(found)
        == "staff.csv: sheet staff, row 2: a cell stands under no heading, and would be lost. "
        "Give its column a name."
    )


def test_text_that_begins_like_a_formula_stays_text(tmp_path: Path):
    there = small.folder(tmp_path / "data")
    mapping = SheetMapping("schools", {"school": "Id", "name": "Title"})
    imported("Id,Title\nelm,=1+1\noak,@home\n-3,+x\n", mapping, there)
    assert (there / "schools.csv").read_text() == (
        "school,name,open,close\nelm,'=1+1,08:00,15:30\noak,'@home,08:00,15:30\n'-3,'+x,,\n"
    )
    assert [school.name for school in load(there).schools] == ["=1+1", "@home", "+x"]


# ---- Faults


def said(found: list[Fault]) -> list[str]:
    return [str(fault) for fault in found]


def test_every_fault_is_said_at_once_with_its_place_in_the_export(tmp_path: Path):
    text = "columns: {staff: Emp, fte: Pct, hire_date: Start Wrk, schools: Bldg}\n"
    text += (
        "codes: {schools: {ELM: elm, ASH: '?'}}\ndates: MM/DD/YYYY\nskip: {State: "
        "Off}\nconstants: {days: Mno}\n"
    )
    mapping = mapping_of(text, tmp_path / "mappings", "staff")
    export = "Emp,Title,Pct,Start Work,Bldg\nE-1,PARA,x,8/14/2019,EML\nE-1,PARA,2,13/1/2025,ASH\n"
    found = said(faults(export, mapping, tmp_path / "new"))
    place = "hr.csv: sheet staff, row "
    assert found == [
        f"{place}1, column Start Wrk: is named in mapping.yaml (columns.hire_date) and is no "
        "heading of the export. "
        "Did you mean 'Start Work'?",
        f"{place}1, column State: is named in mapping.yaml (skip) and is no heading of the "
        "export. Did you mean 'Title'?",
        f"{place}1, column role: is a required column of the sheet staff, and no heading is "
        "mapped to it (Their job class). "
        "Map one under columns (`role: Title`), or give a constant (`role: para`).",
        f"{place}2, column Bldg: 'EML': is a code without a translation. Did you mean 'ELM'? Add "
        "it under codes.schools of "
        "mapping.yaml.",
        f"{place}2, column Pct: 'x': is not an FTE. Write it like 0.875.",
        f"{place}2, column days: 'Mno': 'Mno' is no day of the cycle. Did you mean 'Mon'? It is a "
        "constant of mapping.yaml.",
        f"{place}3, column Bldg: 'ASH': is a code without a translation. Add it under "
        "codes.schools of mapping.yaml.",
        f"{place}3, column Pct: '2': must be at most 1.",
        f"{place}3, column days: 'Mno': 'Mno' is no day of the cycle. Did you mean 'Mon'? It is a "
        "constant of mapping.yaml.",
    ]
    assert not (tmp_path / "new").exists()


def test_a_date_without_a_stated_form_is_not_guessed(tmp_path: Path):
    mapping = SheetMapping("staff", {"staff": "Emp", "role": "Title", "hire_date": "Start Work"})
    assert said(faults(STAFF, mapping, tmp_path / "new"))[0] == (
        "hr.csv: sheet staff, row 2, column Start Work: '08/14/2019': is not a date like "
        "2026-09-01. State their form in the "
        "mapping, like `dates: MM/DD/YYYY`."
    )


def test_a_code_that_stands_for_a_wrong_word_shows_both(tmp_path: Path):
    mapping = SheetMapping("groups", {"group": "G", "grades": "Gr"}, codes={"grades": {"02": "22"}})
    constants = {"school": "elm", "tier": "2", "minutes": "30", "sessions": "4"}
    mapping = SheetMapping("groups", mapping.columns, mapping.codes, constants)
    assert said(faults("G,Gr\ng-1,02\n", mapping, tmp_path / "new")) == [
        "hr.csv: sheet groups, row 2, column Gr: '02': stands for '22': '22' is no grade. Did you "
        "mean '2'?"
    ]


def test_a_key_that_is_there_twice_is_named_by_both_rows(tmp_path: Path, mapping: SheetMapping):
    export = "Emp,Title,Start Work,Bldg\nE-1,PARA 1,,ELM\nE-1,PARA 1,,OAK\nE-1,PARA 1,,ELM\n"
    (found,) = faults(export, mapping, tmp_path / "new")
    assert (found.row, found.column, found.value) == (3, "Emp", "E-1")
    assert found.rule == "is there already in row 2 (the same staff)."


def test_a_heading_that_is_there_twice_means_nothing(tmp_path: Path):
    mapping = SheetMapping("staff", {"staff": "Emp", "role": "Title"}, file="m.yaml")
    (found,) = faults("Emp,Title,TITLE\nE-1,para,coach\n", mapping, tmp_path / "new")
    assert found.rule == "is there twice, so columns.role of m.yaml can mean either."


def test_no_message_shows_a_student(tmp_path: Path):
    mapping = SheetMapping("members", {"student": "Name", "group": "Group"}, file="m.yaml")
    found = faults(
        "Name,Group\nZoe Almeida,a;b\n,g-1\n", mapping, tmp_path / "new", tmp_path / "secret"
    )
    assert [(fault.row, fault.column, fault.value) for fault in found] == [
        (2, "Group", "a;b"),
        (3, "Name", ""),
    ]
    assert "Almeida" not in "".join(said(found))


# ---- Constants, lists, further pseudonyms


def test_constants_fill_what_is_lacking_or_blank(tmp_path: Path):
    mapping = SheetMapping(
        "staff", {"staff": "Emp", "role": "Title"}, constants={"role": "para", "fte": "0.5"}
    )
    imported("Emp,Title\nE-1,\nE-2,coach\n", mapping, tmp_path / "new")
    assert rows(tmp_path / "new", "staff") == [
        {"staff": "E-1", "role": "para", "fte": "0.5"},
        {"staff": "E-2", "role": "coach", "fte": "0.5"},
    ]


def test_parts_of_a_list_are_translated_one_by_one(tmp_path: Path):
    mapping = mapping_of(
        "columns: {teacher: T, school: S, grades: G}\nlist_separator: ','\ncodes: {grades: {KG: "
        "K, '01': '1', '*': ''}}",
        tmp_path,
        "teachers",
    )
    imported('T,S,G\nt-1,elm,"KG, 01,12"\n', mapping, tmp_path / "new")
    assert rows(tmp_path / "new", "teachers") == [
        {"teacher": "t-1", "school": "elm", "grades": "K;1"}
    ]


def test_other_people_may_be_keys_too_and_have_the_same_in_every_sheet(tmp_path: Path):
    staff = SheetMapping("staff", {"staff": "Emp", "role": "Title"}, pseudonyms=("staff",))
    positions = SheetMapping(
        "positions", {"position": "Pos", "staff": "Emp", "role": "Title"}, pseudonyms=("staff",)
    )
    positions = SheetMapping(
        "positions", positions.columns, {}, {"status": "filled"}, pseudonyms=("staff",)
    )
    imported("Emp,Title\n1001,para\n", staff, tmp_path / "new", tmp_path / "secret")
    imported("Pos,Emp,Title\nP-1,1001,para\n", positions, tmp_path / "new", tmp_path / "secret")
    (person,), (position,) = rows(tmp_path / "new", "staff"), rows(tmp_path / "new", "positions")
    assert person["staff"] == position["staff"]
    assert person["staff"].startswith("staff-")
    assert "1001" not in person["staff"]
