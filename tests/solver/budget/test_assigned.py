"""People who hold a position together, or one after the other, are budgeted together; planned is who
is there on the planned day.
"""

from planner.facts.problem import Problem
from solver.budget.offers import Offer, offers
from tests.planner.budgeted import problem

STAFF = "staff,name,role,fte\nA1,Ada,aide,1\nA2,Abe,aide,1\nA3,Ann,aide,0.5\nA4,Amy,aide,0.5\n"
POSITIONS = "position,role,school,status,staff,fte,funding\n" + "".join(
    f"{name},aide,elm,filled,{staff},{fte},general:100\n"
    for name, staff, fte in (("P1", "", 1), ("P2", "", 1), ("P3", "A4", 0.5))
)
HEAD = "position,staff,from,to,fte,kind,funding\n"


def made(rows: str) -> list[Offer]:
    facts: Problem = problem(POSITIONS, staff=STAFF, assignments=HEAD + rows)
    return [offer for offer in offers(facts) if not offer.cut]


def told(rows: str) -> list[tuple[tuple[str, ...], tuple[str, ...], bool]]:
    return [
        (
            tuple(position.position for position in offer.positions),
            tuple(person.id for person in offer.people),
            offer.chosen,
        )
        for offer in made(rows)
    ]


def test_who_follows_is_budgeted_with_who_leaves():
    rows = "P1,A1,,2027-01-31,,,\nP1,A2,2027-02-01,,,,\nP2,A3,,,0.5,,\nP2,A4,,,0.5,,\n"
    assert told(rows) == [
        (("P1",), ("A1",), False),
        (("P1",), ("A1",), True),
        (("P2", "P3"), ("A3", "A4"), False),
        (("P2", "P3"), ("A3", "A4"), True),
    ]


def test_a_substitute_is_planned_in_the_place_of_who_is_on_leave():
    rows = "P1,A1,,,,,\nP1,A1,,2026-12-31,,leave,\nP1,A3,,2026-12-31,,substitute,\nP2,A2,,,,,\n"
    assert told(rows)[0] == (("P1",), ("A3",), False)


def test_who_pays_is_not_chosen_where_the_rows_say_it():
    rows = "P1,A1,,2027-01-31,,,\nP1,A1,2027-02-01,,,,lcff:100\nP2,A2,,,,,\n"
    assert [offer for offer in told(rows) if offer[0] == ("P1",)] == [(("P1",), ("A1",), False)]


def test_a_cut_of_a_shared_position_is_of_both_who_share_it():
    rows = HEAD + "P1,A1,,,,,\nP2,A3,,,0.5,,\nP2,A4,,,0.5,,\n"
    facts = problem(POSITIONS, staff=STAFF, assignments=rows)
    cut = [offer for offer in offers(facts) if offer.cut and not offer.chosen]
    assert [[x.position for x in offer.positions] for offer in cut] == [["P2"], ["P3"]]
    assert [[person.id for person in offer.people] for offer in cut] == [["A3", "A4"], ["A4"]]
    # Amy keeps a half of her two halves, in either case.
    assert [str(offer.people[-1].row.fte) for offer in cut] == ["0.25", "0.25"]
