"""What every rule says of itself, how it is set, and what it says of a plan that breaks it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from planner.facts.presets import sources_of
from planner.facts.problem import Problem
from planner.facts.sheets import SHEETS
from planner.plan.plan import Plan
from planner.rules.cells import Cells, PlanItems, Where, about
from planner.rules.hr_section import HrSection
from planner.rules.readers import Readers
from planner.rules.remedy import Remedy
from planner.rules.stops import Stops

TIMETABLE, TRAINING, BUDGET = "timetable", "training", "budget"
"""The parts of a plan, each with a solver of its own."""
WITH_LIMITS = ("roles", "groups")
"""Sheets with columns that are limits of rules."""


class Strength(Enum):
    """Kept always, weighed against other rules, or not looked at."""

    HARD = "hard"
    SOFT = "soft"
    OFF = "off"


@dataclass(frozen=True)
class Setting:
    """How a rule is set; `weight` is the price of one unit of breaking it, where it is soft."""

    strength: Strength = Strength.HARD
    weight: int = 1
    exceptions: tuple[tuple[str, "Setting"], ...] = ()
    """Parts of the district (`tier:3`, `role:para`, `school:elm`) where it is set otherwise; the
    first that fits holds.
    """

    def at(self, scopes: frozenset[str]) -> "Setting":
        """The setting in a place that belongs to these parts of the district."""
        return next((setting for scope, setting in self.exceptions if scope in scopes), self)

    @property
    def strengths(self) -> frozenset[Strength]:
        """Every strength that it has somewhere."""
        return frozenset({self.strength, *(setting.strength for _, setting in self.exceptions)})


@dataclass(frozen=True)
class Violation:
    """One place where a plan breaks a rule, by how much (in the rule's unit), in a planner's words.

    `where` holds the ids of what it is about; person, service, school and job class among them
    decide which setting holds.
    """

    rule: str
    where: tuple[str, ...]
    amount: int
    message: str


def whole(text: str) -> int:
    """A whole number, as a parameter has it. Raises ValueError."""
    if not text.isdecimal():
        raise ValueError("is not a whole number.")
    return int(text)


@dataclass(frozen=True)
class Parameter:
    """A limit of a rule's own, which a row of the sheet `rules` may set: what it means, what holds
    where nothing is said (written as in a cell; blank: no limit), and how a cell is read, which
    raises ValueError where it cannot be.
    """

    meaning: str
    default: str = ""
    read: Callable[[str], Any] = whole


def nothing(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """The notes of a rule that has none."""
    return iter(())


def nothing_asked(problem: Problem, where: Where) -> str:
    """The words of a rule that has none of its own for what it asks of a subject."""
    return ""


@dataclass(frozen=True)
class Rule:
    """A rule, named as a planner would name it, with all that anybody wants to know of it.

    `strengths` are the settings that make sense for it: a filter on what is possible is never soft.
    `scopes` are the kinds of part of a district (tier, role, school) for which it can be set apart;
    `columns` those of the sheets roles and groups that hold its limits, and `parameters` its own
    limits by name. `notes` say what a planner should know of a plan that keeps the rule; they break
    nothing and cost nothing. `part` is the part of the plan that the rule is about, and so the
    solver that keeps it: timetable, training or budget. How it is posted stands in the module of
    that solver that has its key for a name.
    """

    key: str
    title: str
    sentence: str
    formula: str
    unit: str
    violations: Callable[[Problem, Plan], Iterator[Violation]]
    readers: Readers
    """Who may read what it finds; without a default, so that whoever adds a rule decides."""
    strengths: frozenset[Strength] = frozenset({Strength.HARD, Strength.OFF})
    default: Setting = Setting()
    source: str = ""
    scopes: frozenset[str] = frozenset()
    columns: tuple[str, ...] = ()
    parameters: Mapping[str, Parameter] = field(default_factory=dict)
    part: str = TIMETABLE
    notes: Callable[[Problem, Plan], Iterator[Violation]] = nothing
    cells: Cells = about("start")
    """The rows of a plan that a violation comes from, each with the column to look at."""
    stops: Stops = Stops()
    """How it stops one more session of a service."""
    asks: Callable[[Problem, Where], str] = nothing_asked
    """What it asks of a subject, as a sentence of its own; blank: title and sentence say it."""
    is_final: bool = False
    """Whether more sessions cannot mend what it finds in some, so that decisions which break it
    contradict each other by themselves.
    """
    is_about_places: bool = False
    """Whether it is on where and when somebody works, and so holds before any session is given."""
    is_over_the_week: bool = False
    """Whether it counts somebody's days or schools over the whole week, which the part of a plan
    that is at some schools does not tell.
    """
    checked_alone: str = ""
    """Why no model keeps it, where none does."""
    hr: HrSection = HrSection.NOT
    """Where HR is told what it finds."""
    needs_whole_person: bool = False
    """Whether the part of a person which is at some schools neither keeps nor breaks it."""
    remedy: Remedy = Remedy()
    """What to write where, so that it is kept."""

    def __post_init__(self) -> None:
        # A row of the sheet rules puts its value into any column with the parameter's name.
        for name in self.parameters:
            if any(name in SHEETS[sheet].model_fields for sheet in WITH_LIMITS):
                raise ValueError(f"{self.key}: {name} is a column of roles or groups.")

    @property
    def preset_sources(self) -> tuple[tuple[str, str], ...]:
        """The jurisdictions whose presets set it, each with the law or contract it follows."""
        return sources_of(self.key)

    def items(self, problem: Problem, plan: Plan, where: Where) -> PlanItems:
        """The rows of a plan that a violation comes from; what a rule on the budget finds is in
        none.
        """
        return () if self.part == BUDGET else self.cells(problem, plan, where)
