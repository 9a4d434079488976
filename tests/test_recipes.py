"""The recipes of docs/: each is applied, as it is written, to a copy of the program, which then
must do what the recipe promises.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from planner.access import ROLES
from planner.render.export import MAKERS
from planner.render.formats import FORMATS, KINDS

ROOT = Path(__file__).parent.parent
DIFF = re.compile(r"^```diff\n\+\+\+ (\S+)\n(.*?)^```$", flags=re.DOTALL | re.MULTILINE)
COUNT = re.compile(r"^\*\*(\d+) files?\.\*\*", flags=re.MULTILINE)
RECIPES = ("add-a-sheet-column", "add-a-page", "add-an-export-format")
LONGEST = 120
"""Seconds after which a test gives up on a copy."""
WIDE = "200"
"""Columns of a terminal in which no line of a command's help is broken."""


def recipe(name: str) -> str:
    return (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8")


def changes(name: str) -> list[tuple[str, str]]:
    """What a recipe changes: a file and a diff, one after the other."""
    return [(match[1], match[2]) for match in DIFF.finditer(recipe(name))]


def applied(text: str, diff: str) -> str:
    """A text with a diff in it; the lines that the diff expects must stand there once."""
    lines = [line if line else " " for line in diff.splitlines()]
    before = "".join(f"{line[1:]}\n" for line in lines if line[0] in " -")
    after = "".join(f"{line[1:]}\n" for line in lines if line[0] in " +")
    assert text.count(before) == 1 if before else not text, f"not there once:\n{before}"
    return text.replace(before, after) if before else after


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The program, copied; the examples and the tests are those that are here."""
    for package in ("planner", "solver", "ui"):
        shutil.copytree(ROOT / package, tmp_path / package)
    for beside in ("scenarios", "tests"):
        (tmp_path / beside).symlink_to(ROOT / beside)
    return tmp_path


def follow(folder: Path, name: str, steps: int | None = None) -> None:
    """Change a copy as a recipe says, or as its first steps say."""
    for file, diff in changes(name)[:steps]:
        path = folder / file
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(applied(text, diff), encoding="utf-8")


def ran(folder: Path, script: str) -> Any:
    """What a script prints at last, run with a copy."""
    environment = {**os.environ, "PYTHONPATH": str(folder), "COLUMNS": WIDE}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=folder,
        env=environment | {"PLANNER_STORE": str(folder / "store.sqlite")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_says_how_many_files_it_touches(name: str):
    files = {file for file, _ in changes(name)}
    assert [int(number) for number in COUNT.findall(recipe(name))] == [len(files)]


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_s_files_are_linted_and_typed(name: str, copy: Path):
    """What a newcomer copies from the page passes the checks that their change must pass."""
    follow(copy, name)
    files = sorted({str(copy / file) for file, _ in changes(name)})
    command = [sys.executable, "-m", "ruff", "check", "--config", str(ROOT / "pyproject.toml")]
    done = subprocess.run([*command, *files], capture_output=True, text=True, cwd=copy)
    assert done.returncode == 0, done.stdout


def test_a_diff_is_applied_where_its_lines_stand_once():
    assert applied("a\nb\nc\n", " b\n+d\n") == "a\nb\nd\nc\n"
    assert applied("a\nb\n", "-a\n+c\n") == "c\nb\n"
    assert applied("", "+a\n") == "a\n"
    with pytest.raises(AssertionError, match="not there once"):
        applied("a\na\n", " a\n+b\n")


COLUMN = """
import json
from pathlib import Path
from planner.access import ROLES, User, seen
from planner.access.dataset_view import dataset_for
from planner.sheets.dataset import load, save
from planner.sheets.examples import example_path
from planner.sheets.schema import schema_json, schema_text
from planner.sheets.workbook import template
from planner.sheets.workbook_reading import read_workbook

example = load(example_path("first-steps"))
first, *others = example.schools
called = first.model_copy(update={"phone": "206-555-0100"})
data = example.model_copy(update={"schools": (called, *others)})
for name in ("folder", "book.xlsx"):
    save(data, Path(name))
template(Path("template.xlsx"))
found = {
    "schema": "Its office's telephone number" in schema_text(),
    "json": [c["name"] for c in schema_json()["schools"]["columns"] if c["name"] == "phone"],
    "template": "phone" in read_workbook(Path("template.xlsx"))["schools"].columns,
    "written": "206-555-0100" in Path("folder/schools.csv").read_text(),
    "read": [load(Path(name)).schools[0].phone for name in ("folder", "book.xlsx")],
    "blank": "phone" in Path(example_path("first-steps"), "schools.csv").read_text(),
    "seen": {
        role: [
            bool(seen(User("x", frozenset({role}), frozenset({first.school})), "schools.phone")),
            dataset_for(User("x", frozenset({role}), frozenset({first.school})), data)
            .schools[0].phone,
        ]
        for role in ROLES
    },
}
print(json.dumps(found))
"""


def test_a_column_is_everywhere_and_hidden_until_somebody_decides(copy: Path):
    follow(copy, "add-a-sheet-column", steps=1)
    found = ran(copy, COLUMN)
    assert list(found.pop("seen").values()) == [[False, ""]] * len(ROLES)
    assert found == {
        "schema": True,
        "json": ["phone"],
        "template": True,
        "written": True,
        "read": ["206-555-0100"] * 2,
        "blank": False,
    }


def test_a_column_is_seen_by_whom_the_table_names(copy: Path):
    follow(copy, "add-a-sheet-column")
    assert set(map(tuple, ran(copy, COLUMN)["seen"].values())) == {(True, "206-555-0100")}


PAGE = r"""
import json
from pathlib import Path
from streamlit.testing.v1 import AppTest

app = AppTest.from_file(str(Path("ui/screen/app.py").absolute()), default_timeout=60).run()
assert not app.exception, app.exception
pages = {name: [page.url_path, page.title] for name, page in app.session_state["pages"].items()}

DRAW = '''
from types import SimpleNamespace
from planner.facts.problem import Problem
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from planner.words.wording import Words
from ui.screen.pages import PAGES

problem = Problem(load(example_path("tacoma-mtss")), "tacoma-mtss")
(page,) = [page for page in PAGES if page.address == "days-off"]
page.show(SimpleNamespace(problem=problem, words=Words("en_US")))
'''

drawn = AppTest.from_string(DRAW, default_timeout=60).run()
assert not drawn.exception, drawn.exception
from ui.screen import server
from ui.screen.pages import PAGES
found = {
    "pages": pages,
    "groups": list(dict.fromkeys(page.group for page in PAGES)),
    "served": any(page.address == "days-off" for page in server.VIEWS),
    "drawn": [text.value for text in drawn.markdown],
}
print(json.dumps(found))
"""


@pytest.mark.slow
def test_a_page_has_its_address_its_place_and_its_content(copy: Path):
    follow(copy, "add-a-page")
    found = ran(copy, PAGE)
    assert found["pages"]["days-off"] == ["days-off", "Days off"]
    assert found["pages"]["start"] == ["", "Start"]
    assert found["groups"] == ["", "Prepare", "Look", "Decide"]
    assert found["served"]
    assert "November 11, 2025" in found["drawn"]


EXPORT = """
import json
from datetime import UTC, datetime
from typer.testing import CliRunner
from planner.render.export import Wanted, exported
from tests.planner.planned import RESULT, problem
from ui.cli.main import app

facts = problem()
files = exported(facts, facts, RESULT.plan, Wanted(("txt",), datetime(2026, 10, 1, tzinfo=UTC)))
runner = CliRunner()
found = {
    "files": {file.path: file.content.decode() for file in files},
    "sessions": len(RESULT.plan.sessions),
    "help": runner.invoke(app, ["export", "--help"]).output,
    "refused": runner.invoke(app, ["export", "plan.json", "-o", "out", "--to", "word"]).output,
}
print(json.dumps(found))
"""


def test_an_export_format_is_offered_and_written(copy: Path):
    follow(copy, "add-an-export-format")
    found = ran(copy, EXPORT)
    assert set(found["files"]) == {"sessions.txt"}
    assert len(found["files"]["sessions.txt"].splitlines()) == found["sessions"] > 0
    help_text = " ".join(found["help"].split())
    assert "txt: every session on a line of its own." in help_text
    assert "ical, csv, pdf, pages, txt, journal or all" in help_text
    assert "all, ical, csv, pdf, pages, txt or journal" in found["refused"]


def test_every_export_format_has_a_maker_and_no_other():
    assert set(MAKERS) == set(KINDS)
    assert len(KINDS) == len(FORMATS)
