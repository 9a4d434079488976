"""What a dataset is called: by its file, its folder, or the folder above it."""

from pathlib import Path

FOLDER = "dataset"
"""What the folder of CSV files is called beside its scenario files; the folder above it has the
name, and may be given.
"""


def inside(path: Path) -> Path:
    """The folder of CSV files where the folder above it is given, else the path itself."""
    return path / FOLDER if (path / FOLDER).is_dir() else path


def name_of(data: Path) -> str:
    """`district` for `district.xlsx`, `elm/district` and `district/dataset`."""
    whole = data.resolve()
    if whole.name == FOLDER:
        whole = whole.parent
    return (whole.name if data.is_dir() else whole.stem) or FOLDER
