"""Training: who attends which course, a small model of its own beside the weekly timetable."""
