"""What a file says is read; what does not hang together is refused."""

from pathlib import Path

import pytest

from tests.benchmarks.xhstt.archive import EventResource, read_archive
from tests.benchmarks.xhstt.documents import (
    constraint,
    document,
    event,
    given,
    many,
    reference,
    tagged,
)

PEOPLE = {"T1": "Teacher", "T2": "Teacher", "C1": "Class"}


def test_an_instance_is_read():
    events = [
        event("a", 3, {"Class:Class": "C1", "Teacher:Teacher": None}, time="Tu_2", workload=2)
    ]
    one = constraint("AssignTime", many("EventGroup", ["all"]), weight=4, hard=False)
    archive = read_archive(document(events, [one], resources=PEOPLE))
    instance = archive.instances["small"]
    assert instance.times[:5] == ("Mo_1", "Mo_2", "Mo_3", "Mo_4", "Tu_1")
    assert instance.days["Tu"] == ("Tu_1", "Tu_2", "Tu_3", "Tu_4")
    assert instance.resources == PEOPLE
    assert instance.events["a"].resources == (
        EventResource("Class", "Class", "C1", 2),
        EventResource("Teacher", "Teacher", None, 2),
    )
    assert (instance.events["a"].duration, instance.events["a"].time) == (3, "Tu_2")
    (read,) = instance.constraints
    assert (read.kind, read.weight, read.required, read.events) == ("AssignTime", 4, False, ("a",))


def test_a_group_of_resources_attends_an_event():
    whole = event("a", 1).replace("</Event>", many("ResourceGroup", ["Teacher"]) + "</Event>")
    instance = read_archive(document([whole], [], resources=PEOPLE)).instances["small"]
    assert [place.resource for place in instance.events["a"].resources] == ["T1", "T2"]


def test_a_report_is_read():
    report = tagged(
        "Report",
        tagged("InfeasibilityValue", 2),
        tagged("ObjectiveValue", 7),
        tagged(
            "Resources",
            reference("Resource", "T1", reference("Constraint", "Idle", tagged("Cost", 7))),
        ),
    )
    archive = read_archive(
        document([event("a", 1)], [], [[given("a", 1, "Mo_1")]], resources=PEOPLE, report=report)
    )
    read = archive.solutions[0].report
    assert read is not None
    assert (read.infeasibility, read.objective) == (2, 7)
    assert read.costs == {("T1", "Idle"): 7}


def test_a_file_is_read(tmp_path: Path):
    path = tmp_path / "small.xml"
    path.write_text("\ufeff" + document([event("a", 1)], [], resources=PEOPLE), encoding="utf-8")
    assert list(read_archive(path).instances) == ["small"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<fet/>", "not fet"),
        (document([event("a", 1, {"T:Teacher": "T9"})], [], resources=PEOPLE), "a refers to T9"),
        (document([event("a", 1, time="Su_1")], [], resources=PEOPLE), "a refers to Su_1"),
        (
            document(
                [], [constraint("AssignTime", many("Event", ["z"]), name="x")], resources=PEOPLE
            ),
            "x refers to z",
        ),
        (
            document([], [], [[]], resources=PEOPLE).replace(
                'Solution Reference="small"', 'Solution Reference="big"'
            ),
            "big, which is missing",
        ),
    ],
)
def test_what_does_not_hang_together_is_refused(text: str, said: str):
    with pytest.raises(ValueError, match=said):
        read_archive(text)
