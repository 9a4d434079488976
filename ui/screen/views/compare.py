"""Two to four plans side by side.

Who is served, what it costs, who is affected, what is wrong; and the whole as a workbook.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st
from markupsafe import Markup

from planner.access import User, may
from planner.comparison import MOST_PLANS, Comparison, ComparisonRow, compare
from planner.comparison.comparison import SECTIONS, SUMMARY, TABLES
from planner.comparison.comparison_text import SAME, ComparisonText
from planner.private_files import passing
from planner.render.workbook.compare_workbook import write_compare_workbook
from planner.store.plans import SavedPlan
from planner.words.wording import Words
from ui.render.compare_text import LISTS, MOST_SHOWN, SHOWN, label_of
from ui.screen import page_state
from ui.screen.cost_chart import ChartDot, cost_chart, frontier
from ui.screen.escape_markdown import escape_markdown
from ui.screen.picking import picked_in
from ui.screen.templating import filled
from ui.screen.views.start import no_dataset, no_plan

MADE = {
    "search": "A plan that is not proved best could have been better with more time.",
    "tier_": "Minutes delivered to the tier's groups in a {period}, and their share of the "
    "minutes owed.",
    "minutes": "Minutes delivered in a {period}.",
    "students": "Students with at least one session a {period}; each is counted once.",
    "worst": "The school with the smallest share of its minutes delivered.",
    "spread": "The share delivered at the best-served school less that at the worst-served one.",
    "cost": "All cost lines of all positions, with employer costs.",
    "per_student_minute": "Cost a year, for each minute in which a student is served over the "
    "year.",
    "left": "What the fund has, less what is held back and what is planned.",
    "fte": "The FTE of all people with a position, or of those named.",
    "utilisation": "Minutes with groups, of all minutes that people are contracted for.",
    "travel": "Minutes on the way between schools in a {period}.",
    "adults_a_group": "Different adults whom a group sees in a {period}, on average over the "
    "groups that are served.",
}
"""How figures are made, by the beginning of their measure."""
PLANS = "plans"
"""What the address calls the plans that are compared."""
ARROWS = {"↑": "▲", "↓": "▼"}


def show() -> None:
    """The page."""
    if page_state.dataset() is None:
        no_dataset()
        return
    plans = {plan.number: plan for plan in page_state.plans_here()}
    if not plans:
        no_plan()
        return
    words = Words()
    adopted = next((number for number, plan in plans.items() if plan.adopted), None)
    chosen = st.multiselect(
        f"Plans, 2 to {MOST_PLANS}; the others are compared with the first",
        list(plans),
        default=meant(page_state.kept(PLANS), list(plans)) or usual(list(plans.values())),
        format_func=lambda number: page_state.display_name(plans[number], words),
        max_selections=MOST_PLANS,
        key=f"plans of {page_state.kept(page_state.DATASET)}",
    )
    page_state.keep(PLANS, ",".join(map(str, chosen)))
    if len(chosen) < 2:
        if not may(page_state.viewer(), "edit_scenario"):
            st.info("Choose two plans.")
            return
        st.info(
            "Choose two plans. Another one comes from a scenario: change something there, and "
            "make its plan."
        )
        st.page_link(
            st.session_state["pages"]["scenarios"],
            label="Write a scenario",
            icon=":material/alt_route:",
        )
        return
    found = _compared(tuple(chosen), page_state.viewer(), page_state.epoch())
    for remark in found.remarks:
        st.info(escape_markdown(remark), icon=":material/info:")
    st.html(str(_summary(found, adopted, chosen)))
    _chart([plans[number] for number in chosen], found)
    for name in (table for table in TABLES if table not in SUMMARY):
        _list(found, name)
    _download(found)


def meant(address: str, known: Sequence[int]) -> list[int]:
    """The plans that an address names (`1,2`), as far as there are such; not more than can be
    compared.
    """
    said = (int(part) for part in address.split(",") if part.isascii() and part.isdigit())
    return [number for number in dict.fromkeys(said) if number in known][:MOST_PLANS]


def usual(plans: Sequence[SavedPlan]) -> list[int]:
    """What is compared where nothing was chosen: the adopted plan, or else one of the dataset as it
    is; and the newest.
    """
    first = next((plan for plan in plans if plan.adopted), None) or next(
        (plan for plan in plans if plan.is_as_it_is), None
    )
    return list(dict.fromkeys(plan.number for plan in (first, *plans) if plan))[:2]


def _titled(plan: SavedPlan) -> str:
    """The scenario that a plan is of, as a heading."""
    return page_state.AS_IT_IS.capitalize() if plan.is_as_it_is else plan.scenario


@st.cache_resource(max_entries=30, show_spinner="Comparing …", hash_funcs=page_state.BY_EYES)
def _compared(numbers: tuple[int, ...], looking: User, epoch: int) -> Comparison:
    plans = [page_state.opened_for(number, looking) for number in numbers]
    return compare(
        [plan.document for plan in plans],
        [_titled(plan.saved) for plan in plans],
    )


def _summary(found: Comparison, adopted: int | None, numbers: Sequence[int]) -> Markup:
    sections, marks = [], dict[str, int]()
    for section in SECTIONS:
        rows = [row for name in SUMMARY if TABLES[name] == section for row in found.table(name)]
        sections.append((section, [_cells(found, row, marks) for row in rows]))
    heads = [
        (plan.label, "adopted" if number == adopted else _changes(len(plan.changes)))
        for plan, number in zip(found.plans, numbers, strict=True)
    ]
    return _drawn(found, heads, sections, marks)


def _changes(many: int) -> str:
    return f"{many} change{'s' if many != 1 else ''}" if many else ""


def _drawn(
    found: Comparison,
    heads: Sequence[tuple[str, str]],
    sections: Sequence[Any],
    marks: Mapping[str, int],
) -> Markup:
    base = found.plans[found.base].label
    return filled(
        "comparison.html",
        heads=heads,
        sections=sections,
        marks=list(marks),
        period=found.period,
        base=base,
    )


def _cells(
    found: Comparison, row: ComparisonRow, marks: dict[str, int]
) -> tuple[str, str, list[dict[str, str]]]:
    """A row: what it says, how it is made, and of each plan the figure, the difference in words,
    which way is better, and the number of the change that explains it.
    """
    speech = ComparisonText(found)
    cells = []
    for plan in range(len(found.plans)):
        difference = speech.difference(row, plan)
        number = row.differences[plan]
        tone = ""
        if number and row.better and plan != found.base:
            tone = "better" if (number > 0) == (row.better == "more") else "worse"
        for arrow, drawn in ARROWS.items():
            difference = difference.replace(arrow, drawn)
        cells.append(
            {
                "value": speech.value(row, plan),
                "difference": "" if difference == SAME else difference,
                "tone": tone,
                "mark": str(marks.setdefault(row.because[plan], len(marks) + 1))
                if row.because[plan]
                else "",
            }
        )
    return label_of(row), _made(row).format(period=found.period), cells


def _made(row: ComparisonRow) -> str:
    """How a figure is made; nothing where its name says it."""
    return next((made for start, made in MADE.items() if row.measure.startswith(start)), "")


def _list(found: Comparison, name: str) -> None:
    rows = [row for row in found.table(name) if name not in SHOWN or row.measure in SHOWN[name]]
    if not rows:
        return
    with st.expander(f"{LISTS[name]} ({len(rows)})"):
        every = len(rows) <= MOST_SHOWN or st.toggle("All rows", key=f"all {name}")
        marks = dict[str, int]()
        shown = [_cells(found, row, marks) for row in (rows if every else rows[:MOST_SHOWN])]
        st.html(
            str(_drawn(found, [(plan.label, "") for plan in found.plans], [("", shown)], marks))
        )


def _chart(chosen: Sequence[SavedPlan], found: Comparison) -> None:
    """Cost against minutes, a dot a plan; behind them what the best of all plans here reach for
    their money.
    """
    dots = [
        ChartDot(plan.label, float(saved.cost), saved.delivered)
        for saved, plan in zip(chosen, found.plans, strict=True)
        if saved.cost
    ]
    if len(dots) < 2:
        return
    known = [(float(plan.cost), plan.delivered) for plan in page_state.plans_here() if plan.cost]
    st.header("What it costs, and what it serves")
    picked_in(
        cost_chart(
            dots,
            frontier(known),
            found.currency,
            found.locale,
            f"minutes a {found.period} delivered",
        ),
        "chart",
    )


def _download(found: Comparison) -> None:
    with passing() as folder:
        path = folder / "comparison.xlsx"
        write_compare_workbook(path, found, everything=False)
        st.download_button(
            "Download the comparison (.xlsx)",
            path.read_bytes(),
            "comparison.xlsx",
            on_click="ignore",
            icon=":material/download:",
        )
