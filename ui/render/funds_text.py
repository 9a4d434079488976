"""The funds' view as it is read in a terminal.

Accounts, costs by program, school and job class; a school's page.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from planner.facts.problem import Problem
from planner.funding import Account, FundingReport, SchoolPlan
from planner.funding.report import Spending
from planner.money.lines import ZERO
from planner.money.number_format import NumberFormat
from planner.money.spending import SpendingLine
from planner.plan.measures import Dose
from planner.rules.goals import GOAL_OF
from planner.words.wording import listed
from solver.budget.steps import FundingStep
from ui.render.columns import columns

PER_UNIT = (
    "Per student and student-minute: a year's cost ÷ students served, ÷ minutes × "
    "students on every date of the year."
)


AMOUNTS: Mapping[str, Callable[[Account], Decimal]] = {
    "Allocated": lambda account: account.allocated,
    "Held back": lambda account: account.held,
    "Parents": lambda account: account.parents,
    "Filled": lambda account: account.filled,
    "Vacant": lambda account: account.vacant,
    "Proposed": lambda account: account.proposed,
    "Expenditures": lambda account: account.expenditures,
    "Planned": lambda account: account.planned,
    "Left": lambda account: account.left,
}
"""The columns of an account: filled, vacant and proposed positions and expenditures together are
what is planned.
"""


def as_text(problem: Problem, found: FundingReport, *, planned: bool) -> str:
    """The accounts, and what the money buys where there is a timetable."""
    saying = NumberFormat(problem.data.district)
    head = (
        f"{problem.name}: funds, {'as planned' if planned else 'with the positions as they stand'}"
    )
    parts = [[head, *found.remarks], list(_accounts(found.accounts, saying))]
    for one in found.findings:
        parts[0] += [
            f"{one.severity}: {one.message}",
            f"  {one.remedy}" + (f" [{one.source}]" if one.source else ""),
        ]
    if found.unfunded:
        parts.append([f"{saying.money(found.unfunded)} is paid by no fund."])
    parts.append(list(_beside(found.lines, saying)))
    parts.append(list(_grants(found.accounts, saying)))
    if found.budget.costs.positions:
        parts.append(list(_spending(problem, found, saying)))
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _accounts(some: Sequence[Account], saying: NumberFormat) -> Iterator[str]:
    if not some:
        return
    rows = [
        [
            account.fund,
            *(saying.money(amount(account)) for amount in AMOUNTS.values()),
            saying.day(account.expires) if account.expires else "–",
        ]
        for account in some
    ]
    sums = [sum((amount(account) for account in some), ZERO) for amount in AMOUNTS.values()]
    yield from columns(
        ["Fund", *AMOUNTS, "Spend by"],
        [*rows, ["All", *(saying.money(each) for each in sums), ""]],
        left=["Fund", "Spend by"],
    )


def _beside(lines: Sequence[SpendingLine], saying: NumberFormat) -> Iterator[str]:
    """What funds pay beside positions, a line for each fund that pays of it."""
    if not lines:
        return
    yield "Expenditures"
    heads = ["Expenditure", "Title", "Kind", "Status", "Fund", "Formula", "Amount"]
    rows = [
        [
            line.id,
            line.title,
            line.kind.replace("_", " "),
            line.status,
            fund or "no fund",
            line.formula,
            saying.money(amount),
        ]
        for line in lines
        for fund, amount in line.funds.items()
    ]
    total = saying.money(sum((line.amount for line in lines), ZERO))
    yield from columns(heads, [*rows, ["All", *[""] * 5, total]], left=heads[:-1], indent=2)


def _grants(some: Sequence[Account], saying: NumberFormat) -> Iterator[str]:
    """What this year takes of grants of several years, and leaves for those that follow."""
    rows = [
        [
            account.fund,
            *(
                saying.money(each)
                for each in (account.grant, account.spent_before, account.planned)
            ),
            saying.money(account.left_of_grant),
            saying.day(account.starts) if account.starts else "–",
            saying.day(account.expires) if account.expires else "–",
        ]
        for account in some
        if account.grant is not None and account.left_of_grant is not None
    ]
    if rows:
        yield "Grants of several years"
        heads = ["Fund", "In all", "Before this year", "This year", "Left", "From", "Spend by"]
        yield from columns(heads, rows, left=["Fund", "From", "Spend by"], indent=2)


def _spending(problem: Problem, found: FundingReport, saying: NumberFormat) -> Iterator[str]:
    planned = found.total.delivered is not None
    names = {school.school: school.name for school in problem.data.schools} | {
        r.role: r.title for r in problem.data.roles
    }
    more = ["Students", "Student-minutes", "Per student", "Per student-minute"] if planned else []
    beside = ["Expenditures"] if found.lines else []
    named = [("All", found.total)]
    named += [(one.id or "no fund", one) for one in found.programs]
    named += [
        (names.get(one.id, "No single school"), one) for one in (*found.schools, *found.roles)
    ]
    rows = [
        [name, *_figures(one, saying, planned=planned, beside=bool(beside))] for name, one in named
    ]
    yield "Costs a year by program, school and job class"
    yield from columns(["", "FTE", "Cost", *beside, *more], rows, left=[""], indent=2)
    if beside:
        yield "  Cost is that of positions; expenditures come on top."
    if planned:
        yield f"  {PER_UNIT}"


def _figures(one: Spending, saying: NumberFormat, *, planned: bool, beside: bool) -> list[str]:
    found = [saying.words.fte(float(one.fte)), saying.money(one.cost)]
    if beside:
        found.append(saying.money(one.expenditures))
    if not planned:
        return found
    if one.delivered is None:
        return [*found, "–", "–", "–", "–"]
    units = [
        "–" if each is None else saying.money(each) for each in (one.per_student, one.per_minute)
    ]
    return [
        *found,
        saying.words.number(one.delivered.students),
        saying.words.number(float(one.delivered.minutes)),
        *units,
    ]


def steps(problem: Problem, percent: Decimal, found: Sequence[FundingStep]) -> str:
    """What each step of a fund changes, a line each; funds for which nothing changes are named
    together.
    """
    saying = NumberFormat(problem.data.district)
    lines = [
        f"{problem.name}: what {saying.words.exact(percent)} % more, or less, of each fund changes",
        *_steps(found, saying),
    ]
    return "\n".join(lines)


def _steps(found: Sequence[FundingStep], saying: NumberFormat) -> Iterator[str]:
    still = []
    for one in found:
        said = list(_changes(one, saying))
        if said:
            sign = "+" if one.amount > 0 else "−"
            yield f"  {one.fund} {sign}{saying.money(abs(one.amount))}: {'; '.join(said)}."
        else:
            still.append(one.fund)
    both = [fund for fund in dict.fromkeys(still) if still.count(fund) > 1]
    if both:
        yield f"  Nothing changes with more or less of {listed(both)}."
    yield "  Minutes are weighted by priority, a cycle: what no legal use of the money can exceed."


def _changes(one: FundingStep, saying: NumberFormat) -> Iterator[str]:
    if not one.solved:
        yield "no legal budget was found"
    for goal, change in one.minutes.items():
        if change:
            title = GOAL_OF[goal].title
            yield (
                f"{'+' if change > 0 else '−'}{saying.words.number(abs(change))} "
                f"{title[:1].lower()}{title[1:]}"
            )
    others = [name for name in one.given_up if name not in one.filled_lost]
    for verb, names in (
        ("budgets", one.added),
        ("no longer budgets", others),
        ("cuts, though filled,", one.filled_lost),
        ("pays otherwise", one.paid_otherwise),
    ):
        if names:
            yield f"{verb} {listed(names)}"


def page(problem: Problem, found: SchoolPlan, *, with_pay: bool) -> str:
    """A school's page: what is needed, then position by position, then its funds."""
    saying = NumberFormat(problem.data.district)
    parts = [
        [f"{found.name}: plan of the school's budget", *found.remarks],
        list(_needs(found, saying)),
    ]
    parts += [list(_positions(found, saying, with_pay=with_pay))]
    if found.vacant:
        parts.append([f"Vacant: {listed(found.vacant)}."])
    lines = [line for line in found.lines if with_pay or not line.tells_pay]
    parts.append(list(_beside(lines, saying)))
    if with_pay:
        parts.append(list(_accounts(found.accounts, saying)))
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _needs(found: SchoolPlan, saying: NumberFormat) -> Iterator[str]:
    heads = ["Tier", "Groups", "Students", "Minutes a cycle"]
    if found.needs:
        yield "Need" + (" (served of owed)" if found.timed else "")
        rows = [
            [
                str(need.tier),
                *(_of(dose, found, saying) for dose in (need.groups, need.students, need.minutes)),
            ]
            for need in found.needs
        ]
        yield from columns(heads, rows, left=[], indent=2)


def _of(dose: Dose, found: SchoolPlan, saying: NumberFormat) -> str:
    owed = saying.words.number(dose.owed)
    return f"{saying.words.number(dose.delivered)} of {owed}" if found.timed else owed


def _positions(found: SchoolPlan, saying: NumberFormat, *, with_pay: bool) -> Iterator[str]:
    if found.positions:
        yield "Positions" + ("" if found.timed else " (activity: what the job class may do here)")
    for one in found.positions:
        tiers = f"tier {listed([str(tier) for tier in one.tiers])}; " if one.tiers else ""
        yield (
            f"  {one.position.position} {one.title}, {one.holder}, "
            f"{saying.words.fte(float(one.position.fte))} FTE"
        )
        yield f"    {tiers}{one.activity or 'nothing said'}"
        for line in one.funding:
            amount = (
                f"  {saying.money(line.amount)}" if with_pay and line.amount is not None else ""
            )
            yield f"    {line.fund or 'no fund'} {saying.number(line.percent)} %{amount}"
