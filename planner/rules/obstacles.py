"""Whether one more session of a service can be given beside a plan, asked of every hard rule."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from planner.facts.person import Person
from planner.facts.problem import MIDNIGHT, Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules import RULES, settings_of
from planner.rules.rule import TIMETABLE, Rule, Setting, Strength, Violation
from planner.rules.stops import Judges
from planner.rules.trial import Known, Trial

Moment = tuple[str, int]
"""A day of the cycle and a start, in minutes from midnight."""


@dataclass(frozen=True)
class Obstacle:
    """The first rule that one more session would break, what else it is about, and whom of those
    who take part.
    """

    rule: Rule
    subject: str
    people: tuple[str, ...]


class Obstacles:
    """What stands in the way of one more session; hard rules are asked in the order of blame.

    A group whose sessions may have several lengths is asked with `minutes`, or with the length that
    may come next.
    """

    def __init__(self, problem: Problem, plan: Plan, minutes: int | None = None) -> None:
        self.problem, self.plan = problem, plan
        self._minutes = minutes
        settings = settings_of(problem)
        self.settings: Mapping[str, Setting] = settings
        self._hard = sorted(
            (
                rule
                for rule in RULES
                if rule.part == TIMETABLE and Strength.HARD in settings[rule.key].strengths
            ),
            key=lambda rule: rule.stops.rank,
        )
        self._known_of_plan: dict[str, Known] = {}
        self._parts: dict[str, Problem] = {}

    def _judging(self, *judges: Judges) -> list[Rule]:
        return [rule for rule in self._hard if rule.stops.judges in judges]

    @cached_property
    def _on_adults(self) -> list[Rule]:
        return self._judging(Judges.ADULT)

    @cached_property
    def _on_times(self) -> list[Rule]:
        return self._judging(Judges.TIME)

    @cached_property
    def _on_ways(self) -> list[Rule]:
        return self._judging(Judges.NEAR, Judges.WEEK, Judges.PLAN)

    def _is_hard(self, rule: Rule, violation: Violation) -> bool:
        setting = self.settings[rule.key]
        if setting.exceptions:
            setting = setting.at(self.problem.scopes(violation.where))
        return setting.strength is Strength.HARD

    def own(self, service: Service) -> tuple[Session, ...]:
        """The service's sessions in the plan."""
        return tuple(self.plan.sessions_of.get(service.id, ()))

    def _length(self, service: Service) -> int:
        if self._minutes is not None:
            return self._minutes
        return service.next_length(session.minutes for session in self.own(service))

    def _session(self, service: Service, day: str, start: int, *adults: str) -> Session:
        return Session(
            service.id,
            day,
            start,
            start + self._length(service),
            tuple(sorted({*filter(None, adults)})),
            service.school,
            service.kind,
            service.place,
        )

    # -- who

    def unfit(self, service: Service, person: Person) -> list[Violation]:
        """What keeps somebody from serving a service whatever is planned, worst first."""
        session = self._session(service, self.problem.cycle[0], 0, person.id)
        alone, plan = self._alone(service), Plan((), (session,))
        return [
            violation
            for rule in self._on_adults
            for violation in rule.violations(alone, plan)
            if self._is_hard(rule, violation)
        ]

    def able(self, service: Service) -> list[str]:
        """Those of a service's school who may serve it; a blank name for what takes no adult."""
        if not service.adults:
            return [""]
        near = self.problem.people_at[service.school]
        return [person.id for person in near if not self.unfit(service, person)]

    def still_able(self, service: Service, able: list[str]) -> tuple[list[str], Rule | None]:
        """Those of the able who may serve beside the adults that a service has already, and the
        rule that stops the others.
        """
        own, alone = self.own(service), self._alone(service)
        if not own or not service.adults:
            return able, None
        remaining, stopping = [], None
        for name in able:
            plan = Plan((), (*own, self._session(service, self.problem.cycle[0], 0, name)))
            for rule in self._on_adults:
                if self._adds(rule, alone, Plan((), own), plan):
                    stopping = rule
                    break
            else:
                remaining.append(name)
        return remaining, stopping

    # -- when

    def times(self, service: Service, starts: Iterable[int] | None = None) -> Iterator[Moment]:
        """Every day and start that is open to a service, whatever else is planned; or of some
        starts alone.
        """
        return (moment for moment, rule in self._judged(service, starts) if rule is None)

    def closing(self, service: Service) -> Rule | None:
        """The rule on times that is in the way where no time is open to a service; of several the
        one that is blamed last, as its times are open to all the others.
        """
        rules = {rule.key: rule for _, rule in self._judged(service, None) if rule is not None}
        return max(rules.values(), key=lambda rule: rule.stops.rank, default=None)

    def still_open(
        self, service: Service, times: Iterable[Moment], own: tuple[Session, ...]
    ) -> tuple[list[Moment], Rule | None]:
        """Those of some times that are open beside a service's own sessions, and the rule that
        closes the others.
        """
        times = list(times)
        if not own:
            return times, None
        alone, before, remaining, closing = self._alone(service), Plan((), own), [], None
        for day, start in times:
            plan = Plan((), (*own, self._session(service, day, start)))
            for rule in self._on_times:
                if self._adds(rule, alone, before, plan):
                    closing = rule
                    break
            else:
                remaining.append((day, start))
        return remaining, closing

    def _judged(
        self, service: Service, starts: Iterable[int] | None
    ) -> Iterator[tuple[Moment, Rule | None]]:
        """Each day and start with the first rule that closes it to the service."""
        alone, last = self._alone(service), MIDNIGHT - self._length(service)
        starts = range(0, last + 1, self.problem.grid) if starts is None else list(starts)
        for day in self.problem.cycle:
            for start in starts:
                if start <= last:
                    plan = Plan((), (self._session(service, day, start),))
                    closed = next(
                        (
                            rule
                            for rule in self._on_times
                            if any(self._is_hard(rule, v) for v in rule.violations(alone, plan))
                        ),
                        None,
                    )
                    yield (day, start), closed

    # -- both

    def stop(self, service: Service, adults: tuple[str, ...], moment: Moment) -> Obstacle | None:
        """What stops one more session with these adults (blank: with nobody but who must attend);
        nothing where every hard rule allows it.
        """
        session = self._session(service, *moment, *adults, *service.attendees)
        trial = Trial(self.problem, self.plan, self.settings, session, self._known_of_plan)
        for rule in self._on_ways:
            broken = trial.by(rule).stopped()
            if broken:
                taking_part = (*service.attendees, *service.guests)
                named = tuple(name for name in taking_part if name in broken)
                people = named or tuple(filter(None, adults)) or service.attendees
                return Obstacle(rule, trial.by(rule).subject(), people)
        return None

    def _adds(self, rule: Rule, problem: Problem, before: Plan, after: Plan) -> bool:
        """Whether a rule finds more in the second plan than in the first."""
        more = Counter(
            (v.where, v.amount) for v in rule.violations(problem, after) if self._is_hard(rule, v)
        )
        return bool(more) and bool(
            more - Counter((v.where, v.amount) for v in rule.violations(problem, before))
        )

    def _alone(self, service: Service) -> Problem:
        """The problem with one service alone, which is all that its own sessions need."""
        if service.id not in self._parts:
            self._parts[service.id] = self.problem.part(self.problem.people, (service,))
        return self._parts[service.id]
