"""Make this year's dataset the next year's.

Everything is said that was changed, dropped, or is to be looked at.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from planner.facts.sheets import SHEETS, Dataset
from planner.rollover import expenditures, money, students, year
from planner.rollover.notes import CHANGED, KINDS, LOOK, Note
from planner.rollover.people import people
from planner.sheets.dataset import parse, tables_of
from planner.words.errors import DatasetError, Fault


@dataclass(frozen=True)
class Rolled:
    """The next year's dataset, the notes in the order of the sheets, and the faults that `validate`
    will find in it.
    """

    dataset: Dataset
    notes: tuple[Note, ...]
    faults: tuple[Fault, ...]

    def of(self, kind: str) -> tuple[Note, ...]:
        """The notes of one kind."""
        return tuple(note for note in self.notes if note.kind == kind)


def next_year(data: Dataset) -> str:
    """How the year is called that `roll_over` makes: `2026-2027`."""
    return year.years_of(data.district).called


def roll_over(
    data: Dataset,
    *,
    one_time: Collection[str] = (),
    taken: Mapping[str, Decimal] | None = None,
) -> Rolled:
    """The next year's dataset; `one_time` are funds that were given once, `taken` is what this year
    takes of each fund (of a grant of several years, the next year has the rest). The dataset given
    is not changed.

    Dates move by 52 weeks, people move up a step and students a grade; what ends before the next
    year is left out. Rows that are about neither dates, people, students nor money stay.
    """
    years = year.years_of(data.district)
    days, told = year.calendar(data)
    funds, of_funds = money.funds(data, years, one_time, taken or {})
    staffed = people(data, years, [fund.fund for fund in funds])
    served = students.services(
        data, staffed.ids, frozenset(row.position for row in staffed.positions)
    )
    spending, of_spending = expenditures.expenditures(
        data, {fund.fund for fund in funds}, staffed.ids
    )
    training, of_training = year.training(data)
    offerings, of_offerings = year.offerings(data)
    rules, of_rules = year.rules(data, years)
    rolled = data.model_copy(
        update={
            "district": years.new,
            "calendar": days,
            "funds": funds,
            "staff": tuple(staffed.staff),
            "positions": tuple(staffed.positions),
            "assignments": tuple(staffed.assignments),
            "expenditures": spending,
            "accounts": expenditures.accounts(data, {fund.fund for fund in funds}),
            "groups": tuple(served.groups),
            "members": tuple(served.members),
            "duties": tuple(served.duties),
            "training": training,
            "offerings": offerings,
            "preferences": tuple(served.preferences),
            "pins": tuple(served.pins),
            "rules": rules,
        }
    )
    notes = [
        *_district(years),
        *told,
        *of_funds,
        *money.prices(data, years),
        *staffed.notes,
        *of_spending,
        *served.notes,
    ]
    notes += [*of_training, *of_offerings, *of_rules]
    order = list(SHEETS)
    ordered = sorted(
        notes, key=lambda note: (KINDS.index(note.kind), order.index(note.sheet), note.row)
    )
    return Rolled(rolled, tuple(ordered), _faults(rolled))


def _district(years: year.Years) -> list[Note]:
    new = years.new
    words = f"the year is {new.year_start.isoformat()} to {new.year_end.isoformat()}"
    planned = (
        [
            Note(
                CHANGED,
                "district",
                2,
                "plan_date",
                f"the planned day is {new.plan_date.isoformat()}",
            )
        ]
        if new.plan_date
        else []
    )
    look = "52 weeks after this year: see when school begins and ends."
    return [
        Note(CHANGED, "district", 2, years.called, words),
        *planned,
        Note(LOOK, "district", 2, years.called, look),
    ]


def _faults(rolled: Dataset) -> tuple[Fault, ...]:
    try:
        parse(tables_of(rolled))
    except DatasetError as error:
        return error.faults
    return ()
