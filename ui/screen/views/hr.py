"""People as HR asks for them: what is wrong first, then everybody, then one person in full with their year."""

import streamlit as st

from planner.access import seen
from planner.cost.saying import Saying
from planner.desk import Opened
from planner.hr import Hr
from planner.hr.findings import Found
from planner.reports import hr_sheets
from ui.hr_person import person_lines
from ui.screen.figures import Figure, figures
from ui.screen.sheet_table import sheet_table
from ui.screen.year import year

FEW = ("Person", "Job class", "Position", "Schools", "FTE", "Hours a week", "Contract days")
PAY = ("Amount",)


def show(opened: Opened) -> None:
    """The page."""
    found = opened.hr
    saying = Saying(opened.problem.data.district)
    _findings(opened, found)
    st.header("Everybody")
    every = st.toggle("All columns", key="all_people")
    columns = [column.heading for column in hr_sheets.PEOPLE if opened.sees_pay or column.heading not in PAY]
    rows = hr_sheets.people_rows(found, saying)
    st.html(str(sheet_table(hr_sheets.PEOPLE, rows, opened.problem, caption="Everybody", shown=columns if every else FEW)))
    if seen(opened.viewer, "sheet:time and effort"):
        with st.expander("Time and effort: what funds pay beside what is planned"):
            effort = hr_sheets.effort_rows(found)
            st.html(str(sheet_table(hr_sheets.EFFORT, effort, opened.problem, caption="Time and effort")))
            st.caption(hr_sheets.EFFORT_NOTE)
    _person(opened, found, saying)


def _findings(opened: Opened, found: Hr) -> None:
    words = opened.words
    noted = [one for one in found.findings if one not in found.broken]
    st.html(
        str(
            figures(
                (
                    Figure("Broken hard rules", words.number(len(found.broken)), tone="broken" if found.broken else ""),
                    Figure("Notes", words.number(len(noted)), made="What is allowed and worth knowing."),
                    Figure("People", words.number(len(found.people))),
                )
            )
        )
    )
    if found.broken:
        st.header("What must be settled")
        for one in found.broken:
            _said(one, broken=True)
    if noted:
        with st.expander(f"{words.count(len(noted), 'note')}"):
            for one in noted:
                _said(one, broken=False)


def _said(one: Found, *, broken: bool) -> None:
    source = f" Source: {one.source}." if one.source else ""
    text = f"{one.message} {one.remedy}{source}".replace("$", "\\$")
    (st.error if broken else st.info)(text, icon=":material/report:" if broken else ":material/info:")


def _person(opened: Opened, found: Hr, saying: Saying) -> None:
    if not found.people:
        return
    st.header("One person")
    names = {record.staff: record.name for record in found.people}
    staff = st.selectbox("Person", list(names), format_func=names.__getitem__, key="person", bind="query-params")
    record = next(one for one in found.people if one.staff == staff)
    with st.expander("Contract, funding, differentials and cost lines", expanded=True):
        st.code("\n".join(person_lines(found.problem, record, saying, with_pay=opened.sees_pay)), language=None, wrap_lines=True)
    if staff in opened.problem.person_of:
        st.html(str(year(opened, staff)))
