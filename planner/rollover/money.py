"""Funds of the next year: what was given once ends, what is given every year is given again."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from planner.facts.fund_terms import terms_of
from planner.facts.funds import Fund
from planner.facts.sheets import Dataset
from planner.rollover.notes import CHANGED, DROPPED, LOOK, Note
from planner.rollover.year import MAY_BE_LATE, Years
from planner.words.wording import Words

CENT = Decimal("0.01")


def funds(
    data: Dataset, years: Years, one_time: Collection[str], taken: Mapping[str, Decimal]
) -> tuple[tuple[Fund, ...], list[Note]]:
    """The funds of the next year.

    A fund that ends within the school year, or is named as given once, is dropped. One that ends
    with the year (at most a month into the next) is the year's allocation: it is given again, with
    an end a year later. A grant of several years (`total`) is not given again: what this year
    takes, as far as that is known, is added to what earlier years took, and the next year has at
    most what is left of it; all of that where it ends within it. Others stay as they are.
    """
    found: list[Fund] = []
    notes: list[Note] = []
    for number, fund in enumerate(data.funds, start=2):
        if fund.expires and (fund.fund in one_time or fund.expires < years.old.year_end):
            words = f"given once, to {fund.expires.isoformat()}."
            notes.append(Note(DROPPED, "funds", number, fund.fund, words))
        elif fund.fund in one_time:
            notes.append(Note(DROPPED, "funds", number, fund.fund, "given once."))
        elif fund.total is None:
            found.append(_given_again(fund, years, len(found) + 2, notes))
        elif fund.expires and fund.expires < years.new.year_start:
            words = f"a grant that ends on {fund.expires.isoformat()}, before the year begins."
            notes.append(Note(DROPPED, "funds", number, fund.fund, words))
        else:
            found.append(_goes_on(fund, years, taken.get(fund.fund), len(found) + 2, notes))
    if found:
        words = (
            "amounts are this year's: put in the next year's allocations, and what is carried over."
        )
        notes.append(Note(LOOK, "funds", 0, "", words))
    return tuple(found), [*notes, *_carried_over(data, {fund.fund for fund in found})]


def _goes_on(
    fund: Fund, years: Years, taken: Decimal | None, place: int, notes: list[Note]
) -> Fund:
    """A grant of several years in the next of them."""
    assert fund.total is not None
    before = fund.spent_before + (fund.amount if taken is None else taken)
    left = max(Decimal(0), fund.total - before)
    is_last = fund.expires is not None and fund.expires <= years.new.year_end + MAY_BE_LATE
    amount = left if is_last else min(fund.amount, left)
    notes.append(
        Note(CHANGED, "funds", place, fund.fund, f"{amount:f} this year, {before:f} spent before")
    )
    if taken is None:
        words = "all of this year's amount counts as spent: put in what was."
        notes.append(Note(LOOK, "funds", place, fund.fund, words))
    return fund.model_copy(update={"amount": amount, "spent_before": before})


def _given_again(fund: Fund, years: Years, place: int, notes: list[Note]) -> Fund:
    if fund.expires is None or fund.expires > years.new.year_start + MAY_BE_LATE:
        return fund
    ends = _a_year_later(fund.expires)
    notes.append(Note(CHANGED, "funds", place, fund.fund, f"now to {ends.isoformat()}"))
    words = "ended with the year and given again: name it with --one-time where it was given once."
    notes.append(Note(LOOK, "funds", place, fund.fund, words))
    return fund.model_copy(update={"expires": ends})


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _carried_over(data: Dataset, kept: Collection[str]) -> list[Note]:
    """What a program may carry over at most, where it says so."""
    words = Words(data.district.locale)
    notes = []
    for number, program in enumerate(data.programs, start=2):
        mine = [
            fund for fund in data.funds if fund.program == program.program and fund.fund in kept
        ]
        percents = [(fund.amount, terms_of(fund, program).carryover_percent) for fund in mine]
        limits = [amount * percent / 100 for amount, percent in percents if percent is not None]
        if limits:
            most = words.money(sum(limits, Decimal(0)).quantize(CENT), data.district.currency)
            said = (
                f"at most {most} of this year may be carried over: add what is left to its funds."
            )
            notes.append(Note(LOOK, "programs", number, program.program, said))
    return notes


def prices(data: Dataset, years: Years) -> list[Note]:
    """Pay, allowances and employer costs have no amounts of the next year yet: the last ones hold
    until somebody types them.
    """
    notes = [
        Note(
            LOOK,
            "pay",
            number,
            " ".join(filter(None, (row.schedule, row.lane, row.step))),
            f"to {row.to}: add what follows.",
        )
        for number, row in enumerate(data.pay, start=2)
        if row.to and row.to < years.new.year_end and not _is_followed(data, number - 2)
    ]
    words = "amounts and rates are this year's until the next year's are put in."
    return [
        *notes,
        *(
            Note(LOOK, sheet, 0, "", words)
            for sheet in ("pay", "allowances", "oncosts")
            if data.rows(sheet)
        ),
    ]


def _is_followed(data: Dataset, place: int) -> bool:
    """Whether a later row of the same cell is there already."""
    row = data.pay[place]
    same = (
        one
        for one in data.pay
        if (one.schedule, one.lane, one.step) == (row.schedule, row.lane, row.step)
    )
    return any((one.from_ or date.min) > (row.to or date.max) for one in same)
