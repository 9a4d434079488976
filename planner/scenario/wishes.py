"""Make changes that a scenario's file can hold of what planners ask for.

A cut, a new position, somebody who leaves, a rule off.

Every function looks at the dataset that is to be changed, and raises DatasetError, naming the
nearest, for what it does not hold.
"""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from planner.facts.decisions import Pin
from planner.facts.sheets import Dataset, heading
from planner.money.cents import money, shared_out, to_cents
from planner.plan.positions import decimal_fte
from planner.rules import RULE_OF
from planner.rules.goals import GOAL_OF
from planner.scenario.holding_wishes import closed as closed
from planner.scenario.holding_wishes import handed_over as handed_over
from planner.scenario.holding_wishes import holders, others
from planner.scenario.holding_wishes import opened as opened
from planner.scenario.leaving import leaves as leaves
from planner.scenario.wish_names import known, position_named, refuse
from planner.scenario.writing import ChangeMap
from planner.sheets.sheet_reading import columns_by_heading

_TIMES = re.compile(
    r"\s*([^\s/]+)(?:/(\S+))?\s+(\d{1,2}:\d{2})-(\d{1,2}:\d{2})\s*=\s*(\d{1,2}:\d{2})-(\d{1,2}:\d{2})\s*"
)
HUNDRED = Decimal(100)


def less(data: Dataset, name: str, by: str) -> list[ChangeMap]:
    """A program or a fund cut by a percentage (`8%`) or an amount (`5000`); of a program, each fund
    in proportion.
    """
    return _money(data, name, by, -1)


def more(data: Dataset, name: str, by: str) -> list[ChangeMap]:
    """A program or a fund raised by a percentage or an amount; of a program, each fund in
    proportion.
    """
    return _money(data, name, by, 1)


def moved(data: Dataset, position: str, school: str) -> list[ChangeMap]:
    """A position, and whoever holds it and no other, at another school (several by `;`)."""
    position_named(data, position)
    schools = [
        known("school", name.strip(), [one.school for one in data.schools])
        for name in school.split(";")
        if name.strip()
    ]
    if not schools:
        refuse(f"{position}={school}", "names no school.", "Write it like P-014=elm.")
    where = ";".join(schools)
    found: list[ChangeMap] = [
        {
            "set": {
                "sheet": "positions",
                "where": {"position": position},
                "values": {"school": where},
            }
        }
    ]
    for staff in holders(data, position):
        if not others(data, staff, position):
            values = {"schools": where, "home_school": schools[0]}
            found.append({"set": {"sheet": "staff", "where": {"staff": staff}, "values": values}})
    return found


def resized(data: Dataset, position: str, fte: str) -> list[ChangeMap]:
    """A position of another FTE; whoever holds it works more or less in the same proportion."""
    row, share = position_named(data, position), _number(fte)
    if share is None or not 0 < share <= 1:
        refuse(f"{position}={fte}", "is no FTE above 0 and up to 1.", "Write it like P-014=0.5.")
    found: list[ChangeMap] = [
        {
            "set": {
                "sheet": "positions",
                "where": {"position": position},
                "values": {"fte": fte.strip()},
            }
        }
    ]
    rows = [one for one in data.assignments if one.position == position]
    if any(one.fte is not None or one.week_minutes is not None for one in rows):
        refuse(f"{position}={fte}", "is held in parts.", "Set their fte in the sheet assignments.")
    for person in data.staff:
        if person.staff not in holders(data, position):
            continue
        held = [row, *others(data, person.staff, position)]
        before = sum((Fraction(other.fte or 0) for other in held), Fraction(0))
        if row.fte is not None and before:
            after = Fraction(person.fte) * (before - Fraction(row.fte) + Fraction(share)) / before
            values = {"fte": f"{decimal_fte(after).normalize():f}"}
            where = {"staff": person.staff}
            found.append({"set": {"sheet": "staff", "where": where, "values": values}})
    return found


def added(
    data: Dataset, role: str, school: str, fte: str, fund: str = "", *, besides: Iterable[str] = ()
) -> list[ChangeMap]:
    """A proposed position, under the next free id, on the lane and step of the first position of
    its job class there is, or else where its pay schedule begins.

    Without a fund the plan chooses who pays, and in any case whether it is bought. `besides` are
    ids that are taken already.
    """
    known("role", role, [one.role for one in data.roles])
    if school:
        known("school", school, [one.school for one in data.schools])
    if fund:
        known("fund", fund, [one.fund for one in data.funds])
    row = {
        "position": _next_id({*(one.position for one in data.positions), *besides}),
        "role": role,
    }
    row |= {"school": school} if school else {}
    row |= {"status": "proposed", "fte": fte}
    row |= {name: text for name, text in _step(data, role).items() if text}
    row |= {"funding": f"{fund}:100"} if fund else {}
    return [{"add": {"sheet": "positions", "row": row}}]


def _step(data: Dataset, role: str) -> dict[str, str]:
    schedule = next(one.pay_schedule for one in data.roles if one.role == role) or role
    alike = (row for row in data.positions if row.role == role and (row.lane or row.step))
    first = next(alike, None) or next((row for row in data.pay if row.schedule == schedule), None)
    return {"lane": first.lane, "step": first.step} if first else {}


def rescheduled(data: Dataset, said: str) -> list[ChangeMap]:
    """Blocks of a school at other times: `elm 09:00-09:45=09:15-10:00`, of one grade `elm/2
    09:00-09:45=…`.
    """
    match = _TIMES.fullmatch(said)
    if match is None:
        refuse(
            said,
            "does not say which blocks move where.",
            "Write it like elm/2 09:00-09:45=09:15-10:00.",
        )
    school, grade, start, end, to_start, to_end = match.groups()
    known("school", school, [one.school for one in data.schools])
    where = {"school": school} | ({"grades": grade} if grade else {}) | {"start": start, "end": end}
    return [
        {"set": {"sheet": "blocks", "where": where, "values": {"start": to_start, "end": to_end}}}
    ]


def ruled(data: Dataset, rule: str, setting: str) -> list[ChangeMap]:
    """A rule that is `off`, `hard` or `soft`, with a weight where one is given: `soft:5`."""
    known("rule", rule, RULE_OF)
    word, _, weight = (part.strip() for part in setting.partition(":"))
    strengths = [strength.value for strength in RULE_OF[rule].strengths]
    if word not in strengths:
        refuse(
            f"{rule}={setting}",
            f"makes no sense for the rule {rule}.",
            f"It may be {', '.join(sorted(strengths))}.",
        )
    values = {"setting": word} | ({"weight": weight} if weight else {})
    if any(row.rule == rule and not row.parameter and not row.applies_to for row in data.rules):
        where = {"rule": rule, "parameter": "", "applies_to": ""}
        return [{"set": {"sheet": "rules", "where": where, "values": values}}]
    return [{"add": {"sheet": "rules", "row": {"rule": rule, **values}}}]


def pinned(data: Dataset, said: str, *, forbidden: bool = False) -> list[ChangeMap]:
    """A decision: columns of the sheet pins, `subject=elm-2-read,staff=ESP-01,day=Mon,start=09:00`.
    Its kind follows from its subject: a session of a group or duty, a position, else a placement.
    """
    cells: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in said.split(","))):
        name, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            refuse(
                part,
                "says nothing of a decision.",
                "Write it like subject=elm-2-read,staff=ESP-01,day=Mon,start=09:00.",
            )
        cells[known("column of pins", name, columns_by_heading("pins"))] = value
    kind = "forbid" if forbidden else cells.pop("kind", "")
    subject = cells.get("subject", "")
    if not kind and subject:
        services = [*(row.group for row in data.groups), *(row.duty for row in data.duties)]
        positions = [row.position for row in data.positions]
        kind = (
            "position"
            if known("group, duty or position", subject, [*services, *positions]) in positions
            else "session"
        )
    order = {
        heading(name): cells.get(heading(name), "") for name in Pin.model_fields if name != "kind"
    }
    return [
        {
            "add": {
                "sheet": "pins",
                "row": {"kind": kind or "placement"}
                | {name: text for name, text in order.items() if text},
            }
        }
    ]


def goals_named(said: str) -> tuple[str, ...]:
    """Goals in order: `tier_3_minutes,cost`."""
    return tuple(known("goal", name.strip(), GOAL_OF) for name in said.split(",") if name.strip())


# -- money


def _money(data: Dataset, name: str, by: str, sign: int) -> list[ChangeMap]:
    programs, funds = [row.program for row in data.programs], {row.fund: row for row in data.funds}
    known("program or fund", name, [*programs, *funds])
    column = "fund" if name in funds else "program"
    mine = [fund for fund in data.funds if getattr(fund, column) == name]
    if not mine:
        refuse(name, "is a program without funds, so there is nothing to change.")
    figure, percent = _figure(f"{name}={by}", by)
    if percent:
        factor = 1 + sign * figure / HUNDRED
        if factor < 0:
            refuse(f"{name}={by}", "is more than all of it.")
        return [
            {
                "scale": {
                    "sheet": "funds",
                    "where": {column: name},
                    "column": "amount",
                    "by": f"{factor.normalize():f}",
                }
            }
        ]
    whole = sum((fund.amount for fund in mine), Decimal(0))
    if whole + sign * figure < 0 or (not whole and len(mine) > 1):
        refuse(
            f"{name}={by}",
            f"cannot be taken from {whole:f}."
            if whole
            else "cannot be shared: its funds hold nothing.",
        )
    parts = shared_out(
        to_cents(figure), [Fraction(fund.amount) or Fraction(not whole) for fund in mine]
    )
    return [
        {
            "set": {
                "sheet": "funds",
                "where": {"fund": fund.fund},
                "values": {"amount": f"{fund.amount + sign * money(part):.2f}"},
            }
        }
        for fund, part in zip(mine, parts, strict=True)
        if part
    ]


def _figure(said: str, by: str) -> tuple[Decimal, bool]:
    """A percentage or an amount above 0, and which of them it is."""
    text = by.strip().replace(" ", "")
    figure = _number(text.removesuffix("%"))
    if figure is None or figure <= 0 or figure.adjusted() > 12:
        refuse(
            said,
            "is no percentage and no amount above 0.",
            "Write it like title-1=8% or t1-elm=5000.",
        )
    return figure, text.endswith("%")


def _number(text: str) -> Decimal | None:
    """A number; None where the text is none."""
    try:
        figure = Decimal(text)
    except InvalidOperation:
        return None
    return figure if figure.is_finite() else None


def _next_id(taken: set[str]) -> str:
    """The id after the last one: `P-064` after `P-063`."""
    numbered = [
        (match[1], match[2]) for name in taken if (match := re.fullmatch(r"(.*?)(\d+)", name))
    ]
    if not numbered:
        return next(
            f"P-{number}" for number in range(1, len(taken) + 2) if f"P-{number}" not in taken
        )
    stem, digits = max(numbered, key=lambda pair: int(pair[1]))
    return f"{stem}{int(digits) + 1:0{len(digits)}d}"
