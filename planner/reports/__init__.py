"""What a plan looks like to those who read it: workbooks, later calendars and printed pages."""
