"""HR's view as it is read in a terminal.

Findings, position control, a line a position; one person in full.
"""

from collections.abc import Iterator
from decimal import Decimal

from planner.facts.assignments import HOLDS
from planner.facts.problem import Problem
from planner.hr import Hr
from planner.hr.control import Controlled
from planner.hr.people import HeldPosition, Record
from planner.money.number_format import NumberFormat
from planner.words.wording import Words, listed
from ui.render.columns import columns
from ui.render.hr_beside import extra_pay_lines, savings_lines, time_off_lines
from ui.render.hr_person import person_lines

NEAR = 60
"""Hours within which somebody is named who is near the hours from which a benefit is due."""


def as_text(problem: Problem, found: Hr, person: str, *, with_pay: bool, control: bool) -> str:
    """The view; the lines of costs only of one person who is asked for."""
    saying = NumberFormat(problem.data.district)
    parts = [
        [
            f"{problem.name}: people and positions, "
            f"{'as planned' if found.planned else 'as they stand'}"
            + (f" on {saying.day(found.day)}" if found.day else ""),
            *found.budget.remarks,
        ],
        list(_findings(found, saying.words)),
    ]
    if control and problem.data.positions:
        parts.append(list(_control(problem, found, saying, with_pay=with_pay)))
    if with_pay:
        parts.append(list(savings_lines(found, saying)))
    beside = [*extra_pay_lines(found, saying, with_pay=with_pay), *time_off_lines(found, saying)]
    if person:
        parts += [
            list(person_lines(found.problem, record, saying, with_pay=with_pay))
            for record in found.people
        ]
    else:
        parts += [
            list(_people(found, saying, with_pay=with_pay)),
            list(_dates(found, saying)),
            list(_near(found, saying)),
        ]
    parts.append(beside)
    return "\n\n".join("\n".join(lines) for lines in parts if lines)


def _findings(found: Hr, words: Words) -> Iterator[str]:
    noted = len(found.findings) - len(found.broken)
    if not found.broken:
        yield "No hard rule on money or contracts is broken."
    else:
        yield (
            f"{words.counted(len(found.broken), 'breach', 'breaches')} of hard rules on money "
            "and contracts."
        )
    if noted:
        yield f"{words.counted(noted, 'note')}."
    for one in found.findings:
        yield f"  {one.severity}: {one.message}"
        yield f"    {one.remedy}" + (f" [{one.source}]" if one.source else "")


def _control(problem: Problem, found: Hr, saying: NumberFormat, *, with_pay: bool) -> Iterator[str]:
    yield (
        "Positions (budgeted: filled and vacant, or the plan's; others proposed at the most that "
        "they may be)"
    )
    heads = [
        "",
        "Budgeted",
        "FTE",
        "Filled",
        "FTE",
        "Vacant",
        "FTE",
        "Proposed",
        "FTE",
        *(["Budgeted amount"] if with_pay else []),
    ]
    names = {school.school: school.name for school in problem.data.schools} | {
        r.role: r.title for r in problem.data.roles
    }
    control = found.control
    rows = [_controlled("All", control.total, saying, with_pay=with_pay)]
    for one in (*control.schools, *control.roles):
        rows.append(
            _controlled(names.get(one.id, "No single school"), one, saying, with_pay=with_pay)
        )
    rows += [
        _controlled(one.id or "No fund", one, saying, with_pay=with_pay) for one in control.funds
    ]
    yield from columns(heads, rows, left=[""], indent=2)
    bounds = [
        f"{listed(names)} by {bound}"
        for bound, names in control.bounds.items()
        if names and bound != "FTE and amount"
    ]
    bounded = len(control.bounds["FTE and amount"])
    yield (
        f"  Bounded by FTE and amount: {saying.words.number(bounded)}"
        + (f"; {'; '.join(bounds)}" if bounds else "")
        + "."
    )


def _controlled(name: str, one: Controlled, saying: NumberFormat, *, with_pay: bool) -> list[str]:
    cells = [name]
    for count in (one.budgeted, one.filled, one.vacant, one.proposed):
        cells += [saying.words.number(count.positions), saying.words.fte(float(count.fte))]
    return [*cells, saying.money(one.budgeted.amount)] if with_pay else cells


def _people(found: Hr, saying: NumberFormat, *, with_pay: bool) -> Iterator[str]:
    """A line a position; who has none has one as well."""
    heads = [
        "Person",
        "Position",
        "FTE",
        "h a day",
        "h a week",
        "h a year",
        "Days",
        "Contract min",
        "Scheduled",
        "Funds",
    ]
    heads += ["Amount"] if with_pay else []
    left = ["Person", "Position", "Funds", "Record for auditors"]
    rows = [
        row for person in found.people for row in _rows(found, person, saying, with_pay=with_pay)
    ]
    if rows:
        yield "People (minutes a cycle without lunch; days of the contract)"
        yield from columns([*heads, "Record for auditors"], rows, left=left, indent=2)


def _held(found: Hr, place: HeldPosition, saying: NumberFormat) -> str:
    """`X1`, or `X1, leave, January 4, 2027 to April 30, 2027` where it is not held all year."""
    start, end = place.within(found.problem.data.district)
    kind = [] if place.holding.kind == HOLDS and place.holding.paid else [place.standing]
    since = [f"from {saying.day(start)}"] if start else []
    until = [f"to {saying.day(end)}"] if end else []
    when = [" ".join(since + until)] if start or end else []
    return ", ".join([place.position.position, *kind, *when])


def _rows(
    found: Hr, person: Record, saying: NumberFormat, *, with_pay: bool
) -> Iterator[list[str]]:
    words = saying.words
    minutes = [
        words.number(person.obligation),
        "–" if person.scheduled is None else words.number(person.scheduled),
    ]
    if not person.places:
        cells = [
            person.name,
            "none",
            words.fte(float(person.fte)),
            "–",
            "–",
            "–",
            words.number(person.days),
            *minutes,
            "–",
        ]
        yield [*cells, *(["–"] if with_pay else []), person.effort.record or "–"]
    for number, place in enumerate(person.places):
        funds = (
            ", ".join(
                f"{line.fund or 'no fund'} {saying.number(line.percent)} %"
                for line in place.funding
            )
            or "no fund"
        )
        cells = [
            person.name if number == 0 else "",
            _held(found, place, saying),
            words.fte(float(place.position.fte)),
            saying.hours(place.hours_a_day).removesuffix(" h"),
            saying.hours(place.hours_a_week).removesuffix(" h"),
            saying.hours(place.hours_a_year).removesuffix(" h"),
            words.number(place.contract_days),
            *(minutes if number == 0 else ["", ""]),
            funds,
        ]
        amount = [_said(place.cost.total if place.cost else None, saying)] if with_pay else []
        yield [*cells, *amount, (person.effort.record or "–") if number == 0 else ""]


def _said(amount: Decimal | None, saying: NumberFormat) -> str:
    return "–" if amount is None else saying.money(amount)


def _dates(found: Hr, saying: NumberFormat) -> Iterator[str]:
    ends = [
        (one.expires, person.name, one) for person in found.people for one in person.credentials
    ]
    needs = [(need, person.name) for person in found.people for need in person.training]
    if ends or needs:
        yield "Credentials that end before the year does, and training"
    for expires, name, one in sorted(ends, key=lambda end: (end[0], end[1])):
        asked = ", asked for by the job class" if one.required else ""
        yield (
            f"  {name}: {one.credential} {'ended' if one.ended else 'ends'} on "
            f"{saying.day(expires)}{asked}"
        )
    for need, name in needs:
        had = f"; {saying.words.minutes(need.planned)} planned" if found.timed else ""
        by = f" by {saying.day(need.due)}" if need.due else ""
        yield f"  {name}: {saying.words.minutes(need.needed)} of {need.training}{by}{had}"


def _near(found: Hr, saying: NumberFormat) -> Iterator[str]:
    """Who lacks the hours of a benefit, or is near losing it: nobody should cross the threshold
    unseen.
    """
    near = [
        (person, one) for person in found.people for one in person.benefits if one.margin < NEAR
    ]
    if near:
        yield f"Benefits by paid hours: who has none, or fewer than {NEAR} hours to spare"
    for person, one in near:
        months = "" if one.months is None else f", {saying.words.count(one.months, 'month')}"
        side = (
            f"{saying.hours(abs(one.margin))} {'above' if one.eligible else 'below'} "
            f"{saying.hours(one.threshold)}"
        )
        yield (
            f"  {person.name}: {one.oncost} {'due' if one.eligible else 'not due'}{months}; "
            f"{saying.hours(one.hours)}, {side}"
        )
