"""Print the booklet of timetables: a page for each person and each school.

A title page and contents lead to them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.measures import Dose, Measures, measure
from planner.plan.plan import Plan
from planner.render.blocks import person_blocks
from planner.render.grid_layout import hours_around
from planner.render.print.paper import SMALLEST, Paper
from planner.render.print.printed_grid import CLOCK, PrintedScale, PrintedStrip, draw, legend
from planner.render.print.printed_text import PLAIN, cut_off, printable, width, wrapped
from planner.render.workbook.timetable_people import contract_line, week_of, week_sums, where
from planner.render.workbook.timetable_schools import Page, school_pages
from planner.words import palette
from planner.words.wording import Words

TITLE = 16.0
NOTE = 9.0
ROUTE = 6.5
"""Type of a day's schools."""
NAME = 7.5
"""Type of the adults' names over their columns."""
HEAD = 76.0
"""Height of the head of a page: name, contract, days with school and shift."""
FOOT = 34.0
"""Height of the foot: legend and sums."""
DAY_GAP = 5.0
ROW = 14.0
"""Height of a line of the contents."""
COLUMN_GAP = 24.0
TURNED = 40.0
"""Columns of less width have the names of adults on end."""
LEAST = SMALLEST + 0.5
"""Columns of less width have no names."""
NAMES = (30.0, 120.0)
"""How high names on end may stand, at least and at most."""
NAMES_TOP = 52.0


@dataclass(frozen=True)
class BookletPage:
    """A page of the booklet: what the contents say of it, and how it is drawn. Some pages belong to
    the one before.
    """

    key: str
    name: str
    note: str
    draw: Callable[[Paper], None]
    listed: bool = True


def booklet(problem: Problem, plan: Plan, people: Sequence[str], schools: Sequence[str]) -> bytes:
    """The booklet of some people and schools as a PDF file, in the order of the sheets."""
    measures = measure(problem, plan)
    entries = [
        *(
            _person_entry(problem, plan, measures, person)
            for person in problem.people
            if person.id in people
        ),
        *(
            entry
            for school in problem.schools
            if school in schools
            for entry in _school_entries(problem, plan, measures, school)
        ),
    ]
    district = problem.data.district
    paper = Paper(
        district.locale,
        f"Timetables · {district.name}",
        district.name,
        f"{district.name} · {week_of(problem)}",
    )
    contents = _contents(paper, entries)
    total = len(contents) + len(entries)
    first = {entry.key: len(contents) + number for number, entry in enumerate(entries, start=1)}
    for number, columns in enumerate(contents):
        paper.begin(total)
        if number == 0:
            _title(
                paper,
                problem,
                len([e for e in entries if e.key.startswith("person")]),
                len(schools),
            )
        _contents_page(paper, columns, first, _top(number))
    for entry in entries:
        paper.begin(total)
        if entry.listed:
            paper.bookmark(entry.key, entry.name)
        entry.draw(paper)
    return paper.finish()


def _title(paper: Paper, problem: Problem, people: int, schools: int) -> None:
    words = Words(problem.data.district.locale)
    district = problem.data.district
    paper.bookmark("contents", "Contents")
    paper.text(0, 26, district.name, 24, paper.width, bold=True)
    paper.text(0, 48, f"Timetables, {week_of(problem)}", 13, paper.width)
    year = f"School year from {words.day(district.year_start)} to {words.day(district.year_end)}"
    counts = (
        words.count(people, "person", "people") if people else "",
        words.count(schools, "school") if schools else "",
    )
    said = " · ".join(part for part in (year, *counts) if part)
    paper.text(0, 66, said, NOTE, paper.width, colour=palette.MUTED)
    paper.line(0, 78, paper.width, palette.MUTED, 0.8)


def _top(page: int) -> float:
    """Where the contents start on their pages; the first bears the title."""
    return 94.0 if page == 0 else 10.0


Column = tuple[str, list[BookletPage]]
"""A column of the contents: its heading and the entries below."""


def _contents(paper: Paper, entries: Sequence[BookletPage]) -> list[list[Column]]:
    """The contents in two columns a page; there is a first page even where nothing is listed."""
    columns: list[Column] = []
    for heading, kind in (("People", "person-"), ("Schools", "school-")):
        left = [entry for entry in entries if entry.listed and entry.key.startswith(kind)]
        while left:
            rows = int((paper.height - _top(len(columns) // 2)) / ROW) - 1
            columns.append((heading, left[:rows]))
            left = left[rows:]
    return [columns[place : place + 2] for place in range(0, len(columns), 2)] or [[]]


def _contents_page(
    paper: Paper, columns: Sequence[Column], first: dict[str, int], top: float
) -> None:
    room = (paper.width - COLUMN_GAP) / 2
    for place, (heading, entries) in enumerate(columns):
        left = place * (room + COLUMN_GAP)
        paper.text(left, top + ROW - 4, heading, NOTE, room, bold=True)
        for row, entry in enumerate(entries, start=2):
            base = top + row * ROW - 4
            name = (room - 34) * 0.5
            paper.text(left, base, entry.name, NOTE, name - 6, smallest=7)
            paper.text(
                left + name,
                base,
                entry.note,
                7.5,
                room - 34 - name,
                smallest=6.5,
                colour=palette.MUTED,
            )
            paper.text(left + room - 30, base, str(first[entry.key]), NOTE, 30, align="right")
            paper.link(left, base - 10, room, ROW, entry.key)
            paper.line(left, base + 3.5, left + room, palette.FAINT)


def _person_entry(problem: Problem, plan: Plan, measures: Measures, person: Person) -> BookletPage:
    home = (
        problem.schools[person.row.home_school].name
        if person.row.home_school in problem.schools
        else ""
    )
    return BookletPage(
        f"person-{person.id}",
        person.name,
        home or person.role.title,
        lambda paper: _person_page(paper, problem, plan, measures, person),
    )


def _person_page(
    paper: Paper, problem: Problem, plan: Plan, measures: Measures, person: Person
) -> None:
    """A person's week: name and contract, each day's school and shift, the grid, the legend and the
    week's sums.
    """
    paper.text(0, TITLE, person.name, TITLE, paper.width, bold=True)
    paper.text(
        0, TITLE + 13, contract_line(problem, person), NOTE, paper.width, colour=palette.MUTED
    )
    room = (paper.width - CLOCK) / len(problem.cycle)
    strips = []
    for place, day in enumerate(problem.cycle):
        left = CLOCK + place * room
        paper.text(left, 47, day, 10, room - DAY_GAP, bold=True)
        _day_head(paper, left, room - DAY_GAP, where(problem, plan, person.id, day))
        strips.append(
            PrintedStrip(left, room - DAY_GAP, person_blocks(problem, plan, person.id, day))
        )
    _grid(paper, strips, HEAD, hours_around(block for strip in strips for block in strip.blocks))
    paper.text(
        0,
        paper.height - 4,
        week_sums(problem, measures.people[person.id]),
        NOTE,
        paper.width,
        bold=True,
    )


def _day_head(paper: Paper, left: float, room: float, said: str) -> None:
    """Under the day its hours, and the school, or the way from one to the next on two lines."""
    route, _, hours = said.rpartition(" · ")
    lines = wrapped(route, PLAIN, ROUTE, room)
    shown = [*lines[:1], cut_off(" ".join(lines[1:]), PLAIN, ROUTE, room)]
    paper.text(left, 56, hours, ROUTE + 0.5, room, colour=palette.MUTED)
    paper.lines(left, 57.5, [line for line in shown if line], ROUTE, colour=palette.MUTED)


def _grid(
    paper: Paper, strips: Sequence[PrintedStrip], head: float, hours: tuple[int, int]
) -> None:
    """The grid between head and foot, and the legend below it."""
    draw(paper, PrintedScale(*hours, head, paper.height - head - FOOT - 4), strips)
    legend(paper, paper.height - FOOT + 2)


def _school_entries(
    problem: Problem, plan: Plan, measures: Measures, school: str
) -> Iterator[BookletPage]:
    """The school's week on a page and, where so many adults are hard to read on one, each of its
    days.
    """
    dose = measures.schools.get(school, Dose())
    words = Words(problem.data.district.locale)
    served = f"served {words.percent(dose.share)}" if dose.owed else "nothing owed"
    for number, page in enumerate(school_pages(problem, plan, school)):
        name = problem.schools[school].name
        key = f"school-{school}" if number == 0 else f"{number} more of {school}"
        yield BookletPage(
            key, name, served, _school_drawer(problem, page, dose), listed=number == 0
        )


def _school_drawer(problem: Problem, page: Page, dose: Dose) -> Callable[[Paper], None]:
    return lambda paper: _school_page(paper, problem, page, dose)


def _school_page(paper: Paper, problem: Problem, page: Page, dose: Dose) -> None:
    """A school's week or day: a column for each adult, with all they do that day, and the pull-out
    rooms in use.
    """
    words = Words(problem.data.district.locale)
    spaces = problem.schools[page.school].spaces
    rooms = "" if spaces is None else words.count(spaces, "pull-out room")
    what = (
        "a column for each adult, with all they do that day"
        if page.seats
        else "nobody is planned here"
    )
    paper.text(0, TITLE, page.title, TITLE, paper.width, bold=True)
    note = " · ".join(part for part in (week_of(problem), rooms, what) if part)
    paper.text(0, TITLE + 13, note, NOTE, paper.width, colour=palette.MUTED)
    places = _places(page, paper.width)
    head = _seat_heads(paper, page, places, words)
    strips = [
        PrintedStrip(left, room - 1, seat.blocks)
        for seat, (left, room) in zip(page.seats, places, strict=True)
    ]
    place = problem.schools[page.school]
    hours = hours_around(
        (b for seat in page.seats for b in seat.blocks),
        (place.open or 8 * 60, place.close or 15 * 60),
    )
    _grid(paper, strips, head, hours)
    if dose.owed:
        said = (
            f"Owed {words.minutes(dose.owed)} · delivered {words.minutes(dose.delivered)} · "
            f"served {words.percent(dose.share)}"
        )
        paper.text(0, paper.height - 4, said, NOTE, paper.width, bold=True)


def _seat_heads(
    paper: Paper, page: Page, places: Sequence[tuple[float, float]], words: Words
) -> float:
    """The days, and under each the adults with their hours; gives where the grid may begin.

    Names stand on end over narrow columns; over columns that are narrower than type, only how many
    adults there are is said.
    """
    seats = list(zip(page.seats, places, strict=True))
    narrowest = min((room for seat, (_, room) in seats if not seat.rooms), default=paper.width)
    for day in dict.fromkeys(seat.day for seat in page.seats):
        own = [place for seat, place in seats if seat.day == day]
        left, right = own[0][0], sum(own[-1])
        paper.text(left, 46, day, 10, right - left, bold=True)
        paper.line(left, 49, right, palette.MUTED)
        if narrowest < LEAST:
            adults = sum(1 for seat in page.seats if seat.day == day and not seat.rooms)
            paper.text(
                left, 58, words.count(adults, "adult"), NAME, right - left, colour=palette.MUTED
            )
    if narrowest < LEAST:
        return HEAD - 6
    if narrowest < TURNED:
        head = NAMES_TOP + _names_height(page)
        for seat, (left, room) in seats:
            size = max(SMALLEST, min(NAME, room))
            paper.turned(
                left + (room + size * 0.7) / 2,
                head - 3,
                seat.name,
                size,
                head - NAMES_TOP - 4,
                colour=palette.MUTED,
            )
        return head
    for seat, (left, room) in seats:
        paper.text(left, 58, seat.name, NAME, room - 2)
        paper.text(left, 66, seat.hours, 6.5, room - 2, colour=palette.MUTED)
    return HEAD - 6


def _names_height(page: Page) -> float:
    """How high the adults' names stand on end."""
    longest = max(width(printable(seat.name), PLAIN, NAME) for seat in page.seats)
    return min(NAMES[1], max(NAMES[0], longest + 6))


def _places(page: Page, room: float) -> list[tuple[float, float]]:
    """Left edge and width of each seat: adults get the same, rooms a third of it, and a gap parts
    the days.
    """
    weights = [1 / 3 if seat.rooms else 1.0 for seat in page.seats]
    gaps = len({seat.day for seat in page.seats}) - 1
    unit = (room - CLOCK - gaps * DAY_GAP) / max(1.0, sum(weights))
    places, left, day = [], CLOCK, page.seats[0].day if page.seats else ""
    for seat, weight in zip(page.seats, weights, strict=True):
        left += DAY_GAP * (seat.day != day)
        places.append((left, unit * weight))
        left, day = left + unit * weight, seat.day
    return places
