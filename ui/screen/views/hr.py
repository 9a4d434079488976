"""People as HR asks for them.

What is wrong first, then everybody, then one person in full with their year.
"""

from collections.abc import Sequence

import streamlit as st

from planner.access import seen
from planner.hr import Hr
from planner.hr.findings import HrFinding
from planner.money.head_count import head_count
from planner.money.number_format import NumberFormat
from planner.render.workbook import beside_tables, hr_sheets
from ui.app.workspace import VisiblePlan
from ui.render.hr_person import person_lines
from ui.screen.choosing import choice
from ui.screen.figures import Metric, figures
from ui.screen.picking import picked_in
from ui.screen.sheet_table import sheet_table
from ui.screen.table import Head, HtmlCell, table
from ui.screen.year import year

FEW = ("Person", "Job class", "Position", "Schools", "FTE", "Hours a week", "Contract days")
PAY = ("Amount",)
MOST_SHOWN = 20
"""Findings before the rest is asked for."""


def show(opened: VisiblePlan) -> None:
    """The page."""
    found = opened.hr
    saying = NumberFormat(opened.problem.data.district)
    _findings(opened, found)
    st.header("Everybody")
    every = st.toggle("All columns", key="all_people")
    columns = [
        column.heading
        for column in hr_sheets.PEOPLE
        if opened.sees_pay or column.heading not in PAY
    ]
    rows = hr_sheets.people_rows(found, saying)
    everybody = sheet_table(
        hr_sheets.PEOPLE,
        rows,
        opened.problem,
        caption="Everybody",
        shown=columns if every else FEW,
        picks="Id",
    )
    if picked := picked_in(everybody, "everybody"):
        _about(opened, found, picked)
    _held(opened, found)
    if seen(opened.viewer, "sheet:time and effort"):
        with st.expander("Time and effort: what funds pay beside what is planned"):
            effort = hr_sheets.effort_rows(found)
            st.html(
                str(
                    sheet_table(hr_sheets.EFFORT, effort, opened.problem, caption="Time and effort")
                )
            )
            st.caption(hr_sheets.EFFORT_NOTE)
    _counted(opened, found)
    _person(opened, found)


def _held(opened: VisiblePlan, found: Hr) -> None:
    """Who holds what on a day, and what nobody holds then."""
    district, words = opened.problem.data.district, opened.words
    if not opened.problem.data.positions:
        return
    st.header("Who holds what")
    day = st.date_input(
        "On",
        value=min(max(district.day_planned, district.year_start), district.year_end),
        min_value=district.year_start,
        max_value=district.year_end,
        key="held on",
    )
    total = head_count(opened.problem, found.budget, day).total
    st.html(
        str(
            figures(
                tuple(
                    Metric(name, words.fte(float(count.fte)), made=f"FTE on {words.day(day)}.")
                    for name, count in (("Filled", total.filled), ("Vacant", total.vacant))
                )
            )
        )
    )
    rows: list[list[HtmlCell | str]] = []
    for record in found.people:
        for place in (place for place in record.places if place.holding.is_on(day)):
            start, end = place.within(district)
            since, until = start or district.year_start, end or district.year_end
            rows.append(
                [
                    HtmlCell(record.name, key=record.staff),
                    HtmlCell(place.position.position, under=place.standing),
                    words.fte(float(place.position.fte)),
                    f"{words.day(since)} – {words.day(until)}",
                ]
            )
    heads = (Head("Who"), Head("Position"), Head("FTE"), Head("From, to"))
    if picked := picked_in(table(heads, rows, caption="Who holds what"), "held on a day"):
        _about(opened, found, picked)


def _counted(opened: VisiblePlan, found: Hr) -> None:
    """Time off in lieu and, for who sees pay, what vacancies save, both up to the planned day."""
    tables = [("Time off in lieu", beside_tables.TIME_OFF, beside_tables.time_off_rows(found))]
    if opened.sees_pay:
        rows = beside_tables.saving_rows(found)
        tables.append(("Saved by vacancies", beside_tables.SAVINGS, rows))
    for title, columns, rows in tables:
        if rows:
            with st.expander(f"{title} up to {opened.words.day(found.counted_to)}"):
                st.html(str(sheet_table(columns, rows, opened.problem, caption=title)))


def _findings(opened: VisiblePlan, found: Hr) -> None:
    words = opened.words
    noted = [one for one in found.findings if one not in found.broken]
    st.html(
        str(
            figures(
                (
                    Metric(
                        "Broken hard rules",
                        words.number(len(found.broken)),
                        tone="broken" if found.broken else "",
                    ),
                    Metric(
                        "Notes", words.number(len(noted)), made="What is allowed and worth knowing."
                    ),
                    Metric("People", words.number(len(found.people))),
                )
            )
        )
    )
    if found.broken:
        st.header("What must be settled")
        _listed(opened, found, found.broken, "What must be settled")
    if noted:
        with st.expander(f"{words.count(len(noted), 'note')}"):
            _listed(opened, found, noted, "Notes")


def _listed(opened: VisiblePlan, found: Hr, some: Sequence[HrFinding], caption: str) -> None:
    """Findings with what helps; who is picked in them is shown in full."""
    every = len(some) <= MOST_SHOWN or st.toggle(f"All {len(some)}", key=f"all {caption}")
    names = {record.staff: record.name for record in found.people}
    holder = {
        place.position.position: record.staff for record in found.people for place in record.places
    }

    def row(one: HrFinding) -> list[HtmlCell | str]:
        staff = next(
            (holder.get(part, part) for part in one.where if holder.get(part, part) in names), ""
        )
        who = (
            HtmlCell(names[staff], key=staff, under=one.title)
            if staff
            else HtmlCell(", ".join(one.where), under=one.title)
        )
        return [who, HtmlCell(one.message, hover=one.source, under=one.remedy)]

    heads = (Head("Who"), Head("What, and what helps"))
    shown = [row(one) for one in (some if every else some[:MOST_SHOWN])]
    if picked := picked_in(table(heads, shown, caption=caption), caption):
        _about(opened, found, picked)


@st.dialog("One person", width="large")
def _about(opened: VisiblePlan, found: Hr, staff: str) -> None:
    _in_full(opened, found, staff)


def _person(opened: VisiblePlan, found: Hr) -> None:
    if not found.people:
        return
    st.header("One person")
    names = {record.staff: record.name for record in found.people}
    at = str(st.query_params.get("person", ""))
    now = at if at in names else next(iter(names))
    choice(
        st.container(),
        "Person",
        list(names),
        now,
        lambda picked: st.query_params.update(person=picked),
        key="person of hr",
        format_func=names.__getitem__,
    )
    _in_full(opened, found, now)


def _in_full(opened: VisiblePlan, found: Hr, staff: str) -> None:
    """Their contract, funding, differentials and cost lines; and their year."""
    record = next(one for one in found.people if one.staff == staff)
    saying = NumberFormat(opened.problem.data.district)
    st.code(
        "\n".join(person_lines(found.problem, record, saying, with_pay=opened.sees_pay)),
        language=None,
        wrap_lines=True,
    )
    if staff in opened.problem.person_of:
        st.html(str(year(opened, staff)))
