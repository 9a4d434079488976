"""All schools at once: who is left out, who is served worst, who is where on which day.

And where the schools lie.
"""

from collections import defaultdict
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from planner.plan.measures import Dose
from planner.plan.result import Unserved
from planner.render.blocks import service_name
from planner.rules import RULE_OF
from planner.rules.checker import BROKEN
from planner.rules.explanations import left_out
from planner.words.wording import period, plural
from ui.app.workspace import VisiblePlan
from ui.screen.picking import picked_in
from ui.screen.region_map import region_map
from ui.screen.table import Head, HtmlCell, HtmlRow, table
from ui.screen.weeks import group_in_words

FEW = 3
"""Names in a cell before the rest is counted."""
MOST_SHOWN = 15
"""Rows before the rest is asked for."""


def show(opened: VisiblePlan) -> None:
    """The page."""
    _served(opened)
    st.header("How each school is served, worst first")
    if chosen := picked_in(_coverage(opened), "coverage"):
        st.switch_page(
            st.session_state["pages"]["timetable"],
            query_params={"show": "Schools", "school": chosen},
        )
    st.header("Who is where")
    round_ = period(opened.problem.cycle)
    st.caption(
        f"People at each school on each day of the plan's {round_}; the names stand on hover "
        "where there are many."
    )
    picked_in(_placements(opened), "placements")
    drawn = region_map(opened)
    if drawn:
        st.header("Where the schools lie")
        picked_in(drawn, "map")


def _served(opened: VisiblePlan) -> None:
    """What is served in all; what is not, and why; and what the check found."""
    words, total = opened.words, opened.measures.minutes
    groups = opened.measures.groups
    less = [dose for dose in groups if dose.minutes.missing]
    without = sum(dose.left_out for dose in less)
    part = len(less) - without
    st.markdown(
        f"{words.percent(total.share)} of the minutes owed in a {period(opened.problem.cycle)} "
        "are served:"
        f" {words.number(total.delivered)} of {words.number(total.owed)}. Of "
        f"{words.count(len(groups), 'group')},"
        f" {words.number(without)} {plural(without, 'gets', 'get')} nothing and "
        f"{words.number(part)} less than"
        f" {plural(part, 'it is', 'they are')} owed."
    )
    if left := left_out(opened.problem, opened.plan, opened.view.result.unserved):
        st.header("Who is left out, and why")
        heads = (
            Head("Group or duty"),
            Head("School"),
            Head("Missing", "sessions", figures=True),
            Head("Why"),
        )
        rows = _first_rows([_left(opened, one) for one in left], "left out")
        st.html(str(table(heads, rows, caption="Who is left out, and why")))
    if found := sorted(
        opened.view.result.findings, key=lambda one: (one.severity != BROKEN, one.rule, one.subject)
    ):
        st.header("What was found")
        titles = {key: rule.title for key, rule in RULE_OF.items()}
        said = [
            (HtmlCell(titles.get(one.rule, one.rule), tone=one.severity), one.message)
            for one in found
        ]
        st.html(
            str(
                table(
                    (Head("Rule"), Head("What was found")),
                    _first_rows(said, "findings"),
                    caption="What was found",
                )
            )
        )


def _left(opened: VisiblePlan, one: Unserved) -> HtmlRow:
    problem = opened.problem
    service = problem.service_of[one.service]
    name = group_in_words(problem, one.service) if service.group else service_name(problem, service)
    missing = (
        f"{opened.words.number(one.sessions_owed - one.sessions_given)} of "
        f"{opened.words.number(one.sessions_owed)}"
    )
    return [name, opened.school(service.school), missing, one.reason]


def _first_rows(rows: Sequence[HtmlRow], what: str) -> Sequence[HtmlRow]:
    """The first rows, until all are asked for."""
    return (
        rows
        if len(rows) <= MOST_SHOWN or st.toggle(f"All {len(rows)}", key=f"all {what}")
        else rows[:MOST_SHOWN]
    )


def _coverage(opened: VisiblePlan) -> Markup:
    words = opened.words
    tiers = sorted({service.tier for service in opened.problem.groups}, reverse=True)
    by_tier: dict[tuple[str, int], Dose] = {}
    for group in opened.measures.groups:
        key = (group.service.school, group.service.tier)
        before = by_tier.get(key, Dose())
        by_tier[key] = Dose(
            before.owed + group.minutes.owed, before.delivered + group.minutes.delivered
        )
    rows: list[HtmlRow] = []
    for school, dose in opened.measures.schools.items():
        parts = [by_tier.get((school, tier), Dose()) for tier in tiers]
        rows.append(
            [
                HtmlCell(opened.school(school), hover=school, key=school),
                words.percent(dose.share),
                *(words.percent(part.share) if part.owed else "–" for part in parts),
                words.number(dose.owed),
                HtmlCell(words.number(dose.missing), tone="worse" if dose.missing else ""),
            ]
        )
    round_ = period(opened.problem.cycle)
    made = (
        f"Minutes delivered of the minutes owed to the school's groups, in a {round_} of the plan."
    )
    heads = (
        Head("School"),
        Head("Served", "%", figures=True, made=made),
        *(
            Head(f"Tier {tier}", "%", figures=True, made=f"{made} Tier {tier} alone.")
            for tier in tiers
        ),
        Head("Owed", f"min a {round_}", figures=True),
        Head("Missing", f"min a {round_}", figures=True),
    )
    total = opened.measures.minutes
    tier_sums = [words.percent(opened.measures.tiers[tier].share) for tier in tiers]
    sums = [
        "All schools",
        words.percent(total.share),
        *tier_sums,
        words.number(total.owed),
        words.number(total.missing),
    ]
    return table(heads, rows, sums=sums, caption="How each school is served")


def _placements(opened: VisiblePlan) -> Markup:
    problem = opened.problem
    there: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for placement in opened.plan.placements:
        name = problem.person_of[placement.staff].name
        if name not in there[placement.school, placement.day]:
            there[placement.school, placement.day].append(name)
    rows: list[HtmlRow] = []
    for school in problem.schools:
        cells = [_names(sorted(there[school, day])) for day in problem.cycle]
        if any(cell.text for cell in cells):
            rows.append([HtmlCell(opened.school(school), hover=school), *cells])
    return table(
        (Head("School"), *(Head(day) for day in problem.cycle)),
        rows,
        caption="People at each school, day by day",
    )


def _names(names: list[str]) -> HtmlCell:
    if len(names) <= FEW:
        return HtmlCell(", ".join(names))
    return HtmlCell(f"{len(names)} people", hover=", ".join(names), tone="whole")
