"""How a rule stops one more session of a service, and how that is said."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple, Protocol

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.words.wording import listed

LAST = 1000
"""The rank of a rule that does not say when it is blamed."""


class Judges(Enum):
    """What of one more session a rule judges, and so how much of the plan must be looked at."""

    ADULT = "who serves it, beside the service's other sessions"
    TIME = "when it is, beside the service's other sessions"
    NEAR = "adult and time, beside what shares people, students or rooms with it"
    WEEK = "adult and time, beside everything that those who take part do in the cycle"
    PLAN = "anything: all of the plan is looked at, which takes longest"
    NOTHING = "nothing: one more session does not break it, or what it asks is seen to otherwise"


@dataclass(frozen=True)
class Stopped:
    """Ways of giving a service one more session that a rule stops: for whom of those who would
    take part, and what else is about them.
    """

    title: str
    sentence: str
    """The rule's own."""
    problem: Problem
    service: Service
    people: tuple[str, ...] = ()
    subjects: Counter[str] = field(default_factory=Counter)

    @property
    def names(self) -> str:
        """The people as a sentence says them."""
        known = self.problem.person_of
        return shortened([known[name].name if name in known else name for name in self.people])

    @property
    def several(self) -> bool:
        """Whether there are more people than one."""
        return len(self.people) > 1

    @property
    def must_attend(self) -> bool:
        """Whether all of them are named for the service."""
        return all(name in (*self.service.attendees, *self.service.guests) for name in self.people)

    @property
    def school(self) -> str:
        """Where it would be."""
        name = self.service.school
        return self.problem.schools[name].name if name else "work"

    @property
    def common(self) -> str:
        """What is most often in the way."""
        return shortened([subject for subject, _ in self.subjects.most_common(3)])


def shortened(names: list[str], most: int = 3) -> str:
    """Some names as a sentence says them, at most so many; nothing for none."""
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return listed([*names[:most], *more])


class RuleView(NamedTuple):
    """A part of a problem, and the part of a plan that a rule is shown of it."""

    problem: Problem
    plan: Plan


class Attempt(Protocol):
    """One more session, as one rule looks at it."""

    @property
    def session(self) -> Session:
        """The session."""

    @property
    def near(self) -> tuple[Session, ...]:
        """The sessions that share people, students or rooms with it on its day."""

    @property
    def before(self) -> RuleView:
        """What the rule looks at, without the session."""

    @property
    def after(self) -> RuleView:
        """The same with the session."""

    def is_hard(self, where: tuple[str, ...]) -> bool:
        """Whether the rule is hard there."""

    def new_violations(self) -> frozenset[str]:
        """The ids of what the rule's checker finds after and not before, where it is hard."""


def by_sentence(stopped: Stopped) -> str:
    """What is said by a rule that has no words of its own for it."""
    return (
        f"{stopped.title} leaves no time for another session of {stopped.service.id}: "
        f"{stopped.sentence}"
    )


def new_violations(attempt: Attempt) -> frozenset[str]:
    """What a rule's own checker finds that was not there before."""
    return attempt.new_violations()


def no_subject(attempt: Attempt) -> str:
    """Nothing else is about it."""
    return ""


@dataclass(frozen=True)
class Stops:
    """How a rule stops one more session.

    A rule that says nothing of it is tried by its own checker on the whole plan with the session
    added, so that no rule is ever forgotten; what is said here makes that quicker, and the reason
    better.
    """

    judges: Judges = Judges.PLAN
    rank: int = LAST
    """Of several rules that stop a session, the one with the lowest is blamed."""
    words: Callable[[Stopped], str] = by_sentence
    find: Callable[[Attempt], frozenset[str]] = new_violations
    """The ids that the stop is about; none where the rule lets the session be."""
    subject: Callable[[Attempt], str] = no_subject
    """What else is in the way: the service that takes somebody's time."""
    is_absence: bool = False
    """Whether it means that people are not there, which is told only where nothing else stops the
    service anywhere.
    """
    keeps_breaks: bool = False
    """Whether it is about lunch and preparation, which then stay where they are."""
    because: str = ""
    """Of a rule that stops nothing: why."""


def at_once(attempt: Attempt) -> list[Session]:
    """The sessions near by that are at the same time."""
    session = attempt.session
    return [o for o in attempt.near if o.start < session.end and session.start < o.end]
