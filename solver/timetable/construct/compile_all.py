"""`python -m solver.timetable.construct.compile_all`: compile the construction."""

import os

from solver.timetable.construct import compiling


def main() -> None:
    """Compile everything that a solve uses, unless it is there, and leave the stamp."""
    stamp = compiling.stamp()
    if stamp.exists():
        return
    # The compiler's own cache looks at a function's own file, and not at those it calls into.
    for pattern in ("**/*.nb[ic]", "compiled-*"):
        for stale in compiling.folder().glob(pattern):
            stale.unlink(missing_ok=True)
    os.environ[compiling.COMPILING] = "1"
    from solver.timetable.construct.sample import run_sample

    run_sample()
    stamp.touch()


if __name__ == "__main__":
    main()
