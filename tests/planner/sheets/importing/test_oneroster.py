"""A OneRoster 1.1 export, from a folder or a zip, into a whole dataset."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from planner.sheets.dataset import load
from planner.sheets.importing.oneroster import import_oneroster, propose_oneroster
from planner.sheets.importing.pseudonyms import STUDENTS, secret_in
from planner.sheets.importing.run import Imported
from planner.sheets.importing.target import target_at
from planner.words.errors import DatasetError
from tests.planner import small
from tests.planner.sheets.importing.imports import EXPORTS, rows

BUNDLE = EXPORTS / "oneroster"
MAPPING = EXPORTS / "oneroster.yaml"
ROLES = "role,title,obligation_minutes,contract_days\ninterventionist,Interventionist,450,180\nmtss-esp,Paraeducator,420,180\n"


def imported(
    bundle: Path, place: Path, mapping: Path | None = MAPPING, *, replace: bool = False
) -> Imported:
    secret = secret_in(place.with_name("secret"))
    return import_oneroster(bundle, mapping, target_at(place), secret, replace=replace)


def refused(bundle: Path, place: Path, mapping: Path | None = MAPPING) -> list[str]:
    with pytest.raises(DatasetError) as caught:
        imported(bundle, place, mapping)
    assert not place.exists()
    assert not place.with_name("secret").exists()
    return [str(fault) for fault in caught.value.faults]


@pytest.fixture
def bundle(tmp_path: Path) -> Callable[..., Path]:
    """The export with some words of some files replaced; None leaves a file out."""

    def make(**changes: tuple[str, str] | None) -> Path:
        shutil.copytree(BUNDLE, tmp_path / "export")
        for name, change in changes.items():
            path = tmp_path / "export" / f"{name}.csv"
            if change is None:
                path.unlink()
                continue
            text = path.read_text()
            assert change[0] in text
            path.write_text(text.replace(*change))
        return tmp_path / "export"

    return make


# ---- A new dataset


def test_a_whole_dataset_comes_out(tmp_path: Path):
    done = imported(BUNDLE, tmp_path / "new")
    assert [one.sheet for one in done.sheets] == [
        "district",
        "schools",
        "staff",
        "groups",
        "members",
        "teachers",
    ]
    place = tmp_path / "new"
    assert rows(place, "district") == [
        {
            "name": "Example Unified",
            "year_start": "2026-09-02",
            "year_end": "2027-06-18",
            "grades": "K;1;2;3;4",
        }
    ]
    assert (place / "schools.csv").read_text() == (
        "school,name,open,close,spaces\nLINC,Lincoln Elementary,08:00,15:00,2\nWASH,Washington "
        "Elementary,08:00,15:00,2\n"
    )
    assert (place / "staff.csv").read_text() == (
        "staff,role,fte,start,schools,home_school\nINT-7,interventionist,,,LINC;WASH,\nE-103,mtss-esp,0.875,08:00,WASH,WASH\n"
    )
    assert (place / "teachers.csv").read_text() == "teacher,school,grades\nE-101,LINC,2\n"
    assert (place / "groups.csv").read_text() == (
        "group,school,grades,subject,tier,minutes,sessions\n"
        "LINC-K-R3,LINC,K,reading,3,30,5\n"
        "LINC-12-R2,LINC,1;2,reading,2,30,4\n"
        "WASH-M2,WASH,3;4,math,2,30,4\n"
    )
    key = secret_in(tmp_path / "secret").key_for
    assert [(row["student"], row["group"]) for row in rows(place, "members")] == [
        (key("800114", STUDENTS), "LINC-K-R3"),
        (key("800127", STUDENTS), "LINC-12-R2"),
        (key("800133", STUDENTS), "LINC-12-R2"),
        (key("800140", STUDENTS), "WASH-M2"),
        (key("800152", STUDENTS), "WASH-M2"),
    ]
    assert done.notes[:7] == (
        "Left out: classes that are no groups (1).",
        "Left out: enrollments of nobody in users.csv (1).",
        "Left out: enrollments that ended before 2026-10-05 (1).",
        "Left out: organizations that are no school here (2).",
        "Left out: users with the role administrator (1).",
        "Left out: users with the role parent (1).",
        "Left out: users with the role student (5).",
    )
    assert [(fault.sheet, fault.rule) for fault in done.missing] == [
        ("roles", "is missing; row 2 of staff refers to it in the column role."),
        (
            "blocks",
            "is missing; a timetable needs it: a group is served in the parts of the school day "
            "that allow it.",
        ),
    ]
    (place / "roles.csv").write_text(ROLES)
    assert len(load(place).groups) == 3


def test_nothing_that_names_a_student_is_written(tmp_path: Path):
    imported(BUNDLE, tmp_path / "new")
    written = "".join(path.read_text() for path in (tmp_path / "new").iterdir())
    for line in (BUNDLE / "users.csv").read_text().splitlines():
        cells = line.replace('"org-10,org-11"', "x").split(",")
        if cells[5] == "student":
            for told in (cells[0], cells[8], cells[9], cells[11]):
                assert told not in written.replace("Example Unified", "")


def test_without_a_mapping_come_the_year_the_schools_and_the_teachers(tmp_path: Path):
    done = imported(BUNDLE, tmp_path / "new", None)
    assert [one.sheet for one in done.sheets] == ["district", "schools", "teachers"]
    assert [row["teacher"] for row in rows(tmp_path / "new", "teachers")] == ["u-1", "u-2"]
    assert (
        done.notes[-1]
        == "No class became a group, because no mapping chooses any (--save-mapping writes a "
        "first one)."
    )
    assert not (tmp_path / "secret").exists()


# ---- An existing dataset


def test_an_existing_dataset_keeps_its_name_and_its_own_columns(tmp_path: Path):
    there = small.folder(
        tmp_path / "data",
        schools="school,name,open,close,region\nelm,Elm,08:00,15:30,North\nLINC,Old,,,South\n",
    )
    done = {one.sheet: one for one in imported(BUNDLE, there).sheets}
    assert rows(there, "district") == [
        {"name": "Small", "year_start": "2026-09-02", "year_end": "2027-06-18"}
    ]
    assert (done["schools"].changed, done["schools"].added, done["schools"].gone) == (
        ["LINC"],
        ["WASH"],
        ["elm"],
    )
    assert rows(there, "schools")[1] == {
        "school": "LINC",
        "name": "Lincoln Elementary",
        "open": "08:00",
        "close": "15:00",
        "region": "South",
        "spaces": "2",
    }
    again = imported(BUNDLE, there)
    assert all(not one.added and not one.changed for one in again.sheets)


# ---- Manifest and files


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"manifest": ("oneroster.version,1.1", "oneroster.version,1.2")},
            "manifest.csv: sheet manifest, row 3, column oneroster.version: '1.2': is not 1.1, "
            "the version that is read. "
            "Export it as OneRoster 1.1 CSV.",
        ),
        (
            {"manifest": ("file.users,bulk", "file.users,delta")},
            "manifest.csv: sheet manifest, row 16, column file.users: 'delta': holds changes "
            "only. Export it in bulk: all rows.",
        ),
        ({"classes": None}, "promises classes.csv, which is not there"),
        (
            {"manifest": ("file.courses,bulk", "file.courses,absent")},
            "says that courses.csv is absent, yet it is there",
        ),
        ({"manifest": None}, "the export has no manifest.csv"),
        (
            {
                "orgs": ("identifier,parent", "name,parent"),
                "users": ("role,username", "rol,username"),
            },
            "column role: is a required",
        ),
        (
            {"academicSessions": ("sy-27,,,2026-2027,schoolYear", "sy-27,,,2026-2027,term")},
            "there is no row of the type schoolYear",
        ),
        (
            {"academicSessions": ("2026-2027,schoolYear,2026-09-02", "x,schoolYear,9/2/2026")},
            "column startDate: '9/2/2026': is not a",
        ),
        (
            {"orgs": ("district", "local")},
            "its name is not known. Give it in the mapping (district: name)",
        ),
        (
            {"users": ("INT-7", "INT=7")},
            "users.csv: sheet teachers, row 3, column identifier: 'INT=7': holds =, which "
            "separate lists",
        ),
    ],
)
def test_what_is_wrong_with_an_export_is_said(
    tmp_path: Path, bundle: Callable[..., Path], changes: dict, words: str
):
    assert any(words in fault for fault in refused(bundle(**changes), tmp_path / "new"))


def test_grades_that_nobody_translates_are_those_of_a_new_district(
    tmp_path: Path, bundle: Callable[..., Path]
):
    imported(bundle(classes=("KG", "Kinder"), users=('"02"', '"Two"')), tmp_path / "new")
    assert rows(tmp_path / "new", "district")[0]["grades"] == "1;2;3;4;Kinder;Two"


def test_one_of_several_school_years_is_chosen_in_the_mapping(
    tmp_path: Path, bundle: Callable[..., Path]
):
    twice = bundle(
        academicSessions=("t1-27,", "sy-26,,,Last,schoolYear,2025-09-03,2026-06-17,,2026\nt1-27,")
    )
    assert refused(twice, tmp_path / "new") == [
        "academicSessions.csv: sheet district: there are 2 different school years. Say which "
        "under school_year in a mapping "
        "(2026, 2027), or give its days (district: year_start, year_end)."
    ]
    mapping = tmp_path / "m.yaml"
    mapping.write_text(MAPPING.read_text() + "school_year: 2027\n")
    imported(twice, tmp_path / "new", mapping)
    assert rows(tmp_path / "new", "district")[0]["year_start"] == "2026-09-02"


@pytest.mark.parametrize(
    "changes", [{"academicSessions": ("2027,schoolYear", "2027,term")}, {"academicSessions": None}]
)
def test_the_days_of_the_year_may_stand_in_the_mapping(
    tmp_path: Path, bundle: Callable[..., Path], changes: dict
):
    export = (
        bundle(manifest=("Sessions,bulk", "Sessions,absent"), **changes)
        if None in changes.values()
        else bundle(**changes)
    )
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        MAPPING.read_text()
        + "district: {year_start: 2026-09-03, year_end: 2027-06-17, grid_minutes: '10'}\n"
    )
    imported(export, tmp_path / "new", mapping)
    assert rows(tmp_path / "new", "district") == [
        {
            "name": "Example Unified",
            "year_start": "2026-09-03",
            "year_end": "2027-06-17",
            "grades": "K;1;2;3;4",
            "grid_minutes": "10",
        }
    ]


def test_without_academic_sessions_the_year_is_left_to_the_planner(
    tmp_path: Path, bundle: Callable[..., Path]
):
    done = imported(
        bundle(manifest=("Sessions,bulk", "Sessions,absent"), academicSessions=None),
        tmp_path / "new",
    )
    assert "Left out: the school year, for there is no academicSessions.csv (1)." in done.notes
    assert {fault.sheet for fault in done.missing} == {"district", "roles", "blocks"}


def test_a_student_without_the_number_that_makes_keys_is_named_by_row(
    tmp_path: Path, bundle: Callable[..., Path]
):
    assert refused(bundle(users=(",,800140,", ",,,")), tmp_path / "new") == [
        "enrollments.csv: sheet members, row 6, column userSourcedId, for the user's identifier: "
        "is required and is blank. "
        "Write it like S-0417."
    ]


# ---- The mapping


def test_every_fault_of_a_mapping_is_said_at_once(tmp_path: Path):
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "sheet: oneroster\n"
        "ids: {people: identifer}\n"
        "people:\n- where: {rol: aide}\n  sheet: staff\n  values: {role: '?'}\n- sheet: stuff\n  "
        "values: {fte: 1}\n"
        "groups:\n- where: {course.titel: x}\n  values: {tier: '2', minute: '30'}\n"
        "schools: {where: x}\n"
        "as_of: soon\n"
        "district: {nam: x}\n"
    )
    assert [
        fault.removeprefix("m.yaml: dataset: ")
        for fault in refused(BUNDLE, tmp_path / "new", mapping)
    ] == [
        "'schools': must be a list. Begin each of its parts with `- where:`.",
        "'people[1].where.rol': is no heading of the export. Did you mean 'role'?",
        "'people[1].values.role': still needs a value. Write it like para.",
        "'people[2].sheet': 'stuff' is none of staff, teachers.",
        "'people[2].where': is missing, so every row would be taken. Say which rows: `where: "
        "{title: '*Tier 2*'}`.",
        "'people[2].values.role': is a required column of the sheet staff, and OneRoster has "
        "nothing like it (Their job class). "
        "Give a value, like para.",
        "'groups[1].where.course.titel': is no heading of the export. Did you mean 'course.title'?",
        "'groups[1].values.minute': is no column of the sheet groups. Did you mean 'minutes'?",
        "'groups[1].values.minutes': is a required column of the sheet groups, and OneRoster has "
        "nothing like it (Length of a "
        "session). Give a value, like 30.",
        "'groups[1].values.sessions': is a required column of the sheet groups, and OneRoster has "
        "nothing like it (Sessions owed). "
        "Give a value, like 4.",
        "'ids.people.identifer': is no heading of the export. Did you mean 'identifier'?",
        "'district.nam': is no column of the sheet district. Did you mean 'name'?",
        "'as_of': 'soon' is not a date. Write it like 2026-10-05.",
    ]


def test_a_first_mapping_can_be_used_once_its_gaps_are_filled(tmp_path: Path):
    text = propose_oneroster(BUNDLE, "planner import …")
    assert (
        "people:    # users.csv has 1 × administrator, 1 × aide, 1 × parent, 5 × student, 2 × "
        "teacher" in text
    )
    mapping = tmp_path / "m.yaml"
    mapping.write_text(text)
    assert refused(BUNDLE, tmp_path / "new", mapping) == [
        "m.yaml: dataset: 'people[1].values.role': still needs a value. Write it like para."
    ]
    mapping.write_text(text.replace("'?'", "para"))
    done = {one.sheet: one for one in imported(BUNDLE, tmp_path / "new", mapping).sheets}
    assert (done["groups"].added, done["staff"].added) == (["k-2", "k-3", "k-4"], ["u-3"])


def test_groups_need_a_key_file(tmp_path: Path):
    with pytest.raises(DatasetError, match="is kept as keys only"):
        import_oneroster(BUNDLE, MAPPING, target_at(tmp_path / "new"), None, replace=False)


# ---- Archives


def archive(path: Path, extra: dict[str, bytes] | None = None, folder: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for file in sorted(BUNDLE.iterdir()):
            made.write(file, f"{folder}{file.name}")
        for name, content in (extra or {}).items():
            made.writestr(name, content)
    return path


@pytest.mark.parametrize("folder", ["", "export/"])
def test_an_archive_says_the_same_as_its_folder(tmp_path: Path, folder: str):
    extra = {
        "__MACOSX/._users.csv": b"x",
        "demographics.csv": b"sourcedId,birthDate\nu-11,2020-01-01\n",
    }
    imported(BUNDLE, tmp_path / "one")
    imported(archive(tmp_path / "export.zip", extra, folder), tmp_path / "two")
    for path in (tmp_path / "one").iterdir():
        assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("extra", "words"),
    [
        ({"../users.csv": b"x"}, "leads out of it (../users.csv)"),
        ({"/etc/users.csv": b"x"}, "leads out of it"),
        ({"a/../../users.csv": b"x"}, "leads out of it"),
        ({"C:\\users.csv": b"x"}, "leads out of it"),
        ({"old/users.csv": b"x"}, "holds users.csv twice"),
        ({"big.csv": b"0" * 101_000_000}, "is too large when unpacked (101 MB)"),
        ({f"{number}.txt": b"" for number in range(1000)}, "holds 1007 files"),
    ],
)
def test_an_archive_that_would_do_harm_is_refused(
    tmp_path: Path, extra: dict[str, bytes], words: str
):
    assert words in refused(archive(tmp_path / "export.zip", extra), tmp_path / "new")[0]


def test_a_damaged_archive_or_another_file_is_refused(tmp_path: Path):
    whole = archive(tmp_path / "whole.zip").read_bytes()
    start = whole.index(b"orgs.csv") + 10
    (tmp_path / "half.zip").write_bytes(whole[:start] + b"damaged!" + whole[start + 8 :])
    assert "is damaged" in refused(tmp_path / "half.zip", tmp_path / "new")[0]
    (tmp_path / "a.csv").write_text("x")
    assert (
        "is neither a folder nor a zip archive" in refused(tmp_path / "a.csv", tmp_path / "new")[0]
    )
    assert "is not there" in refused(tmp_path / "no.zip", tmp_path / "new")[0]
