"""The planner as a Python library: read a district, check a plan, compare plans, write them.

Solving is the work of the package `solver`, beside this one:

>>> import planner, solver
>>> district = planner.load("first-steps.xlsx")
>>> result = solver.solve(district, seconds=30)
>>> planner.write(result, "plans/autumn")

Everything that goes wrong is a `PlannerError`; `planner.words.errors` draws the tree. What is named
in `__all__` stays as it is from version to version; the rooms under it may change.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.face import (
        Comparison,
        DatasetError,
        Denied,
        Fault,
        Finding,
        GoalResult,
        PayMissing,
        Plan,
        PlannerError,
        Problem,
        Result,
        SolveRecord,
        Status,
        StoreError,
        Unserved,
        WrongInput,
        check,
        compare,
        example,
        example_names,
        load,
        read_plan,
        validate,
        write,
    )

__all__ = [
    "Comparison",
    "DatasetError",
    "Denied",
    "Fault",
    "Finding",
    "GoalResult",
    "PayMissing",
    "Plan",
    "PlannerError",
    "Problem",
    "Result",
    "SolveRecord",
    "Status",
    "StoreError",
    "Unserved",
    "WrongInput",
    "check",
    "compare",
    "example",
    "example_names",
    "load",
    "read_plan",
    "validate",
    "write",
]

if not TYPE_CHECKING:  # a type checker would take any name for one that is here
    # Every command begins with `import planner.…`, which runs this file: the face, and all rooms
    # under it, are loaded when a name of it is first asked for (PEP 562).

    def __getattr__(name: str) -> object:
        if name not in __all__:
            raise AttributeError(f"module 'planner' has no attribute '{name}'")
        from planner import face

        return getattr(face, name)

    def __dir__() -> list[str]:
        return sorted([*globals(), *__all__])
