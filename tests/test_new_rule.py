"""A rule is added while the tests run, with the files of docs/add-a-rule.md alone, and is found
everywhere: no group in the last minutes of a school's day.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from planner.access import Level, User, seen
from planner.document.plan_cells import places_of
from planner.document.plan_rows import PlanRead, PlanRow
from planner.facts.problem import Problem
from planner.plan.plan import Placement, Plan, Session
from planner.plan.result import Status
from planner.rules import RULES
from planner.rules.checker import findings, violations
from planner.rules.contradictions import contradiction
from planner.rules.explanations import why
from planner.rules.moves import moments
from planner.rules.rule import Rule, Strength
from solver.best_plan import best_plan
from solver.settings import SolveSettings
from solver.timetable.model import build
from tests.planner import small
from tests.solver.every_plan import alone, every_solution, least, within
from tests.solver.test_agreement import plans_of
from tests.solver.tiny import Rows, groups, staff, tiny
from tests.ui.command import planner as command
from ui.render import rules_table

ROOT = Path(__file__).parent.parent
KEY = "late_groups"
CHECKER = '''"""No group is served in the last minutes of its school's day."""

from collections.abc import Iterator

from planner.facts.problem import Problem
from planner.facts.service import Service
from planner.plan.plan import Plan
from planner.rules.readers import Readers
from planner.rules.rule import Parameter, Rule, Strength, Violation
from planner.rules.settings import parameter


def violations(problem: Problem, plan: Plan) -> Iterator[Violation]:
    """Minutes of each session that lie too late."""
    for session in plan.sessions:
        service = problem.service_of[session.service]
        late = too_late(problem, service, session.day, session.end) if service.group else 0
        if late:
            message = f"{service.id} takes {late} of the last minutes of {session.day}."
            yield Violation(RULE.key, (service.id, session.day), late, message)


def too_late(problem: Problem, service: Service, day: str, end: int) -> int:
    """Of a session that ends then, the minutes that lie too late."""
    hours = problem.hours(service.school, day)
    most = parameter(problem, RULE, "last_minutes", (service.id,)) or 0
    return min(service.longest, max(0, end - (hours[1] - most))) if hours else 0


RULE = Rule(
    key="late_groups",
    title="Late groups",
    sentence="No group is served in the last minutes of its school's day.",
    formula="end(session) ≤ close(school, day) − minutes",
    unit="minutes",
    violations=violations,
    readers=Readers.EVERYBODY,
    strengths=frozenset(Strength),
    scopes=frozenset({"tier", "school"}),
    parameters={"last_minutes": Parameter("Minutes before the school closes", "30")},
)
'''
BUILDER = '''"""For each group g and day d:  Σ late(g, d, t) × meets[g, d, t] = 0, late: minutes too late."""

from planner.rules.late_groups import RULE, too_late
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each group and day."""
    for service in timetable.services:
        for day, times in timetable.times_of[service.id].items() if service.group else ():
            late = {time: too_late(timetable.problem, service, day, time[1]) for time in times}
            amount = sum(
                minutes * timetable.meets(service.id, day, *time)
                for time, minutes in late.items()
                if minutes
            )
            timetable.posting.avoid(RULE, (service.id, day), amount)
'''
USED = {
    "planner/rules/NAME.py",
    "planner/rules/__init__.py",
    "solver/timetable/rules/NAME.py",
    "tests/planner/rules/test_NAME.py",
    "tests/solver/tiny.py",
    "README.md",
}
"""The files that this test writes, or stands for."""


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rule]:
    """The two modules, where the recipe puts them."""
    packages = {"planner.rules": CHECKER, "solver.timetable.rules": BUILDER}
    with pytest.MonkeyPatch.context() as patch:
        for name, text in packages.items():
            folder, package = tmp_path_factory.mktemp("new"), import_module(name)
            (folder / f"{KEY}.py").write_text(text, encoding="utf-8")
            patch.setattr(package, "__path__", [*package.__path__, str(folder)])
        yield import_module(f"planner.rules.{KEY}").RULE
    for name in packages:
        sys.modules.pop(f"{name}.{KEY}", None)


@pytest.fixture
def late_groups(written: Rule) -> Iterator[Rule]:
    """The entry in `RULES`."""
    with RULES.register(written):
        yield written


def late(setting: str, **cells: str) -> Rows:
    """Rows of the sheet rules: the new one set so."""
    return [{"rule": KEY, "setting": setting} | cells]


def day(rules: Rows, *names: str, **cells: str) -> Problem:
    """Two hours at Elm, whose last half hour is late; Ana may serve four sessions."""
    return tiny(
        staff=staff("Ana"),
        blocks=[{"start": "08:00", "end": "10:00"}],
        groups=groups(*names, **cells),
        rules=rules,
    )


def at(group: str, start: int) -> Session:
    """A half hour of a group with Ana."""
    return Session(group, "Mon", start, start + 30, ("Ana",), "elm", "group", "pull_out")


AT_WORK = (Placement("Ana", "Mon", 480, 600, "elm"),)
HARD = late("hard")


def test_the_recipe_names_the_files_that_it_took():
    recipe = (ROOT / "docs" / "add-a-rule.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\d+\. `([^`]+)`", recipe, flags=re.MULTILINE)) == USED
    assert len(USED) == 6
    assert "takes six files" in recipe


@pytest.mark.usefixtures("late_groups")
def test_the_check_finds_it():
    plan = Plan(AT_WORK, (at("A", 570), at("B", 540)))
    (violation,) = violations(day(HARD, "A", "B"), plan, strength=Strength.HARD)
    assert (violation.rule, violation.where, violation.amount) == (KEY, ("A", "Mon"), 30)
    assert [f.rule for f in findings(day(HARD, "A", "B"), plan)] == [KEY]
    assert violations(day(late("off"), "A", "B"), plan, strength=Strength.HARD) == []
    apart = HARD + [{"rule": KEY, "setting": "off", "applies_to": "tier:2"}]
    assert violations(day(apart, "A", "B"), plan, strength=Strength.HARD) == []
    longer = HARD + [{"rule": KEY, "parameter": "last_minutes", "value": "50"}]
    found = violations(day(longer, "A", "B"), plan, strength=Strength.HARD)
    assert [(v.rule, v.amount) for v in found] == [(KEY, 30), (KEY, 20)]


def reached(problem: Problem) -> tuple[list[int], int]:
    """The starts of the sessions of the best plan, and what soft rules cost."""
    result = best_plan(problem, SolveSettings(seconds=20, workers=1))
    assert result.status is Status.OPTIMAL
    assert result.plan is not None
    values = {goal.goal: goal.value for goal in result.goals}
    return sorted(s.start for s in result.plan.sessions), values["soft_rules"]


@pytest.mark.usefixtures("late_groups")
def test_the_solver_keeps_it_and_weighs_it():
    assert reached(day(HARD, *"ABCD")) == ([480, 510, 540], 0)
    assert reached(day(late("off"), *"ABCD")) == ([480, 510, 540, 570], 0)
    soft = late("soft", weight="2")
    assert reached(day(soft, *"ABCD")) == ([480, 510, 540, 570], 60)
    assert reached(day(soft, *"ABC")) == ([480, 510, 540], 0)


@pytest.mark.parametrize("diagnose", [False, True])
def test_builder_and_checker_accept_the_same_plans(late_groups: Rule, diagnose: bool):
    problem = day([], "A", "B")
    expected = plans_of(problem, late_groups)
    solutions = every_solution(build(problem, alone(problem, late_groups), diagnose=diagnose))
    assert {plan for plan in solutions if within(problem, plan)} == expected
    assert 0 < len(expected) < len(plans_of(problem, late_groups, on=False))


def test_softly_it_costs_what_the_checker_finds(late_groups: Rule):
    problem = day([], "A")
    timetable = build(problem, alone(problem, late_groups, Strength.SOFT))
    for plan in plans_of(problem, late_groups, on=False):
        amounts = sum(v.amount for v in late_groups.violations(problem, plan))
        assert least(timetable, sum(timetable.posting.ledger), plan) == 3 * amounts


@pytest.mark.usefixtures("late_groups")
def test_the_reason_for_what_it_blocks_names_it():
    windows = {"windows": "Mon 09:15-10:00"}
    problem = day(HARD, "A", **windows)
    assert why(problem, Plan(AT_WORK), problem.service_of["A"]) == (
        KEY,
        "Late groups leaves no time for another session of A: No group is served in the last "
        "minutes of its school's day.",
    )
    free = day(late("off"), "A", **windows)
    assert why(free, Plan(AT_WORK), free.service_of["A"])[0] == ""


@pytest.mark.usefixtures("late_groups")
def test_what_contradicts_it_names_it():
    pinned = {"kind": "session", "subject": "A", "staff": "Ana", "day": "Mon", "start": "09:30"}
    problem = tiny(
        staff=staff("Ana"),
        blocks=[{"start": "08:00", "end": "10:00"}],
        groups=groups("A"),
        rules=HARD,
        pins=[pinned],
    )
    result = best_plan(problem, SolveSettings(seconds=20, workers=1))
    assert result.status is Status.INFEASIBLE
    assert contradiction(problem, KEY, ("A", "Mon")) in result.conflict


@pytest.mark.usefixtures("late_groups")
def test_the_moves_that_are_offered_keep_it():
    plan = Plan(AT_WORK, (at("A", 480), at("B", 510)))
    kept, off = day(HARD, "A", "B"), day(late("off"), "A", "B")
    assert moments(kept, plan, at("A", 480)) == [("Mon", 510), ("Mon", 540)]
    assert moments(off, plan, at("A", 480)) == [("Mon", 510), ("Mon", 540), ("Mon", 570)]


@pytest.mark.usefixtures("late_groups")
def test_the_cell_of_an_edit_by_hand_is_named():
    problem, sessions = day(HARD, "A", "B"), (at("A", 570), at("B", 540))
    columns = {"service": "A", "start": "F"}
    rows = {s: PlanRow("sessions", row, columns) for row, s in enumerate(sessions, start=2)}
    plan = Plan(AT_WORK, sessions)
    (violation,) = violations(problem, plan, strength=Strength.HARD)
    (place,) = places_of(violation, problem, PlanRead(plan, rows, problem))
    assert place.cell == "sessions!F2"


@pytest.mark.parametrize(
    ("role", "level"), [("director", Level.ALL), ("principal", Level.OWN), ("viewer", Level.ALL)]
)
@pytest.mark.usefixtures("late_groups")
def test_those_whom_it_names_may_read_what_it_finds(role: str, level: Level):
    assert seen(User("somebody", frozenset({role}), frozenset({"elm"})), f"finding:{KEY}") is level


def test_the_tables_and_the_sheet_rules_know_it(late_groups: Rule):
    rule, limits = re.findall(
        rf"^\| `{KEY}` \|(.*)$", command("rules", "--markdown").output, re.MULTILINE
    )
    assert late_groups.sentence in rule
    assert "`last_minutes`: Minutes before the school closes [30]" in limits
    assert f"{KEY}: Late groups" in command("rules").output
    assert small.faults(rules=f"rule,setting\n{KEY},soft\n") == []


def test_a_limit_of_its_own_is_not_called_like_a_column(written: Rule):
    """A row of the sheet rules would change the column for the whole district."""
    with pytest.raises(ValueError, match="late_groups: minutes is a column of roles or groups"):
        replace(written, parameters={"minutes": written.parameters["last_minutes"]})


def test_without_it_nobody_knows_it():
    assert KEY not in RULES.of
    assert KEY not in rules_table.markdown()
    assert seen(User("all", frozenset({"hr"}), frozenset()), f"finding:{KEY}") is Level.NOT
    assert len(small.faults(rules=f"rule,setting\n{KEY},soft\n")) == 1
    with pytest.raises(ValueError, match="There is a shift already"):
        RULES.register(RULES.of["shift"])
