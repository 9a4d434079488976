"""What the container installs is written down to the byte, and is what pyproject.toml asks for."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "container-lock.txt").read_text(encoding="utf-8")
RECIPE = (ROOT / "Containerfile").read_text(encoding="utf-8")
PYTHON = re.search(r"^FROM \S+python:(3\.\d+)-", RECIPE, re.MULTILINE)
PINNED = {
    match["name"]: (Version(match["version"]), match["hashes"].count("--hash=sha256:"))
    for match in re.finditer(
        r"^(?P<name>[a-z0-9-]+)==(?P<version>\S+)(?P<hashes>(?: \\\n +--hash=\S+)+)$",
        LOCK,
        re.MULTILINE,
    )
}
WANTED = [
    Requirement(line)
    for line in (*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"])
]


def applies(wanted: Requirement) -> bool:
    """Whether it is wanted in the container."""
    assert PYTHON
    there = {"python_version": PYTHON[1], "sys_platform": "linux", "platform_system": "Linux"}
    return wanted.marker is None or wanted.marker.evaluate(there)


@pytest.mark.parametrize("wanted", [each for each in WANTED if applies(each)], ids=str)
def test_the_lock_holds_a_version_that_the_project_takes(wanted: Requirement):
    version, _ = PINNED[canonicalize_name(wanted.name)]
    assert wanted.specifier.contains(version), version


def test_every_line_of_the_lock_pins_something_by_its_hashes():
    beginnings = [line for line in LOCK.splitlines() if not line.startswith(" ")]
    assert len(beginnings) == len(PINNED)
    assert all(hashes for _, hashes in PINNED.values())
    assert "//" not in LOCK, "whoever installs says from where"


def test_the_container_installs_nothing_else():
    assert PYTHON
    assert f"--python-version {PYTHON[1]} " in (ROOT / "Makefile").read_text(encoding="utf-8")
    installs = [line for line in RECIPE.split("pip install")[1:] if line.strip()]
    assert len(installs) == 2
    assert "--require-hashes -r /opt/planner/container-lock.txt" in installs[0]
    assert "--no-deps --no-build-isolation" in installs[1]
