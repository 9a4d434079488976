"""`planner compare`: what it says for people and machines, that both and the workbook hold the same
numbers, and how it fails.
"""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from planner.comparison import compare
from planner.comparison.comparison_text import ComparisonText
from planner.document.plan_file import plan_document, write_json
from planner.sheets.dataset import dataset_hash
from tests.planner import planned, small
from tests.planner.comparison.plans import CUT, HIRE, Json, changed, now, then
from tests.ui.command import planner


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two plans on disk."""
    return written(tmp_path / "autumn", now()), written(
        tmp_path / "spring", then(changes=[CUT, HIRE])
    )


def written(folder: Path, document: Json) -> Path:
    folder.mkdir()
    write_json(folder / "plan.json", document)
    return folder


def test_a_terminal_shows_a_column_a_plan_with_the_difference_beside_it(folders: tuple[Path, Path]):
    told = planner("compare", *folders)
    assert told.exit_code == 0, told.output
    text = told.stdout
    assert text.startswith(
        "Figures a week, money a year; the differences are from now.\n"
        "  now   the best found in its time\n"
        "  then  the best found in its time; 2 changes of its scenario\n\n"
        "now and then may be better than shown: their time was over first.\n\n"
        f"Search{' ' * 67}now{' ' * 55}then\n"
        f"  How far it came  {FAR}  {FAR}\n\n"
        "Who is served                               now           then\n"
        "  Tier 3 minutes                  60 min, 100 %  60 min, 100 %               =\n"
        "  Tier 2 minutes                   90 min, 50 %   60 min, 33 %       ↓ −30 min\n"
    )
    for line in (
        "  Worst-served school                 0.0 % Oak      0.0 % Oak               =",
        "  Elm: minutes                       2 h 30, 83 %  120 min, 67 %  ↓ −30 min [1]",
        "  Cost a year             $60,000.00  $70,000.00  ↑ +$10,000.00",
        "  t1-elm (title-1, Elm): left        $10,000.00   $5,000.00   ↓ −$5,000.00 [1]",
        "  Para 1: where                           Elm Tue  Oak Tue  1 day at other schools [1]",
        "  P-2, Paraeducator: paid by t1-elm          0 %        50 %            ↑ +50 points [1]",
        "  P-3, Paraeducator: FTE                       –         0.5     appears: ↑ +0.5 FTE [2]",
        "  Gr K–1 · math · elm-1-math, Elm: sessions  3, 75 %  2, 50 %  ↓ −1 session [1]",
        "  appears in then: meet is not what it was.",
        "  ↑ +15 minutes short in then [1]: Para 1 has 35 of 60 minutes on Mon.",
    ):
        assert line in text.splitlines(), line
    assert text.endswith(
        "Because of the scenario's change, where one alone explains it\n"
        "  [1] Title I at Elm: $50,000.00 → $40,000.00\n"
        "  [2] P-3 is filled\n"
    )
    headed = [
        line.split("  ")[0] for line in text.splitlines() if line and not line.startswith(" ")
    ]
    assert headed[2:-1] == ["Search", *HEADS]


FAR = "stopped by its time: at most 33.3 % more (Tier 2 minutes)"
HEADS = (
    "Who is served",
    "Schools, those first that lose most",
    "What it costs",
    "By fund, job class and school",
    "Who is affected",
    "People",
    "Positions",
    "Groups, those first that lose most",
    "What is wrong",
    "Findings",
)


def test_terminal_json_and_workbook_hold_the_same_numbers(
    folders: tuple[Path, Path], tmp_path: Path
):
    book = tmp_path / "out" / "compared.xlsx"
    told = planner("compare", *folders, "-o", book)
    assert told.stdout.endswith(f"\n{book}  the same, with every list in full\n")
    found = json.loads(planner("compare", *folders, "--json").stdout)
    comparison = compare([now(), then(changes=[CUT, HIRE])])
    speech = ComparisonText(comparison)
    rows = {(row.table, row.id, row.measure): row for row in comparison.rows}
    sheets = openpyxl.load_workbook(book)
    for table in ("cost", "schools", "groups", "people", "positions", "findings"):
        in_book = [row for row in sheets[table].iter_rows(min_row=2, values_only=True)]
        assert len(found["tables"][table]) == len(in_book)
        for data, cells in zip(found["tables"][table], in_book, strict=True):
            row = rows[table, data["id"], data["measure"]]
            assert (data["label"], data["what"]) == (row.label, row.what)
            numbers = [None if value is None else float(value) for value in data["values"]]
            assert numbers == [None if value is None else float(value) for value in row.values]
            assert row.relative or [cell for cell in cells if isinstance(cell, int | float)][
                :1
            ] in ([numbers[0]], [numbers[1]])
            if table in ("positions", "findings"):
                assert speech.difference(row, 1) in told.stdout or row.values[0] is None


def test_a_scenario_of_one_change_says_it_and_every_difference_is_because_of_it(tmp_path: Path):
    folders = written(tmp_path / "a", now()), written(tmp_path / "b", then(changes=[CUT]))
    told = planner("compare", *folders).stdout
    assert (
        "  then  the best found in its time; one change: Title I at Elm: $50,000.00 → $40,000.00\n"
        in told
    )
    lines = [line for line in told.splitlines() if "↑" in line or "↓" in line]
    assert lines
    assert all("[1]" in line for line in lines)


def test_json_keeps_money_exact_and_says_what_explains(folders: tuple[Path, Path]):
    found = json.loads(planner("compare", *folders, "--json").stdout)
    assert [plan["changes"] for plan in found["plans"]] == [[], [CUT["words"], HIRE["words"]]]
    assert (found["base"], found["currency"]) == (1, "USD")
    summary = {row["measure"]: row for row in found["tables"]["summary"] if row["kind"] is None}
    assert summary["cost"]["values"] == ["60000.00", "70000.00"]
    assert summary["cost"]["differences"] == ["0.00", "10000.00"]
    assert summary["tier_2_minutes"]["owed"] == [180, 180]
    assert summary["worst_school"]["notes"] == ["Oak", "Oak"]
    positions = {(row["id"], row["measure"]): row for row in found["tables"]["positions"]}
    assert positions["P-3", "fte"]["values"] == [None, "0.5"]
    assert positions["P-3", "fte"]["because"] == [None, "P-3 is filled"]


def test_another_plan_may_be_the_base_and_everything_may_be_listed(folders: tuple[Path, Path]):
    told = planner("compare", *folders, "--base", "2", "--all")
    assert "the differences are from then." in told.stdout
    assert "  Cost a year             $60,000.00  ↓ −$10,000.00  $70,000.00" in told.stdout
    assert "goes: ↓ −0.5 FTE" in told.stdout
    assert "  Gr K · reading · oak-K-read, Oak: sessions" in told.stdout
    assert "without: P-3 is filled" in told.stdout


def test_pay_is_left_out_on_request(folders: tuple[Path, Path]):
    for more in ([], ["--json"]):
        with_pay = planner("compare", *folders, *more).stdout
        without = planner("compare", *folders, "--without-pay", *more).stdout
        assert len(without) < len(with_pay)
    assert "P-2, Paraeducator: a year" in planner("compare", *folders).stdout
    assert "P-2, Paraeducator: a year" not in planner("compare", *folders, "--without-pay").stdout
    positions = json.loads(without)["tables"]["positions"]
    assert "cost" not in {row["measure"] for row in positions}


def test_long_lists_are_cut_and_say_where_the_rest_is(tmp_path: Path):
    def many(found: Json) -> None:
        first = found["findings"][0]
        found["findings"] = [
            first | {"subject": f"P{number}", "message": f"Note {number}."} for number in range(14)
        ]

    folders = written(tmp_path / "a", now()), written(tmp_path / "b", changed(now(), many))
    told = planner("compare", *folders).stdout
    assert "  … and 3 more of findings: see --all, or -o FILE.xlsx" in told
    assert "more of findings" not in planner("compare", *folders, "--all").stdout


def test_plans_of_one_scenario_are_called_by_their_folders(tmp_path: Path):
    folders = written(tmp_path / "a", now()), written(tmp_path / "b", now())
    told = planner("compare", *folders).stdout
    assert (
        "the differences are from a.\n  a  the best found in its time\n  b  the best found" in told
    )
    twice = planner("compare", folders[0], folders[0] / "plan.json").stdout.splitlines()
    assert [line.split()[0] for line in twice[1:3]] == [
        str(folders[0]),
        str(folders[0] / "plan.json"),
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["autumn"], "Give 2 to 4 plans to compare, not 1."),
        (["autumn"] * 5, "Give 2 to 4 plans to compare, not 5."),
        (
            ["autumn", "spring", "--base", "3"],
            "--base says with which of the 2 plans the others are compared: 1 to 2, not 3.",
        ),
        (["autumn", "spring", "-o", "x.csv"], "-o x.csv: give a name that ends in .xlsx."),
        (["autumn", "nowhere"], "nowhere: is not there. Give a plan's folder, or its plan.json."),
        (
            ["autumn", "empty"],
            "empty: holds no plan.json. Give the folder that planner solve wrote.",
        ),
        (
            ["autumn", "plan.xlsx"],
            "plan.xlsx: is no plan.json. Give the plan's folder, or the plan.json that stands "
            "beside it.",
        ),
        (["autumn", "torn.json"], "torn.json: is no JSON file, or is damaged."),
        (["autumn", "list.json"], "list.json: is no plan: it holds no sessions."),
        (["autumn", "autumn/run.json"], "autumn/run.json: is no plan: it holds no sessions."),
        (
            ["autumn", "old.json"],
            "old: lacks figures that a comparison needs: an older version wrote it. "
            "Write it again with planner solve, or give the dataset that it was made from with "
            "--data.",
        ),
    ],
)
def test_anything_else_is_a_fault(
    words: list[str], told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    (written(Path("autumn"), now()) / "run.json").write_text("{}")
    written(Path("spring"), then())
    Path("empty").mkdir()
    for name, text in {"plan.xlsx": "", "torn.json": "{", "list.json": "[]"}.items():
        Path(name).write_text(text)
    write_json(
        Path("old.json"),
        changed(now(), lambda found: found["measures"].pop("groups")) | {"scenario": "old"},
    )
    done = planner("compare", *words)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == f"{told}\n"
    assert json.loads(planner("compare", *words, "--json").stdout)[0]["kind"] == "fault"


def test_the_faults_of_all_files_are_said_at_once(tmp_path: Path):
    done = planner("compare", tmp_path / "a", tmp_path / "b")
    assert done.stderr.count("is not there") == 2
    assert done.stderr.endswith("2 faults in all.\n")


def test_an_old_plan_is_measured_again_on_its_dataset(tmp_path: Path):
    data = small.folder(tmp_path / "data", **sheets())
    problem = planned.problem()
    new = plan_document(
        problem, planned.RESULT, scenario="new", dataset_hash=dataset_hash(problem.data)
    )
    old: dict[str, Any] = {
        key: value for key, value in new.items() if key not in ("names", "district")
    } | {"scenario": "old"}
    old["measures"] = {
        key: value
        for key, value in new["measures"].items()
        if key not in ("groups", "cost", "students_by")
    }
    folders = written(tmp_path / "new", new), written(tmp_path / "old", old)
    assert planner("compare", *folders).exit_code == 2
    told = planner("compare", *folders, "--data", data)
    assert told.exit_code == 0, told.output
    assert "  Tier 2 minutes        90 min, 50 %   90 min, 50 %  =" in told.stdout
    assert not [line for line in told.stdout.splitlines() if "↑" in line or "↓" in line]
    other = written(tmp_path / "other", old | {"dataset_hash": "abc"})
    done = planner("compare", folders[0], other, "--data", data)
    said = (
        "was made from other data than --data gives. Give the dataset as it was then, or plan "
        "again."
    )
    assert (done.exit_code, done.stderr) == (2, f"{other / 'plan.json'}: {said}\n")


def sheets() -> dict[str, str | None]:
    """The district of tests/planner/planned.py as text."""
    return {
        "district": planned.DISTRICT, "roles": planned.ROLES, "schools": planned.SCHOOLS, "travel": planned.TRAVEL,
        "staff": planned.STAFF, "groups": planned.GROUPS, "members": planned.MEMBERS, "duties": planned.DUTIES, "positions": None,
    }  # fmt: skip
