"""What was changed in a plan by hand, row by row, and the decisions that make the changes stand in
a new plan.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product, zip_longest

from planner.document.plan_rows import PlanRead, PlanRow
from planner.facts.cell_formats import clock
from planner.facts.decisions import Edit, Pin
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.words.wording import Words, listed, plural

SessionChange = tuple[Session | None, Session | None]
KINDS = ("moved", "given to others", "added", "deleted")
PlacementChange = tuple[Placement | None, Placement | None]


@dataclass(frozen=True)
class Changes:
    """What differs between two plans: each session or placement before and after, None where there
    is none; and how many rows of training.

    A session's place and dates are not looked at: they follow from the service.
    """

    sessions: tuple[SessionChange, ...] = ()
    placements: tuple[PlacementChange, ...] = ()
    training: int = 0

    def counts(self) -> dict[str, int]:
        """How many sessions of each kind of change, how many days of staff and rows of training."""
        found = Counter(_kind(before, after) for before, after in self.sessions)
        return {kind.replace(" ", "_"): found[kind] for kind in KINDS} | {
            "days_of_staff": len(self.placements),
            "rows_of_training": self.training,
        }

    def in_words(self, words: Words) -> str:
        """`3 sessions moved, 1 added, 2 deleted`; nothing where nothing differs."""
        found = Counter(_kind(before, after) for before, after in self.sessions)
        kinds = [kind for kind in KINDS if found[kind]]
        told = [f"{words.count(found[kind], 'session')} {kind}" for kind in kinds[:1]]
        told += [f"{words.number(found[kind])} {kind}" for kind in kinds[1:]]
        if self.placements:
            told.append(f"{words.count(len(self.placements), 'day')} of staff changed")
        if self.training:
            told.append(f"{words.count(self.training, 'row')} of training changed")
        return ", ".join(told)


@dataclass(frozen=True)
class KeptDecisions:
    """What of a plan is to stand: its decisions, and how many sessions, placements and lunches they
    hold.

    `away` sessions and placements were deleted and are not to come back at that place; `free` days
    were changed in what no decision can hold, and no decision holds `training` rows.
    """

    plan: Plan
    edits: tuple[Edit, ...] = ()
    sessions: int = 0
    placements: int = 0
    lunches: int = 0
    away: int = 0
    free: int = 0
    training: int = 0

    def counts(self) -> dict[str, int]:
        """The same as data."""
        return {
            name: getattr(self, name)
            for name in ("sessions", "placements", "lunches", "away", "free", "training")
        }

    def in_words(self, words: Words) -> str:
        """`4 sessions, 1 placement; 2 deleted rows stay away`; `nothing` where nothing is held."""
        held = [
            (self.sessions, "session", ""),
            (self.placements, "placement", ""),
            (self.lunches, "lunch", "lunches"),
        ]
        told = (
            ", ".join(words.count(count, one, many) for count, one, many in held if count)
            or "nothing"
        )
        return told + (
            f"; {words.count(self.away, 'deleted row')} {plural(self.away, 'stays', 'stay')} away"
            if self.away
            else ""
        )


def changes(before: Plan, after: Plan) -> Changes:
    """What differs between a plan and the same plan after it was edited."""
    gone, new = (
        set(before.training) - set(after.training),
        set(after.training) - set(before.training),
    )
    return Changes(
        tuple(_session_changes(before, after)),
        tuple(_placement_changes(before, after)),
        max(len(gone), len(new)),
    )


def _kind(before: Session | None, after: Session | None) -> str:
    if before is None or after is None:
        return "added" if before is None else "deleted"
    was, now = (before.day, before.start, before.end), (after.day, after.start, after.end)
    return "moved" if was != now else "given to others"


def _place(session: Session) -> tuple[str, str, int, int, tuple[str, ...]]:
    return session.service, session.day, session.start, session.end, session.staff


def _session_changes(before: Plan, after: Plan) -> Iterator[SessionChange]:
    """Sessions of a service that are gone and others that are new, the likest taken for one that
    was moved.
    """
    stood, stands = {_place(s) for s in before.sessions}, {_place(s) for s in after.sessions}
    for service in sorted({s.service for s in (*before.sessions, *after.sessions)}):
        gone = [s for s in before.sessions_of.get(service, ()) if _place(s) not in stands]
        new = [s for s in after.sessions_of.get(service, ()) if _place(s) not in stood]
        for old, now in sorted(product(gone, new), key=lambda pair: _unlike(*pair)):
            if old in gone and now in new:
                gone.remove(old)
                new.remove(now)
                yield old, now
        yield from ((None, session) for session in new)
        yield from ((session, None) for session in gone)


def _unlike(one: Session, other: Session) -> tuple[int, bool, int]:
    differing = (one.day != other.day) + (one.start != other.start) + (one.staff != other.staff)
    return differing, one.day != other.day, abs(one.start - other.start)


def _placement_changes(before: Plan, after: Plan) -> Iterator[PlacementChange]:
    for key in sorted({*before.placed, *after.placed}):
        for pair in zip_longest(before.placed.get(key, ()), after.placed.get(key, ())):
            if pair[0] != pair[1]:
                yield pair


# -- decisions


def kept(
    problem: Problem, read: PlanRead, before: Plan | None, *, everything: bool = False
) -> KeptDecisions:
    """What is to stand of a plan that was edited: what differs from `before`, or everything.

    Without `before` nothing is known of what was changed, and everything is to stand. Sessions are
    held by service, staff, day and start, and by their length where it may be another; placements
    by school, and by the start of shift and lunch where these were changed. The end of a shift and
    the blocks of preparation are planned anew, and so is training.
    """
    differ = changes(before, read.plan) if before is not None else Changes()
    sessions, placements, training = list(differ.sessions), list(differ.placements), differ.training
    if everything or before is None:
        known = {after for _, after in sessions}
        sessions += [(session, session) for session in read.plan.sessions if session not in known]
        placements = [p for p in placements if p[1] is None] + [
            (None, placement) for placement in read.plan.placements
        ]
        training = max(training, len(read.plan.training))
    found = _Decisions(problem, read)
    for old, now in sessions:
        found.session(old, now)
    for was, placed in placements:
        found.placement(was, placed)
    counted, edits = found.counted, tuple(dict.fromkeys(found.edits))
    held = counted["session"], counted["placement"], counted["lunch"]
    return KeptDecisions(
        read.plan, edits, *held, away=counted["forbid"], free=counted["free"], training=training
    )


class _Decisions:
    """Gathers edits, and counts what they hold."""

    def __init__(self, problem: Problem, read: PlanRead) -> None:
        self.problem, self.rows = problem, read.rows
        self.edits: list[Edit] = []
        self.counted: Counter[str] = Counter()

    def session(self, before: Session | None, after: Session | None) -> None:
        """A pin for each adult of a session that is there; a forbid for one that is gone."""
        if after is None:
            assert before is not None
            one = before.staff[0] if len(before.staff) == 1 else ""
            pin = Pin(
                kind="forbid",
                subject=before.service,
                staff=one,
                day=(before.day,),
                start=before.start,
                minutes=self._minutes(before),
            )
            self._add([pin], f"You deleted {self._told(before)}, so it is not to be there.")
            return
        pins = [
            Pin(
                kind="session",
                subject=after.service,
                staff=person,
                day=(after.day,),
                start=after.start,
                minutes=self._minutes(after),
            )
            for person in after.staff or ("",)
        ]
        self._add(pins, self._said(before, after))

    def _minutes(self, session: Session) -> int | None:
        """The length that a decision on a session speaks of; none where it has no choice."""
        service = self.problem.service_of.get(session.service)
        return session.minutes if service is not None and service.varied else None

    def _said(self, before: Session | None, after: Session) -> str:
        told, row = self._told(after), self.rows.get(after)
        if before is None:
            return f"You added {told}{_cells(row, ['service'])}."
        changed = [
            name
            for name in ("staff", "day", "start", "minutes")
            if getattr(before, name) != getattr(after, name)
        ]
        if not changed:
            return f"{told} is to stand{_cells(row, ['service'])}."
        if changed == ["staff"]:
            return (
                f"You gave {after.service} on {after.day} at {clock(after.start)} to "
                f"{self._names(after)}{_cells(row, changed)}."
            )
        changed = ["end" if name == "minutes" else name for name in changed]
        if not {"day", "start"} & set(changed):
            lasts = f"{after.minutes} minutes{_cells(row, changed)}"
            return f"You changed the length of {told}: it is to take {lasts}."
        return (
            f"You moved {told}, from {before.day} at {clock(before.start)}{_cells(row, changed)}."
        )

    def placement(self, before: Placement | None, after: Placement | None) -> None:
        """Pins for where somebody's day is, and when shift and lunch begin, as far as these are
        new.
        """
        if after is None:
            assert before is not None
            pin = Pin(kind="forbid", staff=before.staff, day=(before.day,), school=before.school)
            self._add([pin], f"You deleted {self._day(before)}, so it is not to be worked there.")
            return
        row, held = self.rows.get(after), len(self.edits)
        if before is None or before.school != after.school:
            pin = Pin(kind="placement", staff=after.staff, day=(after.day,), school=after.school)
            self._add(
                [pin],
                f"{self._day(after)} is to be worked "
                f"there{_cells(row, ['school'])}{self._allowed(after)}.",
            )
        elif before.start != after.start:
            pin = Pin(
                kind="placement",
                staff=after.staff,
                day=(after.day,),
                school=after.school,
                start=after.start,
            )
            begins = (
                f"{self._day(after)} is to begin at "
                f"{clock(after.start)}{_cells(row, ['shift_start'])}"
            )
            self._add([pin], f"{begins}{self._allowed(after, after.start)}.")
        if after.lunch and (
            before is None or before.lunch is None or before.lunch[0] != after.lunch[0]
        ):
            pin = Pin(kind="lunch", staff=after.staff, day=(after.day,), start=after.lunch[0])
            name = self.problem.person_of[after.staff].name
            self._add(
                [pin],
                f"{name}'s lunch on {after.day} is to start at "
                f"{clock(after.lunch[0])}{_cells(row, ['lunch_start'])}.",
            )
        self.counted["free"] += len(self.edits) == held

    def _allowed(self, placement: Placement, start: int | None = None) -> str:
        """What the contract allows, where it does not allow the placement at all: no rule could be
        blamed for that.
        """
        person = self.problem.person_of[placement.staff]
        there = [
            s for s in self.problem.shifts_of(person, placement.day) if s.school == placement.school
        ]
        if any(start in (None, shift.start) for shift in there):
            return ""
        times = sorted({f"{clock(shift.start)}–{clock(shift.end)}" for shift in there})
        return f"; the contract allows {' or '.join(times) or 'no work there that day'}"

    def _add(self, pins: Iterable[Pin], sentence: str) -> None:
        found = list(pins)
        self.edits += [Edit(pin, sentence) for pin in found]
        self.counted[found[0].kind] += 1

    def _told(self, session: Session) -> str:
        names = self._names(session)
        return f"{session.service} on {session.day} at {clock(session.start)}" + (
            f" with {names}" if names else ""
        )

    def _names(self, session: Session) -> str:
        return listed([self.problem.person_of[person].name for person in session.staff])

    def _day(self, placement: Placement) -> str:
        school = self.problem.schools[placement.school].name
        return f"{self.problem.person_of[placement.staff].name}'s {placement.day} at {school}"


def _cells(row: PlanRow | None, columns: Iterable[str]) -> str:
    """` (sessions!E5, sessions!F5)`; nothing where the plan is in no sheet."""
    found = [cell for column in columns if row is not None and (cell := row.cell(column))]
    return f" ({', '.join(found)})" if found else ""
