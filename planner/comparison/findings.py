"""What is wrong: the table `findings`, those that appear or go, and how many there are."""

from collections.abc import Iterator

from planner.comparison.document import FindingFigures
from planner.comparison.row import ComparisonRow, ComparisonTable, Kind, Value

BROKEN = "broken"
Key = tuple[str, str, str]


def summary(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """How many hard rules are broken, and how many notes there are."""
    for severity, measure, what in (
        (BROKEN, "broken", "Breaches of hard rules"),
        ("noted", "noted", "Notes of the check"),
    ):
        counts = [
            sum(finding.severity == severity for finding in plan.findings) for plan in table.plans
        ]
        yield table.row(measure, what, "findings", counts, better="less", always=True)


def findings(table: ComparisonTable) -> Iterator[ComparisonRow]:
    """By rule and subject how much is wrong, in the rule's unit, as the plan says it that has it
    first; breaches first.
    """
    by_key = [_by_key(plan.findings) for plan in table.plans]
    keys = {key for found in by_key for key in found}
    for key in sorted(keys):
        each = [found.get(key) for found in by_key]
        first = each[table.base] or next(one for one in each if one)
        severity, rule, subject = key
        of: tuple[Kind, str, str] = ("finding", subject, _said(first))
        amounts: list[Value] = [
            None if one is None else sum(finding.amount for finding in one) for one in each
        ]
        said = ["" if one is None or _said(one) == of[2] else _said(one) for one in each]
        yield table.row(
            f"{severity}:{rule}",
            severity,
            "amount",
            amounts,
            of=of,
            notes=said,
            better="less",
            unit_words=first[0].unit,
        )


def _said(found: list[FindingFigures]) -> str:
    """The first message of some findings of one rule and subject, and how many more there are."""
    return found[0].message + (f" (and {len(found) - 1} more like it)" if len(found) > 1 else "")


def _by_key(found: tuple[FindingFigures, ...]) -> dict[Key, list[FindingFigures]]:
    by_key: dict[Key, list[FindingFigures]] = {}
    for finding in found:
        by_key.setdefault((finding.severity, finding.rule, finding.subject), []).append(finding)
    return by_key
