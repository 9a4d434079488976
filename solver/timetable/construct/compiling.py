"""Compile the construction once, while the program is installed; until then it runs as it is.

The first run on a fresh machine must not wait for a compiler, which takes half a minute. So
compiled functions are kept in a folder, and a stamp in it says that they are all there.
"""

import hashlib
import os
import platform
import sys
from collections.abc import Callable
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar, cast

Function = TypeVar("Function", bound=Callable[..., Any])
HERE = Path(__file__).parent
SOURCES = (
    "arrays.py",
    "bundle.py",
    "choosing.py",
    "compiling.py",
    "day.py",
    "placing.py",
    "ruin.py",
    "tally.py",
    "moves.py",
    "polish.py",
)
"""What the compiled functions are made of, and how."""
PLAIN, COMPILING = "PLANNER_PLAIN", "PLANNER_COMPILING"
"""Set in the environment: nothing compiled is used; everything is compiled now."""


def folder() -> Path:
    """Where compiled functions are kept: beside their source, or where that is another user's, in
    the home of whoever runs the program.
    """
    if os.access(HERE, os.W_OK):
        return HERE / "__pycache__"
    return Path.home() / ".cache" / "planner"


def stamp() -> Path:
    """The file that says that everything is compiled, for these sources, this Python, this machine
    and this version of the compiler.
    """
    said = hashlib.sha256()
    for name in SOURCES:
        said.update((HERE / name).read_bytes())
    for part in (sys.version, platform.machine(), version("numba")):
        said.update(part.encode())
    return folder() / f"compiled-{said.hexdigest()[:16]}"


@cache
def is_compiled() -> bool:
    """Whether compiled functions are used in this process."""
    if os.environ.get(PLAIN):
        return False
    try:
        return bool(os.environ.get(COMPILING)) or stamp().exists()
    except PackageNotFoundError:
        return False


def compiled(function: Function) -> Function:
    """The function compiled, where that was done; else as it is."""
    if not is_compiled():
        return function
    # Read when the compiler is first imported, here and in processes that this one begins.
    os.environ["NUMBA_CACHE_DIR"] = str(folder())
    import numba

    # Without the interpreter's lock: a first plan is built beside the questions about money.
    return cast(Function, numba.njit(cache=True, nogil=True)(function))
