"""What a dataset says clearly and no rule allows is refused by no command, this year or the next: it
is told with its figure where the data is looked at, and by the rule that it breaks.
"""

from pathlib import Path

import pytest

from planner.sheets.consistency.broken_rules import FACTS, ROWS
from tests.planner import small
from tests.ui.command import planner
from ui.cli.exits import Exit

HELD = "position,role,school,status,staff,fte,step,funding"
BASE = {
    "district": "name,year_start,year_end,plan_date\nSmall,2026-09-01,2027-06-18,2026-10-05\n",
    "roles": "role,title,obligation_minutes,contract_days,lunch_from,lunch_to\n"
    "para,Para,420,190,11:00,13:00\n",
    "pay": "schedule,step,amount,unit\npara,1,30000,year\n",
    "funds": "fund,program,amount\nt1-elm,title-1,100000\ngeneral,title-1,100000\n",
    "allowances": None,
    "staff": "staff,name,role,schools\nE1,Edda,para,elm\nE2,Egon,para,elm\n",
    "positions": f"{HELD}\nP1,para,elm,filled,E1,1,1,t1-elm:100\nP2,para,elm,filled,E2,1,1,general:100\n",
    "groups": "group,school,grades,tier,minutes,sessions,students\nG1,elm,K-2,2,30,4,4\n",
    "duties": None,
}
LEFT = "staff,name,role,schools,end_date\nE1,Edda,para,elm,\nE2,Egon,para,elm,2026-09-30\n"
ONE = f"{HELD}\nP1,para,elm,filled,E1,1,1,t1-elm:100\n"
DIFF = "allowance,roles,amount,unit\ndiff,{0},238,year\n"
PAID = f"{HELD},allowances,allowance_funding\nP1,para,elm,filled,E1,1,1,t1-elm:100,diff,{{0}}\n"
SHORT = f"{HELD},max_fte\nP1,para,elm,filled,E1,1,1,t1-elm:100,\nN1,para,elm,proposed,,0.4,1,general:100,\n"
LEAD = "role,title,obligation_minutes,contract_days\npara,Para,420,190\nlead,Lead,420,190\n"

KINDS: dict[str, tuple[dict[str, str | None], str, Exit, Exit]] = {
    "a fund that is a cent short": (
        {"funds": "fund,program,amount\nt1-elm,title-1,29999.99\ngeneral,title-1,100000\n"},
        "does not pay the filled positions on it, which cost $30,000.00.",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "a credential that is missing": (
        {
            "roles": BASE["roles"]
            .replace("lunch_to\n", "lunch_to,requires\n")
            .replace("13:00\n", "13:00,lic\n")
        },
        "Edda lacks lic, which Para asks for.",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "percentages that make no whole": (
        {"positions": ONE.replace("t1-elm:100", "t1-elm:50;general:45.5")},
        "sums to 95.5 percent of the position, not to 100.",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "percentages that are too many": (
        {"positions": ONE.replace("t1-elm:100", "t1-elm:60;general:60")},
        "sums to 120 percent of the position, not to 100.",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "percentages of a part of the year that make no whole": (
        {"assignments": "position,staff,funding\nP1,E1,t1-elm:90\n"},
        "sums to 90 percent of the position, not to 100.",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "a position that somebody holds before they are hired": (
        {
            "staff": "staff,name,role,schools,hire_date\nE1,Edda,para,elm,2026-10-01\n"
            "E2,Egon,para,elm,\n",
            "assignments": "position,staff,from\nP1,E1,2026-09-15\n",
        },
        "is before E1 is hired (2026-10-01). Days on which they are not employed do not count",
        Exit.DONE,
        Exit.DONE,
    ),
    "a differential that is paid in part": (
        {"allowances": DIFF.format("para"), "positions": PAID.format("diff@t1-elm:40")},
        "pays 40 percent of the allowance 'diff', not 100.",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "a differential of another job class": (
        {"allowances": DIFF.format("lead"), "positions": PAID.format(""), "roles": LEAD},
        "names the allowance 'diff', which para may not have.",
        Exit.DONE,
        Exit.DONE,
    ),
    "a fund that is over": (
        {
            "funds": "fund,program,amount,expires\nt1-elm,title-1,100000,2026-08-31\n"
            "general,title-1,100000,\n"
        },
        "names the fund 't1-elm', which expires on 2026-08-31, before the position begins",
        Exit.BROKEN_RULE,
        Exit.DONE,
    ),
    "a day of somebody who has left": (
        {"staff": LEFT, "positions": ONE, "pins": "kind,staff,day,school\nplacement,E2,Mon,elm\n"},
        "Egon's employment ended on September 30, 2026. The decision changes nothing.",
        Exit.DONE,
        Exit.DONE,
    ),
    "a session of somebody who has left": (
        {"staff": LEFT, "positions": ONE, "pins": "kind,subject,staff,day\nsession,G1,E2,Mon\n"},
        "Egon's employment ended on September 30, 2026. No plan can keep a session of theirs.",
        Exit.DONE,
        Exit.CONTRADICTION,
    ),
    "a position pinned to what it cannot be": (
        {"pins": "kind,subject,value\nposition,P1,0.4\n"},
        "P1 can only be budgeted with 1 FTE; the decision is not taken.",
        Exit.DONE,
        Exit.DONE,
    ),
    "a position whose shift has no room for lunch": (
        {"positions": SHORT},
        "08:00-11:18 on Mon, Tue, Wed, Thu and Fri, which leaves no room for 30 minutes of lunch",
        Exit.DONE,
        Exit.DONE,
    ),
    "a person whose shift has no room for lunch": (
        {"staff": "staff,name,role,schools,fte\nE1,Edda,para,elm,0.4\n", "positions": None},
        "Edda works 08:00-11:18 on Mon, Tue, Wed, Thu and Fri, which leaves no room for 30 minutes "
        "of lunch between 11:00 and 13:00.",
        Exit.DONE,
        Exit.CONTRADICTION,
    ),
}


def test_every_kind_that_is_warned_of_is_among_them():
    assert len(KINDS) >= len(FACTS) + len(ROWS)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_told_and_refused_by_no_command(tmp_path: Path, kind: str):
    changes, words, of_hr, of_solve = KINDS[kind]
    data = small.folder(tmp_path / "data", **(BASE | changes))
    told = planner("validate", data)
    assert told.exit_code == Exit.DONE, told.stderr
    assert words in told.stdout
    assert planner("hr", data).exit_code == of_hr
    assert planner("funds", data).exit_code == Exit.DONE
    assert planner("slots", data).exit_code == Exit.DONE
    solved = planner("solve", data, "-o", tmp_path / "out", "--seconds", 6)
    assert solved.exit_code == of_solve, solved.output
    assert planner("rollover", data, "-o", tmp_path / "next").exit_code == Exit.DONE
    assert planner("validate", tmp_path / "next").exit_code == Exit.DONE
    assert planner("hr", tmp_path / "next").exit_code in (Exit.DONE, Exit.BROKEN_RULE)


def test_a_shift_that_is_too_short_for_a_lunch_needs_none(tmp_path: Path):
    """0.4 of 420 minutes and a lunch are 198 minutes: from 240 on there is a lunch."""
    changes = KINDS["a person whose shift has no room for lunch"][0]
    rules = "rule,parameter,value\nduty_free_lunch,lunch_shift,240\n"
    data = small.folder(tmp_path / "data", **(BASE | changes | {"rules": rules}))
    assert "room for" not in planner("validate", data).stdout
    solved = planner("solve", data, "-o", tmp_path / "out", "--seconds", 6)
    assert solved.exit_code == Exit.DONE, solved.output
    assert planner("check", tmp_path / "out" / "plan.json", "--data", data).exit_code == Exit.DONE


def test_a_decision_for_somebody_who_left_is_contradicted_by_the_date(tmp_path: Path):
    changes = KINDS["a session of somebody who has left"][0]
    data = small.folder(tmp_path / "data", **(BASE | changes))
    said = planner("solve", data, "-o", tmp_path / "out", "--seconds", 6).stderr
    assert "Pin 1 (session): G1 with E2 on Mon." in said
    assert "Egon's employment ended on September 30, 2026." in said
    assert said.count("\n  - ") == 2


def test_a_position_that_nobody_could_work_is_not_bought(tmp_path: Path):
    changes = KINDS["a position whose shift has no room for lunch"][0]
    groups = BASE["groups"].replace("30,4,4", "60,5,4") + "G2,elm,K-2,2,60,5,4\n"
    more = {"groups": groups, "staff": "staff,name,role,schools\nE1,Edda,para,elm\n"}
    data = small.folder(tmp_path / "data", **(BASE | changes | more))
    said = planner("solve", data, "-o", tmp_path / "out", "--seconds", 6).stdout
    assert "N1 is not bought with 0.4 FTE, because nobody can keep all of these:" in said
    assert "works 08:00–11:18 on Mon, Tue, Wed, Thu, Fri." in said
    assert "30 minutes of duty-free lunch between 11:00 and 13:00" in said


def test_a_decision_to_buy_what_nobody_could_work_is_contradicted_by_its_day(tmp_path: Path):
    changes = KINDS["a position whose shift has no room for lunch"][0]
    pins = {"pins": "kind,subject,value\nposition,N1,0.4\n"}
    data = small.folder(tmp_path / "data", **(BASE | changes | pins))
    refused = planner("solve", data, "-o", tmp_path / "out", "--seconds", 6)
    assert refused.exit_code == Exit.CONTRADICTION
    assert "N1 with 0.4 FTE was decided (pin 1)." in refused.stderr
    assert "works 08:00–11:18 on Mon, Tue, Wed, Thu, Fri." in refused.stderr


def test_filled_positions_that_must_stay_are_not_paid_by_another_fund(tmp_path: Path):
    short = KINDS["a fund that is a cent short"][0]
    free = small.folder(tmp_path / "free", **(BASE | short))
    said = planner("solve", free, "-o", tmp_path / "out", "--seconds", 6).stdout
    assert "P1, which Edda holds, is paid by general (100 %) instead of t1-elm (100 %)." in said
    rules = "rule,setting\nfilled_positions,hard\n"
    held = small.folder(tmp_path / "held", **(BASE | short | {"rules": rules}))
    refused = planner("solve", held, "-o", tmp_path / "no", "--seconds", 6)
    assert refused.exit_code == Exit.CONTRADICTION
    assert "t1-elm pays $30,000.00 and has $29,999.99." in refused.stderr
    assert "Filled positions" in refused.stderr


def test_everybody_who_is_cut_is_named_before_all_else_with_the_reason(tmp_path: Path):
    poor = {"funds": "fund,program,amount\nt1-elm,title-1,100\ngeneral,title-1,100\n"}
    data, out = small.folder(tmp_path / "data", **(BASE | poor)), tmp_path / "out"
    cut = "All positions are cut: 2 filled positions, P1 (Edda, 1 FTE) and P2 (Egon, 1 FTE)."
    costs = "P1, the cheapest of them, costs $30,000.00 and the funds have $200.00 left."
    told = f"{cut}\nNo fund has the money: {costs}\n\n"
    solved = planner("solve", data, "-o", out, "--seconds", 30)
    said = solved.stdout
    assert f"{told}Every goal is proved best" in said
    # What the cuts cost is counted from the first on, not only in the plan.
    assert "Soft rules: 200 weighted units of breaking them, proved best" in solved.stderr
    assert "200 weighted units of breaking them: proved best" in said
    said = planner("check", out / "plan.json", "--data", data).stdout
    assert said.startswith(f"{told}No hard rule is broken.")


TWO_SCHOOLS = {
    "roles": "role,title,obligation_minutes,contract_days,max_sites_per_day\npara,Para,420,190,{0}\n",
    "schools": "school,name,open,close\nelm,Elm,08:00,15:30\noak,Oak,08:00,15:30\n",
    "blocks": "school,grades,start,end,kind\nelm,1,08:30,09:00,flex\noak,1,09:00,11:00,flex\n",
    "staff": "staff,name,role,schools\nE1,Edda,para,elm;oak\n",
    "groups": "group,school,grades,tier,minutes,sessions,students\nG1,elm,1,2,30,5,4\n"
    "G2,oak,1,2,30,5,4\n",
    "positions": None,
}
NO_WAY = "says no minutes between Elm and Oak, where Edda may work on one day."


def two_schools(tmp_path: Path, sites: int, travel: str | None) -> tuple[str, str]:
    """What is said of the data, and of what the plan leaves out."""
    roles = TWO_SCHOOLS["roles"].format(sites)
    changes = TWO_SCHOOLS | {"roles": roles, "travel": travel}
    data = small.folder(tmp_path / "data", **(BASE | changes))
    solved = planner("solve", data, "-o", tmp_path / "out", "--seconds", 6)
    assert solved.exit_code == Exit.DONE, solved.output
    return planner("validate", data).stdout, solved.stdout


def test_two_schools_a_day_without_a_way_between_them_are_told(tmp_path: Path):
    said, plan = two_schools(tmp_path, 2, None)
    assert NO_WAY in said
    assert "windows; no travel time is given between " in plan


@pytest.mark.parametrize(("sites", "travel"), [(2, "from,to,minutes\noak,elm,0\n"), (1, None)])
def test_nothing_is_said_where_the_way_is_known_or_nobody_takes_it(
    tmp_path: Path, sites: int, travel: str | None
):
    said, plan = two_schools(tmp_path, sites, travel)
    assert "says no minutes" not in said
    assert "travel time" not in plan
    assert ("Less than owed" in plan) is (sites == 1)
