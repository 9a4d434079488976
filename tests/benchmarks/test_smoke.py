"""Every benchmark runs at its smallest size, and what it makes is right."""

from pathlib import Path
from xml.etree import ElementTree

import pytest

from planner.facts.problem import Problem
from planner.render.workbook.chart import chart
from planner.rules.goals.wished_times import of_session
from planner.sheets.dataset import load
from planner.store.place import file_at
from planner.store.store import open_store
from tests import oracle
from tests.benchmarks import __main__ as bench
from tests.benchmarks import fet, growth, screen
from tests.benchmarks.common import DAYS, SESSIONS, SLOTS, Instance, day_of, generated, judged
from tests.benchmarks.common_dataset import (
    MINUTES,
    OPENING,
    most_a_day,
    solve_common,
    write_common,
)
from tests.benchmarks.naive import solve_naively
from tests.benchmarks.xhstt import table as xhstt
from tests.benchmarks.xhstt.documents import constraint, document, event, given, many
from tests.oracle_cells import rows_of
from tests.planted_region import planted_region, random_region
from tests.planted_windows import MOST_CONTACT
from ui.app.workspace import Workspace


@pytest.fixture(scope="module")
def small() -> Instance:
    return generated(1, 8, 1)


@pytest.mark.parametrize(("schools", "load_", "seed"), [(1, 0.7, 1), (4, 0.95, 2), (12, 0.95, 3)])
def test_the_plan_that_is_planted_in_a_region_is_legal_and_serves_everything(
    tmp_path: Path, schools, load_, seed
):
    plan = planted_region(tmp_path, schools=schools, load=load_, seed=seed)
    assert oracle.check(tmp_path, plan) == []
    assert oracle.delivered(tmp_path, plan) == oracle.owed(tmp_path)
    groups, staff = rows_of(tmp_path, "groups"), rows_of(tmp_path, "staff")
    minutes = sum(int(row["minutes"]) * int(row["sessions"]) for row in groups)
    assert minutes / (len(staff) * MOST_CONTACT * DAYS) == pytest.approx(load_, abs=0.05)
    assert len(groups) == 40 * schools
    assert sum(";" in row["schools"] for row in staff) == (
        round(0.3 * len(staff)) if schools > 1 else 0
    )


def test_a_region_is_the_same_for_the_same_seed(tmp_path: Path):
    for name, seed in (("one", 1), ("same", 1), ("other", 2)):
        planted_region(tmp_path / name, schools=3, load=0.95, seed=seed)
    one, same, other = (
        (tmp_path / name / "groups.csv").read_bytes() for name in ("one", "same", "other")
    )
    assert one == same != other


def test_a_random_region_is_a_valid_dataset(tmp_path: Path):
    random_region(tmp_path, schools=4, load=0.7, seed=1)
    problem = Problem(load(tmp_path))
    assert len(problem.groups) == 160
    assert sum(group.owed for group in problem.groups) / (
        len(problem.people) * MOST_CONTACT * DAYS
    ) == pytest.approx(0.7, abs=0.05)


@pytest.mark.parametrize("schools", [1, 4])
def test_the_plan_that_is_planted_in_the_common_problem_breaks_nothing(schools):
    instance = generated(schools, 10, 1)
    verdict = judged(instance, instance.planted)
    assert (verdict.broken, verdict.extra_adults) == (0, 0)


def test_the_instances_are_those_of_the_study():
    """Figures from the generator with which the README's study was made: groups, adults, cost of
    the planted plan.
    """
    found = [generated(*asked) for asked in ((1, 8, 1), (1, 40, 2), (3, 40, 1))]
    assert [(len(i.groups), len(i.adults), judged(i, i.planted).cost) for i in found] == [
        (8, 3, 82),
        (40, 6, 247),
        (120, 19, 674),
    ]


def test_what_breaks_a_rule_of_the_common_problem_is_seen(small):
    group, (adult, slot) = small.groups[0], small.planted[0][0]
    same_day = next(
        other for other in group.window if other != slot and day_of(other) == day_of(slot)
    )
    outside = next(other for other in range(DAYS * SLOTS) if other not in group.window)
    stranger = next(number for number, one in enumerate(small.adults) if not one.may_serve(group))
    for sessions in (
        small.planted[0][1:],
        [*small.planted[0][:-1], (adult, same_day)],
        [(adult, outside), *small.planted[0][1:]],
        [(stranger, slot), *small.planted[0][1:]],
    ):
        assert judged(small, [sessions, *small.planted[1:]]).broken


def test_a_cap_of_the_week_is_kept_by_the_limit_of_the_day():
    for adult in generated(3, 40, 1).adults:
        free = [sum(day_of(slot) == day for slot in adult.available) for day in range(DAYS)]
        assert sum(min(most_a_day(adult), slots) for slots in free) <= adult.most


def test_our_plan_of_the_common_problem_breaks_none_of_its_rules(tmp_path: Path, small):
    plan, complete = solve_common(tmp_path, small, 5)
    assert plan is not None
    assert complete is not None
    assert judged(small, plan).broken == judged(small, plan).extra_adults == 0


@pytest.mark.slow
def test_the_naive_model_solves_the_common_problem(small):
    run = solve_naively(small, 4)
    assert run.plan is not None
    assert run.first is not None
    assert judged(small, run.plan).broken == 0
    assert judged(small, run.plan).cost <= run.costs[-1][1] <= run.costs[0][1]


def test_a_fet_file_names_every_session(tmp_path: Path, small):
    fet.write_fet(tmp_path / "common.fet", small)
    root = ElementTree.parse(tmp_path / "common.fet").getroot()
    assert len(root.findall("Activities_List/Activity")) == SESSIONS * len(small.groups)
    assert len(root.findall("Teachers_List/Teacher")) == len(small.adults)
    assert len(root.findall("Time_Constraints_List/ConstraintMinDaysBetweenActivities")) == len(
        small.groups
    )


def test_an_answer_of_fet_is_read(tmp_path: Path, small):
    answer = ElementTree.Element("Activities_Timetable")
    days = ("Mon", "Tue", "Wed", "Thu", "Fri")
    for number, (_, slot) in enumerate(
        (session for sessions in small.planted for session in sessions), start=1
    ):
        activity = ElementTree.SubElement(answer, "Activity")
        for tag, text in (("Id", number), ("Day", days[day_of(slot)]), ("Hour", slot % SLOTS)):
            fet.add(activity, tag, text)
    path = tmp_path / "common_activities.xml"
    ElementTree.ElementTree(answer).write(path)
    assert fet.read_fet(path, small) == small.planted
    answer[0].remove(answer[0].find("Day"))
    ElementTree.ElementTree(answer).write(path)
    assert fet.read_fet(path, small) is None


def test_without_fet_it_is_said_to_be_missing(tmp_path: Path, small, monkeypatch):
    monkeypatch.setattr(fet, "COMMAND", "no-such-fet-cl")
    with pytest.raises(LookupError, match="FET is not installed"):
        fet.solve_with_fet(small, tmp_path, 1)


@pytest.mark.skipif(not fet.installed(), reason="FET is not installed")
def test_fet_solves_the_common_problem(tmp_path: Path, small):
    run = fet.solve_with_fet(small, tmp_path, 10)
    assert run.plan is not None
    assert judged(small, run.plan).broken == judged(small, run.plan).extra_adults == 0


@pytest.mark.slow
def test_growth_is_measured():
    found = growth.measured(growth.Case("planted", 1, 0.7, 1, 4.0))
    assert found.faults == 0
    assert found.served > 0
    assert found.megabytes > 1
    assert found.built is None or 0 < found.built < found.seconds


def test_a_run_that_dies_is_a_row():
    case = growth.Case("planted", 1, 0.7, 1, 4.0)
    assert growth.row(case, None).count("|") == len(growth.COLUMNS) + 1


def test_seeds_are_summed_up_by_median_and_worst():
    def run(complete: float | None, served: float) -> growth.Growth:
        return growth.Growth(9, 99, 1, None, 1, complete, None, 10 + served, served, None, 100, 0)

    assert growth.summary("planted", 12, 30, [run(3, 1), run(None, 0.9), run(2, 1)]) == (
        "| planted | 12 | 3 | 30 s | 3.0 s, – | 100.0 %, 90.0 % | 11 s, 11 s | 100 MB |"
    )
    stopped = growth.summary("planted", 12, 30, [run(3, 1), None])
    assert stopped.startswith("| planted | 12 | 2 | 30 s | 1 stopped |")
    assert stopped.count("|") == len(growth.SUMMARY) + 1


def test_a_chart_is_a_well_formed_picture():
    drawn = ElementTree.fromstring(
        chart({"a < b": [(1, 0.5), (4, 3.0)], "nothing": []}, "title", "schools", "seconds")
    )
    assert len(drawn.findall("{http://www.w3.org/2000/svg}polyline")) == 2
    assert len(drawn.findall("{http://www.w3.org/2000/svg}circle")) == 2


def test_the_store_of_the_screens_benchmark_is_filled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(screen, "SCHOOLS", 2)
    with screen.filled(tmp_path) as file:
        store = open_store(file_at(file))
        assert len(Workspace(store, screen.OFFICE).plans()) == 2
        store.close()


@pytest.mark.parametrize("words", [[], ["--quick"]])
def test_no_part_takes_twenty_minutes_unless_more_is_asked(words: list[str]):
    asked = bench.options(words)
    minutes = {name: part.minutes(asked) for name, part in bench.PARTS.items()}
    assert all(0 < some < 20 for some in minutes.values()), minutes
    assert bench.PARTS["growth"].minutes(bench.options(["5", "--sizes", "500:1800"])) > 20


def test_quick_asks_for_a_sixth_and_words_still_count():
    asked = bench.options(["--quick", "--kills", "7", "--sizes", "12:60"])
    assert (asked.seeds, asked.kills) == (1, 7)
    assert {case.seconds for case in bench.growth_cases(asked)} == {10.0}


def test_public_instances_are_solved_and_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    lessons = [event("a", 2, {"Teacher:Teacher": "Ann"}), event("b", 1, {"Teacher:Teacher": "Ann"})]
    constraints = [
        constraint("AssignTime", many("EventGroup", ["all"])),
        constraint("AvoidClashes", many("Resource", ["Ann"])),
    ]
    solution = [given("a", 2, "Mo_1"), given("b", 1, "Mo_2")]
    people = {"Ann": "Teacher"}
    text = document(lessons, constraints, [solution], resources=people)
    (tmp_path / "Small.xml").write_text(text, encoding="utf-8")
    xhstt.main(tmp_path, [1])
    said = capsys.readouterr().out.splitlines()
    heading, _, row = [line for line in said if line.startswith("|")]
    cells = dict(zip(heading.split("|"), row.split("|"), strict=True))
    assert {name.strip(): cell.strip() for name, cell in cells.items() if name} == {
        "instance": "Small",
        "events, times, people": "2, 8, 1",
        "best known": "–",
        "best in the file": "1/0",
        "limit": "1 s",
        "ours, hard/soft": "0/0",
        "without a time": "0",
        "after": cells[" after "].strip(),
        "faults": "0",
    }
    assert "- Small: nothing" in said
    assert "- Small, test: 1/0" in said


def test_without_a_folder_it_is_said_where_instances_are_named(capsys: pytest.CaptureFixture[str]):
    xhstt.main(None)
    assert "--xhstt DIR" in capsys.readouterr().out


def test_fet_is_told_about_gaps(tmp_path: Path, small):
    fet.write_fet(tmp_path / "common.fet", small, gaps=3)
    root = ElementTree.parse(tmp_path / "common.fet").getroot()
    (gaps,) = root.findall("Time_Constraints_List/ConstraintTeachersMaxGapsPerWeek")
    assert gaps.findtext("Max_Gaps") == "3"


def test_disliked_slots_are_times_that_groups_would_avoid(tmp_path: Path, small):
    write_common(tmp_path, small)
    problem = Problem(load(tmp_path))
    for number, group in enumerate(small.groups):
        for slot, cost in group.window.items():
            start = OPENING + slot % SLOTS * MINUTES
            day = problem.cycle[day_of(slot)]
            service = problem.service_of[f"G{number}"]
            worth = of_session(problem, service, day, start, start + MINUTES)
            assert worth == -cost * MINUTES
