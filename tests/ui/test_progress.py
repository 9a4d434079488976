"""What a running solve shows."""

import io

import pytest
from rich.console import Console

from planner.rules.goals import GOAL_OF
from planner.words.wording import Words
from solver.goal_board import GoalBoard, GoalState
from solver.settings import Progress, SolveSettings
from tests.planner import planned
from ui.cli.progress import LineProgress, LiveProgress

TIER_3, WORST = GOAL_OF["tier_3_minutes"], GOAL_OF["worst_served_school"]
SETTINGS = SolveSettings(goals=(TIER_3, WORST), seconds=60)
TOLD = (
    Progress(TIER_3, "elm", 60, 90, 1.0),
    Progress(TIER_3, "oak", 30, 30, 2.0),
    Progress(TIER_3, "elm", 90, 90, 3.0),
    Progress(WORST, "elm, oak", 10_000, None, 3.5),
    Progress(WORST, "far", 5_000, 5_000, 5.0),
)


def test_parts_add_up_and_the_worst_school_is_the_smallest():
    ended: list[GoalState] = []
    board = GoalBoard(SETTINGS.goals, Words(), ended.extend)
    for progress in TOLD:
        board.tell(progress)
    assert [state.goal.key for state in ended] == ["tier_3_minutes"]
    tier, worst = (board.states[goal.key].so_far for goal in SETTINGS.goals)
    assert tier is not None
    assert (tier.value, tier.bound) == (120, 120)
    assert worst is not None
    assert (worst.value, worst.bound) == (5_000, None)
    assert board.goal_seconds() == {"tier_3_minutes": 3.0, "worst_served_school": 2.0}


def test_a_part_without_a_plan_has_no_value():
    board = GoalBoard(SETTINGS.goals, Words())
    board.tell(Progress(TIER_3, "elm", None, None, 1.0))
    assert board.words_of(board.states["tier_3_minutes"]) is None


def test_lines_are_written_when_a_goal_is_done(capsys: pytest.CaptureFixture[str]):
    with LineProgress(planned.problem(), SETTINGS) as progress:
        for told in TOLD:
            progress.board.tell(told)
    assert capsys.readouterr().err.splitlines() == [
        "Tier 3 minutes: 120 minutes × priority, proved best (3 s)",
        "Worst-served school: 50.00 % of the minutes owed, not known (5 s)",
    ]


@pytest.mark.parametrize(("width", "units"), [(80, False), (130, True)])
def test_a_terminal_shows_a_line_a_goal_and_where_the_search_is(width: int, units: bool):
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=width, color_system=None)
    progress = LiveProgress(planned.problem(), SETTINGS, console)
    with progress:
        assert "Filling the timetable, 0 of 60 s" in out.getvalue()
        for told in TOLD[:4]:
            progress.board.tell(told)
    shown = out.getvalue()
    assert "Goal by goal, now at Elm and Oak, 0 of 60 s." in " ".join(shown.split())
    assert "120" in shown
    assert "proved best" in shown
    assert ("minutes × priority" in shown) is units
    with progress:
        progress.stopping()
        assert "Stopping, and keeping the best plan." in out.getvalue()
