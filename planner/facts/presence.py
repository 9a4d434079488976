"""Who is at work on the planned day, as the sheet `assignments` says it."""

from collections.abc import Mapping
from fractions import Fraction

from planner.facts.full_time import decimal_fte, share_of_full_time
from planner.facts.funds import Position
from planner.facts.person import WORKING_WEEK
from planner.facts.roles import Role
from planner.facts.sheets import Dataset
from planner.facts.staff_rows import Staff
from planner.facts.stretches import Stretch, on_day
from planner.facts.training import employed_on

NOTHING = (Fraction(0), Fraction(0))


class Presence:
    """The contracts of people as they are worked on the planned day.

    Of who holds positions by the sheet `assignments`, nobody is there who holds none on the day, or
    is on leave from all of them; who is on leave from some works the others. Everybody else works
    their whole contract.
    """

    def __init__(
        self, data: Dataset, roles: Mapping[str, Role], stretches: Mapping[str, tuple[Stretch, ...]]
    ) -> None:
        self._day, self._roles = data.district.day_planned, roles
        self._assigned = {row.staff for row in data.assignments} | {
            stretch.staff for mine in stretches.values() for stretch in mine
        }
        self._shares: dict[str, tuple[Fraction, Fraction]] = {}
        for row in data.positions if self._assigned else ():
            self._count(row, stretches.get(row.position))

    def worked(self, row: Staff) -> Staff | None:
        """What somebody works of their contract; None for who is not there."""
        if not employed_on(row, self._day):
            return None
        if row.staff not in self._assigned:
            return row
        at_work, away = self._shares.get(row.staff, NOTHING)
        if not at_work:
            return None
        role = self._roles[row.role]
        # Compared, and not multiplied, so that what is cut already is not cut again.
        if not away or (share_of_full_time(row, role) or Fraction(0)) <= at_work:
            return row
        if row.week_minutes is not None:
            minutes = round(at_work * role.obligation_minutes * WORKING_WEEK)
            return row.model_copy(update={"week_minutes": minutes})
        return row.model_copy(update={"fte": decimal_fte(at_work)})

    def _count(self, row: Position, stretches: tuple[Stretch, ...] | None) -> None:
        """Add a position to what its people work, and to what they are away from."""
        role = self._roles[row.role]
        whole = share_of_full_time(row, role) or Fraction(row.max_fte or 1)
        for stretch in on_day(row, stretches, self._day):
            share = stretch.fte(role) or whole
            self._add(stretch.staff, share, at_work=stretch.at_work)

    def _add(self, staff: str, share: Fraction, *, at_work: bool) -> None:
        worked, away = self._shares.get(staff, NOTHING)
        self._shares[staff] = (worked + share, away) if at_work else (worked, away + share)
