"""A plan's document cut to what somebody may see."""

from functools import cache
from typing import Any, TypeVar, cast

from planner.access.document_keys import DocumentField, document_keys, fields_of
from planner.access.viewer import User
from planner.document.document_part import PlanPart
from planner.facts.who import NOT, Who

P = TypeVar("P", bound=PlanPart)
Roles = frozenset[str]


def cut(viewer: User, part: P) -> P:
    """A part without the keys that somebody may not see: they are not set in it."""
    return _cut(viewer.roles, part)


def _cut(roles: Roles, part: P) -> P:
    kind = type(part)
    if _is_whole(kind, roles):
        return part
    values = {
        field.name: _inner(roles, getattr(part, field.name))
        if field.part
        else getattr(part, field.name)
        for field in _kept(kind, roles)
        if field.name in part.model_fields_set
    }
    # Nothing is validated again: a forty-school plan has some 20,000 parts, and all were.
    left = kind.model_construct(_fields_set=set(values), **values)
    return cast(P, left)


def _inner(roles: Roles, value: Any) -> Any:
    if isinstance(value, PlanPart):
        return _cut(roles, value)
    if isinstance(value, tuple):
        return tuple(_inner(roles, each) for each in value)
    if isinstance(value, dict):
        return {name: _inner(roles, each) for name, each in value.items()}
    return value


@cache
def _kept(part: type[PlanPart], roles: Roles) -> tuple[DocumentField, ...]:
    """The fields of a part that somebody sees, or sees something in."""
    return tuple(
        field
        for field in fields_of(part)
        if (_holds_seen(field.part, roles) if field.part else _sees(roles, field.who))
    )


@cache
def _holds_seen(part: type[PlanPart], roles: Roles) -> bool:
    return any(_sees(roles, who) for _, who in document_keys(part))


@cache
def _is_whole(part: type[PlanPart], roles: Roles) -> bool:
    return all(_sees(roles, who) for _, who in document_keys(part))


def _sees(roles: Roles, who: Who) -> bool:
    return any(who.get(role, NOT) > NOT for role in roles)
