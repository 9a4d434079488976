"""The one table of who sees what. What is not in it nobody sees, so that a new column is hidden
until somebody decides.
"""

from collections.abc import Iterator, Mapping
from enum import IntEnum

from planner.access.viewer import DIRECTOR, HR, PRINCIPAL, VIEWER, User
from planner.rules import RULE_OF
from planner.rules.goals import GOAL_OF
from planner.rules.readers import Readers


class Level(IntEnum):
    """How much of something a role sees: nothing, what is of its own schools, or all of it."""

    NOT = 0
    OWN = 1
    ALL = 2


NOT, OWN, ALL = Level.NOT, Level.OWN, Level.ALL
Who = Mapping[str, Level]

EVERYBODY: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: OWN, VIEWER: ALL}
DISTRICT: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: ALL, VIEWER: ALL}
MONEY: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: OWN}
STAFFING: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: OWN}
OFFICE: Who = {DIRECTOR: ALL, HR: ALL}
PAY: Who = {HR: ALL}
STUDENTS: Who = {DIRECTOR: ALL, PRINCIPAL: OWN}

SHEETS: Mapping[str, tuple[tuple[Who, str], ...]] = {
    "district": (
        (
            DISTRICT,
            "schema_version name jurisdiction currency locale year_start year_end plan_date cycle "
            "grades grid_minutes",
        ),
    ),
    "calendar": ((EVERYBODY, "date to kind close schools note"),),
    "roles": (
        (
            EVERYBODY,
            "role title family certificated obligation_minutes contract_days works_on pay_basis "
            "lunch_minutes lunch_from lunch_to "
            "prep_minutes max_contact_minutes max_consecutive_minutes break_minutes part_time "
            "fte_step min_fte tiers requires "
            "supervised max_supervised max_sites_per_day max_sites",
        ),
        (MONEY, "job_code budget_item paid_days leave_days bank_holidays"),
        (PAY, "pay_schedule"),
    ),
    "pay": ((PAY, "schedule lane step amount unit from to"),),
    "allowances": (
        (MONEY, "allowance roles unit periods budget_item match required"),
        (PAY, "amount"),
    ),
    "oncosts": ((PAY, "oncost roles rate_percent flat per unit threshold cap min_hours_year"),),
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
            "fund program school amount expires supplement_only roles blocked_roles tiers tags "
            "percents hold_percent "
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
            "end_date supervisor busy",
        ),
        (PAY, "lane step leave_days"),
    ),
    "positions": (
        (EVERYBODY, "position role school status staff fte week_minutes start end"),
        (MONEY, "min_fte max_fte vacant_since base_program funding allowances allowance_funding"),
        (PAY, "lane step"),
    ),
    "groups": (
        (
            EVERYBODY,
            "group school grades subject tier students minutes sessions min_sessions mode roles "
            "requires staff windows busy from "
            "to priority max_people tags",
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
    "pins": ((EVERYBODY, "kind subject staff day start school"), (STAFFING, "value")),
    "rules": ((EVERYBODY, "rule setting weight parameter value applies_to from to"),),
}
"""Columns of a dataset. Of a principal's sheets, the rows of their schools
(`planner.access.school_scope`).
"""

DOCUMENT: Mapping[str, tuple[tuple[Who, str], ...]] = {
    "": ((DISTRICT, "scenario dataset_hash schema_version"),),
    "changes[]": ((OFFICE, "words sheet key subjects[]"),),
    "solver": ((DISTRICT, "status stopped"),),
    "solver.goals[]": ((EVERYBODY, "goal title unit value bound gap words"),),
    "positions[]": (
        (EVERYBODY, "position role school[] staff fte"),
        (
            MONEY,
            "funding[].fund funding[].percent allowances[].allowance allowances[].budget_item "
            "allowances[].percent",
        ),
        (MONEY, "allowances[].funding[].fund allowances[].funding[].percent"),
        (
            PAY,
            "lane step salary oncosts total funding[].amount allowances[].amount "
            "allowances[].funding[].amount",
        ),
    ),
    "placements[]": (
        (EVERYBODY, "staff position day half school shift_start shift_end lunch_start lunch_end"),
        (EVERYBODY, "preparation[].start preparation[].end"),
    ),
    "elsewhere[]": ((EVERYBODY, "staff day"),),
    "sessions[]": ((EVERYBODY, "service kind school staff[] day start end place dates[]"),),
    "training[]": ((EVERYBODY, "staff training date start end"),),
    "unserved[]": ((EVERYBODY, "service sessions_owed sessions_given rule reason remedy"),),
    "findings[]": ((EVERYBODY, "rule severity subject amount unit message"),),
    "names": ((EVERYBODY, "schools.* people.* roles.*"), (MONEY, "funds.*")),
    "district": ((DISTRICT, "name locale currency cycle[] grades[]"),),
    "measures": (
        (
            EVERYBODY,
            "minutes.all.owed minutes.all.delivered minutes.tier.*.owed minutes.tier.*.delivered",
        ),
        (
            EVERYBODY,
            "minutes.school.*.owed minutes.school.*.delivered minutes.subject.*.owed "
            "minutes.subject.*.delivered",
        ),
        (EVERYBODY, "minutes.school_tier.*.*.owed minutes.school_tier.*.*.delivered"),
        (EVERYBODY, "sessions.owed sessions.delivered students.owed students.delivered"),
        (EVERYBODY, "students_by.tier.*.owed students_by.tier.*.delivered"),
        (EVERYBODY, "students_by.school.*.owed students_by.school.*.delivered"),
        (
            EVERYBODY,
            "groups[].service groups[].school groups[].tier groups[].grades[] groups[].subject "
            "groups[].students",
        ),
        (
            EVERYBODY,
            "groups[].minutes.owed groups[].minutes.delivered groups[].sessions.owed "
            "groups[].sessions.delivered",
        ),
        (EVERYBODY, "groups[].adults[] fte.*.people fte.*.fte utilisation worst_school travel"),
        (
            EVERYBODY,
            "people.*.role people.*.fte people.*.obligation people.*.contact people.*.duties "
            "people.*.preparation",
        ),
        (EVERYBODY, "people.*.lunch people.*.travel people.*.free people.*.utilisation"),
        (
            EVERYBODY,
            "continuity.groups continuity.with_one_adult continuity.adults_a_group "
            "fairness.spread_of_schools",
        ),
        (EVERYBODY, "training_deadlines.owed training_deadlines.delivered"),
        (OFFICE, "cost.all cost.fund.* cost.role.* cost.school.* cost.fund_left.*"),
        (OFFICE, "cost.per_student_minute.all cost.per_student_minute.fund.*"),
    ),
}
"""Keys of a `plan.json`: `[]` is each entry of a list, `*` each name of a mapping. A principal's
figures are worked out anew.
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
    for path, keys in DOCUMENT.items():
        yield from (
            (f"plan:{path}.{name}".replace(":.", ":"), who)
            for who, names in keys
            for name in names.split()
        )
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


def _branches() -> dict[str, dict[str, Level]]:
    found: dict[str, dict[str, Level]] = {}
    for key, who in TABLE.items():
        steps = (
            key.removeprefix("plan:").replace("[]", ".[]").split(".")
            if key.startswith("plan:")
            else []
        )
        for length in range(1, len(steps) + 1):
            branch = found.setdefault(".".join(steps[:length]).replace(".[]", "[]"), {})
            branch.update({role: max(level, branch.get(role, NOT)) for role, level in who.items()})
    return found


BRANCHES: Mapping[str, Who] = _branches()
"""Each key of a `plan.json`, and each that holds others, with the most that a role sees in it."""


def seen(viewer: User, key: str) -> Level:
    """How much of something somebody sees, over all their roles; nothing where the table does not
    know it.
    """
    return _most(viewer, who_sees(key))


def seen_within(viewer: User, path: str) -> Level:
    """The most that somebody sees of a key of a `plan.json` and of whatever it holds; nothing where
    the table does not know it.
    """
    return _most(viewer, BRANCHES.get(path, {}))


def _most(viewer: User, who: Who) -> Level:
    return max((who.get(role, NOT) for role in viewer.roles), default=NOT)
