"""The rules and the goals as tables, from the registries.

For a terminal, and as Markdown for the README.
"""

from collections.abc import Iterable, Iterator, Sequence

from planner.facts.row import columns_of
from planner.facts.sheets import SHEETS
from planner.rules import RULES
from planner.rules.goals import GOALS
from planner.rules.goals.goal import Goal
from planner.rules.rule import WITH_LIMITS, Rule, Setting, Strength

RULE_HEADINGS = ("Rule", "What it says", "Formula", "Unit", "Default", "May be")
PARAMETER_HEADINGS = ("Rules", "Set apart by", "Limits that a row may set")
GOAL_HEADINGS = ("Goal", "What it is", "Formula", "Unit", "Better")
SCOPES = ("tier", "role", "school")


def markdown() -> str:
    """The tables between the markers that the README holds."""
    rules = _table(RULE_HEADINGS, (_rule_cells(rule) for rule in RULES))
    parameters = _table(PARAMETER_HEADINGS, _parameter_cells())
    goals = _table(GOAL_HEADINGS, (_goal_cells(goal) for goal in GOALS))
    return "\n\n".join(
        (marked("rules", rules), marked("parameters", parameters), marked("goals", goals))
    )


def marked(name: str, table: str) -> str:
    """A table between its markers: `<!-- rules -->` and `<!-- /rules -->`."""
    return f"<!-- {name} -->\n{table}\n<!-- /{name} -->"


def text() -> str:
    """Rules and goals as a terminal shows them."""
    parts = [
        "RULES",
        *map(_rule_text, RULES),
        "GOALS, the first matters most",
        *map(_goal_text, GOALS),
    ]
    return "\n\n".join(parts)


def _rule_cells(rule: Rule) -> tuple[str, ...]:
    return (
        _code(rule.key),
        _plain(rule.sentence),
        _code(rule.formula),
        rule.unit,
        _default(rule.default),
        _possible(rule),
    )


def _parameter_cells() -> Iterator[tuple[str, ...]]:
    """A line for each rule with limits, and one for all others that are set apart alike."""
    others: dict[str, list[str]] = {}
    for rule in RULES:
        if rule.columns or rule.parameters:
            yield _code(rule.key), _apart(rule), _plain("; ".join(_limits(rule, "`")))
        else:
            others.setdefault(_apart(rule), []).append(_code(rule.key))
    yield from ((", ".join(keys), apart, "") for apart, keys in others.items())


def _apart(rule: Rule) -> str:
    """The parts of a district for which a rule may be set apart: `tier, school`."""
    return ", ".join(scope for scope in SCOPES if scope in rule.scopes) or "nothing"


def _limits(rule: Rule, quote: str = "") -> Iterator[str]:
    """The limits that a row of the sheet `rules` may set, each with its meaning and what holds
    without a row.
    """
    for name in rule.columns:
        for sheet in WITH_LIMITS:
            meant = next(
                (column.meaning for column in columns_of(SHEETS[sheet]) if column.name == name), ""
            )
            if meant:
                yield f"{quote}{name}{quote}: {meant} [as in {sheet}]"
    for name, known in rule.parameters.items():
        yield f"{quote}{name}{quote}: {known.meaning} [{known.default or 'no limit'}]"


def _goal_cells(goal: Goal) -> tuple[str, ...]:
    return _code(goal.key), goal.title, _code(goal.formula), goal.unit, goal.better


def _rule_text(rule: Rule) -> str:
    how = (
        "always hard"
        if len(rule.strengths) == 1
        else f"{_default(rule.default)} unless set otherwise; may be {_possible(rule)}"
    )
    lines = [
        f"{rule.key}: {rule.title}",
        rule.sentence,
        f"Formula: {rule.formula}",
        f"Unit: {rule.unit}",
        f"Setting: {how}",
    ]
    lines += [f"Set apart by: {_apart(rule)}", *(f"Parameter {limit}" for limit in _limits(rule))]
    lines += [f"Source: {rule.source}"] if rule.source else []
    lines += [f"Preset {place}: {source}" for place, source in rule.preset_sources]
    return "\n  ".join(lines)


def _goal_text(goal: Goal) -> str:
    return (
        f"{goal.key}: {goal.title} ({goal.better} is better)\n  Formula: {goal.formula}\n  "
        f"Unit: {goal.unit}"
    )


def _default(setting: Setting) -> str:
    """`hard`, or `soft, weight 3`."""
    weighed = setting.strength is Strength.SOFT
    return (
        f"{setting.strength.value}, weight {setting.weight}" if weighed else setting.strength.value
    )


def _possible(rule: Rule) -> str:
    return ", ".join(strength.value for strength in Strength if strength in rule.strengths)


def _table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _plain(words: str) -> str:
    return words.replace("|", "\\|")


def _code(words: str) -> str:
    """Words that Markdown must leave as they are; a bar would end the cell even here."""
    return f"`{_plain(words)}`"
