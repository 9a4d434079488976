"""docs/architecture.md names every room, in the layers that the import contracts hold."""

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]
LAYERS = {
    contract["containers"][0]: contract["layers"]
    for contract in CONTRACTS
    if contract["type"] == "layers" and "containers" in contract
}


def section(package: str) -> str:
    """What the page says of a package, up to the next package."""
    return PAGE.partition(f"\n## {package}/\n")[2].partition("\n## ")[0]


def rooms(layers: list[str]) -> list[str]:
    return [room.strip() for layer in layers for room in layer.split("|")]


def folders() -> list[str]:
    """Folders of the three packages that hold files."""
    return sorted(
        {
            str(path.parent.relative_to(ROOT))
            for package in ("planner", "solver", "ui")
            for path in (ROOT / package).rglob("*.*")
            if path.is_file() and "__pycache__" not in path.parts
        }
    )


def test_contracts_hold_planner_and_solver():
    assert {"planner", "solver"} <= LAYERS.keys()


@pytest.mark.parametrize("package", sorted(LAYERS))
def test_the_page_draws_the_layers_of_the_contract(package: str):
    drawn = section(package).partition("```\n")[2].partition("```")[0].splitlines()
    assert drawn == LAYERS[package]


@pytest.mark.parametrize(
    ("package", "room"),
    [(package, room) for package in sorted(LAYERS) for room in rooms(LAYERS[package])],
)
def test_the_page_has_a_paragraph_for_each_room(package: str, room: str):
    name = f"{package}/{room}"
    name += "/" if (ROOT / name).is_dir() else ".py"
    heads = [line.partition("**")[2].partition("**")[0] for line in section(package).splitlines()]
    assert any(f"`{name}`" in head for head in heads)


@pytest.mark.parametrize("folder", folders())
def test_the_page_names_each_folder(folder: str):
    assert f"{folder}/" in PAGE


@pytest.mark.parametrize("package", ["planner", "solver"])
def test_a_contract_layers_every_room(package: str):
    """A room that no contract names could import from anywhere."""
    there = {
        path.stem
        for path in (ROOT / package).iterdir()
        if path.stem != "__init__" and (path.suffix == ".py" or (path / "__init__.py").exists())
    }
    assert there == set(rooms(LAYERS[package]))
