"""The pages of docs/ tell the truth: their code is run in order, and gives what they say it gives."""

import ast
import re
import shlex
from pathlib import Path

import pytest

from tests.ui.command import planner

DOCS = Path(__file__).parent.parent / "docs"
ARROW = "# → "


def blocks(page: str) -> list[tuple[str, str]]:
    """The language and the text of each block of code, in order."""
    return re.findall(r"^```(sh|python)\n(.*?)^```$", page, flags=re.DOTALL | re.MULTILINE)


def run_python(code: str, names: dict[str, object]) -> list[tuple[str, str, str]]:
    """Run a block; of each expression over an arrow, its text, what it gave and what is said."""
    said = code.splitlines()
    told = []
    for statement in ast.parse(code).body:
        assert statement.end_lineno is not None
        below = said[statement.end_lineno] if statement.end_lineno < len(said) else ""
        if isinstance(statement, ast.Expr) and below.startswith(ARROW):
            value = eval(compile(ast.Expression(statement.value), "docs", "eval"), names)
            told.append((ast.unparse(statement), repr(value), below.removeprefix(ARROW)))
        else:
            assert not below.startswith(ARROW), f"what gives {below}?"
            exec(compile(ast.Module([statement], []), "docs", "exec"), names)
    return told


def test_the_page_on_python_runs_and_gives_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "python-api.md").read_text(encoding="utf-8")
    names: dict[str, object] = {}
    checked = []
    for language, code in blocks(page):
        if language == "python":
            checked += run_python(code, names)
        for line in code.splitlines() if language == "sh" else ():
            command, *words = shlex.split(line)
            assert command == "planner"
            assert planner(*words).exit_code == 0, line
    assert [(text, gave) for text, gave, _ in checked] == [
        (text, says) for text, _, says in checked
    ]
    assert len(checked) == page.count(f"\n{ARROW}")


def test_a_wrong_value_on_a_page_is_found():
    assert run_python("a = 1 + 1\na\n# → 3", {}) == [("a", "2", "3")]


def test_an_arrow_under_nothing_is_found():
    with pytest.raises(AssertionError, match="what gives # → 2"):
        run_python("a = 2\n# → 2", {})
