"""What HR reads beside positions: extra pay, time off in lieu, what vacant positions save."""

from collections.abc import Iterator

from planner.hr import Hr
from planner.money.lines import ZERO
from planner.money.number_format import NumberFormat
from planner.money.spending import EXPECTED
from ui.render.columns import columns


def extra_pay_lines(found: Hr, saying: NumberFormat, *, with_pay: bool) -> Iterator[str]:
    """Extra hours and stipends, a line for wages and for each employer cost; without pay nothing
    but who has them for what.
    """
    if not found.extra_pay:
        return
    yield "Paid beside positions"
    if any(line.is_expected for line in found.extra_pay):
        yield f"  {EXPECTED}"
    if not with_pay:
        told = dict.fromkeys((line.staff, line.id, line.kind) for line in found.extra_pay)
        rows = [[staff, name, kind.replace("_", " ")] for staff, name, kind in told]
        yield from columns(
            ["Person", "For", "Kind"], rows, left=["Person", "For", "Kind"], indent=2
        )
        return
    rows = [
        [
            line.staff,
            line.id,
            line.oncost or line.kind.replace("_", " "),
            ", ".join(fund or "no fund" for fund in line.funds),
            line.formula,
            saying.money(line.amount),
        ]
        for line in found.extra_pay
    ]
    total = saying.money(sum((line.amount for line in found.extra_pay), ZERO))
    heads = ["Person", "For", "Line", "Funds", "Formula", "Amount"]
    yield from columns(heads, [*rows, ["All", *[""] * 4, total]], left=heads[:-1], indent=2)


def time_off_lines(found: Hr, saying: NumberFormat) -> Iterator[str]:
    """The accounts of time off in lieu."""
    if not found.time_off:
        return
    words = saying.words
    yield f"Time off in lieu on {words.day(found.counted_to)}"
    rows = [
        [
            one.staff,
            words.minutes(one.earned),
            words.minutes(one.taken),
            ("−" if one.balance < 0 else "") + words.minutes(abs(one.balance)),
            words.minutes(one.in_the_year),
        ]
        for one in found.time_off
    ]
    heads = ["Person", "Earned", "Taken", "Balance", "Earned in the year"]
    yield from columns(heads, rows, left=["Person"], indent=2)


def savings_lines(found: Hr, saying: NumberFormat) -> Iterator[str]:
    """What each vacant position has saved of its budget, and saves if nobody is hired."""
    if not found.savings:
        return
    day = saying.day(found.counted_to)
    yield f"Saved by vacancies up to {day}, by the dates that nobody worked"
    rows = [
        [
            one.position,
            saying.day(one.since),
            *(saying.money(each) for each in (one.saved, one.in_the_year, one.budgeted)),
        ]
        for one in found.savings
    ]
    sums = [
        saying.money(sum(each, ZERO))
        for each in (
            [one.saved for one in found.savings],
            [one.in_the_year for one in found.savings],
            [one.budgeted for one in found.savings],
        )
    ]
    heads = ["Position", "Vacant since", "Saved", "If it stays vacant", "Budgeted"]
    yield from columns(heads, [*rows, ["All", "", *sums]], left=heads[:2], indent=2)
