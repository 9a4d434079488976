"""The sheet `timetable schools`: a school's week on one page, then a page a day.

Each adult has a column.
"""

from dataclasses import dataclass

from planner.facts.problem import Problem
from planner.plan.measures import Dose, Measures
from planner.plan.plan import Plan
from planner.render.blocks import TimedBlock, person_blocks, rooms_in_use
from planner.render.grid_layout import hours_around
from planner.render.workbook.canvas import (
    BOLD,
    HEADING,
    LINK,
    MUTED,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TITLE,
    Canvas,
    Look,
)
from planner.render.workbook.timetable_people import legend, week_of
from planner.render.workbook.week_grid import NARROW, STEP, Scale, Strip, draw, step_height
from planner.words import palette
from planner.words.wording import Words, clock_range

SHEET = "timetable schools"
TIME_WIDTH = 34.0
COLUMNS = range(24, 65)
"""How many columns there may be beside the clock; adults share them out."""
HEAD_HEIGHTS = (24, 15, 8, 16, 24)
TURNED_HEIGHT = 62
"""Height of the adults' names where their columns are so narrow that they stand on end."""
FOOT_HEIGHTS = (8, 17)
INDEX_TOP = 4
CLOSELY = 12
"""From so many adults and days on, each day also has a page of its own."""


@dataclass(frozen=True)
class Seat:
    """One adult's day at the school, or the day's rooms."""

    day: str
    name: str
    hours: str
    blocks: list[TimedBlock]
    rooms: bool = False


@dataclass(frozen=True)
class Page:
    """One page: a school's week, or one day of it, on so many columns."""

    school: str
    seats: list[Seat]
    title: str

    @property
    def one_day(self) -> bool:
        """Whether the page shows a single day."""
        return len({seat.day for seat in self.seats}) == 1

    def places(self, columns: int) -> list[tuple[int, int]]:
        """The columns of each seat: adults have all the same number of them, rooms half, and a gap
        parts the days.
        """
        people = sum(1 for seat in self.seats if not seat.rooms)
        rooms, gaps = len(self.seats) - people, len({seat.day for seat in self.seats}) - 1
        narrow = max(1, (columns - gaps) // max(1, len(self.seats)) // 2)
        width = max(1, (columns - gaps - rooms * narrow) // max(1, people))
        places, column, day = [], 2, self.seats[0].day if self.seats else ""
        for seat in self.seats:
            column += seat.day != day
            last = column + (narrow if seat.rooms else width) - 1
            places.append((column, last))
            column, day = last + 1, seat.day
        return places


def write(canvas: Canvas, problem: Problem, plan: Plan, measures: Measures) -> dict[str, int]:
    """Draw the sheet; gives the row at which each school's page starts."""
    pages = [page for school in problem.schools for page in school_pages(problem, plan, school)]
    columns = _columns(pages)
    widths = {1: TIME_WIDTH} | dict.fromkeys(
        range(2, 2 + columns), (PAGE_WIDTH - TIME_WIDTH) / columns
    )
    for column, width in widths.items():
        canvas.widths(column, width)
    row = INDEX_TOP + len(problem.schools)
    starts: dict[str, int] = {}
    for page in pages:
        canvas.end_page(row)
        starts.setdefault(page.school, row + 1)
        row = _draw_page(canvas, problem, page, widths, row + 1)
    _index(canvas, problem, measures, starts, columns)
    canvas.sheet.freeze_panes = "B1"
    return starts


def school_pages(problem: Problem, plan: Plan, school: str) -> list[Page]:
    """The week on a page; and, where so many adults are hard to read on one, each day on a page of
    its own.
    """
    name = problem.schools[school].name
    seats = school_seats(problem, plan, school)
    days = [[seat for seat in seats if seat.day == day] for day in problem.cycle]
    closely = [
        Page(school, each, f"{name} · {each[0].day}")
        for each in days
        if each and len(seats) > CLOSELY
    ]
    return [Page(school, seats, name), *closely]


def school_seats(problem: Problem, plan: Plan, school: str) -> list[Seat]:
    """Who is at a school, day by day, each with all they do that day, and the rooms in use."""
    found = []
    spaces = problem.schools[school].spaces
    for day in problem.cycle:
        sessions = plan.at_school.get((school, day), [])
        here = {person for session in sessions for person in session.staff}
        for person in problem.people:
            placed = [p for p in plan.placed.get((person.id, day), []) if p.school == school]
            if placed or person.id in here:
                hours = clock_range(placed[0].start, max(p.end for p in placed)) if placed else ""
                found.append(
                    Seat(day, person.name, hours, person_blocks(problem, plan, person.id, day))
                )
        rooms = list(rooms_in_use(problem, sessions, spaces))
        if rooms:
            found.append(
                Seat(day, "Rooms", "" if spaces is None else f"of {spaces}", rooms, rooms=True)
            )
    return found


def _columns(pages: list[Page]) -> int:
    """So many columns that adults get as much as they can of the weeks' width, which is the
    scarcest.
    """
    most = max(
        (len(page.seats) + len({seat.day for seat in page.seats}) for page in pages), default=1
    )
    weeks = [page for page in pages if len({seat.day for seat in page.seats}) > 1]

    def use(page: Page, columns: int) -> float:
        places = zip(page.seats, page.places(columns), strict=True)
        return sum(last - first + 1 for seat, (first, last) in places if not seat.rooms) / columns

    def gain(columns: int) -> float:
        return sum(use(page, columns) for page in weeks) / max(1, len(weeks)) - columns / 400

    return max(range(max(most, COLUMNS.start), max(most, COLUMNS.stop) + 1), key=gain)


def _draw_page(
    canvas: Canvas, problem: Problem, page: Page, widths: dict[int, float], row: int
) -> int:
    """Head, grid and legend of a page; gives the last row."""
    places = page.places(len(widths) - 1)
    turned = bool(page.seats) and (places[0][1] - places[0][0] + 1) * widths[2] < NARROW
    heights = (*HEAD_HEIGHTS[:-1], TURNED_HEIGHT) if turned else HEAD_HEIGHTS
    for offset, height in enumerate(heights):
        canvas.heights(row + offset, row + offset, height)
    _head(canvas, problem, page, row, len(widths))
    _names(canvas, page, places, row + 3, turned)
    start, end = hours_around(
        (b for seat in page.seats for b in seat.blocks), _hours(problem, page.school)
    )
    step = step_height((end - start) // STEP, PAGE_HEIGHT - sum(heights) - sum(FOOT_HEIGHTS))
    scale = Scale(start, end, row + len(heights), step, 9 if page.one_day else 7)
    strips = [Strip(*place, seat.blocks) for seat, place in zip(page.seats, places, strict=True)]
    draw(canvas, scale, 1, strips, widths, lines=60)
    foot = scale.bottom + 1
    for offset, height in enumerate(FOOT_HEIGHTS):
        canvas.heights(foot + offset, foot + offset, height)
    each = (len(widths) - 1) // 5
    legend(canvas, foot + 1, [(2 + i * each, 1 + (i + 1) * each) for i in range(5)])
    return foot + 1


def _hours(problem: Problem, school: str) -> tuple[int, int]:
    place = problem.schools[school]
    return place.open or 8 * 60, place.close or 15 * 60


def _head(canvas: Canvas, problem: Problem, page: Page, row: int, last: int) -> None:
    spaces = problem.schools[page.school].spaces
    canvas.put(row, 2, page.title, TITLE)
    canvas.link(row, last, "all schools", SHEET, 1, LINK.but(align="right"))
    rooms = (
        "" if spaces is None else Words(problem.data.district.locale).count(spaces, "pull-out room")
    )
    what = (
        "a column for each adult, with all they do that day"
        if page.seats
        else "nobody is planned here"
    )
    canvas.put(
        row + 1, 2, " · ".join(part for part in (week_of(problem), rooms, what) if part), MUTED
    )


def _names(
    canvas: Canvas, page: Page, places: list[tuple[int, int]], row: int, turned: bool
) -> None:
    """The days, and under each the adults with their hours."""
    for day in dict.fromkeys(seat.day for seat in page.seats):
        own = [place for seat, place in zip(page.seats, places, strict=True) if seat.day == day]
        canvas.across(row, own[0][0], own[-1][1], day, BOLD.but(size=11, below=palette.MUTED))
    look = MUTED.but(size=9 if page.one_day else 8, wrap=True, turned=turned, below=palette.LINE)
    for seat, (first, last) in zip(page.seats, places, strict=True):
        text = f"{seat.name}\n{seat.hours}" if seat.hours and not turned else seat.name
        canvas.across(row + 1, first, last, text, look)


def _index(
    canvas: Canvas, problem: Problem, measures: Measures, pages: dict[str, int], columns: int
) -> None:
    """The schools with what they are owed and get, each name a link."""
    words = Words(problem.data.district.locale)
    canvas.put(1, 2, "Schools", TITLE)
    canvas.heights(1, 1, 24)
    canvas.put(
        2,
        2,
        f"{words.count(len(pages), 'school')} · {week_of(problem)} · a name leads to the page",
        MUTED,
    )
    fifth = columns // 5
    places = [(2 + i * fifth, 1 + (i + 1) * fifth) for i in range(4)]
    for place, head in zip(
        places, ("School", "Owed, min", "Delivered, min", "Served"), strict=True
    ):
        canvas.across(
            INDEX_TOP,
            *place,
            head,
            HEADING.but(size=9, align="" if place == places[0] else "right"),
        )
    for row, (school, target) in enumerate(pages.items(), start=INDEX_TOP + 1):
        dose = measures.schools.get(school, Dose())
        canvas.link(row, 2, problem.schools[school].name, SHEET, target)
        canvas.across(row, *places[1], dose.owed, Look(align="right", number="#,##0"))
        canvas.across(row, *places[2], dose.delivered, Look(align="right", number="#,##0"))
        canvas.across(
            row, *places[3], words.percent(dose.share) if dose.owed else "–", Look(align="right")
        )
