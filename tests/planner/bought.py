"""A small district whose money pays one paraeducator, and with as much again a second: each can
give two of three groups.
"""

from pathlib import Path

from tests.planner import small

GROUPS = "group,school,grades,tier,minutes,sessions,students\n" + "".join(
    f"elm-{n},elm,1,{n},30,5,3\n" for n in (1, 2, 3)
)
BOUGHT = {
    "pay": "schedule,step,amount,unit,from\npara,1,1000,year,2026-07-01\n",
    "allowances": None,
    "funds": "fund,program,amount\ngeneral,title-1,1000\n",
    "staff": "staff,name,role,schools\nESP-01,Ada,para,elm\n",
    "positions": (
        "position,role,school,status,staff,fte,step,funding\n"
        "P-001,para,elm,filled,ESP-01,1,1,general:100\n"
        "P-002,para,elm,proposed,,1,1,general:100\n"
    ),
    "groups": GROUPS,
    "duties": None,
}


def folder(place: Path) -> Path:
    """The district as a folder of CSV files called `small`."""
    return small.folder(place / "small", **BOUGHT)
