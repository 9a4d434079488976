"""Small datasets that were once misread, or read without a word: what `planner` says of them now."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.planner import small
from tests.ui.command import planner
from ui.cli.exits import Exit

SATURDAY = "Mon;Tue;Wed;Thu;Fri;Sat"
DISTRICT = "name,year_start,year_end,plan_date,grades,cycle\nSmall,2026-09-01,2027-06-18,2026-10-05,K;1;2;3,{}\n"
GROUP = "group,school,grades,tier,students,minutes,sessions"


def said(folder: Path) -> tuple[int, list[tuple[str, str]]]:
    """What `planner validate` ends with, and the place and kind of each thing that it says."""
    result = planner("validate", folder, "--json")
    told = json.loads(result.stdout)
    return result.exit_code, [
        (f"{one['sheet']}!{one['row']} {one['column']}", one["kind"]) for one in told
    ]


def test_calendar_rows_without_effect_are_each_named(tmp_path: Path):
    calendar = (
        "date,kind,to,close,note\n2026-09-12,pd_day,,,Saturday PD\n"
        "2027-07-05,holiday,,,outside of the year\n2026-10-14,minimum_day,,07:00,too early\n"
    )
    code, told = said(small.folder(tmp_path, calendar=calendar))
    warnings = [place for place, kind in told if kind == "warning"]
    assert code == Exit.DONE
    assert warnings[:3] == ["calendar!2 date", "calendar!3 date", "calendar!4 close"]


def test_text_and_json_say_the_same_warnings(tmp_path: Path):
    folder = small.folder(tmp_path, calendar="date,kind\n2026-09-12,pd_day\n")
    rules = [one["rule"] for one in json.loads(planner("validate", folder, "--json").stdout)]
    text = planner("validate", folder).stdout
    assert rules == ["is on a weekend, when schools are closed: the row changes nothing."]
    assert all(rule in text for rule in rules)


def test_a_day_of_the_cycle_that_no_date_has_is_a_fault(tmp_path: Path):
    folder = small.folder(tmp_path, district=DISTRICT.format(SATURDAY))
    code, told = said(folder)
    assert (code, told) == (Exit.INPUT_WRONG, [("district!2 cycle", "fault")])


def test_contract_days_above_those_of_the_calendar_are_shown(tmp_path: Path):
    calendar = "date,kind\n2026-09-07,holiday\n"
    roles = "role,title,obligation_minutes,contract_days\npara,Paraeducator,420,250\n"
    folder = small.folder(tmp_path, calendar=calendar, roles=roles)
    code, told = said(folder)
    assert (code, told) == (Exit.DONE, [("roles!2 contract_days", "warning")])
    assert "the contract says 250 days; the calendar holds 208 that are worked" in (
        planner("hr", folder).stdout
    )


@pytest.mark.parametrize(
    ("sessions", "meant"), [("240/month", "8/month (240 minutes)"), ("900/year", "30/year (900")]
)
def test_minutes_typed_as_sessions(tmp_path: Path, sessions: str, meant: str):
    folder = small.folder(tmp_path, groups=f"{GROUP}\niep,elm,1,3,2,30,{sessions}\n")
    result = planner("validate", folder)
    assert result.exit_code == Exit.INPUT_WRONG
    assert "groups!G2" in result.stdout + result.stderr
    assert f"Did you mean {meant}" in result.stdout + result.stderr


def test_a_line_break_in_a_name_or_a_subject_breaks_no_export(tmp_path: Path):
    staff = 'staff,name,role,schools\nESP-01,"Person\nOne",para,elm\n'
    groups = f'{GROUP},subject\nelm-read,elm,K-2,2,4,30,4,"reading\nX"\n'
    folder = small.folder(tmp_path / "data", staff=staff, groups=groups)
    plan = tmp_path / "plan"
    solved = planner("solve", folder, "-o", plan, "--seconds", 2, "--workers", 1)
    assert solved.exit_code == Exit.DONE
    exported = planner("export", plan / "plan.json", "--data", folder, "-o", tmp_path / "out")
    assert exported.exit_code == Exit.DONE, exported.stderr
    calendars = [path.read_text() for path in (tmp_path / "out").rglob("*.ics")]
    assert any("reading X" in text for text in calendars)


def test_a_duty_in_time_off_in_lieu_is_asked_when_it_may_be(tmp_path: Path):
    duties = "duty,kind,minutes,sessions,time\nfair,family,60,1,toil\n"
    code, told = said(small.folder(tmp_path, duties=duties))
    assert code == Exit.DONE
    assert ("duties!2 windows", "warning") in told


def test_words_that_yaml_takes_for_others_stay_words(tmp_path: Path):
    people = ("P1", "012", "no", "1e3", "2026-09-01")
    rows = "".join(f"{one},para,elm,08:00\n" for one in people)
    staff = f"staff,role,schools,start\n{rows}"
    small.folder(tmp_path / "data", staff=staff, positions=None)
    changes = "".join(
        f"  - set: {{sheet: staff, where: {{staff: {one}}}, values: {{fte: 0.5}}}}\n"
        for one in people[1:]
    )
    scenario = tmp_path / "words.yaml"
    scenario.write_text(
        "name: words\nbase: data\nchanges:\n"
        f"  - set: {{sheet: staff, where: {{staff: P1}}, values: {{start: 10:30}}}}\n{changes}"
    )
    shown = planner("scenario", "show", scenario)
    assert shown.exit_code == Exit.DONE, shown.stderr
    assert all(one in shown.stdout for one in people)
    assert "10:30" in shown.stdout


def test_names_that_collide_are_exported_once_each_and_as_text(tmp_path: Path):
    people = (
        "P1,A very long shared display name of thirty-one plus one\n"
        "P2,A very long shared display name of thirty-one plus two\n"
        'con,"=HYPERLINK(""http://x"",""y"")"\nCON,History\na/b\\..,summary\n'
    )
    staff = "staff,name,role,start,schools\n" + people.replace("\n", ",para,08:00,elm\n")
    schools = 'school,name,open,close\nelm,"St. Mary\'s: K-8 / [A] *Main?* ""East""",08:00,15:30\n'
    changes = {"staff": staff, "schools": schools, "positions": None}
    folder, plan = small.folder(tmp_path / "data", **changes), tmp_path / "plan"
    solved = planner("solve", folder, "-o", plan, "--seconds", 2, "--workers", 1)
    assert solved.exit_code == Exit.DONE
    out = tmp_path / "out"
    exported = planner("export", plan / "plan.json", "--data", folder, "-o", out)
    assert exported.exit_code == Exit.DONE, exported.stderr
    files = [path.name.casefold() for path in (out / "calendars").iterdir()]
    assert len(files) == len(set(files)) == 6
    book = load_workbook(plan / "plan.xlsx")
    assert len({name.casefold() for name in book.sheetnames}) == len(book.sheetnames)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
