"""`planner view`: files that can be handed to a principal."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from planner.sheets.dataset import save
from tests.planner.access import made
from tests.slow import quick_and_slow
from tests.ui.command import planner


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The marked new-bridge dataset with its plan, as `solve` leaves it."""
    place = tmp_path_factory.mktemp("district")
    save(made.marked("new-bridge"), place / "trust")
    (place / "whole").mkdir()
    (place / "whole" / "plan.json").write_text(
        json.dumps(made.document("new-bridge").as_data()), encoding="utf-8"
    )
    (place / "whole" / "run.json").write_text("{}", encoding="utf-8")
    return place


def view(folder: Path, *words: object, plan: str = "whole"):
    return planner("view", folder / plan, "--data", folder / "trust", *words)


def test_a_principal_gets_their_school(folder: Path):
    done = view(folder, "--as", "principal:mos", "-o", folder / "mos")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("As principal of Mossbank Academy: ")
    assert str(folder / "mos" / "plan.xlsx") in done.stdout
    plan = json.loads((folder / "mos" / "plan.json").read_text(encoding="utf-8"))
    assert {row["school"] for row in plan["placements"]} == {"mos"}
    assert "salary" not in plan["positions"][0]
    book = load_workbook(folder / "mos" / "plan.xlsx", read_only=True)
    assert {"sessions", "hr", "money by fund", "school budget"} <= set(book.sheetnames)
    assert not {"cost lines", "time and effort"} & set(book.sheetnames)
    cells = {
        str(cell) for row in book["timetable people"].iter_rows(values_only=True) for cell in row
    }
    assert "elsewhere" in cells
    slots = {str(cell) for row in book["open slots"].iter_rows(values_only=True) for cell in row}
    assert "No grade is short for certain." in slots  # others could come who are not in the file


@pytest.mark.parametrize("role", quick_and_slow(["principal:mos"], ["director"]))
def test_the_plan_can_be_checked_against_the_dataset_beside_it(folder: Path, role: str):
    mine = folder / f"mine-{role[:4]}"
    view(folder, "--as", role, "-o", mine)
    assert planner("validate", mine / "dataset.xlsx").exit_code == 0
    done = planner("check", mine / "plan.json", "--data", mine / "dataset.xlsx", "--json")
    assert done.exit_code == 1  # nobody would follow this plan
    said = json.loads(done.stdout)
    assert said["warnings"] == []
    assert said["goals"]["tier_3_minutes"] > 0


@pytest.mark.slow
def test_machines_are_told_how_much_is_left(folder: Path):
    done = view(
        folder, "--as", "viewer", "--as", "principal:mos,cal", "-o", folder / "both", "--json"
    )
    said = json.loads(done.stdout)
    assert (said["roles"], said["schools"], said["warnings"]) == (
        ["principal", "viewer"],
        ["cal", "mos"],
        [],
    )
    assert said["groups"] == len(made.marked("new-bridge").groups)
    assert [Path(file).name for file in said["files"]] == ["plan.xlsx", "plan.json", "dataset.xlsx"]


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("principle:mos", "There is no role 'principle'. Did you mean 'principal'?"),
        ("principal:moss", "There is no school 'moss'. Did you mean 'mos'?"),
        ("principal", "Of which school? Write --as principal:cal."),
        ("hr:mos", "Only a principal has schools: write --as hr."),
    ],
)
def test_a_role_or_school_that_there_is_not_is_told(folder: Path, role: str, said: str):
    done = view(folder, "--as", role, "-o", folder / "nothing")
    assert done.exit_code == 2
    assert said in done.stderr
    assert not (folder / "nothing").exists()


def test_the_whole_plan_is_never_replaced(folder: Path):
    done = view(folder, "--as", "hr", "-o", folder / "whole")
    assert done.exit_code == 2
    assert (
        "holds a whole plan, which would be replaced. Choose another folder with -o." in done.stderr
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is no JSON file, or is damaged."),
        ("[]", "is no plan: it holds no sessions."),
        ('{"scenario": 1}', "is no plan: it holds no sessions."),
        ('{"sessions": [], "placements": []}', "field required. The file is damaged."),
    ],
)
def test_a_file_that_is_no_plan_is_told(folder: Path, text: str, said: str):
    (folder / "broken.json").write_text(text, encoding="utf-8")
    done = view(folder, "--as", "hr", "-o", folder / "nothing", plan="broken.json")
    assert done.exit_code == 2
    assert said in done.stderr


@pytest.mark.parametrize(
    ("role", "odd", "said"),
    [
        ("hr", {"solver": 5}, "Sheet solver (odd.json)"),
        ("director", {"changes": [5]}, "row 1: '5': input should be a valid dictionary."),
        ("hr", {"changes": 5}, "'5': input should be a valid list. The file is damaged."),
    ],
)
def test_a_plan_that_was_changed_so_that_it_cannot_be_read_is_told(
    folder: Path, role: str, odd: dict[str, object], said: str
):
    (folder / "odd.json").write_text(
        json.dumps(made.document("new-bridge").as_data() | odd), encoding="utf-8"
    )
    done = view(folder, "--as", role, "-o", folder / "nothing", plan="odd.json")
    assert done.exit_code == 2
    assert said in done.stderr


def test_a_workbook_is_no_plan_to_look_at(folder: Path):
    (folder / "plan.xlsx").write_bytes(b"")
    done = view(folder, "--as", "hr", "-o", folder / "nothing", plan="plan.xlsx")
    assert "Give the plan.json beside it" in done.stderr
