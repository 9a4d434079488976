"""The rules of the house: which room may import what, how long a file may be, what the examples are
called.
"""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from planner.sheets import examples

ROOT = Path(__file__).parent.parent
ROOMS = ("planner", "solver", "ui")
MODULES = [path.relative_to(ROOT) for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
LONGEST = 400

# What only some rooms may import; all others may not.
AT_HOME = {
    "ui": ("ui",),
    "solver": ("solver", "ui"),
    "ortools": ("solver",),
    "openpyxl": (
        "planner/sheets/workbook.py",
        "planner/sheets/workbook_saving.py",
        "planner/render/workbook",
    ),
    "pandas": ("ui/screen", "planner/plan/frames.py"),
    "streamlit": ("ui/screen",),
    "starlette": ("ui/screen",),
    "jinja2": ("ui/screen",),
    "sqlalchemy": ("planner/store",),
    "alembic": ("planner/store",),
    "reportlab": ("planner/render/print",),
    "icalendar": ("planner/render/calendar",),
}


def imported(source: str) -> set[str]:
    """The top-level names that a module imports, inside its functions too."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.add(node.module.split(".")[0])
    return names


def strangers(module: Path, source: str) -> set[str]:
    """What a module imports although its room may not."""
    return {
        name
        for name in imported(source) & AT_HOME.keys()
        if not any(module.is_relative_to(home) for home in AT_HOME[name])
    }


def test_every_room_has_modules():
    assert {module.parts[0] for module in MODULES} == set(ROOMS)


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_imports_only_what_its_room_may(module: Path):
    assert strangers(module, (ROOT / module).read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    ("module", "source", "found"),
    [
        ("planner/plan/plan.py", "import solver.best_plan", {"solver"}),
        ("planner/plan/plan.py", "def late():\n    from ui.cli.main import main", {"ui"}),
        ("planner/sheets/dataset.py", "import openpyxl.styles as styles", {"openpyxl"}),
        ("planner/render/workbook/hr.py", "import openpyxl", set()),
        ("solver/best_plan.py", "from ortools.sat.python import cp_model\nimport ui", {"ui"}),
        ("ui/cli/main.py", "from ortools.sat.python import cp_model\nimport solver", {"ortools"}),
    ],
)
def test_a_forbidden_import_is_found(module: str, source: str, found: set[str]):
    assert strangers(Path(module), source) == found


def starts_a_search(source: str) -> bool:
    """Whether a module imports what searches for a plan, wherever in it."""
    return any(
        (node.module, alias.name)
        in {
            ("solver.best_plan", "best_plan"),
            ("solver.frontier", "sweep"),
            ("solver.face", "solve"),
            ("solver", "solve"),
            ("solver", "best_plan"),
        }
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    )


def test_one_place_of_ui_starts_a_solve_and_one_a_sweep():
    starting = {
        str(module)
        for module in MODULES
        if module.parts[0] == "ui" and starts_a_search((ROOT / module).read_text(encoding="utf-8"))
    }
    assert starting == {"ui/app/solving.py", "ui/app/sweeping.py"}


def names_of(path: Path) -> str:
    """The dotted name of a module."""
    return ".".join(path.with_suffix("").parts).removesuffix(".__init__")


def imports_of(source: str, known: set[str]) -> set[str]:
    """The modules of this house that a module imports, wherever in it, but for types alone."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                found |= {full if full in known else node.module} & known
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & known
    return found


def circle_in(imports: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle; none where no circle is left."""
    left = {name: set(wanted) for name, wanted in imports.items()}
    while free := {name for name, wanted in left.items() if not wanted & left.keys()}:
        left = {name: wanted for name, wanted in left.items() if name not in free}
    return sorted(left)


def test_no_circle_of_imports():
    known = {names_of(module) for module in MODULES}
    imports = {
        names_of(module): imports_of((ROOT / module).read_text(encoding="utf-8"), known)
        for module in MODULES
    }
    assert circle_in(imports) == []


def test_a_circle_is_found():
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == ["a", "b", "c"]


@pytest.mark.parametrize("module", MODULES, ids=str)
def test_a_module_is_short_enough_to_read(module: Path):
    assert len((ROOT / module).read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize(
    "module", [module for module in MODULES if not module.stem.startswith("_")], ids=str
)
def test_a_public_module_says_what_it_is_for(module: Path):
    assert ast.get_docstring(ast.parse((ROOT / module).read_text(encoding="utf-8")))


def test_the_command_starts_without_the_heavy_libraries():
    script = (
        "import sys, ui.cli.main; assert callable(ui.cli.main.main); "
        "print(*{name.split('.')[0] for name in sys.modules})"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "ui" in run.stdout.split()
    assert not {"ortools", "openpyxl", "pandas"} & set(run.stdout.split())


@pytest.fixture
def two_examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for folder in ("tacoma-mtss/dataset", "small-town/dataset", "notes"):
        (tmp_path / folder).mkdir(parents=True)
    monkeypatch.setattr(examples, "_PACKAGED", tmp_path)
    return tmp_path


def test_an_example_is_a_folder_with_a_dataset(two_examples: Path):
    assert examples.example_names() == ("small-town", "tacoma-mtss")
    assert examples.example_path("tacoma-mtss") == two_examples / "tacoma-mtss" / "dataset"


@pytest.mark.parametrize(
    ("name", "help_given"),
    [
        ("Tacoma-MTS", 'Did you mean "tacoma-mtss"?'),
        ("zzz", "Choose one of: small-town, tacoma-mtss."),
    ],
)
@pytest.mark.usefixtures("two_examples")
def test_an_unknown_example_names_the_known(name: str, help_given: str):
    with pytest.raises(LookupError, match=f'There is no example "{name}"') as caught:
        examples.example_path(name)
    assert str(caught.value).endswith(help_given)


def test_without_examples_the_message_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(examples, "_PACKAGED", tmp_path)
    with pytest.raises(LookupError, match="No examples are installed"):
        examples.example_path("tacoma-mtss")


def test_the_repository_ships_the_example_that_make_run_solves():
    assert "tacoma-mtss" in examples.example_names()
