"""The store as one person may read and change it: what screens and servers go through."""

from planner.desk.desk import Desk as Desk
from planner.desk.opened import Opened as Opened
