"""How each rule of planner.rules enters the model; a test holds the two lists equal."""

from collections.abc import Callable

from solver.timetable.rules import (
    attendance,
    consecutive_contact,
    contact_minutes,
    contract_days,
    different_days,
    dosage,
    duty_free_lunch,
    minimum_days,
    no_student_twice,
    one_adult,
    one_place_at_once,
    pins,
    position_split,
    preparation,
    pull_out_spaces,
    qualification,
    required_duties,
    shift,
    sites,
    supervision,
    windows,
)
from solver.timetable.timetable import Timetable

BUILDERS: dict[str, Callable[[Timetable], None]] = {
    "one_place_at_once": one_place_at_once.build,
    "no_student_twice": no_student_twice.build,
    "windows": windows.build,
    "minimum_days": minimum_days.build,
    "dosage": dosage.build,
    "different_days": different_days.build,
    "one_adult": one_adult.build,
    "attendance": attendance.build,
    "qualification": qualification.build,
    "shift": shift.build,
    "contract_days": contract_days.build,
    "sites": sites.build,
    "duty_free_lunch": duty_free_lunch.build,
    "preparation": preparation.build,
    "contact_minutes": contact_minutes.build,
    "consecutive_contact": consecutive_contact.build,
    "pull_out_spaces": pull_out_spaces.build,
    "supervision": supervision.build,
    "required_duties": required_duties.build,
    "pins": pins.build,
    "position_split": position_split.build,
}
