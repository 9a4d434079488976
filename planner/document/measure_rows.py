"""The figures of a plan as its document holds them, and what else lets a comparison speak of it
without its dataset.

Minutes are a cycle's; shares are parts of 1; money is exact.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Annotated

from babel import Locale, UnknownLocaleError
from pydantic import field_validator

from planner.document.document_part import (
    DECIMALS,
    Exact,
    Owed,
    PlanPart,
    Rounded,
    SeenBy,
    Whole,
    exactly,
)
from planner.facts.problem import Problem
from planner.facts.who import DISTRICT, EVERYBODY, MONEY, OFFICE
from planner.funding import FundingReport, money
from planner.funding.report import Spending
from planner.money.head_count import fte_by_role
from planner.plan.measures import Dose, GroupDose, PersonWeek, measure
from planner.plan.plan import Plan
from planner.plan.positions import staffed_by


class MinuteFigures(PlanPart):
    """Minutes in all and by tier, school and subject."""

    all: Owed
    tier: dict[str, Owed]
    school: dict[str, Owed]
    subject: dict[str, Owed]
    school_tier: dict[str, dict[str, Owed]]


class StudentFigures(PlanPart):
    """Students by tier and by school."""

    tier: dict[str, Owed]
    school: dict[str, Owed]


class GroupFigures(PlanPart):
    """What a group gets."""

    service: Annotated[str, SeenBy(EVERYBODY, "The group.")]
    school: Annotated[str, SeenBy(EVERYBODY, "Its school.")]
    tier: Annotated[Whole, SeenBy(EVERYBODY, "Its tier.")]
    grades: Annotated[tuple[str, ...], SeenBy(EVERYBODY, "Its grades.")] = ()
    subject: Annotated[str, SeenBy(EVERYBODY, "Its subject; blank: any.")] = ""
    students: Annotated[Whole, SeenBy(EVERYBODY, "How many are in it.")]
    minutes: Owed
    sessions: Owed
    adults: Annotated[tuple[str, ...], SeenBy(EVERYBODY, "Who serves it.")] = ()


class RoleFigures(PlanPart):
    """The people of a job class."""

    people: Annotated[Whole, SeenBy(EVERYBODY, "How many they are.")]
    fte: Annotated[Rounded, SeenBy(EVERYBODY, "Their FTE.")]


class PersonFigures(PlanPart):
    """A person's cycle, in minutes."""

    role: Annotated[str, SeenBy(EVERYBODY, "Their job class.")]
    fte: Annotated[Rounded, SeenBy(EVERYBODY, "Their share of full time.")]
    obligation: Annotated[Whole, SeenBy(EVERYBODY, "Contracted minutes.")]
    contact: Annotated[Whole, SeenBy(EVERYBODY, "Minutes with groups.")]
    duties: Annotated[Whole, SeenBy(EVERYBODY, "Minutes of duties.")] = 0
    preparation: Annotated[Whole, SeenBy(EVERYBODY, "Minutes of preparation.")] = 0
    lunch: Annotated[Whole, SeenBy(EVERYBODY, "Minutes of lunch.")] = 0
    travel: Annotated[Whole, SeenBy(EVERYBODY, "Minutes on the way between schools.")]
    free: Annotated[Whole, SeenBy(EVERYBODY, "Minutes of nothing planned.")] = 0
    utilisation: Annotated[
        Rounded, SeenBy(EVERYBODY, "Minutes with groups of contracted ones, as a part of 1.")
    ] = Decimal(0)


class ContinuityFigures(PlanPart):
    """How many adults a served group sees."""

    groups: Annotated[Whole, SeenBy(EVERYBODY, "Groups that are served.")]
    with_one_adult: Annotated[Whole, SeenBy(EVERYBODY, "Those of them that see one adult.")]
    adults_a_group: Annotated[Rounded, SeenBy(EVERYBODY, "Adults that one sees on average.")]


class FairnessFigures(PlanPart):
    """How far apart schools are."""

    spread_of_schools: Annotated[
        Rounded, SeenBy(EVERYBODY, "Share of minutes at the best school less that at the worst.")
    ]


class PerMinute(PlanPart):
    """A year's cost for each student-minute."""

    all: Annotated[Exact | None, SeenBy(OFFICE, "Of all positions.")]
    fund: Annotated[dict[str, Exact | None], SeenBy(OFFICE, "By fund.")]


class CostFigures(PlanPart):
    """What positions cost a year. What no fund pays stands under the blank id."""

    all: Annotated[Exact, SeenBy(OFFICE, "In all.")]
    fund: Annotated[dict[str, Exact], SeenBy(OFFICE, "By fund.")]
    role: Annotated[dict[str, Exact], SeenBy(OFFICE, "By job class.")]
    school: Annotated[dict[str, Exact], SeenBy(OFFICE, "By school; blank: of several or none.")]
    expenditures: Annotated[
        dict[str, Exact], SeenBy(OFFICE, "By fund, what it pays beside positions.")
    ] = {}  # noqa: RUF012  (pydantic copies it; absent in plans that were written before)
    fund_left: Annotated[dict[str, Exact], SeenBy(OFFICE, "What each fund has left.")]
    per_student_minute: PerMinute


class PlanFigures(PlanPart):
    """The measures of a plan."""

    minutes: MinuteFigures
    sessions: Owed
    students: Owed
    students_by: StudentFigures
    groups: tuple[GroupFigures, ...]
    fte: dict[str, RoleFigures]
    people: dict[str, PersonFigures]
    utilisation: Annotated[
        Rounded, SeenBy(EVERYBODY, "Minutes with groups of contracted ones, as a part of 1.")
    ]
    worst_school: Annotated[str, SeenBy(EVERYBODY, "The school served worst.")]
    continuity: ContinuityFigures
    fairness: FairnessFigures
    training_deadlines: Owed = Owed()
    travel: Annotated[Whole, SeenBy(EVERYBODY, "Minutes on the way between schools.")]
    cost: CostFigures | None = None


class Names(PlanPart):
    """What the ids are called that a plan names."""

    schools: Annotated[dict[str, str], SeenBy(EVERYBODY, "Schools.")] = {}
    people: Annotated[dict[str, str], SeenBy(EVERYBODY, "People.")] = {}
    roles: Annotated[dict[str, str], SeenBy(EVERYBODY, "Job classes.")] = {}
    funds: Annotated[dict[str, str], SeenBy(MONEY, "Funds, by program and school.")] = {}


class DistrictNames(PlanPart):
    """In which district, cycle and language the figures stand."""

    name: Annotated[str, SeenBy(DISTRICT, "The district.")]
    locale: Annotated[str, SeenBy(DISTRICT, "The language that figures are written in.")]
    currency: Annotated[str, SeenBy(DISTRICT, "The currency of its money.")]
    cycle: Annotated[tuple[str, ...], SeenBy(DISTRICT, "The days of its cycle.")]
    grades: Annotated[tuple[str, ...], SeenBy(DISTRICT, "Its grades, the youngest first.")]

    @field_validator("locale")
    @classmethod
    def _known(cls, locale: str) -> str:
        try:
            Locale.parse(locale)
        except UnknownLocaleError:
            raise ValueError("is no language that figures can be written in") from None
        return locale


def figures_of(problem: Problem, plan: Plan) -> PlanFigures:
    """The figures of a plan, with the people whom its positions pay."""
    problem = staffed_by(problem, plan)
    measures = measure(problem, plan)
    continuity = measures.continuity
    return PlanFigures(
        minutes=MinuteFigures(
            all=_owed(measures.minutes),
            tier={str(tier): _owed(dose) for tier, dose in measures.tiers.items()},
            school=_doses(measures.schools),
            subject={subject or "any": _owed(dose) for subject, dose in measures.subjects.items()},
            school_tier=_by_school_and_tier(measures.schools_by_tier),
        ),
        sessions=_owed(measures.sessions),
        students=_owed(measures.students),
        students_by=StudentFigures(
            tier={str(tier): _owed(dose) for tier, dose in measures.tier_students.items()},
            school=_doses(measures.school_students),
        ),
        groups=tuple(
            _group(group) for group in sorted(measures.groups, key=lambda group: group.service.id)
        ),
        fte={
            role.role: RoleFigures(people=role.people, fte=exactly(role.fte))
            for role in fte_by_role(problem, plan)
        },
        people={person: _person(week) for person, week in measures.people.items()},
        utilisation=_rounded(measures.utilisation),
        worst_school=measures.worst_school,
        continuity=ContinuityFigures(
            groups=continuity.groups,
            with_one_adult=continuity.with_one_adult,
            adults_a_group=_rounded(continuity.adults_a_group),
        ),
        fairness=FairnessFigures(spread_of_schools=_rounded(measures.spread)),
        training_deadlines=_owed(measures.deadlines),
        travel=sum(week.total.travel for week in measures.people.values()),
        cost=_cost(money(problem, plan))
        if plan.positions is not None and problem.data.pay
        else None,
    )


def names_of(problem: Problem) -> Names:
    """What the ids of a dataset are called: schools, people and job classes; of a fund, its program
    and school.
    """
    data = problem.data
    return Names(
        schools={school.school: school.name for school in data.schools},
        people={person.staff: person.called for person in data.staff},
        roles={role.role: role.title for role in data.roles},
        funds={
            fund.fund: f"{fund.program}, "
            f"{problem.schools[fund.school].name if fund.school else 'pooled'}"
            for fund in data.funds
        },
    )


def district_of(problem: Problem) -> DistrictNames:
    """In which district, cycle and language the figures stand."""
    district = problem.data.district
    return DistrictNames(
        name=district.name,
        locale=district.locale,
        currency=district.currency,
        cycle=district.cycle,
        grades=district.grades,
    )


def _owed(dose: Dose) -> Owed:
    return Owed(owed=dose.owed, delivered=dose.delivered)


def _doses(doses: Mapping[str, Dose]) -> dict[str, Owed]:
    return {name: _owed(dose) for name, dose in doses.items()}


def _by_school_and_tier(doses: Mapping[tuple[str, int], Dose]) -> dict[str, dict[str, Owed]]:
    by_school: dict[str, dict[str, Owed]] = {}
    for (school, tier), dose in sorted(doses.items()):
        by_school.setdefault(school, {})[str(tier)] = _owed(dose)
    return by_school


def _group(group: GroupDose) -> GroupFigures:
    row = group.service.group
    assert row
    return GroupFigures(
        service=group.service.id,
        school=row.school,
        tier=row.tier,
        grades=row.grades,
        subject=row.subject,
        students=group.students,
        minutes=_owed(group.minutes),
        sessions=_owed(group.sessions),
        adults=group.adults,
    )


def _person(week: PersonWeek) -> PersonFigures:
    total = week.total
    return PersonFigures(
        role=week.role,
        fte=exactly(round(week.fte, DECIMALS)),
        obligation=week.obligation,
        contact=total.contact,
        duties=total.duties,
        preparation=total.preparation,
        lunch=total.lunch,
        travel=total.travel,
        free=total.free,
        utilisation=_rounded(week.utilisation),
    )


def _cost(spent: FundingReport) -> CostFigures | None:
    """What the positions cost a year; nothing where some of them have no pay."""
    if len(spent.budget.costs.positions) < len(spent.budget.positions):
        return None
    return CostFigures(
        all=spent.total.cost,
        fund=_costs(spent.funds),
        role=_costs(spent.roles),
        school=_costs(spent.schools),
        expenditures={
            account.fund: account.expenditures for account in spent.accounts if account.expenditures
        },
        fund_left={account.fund: account.left for account in spent.accounts},
        per_student_minute=PerMinute(
            all=spent.total.per_minute,
            fund={one.id: one.per_minute for one in spent.funds if one.fte or one.cost},
        ),
    )


def _costs(some: Iterable[Spending]) -> dict[str, Decimal]:
    """What positions cost; without those that have expenditures alone."""
    return {one.id: one.cost for one in some if one.fte or one.cost}


def _rounded(number: float) -> Decimal:
    return exactly(round(number, DECIMALS))
