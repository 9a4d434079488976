"""Instances of the High School Timetabling Project (XHSTT): read, judged, and solved by us."""
