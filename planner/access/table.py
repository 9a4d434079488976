"""The one table of who sees what. What is not in it nobody sees, so that a new column is hidden
until somebody decides. Keys of a `plan.json` say it themselves (`planner.document`).
"""

from collections.abc import Iterator, Mapping

from planner.access.document_keys import document_keys
from planner.access.viewer import User
from planner.facts.who import (
    ALL,
    DIRECTOR,
    DISTRICT,
    EVERYBODY,
    HR,
    MONEY,
    NOT,
    OFFICE,
    PAY,
    STAFFING,
    STUDENTS,
    VIEWER,
    Level,
    Who,
)
from planner.rules import RULE_OF
from planner.rules.goals import GOAL_OF
from planner.rules.readers import Readers

SHEETS: Mapping[str, tuple[tuple[Who, str], ...]] = {
    "district": (
        (
            DISTRICT,
            "schema_version name jurisdiction currency locale year_start year_end plan_date cycle "
            "rotation grades grid_minutes dataset_id timezone",
        ),
        (MONEY, "account_format"),
    ),
    "calendar": ((EVERYBODY, "date to kind close cycle_day schools note"),),
    "roles": (
        (
            EVERYBODY,
            "role title family certificated obligation_minutes contract_days works_on pay_basis "
            "lunch_minutes lunch_from lunch_to lunch_shift "
            "prep_minutes max_contact_minutes max_contact_week max_consecutive_minutes "
            "break_minutes part_time fte_step min_fte tiers requires "
            "supervised max_supervised max_sites_per_day max_sites max_days",
        ),
        (MONEY, "job_code budget_item paid_days leave_days bank_holidays"),
        (PAY, "pay_schedule pay_weighting"),
    ),
    "pay": ((PAY, "schedule lane step amount unit from to"),),
    "allowances": (
        (MONEY, "allowance roles unit periods budget_item match required"),
        (PAY, "amount"),
    ),
    "oncosts": (
        (
            PAY,
            "oncost roles rate_percent flat per unit threshold threshold_unit cap min_hours_year "
            "annualised",
        ),
    ),
    "programs": (
        (
            MONEY,
            "program source supplement_only roles blocked_roles tiers tags percents hold_percent "
            "carryover_percent parent_percent "
            "parent_threshold",
        ),
    ),
    "funds": (
        (
            MONEY,
            "fund program school amount total spent_before starts expires supplement_only roles "
            "blocked_roles tiers tags percents hold_percent "
            "carryover_percent parent_percent parent_threshold",
        ),
    ),
    "schools": ((EVERYBODY, "school name kind region open close hours spaces latitude longitude"),),
    "blocks": ((EVERYBODY, "school grades days start end kind subject pull_out push_in"),),
    "travel": ((EVERYBODY, "from to minutes distance"),),
    "staff": (
        (
            EVERYBODY,
            "staff name role fte week_minutes start end shifts days schools home_school "
            "credentials subjects grades hire_date "
            "end_date supervisor max_days busy",
        ),
        (STAFFING, "toil_taken"),
        (PAY, "lane step leave_days"),
    ),
    "positions": (
        (EVERYBODY, "position role school status staff fte week_minutes start end"),
        (MONEY, "min_fte max_fte vacant_since base_program funding allowances allowance_funding"),
        (PAY, "lane step"),
    ),
    "assignments": (
        (EVERYBODY, "position staff from to fte week_minutes kind"),
        (MONEY, "funding"),
        (PAY, "lane step paid note"),
    ),
    "expenditures": (
        (
            MONEY,
            "expenditure fund school kind title amount hours percent role from to status",
        ),
        (PAY, "staff rate"),
        (OFFICE, "note"),
    ),
    "accounts": ((OFFICE, "applies_to segment code"),),
    "groups": (
        (
            EVERYBODY,
            "group school grades subject tier students minutes sessions total_minutes lengths "
            "min_sessions mode roles requires staff windows busy from "
            "to priority max_people adults times_a_day together teacher tags",
        ),
    ),
    "members": ((STUDENTS, "student group"),),
    "teachers": ((EVERYBODY, "teacher school grades certificated planning"),),
    "duties": (
        (
            EVERYBODY,
            "duty kind school roles staff adults with subject minutes sessions after windows time "
            "required",
        ),
    ),
    "training": ((EVERYBODY, "training roles hours due hired_from hired_to grants waived_by"),),
    "offerings": ((EVERYBODY, "training date start end school seats"),),
    "preferences": ((EVERYBODY, "who days from to weight"), (STAFFING, "note")),
    "pins": ((EVERYBODY, "kind subject staff day start school minutes"), (STAFFING, "value")),
    "rules": ((EVERYBODY, "rule setting weight parameter value applies_to from to"),),
}
"""Columns of a dataset. Of a principal's sheets, the rows of their schools
(`planner.access.school_scope`).
"""

READERS: Mapping[Readers, Who] = {
    Readers.EVERYBODY: EVERYBODY,
    Readers.ALL_SCHOOLS: {DIRECTOR: ALL, HR: ALL, VIEWER: ALL},
    Readers.MONEY: MONEY,
    Readers.OFFICE: OFFICE,
}
"""Who may read what a rule finds, or what a goal reached: each rule and goal names its readers.

A principal sees the goals that can be worked out of their own schools alone, without a bound; and,
like whoever lacks a name in a sentence, the findings without such names alone.
"""

WORKBOOK: tuple[tuple[Who, str], ...] = (
    (
        EVERYBODY,
        "summary|timetable people|timetable schools|timetable groups|minutes|left out|open "
        "slots|who is free|sessions|placements|"
        "training|deadlines|positions|findings",
    ),
    (STUDENTS, "could join"),
    (STAFFING, "hr"),
    (MONEY, "money by fund|differentials|school budget"),
    (OFFICE, "time and effort"),
    (PAY, "cost lines"),
)
"""Sheets of `plan.xlsx`. Shares of time need a person's whole week, so that the principal of a part
does not get them.
"""

AUDIT: tuple[tuple[Who, str], ...] = (
    (STAFFING, "number by at action subject schools detail hash"),
    (
        STAFFING,
        "detail.plan detail.replaces detail.scenario detail.base detail.dataset detail.run "
        "detail.version detail.name",
    ),
    (
        OFFICE,
        "detail.note detail.digests detail.file detail.sha256 detail.replaced detail.rows "
        "detail.students detail.datasets",
    ),
    (OFFICE, "detail.plans detail.scenarios detail.worker detail.reason"),
)
"""Keys of an entry of the audit trail. What a detail says of a cell is shown to who sees its
column.
"""


def _entries() -> Iterator[tuple[str, Who]]:
    for sheet, columns in SHEETS.items():
        yield from ((f"{sheet}.{name}", who) for who, names in columns for name in names.split())
    yield from ((f"plan:{key}", who) for key, who in document_keys())
    yield from ((f"audit:{name}", who) for who, names in AUDIT for name in names.split())
    yield from ((f"sheet:{name}", who) for who, names in WORKBOOK for name in names.split("|"))


TABLE: Mapping[str, Who] = dict(_entries())
"""`staff.lane`, `plan:positions[].total`, `sheet:cost lines`, `audit:by`: who sees how much."""


def who_sees(key: str) -> Who:
    """Who sees how much of something: as the table says, or (`goal:cost`, `finding:shift`) as the
    goal or the rule itself says; nobody sees what neither knows.
    """
    kind, _, name = key.partition(":")
    if kind == "finding":
        return READERS[RULE_OF[name].readers] if name in RULE_OF else {}
    if kind == "goal":
        return READERS[GOAL_OF[name].readers] if name in GOAL_OF else {}
    return TABLE.get(key, {})


def seen(viewer: User, key: str) -> Level:
    """How much of something somebody sees, over all their roles; nothing where the table does not
    know it.
    """
    who = who_sees(key)
    return max((who.get(role, NOT) for role in viewer.roles), default=NOT)
