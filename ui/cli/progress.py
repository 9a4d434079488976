"""How a running solve is shown on stderr: live in a terminal, a line for each goal elsewhere."""

from collections.abc import Sequence
from time import monotonic
from types import TracebackType
from typing import Self

import typer
from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from planner.facts.problem import Problem
from planner.words.wording import Words, listed
from solver.goal_board import GoalBoard, GoalState
from solver.settings import SolveSettings

REFRESHES = 4
"""A second."""
WIDE = 110
"""Columns of a terminal that has room for units."""
UNIT = 30
PART = ", "
"""Between the schools of a part of the district that is searched by itself."""
STOPPING = "Stopping, and keeping the best plan. Ctrl-C again ends at once without it."


class LineProgress:
    """A line for each goal when it is done, for logs."""

    def __init__(self, problem: Problem, settings: SolveSettings) -> None:
        self.board = GoalBoard(settings.goals, Words(problem.data.district.locale), self._say)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._say(self.board.last())

    def stopping(self) -> None:
        """Say that Ctrl-C was heard."""
        typer.echo(STOPPING, err=True)

    def _say(self, ended: Sequence[GoalState]) -> None:
        for state in ended:
            words = self.board.words_of(state)
            if words:
                line = (
                    f"{words.title}: {words.value} {words.unit}, {words.possible} "
                    f"({state.seconds:.0f} s)"
                )
                typer.echo(line, err=True)


class LiveProgress:
    """A table in the terminal: a goal a line, with what is still possible, and where the search
    is.
    """

    def __init__(self, problem: Problem, settings: SolveSettings, console: Console) -> None:
        self.board = GoalBoard(settings.goals, Words(problem.data.district.locale))
        self._names = {school.school: school.name for school in problem.data.schools}
        self._settings = settings
        self._console = console
        self._began = monotonic()
        self._stopping = False
        self._live = Live(
            console=console, get_renderable=self._view, refresh_per_second=REFRESHES, transient=True
        )

    def __enter__(self) -> Self:
        self._began = monotonic()
        self._live.start(refresh=True)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._live.stop()

    def stopping(self) -> None:
        """Say that Ctrl-C was heard."""
        self._stopping = True
        self._live.refresh()

    def _view(self) -> Group:
        return Group(self._head(), self._goals())

    def _head(self) -> Text:
        if self._stopping:
            return Text(STOPPING, style="bold")
        unlimited = self._settings.reproducible or self._settings.seconds is None
        limit = "" if unlimited else f" of {self._settings.seconds:.0f}"
        time = f"{monotonic() - self._began:.0f}{limit} s"
        return Text(
            f"{self._doing()}, {time}. Ctrl-C stops and keeps the best plan so far.", style="bold"
        )

    def _doing(self) -> str:
        if not self.board.current:
            return "Filling the timetable"
        parts = self.board.states[self.board.current].where.split(PART)
        schools = [self._names[school] for school in parts if school in self._names]
        return f"Goal by goal, now at {listed(schools)}" if schools else "Goal by goal"

    def _goals(self) -> Table:
        table = Table(box=None, padding=(0, 2, 0, 0))
        wide = self._console.width >= WIDE
        table.add_column("Goal", no_wrap=True)
        table.add_column("So far", justify="right", no_wrap=True)
        if wide:
            table.add_column("Unit", style="dim", no_wrap=True, overflow="ellipsis", max_width=UNIT)
        table.add_column("Still possible", no_wrap=True)
        table.add_column("Time, s", justify="right", no_wrap=True)
        for state in self.board.states.values():
            cells = self._cells(state)
            table.add_row(*(cells if wide else cells[:2] + cells[3:]))
        return table

    def _cells(self, state: GoalState) -> list[Text]:
        words = self.board.words_of(state)
        if words is None:
            return [Text(state.goal.title, style="dim"), *[Text("")] * 4]
        return [
            Text(cell)
            for cell in (words.title, words.value, words.unit, words.possible, f"{state.spent:.1f}")
        ]


def progress_for(problem: Problem, settings: SolveSettings) -> LiveProgress | LineProgress:
    """Live where stderr is a terminal, else a line a goal."""
    console = Console(stderr=True)
    return (
        LiveProgress(problem, settings, console)
        if console.is_terminal
        else LineProgress(problem, settings)
    )
