"""Pull out no more groups at once than a school has rooms for.

For each school s and tick t:

    Σ meets[g, d, τ, ε] over the pull-out groups g of s with τ ≤ t < ε ≤ spaces(s)
"""

from collections import defaultdict

from planner.rules.pull_out_spaces import RULE
from solver.posting import Literal
from solver.timetable.timetable import Timetable


def build(timetable: Timetable) -> None:
    """One row for each school, day and tick at which a session starts."""
    pulled: defaultdict[tuple[str, str], list[tuple[int, int, str, Literal]]] = defaultdict(list)
    for service, day, start, end, literal in timetable.possible_sessions():
        if service.takes_room and timetable.problem.schools[service.school].spaces is not None:
            pulled[service.school, day].append((start, end, service.id, literal))
    for (school, day), sessions in pulled.items():
        rooms = timetable.problem.schools[school].spaces
        assert rooms is not None
        for tick in sorted({start for start, _, _, _ in sessions}):
            at_once = [
                (name, literal) for start, end, name, literal in sessions if start <= tick < end
            ]
            if len({name for name, _ in at_once}) > rooms:
                timetable.posting.at_most(
                    RULE, (school, day), sum(literal for _, literal in at_once), rooms
                )
