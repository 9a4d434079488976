"""The sheets `open slots`, `who is free` and `could join`, cell by cell."""

import pytest

from planner.facts.problem import Problem
from planner.render.workbook import could_join_sheet, open_slots_sheet
from planner.render.workbook.canvas import PAGE_WIDTH, PIXEL, Book, Canvas
from planner.slots.open_slots import open_slots
from planner.slots.rescue import rescue
from tests.planner.slots.one_school import groups, school
from tests.planner.slots.test_open_slots import BLOCKS, GROUPS, PLAN, ROOMS

TWO_WEEKS = "name,year_start,year_end,grades,cycle\nOne,2026-09-01,2027-06-18,1;2;3,MonA;TueA;WedA;ThuA;FriA;MonB;TueB;WedB;ThuB;FriB\n"


def drawn(facts: Problem) -> Canvas:
    canvas = Book("en_US").sheet("open slots", timetable=True)
    open_slots_sheet.write(canvas, facts, open_slots(facts, PLAN))
    return canvas


@pytest.fixture(scope="module")
def facts() -> Problem:
    return school(blocks=BLOCKS, schools=ROOMS, groups=GROUPS)


def texts(canvas: Canvas) -> dict[str, str]:
    """What stands in each cell."""
    return {
        c.coordinate: str(c.value)
        for row in canvas.sheet.iter_rows()
        for c in row
        if c.value is not None
    }


def test_the_first_page_says_what_is_short_and_has_a_row_a_grade(facts: Problem):
    rows = [
        [str(c.value) for c in row if c.value is not None]
        for row in drawn(facts).sheet.iter_rows(max_row=9)
    ]
    assert rows[0] == ["Open slots"]
    assert rows[3:5] == [["Short however one schedules"], ["No grade is short for certain."]]
    assert rows[6] == [
        "School",
        "Grade",
        "Usable, min",
        "Taken, min",
        "Free, min",
        "Owed, min",
        "Delivered, min",
        "Short, min",
    ]
    assert rows[7] == ["Elm", "1", "480", "40", "440", "190", "50", "–"]
    assert rows[8] == ["Elm", "2", "300", "30", "270", "30", "30", "–"]


def test_a_shortage_is_said_on_the_first_page():
    short = school(blocks=BLOCKS, schools=ROOMS, groups=groups(*(f"g{n},1,60,5" for n in range(3))))
    assert [
        text
        for text in texts(drawn(short)).values()
        if text.startswith("Grade 1 at Elm is owed 900 minutes; its windows hold")
    ]


def test_a_school_has_a_page_with_a_column_a_grade(facts: Problem):
    canvas = drawn(facts)
    told = list(texts(canvas).values())
    page = told[told.index("all schools") - 1 :]
    assert page[:3] == [
        "Elm",
        "all schools",
        "Open slots · week of September 1 · a column for each grade · free: minutes, taken: groups",
    ]
    assert page[3:8] == ["Mon", "Tue", "Wed", "Thu", "Fri"]
    assert page[8:18] == ["1", "2"] * 5
    assert [text for text in page if text.startswith("#") and len(text) == 3] == ["# 2", "# 1"]
    assert {"c 30", "o 50", "o 60"} <= set(page)
    assert "o  Free: groups may be pulled out" in page


def test_ranges_do_not_overlap_and_the_page_is_as_wide_as_paper(facts: Problem):
    sheet = drawn(facts).sheet
    ranges = list(sheet.merged_cells.ranges)
    cells = [
        (r, c)
        for area in ranges
        for r in range(area.min_row, area.max_row + 1)
        for c in range(area.min_col, area.max_col + 1)
    ]
    assert len(cells) == len(set(cells))
    width = sum(d.width * 7 * PIXEL for d in sheet.column_dimensions.values())
    assert width == pytest.approx(PAGE_WIDTH, abs=3)
    assert len(sheet.row_breaks.brk) == 1


def test_a_cycle_of_two_weeks_has_a_page_a_week():
    blocks = "school,grades,start,end,kind\nelm,1,09:00,10:00,flex\n"
    told = texts(
        drawn(school(district=TWO_WEEKS, blocks=blocks, schools=ROOMS, groups=groups("a,1,30,5")))
    ).values()
    assert {"Elm · MonA–FriA", "Elm · MonB–FriB"} <= set(told)


def test_who_is_free(facts: Problem):
    canvas = Book("en_US").sheet("who is free")
    open_slots_sheet.write_free(canvas, facts, PLAN, open_slots(facts, PLAN))
    rows = [[c.value for c in row] for row in canvas.sheet.iter_rows(min_row=2)]
    assert rows == [
        ["Elm", "1", "Mon", "8:30", "9:00", 30, "in class", None, "Ann and Ben"],
        [
            "Elm",
            "1",
            "Mon",
            "9:40",
            "10:30",
            50,
            "pull-out",
            1,
            "Ann (9:40–10:00) and Ben (9:40–10:00)",
        ],
        ["Elm", "1", "Tue", "9:00", "10:00", 60, "pull-out", 2, "Ben (9:35–10:00)"],
        ["Elm", "2", "Mon", "10:30", "11:00", 30, "pull-out", 2, "Ann and Ben"],
        ["Elm", "2", "Tue", "10:00", "11:00", 60, "pull-out", 2, "Ben"],
    ]


def test_who_could_join(facts: Problem):
    canvas = Book("en_US").sheet("could join")
    could_join_sheet.write(canvas, facts, rescue(facts, PLAN))
    rows = [[c.value for c in row] for row in canvas.sheet.iter_rows(min_row=2)]
    assert rows[0] == [
        "no keys",
        4,
        "a",
        "Elm",
        "–",
        None,
        None,
        "b would give no more than a gives.",
    ]
    assert (
        rows[-1][0]
        == "No group size is set for tier 2: no group is made larger than a, the largest of that "
        "tier that is served (4 students)."
    )


def test_nobody_is_left_over():
    everybody = school(blocks=BLOCKS, schools=ROOMS, groups=groups("c,2,30,1"))
    canvas = Book("en_US").sheet("could join")
    could_join_sheet.write(canvas, everybody, rescue(everybody, PLAN))
    assert canvas.sheet["A2"].value == "Nobody is left over: every group gets all that it is owed."
