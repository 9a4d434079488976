"""Draw a plan's workbook, and share its rows and layouts with printed pages."""
