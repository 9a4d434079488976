"""What a scenario stands on: a dataset beside it, an example, the dataset that is given, or another
scenario.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from planner.scenario.applying import applied
from planner.sheets.dataset import dataset_hash, save
from planner.words.errors import DatasetError
from tests.planner import small
from tests.planner.scenario.small_scenarios import said, scenario

OWN = (
    "must be a name, or a path from the scenario's own folder. Write it like `base: "
    "../autumn.xlsx`."
)
CUT = "changes:\n  - scale: {sheet: funds, column: amount, by: 0.9}\n"


def refused(path: Path, given: tuple[Path, str] | None = None) -> str:
    with pytest.raises(DatasetError) as caught:
        applied(path, given)
    return str(caught.value)


@pytest.mark.parametrize("base", ["small", "book.xlsx", "book", "../here/small"])
def test_a_base_beside_the_scenario(tmp_path: Path, base: str):
    place = tmp_path / "here"
    place.mkdir()
    save(small.dataset(), place / "book.xlsx")
    found = applied(scenario(place, f"base: {base}\n{CUT}"))
    assert [fund.amount for fund in found.after.funds] == [Decimal(900), Decimal(900)]
    assert found.name == Path(base).stem


def test_the_folder_in_which_a_scenario_lies_may_be_its_base(tmp_path: Path):
    small.folder(tmp_path / "autumn" / "dataset")
    (tmp_path / "autumn" / "cut.yaml").write_text(f"base: autumn\n{CUT}", encoding="utf-8")
    assert applied(tmp_path / "autumn" / "cut.yaml").name == "autumn"


def test_an_example_is_a_base(tmp_path: Path):
    path = scenario(tmp_path, "base: first-steps\nchanges: []\n")
    assert applied(path).name == "first-steps"


def test_a_dataset_that_is_given_counts_where_its_name_is_the_bases_or_the_base_is_not_there(
    tmp_path: Path,
):
    other = small.folder(
        tmp_path / "elsewhere" / "small",
        funds="fund,program,amount\nt1-elm,title-1,10\ngeneral,title-1,10\n",
    )
    for text in (f"base: small\n{CUT}", f"base: gone\n{CUT}", CUT):
        found = applied(scenario(tmp_path, text), (other, "small"))
        assert [fund.amount for fund in found.after.funds] == [Decimal(9), Decimal(9)]


def test_another_dataset_than_the_base_is_refused(tmp_path: Path):
    path = scenario(tmp_path, f"base: small\n{CUT}")
    assert refused(path, (tmp_path / "small", "autumn")) == (
        "cut.yaml, line 1: 'small': is the base, and the dataset that was given is autumn. "
        "Leave the dataset out, or change the base to autumn."
    )


@pytest.mark.parametrize(
    ("base", "words"),
    [
        (
            "smal",
            "cut.yaml, line 1: 'smal': is no dataset, scenario or example that could be found. "
            "Did you mean 'small'?",
        ),
        (
            "",
            "cut.yaml: dataset: names no base, so that the dataset must be given. Give it, or "
            "write `base: NAME` into the file.",
        ),
        ("/etc", f"cut.yaml, line 1: '/etc': {OWN}"),
        ("C:\\data", f"cut.yaml, line 1: 'C:\\data': {OWN}"),
        (
            "cut.yaml",
            "cut.yaml, line 1: 'cut.yaml': stands on itself: cut.yaml → cut.yaml. Name a dataset "
            "as the base of one of them.",
        ),
    ],
)
def test_a_base_that_is_none(tmp_path: Path, base: str, words: str):
    text = f"base: {base}\n" if base else ""
    assert refused(scenario(tmp_path, text + CUT)) == words


def test_scenarios_that_stand_on_each_other_are_refused(tmp_path: Path):
    scenario(tmp_path, "base: cut.yaml\n", "more.yaml")
    assert "stands on itself: cut.yaml → more.yaml → cut.yaml" in refused(
        scenario(tmp_path, "base: more\n")
    )


def test_a_scenario_on_a_scenario(tmp_path: Path):
    below = (
        f"base: small\n{CUT}goals: [cost]\nsolve: {{seconds: 9, seed: 3}}\nstay_close_to: "
        "plan.json\n"
    )
    scenario(tmp_path, below)
    above = (
        "base: cut.yaml\nchanges:\n  - scale: {sheet: funds, where: {fund: general}, column: "
        "amount, by: 0.5}\nsolve: {seed: 4}\n"
    )
    found = applied(scenario(tmp_path, above, "more.yaml"))
    assert [fund.amount for fund in found.after.funds] == [Decimal(900), Decimal(450)]
    assert said(found) == [
        "title-1 (pooled), fund t1-elm: $1,000.00 → $900.00 (−10 %)",
        "title-1 (pooled), fund general: $1,000.00 → $450.00 (−55 %)",
    ]
    assert [difference.words for difference in found.steps[1].differences] == [
        "title-1 (pooled), fund general: $900.00 → $450.00 (−50 %)"
    ]
    assert (found.scenario.goals, found.scenario.solve.seconds, found.scenario.solve.seed) == (
        ("cost",),
        9.0,
        4,
    )
    assert found.scenario.stay_close_to
    assert dataset_hash(found.before) == dataset_hash(small.dataset())


def test_the_bases_own_faults_are_said_as_they_are(tmp_path: Path):
    path = scenario(
        tmp_path,
        f"base: small\n{CUT}",
        funds="fund,program,amount\nt1-elm,title-1,much\ngeneral,title-1,1\n",
    )
    assert refused(path).startswith(
        "funds.csv: sheet funds, row 2, column amount (funds!C2): 'much': is not an amount of "
        "money;"
    )
