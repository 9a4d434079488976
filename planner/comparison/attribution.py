"""Which change of a scenario explains a difference: said only where one change alone can.

A plan's file says what its scenario changed (`changes`), each with the ids concerned (`subjects`).
What stands between two plans are the changes that one of them has and the other has not; those that
the base alone has are read as their absence. The reading:

- one change alone stands between two plans: every difference is because of it. (A search that
  stopped at its deadline could have
  ended otherwise, too; what was asked of the two differs in this alone.)
- several do: a difference is because of the one whose subjects alone touch what its row is about. A
  row is about its own id and
  those to which the plans link it: a fund or a job class to its positions, whoever holds them and
  whatever else pays them; a position to its holder, schools, funds and job class; a person to their
  positions, the funds of these, and the schools where they work; a school to its groups, the people
  who work there, their positions and funds; a group to its school and its adults, and to theirs; a
  finding to each id of its subject. The links of both plans count.
- otherwise nothing is claimed: several touch the row, none does, or the row is about the plan as a
  whole (minutes of a tier,
  the cost in all), for which several changes have worked together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from planner.comparison.document import PlanDocument, RecordedChange
from planner.comparison.row import ComparisonRow, Kind

WITHOUT = "without: "
Ids = frozenset[str]


def explained(
    rows: Iterable[ComparisonRow], plans: Sequence[PlanDocument], base: int
) -> tuple[ComparisonRow, ...]:
    """The rows with what alone explains their differences."""
    between = [_between(plans[base], plan) for plan in plans]
    links = [
        _Links((plans[base], plan) if len(changes) > 1 else ())
        for plan, changes in zip(plans, between, strict=True)
    ]

    def because(row: ComparisonRow, plan: int) -> str:
        changes = between[plan]
        if not row.differences[plan] or not changes:
            return ""
        if len(changes) == 1:
            return changes[0][0]
        about = links[plan].about(row.kind, row.id)
        touching = [words for words, subjects in changes if not about.isdisjoint(subjects)]
        return touching[0] if len(touching) == 1 else ""

    return tuple(
        replace(row, because=tuple(because(row, plan) for plan in range(len(plans))))
        if any(between) and row.differs
        else row
        for row in rows
    )


def _between(base: PlanDocument, plan: PlanDocument) -> list[tuple[str, Ids]]:
    """The changes that stand between two plans, in words, with their subjects."""
    added = [
        (change.words, _subjects(change)) for change in plan.changes if change not in base.changes
    ]
    undone = [
        (WITHOUT + change.words, _subjects(change))
        for change in base.changes
        if change not in plan.changes
    ]
    return added + undone


def _subjects(change: RecordedChange) -> Ids:
    return frozenset(change.subjects)


class _Links:
    """What the ids of two plans have to do with each other."""

    def __init__(self, plans: Sequence[PlanDocument]) -> None:
        self._known: dict[tuple[str, str], Ids] = {}
        self._position: dict[str, set[str]] = {}
        self._held: dict[str, set[str]] = {}
        self._paid: dict[str, set[str]] = {}
        self._works: dict[str, set[str]] = {}
        self._there: dict[str, set[str]] = {}
        self._at: dict[str, set[str]] = {}
        self._group: dict[str, set[str]] = {}
        self._groups: dict[str, set[str]] = {}
        self._role: dict[str, set[str]] = {}
        for plan in plans:
            self._read(plan)

    def _read(self, plan: PlanDocument) -> None:
        for row in plan.positions:
            funds = {share.fund for share in row.funding}
            self._position.setdefault(row.position, set()).update(
                {row.staff, row.role}, row.school, funds
            )
            self._held.setdefault(row.staff, set()).add(row.position)
            self._role.setdefault(row.role, set()).update({row.position, row.staff}, funds)
            for fund in funds:
                self._paid.setdefault(fund, set()).update({row.position, row.staff}, funds)
            for school in row.school:
                self._at.setdefault(school, set()).add(row.position)
        for placement in plan.placements:
            self._works.setdefault(placement.staff, set()).add(placement.school)
            self._there.setdefault(placement.school, set()).add(placement.staff)
        for person, week in plan.measures.people.items():
            self._role.setdefault(week.role, set()).add(person)
        for group in plan.measures.groups:
            self._group.setdefault(group.service, set()).update({group.school}, group.adults)
            self._groups.setdefault(group.school, set()).add(group.service)

    def about(self, kind: Kind, id: str) -> Ids:
        """Everything that a row of this kind is about; nothing for one of the plan as a whole."""
        if (kind, id) not in self._known:
            self._known[kind, id] = frozenset(self._about(kind, id)) - {""}
        return self._known[kind, id]

    def _about(self, kind: Kind, id: str) -> set[str]:
        if kind == "fund":
            return {id} | self._paid.get(id, set())
        if kind == "position":
            return {id} | self._position.get(id, set())
        if kind == "role":
            return {id} | self._role.get(id, set())
        if kind == "staff":
            return self._of_person(id)
        if kind == "school":
            return self._of_school(id) | self._groups.get(id, set())
        if kind == "group":
            linked = self._group.get(id, set())
            found = {id} | linked
            for one in linked:
                found |= (
                    self._of_school(one)
                    if one in self._there or one in self._at
                    else self._of_person(one)
                )
            return found
        if kind == "finding":
            return self._of_subject(id)
        return set()

    def _of_person(self, id: str) -> set[str]:
        found = {id} | self._works.get(id, set()) | self._held.get(id, set())
        for position in self._held.get(id, set()):
            found |= self._position[position]
        return found

    def _of_school(self, id: str) -> set[str]:
        """A school with its positions and people, and what pays them; without its groups."""
        positions = set(self._at.get(id, set()))
        people = self._there.get(id, set())
        for person in people:
            positions |= self._held.get(person, set())
        found = {id} | positions | people
        for position in positions:
            found |= self._position[position] - self._at.keys()
        return found

    def _of_subject(self, subject: str) -> set[str]:
        """The ids of a finding's subject, each with what it is linked to."""
        found: set[str] = set()
        for name in subject.split(" · "):
            found.add(name)
            if name in self._position:
                found |= self.about("position", name)
            if name in self._paid:
                found |= self.about("fund", name)
            if name in self._group:
                found |= self.about("group", name)
            if name in self._works or name in self._held:
                found |= self.about("staff", name)
            if name in self._groups or name in self._there:
                found |= self.about("school", name)
        return found
