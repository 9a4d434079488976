"""A first mapping, proposed from the headings and values of an export."""

from pathlib import Path

import pytest

from planner.facts.cell_formats import Reading
from planner.sheets.importing.export_file import read_below_title
from planner.sheets.importing.mapping import read_mapping
from planner.sheets.importing.proposal import proposal_text, propose, same_headings
from tests.planner.sheets.importing.imports import EXPORTS, export, mapping_of

HR = (
    "Employee ID,Job Title,F.T.E.,Hire_Date,Home school,Shoe Size\n1,ELEM "
    "INTERV,1,8/14/2019,elm,7\n2,Para,0.5,9/2/2025,OAK,8\n"
)


def test_our_own_headings_are_known_whatever_their_case_spaces_and_underscores():
    table = export(" STAFF ,Home School,hiredate,Role Name\n").table
    assert same_headings("staff", table).columns == {
        "staff": "STAFF",
        "home_school": "Home School",
        "hire_date": "hiredate",
    }


def test_the_nearest_headings_are_proposed_as_guesses():
    proposal = propose(
        "staff", export(HR).table, Reading(), {"roles": ["para"], "schools": ["elm", "oak"]}
    )
    assert proposal.mapping.columns == {
        "staff": "Employee ID",
        "role": "Job Title",
        "fte": "F.T.E.",
        "home_school": "Home school",
        "hire_date": "Hire_Date",
    }
    assert proposal.guessed == {"staff", "role", "fte"}
    assert proposal.unused == ("Shoe Size",)
    assert proposal.mapping.codes == {
        "role": {"ELEM INTERV": "?", "Para": "para"},
        "home_school": {"OAK": "oak", "elm": "elm"},
    }
    assert proposal.mapping.dates == "MM/DD/YYYY"


def test_the_export_of_an_hr_system_is_proposed_as_its_mapping_reads_it(tmp_path: Path):
    table = read_below_title(EXPORTS / "hr-employees.csv").table
    proposal = propose("staff", table, Reading(), {"schools": ["linc", "wash"]})
    saved = read_mapping(EXPORTS / "hr-employees.yaml", "staff")
    assert proposal.mapping.columns == saved.columns
    assert (proposal.mapping.factors, proposal.mapping.list_separator) == (
        saved.factors,
        saved.list_separator,
    )
    assert (
        proposal.mapping.codes["schools"]
        == proposal.mapping.codes["home_school"]
        == {"LINC": "linc", "WASH": "wash"}
    )
    assert proposal.unused == ("Last Name", "First Name", "Empl Status")
    text = proposal_text(proposal, "hr.csv", "planner import …")
    assert "\nheading_row: 4\n" in text
    assert text.count("factors:") == text.count("list_separator:") == 1
    read = mapping_of(text, tmp_path, "staff")
    assert (read.columns, read.factors, read.list_separator, read.heading_row) == (
        saved.columns,
        saved.factors,
        ",",
        4,
    )
    assert mapping_of(text.replace("heading_row: 4", "heading_row: '4'"), tmp_path, "staff") == read


@pytest.mark.parametrize(
    ("headings", "columns"),
    [
        ("staff,role,Home School", {"home_school": "Home School"}),
        ("staff,role,Site", {"schools": "Site", "home_school": "Site"}),
        ("staff,role,Schools,Site", {"schools": "Schools", "home_school": "Site"}),
        ("staff,role,Week Minutes", {"week_minutes": "Week Minutes"}),
        ("staff,role,Shoe Size", {}),
    ],
)
def test_one_heading_fills_two_columns_only_where_it_is_called_so(
    headings: str, columns: dict[str, str]
):
    mapping = propose("staff", export(f"{headings}\n1,2,3\n").table, Reading(), {}).mapping
    assert mapping.columns == {"staff": "staff", "role": "role"} | columns
    assert not mapping.factors


def test_codes_of_a_list_are_those_of_its_parts():
    table = export('staff,role,schools\n1,para,"ELM, OAK"\n2,para,OAK\n').table
    mapping = propose("staff", table, Reading(), {"schools": ["elm", "oak"]}).mapping
    assert (mapping.list_separator, mapping.codes["schools"]) == (",", {"ELM": "elm", "OAK": "oak"})


def test_a_date_that_may_be_read_in_two_ways_is_left_to_the_planner():
    table = export("staff,hire_date\n1,08/04/2019\n2,09/02/2025\n").table
    assert propose("staff", table, Reading(), {}).mapping.dates == ""


def test_what_is_written_is_read_back(tmp_path: Path):
    proposal = propose(
        "staff", export(HR).table, Reading(), {"roles": ["para"], "schools": ["elm", "oak"]}
    )
    text = proposal_text(proposal, "hr.csv", "planner import …")
    mapping = mapping_of(text, tmp_path, "staff")
    assert (mapping.columns, mapping.codes, mapping.dates) == (
        proposal.mapping.columns,
        proposal.mapping.codes,
        proposal.mapping.dates,
    )
    assert "  staff: Employee ID   # a guess\n" in text
    assert "# not used: Shoe Size\n" in text


def test_what_is_required_and_not_found_is_named(tmp_path: Path):
    text = proposal_text(
        propose("groups", export("Group,x\n").table, Reading(), {}), "a.csv", "planner import …"
    )
    assert "#  tier: THEIR HEADING   # required: Their tier\n" in text
    assert mapping_of(text, tmp_path, "groups").columns == {"group": "Group"}


def test_headings_that_look_like_yaml_are_quoted(tmp_path: Path):
    table = export("staff,\"role: 'yes' #1\",No\n1,2,3\n").table
    proposal = propose("staff", table, Reading(), {})
    mapping = proposal.mapping.__class__(
        "staff", {"staff": "No", "role": "role: 'yes' #1", "name": "- x"}
    )
    text = proposal_text(
        proposal.__class__(mapping, frozenset({"role"}), ("a\nb",)), "x\ny.csv", "c"
    )
    assert mapping_of(text.replace("x\ny.csv", "x"), tmp_path, "staff").columns == mapping.columns
