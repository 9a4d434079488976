"""What the construction works on: a problem as arrays of whole numbers, and the timetable so far.

Everything is an index or a number of minutes, since compiled code can look nothing up by a name.
Lists of lists are one long array with pointers: those of entry i are pointer[i] to pointer[i + 1].
"""

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
MOST_BLOCKS = 40
"""The most blocks (sessions, and times at which somebody is busy) of a person's day."""
NOTHING = -1
"""No start, no person, no school, no session."""


class Facts(NamedTuple):
    """What does not change. S services, P people, D days, a person's day is p × D + d."""

    days: int
    grid: int
    """Minutes on which sessions start and somebody leaves for another school."""
    shortest: int
    """Minutes of the shortest block that counts as preparation."""
    tick: int
    """Minutes that divide every start and length of what takes a room."""
    # -- services, each an array of S
    minutes: Ints
    wanted: Ints
    fewest: Ints
    most_people: Ints
    school: Ints
    takes_room: Ints
    contact: Ints
    weight: Ints
    """What a session is worth."""
    start_from: Ints
    """S + 1 pointers into its possible starts."""
    start_day: Ints
    start_at: Ints
    start_edges: Ints
    """How many sides of a start are an edge of the window: nothing is lost beyond them."""
    person_from: Ints
    """S + 1 pointers into the people who may give it."""
    person_at: Ints
    apart_from: Ints
    """S + 1 pointers into the services with which it shares a student or a guest."""
    apart_at: Ints
    # -- people, each an array of P
    prepares: Ints
    most_contact: Ints
    most_on_end: Ints
    pause: Ints
    most_work_on_end: Ints
    rest: Ints
    most_schools: Ints
    """Schools in a cycle."""
    moves: Ints
    """Whether a day may be worked at two schools."""
    roams: Ints
    """Whether there is more than one school to choose from."""
    pattern_from: Ints
    """P + 1 pointers into the ways of spreading the contract over the days."""
    pattern_duty: Ints
    """Minutes of duty by pattern and day; 0 where the day is off."""
    # -- shifts of a person's day
    shift_from: Ints
    """P × D + 1 pointers."""
    shift_school: Ints
    shift_start: Ints
    shift_end: Ints
    shift_duty: Ints
    shift_lunch: Ints
    shift_lunch_from: Ints
    shift_lunch_to: Ints
    shift_most_work: Ints
    """Minutes of sessions, duties and ways that leave preparation and rest."""
    # -- schools
    spaces: Ints
    """Rooms for pull-out groups; -1 where there is no limit."""
    way: Ints
    """Minutes between two schools; -1 where nobody may work at both on a day."""
    off_site: Ints


class State(NamedTuple):
    """The timetable so far."""

    blocks: Ints
    """Blocks of each person's day."""
    begin: Ints
    end: Ints
    service: Ints
    """The service of each block; -1 for what is fixed."""
    at: Ints
    """The school of each block; -1 for what is at none."""
    of_contact: Ints
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


def ints(values: Iterable[int]) -> Ints:
    """An array of whole numbers."""
    return np.array(list(values), np.int64)
