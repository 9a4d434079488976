"""A first mapping, proposed from the headings and values of an export."""

from pathlib import Path

from planner.importing.proposal import proposal_text, propose, same_headings
from planner.problem.cells import Reading
from tests.planner.importing.imports import export, mapping_of

HR = "Employee ID,Job Title,F.T.E.,Hire_Date,Home school,Shoe Size\n1,ELEM INTERV,1,8/14/2019,elm,7\n2,Para,0.5,9/2/2025,OAK,8\n"


def test_our_own_headings_are_known_whatever_their_case_spaces_and_underscores():
    table = export(" STAFF ,Home School,hiredate,Role Name\n").table
    assert same_headings("staff", table).columns == {"staff": "STAFF", "home_school": "Home School", "hire_date": "hiredate"}


def test_the_nearest_headings_are_proposed_as_guesses():
    proposal = propose("staff", export(HR).table, Reading(), {"roles": ["para"], "schools": ["elm", "oak"]})
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


def test_a_date_that_may_be_read_in_two_ways_is_left_to_the_planner():
    table = export("staff,hire_date\n1,08/04/2019\n2,09/02/2025\n").table
    assert propose("staff", table, Reading(), {}).mapping.dates == ""


def test_what_is_written_is_read_back(tmp_path: Path):
    proposal = propose("staff", export(HR).table, Reading(), {"roles": ["para"], "schools": ["elm", "oak"]})
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
    text = proposal_text(propose("groups", export("Group,x\n").table, Reading(), {}), "a.csv", "planner import …")
    assert "#  tier: THEIR HEADING   # required: Their tier\n" in text
    assert mapping_of(text, tmp_path, "groups").columns == {"group": "Group"}


def test_headings_that_look_like_yaml_are_quoted(tmp_path: Path):
    table = export("staff,\"role: 'yes' #1\",No\n1,2,3\n").table
    proposal = propose("staff", table, Reading(), {})
    mapping = proposal.mapping.__class__("staff", {"staff": "No", "role": "role: 'yes' #1", "name": "- x"})
    text = proposal_text(proposal.__class__(mapping, frozenset({"role"}), ("a\nb",)), "x\ny.csv", "c")
    assert mapping_of(text.replace("x\ny.csv", "x"), tmp_path, "staff").columns == mapping.columns
