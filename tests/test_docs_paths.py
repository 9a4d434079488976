"""Every file that the README and the pages of docs/ name is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
PATH = re.compile(r"`((?:planner|solver|ui|tests|scenarios|docs)/[\w./*-]*)`")
LINK = re.compile(r"\]\((?!https?://|#|mailto:)([^)#]+)(?:#[^)]*)?\)")


def named(text: str) -> list[str]:
    """Paths in code marks, but for those that stand for any name (`NAME.py`)."""
    return [path for path in PATH.findall(text) if not re.search(r"[A-Z]{3,}(?!\.md)", path)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_path_that_a_page_names_is_there(page: Path):
    text = page.read_text(encoding="utf-8")
    missing = [path for path in named(text) if not list(ROOT.glob(path.rstrip("/")))]
    missing += [link for link in LINK.findall(text) if not (page.parent / link).exists()]
    assert missing == []


def test_a_path_is_found_and_a_placeholder_is_none():
    text = "See `planner/rules/NAME.py`, `planner/rules/shift.py`, [x](docs/none.md) and `ui/`."
    assert named(text) == ["planner/rules/shift.py", "ui/"]
    assert LINK.findall(text) == ["docs/none.md"]
