"""Next year's dataset from this year's."""

from planner.rollover.notes import CHANGED as CHANGED
from planner.rollover.notes import DROPPED as DROPPED
from planner.rollover.notes import KINDS as KINDS
from planner.rollover.notes import LOOK as LOOK
from planner.rollover.notes import Note as Note
from planner.rollover.roll import Rolled as Rolled
from planner.rollover.roll import next_year as next_year
from planner.rollover.roll import roll_over as roll_over
