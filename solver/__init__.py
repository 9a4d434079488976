"""Turns a problem into a plan. Knows the planner's facts and rules; nothing here is known there.

>>> import planner, solver
>>> result = solver.solve(planner.load("first-steps.xlsx"), seconds=30, on_progress=print)
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from solver.face import Progress, Stop, solve

__all__ = ["Progress", "Stop", "solve"]

if not TYPE_CHECKING:  # a type checker would take any name for one that is here
    # OR-Tools takes a second to load: it waits until something is to be solved (PEP 562).

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'solver' has no attribute '{name}'")
        from solver import face

        return getattr(face, name)

    def __dir__() -> list[str]:
        return sorted([*globals(), *__all__])
