"""Give sessions the times that somebody wished for, and none that somebody would avoid.

With w(s, τ) what the group, grades and school of s find a session at τ worth, and v(p, τ) what p
does (rows of the sheet preferences: weight × minutes in them):

    maximise Σ w(s, τ) × meets[s, τ] + Σ v(p, τ) × given[s, p, τ] + Σ v(p, τ) × meets[m, τ] over the
             attendees p of meetings m
"""

from planner.rules.goals.goal import Goal
from planner.rules.goals.wished_times import of_person, of_session
from solver.posting import Expr
from solver.timetable.timetable import Timetable


def expression(timetable: Timetable, goal: Goal) -> Expr:
    """Minutes at wished times, times their weights."""
    problem = timetable.problem
    if not problem.preferences:
        return 0
    terms = []
    for name, days in timetable.times_of.items():
        service = timetable.service(name)
        for day, times in days.items():
            for start, end in times:
                worth = of_session(problem, service, day, start, end) + sum(
                    of_person(problem, person, day, start, end) for person in service.attendees
                )
                if worth:
                    terms.append(worth * timetable.meets(name, day, start, end))
    for (_, person, day, start, end), literal in timetable.given.items():
        worth = of_person(problem, person, day, start, end)
        if worth:
            terms.append(worth * literal)
    return sum(terms)
