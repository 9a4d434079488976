"""Which rules hold here, for whom and with which figures: defaults, the jurisdiction's preset, the
`rules` sheet.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from tests.oracle_cells import Row, cell, day_of, listed

HARD = "hard"
NOT_HARD = {
    "meal_period": "off",
    "rest_breaks": "off",
    "position_split": "off",
    "group_size": "soft",
    "minimum_days": "soft",
    "training": "soft",
}
"""The rules that are not hard by default."""
PRESETS = {"us-wa": ("meal_period", "rest_breaks"), "us-ca-lausd": ("position_split",)}
"""What a jurisdiction makes hard."""
FIGURES = {
    "us-ca-lausd": [("position_split", "allowed_hours", "3+3; 3+5; 4+4")],
    "uk-njc": [("duty_free_lunch", "lunch_shift", "361")],
}
"""Parameters that a jurisdiction gives."""


@dataclass(frozen=True)
class RuleRow:
    """A setting or a figure of a rule; no scopes means the whole district."""

    rule: str
    setting: str
    parameter: str
    value: str
    scopes: frozenset[str]


@dataclass(frozen=True)
class Rules:
    """The rows that hold on the plan date, the weakest first."""

    rows: tuple[RuleRow, ...]

    def about(self, rule: str, scopes: Iterable[str]) -> list[RuleRow]:
        """The rows that speak of a rule and of a subject with these scopes, such as `role:aide` and
        `school:elm`.
        """
        mine = frozenset(scopes)
        return [
            row for row in self.rows if row.rule == rule and (not row.scopes or row.scopes & mine)
        ]

    def is_hard(self, rule: str, scopes: Iterable[str] = ()) -> bool:
        """Whether a rule is hard for a subject; what is off or soft breaks no plan."""
        settings = [row.setting for row in self.about(rule, scopes) if row.setting]
        return (settings[-1] if settings else NOT_HARD.get(rule, HARD)) == HARD

    def figure(
        self, rule: str, parameter: str, default: int | None, scopes: Iterable[str] = ()
    ) -> int | None:
        """A parameter's whole number for a subject."""
        figures = [
            row.value
            for row in self.about(rule, scopes)
            if row.parameter == parameter and row.value
        ]
        return int(float(figures[-1])) if figures else default

    def text(self, rule: str, parameter: str) -> str:
        """A parameter of the whole district as it is written; blank where nothing is said."""
        return next(
            (
                row.value
                for row in reversed(self.about(rule, ()))
                if row.parameter == parameter and row.value
            ),
            "",
        )

    def replaced(self, row: Row, scopes: Iterable[str]) -> Row:
        """A row of `roles` or `groups` with the cells that a parameter of the same name replaces,
        whatever its rule.
        """
        mine = frozenset(scopes)
        held = [
            other
            for other in self.rows
            if other.parameter and other.value and (not other.scopes or other.scopes & mine)
        ]
        return row | {other.parameter: other.value for other in held}

    def number(self, rule: str, parameter: str, default: int, scopes: Iterable[str] = ()) -> int:
        """A parameter that always has a value."""
        found = self.figure(rule, parameter, default, scopes)
        return default if found is None else found


def rules_of(rows: Iterable[Row], jurisdiction: str, plan_date: date) -> Rules:
    """A row of the sheet beats the preset, a narrow one the wide, a later one the earlier.

    Read: of a preset's parameters those of FIGURES matter; else the rules' default figures hold. A
    row without a setting leaves the setting as it is; a row with both gives both. A parameter is
    one of the rule's own figures, or a column of `roles` or `groups`: then its value stands in the
    place of the cell, for the roles or groups in the row's scope.
    """
    preset = [RuleRow(rule, HARD, "", "", frozenset()) for rule in PRESETS.get(jurisdiction, ())]
    preset += [
        RuleRow(rule, "", name, value, frozenset())
        for rule, name, value in FIGURES.get(jurisdiction, ())
    ]
    held = [
        row
        for row in rows
        if (day_of(row, "from") or plan_date) <= plan_date <= (day_of(row, "to") or plan_date)
    ]
    given = [
        RuleRow(
            row["rule"],
            cell(row, "setting"),
            cell(row, "parameter"),
            cell(row, "value"),
            scopes_in(cell(row, "applies_to")),
        )
        for row in held
    ]
    return Rules((*preset, *sorted(given, key=lambda row: bool(row.scopes))))


def scopes_in(text: str) -> frozenset[str]:
    """The scopes of `applies_to`; blank and `all` mean the whole district."""
    return frozenset(
        ":".join(part.strip() for part in scope.split(":"))
        for scope in listed(text)
        if scope != "all"
    )
