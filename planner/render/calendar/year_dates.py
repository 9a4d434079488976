"""Find the dates of the year on which what a plan repeats takes place.

The calendar of the school, its early closes and who is employed decide.
"""

from datetime import date

from planner.facts.problem import Problem
from planner.plan.contract_year import dates_at, dates_worked
from planner.plan.plan import Plan, Session


class YearDates:
    """The real dates of a plan.

    Sessions are given on the dates on which students come; one of a group is not given where its
    school closes before it would end. Lunch, preparation and journeys are on those dates as well.
    Who is hired later, or leaves, is there from, or until, then.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem = problem
        self.plan = plan
        self._found: dict[Session, tuple[date, ...]] = {}

    def of_session(self, session: Session) -> tuple[date, ...]:
        """When a session is given, by at least one of its adults."""
        if session not in self._found:
            people = [
                self.problem.person_of[name]
                for name in session.staff
                if name in self.problem.person_of
            ]
            dates = self._given(session)
            there = (
                day for day in dates if not people or any(person.employed(day) for person in people)
            )
            self._found[session] = tuple(there)
        return self._found[session]

    def of_person(self, session: Session, person: str) -> tuple[date, ...]:
        """When a person takes part in a session."""
        employed = self.problem.person_of[person].employed
        return tuple(day for day in self.of_session(session) if employed(day))

    def of_day(self, person: str, day: str, school: str) -> tuple[date, ...]:
        """When a person works a day of the cycle at a school while students come."""
        with_students = set(self.problem.calendar.dates_of(day, school))
        return tuple(
            on
            for on in dates_at(self.problem, self.problem.person_of[person], day, school)
            if on in with_students
        )

    def without_students(self, person: str) -> tuple[tuple[date, str], ...]:
        """Dates that a person works although no students come, training aside, each with its kind:
        PD.
        """
        known = self.problem.person_of[person]
        attended = {attendance.date for attendance in self.plan.training_of.get(person, ())}
        placed = {
            day: self.plan.placed[person, day][0].school
            for day in self.problem.cycle
            if (person, day) in self.plan.placed
        }
        taught = {
            on
            for day, school in placed.items()
            for on in self.problem.calendar.dates_of(day, school)
        }
        others = sorted(dates_worked(self.problem, self.plan, known) - taught - attended)
        home = known.row.home_school or next(iter(placed.values()), "")
        return tuple((on, self.problem.calendar.kind(on, home)) for on in others)

    def _given(self, session: Session) -> tuple[date, ...]:
        if session.dates:
            return tuple(sorted(session.dates))
        problem, service = self.problem, self.problem.service_of[session.service]
        district = problem.data.district
        first, last = service.runs(district.year_start, district.year_end)
        school = self.school_of(session)
        closed = {
            on
            for on, close in problem.calendar.early_closes(session.day, school)
            if service.group and close < session.end
        }
        dates = problem.calendar.dates_of(session.day, school)
        return tuple(on for on in dates if first <= on <= last and on not in closed)

    def school_of(self, session: Session) -> str:
        """Where a session is: its own school, or that at which the first of its adults then is;
        blank where neither is known.
        """
        if session.school:
            return session.school
        there = (p for name in session.staff for p in self.plan.placed.get((name, session.day), []))
        at_work = [
            placement for placement in there if placement.start <= session.start < placement.end
        ]
        return at_work[0].school if at_work else ""
