"""The vocabulary of who sees what: roles, how much each sees, and the circles of readers.

It stands low, so that whatever has readers names them itself where it is declared; planner.access
alone enforces what is said here.
"""

from collections.abc import Mapping
from enum import IntEnum

DIRECTOR, HR, PRINCIPAL, VIEWER = "director", "hr", "principal", "viewer"
ROLES = (DIRECTOR, HR, PRINCIPAL, VIEWER)


class Level(IntEnum):
    """How much of something a role sees: nothing, what is of its own schools, or all of it."""

    NOT = 0
    OWN = 1
    ALL = 2


NOT, OWN, ALL = Level.NOT, Level.OWN, Level.ALL
Who = Mapping[str, Level]

EVERYBODY: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: OWN, VIEWER: ALL}
DISTRICT: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: ALL, VIEWER: ALL}
MONEY: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: OWN}
STAFFING: Who = {DIRECTOR: ALL, HR: ALL, PRINCIPAL: OWN}
OFFICE: Who = {DIRECTOR: ALL, HR: ALL}
PAY: Who = {HR: ALL}
STUDENTS: Who = {DIRECTOR: ALL, PRINCIPAL: OWN}
