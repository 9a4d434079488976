"""Who holds a position goes on holding it in the next year, unless that was over."""

from planner.facts.sheets import Dataset
from planner.rollover import roll_over
from planner.rollover.notes import CHANGED, DROPPED, LOOK
from tests.planner.small import dataset

STAFF = "staff,role,schools,lane,step,end_date\n" + "".join(
    f"{name},para,elm,BA,1,{end}\n" for name, end in (("A", ""), ("B", ""), ("C", "2027-06-18"))
)
POSITIONS = "position,role,status,staff,lane,step,funding\n" + "".join(
    f"{name},para,filled,{staff},BA,1,general:100\n"
    for name, staff in (("P1", "A"), ("P2", ""), ("P3", "A"), ("P4", "A"))
)
PAY = "schedule,lane,step,amount,unit\n" + "".join(
    f"para,BA,{n},{20 + n},hour\n" for n in (1, 2, 3)
)
ROWS = """position,staff,from,to,kind,step,funding
P1,A,,2027-01-31,holds,,
P1,B,2027-02-01,,holds,1,t1-elm:100
P2,A,,2027-01-31,holds,,
P3,A,2027-03-01,,leave,,
P3,B,2027-03-01,2027-05-31,substitute,,
P4,A,,2027-01-31,holds,,
P4,C,2027-02-01,,holds,,
"""


def rolled() -> tuple[Dataset, dict[str, list[tuple[str, str]]]]:
    made = roll_over(
        dataset(staff=STAFF, positions=POSITIONS, assignments=ROWS, pay=PAY, groups=None)
    )
    assert made.faults == ()
    notes = {
        kind: [(note.key, note.words) for note in made.of(kind)]
        for kind in (CHANGED, DROPPED, LOOK)
    }
    return made.dataset, notes


def test_a_successor_goes_on_and_the_leaver_is_left_out():
    data, notes = rolled()
    first = data.assignments[0]
    assert (first.position, first.staff, first.from_, first.step) == ("P1", "B", None, "2")
    assert first.funding
    assert data.positions[0].staff == ""
    assert ("P1 A", "is over before the year begins.") in notes[DROPPED]
    assert ("P1 B", "step 1 → 2") in notes[CHANGED]


def test_a_seat_that_nobody_holds_at_the_end_is_vacant():
    data, notes = rolled()
    second, fourth = data.positions[1], data.positions[3]
    assert (second.status, second.staff, str(second.vacant_since)) == ("vacant", "", "2027-02-01")
    # C, who followed, leaves with the year.
    assert (fourth.status, fourth.staff, str(fourth.vacant_since)) == ("vacant", "", "2027-06-19")
    assert ("P2", "vacant since 2027-02-01: whoever held it has left") in notes[CHANGED]


def test_leave_that_goes_on_is_looked_at_and_the_seat_kept():
    data, notes = rolled()
    assert [(row.position, row.staff, row.kind) for row in data.assignments] == [
        ("P1", "B", "holds"),
        ("P3", "A", "leave"),
    ]
    assert (data.positions[2].status, data.positions[2].staff) == ("filled", "A")
    assert ("P3 A", "goes on into the next year: is that so?") in notes[LOOK]
