"""What happened: plans and which of them is ours, and the trail of who did what when."""

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from planner.access import may
from planner.store.datasets import SavedDataset
from planner.store.plans import SavedPlan
from planner.words.wording import Words
from ui.screen import page_state
from ui.screen.escape_markdown import escape_markdown
from ui.screen.table import Head, HtmlCell, HtmlRow, table
from ui.screen.views.start import no_dataset

MOST = 200
HELD = "held"
"""What the trail calls keeping the data that a scenario made, so that a worker can plan them."""


def show() -> None:
    """The page."""
    if page_state.dataset() is None:
        no_dataset()
        return
    _plans()
    _adoption()
    _trail()


def _plans() -> None:
    st.header("Plans")
    plans = page_state.plans_here()
    if not plans:
        how = " The page Solve makes one." if may(page_state.viewer(), "solve") else ""
        st.info(f"There is no plan of this dataset yet.{how}")
        return
    words = Words()
    versions = page_state.desk().versions(page_state.kept(page_state.DATASET))
    rows: list[HtmlRow] = []
    for plan in plans:
        tiers = [plan.tiers.get(tier) for tier in (3, 2, 1)]
        shares = [
            words.percent(done / owed) if owed else "–"
            for done, owed in ((t or (0, 0)) for t in tiers)
        ]
        rows.append(
            [
                HtmlCell(f"plan {plan.number}", under="adopted" if plan.adopted else ""),
                page_state.scenario_of(plan),
                of_data(plan, versions),
                *shares,
                words.number(plan.findings),
                HtmlCell(f"{plan.saved_at:%Y-%m-%d %H:%M}", under=plan.saved_by),
            ]
        )
    heads = (
        Head("Plan"),
        Head("Scenario"),
        Head(
            "Data",
            made="The version of the dataset that the plan was made of; a scenario makes one of "
            "its own.",
        ),
        *(
            Head(
                f"Tier {tier}",
                "served",
                figures=True,
                made="Minutes delivered of the minutes owed.",
            )
            for tier in (3, 2, 1)
        ),
        Head("Findings", figures=True, made="Broken hard rules and notes together."),
        Head("Made", "UTC"),
    )
    st.html(str(table(heads, rows, caption="Plans, the newest first")))


def of_data(plan: SavedPlan, versions: Sequence[SavedDataset]) -> HtmlCell:
    """The version that a plan was made of, the newest of `versions` first, and whether there is
    newer data.
    """
    newest = versions[0]
    number = next((one.version for one in versions if one.hash == plan.dataset_hash), None)
    if number is None:
        return HtmlCell(
            "a scenario's",
            under=f"made before version {newest.version}"
            if plan.saved_at < newest.saved_at
            else "",
        )
    return HtmlCell(
        f"version {number}",
        under=f"version {newest.version} is newer" if number < newest.version else "",
    )


def _adoption() -> None:
    mine = [
        one
        for one in page_state.desk().adoptions()
        if one.name == page_state.kept(page_state.DATASET)
    ]
    st.header("Our plan")
    if mine:
        lines = [
            f"- **plan {one.plan}**, {one.adopted_at:%Y-%m-%d %H:%M} UTC "
            + f"by {escape_markdown(one.adopted_by)}"
            + (f", in place of plan {one.replaces}" if one.replaces else "")
            + (f": {escape_markdown(one.note)}" if one.note else "")
            for one in mine
        ]
        st.markdown("\n".join(lines))
    else:
        st.caption("No plan has been adopted yet: adopting one says to all that it is the plan.")
    opened = page_state.opened()
    if (
        opened
        and may(page_state.viewer(), "adopt")
        and not any(one.plan == opened.number and one.ended_at is None for one in mine)
    ):
        with st.form("adopt"):
            note = st.text_input(f"Note on adopting plan {opened.number}", max_chars=500)
            if st.form_submit_button(f"Adopt plan {opened.number}", type="primary"):
                page_state.desk().adopt(opened.number, note)
                st.rerun()


def _trail() -> None:
    if not may(page_state.viewer(), "audit"):
        return
    st.header("Who did what")
    verdict = page_state.desk().verify()
    if verdict.fault:
        st.error(f"The trail was tampered with. {escape_markdown(verdict.fault)}")
    else:
        st.caption(
            f"{Words().count(verdict.count, 'entry', 'entries')}, each chained to the one before; "
            "nothing was altered. "
            f"Newest seal {verdict.head[:12]}."
        )
    entries = list(reversed(page_state.desk().history(MOST)))
    rows = [
        [HtmlCell(str(one["at"])[:16].replace("T", " ")), one["by"], *did(one)] for one in entries
    ]
    st.html(
        str(
            table(
                (Head("When", "UTC"), Head("Who"), Head("Did"), Head("To what")),
                rows,
                caption="The audit trail, newest first",
            )
        )
    )


def did(entry: Mapping[str, Any]) -> tuple[str, HtmlCell]:
    """What somebody did, and to what, in planners' words."""
    action, subject = str(entry["action"]), str(entry["subject"])
    if action == HELD:
        return "put aside for a run", HtmlCell("a scenario's data", hover=subject)
    return action, HtmlCell(subject)
