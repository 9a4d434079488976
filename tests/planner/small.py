"""A small valid dataset as text, and ways to change one thing in it."""

import csv
import io
from pathlib import Path

from planner.facts.sheets import Dataset
from planner.sheets.dataset import parse
from planner.sheets.raw_table import RawSheet, table_of
from planner.words.errors import DatasetError, Fault

SHEETS = {
    "district": "name,year_start,year_end\nSmall,2026-09-01,2027-06-18\n",
    "roles": "role,title,obligation_minutes,contract_days\npara,Paraeducator,420,195\n",
    "schools": "school,name,open,close\nelm,Elm,08:00,15:30\noak,Oak,08:00,15:30\n",
    "blocks": "school,grades,days,start,end,kind\nelm,K-2,Mon-Fri,09:00,10:00,flex\n",
    "programs": "program,source\ntitle-1,federal\n",
    "funds": "fund,program,amount\nt1-elm,title-1,1000\ngeneral,title-1,1000\n",
    "allowances": "allowance,amount,unit\nlead-diff,150,period\n",
    "staff": "staff,role,schools\nESP-01,para,elm\n",
    "positions": "position,role,status,staff,funding\nP-001,para,filled,ESP-01,t1-elm:50;general:50\n",
    "groups": "group,school,grades,tier,minutes,sessions,students\nelm-read,elm,K-2,2,30,4,4\n",
    "duties": "duty,kind,minutes\nmeeting-1,meeting,30\n",
}


def tables(**changes: str | None) -> dict[str, RawSheet]:
    """The sheets, some replaced by other text, or left out (None)."""
    texts = SHEETS | changes
    return {
        sheet: table_of(list(csv.reader(io.StringIO(text))), f"{sheet}.csv")
        for sheet, text in texts.items()
        if text is not None
    }


def dataset(**changes: str | None) -> Dataset:
    return parse(tables(**changes))


def faults(**changes: str | None) -> list[Fault]:
    """What is wrong with the small dataset after a change; none if nothing is."""
    try:
        dataset(**changes)
    except DatasetError as error:
        return list(error.faults)
    return []


def folder(path: Path, **changes: str | bytes | None) -> Path:
    """The small dataset as a folder of CSV files."""
    path.mkdir(parents=True, exist_ok=True)
    for sheet, text in (SHEETS | changes).items():
        if text is not None:
            (path / f"{sheet}.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    return path
