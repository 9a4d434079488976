"""The example districts that come with the planner."""

from difflib import get_close_matches
from pathlib import Path

# A wheel carries the scenarios inside the package; a repository keeps them beside it.
_PACKAGED = Path(__file__).parents[1] / "examples"
_REPOSITORY = Path(__file__).parents[2] / "scenarios"


def example_names() -> tuple[str, ...]:
    """The names that `example_path` knows, in alphabetical order; none if no example was
    installed.
    """
    return tuple(sorted(dataset.parent.name for dataset in _examples_folder().glob("*/dataset")))


def example_path(name: str) -> Path:
    """The dataset folder of an example.

    Raises LookupError, naming the nearest example, where there is none of that name.
    """
    names = example_names()
    if name not in names:
        raise LookupError(f'There is no example "{name}". {_suggestion(name, names)}')
    return _examples_folder() / name / "dataset"


def example_scenarios(name: str) -> tuple[Path, ...]:
    """The scenario files of an example, in alphabetical order. Raises LookupError as `example_path`
    does.
    """
    return tuple(sorted(example_path(name).parent.glob("*.yaml")))


def _examples_folder() -> Path:
    return _PACKAGED if _PACKAGED.is_dir() else _REPOSITORY


def _suggestion(name: str, names: tuple[str, ...]) -> str:
    nearest = get_close_matches(name.lower(), names, n=1)
    if nearest:
        return f'Did you mean "{nearest[0]}"?'
    return f"Choose one of: {', '.join(names)}." if names else "No examples are installed."
