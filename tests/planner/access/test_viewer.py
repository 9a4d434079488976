"""Who may do what, and how it is said."""

import pytest

from planner.access import ACTIONS, Denied, User, may, require
from tests.planner.access.reading import viewer


@pytest.mark.parametrize(
    ("role", "actions"),
    [
        ("viewer", {"see", "export"}),
        ("principal", {"see", "solve", "edit_scenario", "edit_plan", "export", "audit"}),
        (
            "hr",
            {
                "see",
                "see_pay",
                "solve",
                "edit_scenario",
                "edit_dataset",
                "import",
                "rollover",
                "export",
                "audit",
                "purge",
                "backup",
            },
        ),
        (
            "director",
            {
                "see",
                "solve",
                "edit_scenario",
                "edit_plan",
                "edit_dataset",
                "import",
                "rollover",
                "adopt",
                "export",
                "audit",
                "purge",
            },
        ),
    ],
)
def test_what_each_role_may_do(role: str, actions: set[str]):
    who = viewer(role, schools=["elm"])
    assert {action for action in ACTIONS if may(who, action)} == actions


def test_a_principal_changes_their_own_schools_alone():
    who = viewer("principal", schools=["elm", "oak"])
    assert may(who, "edit_plan", ["elm"])
    assert may(who, "edit_plan", ["elm", "oak"])
    assert not may(who, "edit_plan", ["elm", "ash"])
    assert not may(who, "edit_plan", [])
    assert may(viewer("principal", "director", schools=["elm"]), "edit_plan", ["ash"])


def test_what_is_denied_is_said_with_who_may():
    with pytest.raises(
        Denied, match=r"^somebody \(viewer\) may not adopt a plan\. That may: director\.$"
    ):
        require(viewer("viewer"), "adopt")
    with pytest.raises(
        Denied,
        match=r"\(principal\) may not change a plan by hand at the schools of others\. That may: director,",
    ):
        require(viewer("principal", schools=["elm"]), "edit_plan", ["oak"])
    require(viewer("director"), "adopt")


def test_an_action_that_there_is_not_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        may(viewer("director"), "fly")


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        ({"boss"}, "There is no role 'boss'. There are director, hr, principal, viewer."),
        (set(), "No role is given."),
        ({"principal"}, "A principal has a school"),
    ],
)
def test_nobody_looks_without_a_role_that_makes_sense(roles: set[str], said: str):
    with pytest.raises(ValueError, match=said):
        User("x", frozenset(roles))
