"""What the pages say and draw that needs no browser to be looked at."""

from ui.screen.cost_chart import placed
from ui.screen.views.compare import meant
from ui.screen.views.solve import as_list, time_spent


def test_names_in_the_chart_of_costs_stand_beside_one_another():
    dots = placed(
        [
            ("Everybody stays", 600.0, 100.0),
            ("Title I cut 8 %", 600.0, 102.0),
            ("Without a group", 120.0, 101.0),
        ]
    )
    assert [(dot.name, dot.left, dot.line) for dot in dots] == [
        ("1 Everybody stays", True, 123.0),
        ("3 Without a group", False, 105.0),
        ("2 Title I cut 8 %", True, 140.0),
    ]
    (long,) = placed(
        [("A name of a scenario that somebody wrote without an end in sight", 650.0, 20.0)]
    )
    assert long.said == "1 A name of a scenario that somebody wrote …"
    assert long.span[0] > 0


def test_plans_in_the_address_are_those_that_there_are():
    assert meant("2,1,2,99,x,³", [3, 2, 1]) == [2, 1]
    assert meant("5,4,3,2,1", [1, 2, 3, 4, 5]) == [5, 4, 3, 2]
    assert meant("", [1]) == []


def test_a_contradiction_is_a_list_of_sentences():
    message = (
        "No plan can keep all of these at once: A works 8:00–9:00 on Mon, Tue.; B may be "
        "only in its windows: Mon 9; Tue 9."
    )
    assert as_list(message) == (
        "No plan can keep all of these at once:\n\n- A works 8:00–9:00 on Mon, Tue\\.\n"
        "- B may be only in its windows: Mon 9; Tue 9\\.\n\nChange one of them and solve again\\."
    ).replace("8:00–9:00", "8\\:00–9\\:00").replace("windows: ", "windows\\: ")
    unknown = (
        "No plan can keep all hard rules at once\\. Which of them contradict each other is "
        "not known\\."
    )
    assert as_list("No plan can keep all of these at once: ") == unknown
    assert (
        as_list("The time was over before a plan was found.")
        == "The time was over before a plan was found\\."
    )


def test_the_time_of_a_run_is_never_more_than_it_has():
    assert time_spent(12.4, 30.0) == "12 of at most 30 s"
    assert time_spent(35.0, 30.0) == "The time is over: writing the plan …"
