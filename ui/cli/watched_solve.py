"""A solve as a terminal shows it: progress on stderr while it runs, and Ctrl-C ends it."""

from solver.search.engine import Engine
from solver.stop import Stop
from ui.app.solve_request import SolveRequest
from ui.app.solving import Solved, run
from ui.cli.ctrl_c import CtrlC
from ui.cli.progress import progress_for


def solve_watched(
    request: SolveRequest, ctrl_c: CtrlC, engine: Engine | None = None, *, asked: float
) -> Solved:
    """Solve, show progress on stderr, and stop where Ctrl-C asks for it; `asked` is when the
    command began, by the monotonic clock.
    """
    stop = Stop()
    with progress_for(request.problem, request.settings) as progress:
        said = False

        def listen() -> None:
            nonlocal said
            if ctrl_c.pressed:
                # Again at every tick: a search that begins in this instant has not heard it.
                stop.ask()
                if not said:
                    progress.stopping()
                said = True

        return run(request, progress.board, stop, engine=engine, meanwhile=listen, asked=asked)
