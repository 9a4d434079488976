"""Every sheet of a dataset, edited in place under the same checks as a workbook.

What changed is said before it is saved.
"""

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from planner.access import Denied, may, seen
from planner.facts.row import ColumnSpec, columns_of
from planner.facts.sheets import SHEETS, heading
from planner.scenario.differences import differences
from planner.sheets.raw_table import RawSheet
from planner.store.datasets import SavedDataset
from planner.words.errors import DatasetError
from planner.words.wording import Words
from ui.screen import page_state
from ui.screen.choosing import choice
from ui.screen.escape_markdown import escape_markdown
from ui.screen.faults import fault_table, remark_table
from ui.screen.views.start import no_dataset

NUMBER = "(row)"
"""The column with the number of the row in its sheet; blank for a new one."""
ROW = 35
"""Pixels of a row of the editor."""
Edits = dict[str, pd.DataFrame]


def show() -> None:
    """The page."""
    saved = page_state.dataset()
    if saved is None:
        no_dataset()
        return
    tables = page_state.tables_for(saved.hash, page_state.viewer())
    st.caption(
        f"{escape_markdown(saved.name)}, version {saved.version}, "
        f"saved by {escape_markdown(saved.saved_by)} on {saved.saved_at:%Y-%m-%d %H:%M} UTC."
    )
    _remarks(saved)
    names = [sheet for sheet in SHEETS if sheet in tables]
    at = str(st.query_params.get("sheet", ""))
    sheet = at if at in names else names[0]
    choice(
        st.container(),
        "Sheet",
        names,
        sheet,
        lambda picked: st.query_params.update(sheet=picked),
        key="sheet chosen",
        format_func=lambda one: f"{one} ({len(tables[one].rows)})",
    )
    _take_over_what_waits(saved, sheet)
    _sheet(saved, tables, sheet)
    if may(page_state.viewer(), "edit_dataset"):
        _foot(saved)


def _remarks(saved: SavedDataset) -> None:
    """What planner validate warns of, folded away: the dataset can be planned as it is."""
    remarks = page_state.remarks_for(saved.hash, page_state.viewer())
    if remarks:
        count = Words().count(len(remarks), "place")
        with st.expander(f"Allowed, but look at it: {count}"):
            st.html(str(remark_table(remarks)))


def _edits(saved: SavedDataset) -> list[Edits]:
    """Every state of the sheets since the dataset was opened, the newest last."""
    edits: list[Edits] = st.session_state.setdefault(f"edits {saved.hash}", [{}])
    return edits


def _sheet(saved: SavedDataset, tables: dict[str, RawSheet], sheet: str) -> None:
    edits = _edits(saved)
    before = edits[-1].get(sheet)
    every = st.toggle("All columns, also those that are blank", key=f"all columns of {sheet}")
    frame = _frame(tables[sheet], sheet, every=every)
    if before is not None:
        frame = before.reindex(
            columns=list(dict.fromkeys([*before.columns, *frame.columns])), fill_value=""
        )
    editable = may(page_state.viewer(), "edit_dataset")
    number = st.column_config.TextColumn(
        "row", disabled=True, pinned=True, help="The row as a spreadsheet numbers it."
    )
    config = {NUMBER: number} | {
        name: _column(name, column) for name, column in _columns(sheet).items()
    }
    key = f"editor {saved.hash} {sheet} {len(edits)} {every}"
    if not editable:
        st.dataframe(frame, column_config=config, hide_index=True)
        return
    height = min(480, ROW * (len(frame) + 2) + 4)
    changed = st.data_editor(
        frame,
        num_rows="dynamic",
        column_config=config,
        hide_index=True,
        key=key,
        width="stretch",
        height=height,
    )
    waiting = f"waiting {saved.hash}"
    if changed.equals(frame):
        st.session_state.pop(waiting, None)
        return
    st.session_state[waiting] = (sheet, key, changed)
    if st.button("Take over these changes", type="primary"):
        del st.session_state[waiting]
        edits.append({**edits[-1], sheet: changed})
        st.rerun()


def _take_over_what_waits(saved: SavedDataset, sheet: str) -> None:
    """Changes of a sheet that was left are not lost."""
    before, key, changed = st.session_state.get(f"waiting {saved.hash}", ("", "", None))
    if changed is not None and (before != sheet or key not in st.session_state):
        del st.session_state[f"waiting {saved.hash}"]
        edits = _edits(saved)
        edits.append({**edits[-1], before: changed})


def _columns(sheet: str) -> dict[str, ColumnSpec]:
    """The columns of a sheet by their headings."""
    return {heading(column.name): column for column in columns_of(SHEETS[sheet])}


def _column(name: str, column: ColumnSpec) -> ColumnConfig:
    such = f" Such as: {column.example}." if column.example else ""
    unit = f" In {column.unit}." if column.unit else ""
    return st.column_config.TextColumn(
        f"{name} *" if column.required else name, help=f"{column.meaning}.{unit}{such}"
    )


def _frame(table: RawSheet, sheet: str, *, every: bool) -> pd.DataFrame:
    shown = {name for _, cells in table.rows for name in cells} or set(table.headings)
    headings = [
        name
        for name in _columns(sheet)
        if name in shown or (every and seen(page_state.viewer(), f"{sheet}.{name}"))
    ]
    rows = [
        [str(number), *(cells.get(name, "") for name in headings)] for number, cells in table.rows
    ]
    return pd.DataFrame(rows, columns=[NUMBER, *headings], dtype="str")


def _foot(saved: SavedDataset) -> None:
    """What was changed so far, to be undone or saved."""
    edits = _edits(saved)
    if len(edits) == 1:
        st.caption(
            "Change cells, add rows at the foot, or mark rows and delete them. Nothing is saved "
            "before you say so."
        )
        return
    with st.container(border=True):
        st.header("What you changed")
        if st.button("Undo the last step", icon=":material/undo:"):
            edits.pop()
            st.rerun()
        desk = page_state.desk()
        try:
            after = desk.edited(
                saved.hash, {sheet: _rows(frame) for sheet, frame in edits[-1].items()}
            )
        except DatasetError as error:
            st.error("These changes cannot be saved yet.")
            st.html(str(fault_table(error.faults)))
            return
        except Denied as error:
            st.error(str(error))
            return
        told = differences(page_state.facts(saved), after.visible)
        if not told:
            st.caption("The dataset says the same as before.")
            return
        st.markdown(
            "\n".join(f"- {escape_markdown(one.words)}" for one in told[:60])
            + ("\n- …" if len(told) > 60 else "")
        )
        if st.button("Save as a new version", type="primary"):
            desk.save(after, saved.name)
            st.session_state.pop(f"edits {saved.hash}", None)
            st.toast("Saved as a new version.")
            st.rerun()


def _rows(frame: pd.DataFrame) -> list[tuple[int | None, dict[str, str]]]:
    """The editor's rows: those that were there keep their number, new ones have none. Blank rows
    are none.
    """
    found = []
    for cells in frame.to_dict("records"):
        texts = {str(name): "" if pd.isna(value) else str(value) for name, value in cells.items()}
        number = texts.pop(NUMBER, "")
        if any(text.strip() for text in texts.values()):
            found.append((int(number) if number else None, texts))
    return found
