"""What the construction works on: a problem as arrays of whole numbers, and the timetable so far.

Everything is an index or a number of minutes, since compiled code can look nothing up by a name.
Lists of lists are one long array with pointers: those of entry i are pointer[i] to pointer[i + 1].
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
MOST_BLOCKS = 40
"""The most blocks (sessions, and times at which somebody is busy) of a person's day."""
NOTHING, ANYWHERE = -1, -2
"""No start, no person, no school, no session; and in place of a school: inside the shift, wherever
that is.
"""


# Tables have a column for each fact, since every array that is passed on costs the compiler time.
# -- columns of `Facts.services`
MINUTES, WANTED, FEWEST, MOST_PEOPLE, SCHOOL, TAKES_ROOM, IS_CONTACT, WEIGHT = range(8)
"""WEIGHT: what a session is worth."""
BUNDLE, ROWS, SEATS, COUNTS_FOR, AFTER, WAITS = range(8, 14)
"""BUNDLE: the first row of what goes in and out as one; ROWS: how many rows that has; SEATS: how
many of them belong to one time, 0 where it is no bundle; COUNTS_FOR: the row whose sessions these
count among; AFTER: the first row of the duty for which it waits; WAITS: how many come before it,
one after the other.
"""
# -- columns of `Facts.starts`
ON_DAY, AT_TIME, EDGES = range(3)
"""EDGES: bit 0 is set where the window begins with it, bit 1 where the window ends with it: beyond
an edge nothing is lost.
"""
# -- columns of `Facts.people`
PREPARES, MOST_CONTACT, MOST_ON_END, PAUSE, MOST_WORK_ON_END, REST = range(6)
MOST_SCHOOLS, MOVES, ROAMS, MAY_WAIT, MOST_IN_WEEK = range(6, 11)
"""MOST_SCHOOLS in a cycle; MOVES: whether a day may be worked at two schools; ROAMS: whether there
is more than one school to choose from; MAY_WAIT: minutes of a day that are not idle; MOST_IN_WEEK:
minutes of contact, the fewest of any week.
"""
# -- columns of `Facts.shifts`
SHIFT_SCHOOL, SHIFT_START, SHIFT_END, SHIFT_DUTY, LUNCH, LUNCH_FROM, LUNCH_TO, MOST_WORK = range(8)
"""MOST_WORK: minutes of sessions, duties and ways that leave preparation and rest."""
# -- columns of `Facts.schools`
SPACES, OFF_SITE = range(2)
"""SPACES: rooms for pull-out groups; -1 where there is no limit."""
# -- columns of `State.block`
BEGIN, END, SERVICE, AT, OF_CONTACT = range(5)
"""SERVICE may be FIXED or BUSY; AT: the school, -1 for none."""

FIXED, BUSY = -1, -2
"""In place of a service: what must be, and what is no work but keeps somebody busy."""
DAY_MINUTES = 24 * 60
NO_LIMIT = 1 << 20
"""Where there is none."""


class Facts(NamedTuple):
    """What does not change. S services, P people, D days, a person's day is p × D + d."""

    days: int
    grid: int
    """Minutes on which sessions start and somebody leaves for another school."""
    shortest: int
    """Minutes of the shortest block that counts as preparation."""
    week: Ints
    """The number of each day's week."""
    tick: int
    """Minutes that divide every start and length of what takes a room."""
    services: Ints
    """A row for each; for each seat and each time of a day where it has several (see `bundle`)."""
    most_along: int
    """The most rows that go out as one."""
    along_from: Ints
    """S + 1 pointers into the rows that go out with it: its bundle's, and what waits for it."""
    along_at: Ints
    ended_from: Ints
    """S + 1 pointers into when that has ended for which it waits, and which must be."""
    ended_at: Ints
    """Minutes of the cycle."""
    start_from: Ints
    """S + 1 pointers into a service's possible starts."""
    starts: Ints
    person_from: Ints
    """S + 1 pointers into the people who may give it."""
    person_at: Ints
    apart_from: Ints
    """S + 1 pointers into the services with which it shares a student or a guest."""
    apart_at: Ints
    people: Ints
    pattern_from: Ints
    """P + 1 pointers into the ways of spreading the contract over the days."""
    pattern_duty: Ints
    """Minutes of duty by pattern and day; 0 where the day is off."""
    shift_from: Ints
    """P × D + 1 pointers into the shifts of a person's day."""
    shifts: Ints
    schools: Ints
    way: Ints
    """Minutes between two schools; -1 where nobody may work at both on a day."""


class State(NamedTuple):
    """The timetable so far."""

    blocks: Ints
    """How many blocks each person's day has."""
    block: Ints
    """Each of them, in the order of their beginnings."""
    rooms: Ints
    """Rooms taken, by school, day and tick."""
    visits: Ints
    """Sessions of each person at each school."""
    pattern: Ints
    """Which of their patterns each person works."""
    contact: Ints
    """Minutes of contact of each person's day."""
    prepared: Ints
    """Minutes of preparation that fixed planning duties give each person's day."""
    starts: Ints
    """When each service is given on each day; -1 where it is not."""
    givers: Ints
    """Who gives it then."""
    given: Ints
    """How many sessions each service has."""


# -- what counts of a plan whose minutes are held, in the order of `Tally.totals`
SAME_TIME, IDLE, WISHED, BALANCE = range(4)


class Tastes(NamedTuple):
    """What goals beside the minutes look at."""

    worth: Ints
    """What each start of `Facts.starts` is worth to the service, its grades and its school."""
    profile_of: Ints
    """The row of `profiles` of each person's day; -1 where nothing is wished for."""
    profiles: Ints
    """What it is worth to somebody to work from midnight to each minute."""
    is_group: Ints
    obligation: Ints
    """Each person's minutes of duty in a cycle."""


class Tally(NamedTuple):
    """What a timetable reaches of the goals beside the minutes, and what they are counted from."""

    totals: Ints
    """Of each goal, in the goal's unit."""
    idle: Ints
    """Idle minutes of each person's day; -1 where the day is not legal and so is left alone."""
    load: Ints
    """Minutes of contact by school and person."""
    changes: Ints
    """Times of day beyond the first of each service."""
    peaks: Ints
    """The busiest person's share of their hours at each school."""


def ints(values: Iterable[int]) -> Ints:
    """An array of whole numbers."""
    return np.array(list(values), np.int64)


def table(rows: Iterable[Sequence[int]], columns: int) -> Ints:
    """A table of whole numbers, also where it has no rows."""
    return np.array(list(rows), np.int64).reshape(-1, columns)
