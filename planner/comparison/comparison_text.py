"""How a comparison's figures and differences are said: in the district's locale, the difference
with an arrow and a word.
"""

from dataclasses import dataclass
from decimal import Decimal

from planner.comparison.comparison import Comparison
from planner.comparison.row import ComparisonRow, Value
from planner.words.wording import Words, plural

UP, DOWN = "↑", "↓"
NOT_THERE = "–"
SAME = "="
HUNDREDTHS = 100
MOST_DECIMALS = 6
COUNTED = {
    "students": ("student", "students"),
    "sessions": ("session", "sessions"),
    "days": ("day", "days"),
    "deadlines": ("deadline", "deadlines"),
    "findings": ("finding", "findings"),
}
CHANGES = {
    "people_move": ("person moves", "people move"),
    "people_change_hours": ("person changes hours", "people change hours"),
    "people_come": ("person comes", "people come"),
    "people_go": ("person goes", "people go"),
    "positions_appear": ("position appears", "positions appear"),
    "positions_go": ("position goes", "positions go"),
    "positions_change_fte": ("position changes FTE", "positions change FTE"),
    "positions_change_funding": ("position is paid otherwise", "positions are paid otherwise"),
    "groups_gain": ("group gains sessions", "groups gain sessions"),
    "groups_lose": ("group loses sessions", "groups lose sessions"),
    "findings_appear": ("finding appears", "findings appear"),
    "findings_go": ("finding goes", "findings go"),
    "days_elsewhere": ("day at other schools", "days at other schools"),
}
OTHER = {"schools": "at another school", "staff": "held by somebody else"}


@dataclass(frozen=True)
class ComparisonText:
    """Words for one comparison."""

    comparison: Comparison

    @property
    def words(self) -> Words:
        """Figures in the district's locale."""
        return Words(self.comparison.locale)

    def value(self, row: ComparisonRow, plan: int) -> str:
        """A plan's figure: `127 h 30, 94 %`, `$26.81`, `82 % Tideflats`; where a row counts
        changes, what stands in the plan, or else how many there are. The base has none: nothing
        changes from itself.
        """
        value, note = row.values[plan], row.notes[plan]
        if row.relative and not note and plan != self.comparison.base and row.measure in CHANGES:
            return self.words.number(value or 0)
        if row.relative or not row.unit:
            return note or NOT_THERE
        if value is None:
            return NOT_THERE
        owed = row.owed[plan] if row.owed else None
        of = f", {self.words.percent(float(value) / float(owed))}" if owed else ""
        return f"{self._amount(row, value)}{of}" + (f" {note}" if note else "")

    def difference(self, row: ComparisonRow, plan: int) -> str:
        """How a plan differs from the base: `↑ +1,240 min`, `3 people move`, `appears: +0.5 FTE`;
        `=` where it does not.

        Blank for the base itself, and where one of the two is not known.
        """
        difference = row.differences[plan]
        if plan == self.comparison.base or difference is None:
            return ""
        if row.relative:
            return self._counted(row, int(difference)) if difference else SAME
        if not difference:
            return self._came_or_went(row, plan).rstrip(": ") or SAME
        said = self._amount(row, difference, signed=True)
        return self._came_or_went(row, plan) + f"{UP if difference > 0 else DOWN} {said}"

    def _came_or_went(self, row: ComparisonRow, plan: int) -> str:
        if not row.id:
            return ""
        base = self.comparison.base
        return "appears: " if row.appears(plan, base) else "goes: " if row.goes(plan, base) else ""

    def _counted(self, row: ComparisonRow, many: int) -> str:
        if row.measure in OTHER:
            return OTHER[row.measure]
        return f"{self.words.number(many)} {plural(many, *CHANGES[row.measure])}"

    def _amount(self, row: ComparisonRow, value: Value, *, signed: bool = False) -> str:
        assert value is not None
        sign = "+" if signed and value > 0 else ""
        return sign + self._plain(row, value, signed=signed)

    def _plain(self, row: ComparisonRow, value: int | Decimal, *, signed: bool) -> str:
        words = self.words
        if row.unit == "minutes":
            return f"{words.number(value)} min" if signed else words.minutes(int(value))
        if row.unit in ("money", "unit_cost"):
            return words.money(
                value if isinstance(value, Decimal) else Decimal(value), self.comparison.currency
            )
        if row.unit == "fte":
            return f"{words.fte(value)} FTE" if signed else words.fte(value)
        if row.unit == "share":
            return (
                f"{self._fine(value * 100, 1)} points" if signed else words.percent(float(value), 1)
            )
        if row.unit == "percent":
            return f"{words.exact(Decimal(value))} {'points' if signed else '%'}"
        if row.unit == "adults":
            return self._fine(value, 2)
        if row.unit == "amount":
            return self._of_a_rule(value, row.unit_words)
        return (
            f"{words.number(value)} {plural(abs(int(value)), *COUNTED[row.unit])}"
            if signed
            else words.number(value)
        )

    def _fine(self, value: int | Decimal, decimals: int) -> str:
        """A figure with so many decimals, or with as many more as show that it is not 0."""
        while value and not round(value, decimals) and decimals < MOST_DECIMALS:
            decimals += 1
        return self.words.number(value, decimals)

    def _of_a_rule(self, value: int | Decimal, unit: str) -> str:
        """An amount in a rule's unit; units finer than planners speak in are turned into theirs."""
        if unit == "cents":
            return self.words.money(Decimal(value) / HUNDREDTHS, self.comparison.currency)
        if unit.startswith("hundredths of "):
            said = unit.removeprefix("hundredths of ").replace("a percent", "%")
            return f"{self.words.exact(Decimal(value) / HUNDREDTHS)} {said}"
        return f"{self.words.number(value)} {unit}"
