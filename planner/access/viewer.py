"""Who looks: their roles and schools, and what each role may do."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.words.errors import PlannerError

DIRECTOR, HR, PRINCIPAL, VIEWER = "director", "hr", "principal", "viewer"
ROLES = (DIRECTOR, HR, PRINCIPAL, VIEWER)

ACTIONS: Mapping[str, tuple[str, frozenset[str]]] = {
    "see": ("look at a plan", frozenset(ROLES)),
    "see_pay": ("see what single people are paid", frozenset({HR})),
    "solve": ("make a plan", frozenset({DIRECTOR, HR, PRINCIPAL})),
    "edit_scenario": ("change a scenario", frozenset({DIRECTOR, HR, PRINCIPAL})),
    "edit_plan": ("change a plan by hand", frozenset({DIRECTOR, PRINCIPAL})),
    "edit_dataset": ("change the dataset", frozenset({DIRECTOR, HR})),
    "import": ("import data of other systems", frozenset({DIRECTOR, HR})),
    "rollover": ("begin the next year", frozenset({DIRECTOR, HR})),
    "adopt": ("adopt a plan", frozenset({DIRECTOR})),
    "export": ("export what they see", frozenset(ROLES)),
    "audit": ("read the audit trail", frozenset({DIRECTOR, HR, PRINCIPAL})),
    "purge": ("remove students' keys", frozenset({DIRECTOR, HR})),
    "backup": ("make or restore a backup, which holds everybody's pay", frozenset({HR})),
}
"""What may be done: in words, and by whom. What is not here nobody may do."""


class Denied(PlannerError):
    """Somebody may not do what they asked for; the message is a sentence that says who may."""


@dataclass(frozen=True)
class User:
    """Somebody with one or more roles, which add up; `schools` are those of which they are
    principal.

    Raises ValueError for a role that there is not, for none at all, and for a principal without a
    school.
    """

    name: str
    roles: frozenset[str]
    schools: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        unknown = sorted(self.roles - set(ROLES))
        if unknown or not self.roles:
            what = f"There is no role '{unknown[0]}'." if unknown else "No role is given."
            raise ValueError(f"{what} There are {', '.join(ROLES)}.")
        if PRINCIPAL in self.roles and not self.schools:
            raise ValueError("A principal has a school: principal:SCHOOL.")

    @property
    def sees_every_school(self) -> bool:
        """Whether any role is of the whole district."""
        return bool(self.roles - {PRINCIPAL})


def may(viewer: User, action: str, schools: Iterable[str] | None = None) -> bool:
    """Whether somebody may do something, at some schools alone where these are given (none at all:
    in the whole district).

    Who is only principal may change things of their own schools. Raises KeyError for an action that
    there is not.
    """
    able = viewer.roles & ACTIONS[action][1]
    if schools is None or able - {PRINCIPAL}:
        return bool(able)
    touched = frozenset(schools)
    return bool(able) and bool(touched) and touched <= viewer.schools


def require(viewer: User, action: str, schools: Iterable[str] | None = None) -> None:
    """Raises Denied where somebody may not do something, as `may` says it."""
    touched = None if schools is None else tuple(schools)
    if may(viewer, action, touched):
        return
    words, roles = ACTIONS[action]
    able = [role for role in ROLES if role in roles]
    where = " at the schools of others" if viewer.roles & roles else ""
    raise Denied(
        f"{viewer.name} ({', '.join(sorted(viewer.roles))}) may not {words}{where}. That may: "
        f"{', '.join(able)}."
    )
