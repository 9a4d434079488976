"""The timetable as a CP-SAT model: variables, rules, goals, reading back."""
