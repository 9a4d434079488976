"""Build a whole timetable in seconds: a problem as arrays, then ruin and recreate over it."""
