"""A plan as somebody may see it: the facts, the rows and the sentences that are left for them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from planner.access.dataset_view import Seen
from planner.access.document_cut import cut
from planner.access.table import SHEETS, seen
from planner.access.texts import A_SCENARIO, NOT_TOLD, Texts
from planner.access.viewer import User
from planner.document.measure_rows import district_of, figures_of, names_of
from planner.document.plan_document import PlanDocument, ScenarioChange
from planner.document.plan_file import finding_rows, goal_figures, read_document, unserved_rows
from planner.document.position_rows import PositionRow, position_rows
from planner.document.timetable_rows import (
    ElsewhereRow,
    attendance_rows,
    placement_rows,
    session_rows,
)
from planner.facts.group_rows import Member
from planner.facts.problem import Problem
from planner.facts.sheets import Dataset
from planner.facts.who import HR, Level, Who
from planner.plan.plan import FundedPosition, Placement, Plan, Session
from planner.plan.result import Finding, GoalResult, Result, Status, Unserved
from planner.rules.goals import GOAL_OF
from planner.words.wording import Words


@dataclass(frozen=True, eq=False)
class PlanView:
    """What somebody may see of a plan: its facts, the result without what is hidden, and the
    document.
    """

    problem: Problem
    result: Result
    _viewer: User = field(repr=False)
    _whole: PlanDocument = field(repr=False)

    @property
    def plan(self) -> Plan:
        """The plan that is left."""
        return self.result.plan or Plan()

    @cached_property
    def document(self) -> PlanDocument:
        """The document that is left. Its figures are those of the whole; for principals they are
        worked out anew.
        """
        whole, problem, plan, result = self._whole, self.problem, self.plan, self.result
        words = Words(problem.data.district.locale)
        shown: dict[str, Any] = {
            "solver": whole.solver.model_copy(
                update={"goals": tuple(goal_figures(goal, words) for goal in result.goals)}
            ),
            "positions": self._positions(),
            "placements": placement_rows(problem, plan),
            "sessions": session_rows(problem, plan),
            "training": attendance_rows(plan),
            "unserved": unserved_rows(result.unserved),
            "findings": finding_rows(result.findings),
            "names": names_of(problem),
            "district": whole.district or district_of(problem),
        }
        if plan.elsewhere:
            shown["elsewhere"] = tuple(
                ElsewhereRow(staff=staff, day=day) for staff, day in sorted(plan.elsewhere)
            )
        if whole.tells_changes:
            shown["changes"] = tuple(
                change
                for change in whole.changes
                if HR in self._viewer.roles or not (_is_of_pay(change) or self._is_hidden(change))
            )
        if whole.measures is None or not self._viewer.sees_every_school:
            shown["measures"] = figures_of(problem, plan)
        return cut(self._viewer, whole.model_copy(update=shown))

    def _is_hidden(self, change: ScenarioChange) -> bool:
        """Whether a change is of an expenditure that is not seen: one that is somebody's pay."""
        seen_rows = {row.expenditure for row in self.problem.data.expenditures}
        return change.sheet == "expenditures" and change.key not in seen_rows

    def _positions(self) -> tuple[PositionRow, ...] | None:
        """HR's positions are the whole's: to work their cost out again takes as long as all else
        here together, and would be the same.
        """
        if HR in self._viewer.roles:
            return self._whole.positions
        budgeted = self.plan.positions
        return None if budgeted is None else position_rows(self.problem, budgeted)


def plan_for(viewer: User, problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    """The facts and the plan for reports, calendars and booklets: what is hidden is not in them.

    Somebody who works at a principal's school and elsewhere is there with the part at this school;
    `Plan.elsewhere` names the days on which they are not (only) there. Who may not see students'
    keys gets numbers in their place.
    """
    return _reduced(Seen(viewer, problem.data, plan), problem, plan)


def document_for(viewer: User, document: PlanDocument, dataset: Dataset) -> PlanDocument:
    """What somebody may see of a plan's document. Raises DatasetError where the document does not
    belong to the dataset.
    """
    return view_for(viewer, document, dataset).document


def view_for(viewer: User, document: PlanDocument, dataset: Dataset) -> PlanView:
    """The same with the facts and the result that its reports are made of. Raises DatasetError as
    `document_for` does.
    """
    read = read_document(document, Problem(dataset, document.scenario))
    return view_of(viewer, document, read.problem, read.plan)


def view_of(viewer: User, document: PlanDocument, problem: Problem, plan: Plan) -> PlanView:
    """The same where the whole plan has been read from the document."""
    some = Seen(viewer, problem.data, plan)
    texts = Texts(some)
    # A principal's eyes only: whoever sees every school reads the scenario's name in every list.
    if not viewer.sees_every_school and not texts.may_show(document.scenario):
        document = document.model_copy(update={"scenario": A_SCENARIO})
        problem = replace(problem, name=A_SCENARIO)
    small, left = _reduced(some, problem, plan)
    result = Result(
        Status(document.solver.status),
        left,
        tuple(_goals(viewer, document, small, left)),
        tuple(_unserved(some, document, texts)),
        tuple(_findings(viewer, document, texts)),
        stopped=document.solver.stopped,
    )
    return PlanView(small, result, viewer, document)


def _reduced(some: Seen, problem: Problem, plan: Plan) -> tuple[Problem, Plan]:
    data = some.dataset()
    if not data.members and data.groups:
        data = data.model_copy(update={"members": tuple(_numbered(some.data, data))})
    origin = Seen(some.viewer, problem.origin, plan).dataset() if problem.origin else None
    small = Problem(data, problem.name, origin=origin)
    everything = some.viewer.sees_every_school
    return small, Plan(
        tuple(
            _placement(some, placed)
            for placed in plan.placements
            if everything or placed.school in some.own.schools
        ),
        tuple(
            _session(some, session)
            for session in plan.sessions
            if everything or _is_here(some, plan, session)
        ),
        tuple(course for course in plan.training if course.staff in some.ids["staff"]),
        None
        if plan.positions is None
        else tuple(
            _position(some, position)
            for position in plan.positions
            if position.position in some.ids["positions"]
        ),
        plan.elsewhere
        if everything
        else frozenset(
            (placed.staff, placed.day)
            for placed in plan.placements
            if placed.staff in some.own.people and placed.school not in some.own.schools
        ),
    )


def _numbered(whole: Dataset, shown: Dataset) -> Iterator[Member]:
    """Who is with whom in the groups that are shown, under numbers."""
    groups = {group.group for group in shown.groups}
    numbers: dict[str, str] = {}
    for member in whole.members:
        if member.group in groups:
            number = numbers.setdefault(member.student, f"student {len(numbers) + 1}")
            yield Member(student=number, group=member.group)


def _placement(some: Seen, placed: Placement) -> Placement:
    return placed if placed.position in some.ids["positions"] else replace(placed, position="")


def _session(some: Seen, session: Session) -> Session:
    staff = tuple(name for name in session.staff if name in some.ids["staff"])
    return session if staff == session.staff else replace(session, staff=staff)


def _is_here(some: Seen, plan: Plan, session: Session) -> bool:
    """Whether a session is at the schools; one of no place is where somebody of the school is at
    that time.
    """
    own = some.own
    if session.school:
        return session.school in own.schools
    there = (
        placed
        for name in session.staff
        if name in own.people
        for placed in plan.placed.get((name, session.day), ())
    )
    here = (placed for placed in there if placed.school in own.schools)
    return session.service in own.duties and any(
        one.start <= session.start and session.end <= one.end for one in here
    )


def _position(some: Seen, position: FundedPosition) -> FundedPosition:
    """A position without what of its pay and funds is hidden."""
    row = next(row for row in some.data.positions if row.position == position.position)
    pay = some.shows("positions", "lane", row)
    funds = some.ids["funds"] if some.shows("positions", "funding", row) else frozenset()
    allowed = some.shows("positions", "allowances", row)
    return replace(
        position,
        school=tuple(school for school in position.school if school in some.ids["schools"]),
        lane=position.lane if pay else "",
        step=position.step if pay else "",
        funding=tuple(share for share in position.funding if share.fund in funds),
        allowances=position.allowances if allowed else (),
        allowance_funding=tuple(
            share for share in position.allowance_funding if allowed and share.fund in funds
        ),
    )


def _goals(
    viewer: User, document: PlanDocument, problem: Problem, plan: Plan
) -> Iterator[GoalResult]:
    for figures in document.solver.goals:
        level = seen(viewer, f"goal:{figures.goal}")
        if level is Level.ALL:
            yield GoalResult(figures.goal, figures.value, figures.bound)
        elif level is Level.OWN:
            yield GoalResult(figures.goal, GOAL_OF[figures.goal].value(problem, plan), None)


def _unserved(some: Seen, document: PlanDocument, texts: Texts) -> Iterator[Unserved]:
    services = some.ids["groups"] | some.ids["duties"]
    for left in document.unserved:
        if left.service in services:
            reason = texts.told(left.reason)
            reason = reason if texts.may_show(reason) else NOT_TOLD
            yield Unserved(left.service, left.sessions_owed, left.sessions_given, left.rule, reason)


def _findings(viewer: User, document: PlanDocument, texts: Texts) -> Iterator[Finding]:
    for row in document.findings:
        level = seen(viewer, f"finding:{row.rule}")
        subject, message = texts.told(row.subject), texts.told(row.message)
        if (
            level is Level.ALL or (level is Level.OWN and texts.is_own(subject, message))
        ) and texts.may_show(subject, message):
            yield Finding(row.rule, row.severity, subject, row.amount, row.unit, message)


def _is_of_pay(change: ScenarioChange) -> bool:
    """Whether a scenario's change is about what people are paid: of a sheet of pay, or in words
    that name a column of pay.
    """
    columns: tuple[tuple[Who, str], ...] = SHEETS.get(change.sheet, ())
    pay = {name for who, names in columns if set(who) == {HR} for name in names.split()}
    every = {name for _, names in columns for name in names.split()}
    words = change.words.replace("_", " ")
    return pay == every or any(re.search(rf"\b{name.replace('_', ' ')}\b", words) for name in pay)
