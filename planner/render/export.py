"""Make everything that a plan can be exported as, file by file.

Each format of `planner.render.formats` has one maker here; a test holds the two lists equal.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planner.facts.problem import Problem
from planner.funding import money
from planner.funding.school_plan import school_plans
from planner.hr import Hr, hr
from planner.money.budgeted import planned
from planner.money.journal import journal
from planner.plan.plan import Plan
from planner.render.calendar.calendar_events import person_events, school_events
from planner.render.calendar.cancelled import with_gone
from planner.render.calendar.ical import ical
from planner.render.calendar.year_dates import YearDates
from planner.render.csv_files import ExportScope, csv_files
from planner.render.file_names import file_names
from planner.render.formats import CSV, ICAL, JOURNAL, KINDS, PAGES, PDF
from planner.render.journal_file import journal_file
from planner.render.print.booklet import booklet
from planner.render.print.pages import fund_pages, hr_pages, school_plan_pages

CALENDARS, TABLES = "calendars", "csv"
"""Folders for the files of which there are many."""
CALENDAR = ".ics"
JOURNAL_OF_THE_YEAR, JOURNAL_OF_MONTHS = "journal.csv", "journal-months.csv"


@dataclass(frozen=True)
class Wanted:
    """What to export, and of whom. Without people and schools everything; a school brings the
    people who work there.

    `stamp` (UTC) is when the plan was made; `zone` is the time zone of calendars, floating times
    where it is blank.
    """

    kinds: Sequence[str]
    stamp: datetime
    people: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    extras: tuple[str, ...] = ()
    zone: str = ""
    with_pay: bool = True

    @property
    def everybody(self) -> bool:
        """Whether nobody and no school is named."""
        return not self.people and not self.schools


@dataclass(frozen=True)
class File:
    """A file as it will be written: its path inside the folder, with `/`, and what it holds."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Exporting:
    """What a maker gets.

    `problem` is the dataset's, `read` that of the people whom the plan pays (`PlanRead.problem`);
    `part` are the people and schools that are meant.
    """

    problem: Problem
    read: Problem
    plan: Plan
    part: ExportScope
    wanted: Wanted


def part_of(problem: Problem, plan: Plan, wanted: Wanted) -> ExportScope:
    """The people and schools that are meant, in the order of the sheets."""
    if wanted.everybody:
        return ExportScope([person.id for person in problem.people], list(problem.schools))
    placed = {(placement.staff, placement.school) for placement in plan.placements}
    placed |= {(name, session.school) for session in plan.sessions for name in session.staff}
    at_work = {name for name, school in placed if school in wanted.schools} | set(wanted.people)
    people = [person.id for person in problem.people if person.id in at_work]
    return ExportScope(people, [school for school in problem.schools if school in wanted.schools])


def exported(problem: Problem, read: Problem, plan: Plan, wanted: Wanted) -> Iterator[File]:
    """Make the files, format by format, in the order of `KINDS`.

    Args:
        problem: The dataset's problem.
        read: That of the people whom the plan pays (`PlanRead.problem`).
        plan: What is exported.
        wanted: Which formats, and of whom.
    """
    exporting = Exporting(problem, read, plan, part_of(read, plan, wanted), wanted)
    for kind in KINDS:
        if kind in wanted.kinds:
            yield from MAKERS[kind](exporting)


def calendars_in(files: Iterable[File]) -> dict[str, bytes]:
    """The calendars among some files, by path."""
    return {file.path: file.content for file in files if file.path.endswith(CALENDAR)}


def after(
    files: Iterable[File], before: Mapping[str, bytes], problem: Problem, wanted: Wanted
) -> list[File]:
    """Say in the calendars of an export what is gone since an earlier one, whose calendars are
    given by path. Where everybody is exported, those who are gone get a calendar, too: of what is
    cancelled.
    """
    files = list(files)
    now = calendars_in(files)
    if not wanted.everybody:
        before = {path: content for path, content in before.items() if path in now}
    told = with_gone(now, before, problem.data.district, wanted.stamp) if now else {}
    return [
        *(File(file.path, told.pop(file.path, file.content)) for file in files),
        *(File(path, content) for path, content in told.items()),
    ]


def _calendars(exporting: Exporting) -> Iterator[File]:
    problem, wanted = exporting.read, exporting.wanted
    dates, district = YearDates(problem, exporting.plan), problem.data.district
    people = file_names(person.id for person in problem.people)
    for person in exporting.part.people:
        events = person_events(dates, person, wanted.extras)
        content = ical(district, problem.person_of[person].name, events, wanted.stamp, wanted.zone)
        yield File(f"{CALENDARS}/person-{people[person]}{CALENDAR}", content)
    schools = file_names(problem.schools)
    for school in exporting.part.schools:
        content = ical(
            district,
            problem.schools[school].name,
            school_events(dates, school),
            wanted.stamp,
            wanted.zone,
        )
        yield File(f"{CALENDARS}/school-{schools[school]}{CALENDAR}", content)


def _tables(exporting: Exporting) -> Iterator[File]:
    tables = csv_files(
        exporting.read,
        exporting.plan,
        planned(exporting.problem, exporting.plan),
        exporting.part,
        with_pay=exporting.wanted.with_pay,
    )
    yield from (File(f"{TABLES}/{name}", content) for name, content in tables)


def _booklet(exporting: Exporting) -> Iterator[File]:
    part = exporting.part
    yield File("timetables.pdf", booklet(exporting.read, exporting.plan, part.people, part.schools))


def _pages(exporting: Exporting) -> Iterator[File]:
    """HR's page of those who are meant; the funds' page for the whole district alone; a page of the
    plan for each school.
    """
    problem, plan = exporting.problem, exporting.plan
    part, wanted = exporting.part, exporting.wanted
    view = hr(problem, plan)
    people = view if wanted.everybody else _of_some(view, part)
    yield File("hr.pdf", hr_pages(people, with_pay=wanted.with_pay, control=wanted.everybody))
    if wanted.everybody:
        yield File("funds.pdf", fund_pages(problem, money(problem, plan), with_pay=wanted.with_pay))
    names = file_names(problem.schools)
    own = [school for school in part.schools if problem.schools[school].kind == "school"]
    for page in school_plans(problem, plan, own):
        yield File(
            f"spsa-{names[page.school]}.pdf",
            school_plan_pages(problem, page, with_pay=wanted.with_pay),
        )


def _of_some(view: Hr, part: ExportScope) -> Hr:
    """HR's view of some people, and of those who have a position at some schools."""
    staff = {
        person.staff
        for person in view.people
        if person.staff in part.people or set(part.schools) & set(person.schools)
    }
    named = {*staff, *part.schools}
    named |= {
        place.position.position
        for person in view.people
        if person.staff in staff
        for place in person.places
    }
    return replace(
        view,
        people=tuple(person for person in view.people if person.staff in staff),
        findings=tuple(finding for finding in view.findings if named & set(finding.where)),
    )


def _journal(exporting: Exporting) -> Iterator[File]:
    """The whole district's money by account; nothing for a part of it, or without pay."""
    problem, plan, wanted = exporting.problem, exporting.plan, exporting.wanted
    if not wanted.everybody or not wanted.with_pay or not problem.data.funds:
        return
    for name, monthly in ((JOURNAL_OF_THE_YEAR, False), (JOURNAL_OF_MONTHS, True)):
        entries = journal(problem, planned(problem, plan), plan, monthly=monthly)
        if entries:
            yield File(name, journal_file(entries))


MAKERS: Mapping[str, Callable[[Exporting], Iterator[File]]] = {
    ICAL: _calendars,
    CSV: _tables,
    PDF: _booklet,
    PAGES: _pages,
    JOURNAL: _journal,
}
