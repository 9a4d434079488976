"""What pages say, drawn without a browser: figures of who looks, and sentences instead of errors."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from planner.access import User, dataset_for
from planner.facts.who import PRINCIPAL
from planner.sheets.dataset import load
from planner.sheets.examples import example_path
from planner.store.place import FILE, file_at
from planner.store.store import open_store
from planner.words.errors import WrongInput
from ui.app.workspace import Workspace
from ui.screen import page_state
from ui.screen.views import start

EXAMPLE = "new-bridge"
SCHOOL = "mos"
OFFICE = User("office", frozenset({"director", "hr"}))
REFUSED = "Nothing of *this* kind is planned."


@pytest.fixture(autouse=True)
def main_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit puts the page in the place of the main module, which processes begin with."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    """A store with an example of four schools, which the environment names."""
    monkeypatch.setenv(FILE, str(tmp_path / "store.sqlite"))
    page_state.store.clear()
    desk = Workspace(open_store(file_at(tmp_path / "store.sqlite")), OFFICE)
    desk.save(load(example_path(EXAMPLE)), EXAMPLE)
    return desk


def opened(page: Callable[[], None], **at: str) -> AppTest:
    """A page with what its address says."""
    app = AppTest.from_function(page, default_timeout=30)
    for name, value in at.items():
        app.query_params[name] = value
    return app.run()


def start_page() -> None:
    from ui.screen.views import start

    start.show()


def solve_page() -> None:
    from ui.screen.views import solve

    solve.show()


def test_a_principal_is_told_the_people_and_groups_of_their_school(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    drawn: list[str] = []
    monkeypatch.setattr(start, "picked_in", lambda table, _: drawn.append(str(table)) or "")

    def counted(**at: str) -> list[int]:
        assert not opened(start_page, **at).exception
        return [int(figure) for figure in re.findall(r'class="n ?">\s*(\d+)<', drawn.pop())][:3]

    whole = load(example_path(EXAMPLE))
    assert counted() == [len(whole.schools), len(whole.staff), len(whole.groups)]
    mine = dataset_for(User("kim", frozenset({PRINCIPAL}), frozenset({SCHOOL})), whole)
    assert 0 < len(mine.groups) < len(whole.groups)
    assert counted(view=f"principal:{SCHOOL}") == [1, len(mine.staff), len(mine.groups)]


@pytest.mark.parametrize(("view", "may"), [("director", True), ("viewer", False)])
def test_nobody_is_told_to_do_what_their_role_may_not(desk: Workspace, view: str, may: bool):
    del desk
    texts = [one.value for one in opened(solve_page, dataset=EXAMPLE, view=view).info]
    assert any("No plan has been asked for yet." in text for text in texts)
    assert any("Make a plan" in text for text in texts) is may
    warnings = [one.value for one in opened(solve_page, dataset=EXAMPLE, view=view).warning]
    assert any("No worker is running" in text for text in warnings) is may


def test_a_sweep_that_is_refused_is_a_sentence_with_its_amount(
    desk: Workspace, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object) -> None:
        raise WrongInput(REFUSED)

    monkeypatch.setattr(Workspace, "ask", refuse)
    app = opened(solve_page, dataset=EXAMPLE)
    next(button for button in app.button if button.label == "Make 2 plans").click().run()
    assert not app.exception
    (said,) = [error.value for error in app.error]
    assert "−10 %: Nothing of" in said.replace("\\", "")


def test_a_run_that_waits_is_not_said_to_wait_for_others(desk: Workspace):
    app = opened(solve_page, dataset=EXAMPLE)
    next(button for button in app.button if button.label == "Make a plan").click().run()
    captions = [caption.value for caption in app.caption]
    assert "Its turn comes when a worker is free." in captions
