"""`planner export`: which files it writes, of whom, and what it never touches."""

import csv
import io
import json
import os
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pypdf
import pytest

from planner.document.plan_file import plan_document, write_json
from planner.facts.problem import Problem
from planner.money.budgeted import planned
from planner.money.journal import journal
from planner.money.ledger import ledger
from planner.plan.plan import Plan
from planner.render.journal_file import journal_file
from planner.render.plan_files import hash_of
from planner.sheets.dataset import dataset_hash, save
from tests.planner.planned import RESULT, problem
from tests.planner.small import dataset
from tests.ui.command import planner
from ui.app.plan_folder import made_on
from ui.cli.commands.export import of_the_journal

EDITED = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)
CALENDARS = {
    "calendars/person-P1.ics",
    "calendars/person-P2.ics",
    "calendars/school-elm.ics",
    "calendars/school-oak.ics",
}
TABLES = {"csv/sessions.csv", "csv/placements.csv", "csv/school-week.csv", "csv/minutes.csv"}
PAGES = {"hr.pdf", "funds.pdf", "spsa-elm.pdf", "spsa-oak.pdf"}


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    """A plan made by hand beside its dataset, with the record of a run."""
    facts = problem()
    save(facts.data, tmp_path / "small")
    (tmp_path / "plan").mkdir()
    write_json(
        tmp_path / "plan" / "plan.json",
        plan_document(facts, RESULT, scenario="small", dataset_hash="x").as_data(),
    )
    write_json(tmp_path / "plan" / "run.json", {"started": "2026-10-01T06:30:00+00:00"})
    return tmp_path / "plan" / "plan.json"


def export(plan: Path, *words: object):
    return planner("export", plan, "--data", plan.parent.parent / "small", *words)


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_is_written_and_named(plan: Path, tmp_path: Path):
    told = export(plan, "-o", tmp_path / "out")
    assert told.exit_code == 0, told.output
    assert files(tmp_path / "out") == CALENDARS | TABLES | PAGES | {"timetables.pdf", "export.json"}
    assert told.stdout.startswith(f"Written into {tmp_path / 'out'}:\n  calendars/person-P1.ics\n")
    assert told.stdout.endswith(
        "Times in the calendars are clock times without a time zone. The column timezone of the "
        "sheet district gives them one, or --timezone.\n"
    )


@pytest.mark.parametrize(
    ("to", "written"),
    [
        ("ical", CALENDARS),
        ("csv", TABLES),
        ("pdf", {"timetables.pdf"}),
        ("pages", PAGES),
        ("pdf,csv", TABLES | {"timetables.pdf"}),
    ],
)
def test_only_what_is_asked_for(plan: Path, tmp_path: Path, to: str, written: set[str]):
    told = export(plan, "-o", tmp_path / "out", "--to", to, "--json")
    found = json.loads(told.stdout)
    assert (
        {file["file"] for file in found["files"]}
        == written
        == files(tmp_path / "out") - {"export.json"}
    )
    assert found["dated"] == "2026-10-01T06:30:00+00:00"
    assert bool(found["remarks"]) == (to == "ical")
    assert all(
        file["bytes"] == (tmp_path / "out" / file["file"]).stat().st_size for file in found["files"]
    )


def test_people_and_schools_can_be_chosen(plan: Path, tmp_path: Path):
    export(plan, "-o", tmp_path / "one", "--person", "P2")
    assert files(tmp_path / "one") == {
        "calendars/person-P2.ics",
        *TABLES,
        "timetables.pdf",
        "hr.pdf",
        "export.json",
    }
    assert "P1" not in (tmp_path / "one" / "csv" / "placements.csv").read_text(encoding="utf-8")
    export(plan, "-o", tmp_path / "oak", "--school", "oak", "--to", "ical,pages")
    both = {
        "calendars/person-P1.ics",
        "calendars/school-oak.ics",
        "hr.pdf",
        "spsa-oak.pdf",
        "export.json",
    }
    assert files(tmp_path / "oak") == both, (
        "Para 1 is at Oak on Monday; what all funds have is the district's"
    )
    export(plan, "-o", tmp_path / "two", "--person", "P1", "--person", "P2", "--to", "ical")
    assert files(tmp_path / "two") == {
        "calendars/person-P1.ics",
        "calendars/person-P2.ics",
        "export.json",
    }


def test_the_same_plan_gives_the_same_files(plan: Path, tmp_path: Path):
    for folder in ("a", "b"):
        export(plan, "-o", tmp_path / folder, "--with", "lunch,travel")
    for name in files(tmp_path / "a"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes(), name


def test_calendars_are_dated_by_the_run_or_by_hand(plan: Path, tmp_path: Path):
    export(plan, "-o", tmp_path / "out", "--to", "ical", "--person", "P1")
    calendar = tmp_path / "out" / "calendars" / "person-P1.ics"
    assert "DTSTAMP:20261001T063000Z" in calendar.read_text()
    assert "Duty-free" not in calendar.read_text()
    export(
        plan,
        "-o",
        tmp_path / "out",
        "--to",
        "ical",
        "--person",
        "P1",
        "--dated",
        "2026-11-02",
        "--with",
        "lunch",
    )
    assert "DTSTAMP:20261102T000000Z" in calendar.read_text()
    assert "Duty-free lunch" in calendar.read_text()
    export(
        plan,
        "-o",
        tmp_path / "out",
        "--to",
        "ical",
        "--person",
        "P1",
        "--timezone",
        "Europe/London",
    )
    assert "DTSTART;TZID=Europe/London:2026" in calendar.read_text()


def test_exporting_again_says_what_is_gone(plan: Path, tmp_path: Path):
    calendar = tmp_path / "out" / "calendars" / "person-P1.ics"
    export(plan, "-o", tmp_path / "out", "--to", "ical", "--with", "lunch")
    with_lunch = calendar.read_text()
    export(plan, "-o", tmp_path / "out", "--to", "ical", "--with", "lunch")
    assert calendar.read_text() == with_lunch
    export(plan, "-o", tmp_path / "out", "--to", "ical", "--dated", "2026-10-05")
    assert "SUMMARY:Cancelled: Duty-free lunch" in calendar.read_text()
    assert calendar.read_text().count("STATUS:CANCELLED") == 2
    assert calendar.read_text().count("BEGIN:VEVENT") == with_lunch.count("BEGIN:VEVENT")


def told_again(plan: Path, *words: object, **sheets: str | None) -> str:
    """The calendar of Para 1 when the dataset has become another one since."""
    save(problem(**sheets).data, plan.parent.parent / "small")
    out = plan.parent.parent / "out"
    told = export(plan, "-o", out, "--to", "ical", *words)
    assert told.exit_code == 0, told.output
    return (out / "calendars" / "person-P1.ics").read_text()


def test_a_district_gives_its_calendars_a_time_zone_unless_an_option_does(
    plan: Path, tmp_path: Path
):
    district = (
        "name,year_start,year_end,plan_date,timezone\nSmall,2026-09-01,2027-06-18,2026-10-05,"
    )
    calendar = told_again(plan, district=f"{district}Europe/London\n")
    assert "DTSTART;TZID=Europe/London:2026" in calendar
    other = told_again(
        plan, "--timezone", "Pacific/Auckland", district=f"{district}Europe/London\n"
    )
    assert "DTSTART;TZID=Pacific/Auckland:2026" in other


def test_a_renamed_district_and_another_first_day_cancel_nothing(plan: Path, tmp_path: Path):
    first = told_again(plan)
    district = "name,year_start,year_end,plan_date\nRenamed,2026-08-31,2027-06-18,2026-10-05\n"
    again = told_again(plan, district=district)
    assert "CANCELLED" not in again
    uids = {line for line in again.splitlines() if line.startswith("UID:")}
    assert uids == {line for line in first.splitlines() if line.startswith("UID:")}


def test_who_is_gone_gets_a_calendar_of_what_is_cancelled(plan: Path, tmp_path: Path):
    told_again(plan)
    before = (tmp_path / "out" / "calendars" / "person-P2.ics").read_text()
    write_json(plan, {"sessions": [], "placements": []})
    staff = (
        "staff,name,role,fte,schools,home_school\nP1,Para 1,para,1,elm;oak,elm\n"
        "P9,Para 9,para,1,oak,oak\n"
    )
    told_again(plan, staff=staff, duties=None)
    after = (tmp_path / "out" / "calendars" / "person-P2.ics").read_text()
    assert before.count("BEGIN:VEVENT") == after.count("STATUS:CANCELLED") > 0
    assert "X-WR-CALNAME:Para 2" in after
    told_again(plan, staff=staff, duties=None)
    assert (tmp_path / "out" / "calendars" / "person-P2.ics").read_text() == after


def test_what_an_earlier_plan_held_is_cancelled_in_a_new_folder(plan: Path, tmp_path: Path):
    earlier = plan.with_name("earlier.json")
    plan.rename(earlier)
    write_json(plan, {"sessions": [], "placements": []})
    told = export(plan, "-o", tmp_path / "out", "--to", "ical", "--replaces", earlier)
    assert told.exit_code == 0, told.output
    calendar = (tmp_path / "out" / "calendars" / "person-P1.ics").read_text()
    assert "SUMMARY:Cancelled: Meeting" in calendar


def test_the_adopted_plan_is_replaced_where_there_is_one(
    plan: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PLANNER_STORE", str(tmp_path / "store.sqlite"))
    whole = tmp_path / "small"
    document = plan_document(
        problem(), RESULT, scenario="small", dataset_hash=dataset_hash(problem().data)
    )
    write_json(plan, document.as_data())
    for words in (("save", whole), ("keep", plan, "--data", whole)):
        told = planner("store", *words)
        assert told.exit_code == 0, told.output
    new = tmp_path / "plan" / "new.json"
    write_json(new, {"sessions": [], "placements": []})
    told = export(new, "-o", tmp_path / "out", "--to", "ical", "--replaces", "adopted")
    assert (told.exit_code, told.stderr) == (
        2,
        "--replaces adopted: no plan of small is adopted yet.\n",
    )
    assert planner("adopt", 1).exit_code == 0
    told = export(new, "-o", tmp_path / "out", "--to", "ical", "--replaces", "adopted")
    assert told.exit_code == 0, told.output
    calendar = (tmp_path / "out" / "calendars" / "person-P2.ics").read_text()
    assert "SUMMARY:Cancelled: Meeting" in calendar


def test_another_locale_has_its_paper_and_dates(plan: Path, tmp_path: Path):
    export(plan, "-o", tmp_path / "out", "--to", "pdf", "--locale", "en-gb")
    pages = pypdf.PdfReader(io.BytesIO((tmp_path / "out" / "timetables.pdf").read_bytes())).pages
    assert round(pages[0].mediabox.width) == 842
    assert "week of 5 October" in pages[0].extract_text()


def test_an_earlier_export_is_replaced_and_nothing_else(plan: Path, tmp_path: Path):
    out = tmp_path / "out"
    assert export(plan, "-o", out).exit_code == 0
    assert export(plan, "-o", out, "--dated", "2026-12-01").exit_code == 0
    (out / "notes.txt").write_text("mine")
    (out / "csv" / "minutes.csv").write_text("edited by hand")
    (out / "hr.pdf").unlink()
    told = export(plan, "-o", out)
    assert (told.exit_code, told.stderr) == (
        2,
        f"csv/minutes.csv in {out} was changed since it was exported, or is not ours; nothing was "
        "written."
        " Choose another folder with -o, or give --force.\n",
    )
    assert (out / "csv" / "minutes.csv").read_text() == "edited by hand"
    assert not (out / "hr.pdf").exists()
    assert export(plan, "-o", out, "--to", "pages").exit_code == 0, (
        "the edited file is not among these"
    )
    assert export(plan, "-o", out, "--force").exit_code == 0
    assert (out / "csv" / "minutes.csv").read_bytes().startswith(b"\xef\xbb\xbfGroup,")
    assert (out / "notes.txt").read_text() == "mine"


def test_nothing_is_written_outside_of_the_folder(plan: Path, tmp_path: Path):
    out, elsewhere = tmp_path / "out", tmp_path / "elsewhere"
    elsewhere.mkdir()
    out.mkdir()
    (out / "calendars").symlink_to(elsewhere, target_is_directory=True)
    told = export(plan, "-o", out, "--force")
    assert told.exit_code == 2
    assert "would lie outside of" in told.stderr
    assert not list(elsewhere.iterdir())
    assert files(out) == set()


def test_an_id_leads_nowhere_and_none_replaces_another(tmp_path: Path):
    staff = (
        "staff,name,role,fte,schools,home_school\n../P1,Para 1,para,1,elm;oak,elm\n--P1,Para "
        "2,para,0.5,elm,elm\n"
    )
    facts = problem(staff=staff, duties=None)
    save(facts.data, tmp_path / "small")
    (tmp_path / "plan").mkdir()
    path = tmp_path / "plan" / "plan.json"
    write_json(path, {"sessions": [], "placements": []})
    told = export(path, "-o", tmp_path / "out", "--to", "ical")
    assert told.exit_code == 0, told.output
    people = sorted(name for name in files(tmp_path / "out") if "person" in name)
    assert len(people) == 2
    assert all(name.count("/") == 1 and ".." not in name for name in people)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--to", "word"], "--to 'word' is none of all, ical, csv, pdf, pages or journal.\n"),
        (["--to", ""], "--to '' is none of all, ical, csv, pdf, pages or journal.\n"),
        (["--with", "supper"], "--with 'supper' is none of lunch, preparation, travel or shift.\n"),
        (
            ["--timezone", "Mars/Olympus"],
            "'Mars/Olympus' is no time zone. Write it like America/Los_Angeles or Europe/London.\n",
        ),
        (
            ["--timezone", "../../etc/passwd"],
            "'../../etc/passwd' is no time zone. Write it like America/Los_Angeles or "
            "Europe/London.\n",
        ),
        (
            ["--dated", "9999-12-31"],
            "--dated is in the year 9999. Write a date from 2020 to 2200.\n",
        ),
        (
            ["--dated", "1900-01-01"],
            "--dated is in the year 1900. Write a date from 2020 to 2200.\n",
        ),
        (["--person", "P7"], "There is no person 'P7'. There are P1, P2.\n"),
        (["--school", "olm"], "There is no school 'olm'. Did you mean 'elm'?\n"),
        (
            ["--locale", "fr_FR"],
            "--locale 'fr_FR' is none of en_US, en_GB, en_CA, en_AU, en_NZ, en_IE.\n",
        ),
    ],
)
def test_wrong_words_end_with_two_and_write_nothing(
    plan: Path, tmp_path: Path, words: list[str], message: str
):
    told = export(plan, "-o", tmp_path / "out", *words)
    assert (told.exit_code, told.stderr) == (2, message)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["export.json", "run.json"])
@pytest.mark.parametrize(
    "text", ["[" * 100_000, "[]", '{"written": 7}', '{"started": "0001-01-01", "written": {}}']
)
def test_a_damaged_record_is_as_if_it_were_not_there(
    plan: Path, tmp_path: Path, name: str, text: str
):
    folder = tmp_path / "out" if name == "export.json" else plan.parent
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text)
    told = export(plan, "-o", tmp_path / "out", "--to", "ical")
    assert told.exit_code == 0, told.output
    assert (tmp_path / "out/calendars/school-elm.ics").is_file()


@pytest.mark.parametrize("date", ["9999-12-31", "0001-01-01", "1949-12-31"])
def test_a_date_that_no_school_year_has_is_refused(plan: Path, tmp_path: Path, date: str):
    """A calendar that repeats until then ends no loop."""
    document = json.loads(plan.read_text())
    document["sessions"][0]["dates"] = ["2026-09-07", date]
    write_json(plan, document)
    told = export(plan, "-o", tmp_path / "out")
    assert told.exit_code == 2
    assert "column dates" in told.stderr
    assert date in told.stderr


def test_a_plan_that_is_not_there_ends_with_two(plan: Path, tmp_path: Path):
    told = planner(
        "export", tmp_path / "none.json", "--data", tmp_path / "small", "-o", tmp_path / "out"
    )
    assert (told.exit_code, told.stderr) == (
        2,
        f"The plan {tmp_path / 'none.json'} is not there.\n",
    )


def test_pay_is_left_out_on_request(plan: Path, tmp_path: Path):
    empty = tmp_path / "empty.json"
    write_json(empty, {"sessions": [], "placements": []})
    for words, there in (([], True), (["--without-pay"], False)):
        out = tmp_path / f"out{there}"
        told = planner(
            "export",
            empty,
            "--example",
            "lausd-region",
            "-o",
            out,
            "--to",
            "csv,pages",
            "--school",
            "bri",
            *words,
        )
        assert told.exit_code == 0, told.output
        said = " ".join(
            page.extract_text()
            for name in ("hr.pdf", "spsa-bri.pdf")
            for page in pypdf.PdfReader(out / name).pages
        )
        assert ("144,116.00" in said) == there
        assert ("86,469.60" in said) == there
        assert ("144116.00" in (out / "csv" / "positions.csv").read_text(encoding="utf-8")) == there


def test_a_plan_is_as_old_as_its_run_and_an_edited_workbook_as_its_edit(tmp_path: Path):
    workbook, plan = tmp_path / "plan.xlsx", tmp_path / "plan.json"
    for path in (workbook, plan):
        path.write_bytes(b"as written")
        os.utime(path, (EDITED.timestamp(), EDITED.timestamp()))
    assert made_on(plan) == EDITED, "there is no record of a run"
    write_json(
        tmp_path / "run.json",
        {"started": "2026-10-01T08:30:00+02:00", "written": {"plan.xlsx": hash_of(workbook)}},
    )
    assert made_on(plan) == made_on(workbook) == datetime(2026, 10, 1, 6, 30, tzinfo=UTC)
    workbook.write_bytes(b"edited")
    os.utime(workbook, (EDITED.timestamp(), EDITED.timestamp()))
    assert made_on(workbook) == EDITED
    assert made_on(plan) < EDITED


def test_the_journal_has_the_ledgers_cents_and_names_what_has_no_code(tmp_path: Path):
    facts = Problem(
        dataset(
            district="name,year_start,year_end,account_format\nS,2026-09-01,2027-06-18,{fund}/{kind}\n",
            pay="schedule,step,amount,unit\npara,1,40000,year\n",
            positions="position,role,status,staff,step,funding\n"
            "P-001,para,filled,ESP-01,1,t1-elm:50;general:50\n",
            expenditures="expenditure,fund,kind,amount\nX,general,travel,100.10\n",
            accounts="applies_to,segment,code\nall,fund,01\nrole:para,kind,2100\n",
        ),
        "small",
    )
    budget = planned(facts, Plan())
    remarks = of_the_journal(facts, Plan())
    assert remarks == ["The segment kind of accounts has no code for kind:travel on general."]
    book = {one.fund: one.planned for one in ledger(facts, budget, Plan()).accounts}
    for monthly in (False, True):
        content = journal_file(journal(facts, budget, Plan(), monthly=monthly))
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert list(rows[0]) == ["account", "description", "debit", "period", "fund"]
        for fund, planned_of_it in book.items():
            debits = [Decimal(row["debit"]) for row in rows if row["fund"] == fund]
            assert sum(debits) == planned_of_it
        assert {row["account"] for row in rows} == {"01/2100", "01/?"}
        assert {len(row["period"]) for row in rows} == {7 if monthly else 9}
