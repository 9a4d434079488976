"""A small district with a plan made by hand, so that every figure can be worked out on paper.

Para 1 is at Elm in the morning and at Oak after lunch on Monday; Para 2 works mornings.
"""

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.plan.result import Finding, GoalResult, Result, Status, Unserved
from tests.planner.small import dataset

DISTRICT = "name,year_start,year_end,plan_date\nSmall,2026-09-01,2027-06-18,2026-10-05\n"
ROLES = (
    "role,title,obligation_minutes,contract_days,max_sites_per_day\npara,Paraeducator,420,195,2\n"
)
SCHOOLS = "school,name,open,close,spaces\nelm,Elm,08:00,15:30,1\noak,Oak,08:00,15:30,\n"
TRAVEL = "from,to,minutes\nelm,oak,20\n"
STAFF = """staff,name,role,fte,schools,home_school,hire_date
P1,Para 1,para,1,elm;oak,elm,
P2,Para 2,para,0.5,elm,elm,
P9,Para 9,para,1,oak,oak,2027-01-05
"""
GROUPS = """group,school,grades,subject,tier,students,minutes,sessions,min_sessions,mode
elm-2-read,elm,2,reading,3,,30,2,,pull_out
elm-1-math,elm,K-1,math,2,4,30,4,2,push_in
oak-K-read,oak,K,reading,2,,20,3,,pull_out
"""
MEMBERS = "student,group\ns1,elm-2-read\ns2,elm-2-read\ns2,oak-K-read\ns3,oak-K-read\n"
DUTIES = (
    "duty,kind,school,with,minutes,windows\nmeet,meeting,elm,P1;P2,45,Mon "
    "10:00-10:45\nprepare,planning,elm,,30,\n"
)


def problem(**changes: str | None) -> Problem:
    """The district, some sheets replaced by other text."""
    sheets: dict[str, str | None] = {
        "district": DISTRICT,
        "roles": ROLES,
        "schools": SCHOOLS,
        "travel": TRAVEL,
        "staff": STAFF,
        "groups": GROUPS,
        "members": MEMBERS,
        "duties": DUTIES,
        "positions": None,
    }
    return Problem(dataset(**sheets | changes), "small")


def at(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def session(service: str, day: str, start: str, end: str, *staff: str, **more: str) -> Session:
    kind = "group" if "-" in service else "duty"
    places = {
        "elm-2-read": "pull_out",
        "elm-1-math": "push_in",
        "meet": "meeting",
        "prepare": "planning",
    }
    return Session(
        service, day, at(start), at(end), staff, "elm", more.get("kind", kind), places[service]
    )


PLACEMENTS = (
    Placement("P1", "Mon", at("8:00"), at("11:00"), "elm", "am"),
    Placement(
        "P1", "Mon", at("11:20"), at("15:30"), "oak", "pm", "", (at("12:00"), at("12:30")),
        ((at("13:00"), at("13:40")), (at("14:00"), at("14:20"))),
    ),
    Placement("P1", "Tue", at("8:00"), at("15:30"), "elm", lunch=(at("12:00"), at("12:30"))),
    Placement("P2", "Mon", at("8:00"), at("12:00"), "elm", lunch=(at("11:00"), at("11:30"))),
    Placement(
        "P2", "Wed", at("8:00"), at("12:00"), "elm", lunch=(at("11:00"), at("11:30")),
        preparation=((at("8:00"), at("8:30")),),
    ),
)  # fmt: skip
SESSIONS = (
    session("elm-1-math", "Mon", "9:30", "10:00", "P1"),
    session("elm-1-math", "Tue", "9:30", "10:00", "P1"),
    session("elm-1-math", "Wed", "9:30", "10:00", "P2"),
    session("elm-2-read", "Mon", "9:00", "9:30", "P1"),
    session("elm-2-read", "Tue", "9:00", "9:30", "P1"),
    session("meet", "Mon", "10:00", "10:45", "P1", "P2"),
    session("prepare", "Tue", "14:00", "14:30", "P1"),
)
PLAN = Plan(PLACEMENTS, SESSIONS)
RESULT = Result(
    Status.FEASIBLE,
    PLAN,
    (
        GoalResult("tier_3_minutes", 60, 60),
        GoalResult("tier_2_minutes", 90, 120),
        GoalResult("worst_served_school", 0, 5000),
        GoalResult("same_time", 0, None),
    ),
    (
        Unserved(
            "oak-K-read",
            3,
            0,
            "windows",
            "Nobody qualified is at Oak when kindergarten has flex time.",
        ),
        Unserved(
            "elm-1-math", 4, 3, "contact_minutes", "=Everybody's contact is full on Thursday."
        ),
    ),
    (Finding("dosage", "broken", "meet", 1, "sessions", "meet is not what it was."),),
    stopped="deadline",
)
