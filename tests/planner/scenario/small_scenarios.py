"""A small district beside a scenario, in a folder of a test."""

from pathlib import Path

import pytest

from planner.scenario.applying import Applied, applied
from planner.words.errors import DatasetError
from tests.planner import small

SUPERVISED = {
    "staff": (
        "staff,name,role,schools,supervisor\nESP-01,Ada,para,elm,ESP-02\nESP-02,Bea,para,elm;oak,\nESP-03,Cy,para,oak,ESP-02\n"
    ),
    "positions": (
        "position,role,school,status,staff,fte,max_fte,funding\n"
        "P-001,para,elm,filled,ESP-01,,,t1-elm:50;general:50\n"
        "P-002,para,elm,filled,ESP-02,0.8,,general:100\n"
        "P-003,para,oak,proposed,,,0.875,\n"
    ),
    "groups": (
        "group,school,grades,tier,minutes,sessions,students,staff\n"
        "elm-read,elm,K-2,2,30,4,4,ESP-01;ESP-02\n"
        "elm-math,elm,1,3,30,5,3,ESP-02\n"
    ),
    "members": "student,group\nS1,elm-math\nS2,elm-math\nS3,elm-math\n",
    "duties": "duty,kind,minutes,with,windows\nmeeting-1,meeting,30,ESP-01;ESP-02,Mon "
    "09:00-10:00\n",
    "pins": "kind,subject,staff,day,start\nsession,elm-math,ESP-02,Mon,09:00\n",
}
"""Sheets in which people lead, meet and hold one another up."""


def scenario(place: Path, text: str, name: str = "cut.yaml", **changes: str | None) -> Path:
    """A scenario's file beside the small dataset, which is called `small` and is written if it is
    not there.
    """
    if not (place / "small").is_dir():
        small.folder(place / "small", **changes)
    path = place / name
    path.write_text(text, encoding="utf-8")
    return path


def put(place: Path, text: str, **changes: str | None) -> Applied:
    """The scenario applied to the small dataset; `base: small` is written above it."""
    return applied(scenario(place, f"base: small\n{text}", **changes))


def said(found: Applied) -> list[str]:
    return [difference.words for difference in found.differences]


def refused(place: Path, text: str, **changes: str | None) -> list[str]:
    """What is wrong with a scenario on the small dataset."""
    with pytest.raises(DatasetError) as caught:
        put(place, text, **changes)
    return [str(fault) for fault in caught.value.faults]
