"""All schools at once: who is served worst, who is where on which day, and where the schools lie."""

from collections import defaultdict

import streamlit as st

from planner.desk import Opened
from planner.measures import Dose
from ui.screen.picking import picked_in
from ui.screen.region_map import region_map
from ui.screen.table import Cell, Head, table

FEW = 3
"""Names in a cell before the rest is counted."""


def show(opened: Opened) -> None:
    """The page."""
    st.header("How each school is served, worst first")
    if chosen := picked_in(_coverage(opened), "coverage"):
        st.switch_page(st.session_state["pages"]["timetable"], query_params={"show": "Schools", "school": chosen})
    st.header("Who is where")
    st.caption("People at each school on each day of the plan's week; the names stand on hover where there are many.")
    picked_in(_placements(opened), "placements")
    drawn = region_map(opened)
    if drawn:
        st.header("Where the schools lie")
        picked_in(drawn, "map")


def _coverage(opened: Opened) -> object:
    words = opened.words
    tiers = sorted({service.tier for service in opened.problem.groups}, reverse=True)
    by_tier: dict[tuple[str, int], Dose] = {}
    for dose in opened.measures.groups:
        key = (dose.service.school, dose.service.tier)
        before = by_tier.get(key, Dose())
        by_tier[key] = Dose(before.owed + dose.minutes.owed, before.delivered + dose.minutes.delivered)
    rows = []
    for school, dose in opened.measures.schools.items():
        parts = [by_tier.get((school, tier), Dose()) for tier in tiers]
        rows.append(
            [
                Cell(opened.school(school), hover=school, key=school),
                words.percent(dose.share),
                *(words.percent(part.share) if part.owed else "–" for part in parts),
                words.number(dose.owed),
                Cell(words.number(dose.missing), tone="worse" if dose.missing else ""),
            ]
        )
    made = "Minutes delivered of the minutes owed to the school's groups, in a week of the plan."
    heads = (
        Head("School"),
        Head("Served", "%", figures=True, made=made),
        *(Head(f"Tier {tier}", "%", figures=True, made=f"{made} Tier {tier} alone.") for tier in tiers),
        Head("Owed", "min a week", figures=True),
        Head("Missing", "min a week", figures=True),
    )
    total = opened.measures.minutes
    tier_sums = [words.percent(opened.measures.tiers[tier].share) for tier in tiers]
    sums = ["All schools", words.percent(total.share), *tier_sums, words.number(total.owed), words.number(total.missing)]
    return table(heads, rows, sums=sums, caption="How each school is served")


def _placements(opened: Opened) -> object:
    problem = opened.problem
    there: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for placement in opened.plan.placements:
        name = problem.person_of[placement.staff].name
        if name not in there[placement.school, placement.day]:
            there[placement.school, placement.day].append(name)
    rows = []
    for school in problem.schools:
        cells = [_names(sorted(there[school, day])) for day in problem.cycle]
        if any(cell.text for cell in cells):
            rows.append([Cell(opened.school(school), hover=school), *cells])
    return table((Head("School"), *(Head(day) for day in problem.cycle)), rows, caption="People at each school, day by day")


def _names(names: list[str]) -> Cell:
    if len(names) <= FEW:
        return Cell(", ".join(names))
    return Cell(f"{len(names)} people", hover=", ".join(names), tone="whole")
