"""What a planner may change in a scenario: a form for each wish, in their words.

Each gives changes as a file holds them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from planner.facts.cell_formats import clock
from planner.facts.funds import Position
from planner.facts.sheets import Dataset
from planner.rules import RULE_OF
from planner.scenario import wishes
from planner.scenario.writing import ChangeMap

Changes = Sequence[ChangeMap]
Act = Callable[[Dataset], Changes]
"""What a wish changes in the dataset that is given to it."""


@dataclass(frozen=True)
class Form:
    """A wish: `draw` shows its fields and gives what is wished, in short, and what to do when it is
    sent; a dataset `fits` that holds something to change so. What is not `local` changes more than
    one school and is for those who answer for all of them.
    """

    draw: Callable[[Dataset], tuple[str, Act]]
    fits: Callable[[Dataset], bool] = lambda data: True
    local: bool = True


def _money(act: Callable[[Dataset, str, str], Changes]) -> Form:
    def draw(data: Dataset) -> tuple[str, Act]:
        paying = {fund.program for fund in data.funds}
        names = {
            row.program: f"Program {row.program}" for row in data.programs if row.program in paying
        }
        schools = {school.school: school.name for school in data.schools}
        names |= {
            row.fund: f"Fund {row.fund}, {schools.get(row.school, 'pooled')}" for row in data.funds
        }
        what = st.selectbox("Program or fund", list(names), format_func=names.__getitem__)
        by, unit = st.columns([2, 1])
        figure = by.number_input("By", min_value=0.01, value=8.0, step=1.0, format="%.2f")
        percent = unit.selectbox("Unit", ("%", data.district.currency)) == "%"
        text = f"{Decimal(str(figure)):f}{'%' if percent else ''}"
        return f"{names[what]} {text}", lambda whole: act(whole, what, text)

    return Form(draw, lambda data: bool(data.funds))


def _new_position(data: Dataset) -> tuple[str, Act]:
    schools = {school.school: school.name for school in data.schools if school.kind == "school"}
    roles = {role.role: role.title for role in data.roles}
    left, right = st.columns(2)
    role = left.selectbox("Job class", list(roles), format_func=roles.__getitem__)
    places = ({"": "Wherever it is best"} if len(schools) > 1 else {}) | schools
    school = right.selectbox("School", list(places), format_func=places.__getitem__)
    fte = left.number_input(
        "FTE at most", min_value=0.05, max_value=1.0, value=1.0, step=0.05, format="%.3f"
    )
    funds = {fund.fund: f"{fund.fund} ({fund.program})" for fund in data.funds}
    fund = right.selectbox(
        "Paid by", ["", *funds], format_func=lambda one: funds.get(one, "Whatever the plan chooses")
    )
    st.caption(
        "It is proposed: the plan buys it where the money is there and it serves more than "
        "anything else would."
    )
    share = f"{Decimal(str(fte)).normalize():f}"
    return f"{share} FTE {roles[role]}", lambda whole: wishes.added(
        whole, role, school, share, fund
    )


def _close(data: Dataset) -> tuple[str, Act]:
    position, called = _position(data, "Position to close")
    at_once = st.checkbox("From the start of the year", value=True, key="closes at once")
    last = "" if at_once else _day(data, "Last day")
    until = f", after {last}" if last else ""
    return f"{called}{until}", lambda whole: wishes.closed(whole, position, last)


def _open(data: Dataset) -> tuple[str, Act]:
    position, called = _position(data, "Vacant or proposed position")
    first = _day(data, "First day")
    return f"{called}, from {first}", lambda whole: wishes.opened(whole, position, first)


def _hand_over(data: Dataset) -> tuple[str, Act]:
    position, called = _position(data, "Position to hand over")
    people = {row.staff: row.called for row in data.staff}
    staff = st.selectbox("To", list(people), format_func=people.__getitem__)
    first = _day(data, "First day")
    return f"{called}: {people[staff]} from {first}", lambda whole: wishes.handed_over(
        whole, position, staff, first
    )


def _day(data: Dataset, label: str) -> str:
    """A date of the school year."""
    district = data.district
    day = st.date_input(
        label,
        value=district.day_planned,
        min_value=district.year_start,
        max_value=district.year_end,
    )
    return day.isoformat()


def _resize(data: Dataset) -> tuple[str, Act]:
    position, called = _position(data, "Position")
    now = next(row.fte for row in data.positions if row.position == position)
    fte = st.number_input(
        "FTE from now on",
        min_value=0.01,
        max_value=1.0,
        value=float(now or 1),
        step=0.05,
        format="%.3f",
        key=f"fte of {position}",
    )
    share = f"{Decimal(str(fte)).normalize():f}"
    return f"{called}: {share} FTE", lambda whole: wishes.resized(whole, position, share)


def _move(data: Dataset) -> tuple[str, Act]:
    position, called = _position(data, "Position to move")
    schools = {school.school: school.name for school in data.schools}
    to = st.selectbox("To", list(schools), format_func=schools.__getitem__)
    return f"{called} to {schools[to]}", lambda whole: wishes.moved(whole, position, to)


def _leaves(data: Dataset) -> tuple[str, Act]:
    people = {row.staff: row.called for row in data.staff}
    staff = st.selectbox("Who leaves", list(people), format_func=people.__getitem__)
    at_once = st.checkbox("From the start of the year", value=True)
    last = None if at_once else st.date_input("Last day", value=data.district.day_planned)
    return people[staff], lambda whole: wishes.leaves(
        whole, staff, last.isoformat() if last else ""
    )


def _schedule(data: Dataset) -> tuple[str, Act]:
    blocks = {}
    schools = {school.school: school.name for school in data.schools}
    for row in data.blocks:
        grades = ";".join(row.grades)
        text = (
            f"{schools[row.school]} · grade {grades} · {row.kind} "
            f"{clock(row.start)}–{clock(row.end)}"
        )
        blocks[text] = row
    called = st.selectbox("Block", list(blocks))
    chosen = blocks[called]
    left, right = st.columns(2)
    start = left.text_input("From", value=clock(chosen.start), key=f"from {called}")
    end = right.text_input("To", value=clock(chosen.end), key=f"to {called}")
    grade = f"/{chosen.grades[0]}" if len(chosen.grades) == 1 else ""
    said = (
        f"{chosen.school}{grade} "
        f"{clock(chosen.start)}-{clock(chosen.end)}={start.strip()}-{end.strip()}"
    )
    return f"{called} → {start.strip()}–{end.strip()}", lambda whole: wishes.rescheduled(
        whole, said
    )


def _rule(data: Dataset) -> tuple[str, Act]:
    rules = {
        key: rule.title
        for key, rule in sorted(RULE_OF.items(), key=lambda item: item[1].title)
        if len(rule.strengths) > 1
    }
    rule = st.selectbox("Rule", list(rules), format_func=rules.__getitem__)
    words = {"hard": "must be kept", "soft": "is weighed", "off": "does not count"}
    setting = st.selectbox(
        "It",
        sorted((s.value for s in RULE_OF[rule].strengths), key=list(words).index),
        format_func=words.__getitem__,
    )
    return f"{rules[rule]} {words[setting]}", lambda whole: wishes.ruled(whole, rule, setting)


def _has_positions(data: Dataset) -> bool:
    return bool(data.positions)


FORMS: dict[str, Form] = {
    "Less money": _money(wishes.less),
    "More money": _money(wishes.more),
    "A new position": Form(_new_position),
    "A position closes": Form(_close, _has_positions),
    "A position opens on a day": Form(_open, _has_positions),
    "A position is handed over": Form(_hand_over, _has_positions),
    "A position has another FTE": Form(_resize, _has_positions),
    "A position moves to another school": Form(_move, _has_positions, local=False),
    "Somebody leaves": Form(_leaves, lambda data: bool(data.staff)),
    "A block of the school day moves": Form(_schedule, lambda data: bool(data.blocks)),
    "A rule": Form(_rule, local=False),
}
"""The wishes, in the order in which they are offered."""


def _position(data: Dataset, label: str) -> tuple[str, str]:
    """The position that is chosen, and what it is called."""
    names = {row.staff: row.called for row in data.staff}
    roles = {role.role: role.title for role in data.roles}
    schools = {school.school: school.name for school in data.schools}

    def said(row: Position) -> str:
        where = ", ".join(schools.get(one, one) for one in row.school) or "anywhere"
        return (
            f"{row.position} · {roles.get(row.role, row.role)} · {where} · "
            f"{names.get(row.staff, row.status)}"
        )

    of = {row.position: said(row) for row in data.positions}
    chosen = st.selectbox(label, list(of), format_func=of.__getitem__)
    return chosen, of[chosen]
