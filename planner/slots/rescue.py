"""Propose groups that students who are left over could join.

Nothing is done by itself.

Left over is who belongs to a group that gets less than it is owed. A group can be joined if it has
the same tier, subject, school and mode, holds every grade that the student can have, is served by
somebody with the credentials that the student's group asks for, gives more than the student gets
now, has a place, and meets when the student is in no other group and not busy. Classes (push-in,
co-taught, whole class) are not joined. All other students keep their plan.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.facts.group_rows import PULLED_OUT
from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan, Session
from planner.rules.group_size import RULE as GROUP_SIZE
from planner.rules.qualification import lacks_credential
from planner.rules.settings import parameter
from planner.words.wording import listed


@dataclass(frozen=True)
class JoinProposal:
    """Somebody who could join another group: `student`, or so many `students` of a group whose rows
    give only their number.

    `gives` are the minutes a cycle in the new group, `remains` what they are still owed then.
    """

    student: str
    students: int
    from_group: str
    to_group: str
    gives: int
    remains: int


@dataclass(frozen=True)
class Staying:
    """Students of a group for whom there is no proposal, and why; `student` is blank for a number
    without keys.
    """

    student: str
    students: int
    from_group: str
    reason: str


@dataclass(frozen=True)
class Rescue:
    """All proposals together: they may all be followed at once. `caps` say how large groups may
    become.
    """

    proposals: tuple[JoinProposal, ...] = ()
    staying: tuple[Staying, ...] = ()
    caps: tuple[str, ...] = ()

    @property
    def placed(self) -> int:
        """How many times a student could join a group."""
        return sum(proposal.students for proposal in self.proposals)


@dataclass(frozen=True)
class _Need:
    """One student who is left over in one group; `number` tells those without keys apart."""

    group: Service
    student: str
    number: int = 0


def cap(problem: Problem, service: Service) -> int | None:
    """The most students that a group may have by the rule `group_size`; None where the district
    sets no limit for it.
    """
    return parameter(problem, GROUP_SIZE, "max_students", (service.id,))


def rescue(problem: Problem, plan: Plan) -> Rescue:
    """Proposals that place as many students as possible, tier 3 and the highest priority first.

    As many as possible is certain where no student is left over in two groups whose ways out meet
    at the same time.
    """
    return _Matching(problem, plan).result()


class _Matching:
    """Needs and places; a need that finds no place moves others on to places that they can have as
    well.
    """

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan = problem, plan
        self.given = {g.id: g.given(plan.minutes_of(g.id)) for g in problem.groups}
        self.largest: dict[int, Service] = {}
        for group in problem.groups:
            first = self.largest.get(group.tier)
            if (
                self.given[group.id]
                and group.place in PULLED_OUT
                and (not first or first.size < group.size)
            ):
                self.largest[group.tier] = group
        self.alike: defaultdict[tuple[str, int, str, str], list[Service]] = defaultdict(list)
        for group in problem.groups:
            self.alike[_kind(group)].append(group)
        self.needs = self._needs()
        self.places = {group.id: max(0, self.limit(group) - group.size) for group in problem.groups}
        self.ways = {need: self._ways(need) for need in self.needs}
        self.joins: dict[_Need, Service] = {}
        self.joined: defaultdict[str, list[_Need]] = defaultdict(list)

    def limit(self, group: Service) -> int:
        """The most students of a group: its cap, or, where none is set, the size of the largest
        served group of its tier.
        """
        known = cap(self.problem, group)
        if known is not None:
            return known
        return self.largest[group.tier].size if group.tier in self.largest else 0

    def result(self) -> Rescue:
        for need in self.needs:
            self._place(need, set())
        staying = [(need, self.ways[need][1]) for need in self.needs if need not in self.joins]
        return Rescue(self._proposals(), self._staying(staying), self._caps())

    # -- who is left over, and where they could go -------------------------------------------------

    def _needs(self) -> list[_Need]:
        short = [g for g in self.problem.groups if self.given[g.id] < g.owed]
        short.sort(key=lambda group: (-group.tier, -group.priority, group.id))
        keyed = {
            group.id: [_Need(group, student) for student in sorted(group.students)]
            for group in short
        }
        return [
            need
            for g in short
            for need in keyed[g.id] or [_Need(g, "", number) for number in range(g.size)]
        ]

    def _ways(self, need: _Need) -> tuple[list[Service], str]:
        """The groups that somebody could join, the best first; and why not, where they cannot or
        the places go to others.
        """
        group, row = need.group, need.group.group
        assert row
        place = self.problem.schools[group.school].name
        if row.mode not in PULLED_OUT:
            return [], "It is served in class, and a class is not joined."
        like = [
            g for g in self.alike[_kind(group)] if g is not group and self._holds_grade(need, g)
        ]
        like = [g for g in like if self.given[g.id] and need.student not in g.students]
        if not like:
            kind = f"tier {group.tier}" + (f" {row.subject}" if row.subject else "")
            return [], f"No other group of {kind} for the same grade is served at {place}."
        able = [g for g in like if self._credentials_held(group, g)]
        if not able:
            return (
                [],
                f"Nobody who serves {_named(like)} holds the credential that {group.id} asks for.",
            )
        better = [g for g in able if self._better(group, g)]
        if not better:
            return [], f"{_named(able)} would give no more than {group.id} gives."
        open_ = [g for g in better if self.places[g.id]]
        if not open_:
            return [], f"There is no place in {_named(better)}."
        free = [g for g in open_ if not self._collides(need, g)]
        if not free:
            return [], f"{_named(open_)} would meet when the student is in another group or busy."
        free.sort(key=lambda g: (-self.given[g.id], -self.places[g.id], g.id))
        return free, f"The places in {_named(free)} go to other students."

    def _holds_grade(self, need: _Need, target: Service) -> bool:
        """Whether a group holds every grade that the student can have: one that all of the
        student's groups hold.
        """
        groups = self._groups_of(need)
        sets = [set(g.group.grades) for g in groups if g.group]
        common = set.intersection(*sets) or sets[0]
        return target.group is not None and common <= set(target.group.grades)

    def _groups_of(self, need: _Need) -> list[Service]:
        """The group that is left first, then the student's others."""
        others = self.problem.students.get(need.student, ()) if need.student else ()
        return [need.group, *(group for group in others if group is not need.group)]

    def _credentials_held(self, group: Service, target: Service) -> bool:
        people = {p for s in self._sessions(target) for p in s.staff if p in self.problem.person_of}
        return not any(
            lacks_credential(self.problem, self.problem.person_of[p], group) for p in people
        )

    def _better(self, group: Service, target: Service) -> bool:
        return self.given[target.id] > self.given[group.id]

    def _collides(self, need: _Need, target: Service) -> bool:
        groups = self._groups_of(need)
        taken = [(s.day, s.start, s.end) for other in groups[1:] for s in self._sessions(other)]
        taken += [
            (w.day, w.start, w.end) for other in groups if other.group for w in other.group.busy
        ]
        return any(
            day == s.day and start < s.end and s.start < end
            for day, start, end in taken
            for s in self._sessions(target)
        )

    def _sessions(self, group: Service) -> list[Session]:
        return self.plan.sessions_of.get(group.id, [])

    # -- matching: augmenting paths ----------------------------------------------------------------

    def _place(self, need: _Need, tried: set[str]) -> bool:
        for target in self.ways[need][0]:
            if target.id in tried or self._clashes(need, target):
                continue
            tried.add(target.id)
            inside = self.joined[target.id]
            full = len(inside) >= self.places[target.id]
            # Whoever moves on may be the same student in another group: then the way that was free
            # may be so no longer.
            if full and not any(self._place(other, tried) for other in list(inside)):
                continue
            if not self._clashes(need, target):
                self._join(need, target)
                return True
        return False

    def _clashes(self, need: _Need, target: Service) -> bool:
        """Whether the student would join two groups that meet at once, or one group twice."""
        if not need.student:
            return False
        others = [
            joins
            for other, joins in self.joins.items()
            if other.student == need.student and other != need
        ]
        times = [(s.day, s.start, s.end) for other in others for s in self._sessions(other)]
        return any(
            day == s.day and start < s.end and s.start < end
            for day, start, end in times
            for s in self._sessions(target)
        )

    def _join(self, need: _Need, target: Service) -> None:
        before = self.joins.get(need)
        if before:
            self.joined[before.id].remove(need)
        self.joins[need] = target
        self.joined[target.id].append(need)

    # -- what is said ------------------------------------------------------------------------------

    def _proposals(self) -> tuple[JoinProposal, ...]:
        found = []
        for (group, target, student), count in self._counted().items():
            gives = self.given[target]
            remains = max(0, self.problem.service_of[group].owed - gives)
            found.append(JoinProposal(student, count, group, target, gives, remains))
        return tuple(found)

    def _counted(self) -> Mapping[tuple[str, str, str], int]:
        counts: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for need in self.needs:
            if need in self.joins:
                counts[need.group.id, self.joins[need].id, need.student] += 1
        return dict(sorted(counts.items(), key=lambda item: self._order[item[0][0]]))

    @property
    def _order(self) -> dict[str, int]:
        return {need.group.id: place for place, need in enumerate(self.needs)}

    @staticmethod
    def _staying(left: list[tuple[_Need, str]]) -> tuple[Staying, ...]:
        counts: defaultdict[tuple[str, str, str], int] = defaultdict(int)
        for need, reason in left:
            counts[need.student, need.group.id, reason] += 1
        return tuple(
            Staying(student, count, group, reason)
            for (student, group, reason), count in counts.items()
        )

    def _caps(self) -> tuple[str, ...]:
        """How large the groups that were looked at may become, tier by tier."""
        targets = {
            g.id: g
            for kind in {_kind(need.group): None for need in self.needs}
            for g in self.alike[kind]
        }
        said = []
        for tier in sorted(
            {g.tier for g in targets.values() if g.place in PULLED_OUT}, reverse=True
        ):
            known = {
                cap(self.problem, g)
                for g in targets.values()
                if g.tier == tier and g.place in PULLED_OUT
            }
            sizes = sorted(size for size in known if size is not None)
            if sizes:
                said.append(
                    f"Groups of tier {tier} may have {listed([str(size) for size in sizes])} "
                    f"students (rule {GROUP_SIZE.key})."
                )
            if None in known and tier in self.largest:
                largest = self.largest[tier]
                said.append(
                    f"No group size is set for tier {tier}: no group is made larger than "
                    f"{largest.id}, the largest of that tier"
                    f" that is served ({largest.size} students)."
                )
        return tuple(said)


def _kind(service: Service) -> tuple[str, int, str, str]:
    """What groups must have in common for a student of one to join another."""
    row = service.group
    assert row
    return row.school, row.tier, row.subject, row.mode


def _named(groups: Sequence[Service], most: int = 3) -> str:
    more = [f"{len(groups) - most} more"] if len(groups) > most else []
    return listed([*(group.id for group in groups[:most]), *more])
