"""A plan for those who do not open workbooks: calendars, CSV files and printed pages."""
