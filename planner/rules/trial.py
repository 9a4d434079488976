"""One more session, tried beside a plan: what of the plan a rule must look at to judge it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from planner.facts.person import Person
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.rules.rule import Rule, Setting, Strength
from planner.rules.stops import Judges, RuleView

Known = Counter[tuple[tuple[str, ...], int]]
"""Where, and by how much, a plan breaks a rule without the session."""


@dataclass(frozen=True)
class Trial:
    """One more session beside a plan.

    To look at a whole region for each of thousands of sessions takes minutes, and most rules need
    no more than what shares people, students or rooms with the session: `Judges` says how much.
    """

    problem: Problem
    plan: Plan
    settings: Mapping[str, Setting]
    session: Session
    known_of_plan: dict[str, Known]
    """What rules find in the plan as it is; shared among the trials of one plan."""

    def by(self, rule: Rule) -> "RuleTrial":
        """The session as one rule looks at it."""
        return RuleTrial(self, rule)

    def look(self, rule: Rule, more: tuple[Session, ...]) -> RuleView:
        """What a rule is shown of problem and plan, with some more sessions."""
        if rule.stops.judges is Judges.PLAN:
            plan = replace(self.plan, sessions=(*self.plan.sessions, *more)) if more else self.plan
            return RuleView(self.problem, plan)
        if rule.stops.judges is Judges.WEEK:
            return RuleView(self._of_week, Plan((), (*self._week, *more)))
        keeps = rule.stops.keeps_breaks
        there = self._placements if keeps else self._bare
        return RuleView(self._small, self._near_plan(there, more, keeps=keeps))

    def _near_plan(
        self, there: tuple[Placement, ...], more: tuple[Session, ...], *, keeps: bool
    ) -> Plan:
        """A plan of what is near, made once for all rules: its indexes are what costs."""
        key = (keeps, bool(more))
        if key not in self._plans:
            self._plans[key] = Plan(there, (*self.near, *more))
        return self._plans[key]

    @cached_property
    def _plans(self) -> dict[tuple[bool, bool], Plan]:
        return {}

    @cached_property
    def near(self) -> tuple[Session, ...]:
        """The sessions that it can clash with: of the same people, students or rooms, on the same
        day.
        """
        session, plan = self.session, self.plan
        service = self.problem.service_of[session.service]
        near = {
            other
            for other in plan.at_school.get((session.school, session.day), ())
            if other.start < session.end and session.start < other.end
        }
        near |= {
            other
            for person in session.staff
            for other in plan.day_of.get((person, session.day), ())
        }
        for student in service.students:
            for group in self.problem.students.get(student, ()):
                near |= {
                    other
                    for other in plan.sessions_of.get(group.id, ())
                    if other.day == session.day
                }
        for group in self.problem.together.get(service.together, ()):
            near |= {*plan.sessions_of.get(group.id, ())}
        if service.duty and service.duty.after:
            near |= {
                *plan.sessions_of.get(service.duty.after, ()),
                *plan.sessions_of.get(service.id, ()),
            }
        return tuple(sorted(near))

    @cached_property
    def _week(self) -> tuple[Session, ...]:
        """The sessions in the cycle of those who take part."""
        days = self.problem.cycle
        return tuple(
            dict.fromkeys(
                other
                for person in self.session.staff
                for day in days
                for other in self.plan.day_of.get((person, day), ())
            )
        )

    @cached_property
    def _of_week(self) -> Problem:
        """Those who take part, with what they do in the cycle."""
        known = self.problem.person_of
        services = dict.fromkeys((self.session.service, *(s.service for s in self._week)))
        return self.problem.part(
            [known[name] for name in self.session.staff if name in known],
            [self.problem.service_of[name] for name in services],
        )

    @cached_property
    def _people(self) -> tuple[Person, ...]:
        """Those who take part, and who may supervise them there."""
        session = self.session
        around = [
            person
            for person in self.problem.people_at[session.school]
            if person.role.certificated and self._is_there(person)
        ]
        known = {person.id for person in around}
        taking_part = (
            self.problem.person_of[name]
            for name in session.staff
            if name in self.problem.person_of and name not in known
        )
        return (*around, *taking_part)

    def _is_there(self, person: Person) -> bool:
        return any(
            self.session.school in ("", placement.school)
            for placement in self.plan.placed.get((person.id, self.session.day), ())
        )

    @cached_property
    def _small(self) -> Problem:
        services = {s.service: self.problem.service_of[s.service] for s in self.near}
        own = self.session.service
        return self.problem.part(
            self._people, (services | {own: self.problem.service_of[own]}).values()
        )

    @cached_property
    def _placements(self) -> tuple[Placement, ...]:
        day = self.session.day
        return tuple(
            placement
            for person in self._people
            for placement in self.plan.placed.get((person.id, day), ())
        )

    @cached_property
    def _bare(self) -> tuple[Placement, ...]:
        """The same; lunch and preparation of those who take part may still move."""
        return tuple(
            without_breaks(placement) if placement.staff in self.session.staff else placement
            for placement in self._placements
        )


def without_breaks(placement: Placement) -> Placement:
    """A placement whose lunch and preparation may still move."""
    return replace(placement, lunch=None, preparation=())


@dataclass(frozen=True)
class RuleTrial:
    """One more session, as one rule looks at it."""

    trial: Trial
    rule: Rule

    @property
    def session(self) -> Session:
        """The session."""
        return self.trial.session

    @property
    def near(self) -> tuple[Session, ...]:
        """The sessions that share people, students or rooms with it on its day."""
        return self.trial.near

    @property
    def before(self) -> RuleView:
        """What the rule looks at, without the session."""
        return self.trial.look(self.rule, ())

    @property
    def after(self) -> RuleView:
        """The same with the session."""
        return self.trial.look(self.rule, (self.session,))

    def stopped(self) -> frozenset[str]:
        """The ids that a stop by the rule is about; none where it lets the session be."""
        return self.rule.stops.find(self)

    def subject(self) -> str:
        """What else is in the way."""
        return self.rule.stops.subject(self)

    def new_violations(self) -> frozenset[str]:
        """The ids of what the rule's checker finds after and not before, where it is hard."""
        violations = [v for v in self.rule.violations(*self.after) if self.is_hard(v.where)]
        if not violations:
            return frozenset()
        # Where and how much, not the words: these change with every session that is added.
        more = Counter((v.where, v.amount) for v in violations) - self._known()
        return frozenset(name for where, _ in more for name in where)

    def _known(self) -> Known:
        known = self.trial.known_of_plan
        whole = self.rule.stops.judges is Judges.PLAN
        if whole and self.rule.key in known:
            return known[self.rule.key]
        found = Counter((v.where, v.amount) for v in self.rule.violations(*self.before))
        if whole:
            known[self.rule.key] = found
        return found

    def is_hard(self, where: tuple[str, ...]) -> bool:
        """Whether the rule is hard there."""
        setting = self.trial.settings[self.rule.key]
        if setting.exceptions:
            setting = setting.at(self.trial.problem.scopes(where))
        return setting.strength is Strength.HARD
