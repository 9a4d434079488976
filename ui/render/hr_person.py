"""One person in full, as it is read in a terminal.

Contract, each position's funding and cost lines with their formulas, differentials, time and
effort.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from babel.dates import format_date

from planner.facts.problem import Problem
from planner.hr.effort import CAUTION, RECORD_SOURCES
from planner.hr.people import HeldPosition, Record
from planner.money.number_format import NumberFormat
from planner.words.wording import listed
from ui.render.columns import columns


def person_lines(
    problem: Problem, person: Record, saying: NumberFormat, *, with_pay: bool
) -> Iterator[str]:
    """Every line of a person; without pay no amount, lane or step."""
    words = saying.words
    yield f"{person.name} ({person.staff}), {problem.roles[person.role].title}"
    scheduled = (
        "" if person.scheduled is None else f", scheduled for {words.number(person.scheduled)}"
    )
    yield (
        f"  {words.fte(float(person.fte))} FTE: contracted for "
        f"{words.number(person.obligation)} minutes a cycle{scheduled}"
    )
    dates = "" if person.dates is None else f", on {words.count(person.dates, 'date')}"
    # Without a position nobody knows what is paid: 0 hours would be a figure.
    paid = f"; {saying.hours(person.hours_a_year)} paid a year" if person.places else ""
    yield f"  {words.count(person.days, 'contract day')}{dates}{paid}"
    if person.elsewhere:
        days = words.count(person.elsewhere, "day")
        yield (
            f"  Also at other schools, on {days} of the cycle: what asks for their whole week "
            "or contract is not told here"
        )
    yield f"  Supervisor: {person.supervisor or 'none named'}"
    yield from _timeline(problem, person, saying, with_pay=with_pay)
    for place in person.places:
        yield from _place(problem, place, saying, with_pay=with_pay)
    if with_pay:
        yield from _by_month(problem, person, saying)
    yield from _credentials(problem, person, saying)
    for need in person.training:
        by = f" by {saying.day(need.due)}" if need.due else ""
        yield (
            f"  Training {need.training}: {words.minutes(need.needed)}{by}, "
            f"{words.minutes(need.planned)} planned"
        )
    for one in person.benefits:
        months = "" if one.months is None else f", {words.count(one.months, 'month')}"
        reached = "due" if one.eligible else "not due"
        yield (
            f"  {one.oncost} {reached}{months}: {saying.hours(one.hours)} paid, "
            f"{saying.hours(one.threshold)} needed"
        )
    yield from _effort(person, saying)


def _timeline(
    problem: Problem, person: Record, saying: NumberFormat, *, with_pay: bool
) -> Iterator[str]:
    """Their year: what they hold from when to when, where it is more than one thing all year."""
    district, places = problem.data.district, sorted(person.places, key=lambda p: p.holding.start)
    if not any(any(place.within(district)) for place in places):
        return
    yield "  The year"
    rows = []
    for place in places:
        position, holding = place.position, place.holding
        cells = [
            saying.day(holding.start),
            saying.day(holding.end),
            position.position,
            place.standing,
            f"{saying.words.fte(float(position.fte))} FTE",
            ", ".join(
                f"{share.fund} {saying.number(share.percent)} %" for share in position.funding
            )
            or "no fund",
        ]
        if with_pay:
            step = " ".join(filter(None, (position.lane, position.step)))
            cells += [step, saying.money(place.cost.total) if place.cost else "–"]
        rows.append(cells)
    pay = ["Step", "Amount"] if with_pay else []
    heads = ["From", "To", "Position", "As", "FTE", "Funds", *pay]
    yield from columns(heads, rows, left=heads[:-1] if with_pay else heads, indent=4)


def _by_month(problem: Problem, person: Record, saying: NumberFormat) -> Iterator[str]:
    """What they cost month by month, over all positions."""
    district, sums = problem.data.district, dict[date, Decimal]()
    for place in person.places:
        for month, paid in place.by_month(district).items():
            sums[month] = sums.get(month, Decimal(0)) + sum(paid.values(), Decimal(0))
    if sums:
        amounts = [
            f"{format_date(month, 'MMM y', locale=district.locale)} {saying.money(amount)}"
            for month, amount in sorted(sums.items())
        ]
        yield f"  By month: {', '.join(amounts)}"


def _credentials(problem: Problem, person: Record, saying: NumberFormat) -> Iterator[str]:
    """Each with its last date; which of them end before the year does, HR has found."""
    ended = {end.credential: end.ended for end in person.credentials}
    for held in next(row for row in problem.data.staff if row.staff == person.staff).credentials:
        if held.expires is None:
            yield f"  Credential {held.name}, without end"
        else:
            says = {None: "is valid until", True: "ended on", False: "ends on"}[
                ended.get(held.name)
            ]
            yield f"  Credential {held.name} {says} {saying.day(held.expires)}"


def _place(
    problem: Problem, place: HeldPosition, saying: NumberFormat, *, with_pay: bool
) -> Iterator[str]:
    position, words = place.position, saying.words
    schools = (
        listed([problem.schools[school].name for school in position.school]) or "placed by the plan"
    )
    district = problem.data.district
    start, end = place.within(district)
    when = (
        f", {saying.day(start or district.year_start)} to {saying.day(end or district.year_end)}"
        if start or end
        else ""
    )
    fte = words.fte(float(position.fte))
    yield f"  {position.position}, {schools}, {place.standing}: {fte} FTE{when}"
    hours = [
        saying.hours(each) for each in (place.hours_a_day, place.hours_a_week, place.hours_a_year)
    ]
    days = (
        f"{words.count(place.contract_days, 'contract day')}, "
        f"{words.count(place.paid_days, 'paid day')}"
    )
    yield f"    {hours[0]} a day, {hours[1]} a week, {hours[2]} a year; {days}"
    for line in place.funding:
        amount = f", {saying.money(line.amount)}" if with_pay and line.amount is not None else ""
        yield f"    {line.fund or 'no fund'} pays {saying.number(line.percent)} %{amount}"
    for one in place.differentials:
        items = f"{one.allowance} {one.allowance_item}".strip(), f"position {one.item}".strip()
        percents = (
            f"{saying.number(one.percent)} % beside {saying.number(one.position_percent)} "
            f"% of {items[1]}"
        )
        fault = ": must be the same" if one.must_match and not one.agrees else ""
        yield f"    {items[0]}, {one.fund}: {percents}{fault}"
    if with_pay and place.cost:
        lines = [
            [line.name, line.budget_item, line.formula, saying.money(line.amount)]
            for line in place.cost.lines
        ]
        total = ["total", "", "", saying.money(place.cost.total)]
        yield from columns(
            ["Line", "Item", "Formula", "Amount"],
            [*lines, total],
            left=["Line", "Item", "Formula"],
            indent=4,
        )


def _effort(person: Record, saying: NumberFormat) -> Iterator[str]:
    found, words = person.effort, saying.words
    if not found.lines:
        return
    yield f"  Time and effort, planned: {words.number(found.minutes)} minutes a cycle with groups"
    for line in found.lines:
        planned = (
            "no groups"
            if line.planned is None
            else f"{words.number(float(line.planned), 1)} % of the minutes"
        )
        off = (
            ""
            if line.difference is None
            else f" ({words.signed(float(line.difference), 1)} points)"
        )
        yield (
            f"    {line.fund or 'no fund'}: pays {words.number(float(line.funded), 1)} %, "
            f"{planned}{off}"
        )
    if found.record:
        yield f"    An auditor asks for {found.record} [{RECORD_SOURCES}]. {CAUTION}"
