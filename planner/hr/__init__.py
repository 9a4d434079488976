"""What HR asks of a plan: person by person, position by position, line by line, to the minute and
the cent.
"""

from planner.hr.view import Hr as Hr
from planner.hr.view import hr as hr
