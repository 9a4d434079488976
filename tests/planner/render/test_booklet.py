"""The booklet: a page for each person and school, what it says, that nothing overlaps or runs off,
and equal bytes.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile

import pytest

from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.render.print.booklet import booklet
from planner.render.print.printed_grid import GAP
from tests.planner.hr.test_hr import example
from tests.planner.planned import PLAN, SESSIONS, problem
from tests.planner.render.pdf_text import Box, boxes, pages_of
from tests.slow import quick_and_slow

RECTANGLE = re.compile(r"([-\d.]+) ([-\d.]+) ([-\d.]+) ([-\d.]+) re f")
LETTER, A4 = (792, 612), (842, 595)
BRITISH = (
    "name,locale,year_start,year_end,plan_date\nSmall,en_GB,2026-09-01,2027-06-18,2026-10-05\n"
)


def made(facts: Problem, plan: Plan = PLAN) -> bytes:
    return booklet(facts, plan, [person.id for person in facts.people], list(facts.schools))


def full_week(facts: Problem) -> Plan:
    """Everybody at their first school all day, with a session an hour: as full as a page can be."""
    placements, sessions = [], []
    groups = {school: [g for g in facts.groups if g.school == school] for school in facts.schools}
    for number, person in enumerate(facts.people):
        school = next((school for school in person.schools if groups[school]), person.schools[0])
        for place, day in enumerate(facts.cycle):
            placements.append(
                Placement(
                    person.id, day, 450, 930, school, lunch=(690, 720), preparation=((450, 470),)
                )
            )
            for hour in range(8, 15):
                if groups[school] and hour != 11:
                    group = groups[school][(number * 7 + hour + place) % len(groups[school])]
                    sessions.append(
                        Session(group.id, day, hour * 60, hour * 60 + 30, (person.id,), school)
                    )
    return Plan(tuple(placements), tuple(sessions))


@dataclass(frozen=True)
class Full:
    """A booklet as full as can be, of everybody and some schools, read once."""

    facts: Problem
    schools: list[str]
    width: float
    pages: list[list[Box]]

    def title(self, number: int) -> str:
        return max(self.pages[number - 1], key=lambda box: box.size).text

    @property
    def names(self) -> list[str]:
        return [person.name for person in self.facts.people] + [
            self.facts.schools[school].name for school in self.schools
        ]


@pytest.fixture(scope="module", params=quick_and_slow(["tacoma-mtss"], ["new-bridge"]))
def full(request: pytest.FixtureRequest) -> Full:
    facts = example(request.param)
    schools = list(facts.schools)[:2]
    pages = pages_of(
        booklet(facts, full_week(facts), [person.id for person in facts.people], schools)
    )
    return Full(facts, schools, float(pages[0].mediabox.width), [boxes(page) for page in pages])


def test_the_title_page_counts_and_leads_to_every_page():
    pages = pages_of(made(problem()))
    first = pages[0].extract_text()
    assert "Small" in first
    assert "Timetables, week of October 5" in first
    assert "School year from September 1, 2026 to June 18, 2027 · 2 people · 2 schools" in first
    assert len(pages) == 1 + 2 + 2
    assert [page.extract_text().splitlines()[1] for page in pages] == [
        f"{number} / 5" for number in range(1, 6)
    ]
    assert len(pages[0]["/Annots"]) == 4


def test_a_person_has_one_page_with_the_week_in_full():
    page = pages_of(made(problem()))[1].extract_text()
    for said in (
        "Para 1",
        "1 FTE · Paraeducator · Elm · week of October 5",
        "Elm › Oak",
        "8:00–15:30",
        "Gr 2 · reading · elm-2-read",
        "pulled out · 2 students",
        "Meeting · meet",
        "with Para 2",
        "Duty-free lunch",
        "Travel to Oak",
        "not at work",
        "3  Tier 3",
        "Contact 120 min",
    ):
        assert said in page, said


def test_two_at_once_stand_side_by_side_in_the_same_height():
    dates = (date(2026, 9, 7),), (date(2026, 9, 14),)
    two = [
        replace(s, day="Mon", start=510, end=540, dates=on)
        for s, on in zip(SESSIONS[:2], dates, strict=True)
    ]
    two[1] = replace(two[1], service="elm-2-read")
    page = boxes(pages_of(made(problem(), replace(PLAN, sessions=tuple(two))))[1])
    one, other = (
        next(box for box in page if box.text.startswith(name)) for name in ("Gr K–1", "Gr 2 ·")
    )
    assert one.bottom == other.bottom
    assert not one.overlaps(other)


def test_a_block_is_as_high_as_it_is_long():
    page = pages_of(made(problem()))[1]
    grounds = [
        list(map(float, found))
        for found in RECTANGLE.findall(page.get_contents().get_data().decode("latin-1"))
    ]
    monday = [height + GAP for left, _, width, height in grounds if left == 60 and width > 100]
    minutes = [30, 30, 45, 20, 30, 40, 20]
    assert monday == pytest.approx([monday[0] / 30 * each for each in minutes], abs=0.01)


def test_every_person_and_school_has_one_page_in_the_order_of_the_sheets(full: Full):
    titles = [full.title(number) for number in range(2, len(full.pages) + 1)]
    assert [title for title in titles if title in full.names] == full.names


def test_contents_name_the_right_pages(full: Full):
    rows: dict[tuple[bool, int], list[Box]] = {}
    for box in full.pages[0]:
        rows.setdefault((box.left > full.width / 2, round(box.bottom)), []).append(box)
    said = {
        min(row, key=lambda b: b.left).text: max(row, key=lambda b: b.left).text
        for row in rows.values()
    }
    for name in full.names:
        assert full.title(int(said[name])) == name


def test_nothing_overlaps_and_nothing_runs_off_the_page(full: Full):
    for number, page in enumerate(full.pages, start=1):
        for box in page:
            assert 25 <= box.left <= box.right <= full.width - 25, (number, box)
            assert box.size >= 4.5, (number, box)
        level = sorted((box for box in page if not box.turned), key=lambda box: box.bottom)
        for place, one in enumerate(level):
            for other in takewhile(lambda each: each.bottom - one.bottom < 12, level[place + 1 :]):  # noqa: B023
                assert not one.overlaps(other), (number, one, other)


@pytest.mark.parametrize(
    ("district", "size", "day"), [(None, LETTER, "October 5"), (BRITISH, A4, "5 October")]
)
def test_paper_and_dates_follow_the_locale(district: str | None, size: tuple[int, int], day: str):
    facts = problem(**({"district": district} if district else {}))
    pages = pages_of(made(facts))
    for page in pages:
        assert (round(page.mediabox.width), round(page.mediabox.height)) == size
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].get_object().values()]
        embedded = {
            str(font["/BaseFont"])
            for font in fonts
            if "/FontFile2" in font.get("/FontDescriptor", {})
        }
        assert any("Vera" in name for name in embedded)
    assert f"week of {day}" in pages[1].extract_text()


def test_long_and_foreign_names_are_shrunk_or_cut_off():
    long = "Wolfeschlegelsteinhausen " * 9
    staff = (
        f"staff,name,role,fte,schools,home_school\nP1,{long},para,1,elm;oak,elm\nP2,Ирина "
        "Ăn,para,0.5,elm,elm\n"
    )
    pages = pages_of(made(problem(staff=staff)))
    assert any(
        box.text.startswith("Wolfeschlegelsteinhausen") and box.text.endswith("…")
        for box in boxes(pages[0])
    )
    assert "????? An" in pages[2].extract_text()
    for page in pages:
        assert all(box.right <= float(page.mediabox.width) - 25 for box in boxes(page))


def test_equal_plans_are_equal_files():
    assert made(problem()) == made(problem())
    assert b"/CreationDate (D:2000" in made(problem())


def test_an_empty_plan_is_a_booklet_too():
    pages = pages_of(made(problem(), Plan()))
    assert len(pages) == 5
    assert "nobody is planned here" in pages[3].extract_text()


def crowd(count: int) -> tuple[Problem, Plan]:
    """So many adults at one school, all day every day, each with the same group at the same
    time.
    """
    staff = "staff,name,role,fte,schools,home_school\n" + "".join(
        f"A{n},Interventionist number {n},para,1,elm,elm\n" for n in range(count)
    )
    facts = problem(staff=staff, duties=None)
    placements = tuple(
        Placement(p.id, day, 480, 930, "elm", lunch=(720, 750))
        for p in facts.people
        for day in facts.cycle
    )
    sessions = tuple(
        Session("elm-1-math", day, 540, 570, (p.id,), "elm")
        for p in facts.people
        for day in facts.cycle
    )
    return facts, Plan(placements, sessions)


@pytest.mark.slow
def test_a_crowded_school_overlaps_nowhere_and_long_contents_go_on():
    facts, plan = crowd(90)
    content = booklet(facts, plan, [person.id for person in facts.people[:70]], ["elm"])
    whole = pages_of(content)
    assert len(whole) == 2 + 70 + 1 + 5, (
        "contents on two pages, people, the school's week and its days"
    )
    first, second, week, monday = (boxes(whole[number]) for number in (0, 1, 72, 73))
    titles = [max(page, key=lambda box: box.size).text for page in (first, week, monday)]
    assert titles == ["Small", "Elm", "Elm · Mon"]
    assert {"Interventionist number 69", "72", "Schools", "Elm", "73"} <= {
        box.text for box in second
    }
    assert [box.text for box in week].count("90 adults") == 5, (
        "columns are narrower than type: only how many they are"
    )
    assert not [box for box in week if box.turned]
    for page in (first, second, week, monday):
        level = sorted((box for box in page if not box.turned), key=lambda box: box.bottom)
        for place, one in enumerate(level):
            for other in takewhile(lambda each: each.bottom - one.bottom < 12, level[place + 1 :]):  # noqa: B023
                assert not one.overlaps(other), (one, other)
    on_end = {box.text for box in monday if box.turned}
    assert {f"Interventionist number {number}" for number in range(90)} <= on_end
