"""A plan as CSV files for spreadsheets and other programs: sessions, placements, minutes, positions and the schools' week."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal

from openpyxl.cell.rich_text import CellRichText

from planner.budgeted import planned
from planner.csv_folder import protected
