"""What a planner reads after a solve."""

from dataclasses import replace
from pathlib import Path

import pytest

from planner.document.edits import KeptDecisions
from planner.plan.plan import Plan
from planner.plan.result import Finding, Status, Unserved
from planner.rules.explanations import left_out
from planner.words.wording import Words
from tests.planner import planned, small
from tests.ui.command import planner
from ui.render.left_out_lines import left_out_lines
from ui.render.plan_summary import as_text, kept_lines

GROUPS = "group,school,grades,tier,minutes,sessions,students\n" + "".join(
    f"elm-{number},elm,1,{1 + number % 3},20,2,3\n" for number in range(14)
)


def test_the_summary_says_who_is_served_and_what_is_left_out():
    told = as_text(planned.problem(), planned.RESULT, [Path("plans", "small", "plan.json")])
    assert told.startswith(
        "small: week of October 5, 2026\n\nThe time was over; the plan below is the best so far."
    )
    assert "  Tier 3   100 %  60 min of 60 min\n  Tier 2    50 %  90 min of 3 h 00\n" in told
    assert "  Worst-served school: Oak, 0 %" in told
    assert (
        "oak-K-read, Oak: none of 3 sessions. Nobody qualified is at Oak when kindergarten has "
        "flex time." in told
    )
    assert "elm-1-math, Elm: 3 of 4 sessions. =Everybody's contact is full on Thursday." in told
    assert "90 minutes × priority: at most 33.3 % more is possible" in told
    assert "1 breach of a hard rule; see findings.\n  meet is not what it was." in told
    assert told.endswith("plan.json  the whole result, for other programs")


def test_what_gets_nothing_comes_first_then_tier_3():
    problem = planned.problem(groups=GROUPS, members=None)
    result = replace(planned.RESULT, plan=None, unserved=(), status=Status.OPTIMAL, stopped="")
    found = left_out(problem, Plan(), ())
    assert [problem.service_of[left.service].tier for left in found[:14]] == sorted(
        [1 + n % 3 for n in range(14)], reverse=True
    )
    told = as_text(problem, result, ())
    assert told.count(": none of 2 sessions") == 10
    assert f"… and {len(found) - 10} more; see the sheet left out in plan.xlsx." in told
    assert "Every goal is proved best" in told


def test_equal_reasons_are_said_once_and_others_beside_their_service():
    problem = planned.problem(groups=GROUPS, members=None)
    room = "There seems to be room for another session of {} beside this plan."
    reasons = [("elm-1", room), ("elm-2", "elm-2 is full."), ("elm-3", room), ("elm-4", room)]
    found = [Unserved(name, 2, 0, "", reason.format(name)) for name, reason in reasons]
    lines = list(left_out_lines("Less than owed", problem, found, Words(), "see there"))
    assert [line.split(": none of 2 sessions")[-1] for line in lines[1:]] == [
        f". {room.format('each')}",
        ". elm-2 is full.",
    ]
    assert [lines[1].count(f"elm-{number}") for number in range(1, 5)] == [1, 0, 1, 1]
    (_, alone) = left_out_lines("Less than owed", problem, found[:1], Words(), "see there")
    assert alone.endswith(room.format("elm-1"))


def test_at_most_ten_findings_are_shown():
    noted = tuple(
        Finding("preparation", "noted", "P1", 5, "minutes short", f"Note {number}.")
        for number in range(12)
    )
    told = as_text(planned.problem(), replace(planned.RESULT, findings=noted), ())
    assert "found 12 notes; see findings" in told
    assert "  Note 9.\n  … and 2 more." in told


def test_a_plan_that_cannot_be_replaced_is_noticed_before_solving(tmp_path: Path):
    (tmp_path / "plan" / "plan.json").mkdir(parents=True)
    told = planner("solve", small.folder(tmp_path / "data"), "-o", tmp_path / "plan")
    assert told.exit_code == 2
    assert "Choose another folder with -o." in told.stderr


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        (
            KeptDecisions(Plan()),
            ["Kept: nothing, as no row was changed. The search began with that plan."],
        ),
        (
            KeptDecisions(Plan(), training=1),
            [
                "Kept: nothing. The search began with that plan.",
                "One row of the sheet training is not held: training is planned anew.",
            ],
        ),
        (
            KeptDecisions(Plan(), free=1, training=2),
            [
                "Kept: nothing. The search began with that plan.",
                "One day changed in a shift's end or in preparation alone; these are planned anew.",
                "Two rows of the sheet training are not held: training is planned anew.",
            ],
        ),
    ],
)
def test_what_no_decision_holds_is_said(kept: KeptDecisions, told: list[str]):
    assert list(kept_lines(kept, Words())) == told
