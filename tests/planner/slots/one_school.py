"""A school with one flex hour a grade and a day, to work bounds out on paper; single sheets can be
replaced.
"""

from planner.facts.problem import Problem
from tests.planner.small import dataset

SHEETS = {
    "district": "name,year_start,year_end,grades\nOne,2026-09-01,2027-06-18,1;2;3\n",
    "roles": "role,title,obligation_minutes,contract_days,lunch_minutes\npara,Para,420,195,30\n",
    "schools": "school,name,open,close\nelm,Elm,08:00,15:30\n",
    "blocks": "school,grades,start,end,kind,subject\nelm,1,09:00,10:00,flex,\nelm,2,10:00,11:00,flex,\nelm,3,10:30,11:30,flex,\n",
    "staff": "staff,name,role,schools\nP1,Ann,para,elm\nP2,Ben,para,elm\n",
    "groups": "group,school,grades,tier,minutes,sessions,students\ng1,elm,1,2,30,5,4\n",
}


def school(**changes: str | None) -> Problem:
    """The school, some sheets replaced by other text."""
    none: dict[str, str | None] = {
        "positions": None,
        "duties": None,
        "funds": None,
        "programs": None,
        "allowances": None,
    }
    return Problem(dataset(**none | SHEETS | changes), "one")


def groups(*rows: str) -> str:
    """The sheet groups: `name,grade,minutes,sessions`, tier 2, pulled out, unless a row says
    more.
    """
    lines = []
    for row in rows:
        name, grade, minutes, sessions, *more = [*row.split(",")]
        tail = [*more, *[""] * 5][:5]
        lines.append(",".join([name, "elm", grade, "2", "4", minutes, sessions, *tail]))
    head = "group,school,grades,tier,students,minutes,sessions,mode,subject,requires,min_sessions,windows"
    return "\n".join([head, *lines]) + "\n"
